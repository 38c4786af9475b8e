"""What is typed when a contact becomes a file. Whether it is sound is for the rules to say."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lykta.access.enums import Wall
from lykta.cases.forms import NewFile, _text
from lykta.cases.sharing_forms import _day, _must
from lykta.core import clock
from lykta.intake.enums import UndoReason, Urgency, Wish
from lykta.intake.rules import LONGEST_AGO_DAYS, MOST_WORDS, wish_fault
from lykta.intake.sources import Piece

FAULTS = {
    "wish": "Utan personens vilja blir det ingen akt. Fråga först, och kryssa i när svaret är ja.",
    "future": "Den dagen har inte varit än.",
    "long_ago": f"Det är mer än {LONGEST_AGO_DAYS} dagar sedan. Se över dagen.",
    "urgency": "Välj hur bråttom det är.",
    "why": "Skriv några ord om varför det brådskar.",
    "long": f"Högst {MOST_WORDS} tecken får plats här.",
    "empty": "Skriv några ord om varför.",
    "there": "Kontakten hör redan till den akten.",
    "text": "Det du vill föra över får inte plats i en anteckning. Ta med färre delar.",
    "service": "Det stödet får inte dokumenteras så. Välj ett annat stöd eller ett annat sätt.",
}


def _judgement() -> tuple[forms.ChoiceField, forms.CharField]:
    urgency = _must("Hur bråttom är det?", [(u.value, u.label.capitalize()) for u in Urgency])
    return urgency, _text("Varför?", most=MOST_WORDS, rows=2, help_text="Behövs inte när det kan planeras.")


class Begin(forms.Form):
    """The person's wish, what is carried over, what she has been told, and how much it hurries."""

    wished = forms.BooleanField(
        label="Personen vill det",
        help_text="Hon eller han har fått veta vad som skrivs, vem som läser och att det går att ändra sig.",
        required=False,
    )
    how = _must("Hur sade personen det?", [(w.value, w.label.capitalize()) for w in Wish])
    on = _day("Vilken dag?", validators=[clock.check_our_time])
    said = _text("Så sade personen", most=MOST_WORDS, rows=2, help_text="Om det finns något att minnas.")
    opening = _text("Öppningsanteckning", most=10_000, rows=5, help_text="Det du själv skriver om vad som har hänt.")
    copy = forms.MultipleChoiceField(
        label="Ta med ordagrant",
        help_text="Bara det du kryssar i. Resten stannar där det är, låst.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    told_on = _day(
        "Dagen personen fick veta att man kan ansöka hos socialtjänsten",
        required=False,
        help_text="Socialtjänstlagen 11 kap. 6 §. Lämna tomt om det inte är sagt än.",
        validators=[clock.check_our_time],
    )
    urgency, why = _judgement()

    def __init__(self, *args: Any, pieces: Sequence[Piece], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["copy"].choices = [(p.id, f"{p.whose}: {p.words}") for p in pieces]  # type: ignore[attr-defined]

    def clean_wished(self) -> bool:
        """Told together with what else is missing."""
        wished: bool = self.cleaned_data["wished"]
        if fault := wish_fault(wished):
            raise forms.ValidationError(FAULTS[fault])
        return wished


class Fresh(NewFile):
    """A new file: which wall and service, and who must never hold it. How it is kept was chosen before."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("mode", "told"):
            del self.fields[name]


class Judge(forms.Form):
    """How much it hurries now."""

    urgency, why = _judgement()


class Undo(forms.Form):
    """Why a contact is taken out of the file again."""

    reason = _must("Varför?", [(r.value, r.label.capitalize()) for r in UndoReason])
    words = _text("Berätta kort", most=MOST_WORDS, rows=2)


class Advice(forms.Form):
    """Whom the advice was about, as the call log counts."""

    about = forms.ChoiceField(label="Vem gällde det?", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, walls: Sequence[Wall], **more: Any) -> None:
        super().__init__(*args, **more)
        known = [(w.value, w.label) for w in walls]
        self.fields["about"].choices = [("", "vet inte"), *known]  # type: ignore[attr-defined]
