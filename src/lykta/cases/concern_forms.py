"""What is typed about a concern for a child."""

from typing import Any

from django import forms

from lykta.cases.concern_enums import Feedback, GuardiansKnow, Step, Urgency
from lykta.cases.concern_rules import MOST_WORDS
from lykta.cases.forms import _text
from lykta.cases.sharing_forms import _day, _must
from lykta.core import clock

FAULTS = {
    "empty": "Skriv något här.",
    "why": "Skriv varför de inte vet.",
    "protected": "Lämna tomt när någon lever med skyddade uppgifter. Nämnden ringer dig.",
    "address": "Här står personens adress eller telefon. Ta bort den: någon lever med skyddade uppgifter.",
    "future": "Den dagen har inte varit än.",
    "before": "Det var före det som hände innan.",
}


class NewReport(forms.Form):
    """Everything the board needs to protect a child, and nothing more."""

    urgency = _must("Hur bråttom är det?", [(u.value, u.label) for u in Urgency])
    municipality = _text("Barnets kommun", most=120, help_text="Den där barnet bor, eller är just nu om det är akut.")
    children = _text(
        "Vilka barn gäller det?",
        most=2000,
        rows=3,
        help_text="Ett barn på varje rad: namn, ålder eller personnummer. Det du vet.",
    )
    protected = forms.BooleanField(
        label="Någon i anmälan lever med skyddade uppgifter",
        help_text="Då lämnas ingen adress och ingen telefon. Nämnden ringer dig.",
        required=False,
    )
    whereabouts = _text("Var är barnen nu?", most=500, rows=2)
    seen = _text(
        "Vad har du sett och hört?",
        most=MOST_WORDS,
        rows=8,
        help_text="Skilj på det du själv har sett och det någon har berättat. Inga tolkningar.",
    )
    source = _text("Vem kommer uppgifterna från?", most=500, rows=2)
    source_protected = forms.BooleanField(
        label="Den som berättat måste skyddas",
        help_text="Då står bara i akten vem det är. Läs igenom texten: den får inte heller avslöja det.",
        required=False,
    )
    view = _text("Vad säger barnen själva?", most=2000, rows=2)
    guardians_know = _must("Vet vårdnadshavarna om anmälan?", [(g.value, g.label) for g in GuardiansKnow])
    why_not = _text(
        "Varför inte?", most=1000, rows=2, help_text="Till exempel att någon av dem kan bli farlig när de får veta."
    )
    title = _text("Ditt yrke", most=120)
    phone = _text("Ditt telefonnummer i arbetet", most=60)


class NoReport(forms.Form):
    """Why what was seen need not be reported."""

    why = _text(
        "Varför anmäler du inte?",
        most=MOST_WORDS,
        rows=4,
        help_text="Vad du har sett, och varför det inte behövs. Tvekar du ska du anmäla.",
    )


class TakenStep(forms.Form):
    """What became of a report. step: which fields it takes."""

    on = _day("Vilken dag?")
    whom = _text("Till vem?", most=200)
    answer = _must("Vad säger nämnden?", [(f.value, f.label) for f in Feedback])
    told = _text("Hur skickade du?", most=1000, rows=2)

    LABELS = {
        Step.SENT: {
            "on": "Vilken dag skickade du?",
            "whom": "Till vilken mottagning?",
            "told": "På vilken säker väg?",
        },
        Step.RECEIPT: {"on": "Vilken dag kom kvittot?", "whom": "Vem tog emot?"},
        Step.ASKED: {"on": "Vilken dag frågade du?", "whom": "Vem frågade du?"},
        Step.FEEDBACK: {"on": "Vilken dag svarade nämnden?", "answer": "Vad säger nämnden?", "told": "Något mer?"},
        Step.DROPPED: {"on": "Vilken dag bestämde du det?", "told": "Varför skickades den inte?"},
    }

    def __init__(self, *args: Any, step: Step, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial = {"on": clock.today()}
        self.step = step
        labels = self.LABELS[step]
        for name in list(self.fields):
            if name in labels:
                self.fields[name].label = labels[name]
            else:
                del self.fields[name]
