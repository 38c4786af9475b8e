"""Addresses of this room."""

from django.urls import URLPattern, path

from lykta.centre import views

urlpatterns: list[URLPattern] = [
    path("centrum/", views.facts, name="centre"),
]
