"""The staff's addresses of this room."""

from django.urls import URLPattern, path

from lykta.public import publish_views

urlpatterns: list[URLPattern] = [
    path("publicera/", publish_views.publish, name="publish"),
]
