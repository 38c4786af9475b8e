"""What staff write and choose about a person. Sentences say what to do; what was typed is never lost."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django import forms

from lykta.access.enums import Wall
from lykta.cases.enums import Answer, Channel, CloseReason, Guard, Mode, Number, NumberFault, OpenReason
from lykta.cases.numbers import NotANumber, read_number
from lykta.cases.rules import MOST_SIGNS
from lykta.core import clock

FAULTS = {
    NumberFault.FORM: "Skriv tio eller tolv siffror, som 900101-9984. Finns inget nummer väljer du det.",
    NumberFault.DAY: "Den dagen finns inte. Ett samordningsnummer har dagen plus 60.",
    NumberFault.FUTURE: "Den dagen har inte varit än. Se efter vilket århundrade det är.",
    NumberFault.CHECK: "Sista siffran stämmer inte med de andra. Läs numret en gång till.",
}
SEXES = [("", "vet inte"), ("woman", "kvinna"), ("man", "man")]
GENDERS = [("", "har inte sagt"), *SEXES[1:], ("other", "annat"), ("wont_say", "vill inte säga")]
DAYS = [(str(n), name) for n, name in enumerate(("mån", "tis", "ons", "tors", "fre", "lör", "sön"))]
ANSWERS = [(a.value, a.label) for a in Answer]


def _text(label: str, *, help_text: str = "", most: int = 200, rows: int = 0, **more: Any) -> forms.CharField:
    """A text that is not required."""
    attributes: dict[str, Any] = {"autocomplete": "off"} | ({"rows": rows} if rows else {})
    widget = forms.Textarea(attributes) if rows else forms.TextInput(attributes)
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=most, widget=widget, **more)


def _pick(label: str, choices: Sequence[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **more)


class Identity(forms.Form):
    """Who it is, as far as she has told. Everything is sealed. mode: decides what must and must not be there."""

    given_names = _text("Förnamn")
    family_name = _text("Efternamn")
    earlier_names = _text("Tidigare namn", help_text="Aldrig för den som har fått ny identitet.")
    pseudonym = _text("Påhittat namn", help_text="Ett namn ni kommer överens om, som inte leder någonstans.")
    code_word = _text("Kodord", help_text="Så vet ni att det är rätt person i telefonen.")
    number_kind = _pick("Nummer", [(n.value, n.label) for n in Number], initial=Number.NONE.value)
    number = _text("Numret", most=30)
    gender = _pick("Kön, som personen säger", GENDERS)
    legal_sex = _pick("Juridiskt kön", SEXES, help_text="Bara om det behövs för beslut.")
    language = _text("Språk", help_text="Det språk som är lättast att tala.")
    interpreter = forms.BooleanField(label="Behöver tolk", required=False)
    needs = _text("Syn, hörsel, rörelse, läsning", most=1000, rows=2, help_text="Det vi ska tänka på när vi ses.")
    phone = _text("Telefon", help_text="Ring inte förrän säker kontakt är ifylld.", most=60)
    address = _text("Adress", most=500, rows=2, help_text="Lämna tomt för den som har skyddad folkbokföring.")

    def __init__(self, *args: Any, mode: Mode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mode = mode
        hidden = ("pseudonym",) if mode == Mode.FULL else WHO
        for name in hidden:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Names where they must be, the number as twelve digits."""
        found = super().clean() or {}
        if self.mode == Mode.NO_IDENTITY and not found.get("pseudonym"):
            self.add_error("pseudonym", "Skriv ett påhittat namn, så att ni kan hitta varandra igen.")
        if self.mode == Mode.FULL and not (found.get("given_names") or found.get("family_name")):
            self.add_error("given_names", "Skriv ett namn. Vill personen inte säga det väljer du utan identitet.")
        if self.mode == Mode.FULL:
            self._number(found)
        return found

    def _number(self, found: dict[str, Any]) -> None:
        kind, typed = Number(found.get("number_kind") or Number.NONE), found.get("number", "")
        found["number_kind"] = kind.value
        if kind == Number.NONE:
            if typed:
                self.add_error("number_kind", "Välj vad det är för nummer, eller ta bort det.")
        elif kind == Number.RESERVE:
            found["number"] = "".join(typed.split()).upper()
            if not typed:
                self.add_error("number", "Skriv reservnumret, eller välj inget nummer.")
        else:
            try:
                number = read_number(typed, on=clock.today())
            except NotANumber as why:
                self.add_error("number", FAULTS[why.fault])
            else:
                found |= {"number": number.digits, "number_kind": number.kind.value}


WHO = ("given_names", "family_name", "earlier_names", "number_kind", "number", "legal_sex", "address")
"""What a file without identity never asks for."""


