"""The staff's addresses of this room."""

from django.urls import URLPattern, path

from lykta.intake import origin_views, views

urlpatterns: list[URLPattern] = [
    path("akter/intag/dialog/<uuid:dialogue>/", views.dialogue, name="intake_dialogue"),
    path("akter/intag/dialog/<uuid:dialogue>/oro/", views.concern, name="intake_concern"),
    path("akter/intag/dialog/<uuid:dialogue>/<slug:becomes>/", views.dialogue, name="intake_dialogue_as"),
    path("akter/intag/samtal/<uuid:call>/", views.call, name="intake_call"),
    path("akter/intag/samtal/<uuid:call>/<slug:becomes>/", views.call, name="intake_call_as"),
    path("akter/<uuid:file>/ursprung/", origin_views.page, name="file_origin"),
    path("akter/<uuid:file>/ta/", origin_views.take, name="file_take"),
]
