"""What is typed when a file is handed over: the answers to the prompts, and to whom."""

from typing import Any
from uuid import UUID

from django import forms

from lykta.cases.forms import _text
from lykta.cases.handover_rules import MOST_ANSWER, Prompt
from lykta.people.models import Colleague

HELP = {
    Prompt.WHERE: "Det viktigaste som har hänt, och hur personen har det.",
    Prompt.AGREED: "Det ni har lovat, och det personen själv har sagt ja eller nej till.",
    Prompt.URGENT: "Dagar som inte får missas. Lämna tomt om inget brådskar.",
    Prompt.CONTACT: "Det som kan bli farligt om någon inte vet det.",
    Prompt.NEXT: "Det första din kollega bör göra, och när.",
}
FAULTS = {
    "empty": "Skriv några ord här. Finns inget att säga skriver du det.",
    "long": f"Här får {MOST_ANSWER} tecken plats.",
    "none": "Välj en kollega.",
}


class LetterForm(forms.Form):
    """The letter. With somebody to choose, it passes the lead on."""

    def __init__(self, *args: Any, others: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others:
            self.fields["to"] = forms.TypedChoiceField(
                label="Vem blir ansvarig?",
                choices=[(str(one.pk), one.name) for one in others],
                coerce=UUID,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": FAULTS["none"]},
            )
        for prompt in Prompt:
            self.fields[prompt.value] = _text(prompt.label, help_text=HELP[prompt], most=MOST_ANSWER, rows=3)

    @property
    def told(self) -> dict[Prompt, str]:
        """The answers, from sound fields."""
        return {prompt: self.cleaned_data[prompt.value] for prompt in Prompt}
