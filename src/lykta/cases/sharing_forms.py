"""What is typed about secrecy; and the exact words of a consent, to be read aloud or printed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from lykta.cases.enums import Agency, GivenBy, How
from lykta.cases.forms import _pick, _text
from lykta.cases.sharing_rules import MOST_DAYS, Ground

AGENCIES = [(a.value, a.label.capitalize()) for a in Agency]
FAULTS = {
    "empty": "Skriv några ord här.",
    "order": "Sista dagen kommer före den första.",
    "past": "Sista dagen har redan varit.",
    "long": f"Ett samtycke gäller högst {MOST_DAYS} dagar. Fråga igen sedan.",
    "guardians": "Barnet är för ungt för att samtycka själv. Vårdnadshavarna gör det, eller så behövs en annan grund.",
    "adult": "Personen är vuxen och samtycker själv.",
    "one": "Skriv varför den ena vårdnadshavaren räcker.",
    "future": "Den dagen har inte varit än.",
    "none": "Välj ett samtycke eller en grund.",
    "ground": "Den grunden leder inte dit, eller gällde inte den dagen.",
    "consent": "Samtycket täcker inte det här: det gäller någon annan, en annan tid, eller är tillbakataget.",
    "weighing": "Skriv hur du har vägt, också när det är en skyldighet.",
}


def _day(label: str, **more: Any) -> forms.DateField:
    missing = {"required": "Välj en dag.", "invalid": "Skriv dagen som 2026-11-23."}
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}), error_messages=missing, **more)


def _must(label: str, choices: Sequence[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj något här.", "invalid_choice": "Välj något här."},
        **more,
    )


class NewConsent(forms.Form):
    """Who lifts which secrecy, to whom, for what and how long."""

    given_by = _must("Vem samtycker?", [(g.value, g.label.capitalize()) for g in GivenBy], initial="person")
    reason = _text("Varför räcker en vårdnadshavare?", most=500)
    agency = _must("Till vem?", AGENCIES)
    unit = _text("Vilken enhet eller kommun?", most=120)
    what = _text("Vad får lämnas?", most=1000, rows=2, help_text="Så smalt som det går.")
    purpose = _text("Till vad?", most=500)
    begins = _day("Från och med")
    ends = _day("Till och med", help_text="Högst ett år.")
    how = _must("Hur samtycktes det?", [(h.value, h.label.capitalize()) for h in How], initial="written")
    view = _text("Barnets egen mening", most=1000, rows=2)

    def __init__(self, *args: Any, child: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in () if child else ("given_by", "reason", "view"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A grown person lifts her own secrecy; nothing is asked about guardians then."""
        return {"given_by": GivenBy.PERSON.value, "reason": "", "view": ""} | (super().clean() or {})


class NewDisclosure(forms.Form):
    """What has left, to whom, on which ground."""

    agency = _must("Till vem?", AGENCIES)
    unit = _text("Vilken enhet och person?", most=120)
    on = _day("Vilken dag?")
    what = _text("Vad lämnades?", most=2000, rows=3)
    ground = _pick("På vilken grund?", [])
    weighing = _text("Hur vägde du?", most=2000, rows=3, help_text="Behövs inte när ett samtycke täcker det.")

    def __init__(self, *args: Any, grounds: Sequence[Ground], consents: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        told = [(g.code, f"{g.text} ({g.law}){', måste lämnas' if g.duty else ''}") for g in grounds]
        self.fields["ground"].choices = [*consents, *told]  # type: ignore[attr-defined]


def consent_text(values: dict[str, Any], *, centre: str) -> str:
    """The words whoever consents sees or hears. Their hash is kept, so that nobody can say later they were others."""
    begins, ends = values["begins"], values["ends"]
    return (
        f"{centre} får lämna detta till {Agency(values['agency']).label} ({values['unit'].strip()}): "
        f"{values['what'].strip()}. Det är för detta: {values['purpose'].strip()}. "
        f"Det gäller från {_said(begins)} till {_said(ends)}. "
        "Jag kan ta tillbaka det när jag vill, helt eller delvis, och då lämnas inget mer. "
        "Mitt stöd beror inte på vad jag svarar."
    )


def _said(day: date) -> str:
    return day.isoformat()
