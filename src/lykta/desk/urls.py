"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from lykta.desk import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.morning, name="desk"),
    path("huset/", views.house, name="house"),
    path("logg/", include("lykta.desk.log.urls")),
]
