"""What staff write and choose on the page of a dialogue. Whether the words are sound is for the rules to say."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from lykta.contact.enums import ASKED_FOR, CloseReason
from lykta.people.models import Colleague

MOST_DIGITS = 9
MOST_TOKEN = 64


class Text(forms.Field):
    """A text kept to the letter, whatever signs it holds."""

    def to_python(self, value: Any) -> str:
        """As it came."""
        return value or ""


class _Seen(forms.Field):
    """A small number; -1 for anything that is none, which no page has shown."""

    def to_python(self, value: Any) -> int:
        """The number."""
        typed = value or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else -1


class Once(Text):
    """The form's random token."""

    def to_python(self, value: Any) -> str:
        """The token; none where it is longer than any of ours."""
        return value if value and len(value) <= MOST_TOKEN else ""


class _Words(forms.Form):
    """A text, and the token that makes the same form sent twice one message."""

    text = Text(required=False)
    once = Once(required=False)


class Answer(_Words):
    """A reply. seen: how many messages the page showed."""

    signed = forms.ChoiceField(choices=[("name", "förnamn"), ("house", "Lykta")])
    seen = _Seen(required=False)


class Note(_Words):
    """A note in the margin."""


class ToColleague(_Words):
    """Words for one colleague of the room."""

    def __init__(self, *args: Any, colleagues: Sequence[Colleague], **kwargs: Any) -> None:
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
