"""Addresses of this room at the public door: the neutral one of each language, and its script.

`/skriv/` and its likes are published, and lead here from memory.
"""

from django.urls import URLPattern, path

from lykta.contact import public_views
from lykta.core.languages import languages
from lykta.core.places import dialogue

urlpatterns: list[URLPattern] = [
    path("sida.js", public_views.script, name="dialogue_script"),
    *[path(dialogue(row.code)[1:-1], public_views.to_dialogue) for row in languages()],  # typed without its slash
    *[path(dialogue(row.code)[1:], public_views.talk, name=f"dialogue_{row.code}") for row in languages()],
]
