"""Addresses of this room."""

from django.urls import URLPattern, path

from lykta.centre import install_views, open_views, views

urlpatterns: list[URLPattern] = [
    path("installation/", install_views.begin, name="install"),
    path("installation/<slug:slug>/", install_views.step, name="install_step"),
    path("centrum/", views.facts, name="centre"),
    path("centrum/andra-faktorn/", open_views.factor, name="install_factor"),
    path("centrum/kvar/", open_views.left, name="centre_left"),
    path("centrum/oppna/", open_views.opening, name="centre_opening"),
]
