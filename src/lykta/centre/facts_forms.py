"""The centre's own facts as forms, the same in the installation and afterwards. The rules are those of people."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms

from lykta.centre.rows import RowsForm
from lykta.core import clock
from lykta.core.templatetags.staff import WEEKDAYS
from lykta.people.actions import check_hours, check_phones, check_words
from lykta.people.enums import PhoneUse
from lykta.people.errors import FactsRefused
from lykta.people.facts import CentreWords, Hours, OwnPhone
from lykta.people.hours import Exceptional, HoursFault, Spans, said, spans_of

FAULTS = {
    "signs": "Skriv tiderna som 8–16 eller 8–12, 13–16.30. Lämna tomt när det är stängt.",
    "clock": "{at} finns inte på klockan.",
    "backwards": "{at} slutar innan det har börjat.",
    "overlap": "{at} går in i varandra. Skriv dem som en tid, eller flytta den ena.",
    "many": "Högst fyra tider på en dag.",
    "no municipality": "Kryssa i minst en kommun.",
    "not in the county": "{at} är ingen kommun i länet.",
    "number": "Skriv numret med siffror, riktnummer först.",
    "checked later": "Den dagen har inte varit än.",
    "twice": "Numret står redan för samma sak.",
    "exceptions overlap": "Två undantag gäller samma dag: {at}.",
    "no key": "Din nyckel till huset saknas, så uppgifterna kan inte ändras. Be någon annan som har den.",
}
"""What is said of each fault that a rule finds."""


def told(fault: HoursFault | FactsRefused) -> str:
    """The sentence for a fault."""
    return FAULTS[fault.code].format(at=fault.at)


class Line(forms.CharField):
    """One line of text, with faults said in our own words. missing: what to say where nothing was written."""

    def __init__(self, label: str, most: int, *, missing: str = "", **kwargs: Any) -> None:
        said = {
            "required": missing,
            "max_length": "Högst %(limit_value)s tecken. Nu är det %(show_value)s.",
            "null_characters_not_allowed": "Där finns ett tecken som inte går att spara. Skriv om det.",
        }
        super().__init__(label=label, max_length=most, required=bool(missing), error_messages=said, **kwargs)


class WordsForm(forms.Form):
    """Who the centre is."""

    name = Line("Centrumets namn", 120, missing="Skriv vad centrumet heter.")
    board = Line(
        "Nämnd som är värd",
        120,
        help_text="Den kommunala nämnd som anställer er. Den är personuppgiftsansvarig.",
        missing="Skriv vilken nämnd som är värd. Den är personuppgiftsansvarig.",
    )
    municipalities = forms.MultipleChoiceField(
        label="Kommuner ni arbetar åt",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": FAULTS["no municipality"], "invalid_choice": "%(value)s är ingen kommun i länet."},
    )
    email = forms.EmailField(
        label="E-post",
        help_text="Frivilligt. Står på webbplatsen.",
        required=False,
        max_length=254,
        error_messages={"invalid": "Skriv adressen som namn@exempel.se, eller lämna tomt."},
    )
    address = Line("Besöksadress", 200, help_text="Frivilligt. Skriv den bara om vem som helst får veta den.")

    def __init__(self, data: Any = None, *, county: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.county = county
        self.fields["municipalities"].choices = list(county.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Asked of the rule as well: the choices on the page are only a help."""
        if not self.errors:
            try:
                check_words(self.words(), county=self.county)
            except FactsRefused as refused:
                self.add_error("municipalities", told(refused))
        return self.cleaned_data

    def words(self) -> CentreWords:
        """What was said."""
        return CentreWords(**self.cleaned_data)


def words_as_typed(words: CentreWords) -> dict[str, Any]:
    """The present facts as the form's beginning."""
    return {
        "name": words.name,
        "board": words.board,
        "municipalities": list(words.municipalities),
        "email": words.email,
        "address": words.address,
    }


def _day(label: str, missing: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        validators=[clock.check_our_time],
        error_messages={"required": missing, "invalid": "Skriv dagen som 2026-11-23."},
    )


