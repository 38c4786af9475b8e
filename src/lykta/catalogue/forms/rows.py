"""Forms of rows that are edited whole: limits, documentation, numbers, places."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from lykta.catalogue import labels
from lykta.catalogue.enums import Keeping, PhoneStatus
from lykta.catalogue.forms.base import (
    LONG,
    DayField,
    PickField,
    RowForm,
    TextField,
    WholeField,
    source_field,
    spread,
)
from lykta.catalogue.rules import AGES

NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
BOUNDS = (
    ("_age", AGES.start, AGES.stop - 1),
    ("_hour", 0, 24),
    ("weekday", 1, 7),
    ("_km", 0, 2000),
    ("_months", 0, 1200),
)
MOST = 100_000


class LimitForm(RowForm):
    """A number that holds for some time."""

    dated = True

    def build(self) -> None:
        """Name, number, days, source."""
        own = (self.around.body or {}).get("name")
        if own:
            self.fields["name"] = forms.CharField(widget=forms.HiddenInput, required=False)
        else:
            self.fields["name"] = TextField(
                most=40,
                label="Gräns",
                help_text="En av dem som finns, eller ett nytt namn.",
                widget=forms.TextInput(attrs={"list": "limits"}),
                missing="Skriv vad gränsen heter.",
            )
        self.fields["value"] = TextField(most=12, label="Värde", missing="Skriv ett tal.")
        self.fields["value"].widget.attrs |= {"inputmode": "decimal"}
        self.add_days()
        self.fields["source"] = source_field()

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands, with a decimal comma."""
        value = str(body.get("value", "")).replace(".", ",")
        return {**body, "name": labels.limit(body["name"]), "value": value} if body else {}

    def clean_name(self) -> str:
        """The limit's own name. A row keeps the one it has; a new one is one we know or a short word."""
        own = (self.around.body or {}).get("name")
        if own:
            return str(own)
        typed = self.cleaned_data["name"]
        known = {words.casefold(): name for name, words in labels.LIMITS.items()}
        name = known.get(typed.casefold()) or re.sub(r"[\s-]+", "_", typed.casefold()).translate(PLAIN)
        if not NAME.fullmatch(name):
            raise forms.ValidationError("Namnet får ha bokstäver, siffror och mellanslag, och börjar med en bokstav.")
        return name

    def clean_value(self) -> int | float:
        """A number, with comma or point."""
        typed = self.cleaned_data["value"].replace(" ", "").replace(",", ".")
        if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", typed, re.ASCII):
            raise forms.ValidationError("Skriv ett tal, som 16 eller 4,5.")
        number = float(typed)
        value = int(number) if number.is_integer() else number
        name = self.cleaned_data.get("name", "")
        low, high = next(((low, high) for end, low, high in BOUNDS if name.endswith(end)), (0, MOST))
        if not low <= value <= high:
            raise forms.ValidationError(f"Här får det stå från {low} till {high}.")
        return value

    def says(self) -> dict[str, Any]:
        """The row."""
        found = self.cleaned_data
        return {"name": found["name"], "value": found["value"], **self.days(), "source": found["source"]}


PLAIN = str.maketrans("åäöé", "aaoe")


