"""Django's handle on the room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "lykta.catalogue"
    label = "catalogue"
