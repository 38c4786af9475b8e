"""What staff type on the pages of words and publishing."""

from datetime import datetime
from typing import Any

from django import forms


class TimeForm(forms.Form):
    """A day and an hour, as the clock on the wall shows them."""

    day = forms.DateField(
        label="Dag",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Välj en dag.", "invalid": "Skriv dagen som 2026-11-24."},
    )
    hour = forms.TimeField(
        label="Klockslag",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Välj ett klockslag.", "invalid": "Skriv klockslaget som 08:30."},
    )

    def wall(self) -> datetime:
        """The two together, without a zone."""
        given: dict[str, Any] = self.cleaned_data
        return datetime.combine(given["day"], given["hour"])
