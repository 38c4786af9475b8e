"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from lykta.desk import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.morning, name="desk"),
    path("huset/", views.house, name="house"),
    path("handbok/", views.handbook, name="handbook"),
    path("handbok/<slug:slug>/", views.chapter, name="handbook_chapter"),
    path("logg/", include("lykta.desk.log.urls")),
]
