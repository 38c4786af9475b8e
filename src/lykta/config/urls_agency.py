"""The agencies' door. Until its rooms are built it leads to the page that says how to reach the centre."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
