"""Addresses of the catalogue on the staff side."""

from django.urls import path, register_converter

from lykta.catalogue import edit_views, edition_views, views


class Code:
    """A service's code, as ENSK."""

    regex = "[A-Z]{2,8}"

    def to_python(self, value: str) -> str:
        """The code."""
        return value

    def to_url(self, value: str) -> str:
        """The code."""
        return value


class Word(Code):
    """What can be added, in a word."""

    regex = "|".join(edit_views.NEW)


class Part(Code):
    """A part that has a form of its own."""

    regex = "|".join(edit_views.PARTS)


register_converter(Code, "code")
register_converter(Word, "new")
register_converter(Part, "part")

urlpatterns = [
    path("tjanster/", views.services, name="catalogue"),
    path("tjanster/telefoner/", views.phones, name="catalogue-phones"),
    path("tjanster/platser/", views.places, name="catalogue-places"),
    path("tjanster/gemensamt/", views.shared, name="catalogue-shared"),
    path("tjanster/andringar/", edition_views.review, name="catalogue-review"),
    path("tjanster/utgavor/", edition_views.editions, name="catalogue-editions"),
    path("tjanster/utgavor/<uuid:edition>/", edition_views.edition, name="catalogue-edition"),
    path("tjanster/rad/<uuid:line>/", edit_views.row, name="catalogue-row"),
    path("tjanster/ny/<new:word>/", edit_views.new_row, name="catalogue-new"),
    path("tjanster/andra/<part:part>/", edit_views.part, name="catalogue-file-part"),
    path("tjanster/<code:code>/", views.service, name="catalogue-service"),
    path("tjanster/<code:code>/ny/<new:word>/", edit_views.new_row, name="catalogue-new-in"),
    path("tjanster/<code:code>/<part:part>/", edit_views.part, name="catalogue-part"),
]