class NewFile(forms.Form):
    """Which wall, which service, how much is documented, and who must never hold it."""

    wall = forms.ChoiceField(label="Vem gäller det?", widget=forms.RadioSelect)
    service = forms.ChoiceField(label="Vilket stöd?", required=False)
    mode = forms.ChoiceField(
        label="Hur mycket ska skrivas?",
        choices=[
            (Mode.FULL.value, "Full akt: namn och det som behövs"),
            (Mode.NO_IDENTITY.value, "Utan identitet: påhittat namn och kodord"),
        ],
        initial=Mode.FULL.value,
        widget=forms.RadioSelect,
    )
    named = forms.BooleanField(
        label="Namngiven akt", help_text="Bara de som är med i akten kan veta att den finns.", required=False
    )
    excluded = forms.TypedMultipleChoiceField(
        label="Får aldrig öppna akten",
        help_text="Släkt, grannar eller någon personen nämner. Då blir akten namngiven från första ordet.",
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    told = forms.BooleanField(
        label="Har fått veta att man kan ansöka hos socialtjänsten",
        help_text="Socialtjänstlagen 11 kap. 6 §. Dagen skrivs i akten.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        walls: Sequence[Wall],
        services: Sequence[tuple[str, str]],
        members: Sequence[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wall"].choices = [(w.value, w.label.capitalize()) for w in walls]  # type: ignore[attr-defined]
        self.fields["service"].choices = [("", "inte bestämt än"), *services]  # type: ignore[attr-defined]
        self.fields["excluded"].choices = [(str(m.pk), m.name) for m in members]  # type: ignore[attr-defined]
        if len(walls) == 1:
            self.fields["wall"].initial = walls[0].value


class SafeContact(forms.Form):
    """How she can be reached without danger. Unanswered is no."""

    call = _pick("Får vi ringa?", ANSWERS)
    voicemail = _pick("Får vi lämna röstmeddelande?", ANSWERS)
    text = _pick("Får vi skicka sms?", ANSWERS)
    letter = _pick("Får vi skicka brev?", ANSWERS)
    mail = _pick("Får vi skicka e-post?", ANSWERS)
    days = forms.MultipleChoiceField(
        label="Vilka dagar?",
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=[d for d, _ in DAYS],
    )
    hour_from = forms.TimeField(label="Från klockan", required=False)
    hour_until = forms.TimeField(label="Till klockan", required=False)
    to_use = _text("Nummer eller adress som är säker", help_text="Om det är något annat än i akten.")
    code_word = _text("Kodord vid samtal")
    not_to_know = _text("Får inte veta", most=1000, rows=2, help_text="Personer, arbetsplatser, skolor.")
    shared_device = _pick("Delar telefon eller dator med någon?", ANSWERS)
    more = _text("Annat att tänka på", most=1000, rows=2)

    def clean(self) -> dict[str, Any]:
        """Hours in pairs, the earlier first; times as text, so that they can be sealed."""
        found = super().clean() or {}
        begin, end = found.get("hour_from"), found.get("hour_until")
        if bool(begin) != bool(end):
            self.add_error("hour_until" if begin else "hour_from", "Skriv båda klockslagen, eller inget.")
        elif begin and end and begin >= end:
            self.add_error("hour_until", "Det andra klockslaget ska vara senare än det första.")
        if "days" in found and not found["days"]:
            self.add_error("days", "Välj minst en dag, eller svara nej på frågorna ovanför.")
        for name in ("hour_from", "hour_until"):
            found[name] = found[name].strftime("%H:%M") if isinstance(found.get(name), time) else ""
        for name in (*(c.value for c in Channel), "shared_device"):
            found[name] = found.get(name) or Answer.UNKNOWN.value
        return found


class Words(forms.Form):
    """A note. Whether the words are sound is for the rules to say."""

    text = forms.CharField(
        label="Anteckning", required=False, strip=False, widget=forms.Textarea({"rows": 10, "autocomplete": "off"})
    )
    dissent = _text("Personens egen mening", most=MOST_SIGNS, rows=2, help_text="Om hon eller han ser det annorlunda.")
    guards = forms.TypedMultipleChoiceField(
        label="Skydd",
        choices=[(g.value, g.label.capitalize()) for g in Guard],
        coerce=Guard,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    guard_reason = _text("Varför den inte lämnas ut", most=500)


class Open(forms.Form):
    """Why one opens a file one is not on the team of."""

    reason = forms.TypedChoiceField(
        label="Varför öppnar du akten?",
        choices=[(r.value, r.label.capitalize()) for r in OpenReason],
        coerce=OpenReason,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett skäl."},
    )
    words = _text("Berätta kort", most=1000, rows=3, help_text="Den som granskar läser det.")


class Close(forms.Form):
    """Why the file is closed."""

    reason = forms.TypedChoiceField(
        label="Varför avslutas akten?",
        choices=[(r.value, r.label.capitalize()) for r in CloseReason],
        coerce=CloseReason,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett skäl."},
    )


class Told(forms.Form):
    """The day she was told that she may apply."""

    on = forms.DateField(label="Dag", widget=forms.DateInput({"type": "date"}))

    def clean_on(self) -> date:
        """Not a day that is still to come."""
        on: date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError("Den dagen har inte varit än.")
        return on
