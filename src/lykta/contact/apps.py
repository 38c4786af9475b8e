"""Django's handle on the room."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "lykta.contact"
    label = "contact"
