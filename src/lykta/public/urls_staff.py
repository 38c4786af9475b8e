"""The staff's addresses of this room."""

from django.urls import URLPattern, path, register_converter

from lykta.public import publish_views, text_views
from lykta.public.enums import Kind

WORDS = {"sida": Kind.PAGE, "uppgift": Kind.FACT}


class KindWord:
    """What a text is, in a Swedish word."""

    regex = "|".join(WORDS)

    def to_python(self, value: str) -> Kind:
        """The kind."""
        return WORDS[value]

    def to_url(self, value: Kind) -> str:
        """The word."""
        return next(word for word, kind in WORDS.items() if kind == value)


class Tongue:
    """The code of a language, as pt-BR."""

    regex = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"

    def to_python(self, value: str) -> str:
        """The code."""
        return value

    def to_url(self, value: str) -> str:
        """The code."""
        return value


register_converter(KindWord, "textkind")
register_converter(Tongue, "tongue")

urlpatterns: list[URLPattern] = [
    path("publicera/", publish_views.publish, name="publish"),
    path("sidor/", text_views.overview, name="texts"),
    path("sidor/<textkind:kind>/<slug:slug>/<tongue:lang>/", text_views.text, name="text"),
    path("sidor/sida/<slug:slug>/<tongue:lang>/<int:number>/", text_views.version, name="text-version"),
]
