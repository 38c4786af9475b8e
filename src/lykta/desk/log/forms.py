"""What is typed to ask the log."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from lykta.access.rules import Actor
from lykta.audit import said
from lykta.core import clock
from lykta.desk.log.queries import object_named
from lykta.desk.log.rules import Filter, Only
from lykta.people.models import Colleague

EVERY = ("", "alla")
ASKED = ("medlem", "vad", "nr", "fran", "till", "kedja", "bara")
"""The filter's fields as they stand in an address."""


def _day(said_in: str) -> forms.DateField:
    return forms.DateField(
        label="från och med" if "första" in said_in else "till och med",
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[clock.check_our_time],
        error_messages={"invalid": f"Skriv {said_in} som 2026-11-23."},
    )


class Ask(forms.Form):
    """The reader's filter. The words in the address are Swedish, as those on the page."""

    medlem = forms.TypedChoiceField(label="medarbetare", required=False, coerce=UUID, empty_value=None)
    vad = forms.ChoiceField(label="vad som gjordes", required=False)
    nr = forms.CharField(label="nummer", required=False, max_length=40)
    fran = _day("första dagen")
    till = _day("sista dagen")
    kedja = forms.ChoiceField(label="dörr", required=False, choices=[EVERY, *said.CHAINS.items()])
    bara = forms.TypedChoiceField(
        label="bara",
        required=False,
        choices=[(only.value, only.label) for only in Only],
        coerce=Only,
        empty_value=Only.ALL,
    )

    def __init__(self, typed: Mapping[str, Any], *, actor: Actor, members: Sequence[Colleague]) -> None:
        super().__init__(typed)
        self._actor = actor
        self._object: UUID | None = None
        for name, choices in (
            ("medlem", [(str(m.pk), m.name) for m in members]),
            ("vad", said.acts_by_room()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [EVERY, *choices]
        for name, text in (
            ("medlem", "Det finns ingen sådan medarbetare."),
            ("vad", "Det finns ingen sådan händelse."),
            ("kedja", "Det finns ingen sådan dörr."),
            ("bara", "Välj vad som ska visas."),
        ):
            self.fields[name].error_messages["invalid_choice"] = text
        self.fields["nr"].error_messages["max_length"] = "Numret är för långt. Skriv det som D-7K2M4Q."
        self.fields["nr"].error_messages["null_characters_not_allowed"] = "Numret gick inte att läsa."

    def clean_nr(self) -> str:
        """A reference as staff say it, or a whole id."""
        typed: str = self.cleaned_data["nr"]
        if not typed:
            return ""
        try:
            self._object = UUID(typed)
        except ValueError:
            self._object = object_named(self._actor, typed)
        if self._object is None:
            raise forms.ValidationError("Inget har det numret nu. Är det borttaget, leta efter det i listan i stället.")
        return typed

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        days: dict[str, Any] = self.cleaned_data
        if days.get("fran") and days.get("till") and days["fran"] > days["till"]:
            self.add_error("till", "Sista dagen kommer före den första.")
        return days

    @property
    def asked(self) -> Filter:
        """The filter, once the form is valid."""
        typed = self.cleaned_data
        return Filter(
            member=typed["medlem"],
            act=typed["vad"],
            object=self._object,
            since=typed["fran"],
            until=typed["till"],
            chain=typed["kedja"],
            only=typed["bara"],
        )
