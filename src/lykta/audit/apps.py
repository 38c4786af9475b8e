"""Django's handle on the room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lykta.audit"
    label = "audit"
