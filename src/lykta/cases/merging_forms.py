"""What is typed when two files are merged or taken apart."""

from django import forms

from lykta.cases.forms import _text

LEADS = [("this", "den här akten"), ("other", "den andra akten")]
FAULTS = {"empty": "Skriv några ord om varför.", "long": "Så mycket får inte plats. Skriv kortare."}
MOST_WHY = 500


class MergeForm(forms.Form):
    """Which other file, which of the two leads, and why."""

    other = _text("Den andra aktens beteckning", most=60, help_text="Som L-7K2M4Q. Personens nummer går också bra.")
    leads = forms.ChoiceField(
        label="I vilken fortsätter ni skriva?",
        choices=LEADS,
        widget=forms.RadioSelect,
        initial="this",
        error_messages={"required": "Välj en av dem.", "invalid_choice": "Välj en av dem."},
    )
    why = _text("Hur vet ni att det är samma person?", most=MOST_WHY, rows=3)


class PartForm(forms.Form):
    """Why two files are taken apart."""

    why = _text("Varför tas de isär?", most=MOST_WHY, rows=3)
