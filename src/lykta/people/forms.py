"""What the head of the centre and a newcomer write. What goes wrong is told in one sentence at its place."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms

from lykta.access.enums import Role, Wall
from lykta.access.rules import ROLES, Term, clash_of, roles_clash
from lykta.core import clock
from lykta.people.enums import LOST, ChangeReason, Purpose, ShortenReason
from lykta.people.models import Colleague

APART = "Granskare och tekniker får inte ha en roll som läser ord. Välj en annan."
SIDES = (
    "Samma person kan inte arbeta på båda sidor samma dag: våldsutövare på ena sidan, våldsutsatta och partnerkontakt "
    "på den andra."
)
ROLE_CHOICES = [(role.value, ROLES[role].name) for role in Role]


class Line(forms.CharField):
    """One line of text. needed: what is said where it is empty."""

    def __init__(self, *, most: int, needed: str, **more: Any) -> None:
        told = {"required": needed, "max_length": f"Högst {most} tecken får plats."}
        super().__init__(max_length=most, error_messages=told, **more)


class Roles(forms.Form):
    """A main role and what more she does."""

    role = forms.ChoiceField(
        choices=ROLE_CHOICES, error_messages={"required": "Välj en roll.", "invalid_choice": "Välj en roll."}
    )
    also = forms.MultipleChoiceField(
        choices=ROLE_CHOICES, required=False, error_messages={"invalid_choice": "Välj bland rollerna."}
    )

    def clean(self) -> dict[str, Any]:
        """Roles that go together."""
        values = super().clean() or {}
        if "role" in values:
            values["role"] = Role(values["role"])
            values["also"] = sorted({Role(r) for r in values.get("also", [])} - {values["role"]})
            if roles_clash([values["role"], *values["also"]]):
                self.add_error("also", APART)
        return values


class Day(forms.DateField):
    """A day as date inputs send it."""

    def __init__(self, **more: Any) -> None:
        wrong = {"required": "Skriv en dag.", "invalid": "Skriv dagen som 2026-11-23."}
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d"],
            validators=[clock.check_our_time],
            error_messages=wrong,
            **more,
        )


class Invite(Roles):
    """A new member: who she is, what she does, and inside which walls from when."""

    name = Line(most=80, needed="Skriv för- och efternamn.")
    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": "Skriv adressen som medarbetaren ska logga in med.",
            "invalid": "Det ser inte ut som en e-postadress.",
            "max_length": "Adressen är för lång.",
        },
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for wall in Wall:
            self.fields[f"in_{wall}"] = forms.BooleanField(required=False)
            self.fields[f"from_{wall}"] = Day(initial=clock.today())
            self.fields[f"last_{wall}"] = Day()

    def wall_rows(self) -> Iterator[dict[str, Any]]:
        """One row for each wall, for the page."""
        for wall in Wall:
            names = {kind: f"{kind}_{wall}" for kind in ("in", "from", "last")}
            wrong = [e for name in names.values() for e in (self.errors.get(name, []) if self.is_bound else [])]
            yield {"wall": wall, "wrong": wrong} | {f"at_{kind}": self[name] for kind, name in names.items()}

    def clean(self) -> dict[str, Any]:
        """The walls as terms, and never both sides."""
        values = super().clean()
        values["terms"] = [term for wall in Wall if values.get(f"in_{wall}") if (term := self._term(wall, values))]
        if clash_of(values["terms"]):
            self.add_error(None, SIDES)
        return values

    def _term(self, wall: Wall, values: dict[str, Any]) -> Term | None:
        from_on = values.get(f"from_{wall}") or clock.today()
        return term_of(self, wall, from_on, values.get(f"last_{wall}"), field=f"last_{wall}")


def term_of(form: forms.Form, wall: Wall, from_on: date, last_on: date | None, *, field: str) -> Term | None:
    """The term from a first and a last day as people say them; None, with an error at `field`, where it has no days."""
    if last_on is not None and last_on < from_on:
        form.add_error(field, "Sista dagen kan inte komma före den första.")
        return None
    return Term(wall, from_on, last_on + timedelta(days=1) if last_on else None)


class NewPassword(forms.Form):
    """A password twice. Never cleaned of anything: what is typed is what opens."""

    password = forms.CharField(strip=False, max_length=1000, error_messages={"required": "Skriv ett lösenord."})
    again = forms.CharField(strip=False, max_length=1000, error_messages={"required": "Skriv lösenordet en gång till."})

    def clean(self) -> dict[str, Any]:
        """Both alike."""
        values = super().clean() or {}
        if "password" in values and "again" in values and values["password"] != values["again"]:
            self.add_error("again", "De två är inte lika. Skriv dem igen.")
        return values


class PresentPassword(forms.Form):
    """The password she has."""

    password = forms.CharField(strip=False, max_length=1000, error_messages={"required": "Skriv ditt lösenord."})


class ChangePassword(NewPassword):
    """The present password and a new one twice."""

    secret_present = forms.CharField(
        strip=False, max_length=1000, error_messages={"required": "Skriv lösenordet du har nu."}
    )


class Lost(forms.Form):
    """What a member has lost."""

    kind = forms.TypedChoiceField(
        choices=[(p.value, p.label) for p in LOST],
        coerce=Purpose,
        error_messages={"required": "Välj vad som är borta.", "invalid_choice": "Välj vad som är borta."},
    )


class Shorten(forms.Form):
    """Why one need not wait."""

    why = forms.TypedChoiceField(
        choices=[(r.value, r.label) for r in ShortenReason],
        coerce=ShortenReason,
        error_messages={"required": "Välj varför.", "invalid_choice": "Välj varför."},
    )


WHY = [(r.value, r.label) for r in ChangeReason]


class Why(forms.Form):
    """Why somebody's roles or walls are changed."""

    reason = forms.ChoiceField(
        choices=WHY, error_messages={"required": "Välj varför.", "invalid_choice": "Välj varför."}
    )

    def clean_reason(self) -> ChangeReason:
        """As the value it is."""
        return ChangeReason(self.cleaned_data["reason"])


