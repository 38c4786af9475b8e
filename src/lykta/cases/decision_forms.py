"""What is typed about a municipality's decision. Whether it is sound is for the rules to say."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lykta.cases.decision_rules import LONGEST_AGO_DAYS, MOST_WORDS
from lykta.cases.forms import _pick, _text
from lykta.cases.plan_forms import _day
from lykta.cases.sharing_forms import FAULTS as SHARING_FAULTS

FAULTS = SHARING_FAULTS | {
    "empty": "Skriv några ord här.",
    "long": f"Högst {MOST_WORDS} tecken får plats här.",
    "future": "Den dagen har inte varit än.",
    "before": "Den dagen kommer före den som den måste följa på.",
    "order": "Sista dagen kommer före den första.",
    "long_ago": f"Det är mer än {LONGEST_AGO_DAYS // 366} år sedan. Se över dagen.",
}


def _choose(label: str, missing: str, **more: Any) -> forms.ChoiceField:
    said = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, error_messages=said, **more)


class NewDecision(forms.Form):
    """The order: who decided what, from when, for what."""

    municipality = _choose("Kommun", "Välj kommunen.")
    service = _choose("Vilket stöd?", "Välj ett stöd.")
    paragraph = _text("Lagrum", most=200, initial="11 kap. 1 § socialtjänstlagen")
    decided_on = _day("Beslutet fattades", help_text="Från den dagen räknas tiden till att stödet ska ha börjat.")
    received_on = _day("Det kom till oss")
    goal = _text("Mål", most=MOST_WORDS, rows=3, help_text="Så som det står i beslutet.")
    from_on = _day("Gäller från", required=False)
    until_on = _day("Gäller till och med", required=False)
    contact = _text("Kontaktperson i kommunen", most=300, help_text="Namn och hur hon eller han nås.")

    def __init__(
        self, *args: Any, municipalities: Sequence[str], services: Sequence[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["municipality"].choices = [("", "välj"), *((m, m) for m in municipalities)]  # type: ignore[attr-defined]
        self.fields["service"].choices = [("", "välj"), *services]  # type: ignore[attr-defined]


class TakeStep(forms.Form):
    """The day something was done, and words about it."""

    on = _day("Vilken dag?")
    words = _text("Berätta kort", most=MOST_WORDS, rows=2)


class Report(forms.Form):
    """What the board is told, and on which ground it leaves the file."""

    words = _text("Det som återrapporteras", most=MOST_WORDS, rows=6, help_text="Bara det nämnden behöver.")
    unit = _text("Till vilken enhet och person?", most=120)
    ground = _pick("På vilken grund?", [])
    weighing = _text("Hur vägde du?", most=2000, rows=2, help_text="Behövs inte när ett samtycke täcker det.")

    def __init__(self, *args: Any, grounds: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["ground"].choices = list(grounds)  # type: ignore[attr-defined]
