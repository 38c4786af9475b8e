"""What is typed about a request from an authority, and about its answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lykta.cases.demand_enums import Came, Outcome
from lykta.cases.forms import _pick, _text
from lykta.cases.sharing_forms import AGENCIES, _day, _must
from lykta.cases.sharing_forms import FAULTS as SHARING_FAULTS
from lykta.core import clock

FAULTS = SHARING_FAULTS | {
    "before": "Det är före den dag då begäran kom.",
    "told": "Säg att ett skriftligt beslut kan begäras, och kryssa sedan i.",
}


class NewDemand(forms.Form):
    """Who asks, for what, and until when."""

    agency = _must("Vem frågar?", AGENCIES)
    authority = _text("Vilken myndighet?", most=120, help_text="Till exempel Påhittade tingsrätten.")
    official = _text("Vem där?", most=100, help_text="Namn och yrke. Ring tillbaka genom växeln om du inte är säker.")
    reference = _text("Deras beteckning", most=120, help_text="Mål- eller diarienummer.")
    came = _must("Hur kom begäran?", [(c.value, c.label.capitalize()) for c in Came])
    came_on = _day("Vilken dag kom den?")
    due_on = _day("Svara senast", help_text="Säger myndigheten ingen dag sätter du en själv.")
    what = _text("Vad ber de om?", most=4000, rows=4, help_text="Med deras egna ord.")


class NewAnswer(forms.Form):
    """What is answered. outcome: which fields it takes; choices: consents and grounds that lead to who asks."""

    on = _day("Vilken dag?")
    what = _text("Vad lämnades?", most=4000, rows=4)
    ground = _pick("På vilken grund?", [])
    kept = _text("Vad lämnades inte, och varför?", most=4000, rows=3)
    weighing = _text("Hur vägde du?", most=4000, rows=3)
    told = forms.BooleanField(
        label="Jag har sagt att ett skriftligt beslut kan begäras",
        help_text="I beslutet står hur det överklagas. Det skrivs utanför Lykta.",
        required=False,
    )

    FIELDS = {
        Outcome.FULL: ("on", "what", "ground", "weighing"),
        Outcome.PART: ("on", "what", "ground", "weighing", "kept", "told"),
        Outcome.NONE: ("on", "weighing", "told"),
        Outcome.TAKEN_BACK: ("on",),
    }

    def __init__(self, *args: Any, outcome: Outcome, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.outcome = outcome
        self.initial = {"on": clock.today()}
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]
        for name in set(self.fields) - set(self.FIELDS[outcome]):
            del self.fields[name]
        if outcome == Outcome.NONE:
            self.fields["weighing"].label = "Varför lämnas inget?"
