"""Addresses of the log's reader."""

from django.urls import URLPattern, path

from lykta.desk.log import chain_views, export_views, review_views, views

urlpatterns: list[URLPattern] = [
    path("", views.reader, name="log"),
    path("medlem/<uuid:member>/", views.of_member, name="log_member"),
    path("objekt/<uuid:object>/", views.of_object, name="log_object"),
    path("objekt/<uuid:object>/lista/", views.given_list, name="log_given"),
    path("ut/", export_views.page, name="log_export"),
    path("granska/", review_views.listed, name="reviews"),
    path("granska/<uuid:review>/", review_views.one, name="review"),
    path("manad/<str:month>/", review_views.sign, name="review_month"),
    path("kedjor/", chain_views.page, name="log_chains"),
    path("kedjor/ankare/", chain_views.take_anchor, name="log_anchor"),
]
