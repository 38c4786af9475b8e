"""The staff's addresses of this room."""

from django.urls import URLPattern, path

from lykta.contact import views

urlpatterns: list[URLPattern] = [
    path("inkorg/", views.inbox, name="inbox"),
    path("inkorg/<uuid:dialogue>/", views.dialogue, name="dialogue"),
]
