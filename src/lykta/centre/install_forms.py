"""What is asked in an installation besides the centre's own facts: languages, the first two, the paper, passwords."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lykta.access.enums import Role, Wall
from lykta.access.rules import ROLES, on_both_sides, reads_words
from lykta.centre.facts_forms import Line
from lykta.centre.plan import Person
from lykta.centre.queries import Tongue
from lykta.people.enums import PASSWORD_TOLD
from lykta.people.passwords import MOST_SIGNS, password_fault
from lykta.sealing.paper import PaperError, secret_of

READING = [role for role in ROLES if reads_words(role)]
"""Roles that read in the contact room."""

PAPER_FAULTS = {
    "signs": "Där finns ett tecken som inte står i någon nyckel. Å, ä, ö och bokstaven U används aldrig.",
    "length": "Det är fel antal tecken. En hel nyckel har 31 tecken och en del 56. Räkna grupperna.",
    "check": "Något tecken stämmer inte. Läs från pappret en grupp i taget.",
    "alone": "En del räcker inte. Skriv två av de tre delarna.",
    "strangers": "Raderna hör inte ihop. Skriv den hela nyckeln för sig, eller två av delarna.",
    "other": "Det är en annan nyckel än den som gjordes sist. Ta fram rätt papper, eller gör en ny nyckel.",
    "empty": "Skriv det som står på pappret.",
}
"""What is said of what was typed, by the codes of sealing.paper."""


class OutsideForm(forms.Form):
    """What the public side begins with."""

    def __init__(self, data: Any = None, *, tongues: Sequence[Tongue], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.lacking = {one.language.code: one for one in tongues if one.lacks}
        self.fields["languages"] = forms.MultipleChoiceField(
            label="Språk på webbplatsen",
            choices=[(one.language.code, one.language.name) for one in tongues],
            initial=[one.language.code for one in tongues if not one.lacks],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            error_messages={"invalid_choice": "%(value)s är inget språk som Lykta har."},
        )
        self.first = tongues[0].language.code

    def clean_languages(self) -> list[str]:
        """The first language is always there. One that lacks pages can't be begun with."""
        chosen: list[str] = self.cleaned_data["languages"]
        for code in chosen:
            if lacking := self.lacking.get(code):
                raise forms.ValidationError(
                    f"{lacking.language.name} saknar sidor än: {', '.join(lacking.lacks)}. Vänta med det språket."
                )
        return list(dict.fromkeys([self.first, *chosen]))


def _address() -> forms.EmailField:
    return forms.EmailField(
        label="E-postadress att logga in med",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Skriv adressen.", "invalid": "Skriv adressen som namn@exempel.se."},
    )


class PeopleForm(forms.Form):
    """The first two members: the head, who lets others in, and somebody who reads in the contact room."""

    head_name = Line("Namn", 80, missing="Skriv för- och efternamn.", widget=forms.TextInput({"autocomplete": "off"}))
    head_email = _address()
    head_waits = forms.BooleanField(label="Ser hur mycket som väntar i kontaktrummet", required=False, initial=True)
    reader_name = Line("Namn", 80, missing="Skriv för- och efternamn.", widget=forms.TextInput({"autocomplete": "off"}))
    reader_email = _address()
    reader_role = forms.TypedChoiceField(
        label="Roll", choices=[(role.value, ROLES[role].name) for role in READING], coerce=Role
    )
    reader_walls = forms.TypedMultipleChoiceField(
        label="Arbetar innanför",
        choices=[(wall.value, wall.label.capitalize() if wall != Wall.KAST else wall.label) for wall in Wall],
        coerce=Wall,
        initial=[Wall.CONTACT.value],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kryssa i kontaktrummet: någon av er måste läsa där."},
    )

    def clean_head_email(self) -> str:
        """As addresses are kept."""
        return str(self.cleaned_data["head_email"]).lower()

    def clean_reader_email(self) -> str:
        """As addresses are kept; nobody signs in with another's."""
        address = str(self.cleaned_data["reader_email"]).lower()
        if address == self.cleaned_data.get("head_email"):
            raise forms.ValidationError("Adressen står redan på den första av er. Var och en behöver sin egen.")
        return address

    def clean_reader_walls(self) -> list[Wall]:
        """Somebody reads in the contact room, and nobody stands on both sides of a treatment."""
        walls: list[Wall] = self.cleaned_data["reader_walls"]
        if Wall.CONTACT not in walls:
            raise forms.ValidationError("Kryssa i kontaktrummet: någon av er måste läsa där.")
        if on_both_sides(frozenset(walls)):
            raise forms.ValidationError(
                "Samma person arbetar aldrig på båda sidor av en behandling. Ta bort våldsutövare, eller ta bort"
                " våldsutsatta och partnerkontakt."
            )
        return walls

    def head(self) -> Person:
        """The one who lets others in."""
        said = self.cleaned_data
        walls = frozenset({Wall.CONTACT}) if said["head_waits"] else frozenset()
        return Person(name=said["head_name"], email=said["head_email"], role=Role.HEAD, walls=walls)

    def reader(self) -> Person:
        """The one who reads."""
        said = self.cleaned_data
        return Person(
            name=said["reader_name"],
            email=said["reader_email"],
            role=said["reader_role"],
            walls=frozenset(said["reader_walls"]),
        )


class _Secret(forms.CharField):
    """A password, kept to the letter."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            strip=False,
            max_length=MOST_SIGNS,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            error_messages={
                "required": "Skriv ett lösenord.",
                "max_length": PASSWORD_TOLD["long"],
                "null_characters_not_allowed": "Där finns ett tecken som inte går att använda.",
            },
        )


OWN_PASSWORDS = ("secret_head", "secret_reader")


class PasswordsForm(forms.Form):
    """The first passwords of the first two, each typed twice. Never kept, never shown again."""

    secret_head = _Secret("Ditt lösenord")
    secret_head_again = _Secret("Samma en gång till")
    secret_reader = _Secret("Lösenord")
    secret_reader_again = _Secret("Samma en gång till")

    def __init__(self, data: Any = None, *, people: Sequence[Person], centre: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.about = dict(zip(OWN_PASSWORDS, people, strict=True))
        self.centre = centre

    def clean(self) -> dict[str, Any]:
        """Strong enough, typed alike, and not the same for both."""
        said = self.cleaned_data
        for name, person in self.about.items():
            if name not in said:
                continue
            if fault := password_fault(said[name], about=(person.name, person.email, self.centre)):
                self.add_error(name, PASSWORD_TOLD[fault])
            elif f"{name}_again" in said and said[name] != said[f"{name}_again"]:
                self.add_error(f"{name}_again", "De två är inte lika. Skriv båda igen.")
        mine, hers = (said.get(name) for name in OWN_PASSWORDS)
        if mine and mine == hers:
            self.add_error(OWN_PASSWORDS[1], "Ni två behöver olika lösenord.")
        return said

    def passwords(self) -> list[str]:
        """The two, the head's first."""
        return [str(self.cleaned_data[name]) for name in OWN_PASSWORDS]


ROWS = ("secret_first", "secret_second")


class PaperForm(forms.Form):
    """The key typed back from the paper: whole, or two of its three parts."""

    secret_first = forms.CharField(max_length=200, required=False)
    secret_second = forms.CharField(max_length=200, required=False)

    def secret(self) -> bytes:
        """What was typed, as the secret. Raises PaperError."""
        rows = [self.cleaned_data.get(name, "") for name in ROWS]
        if not any(rows):
            raise PaperError("empty")
        return secret_of(*rows)