class ModeForm(RowForm):
    """What may be documented in a service, and the board's decision behind it."""

    dated = True

    def build(self) -> None:
        """Documentation, board, day, conditions, days, source."""
        self.fields["mode"] = PickField(labels.KEEPING, label="Dokumentation", widget=forms.RadioSelect)
        self.fields["board"] = TextField(label="Nämnd som har beslutat", missing="Skriv vilken nämnd det är.")
        self.fields["decided_on"] = DayField(label="Beslutet fattades", help_text="Tomt om dagen inte är känd.")
        self.fields["conditions"] = TextField(
            most=LONG, required=False, label="Villkor", help_text="Nämndens egna ord, om det finns några."
        )
        self.add_days()
        self.fields["source"] = source_field()

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands."""
        return dict(body)

    def says(self) -> dict[str, Any]:
        """The row."""
        found = self.cleaned_data
        optional = {key: found[key] for key in ("decided_on", "conditions") if found[key]}
        keeping = Keeping(found["mode"]).value
        return {"mode": keeping, "board": found["board"], **optional, **self.days(), "source": found["source"]}


class PhoneForm(RowForm):
    """A number to call."""

    def build(self) -> None:
        """Names, number, hours, notes, how sure it is."""
        if not (self.around.body or {}).get("id"):
            self.fields["id"] = TextField(
                most=40,
                label="Kort namn",
                help_text="Små bokstäver och siffror. Texter skriver {phone:kort_namn}.",
                missing="Skriv ett kort namn.",
            )
        self.add_words("names", "Namn")
        self.fields["number"] = TextField(most=40, label="Nummer", help_text="Som det ska läsas.")
        self.fields["tel"] = TextField(
            most=20, label="Numret som rings", help_text="Bara siffror, med + för landsnummer."
        )
        self.add_words("hours", "Tider", required=False)
        self.add_words("notes", "Anteckning", most=LONG, required=False)
        self.fields["status"] = PickField(labels.STATUSES, label="Hur säkert är det?", widget=forms.RadioSelect)
        self.fields["last_checked"] = TextField(
            most=10, label="Senast kontrollerat", help_text="Dag, månad eller år, som 2026-11-23 eller 2024."
        )
        self.fields["owner"] = TextField(most=60, label="Vem kontrollerar det igen?")
        self.fields["show"] = forms.BooleanField(required=False, label="Visa för alla")

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands."""
        words = {k: v for name in ("names", "hours", "notes") for k, v in spread(body.get(name), name).items()}
        return {**body, **words}

    def clean_id(self) -> str:
        """A short name that texts can write."""
        typed = str(self.cleaned_data["id"])
        if not NAME.fullmatch(typed):
            raise forms.ValidationError("Använd två till fyrtio små bokstäver a–z, siffror eller _.")
        if any(phone.id == typed for phone in self.around.catalogue.phones):
            raise forms.ValidationError("Det finns redan ett nummer med det namnet.")
        return typed

    def clean(self) -> dict[str, Any]:
        """Hours and notes stand in every language or in none; an unconfirmed number is not shown."""
        self.check_words("hours", "notes")
        found = super().clean()
        if found.get("show") and found.get("status") == PhoneStatus.UNCONFIRMED:
            self.add_error("show", "Ett nummer som inte är bekräftat får inte visas. Ändra läget först.")
        return found

    def says(self) -> dict[str, Any]:
        """The row."""
        found = self.cleaned_data
        body: dict[str, Any] = {"id": (self.around.body or {}).get("id") or found["id"], "names": self.words("names")}
        body |= {name: words for name in ("hours", "notes") if (words := self.words(name))}
        return body | {key: found[key] for key in ("number", "tel", "status", "last_checked", "owner", "show")}

    def groups(self) -> Iterator[tuple[str, Sequence[forms.BoundField]]]:
        """What is read, and how sure it is."""
        sure = ("status", "last_checked", "owner", "show")
        yield "Det som läses", [field for field in self if field.name not in sure]
        yield "Hur säkert det är", [self[name] for name in sure]


class LocalityForm(RowForm):
    """A place one can come from."""

    def build(self) -> None:
        """Name and distance."""
        self.fields["name"] = TextField(most=60, label="Ort", missing="Skriv ortens namn.")
        self.fields["air_km"] = WholeField(most=2000, label="Kilometer fågelvägen till Östersund")
        self.fields["approximate"] = forms.BooleanField(required=False, label="Avståndet är ungefärligt")

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands."""
        return dict(body)

    def clean_name(self) -> str:
        """A place stands once, among seats and localities."""
        typed, own = str(self.cleaned_data["name"]), (self.around.body or {}).get("name")
        if typed != own and any(
            place.name.casefold() == typed.casefold() for place in self.around.catalogue.localities
        ):
            raise forms.ValidationError(f"{typed} finns redan.")
        return typed

    def says(self) -> dict[str, Any]:
        """The row."""
        found = self.cleaned_data
        body = {"name": found["name"], "air_km": found["air_km"]}
        return body | ({"approximate": True} if found["approximate"] else {})


class MunicipalityForm(RowForm):
    """One of the county's municipalities; its code and name stay."""

    def build(self) -> None:
        """What can change."""
        self.fields["seat"] = TextField(most=60, label="Centralort")
        self.fields["population"] = WholeField(most=3_000_000, label="Invånare")
        self.fields["air_km"] = WholeField(most=2000, label="Centralorten: kilometer fågelvägen till Östersund")
        self.fields["road_km_unconfirmed"] = WholeField(
            most=2000, label="Centralorten: kilometer väg, ungefär", help_text="Ingen regel använder det."
        )
        self.fields["sami_area"] = forms.BooleanField(required=False, label="Hör till samiskt förvaltningsområde")

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands."""
        return dict(body)

    def says(self) -> dict[str, Any]:
        """The row, with what has no field."""
        return {**(self.around.body or {}), **self.cleaned_data}


class DistanceForm(RowForm):
    """What the straight line tells about the road."""

    keys = frozenset({"distance_rule"})

    def build(self) -> None:
        """Two distances and where they come from."""
        self.fields["near_to_km"] = WholeField(most=2000, label="Nära: till och med så många kilometer fågelvägen")
        self.fields["far_over_km"] = WholeField(
            most=2000, label="Långt: mer än så många kilometer fågelvägen", help_text="Där emellan frågar vi."
        )
        self.fields["source"] = source_field()

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands."""
        return dict(body.get("distance_rule", {}))

    def says(self) -> dict[str, Any]:
        """The part."""
        return {"distance_rule": dict(self.cleaned_data)}
