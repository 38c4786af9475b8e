"""The staff's addresses of this room."""

from django.urls import URLPattern, path

from lykta.cases import (
    concern_views,
    decision_views,
    demand_views,
    extract_views,
    family_views,
    glass_views,
    merging_views,
    phone_views,
    plan_views,
    sharing_views,
    sheet_views,
    views,
)

urlpatterns: list[URLPattern] = [
    path("akter/", views.files, name="files"),
    path("akter/ny/", sheet_views.new, name="file_new"),
    path("akter/namngiven/", glass_views.page, name="glass"),
    path("akter/namngiven/<uuid:ask>/", glass_views.ask, name="glass_ask"),
    path("akter/namngiven/<uuid:ask>/svar/", glass_views.answer, name="glass_answer"),
    path("akter/bevaka/", concern_views.due, name="files_due"),
    path("akter/<uuid:file>/", views.file, name="file"),
    path("akter/<uuid:file>/oro/", concern_views.page, name="file_concern"),
    path("akter/<uuid:file>/oro/<uuid:concern>/anmalan.pdf", concern_views.paper, name="file_concern_paper"),
    path("akter/<uuid:file>/sekretess/", sharing_views.page, name="file_sharing"),
    path("akter/<uuid:file>/forfragningar/", demand_views.page, name="file_demands"),
    path("akter/<uuid:file>/utdrag/", extract_views.page, name="file_extract"),
    path("akter/<uuid:file>/anteckning/", sheet_views.note, name="file_note"),
    path("akter/<uuid:file>/anteckning/<uuid:replaces>/", sheet_views.note, name="file_correct"),
    path("akter/<uuid:file>/uppgifter/<slug:kind>/", sheet_views.sheet, name="file_sheet"),
    path("akter/<uuid:file>/plan/", plan_views.page, name="file_plan"),
    path("akter/<uuid:file>/plan/mal/", plan_views.goal, name="goal_new"),
    path("akter/<uuid:file>/plan/mal/<uuid:thing>/", plan_views.goal, name="goal"),
    path("akter/beslut/", decision_views.listing, name="decisions"),
    path("akter/<uuid:file>/beslut/", decision_views.of_file, name="file_decisions"),
    path("akter/<uuid:file>/beslut/<uuid:decision>/", decision_views.one, name="decision"),
    path("akter/<uuid:file>/hor-ihop/", merging_views.page, name="file_merging"),
    path("akter/<uuid:file>/familj/", family_views.page, name="file_family"),
    path("akter/<uuid:file>/familj/<slug:kind>/", family_views.thing, name="family_new"),
    path("akter/<uuid:file>/familj/<slug:kind>/<uuid:thing>/", family_views.thing, name="family_thing"),
    path("uppgifter/", plan_views.mine, name="tasks"),
    path("uppgifter/telefon/", phone_views.page, name="phone_list"),
]
