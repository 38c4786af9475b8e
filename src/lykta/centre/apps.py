"""Django's handle on the room."""

from django.apps import AppConfig


class CentreConfig(AppConfig):
    name = "lykta.centre"
    label = "centre"
