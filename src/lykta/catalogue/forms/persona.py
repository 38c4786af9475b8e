"""The invented person an editor tries a change on. Nothing of it is kept."""

from typing import Any

from django import forms

from lykta.catalogue import labels
from lykta.catalogue.enums import Gender, Who
from lykta.catalogue.forms.base import DayField, PickField, WholeField
from lykta.catalogue.personas import Tried
from lykta.catalogue.rules import AGES, TALKS, Catalogue, Persona

TRUTHS = {"": labels.UNKNOWN, "true": "ja", "false": "nej"}


class PersonaForm(forms.Form):
    """The same facts as rules ask about, each of which may be left untold."""

    prefix = "p"

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = {place.name: place.name for place in sorted(catalogue.localities, key=lambda one: one.name)}
        unknown = {"": labels.UNKNOWN}
        self.fields["who"] = PickField(labels.WHOS, label="Vem gäller det?")
        self.fields["age"] = WholeField(least=AGES.start, most=AGES.stop - 1, required=False, label="Ålder")
        self.fields["gender"] = PickField(unknown | labels.GENDERS, required=False, label="Kön")
        self.fields["locality"] = PickField(unknown | places, required=False, label="Ort")
        self.fields["honour"] = PickField(TRUTHS, required=False, label="Handlar det om heder?")
        self.fields["decision"] = PickField(TRUTHS, required=False, label="Finns ett beslut?")
        self.fields["municipality_cannot"] = PickField(TRUTHS, required=False, label="Hemkommunen kan inte?")
        self.fields["talks_used"] = WholeField(most=TALKS.stop - 1, required=False, label="Samtal som använts")
        self.fields["on"] = DayField(label="Dag", help_text="Tomt: i dag.")

    def tried(self) -> Tried:
        """The person, from sound fields."""
        told = self.cleaned_data
        truths = {name: told[name] == "true" if told[name] else None for name in ("honour", "decision")}
        cannot = told["municipality_cannot"]
        persona = Persona(
            who=Who(told["who"]),
            age=told["age"],
            gender=Gender(told["gender"]) if told["gender"] else None,
            municipality_cannot=cannot == "true" if cannot else None,
            talks_used=told["talks_used"] or 0,
            **truths,
        )
        return Tried("", persona, told["locality"])