class ChangeRoles(Roles, Why):
    """Other roles, and why."""


class GiveWall(Why):
    """A wall, its first and last day, and why."""

    wall = forms.ChoiceField(
        choices=[(w.value, w.label) for w in Wall],
        error_messages={"required": "Välj en mur.", "invalid_choice": "Välj en mur."},
    )
    from_on = Day()
    last_on = Day()

    def clean(self) -> dict[str, Any]:
        """The term."""
        values = super().clean() or {}
        if "wall" in values:
            from_on = values.get("from_on") or clock.today()
            values["term"] = term_of(self, Wall(values["wall"]), from_on, values.get("last_on"), field="last_on")
        return values


class EndWall(Why):
    """The last day inside a wall; none for at once. And why."""

    wall = forms.ChoiceField(choices=[(w.value, w.label) for w in Wall])
    at_once = forms.BooleanField(required=False)
    last_on = Day()

    def clean(self) -> dict[str, Any]:
        """Either at once or a day that has not passed."""
        values = super().clean() or {}
        last_on = values.get("last_on")
        if values.get("at_once"):
            values["last_on"] = None
        elif "last_on" in values and last_on is None:
            self.add_error("last_on", "Skriv sista dagen, eller kryssa i genast.")
        elif last_on and last_on < clock.today():
            self.add_error("last_on", "Den dagen har redan varit. Kryssa i genast i stället.")
        return values


class LastDay(forms.Form):
    """A member's last day at the centre."""

    last_on = Day()

    def clean_last_on(self) -> date:
        """A day that has not passed."""
        last_on: date | None = self.cleaned_data["last_on"]
        if last_on is None:
            raise forms.ValidationError("Skriv sista dagen.")
        if last_on < clock.today():
            raise forms.ValidationError("Den dagen har redan varit. Avsluta genast i stället.")
        return last_on


class LetGo(forms.Form):
    """That it is meant."""

    meant = forms.BooleanField(error_messages={"required": "Kryssa i att du vet att nycklarna förstörs."})


class Away(forms.Form):
    """Days away, and who stands in."""

    from_on = Day()
    back_on = Day()
    stand_in = forms.TypedChoiceField(required=False, coerce=UUID, empty_value=None)

    def __init__(self, *given: Any, colleagues: Iterable[Colleague], **more: Any) -> None:
        super().__init__(*given, **more)
        chosen = cast(forms.TypedChoiceField, self.fields["stand_in"])
        chosen.choices = [("", "Ingen"), *((str(c.pk), c.name) for c in colleagues)]
        chosen.error_messages["invalid_choice"] = "Välj en kollega."

    def clean(self) -> dict[str, Any]:
        """Days that are not all over, in their order."""
        values = super().clean() or {}
        for name, told in (("from_on", "Skriv första dagen."), ("back_on", "Skriv dagen hon är tillbaka.")):
            if name in values and values[name] is None:
                self.add_error(name, told)
        first, back = values.get("from_on"), values.get("back_on")
        if first and back and back <= max(first, clock.today()):
            self.add_error("back_on", "Tillbaka kommer efter första dagen, och efter i dag.")
        return values


class Sign(forms.Form):
    """The key whose digits were compared, and that they were."""

    public = forms.RegexField(r"^[0-9a-f]{64}$")
    heard = forms.BooleanField(error_messages={"required": "Kryssa i att du har hört siffrorna av personen själv."})
