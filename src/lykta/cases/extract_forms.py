"""What is chosen for a copy of a file: what more is kept back or released, and for whom it is."""

from typing import Any
from uuid import UUID

from django import forms

from lykta.cases.extract_enums import Held, Receiver
from lykta.cases.extract_rules import BY_HAND, Chosen
from lykta.cases.forms import _text
from lykta.cases.pages import uuid_of
from lykta.cases.sharing_forms import _must

FAULTS = {
    "reason": "Skriv varför du ändrar vad som lämnas.",
    "gone": "Något av det du valde finns inte längre. Se efter igen.",
    "fixed": "Det du vill lämna ut är skyddat. Ta bort skyddet i anteckningen först, om det inte behövs.",
    "who": "Skriv vem som får utdraget.",
    "receiver": "Till den personen lämnas inget härifrån.",
}


class Ids(forms.TypedMultipleChoiceField):
    """Ids of pieces, ticked beside them on the page. Whether there are such is for the rules to say."""

    def valid_value(self, value: str) -> bool:
        """Whether it is an id at all."""
        return uuid_of(value) is not None


def _ids() -> Ids:
    return Ids(coerce=UUID, required=False, error_messages={"invalid_choice": FAULTS["gone"]})


class Copy(forms.Form):
    """The choices. The boxes of `keep` and `release` stand beside the pieces on the page."""

    ground = _must("Varför hålls det tillbaka?", [(held.value, held.label) for held in BY_HAND], initial="party")
    reason = _text("Varför ändrar du?", most=1000, rows=3, help_text="Står i akten, inte i utdraget.")
    who = _text("Vem får utdraget?", most=200, help_text="Vårdnadshavarens namn.")
    readers = forms.BooleanField(
        label="Ta med vem som har öppnat akten",
        help_text="Dag, yrke och varför. Inga namn.",
        required=False,
    )
    sure = forms.BooleanField(
        label="Jag vet att det är rätt person",
        help_text="Du har sett legitimation eller känner personen, och lämnar utdraget i handen.",
        error_messages={"required": "Se efter vem det är innan du lämnar något."},
    )

    keep = _ids()
    release = _ids()

    def __init__(self, *args: Any, receiver: Receiver, **more: Any) -> None:
        super().__init__(*args, **more)
        self.receiver = receiver
        if receiver == Receiver.PERSON:
            del self.fields["who"]
        else:
            del self.fields["readers"], self.fields["ground"]

    @property
    def chosen(self) -> Chosen:
        """What was chosen, once it is sound."""
        said = self.cleaned_data
        return Chosen(
            receiver=self.receiver,
            keep=frozenset(said["keep"]),
            release=frozenset(said["release"]),
            ground=Held(said.get("ground", Held.PARTY)),
            reason=said["reason"],
            who=said.get("who", ""),
            readers=said.get("readers", False),
        )
