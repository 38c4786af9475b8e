"""Django's handle on the room."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "lykta.public"
    label = "public"
