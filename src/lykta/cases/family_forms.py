"""What is typed about relations and children."""

from typing import Any

from django import forms

from lykta.cases.family_enums import Kin
from lykta.cases.family_rules import born_fault
from lykta.cases.forms import FAULTS, _text
from lykta.cases.numbers import NotANumber, read_number
from lykta.cases.plan_forms import _day
from lykta.core import clock

BORN = {"future": "Den dagen har inte varit än.", "old": "Den som är född då är inte ett barn längre."}


class Relation(forms.Form):
    """Who somebody is to the person."""

    kin = forms.ChoiceField(
        label="Personen är",
        choices=[(k.value, k.label.capitalize()) for k in Kin],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj något här."},
    )
    who = _text("Vem?", most=120, help_text="Så som personen säger: ett namn, eller min bror.")
    more = _text("Det vi behöver veta", most=1000, rows=2)
    ref = _text("Aktens beteckning", most=12, help_text="Om den andra har en akt som du är med i, innanför samma mur.")
    over = forms.BooleanField(label="Gäller inte längre", required=False)

    def clean_who(self) -> str:
        """Somebody."""
        who: str = self.cleaned_data["who"].strip()
        if not who:
            raise forms.ValidationError("Skriv vem, så som personen säger.")
        return who


class Child(forms.Form):
    """A child, as the person tells. What is not told is left empty."""

    given_names = _text("Barnets namn", most=120, help_text="Eller så som personen säger: min äldsta.")
    family_name = _text("Efternamn", most=120)
    number = _text("Personnummer eller samordningsnummer", most=30)
    born_on = _day("Född", required=False)
    lives = _text("Var bor barnet?", most=500, rows=2, help_text="Aldrig adressen till ett skyddat boende.")
    guardians = _text("Vårdnadshavare, som personen säger", most=500, rows=2)
    school = _text("Skola eller förskola", most=200, help_text="Om personen har berättat det.")
    more = _text("Det vi behöver veta", most=1000, rows=2)

    def clean_given_names(self) -> str:
        """A name, or what the person calls the child."""
        name: str = self.cleaned_data["given_names"].strip()
        if not name:
            raise forms.ValidationError("Skriv ett namn, eller så som personen säger.")
        return name

    def clean(self) -> dict[str, Any]:
        """The number as twelve digits, days as text, so that they can be sealed."""
        found, on = super().clean() or {}, clock.today()
        if typed := found.get("number"):
            try:
                number = read_number(typed, on=on)
            except NotANumber as why:
                self.add_error("number", FAULTS[why.fault])
            else:
                found["number"] = number.digits
                found["number_kind"] = number.kind.value
        born = found.get("born_on")
        if fault := born_fault(born, on=on):
            self.add_error("born_on", BORN[fault])
        found["born_on"] = born.isoformat() if born else ""
        return {"number_kind": "none"} | found
