"""Addresses of this room."""

from django.urls import URLPattern, path

from lykta.desk import views

urlpatterns: list[URLPattern] = [
    path("", views.morning, name="desk"),
    path("huset/", views.house, name="house"),
]
