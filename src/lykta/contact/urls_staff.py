"""The staff's addresses of this room."""

from django.urls import URLPattern, path

from lykta.contact import call_views, views

urlpatterns: list[URLPattern] = [
    path("inkorg/", views.inbox, name="inbox"),
    path("inkorg/<uuid:dialogue>/", views.dialogue, name="dialogue"),
    path("samtal/", call_views.log, name="calls"),
    path("samtal/dagar/", call_views.days, name="call_days"),
    path("samtal/<uuid:call>/", call_views.call, name="call"),
    path("samtal/<uuid:call>/ratta/", call_views.correct, name="call_correct"),
]