class PhonesForm(RowsForm):
    """The centre's own numbers."""

    columns = {
        "use": lambda: forms.TypedChoiceField(
            label="För", choices=[(use.value, use.label.capitalize()) for use in PhoneUse], coerce=PhoneUse
        ),
        "number": lambda: Line(
            "Nummer",
            30,
            missing=FAULTS["number"],
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        ),
        "checked_on": lambda: _day("Senast ringt", "Skriv vilken dag någon ringde numret för att pröva det."),
    }
    telling = ("number", "checked_on")

    def clean(self) -> dict[str, Any]:
        """Each number by itself, then all together, so that the sentence stands at the right row."""
        before: list[OwnPhone] = []
        for row, columns in self.sound():
            phone = OwnPhone(**columns)
            try:
                check_phones([*before, phone], on=clock.today())
                before.append(phone)
            except FactsRefused as refused:
                self.add_error(f"{'checked_on' if refused.code == 'checked later' else 'number'}_{row}", told(refused))
        return self.cleaned_data

    def phones(self) -> list[OwnPhone]:
        """What was said, in order."""
        return [OwnPhone(**columns) for _, columns in self.sound()]


def phones_as_typed(phones: Sequence[OwnPhone]) -> list[dict[str, Any]]:
    """The present numbers as the form's beginning."""
    return [{"use": one.use.value, "number": one.number, "checked_on": one.checked_on} for one in phones]


class SpansField(Line):
    """Opening hours of one day, as they are said: `8–12, 13–16.30`."""

    def __init__(self, label: str) -> None:
        super().__init__(label, 80)
        self.widget.attrs |= {"autocomplete": "off"}

    def clean(self, value: Any) -> Spans:
        """The spans. Raises ValidationError with a sentence."""
        try:
            return spans_of(super().clean(value))
        except HoursFault as fault:
            raise forms.ValidationError(told(fault)) from fault

    def prepare_value(self, value: Any) -> Any:
        """Spans as they are said; what was typed as it was typed."""
        return said(value) if isinstance(value, tuple) else value


class HoursForm(RowsForm):
    """A week, and days with other hours. The last day of an exception belongs to it, as people say it."""

    columns = {
        "from_on": lambda: _day("Från", "Skriv vilken dag det börjar."),
        "last_on": lambda: _day("Till och med", "Skriv vilken dag det slutar."),
        "spans": lambda: SpansField("Öppet"),
        "why": lambda: Line("Varför", 80),
    }
    telling = ("from_on", "last_on", "spans", "why")
    shut_on_holidays = forms.BooleanField(label="Stängt på helgdagar", required=False, initial=True)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for day, name in enumerate(WEEKDAYS):
            self.fields[f"day_{day}"] = SpansField(name.capitalize())

    def week(self) -> list[forms.BoundField]:
        """The seven days for the page."""
        return [self[f"day_{day}"] for day in range(len(WEEKDAYS))]

    def clean(self) -> dict[str, Any]:
        """An exception has days, and none claims another's."""
        before: list[Exceptional] = []
        for row, columns in self.sound():
            one = _exception(columns)
            if one.from_on >= one.until_on:
                self.add_error(f"last_on_{row}", "Undantaget slutar innan det har börjat.")
                continue
            try:
                check_hours(Hours(exceptions=[*before, one]))
                before.append(one)
            except FactsRefused as refused:
                self.add_error(f"from_on_{row}", told(refused))
        return self.cleaned_data

    def hours(self) -> Hours:
        """What was said."""
        week = {day: self.cleaned_data[f"day_{day}"] for day in range(len(WEEKDAYS))}
        return Hours(
            week={day: spans for day, spans in week.items() if spans},
            exceptions=[_exception(columns) for _, columns in self.sound()],
            shut_on_holidays=self.cleaned_data["shut_on_holidays"],
        )


def _exception(columns: Mapping[str, Any]) -> Exceptional:
    until_on = columns["last_on"] + timedelta(days=1)
    return Exceptional(columns["from_on"], until_on, columns["spans"], columns["why"])


def week_as_typed(hours: Hours) -> dict[str, Any]:
    """The present week as the form's beginning."""
    return {f"day_{day}": spans for day, spans in hours.week.items()} | {"shut_on_holidays": hours.shut_on_holidays}


def exceptions_as_typed(hours: Hours) -> list[dict[str, Any]]:
    """The present exceptions as the form's beginning."""
    return [
        {"from_on": e.from_on, "last_on": e.until_on - timedelta(days=1), "spans": e.spans, "why": e.why}
        for e in hours.exceptions
    ]
