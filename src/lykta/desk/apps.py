"""Django's handle on the room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "lykta.desk"
    label = "desk"
