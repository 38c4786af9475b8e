"""What all forms of the catalogue share: fields whose faults are said plainly, and texts in every language."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from lykta.catalogue import labels
from lykta.catalogue.references import Known
from lykta.catalogue.rules import Catalogue

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
LINK = re.compile(r"\[([^\]]+)\]\([^()\s]+\)")
LONG, LINE = 1200, 200
"""Signs of a text of several sentences, and of one line."""


@dataclass(frozen=True)
class Around:
    """What a form must know of what stands around its row. service: the code it belongs to, or ""."""

    catalogue: Catalogue
    service: str = ""
    body: Mapping[str, Any] | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        return self.catalogue.languages

    @cached_property
    def known(self) -> Known:
        """What texts may name."""
        return Known.by(self.catalogue)

    @property
    def limits(self) -> tuple[str, ...]:
        """Names of the service's limits."""
        known = {one.code: one for one in self.catalogue.services}
        found = known[self.service].limits if self.service in known else ()
        return tuple(dict.fromkeys(limit.name for limit in found))


class TextField(forms.CharField):
    """A text of ours: without blanks around it, its lines ended alike, and no sign that cannot be stored."""

    def __init__(self, *, most: int = LINE, missing: str = "Skriv något här.", **kwargs: Any) -> None:
        if most > LINE:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(max_length=most, **kwargs)
        self.error_messages |= {
            "required": missing,
            "max_length": "Texten har %(show_value)s tecken. Här får %(limit_value)s plats.",
        }
        self.validators = [v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)]
        self.validators.append(ProhibitNullCharactersValidator(message="Texten har ett tecken som inte går att spara."))

    def to_python(self, value: Any) -> str:
        """As typed, with \\n at the end of each line."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class DayField(forms.DateField):
    """A day. Shown and typed as 2027-01-01."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        kwargs.setdefault("required", False)
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, **kwargs)
        self.error_messages |= {"invalid": "Skriv en dag som finns, som 2027-01-01.", "required": "Välj en dag."}

    def validate(self, value: date | None) -> None:
        """A day of our time."""
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise forms.ValidationError(f"Välj en dag mellan {EARLIEST.year} och {LATEST.year}.")


class WholeField(forms.IntegerField):
    """A whole number."""

    def __init__(self, *, least: int = 0, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, **kwargs)
        told = f"Skriv ett helt tal från {least} till {most}."
        self.error_messages |= {"invalid": told, "required": told}
        self.validators = [*self.validators[:-2]]
        self.least, self.most, self.told = least, most, told

    def validate(self, value: Any) -> None:
        """Between the two."""
        super().validate(value)
        if value is not None and not self.least <= value <= self.most:
            raise forms.ValidationError(self.told)


class PickField(forms.ChoiceField):
    """One of a closed list, with its Swedish words."""

    def __init__(self, words: Mapping[Any, str], *, missing: str = "Välj ett av alternativen.", **kwargs: Any) -> None:
        super().__init__(choices=[(str(k), v[:1].upper() + v[1:]) for k, v in words.items()], **kwargs)
        self.error_messages |= {"required": missing, "invalid_choice": missing}


