"""What staff choose and write about one call. Only what is offered can be chosen; little of it must be."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from lykta.contact.call_enums import MANY, Group
from lykta.contact.call_queries import Offer
from lykta.contact.call_rules import Facts
from lykta.contact.staff_forms import Once, Text

NEEDED = (Group.CHANNEL, Group.CALLER, Group.URGENCY)


class CallForm(forms.Form):
    """One call. days: those it can be of; none where its day stands already."""

    named = forms.BooleanField(required=False)
    note = Text(required=False)
    once = Once(required=False)

    def __init__(self, *args: Any, offer: Offer, days: Sequence[date] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in Group:
            choices = [(option.code, option.say) for option in offer[group]]
            kind = forms.MultipleChoiceField if group in MANY else forms.ChoiceField
            self.fields[group.value] = kind(choices=choices, required=group in NEEDED)
        if days:
            choices = [(day.isoformat(), day.isoformat()) for day in days]
            self.fields["on"] = forms.ChoiceField(choices=choices, required=False)

    def facts(self) -> Facts:
        """The answers of a sound form, in codes."""
        values = self.cleaned_data
        answers: dict[str, Any] = {g.value: tuple(values[g]) if g in MANY else values[g] for g in Group}
        minutes = answers.pop(Group.MINUTES.value)
        return Facts(**answers, minutes=int(minutes) if minutes else None, named=values["named"])
