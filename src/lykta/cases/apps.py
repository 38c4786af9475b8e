"""Django's handle on the room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lykta.cases"
    label = "cases"