class RowForm(forms.Form):
    """The form of one kind of row, or of a part of one.

    keys: what of the row's body the form is the whole of; None is all of it. A form that keeps something of the
    body that no field shows (a rule's id) takes it from `around.body`.
    """

    keys: ClassVar[Collection[str] | None] = None
    dated: ClassVar[bool] = False  # whether rows of this kind begin and end
    may_link: ClassVar[bool] = False  # whether texts of the form may hold links, numbers and bold words
    template: ClassVar[str] = "catalogue/_fields.html"

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        self.around = around
        super().__init__(*args, **kwargs)
        self.build()
        for name in self.fields:
            widget = self.fields[name].widget
            if isinstance(widget, forms.TextInput | forms.Textarea):
                widget.attrs.setdefault("autocomplete", "off")

    def build(self) -> None:
        """Add the fields that depend on the catalogue."""

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show of what a row says."""
        raise NotImplementedError

    def says(self) -> dict[str, Any]:
        """What the row is to say, from sound fields."""
        raise NotImplementedError

    # --- texts in every language ---
    def add_words(self, name: str, label: str, *, most: int = LINE, required: bool = True, help_text: str = "") -> None:
        """One field for each language, as `name_sv`."""
        for code in self.around.languages:
            missing = f"Texten saknas på {labels.language(code)}."
            self.fields[f"{name}_{code}"] = TextField(
                most=most,
                required=required and name not in self.optional_words(),
                missing=missing,
                label=f"{label}, {labels.language(code)}",
                help_text=help_text if code == self.around.languages[0] else "",
            )

    def optional_words(self) -> Collection[str]:
        """Names of texts that may be left out, in every language at once."""
        return ()

    def words(self, name: str) -> dict[str, str]:
        """The text in every language, {} where it was left out."""
        found = {code: self.cleaned_data.get(f"{name}_{code}", "") for code in self.around.languages}
        return found if any(found.values()) else {}

    def check_words(self, *names: str) -> None:
        """A text that may be left out is left out in all languages or in none."""
        for name in names:
            found = {code: self.cleaned_data.get(f"{name}_{code}") for code in self.around.languages}
            if any(found.values()):
                for code in (code for code, text in found.items() if not text):
                    if f"{name}_{code}" not in self.errors:
                        self.add_error(f"{name}_{code}", f"Texten saknas på {labels.language(code)}.")

    # --- days ---
    def add_days(self) -> None:
        """First and last day, half-open."""
        self.fields["valid_from"] = DayField(label="Gäller från och med", help_text="Tomt: har alltid gällt.")
        self.fields["valid_to"] = DayField(
            label="Gäller till", help_text="Den dagen räknas inte med. Tomt: tills vidare."
        )

    def days(self) -> dict[str, date]:
        """The days that were told."""
        return {key: day for key in ("valid_from", "valid_to") if (day := self.cleaned_data.get(key))}

    def clean(self) -> dict[str, Any]:
        """The end stands after the beginning, and every link and value in a text leads somewhere."""
        for name, text in list(self.cleaned_data.items()):
            if name.endswith(tuple(f"_{code}" for code in self.around.languages)) and text:
                wrong = self.wrong_in(text)
                if wrong:
                    self.add_error(name, wrong)
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if start and end and start >= end:
            self.add_error("valid_to", "Slutdagen ska komma efter startdagen. Den räknas inte med själv.")
        return self.cleaned_data

    def wrong_in(self, text: str) -> str:
        """What in a text can't be shown, as a sentence, or "". Plain words hold values but no links."""
        link = LINK.search(text)
        if link and not self.may_link:
            return f"Här kan det inte stå någon länk. Skriv {link[1]} utan hakar."
        if "{phone:" in text and not self.may_link:
            return "Här kan det inte stå något telefonnummer."
        return self.around.known.fault_in(text)

    def groups(self) -> Iterator[tuple[str, Sequence[forms.BoundField]]]:
        """The fields in the order and under the headings they are shown; one group without a heading by default."""
        yield "", list(self)


def source_field() -> TextField:
    """Where it comes from: the wording of the description, a decision or a law."""
    return TextField(
        label="Källa",
        help_text="Orden det kommer ur: beskrivningen, ett beslut eller en paragraf.",
        missing="Skriv varifrån det kommer.",
    )


def spread(words: Mapping[str, str] | None, name: str) -> dict[str, str]:
    """A text in every language as fields."""
    return {f"{name}_{code}": text for code, text in (words or {}).items()}


def value_of(choice: str, kind: type[StrEnum]) -> str:
    """A choice as it stands in the row."""
    return kind(choice).value
