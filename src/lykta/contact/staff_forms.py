"""What staff write and choose on the page of a dialogue. Whether the words are sound is for the rules to say."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from lykta.contact.enums import ASKED_FOR, CloseReason
from lykta.people.models import Member


class _Words(forms.Form):
    """A text kept to the letter."""

    text = forms.CharField(required=False, strip=False)


class Answer(_Words):
    """A reply. seen: how many messages the page showed."""

    signed = forms.ChoiceField(choices=[("name", "förnamn"), ("house", "Lykta")])
    seen = forms.IntegerField(required=False)


class Note(_Words):
    """A note in the margin."""


class ToColleague(_Words):
    """Words for one colleague of the room."""

    def __init__(self, *args: Any, colleagues: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(m.pk), m.name) for m in colleagues]
        self.fields["colleague"] = forms.TypedChoiceField(choices=choices, coerce=UUID)


class Close(forms.Form):
    """Why it ends, and that one has understood that the words go."""

    reason = forms.TypedChoiceField(choices=[(r.value, r.label) for r in CloseReason], coerce=CloseReason)
    understood = forms.BooleanField()


class Open(forms.Form):
    """Why one reads what a colleague has taken."""

    reason = forms.ChoiceField(choices=[(r.value, r.label) for r in ASKED_FOR])
