"""What is typed about the plan: a goal with its steps, and a task."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from lykta.cases.forms import _text
from lykta.cases.plan_enums import Doer, GoalState
from lykta.cases.plan_rules import MOST_GOAL, MOST_STEP, MOST_STEPS, MOST_TASK, Step
from lykta.cases.queries import TeamRow
from lykta.core.clock import check_our_time

FAULTS = {
    "text": {"empty": "Skriv några ord först.", "long": f"Här får {MOST_GOAL} tecken plats."},
    "task": {"empty": "Skriv vad som ska göras.", "long": f"Här får {MOST_TASK} tecken plats."},
    "state": {"order": "Öppna målet igen först."},
    "reason": {"reason": "Skriv varför målet lämnas."},
    "steps": {"many": f"Ett mål har högst {MOST_STEPS} steg. Dela det i två."},
    "what": {"empty": "Skriv vad som ska göras.", "long": f"Här får {MOST_STEP} tecken plats."},
    "other": {"who": "Skriv vem."},
    "who": {"team": "Kollegan är inte med i akten."},
    "owner": {"team": "Kollegan är inte med i akten. Låt henne vara med först."},
    "due_on": {"past": "Den dagen har redan varit.", "far": "Den dagen är mer än två år bort."},
}
MORE_STEPS = 2
"""Empty rows below the steps there are."""


def _day(label: str, **more: Any) -> forms.DateField:
    missing = {"required": "Välj en dag.", "invalid": "Skriv dagen som 2026-11-23."}
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=missing, validators=[check_our_time], **more)


class Goal(forms.Form):
    """What the person wants, in her own words, and where it stands."""

    text = _text(
        "Målet, med personens egna ord", most=MOST_GOAL, rows=3, help_text="Det hon eller han själv vill ska bli av."
    )
    state = forms.TypedChoiceField(
        label="Hur står det?",
        choices=[(s.value, s.label.capitalize()) for s in GoalState],
        coerce=GoalState,
        widget=forms.RadioSelect,
        initial=GoalState.OPEN.value,
        error_messages={"required": "Välj något här."},
    )
    reason = _text("Varför lämnas det?", most=500)


class StepLine(forms.Form):
    """One step: what, who, by when. A row without words is no step."""

    what = _text("Vad ska göras?", most=MOST_STEP)
    who = forms.ChoiceField(label="Vem?", required=False)
    other = _text("Om någon annan: vem?", most=120)
    by_on = _day("Till när?", required=False)
    done = forms.BooleanField(label="Gjort", required=False)

    def __init__(self, *args: Any, team: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        people = [(Doer.PERSON.value, Doer.PERSON.label.capitalize()), *team]
        self.fields["who"].choices = [*people, (Doer.OTHER.value, Doer.OTHER.label.capitalize())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Words where anything else is filled in."""
        found = super().clean() or {}
        if not found.get("what", "").strip() and (found.get("other") or found.get("by_on") or found.get("done")):
            self.add_error("what", FAULTS["what"]["empty"])
        return found


StepLines = forms.formset_factory(
    StepLine, extra=MORE_STEPS, max_num=MOST_STEPS, absolute_max=MOST_STEPS + MORE_STEPS, validate_max=False
)


def steps_of(lines: "forms.BaseFormSet[StepLine]") -> list[tuple[int, Step]]:
    """The rows with words, each with its number."""
    found = []
    for number, line in enumerate(lines.forms):
        values = line.cleaned_data
        if not values.get("what", "").strip():
            continue
        who = values.get("who") or Doer.PERSON.value
        is_person = who in tuple(Doer)
        step = Step(
            what=values["what"],
            doer=Doer(who) if is_person else Doer.MEMBER,
            member=None if is_person else UUID(who),
            other=values["other"] if who == Doer.OTHER else "",
            by_on=values["by_on"],
            done=values["done"],
        )
        found.append((number, step))
    return found


def begun(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Steps as the beginning of rows."""
    return [
        {
            "what": s.what,
            "who": str(s.member) if s.doer == Doer.MEMBER else s.doer.value,
            "other": s.other,
            "by_on": s.by_on,
            "done": s.done,
        }
        for s in steps
    ]


class Owner(forms.Form):
    """Whose a task is, and its day."""

    owner = forms.TypedChoiceField(
        label="Vem gör det?",
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en kollega.", "invalid_choice": "Kollegan är inte med i akten."},
    )
    due_on = _day("Till vilken dag?")

    def __init__(self, *args: Any, team: Sequence[TeamRow], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = [(str(t.member), t.name) for t in team]  # type: ignore[attr-defined]


class NewTask(Owner):
    """Something a member of the team shall do."""

    text = _text(
        "Vad ska göras?", most=MOST_TASK, rows=2, help_text="Orden är låsta i akten. Listorna visar bara dagen."
    )
    field_order = ("text", "owner", "due_on")
