"""Addresses of the public side that are not answered from memory."""

from django.urls import URLPattern, path

from lykta.public import public_views

urlpatterns: list[URLPattern] = [
    path("lamna", public_views.leave, name="leave"),
    path("samverkan", public_views.agencies),
    path("samverkan/", public_views.agencies, name="agencies"),
]
