"""The form of a rule: whom it asks, about what, and one answer for every value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from lykta.catalogue import labels
from lykta.catalogue.enums import Fact, Kind, Outcome, Who
from lykta.catalogue.forms.base import PickField, RowForm, TextField, source_field, spread
from lykta.catalogue.rules import NUMBERS, UNKNOWN, VALUES

MOST_ANSWERS, SPARE = 12, 2
LOW = {"from": "från och med", "above": "över"}
HIGH = {"to": "till och med", "below": "under"}
OTHERS = "others"
SAID = 400


@dataclass(frozen=True)
class AnswerFields:
    """One answer's fields, for its place on the page."""

    number: int
    values: forms.BoundField | None
    bounds: Sequence[forms.BoundField]
    gives: forms.BoundField
    said: Sequence[forms.BoundField]
    is_empty: bool


class RuleForm(RowForm):
    """One rule. What it asks about stays as it is: another question is another rule."""

    dated = True
    template = "catalogue/_rule_fields.html"

    @property
    def fact(self) -> Fact:
        """What the rule asks about."""
        return Fact((self.around.body or {})["about"])

    @property
    def is_about_who(self) -> bool:
        """The rule that is asked of everybody and always."""
        return self.fact is Fact.WHO

    def build(self) -> None:
        """Kind, whom, days, source, and as many answers as there are with some to spare."""
        self.fields["kind"] = PickField(labels.KINDS, label="Hur skarp är regeln?", widget=forms.RadioSelect)
        if not self.is_about_who:
            self.fields["for"] = forms.MultipleChoiceField(
                choices=[(str(k), v.capitalize()) for k, v in labels.WHOS.items()],
                required=False,
                label="Vilka frågas?",
                help_text="Ingen ikryssad: alla.",
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Välj bland dem som står här."},
            )
            self.add_days()
        self.fields["source"] = source_field()
        written = len((self.around.body or {}).get("answers", ()))
        self.many = min(max(written + SPARE, 3), MOST_ANSWERS)
        for number in range(1, self.many + 1):
            self._add_answer(number)

    def _add_answer(self, number: int) -> None:
        values = self._values()
        if values:
            self.fields[f"a{number}_is"] = forms.MultipleChoiceField(
                choices=values,
                required=False,
                label="När",
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Välj bland dem som står här."},
            )
        if self.fact in NUMBERS:
            for side, words in (("low", LOW), ("high", HIGH)):
                self.fields[f"a{number}_{side}"] = PickField(
                    {"": "ingen gräns", **words}, required=False, label="Nedåt" if side == "low" else "Uppåt"
                )
                self.fields[f"a{number}_{side}_at"] = TextField(
                    most=60, required=False, label="Tal eller gräns", widget=forms.TextInput(attrs={"list": "limits"})
                )
        self.fields[f"a{number}_gives"] = PickField(
            {"": "inget svar", **labels.OUTCOMES}, required=False, label="Svaret", widget=forms.RadioSelect
        )
        self.add_words(f"a{number}_say", "Så säger vi", most=SAID, required=False)

    def _values(self) -> list[tuple[str, str]]:
        """The values of the fact that are words."""
        words = [(value, labels.VALUES[self.fact][value].capitalize()) for value in VALUES.get(self.fact, ())]
        if self.is_about_who:
            words.append((OTHERS, "Alla andra"))
        if self.fact is not Fact.TALKS_USED:
            words.append((UNKNOWN, labels.UNKNOWN.capitalize()))
        return words

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands: bounds by the names of their limits, "all others" spelt out where the values are few."""
        shown: dict[str, Any] = {key: body[key] for key in ("kind", "for", "source") if key in body}
        shown |= {key: body[key] for key in ("valid_from", "valid_to") if key in body}
        answers = body.get("answers", ())
        for number, answer in enumerate(answers, start=1):
            shown[f"a{number}_is"] = _values_of(answer, Fact(body["about"]), answers)
            for side, words in (("low", LOW), ("high", HIGH)):
                key = next((key for key in words if key in answer), "")
                at = answer.get(key, "")
                shown[f"a{number}_{side}"] = key
                shown[f"a{number}_{side}_at"] = labels.limit(at) if isinstance(at, str) and at else str(at)
            shown[f"a{number}_gives"] = answer["gives"]
            shown |= spread(answer.get("say"), f"a{number}_say")
        return shown

    # --- what was typed ---
    def clean(self) -> dict[str, Any]:
        """Each answer is whole, and there is at least one."""
        found = super().clean()
        self.check_words(*(f"a{number}_say" for number in range(1, self.many + 1)))
        self.answers = [answer for number in range(1, self.many + 1) if (answer := self._answer(number)) is not None]
        if not self.answers and not self.errors:
            self.add_error("a1_gives", "En regel har minst ett svar.")
        if found.get("kind") == Kind.SOFT and any(answer.get("gives") == Outcome.NOT for answer in self.answers):
            self.add_error("kind", SOFT)
        return found

    def _answer(self, number: int) -> dict[str, Any] | None:
        """One answer as rows write it; None where nothing was typed."""
        found, name = self.cleaned_data, f"a{number}"
        values: list[str] = found.get(f"{name}_is") or []
        bounds = self._bounds(number)
        gives, say = found.get(f"{name}_gives") or "", self.words(f"{name}_say")
        if not (values or bounds or gives or say):
            return None
        if not gives:
            self.add_error(f"{name}_gives", "Välj vad svaret är.")
        if not values and not bounds and not self._has_errors(name):
            self.add_error(f"{name}_is" if f"{name}_is" in self.fields else f"{name}_low", "Välj när svaret gäller.")
        if gives in (Outcome.ASK, Outcome.NOT) and not say and not self._has_errors(f"{name}_say"):
            for code in self.around.languages:
                self.add_error(f"{name}_say_{code}", f"Säg varför på {labels.language(code)}. Ingen får ett tomt nej.")
        answer: dict[str, Any] = {"is": _words_of(values)} if values else {}
        answer |= bounds | {"gives": gives}
        return answer | ({"say": say} if say else {})

    def _has_errors(self, start: str) -> bool:
        return any(field.startswith(start) for field in self.errors)

    def _bounds(self, number: int) -> dict[str, int | str]:
        bounds: dict[str, int | str] = {}
        for side in ("low", "high"):
            way, at = (self.cleaned_data.get(f"a{number}_{end}") for end in (side, f"{side}_at"))
            if way and not at:
                self.add_error(f"a{number}_{side}_at", "Skriv ett tal, eller namnet på en gräns.")
            elif at and not way:
                self.add_error(f"a{number}_{side}", "Välj åt vilket håll talet gäller.")
            elif way and at and (bound := self._bound(at, f"a{number}_{side}_at")) is not None:
                bounds[way] = bound
        low, high = ((bounds.get(one), bounds.get(two)) for one, two in (("from", "above"), ("to", "below")))
        self._check_order(number, bounds, low, high)
        return bounds

    def _check_order(self, number: int, bounds: Mapping[str, Any], low: Any, high: Any) -> None:
        first = next((v + (k == "above") for k, v in bounds.items() if k in LOW and isinstance(v, int)), None)
        last = next((v - (k == "below") for k, v in bounds.items() if k in HIGH and isinstance(v, int)), None)
        if first is not None and last is not None and first > last:
            self.add_error(f"a{number}_high_at", f"Inget tal är minst {first} och högst {last}. Byt plats på dem.")

    def _bound(self, typed: str, field: str) -> int | str | None:
        """A number, or the name of one of the service's limits."""
        if re.fullmatch(r"\d{1,4}", typed, re.ASCII):
            number = int(typed)
            if number in NUMBERS[self.fact]:
                return number
            last = NUMBERS[self.fact].stop - 1
            self.add_error(field, f"Här får det stå från 0 till {last}.")
            return None
        known = {labels.limit(name).casefold(): name for name in self.around.limits}
        known |= {name: name for name in self.around.limits}
        if typed.casefold() in known:
            return known[typed.casefold()]
        names = ", ".join(labels.limit(name) for name in self.around.limits)
        self.add_error(field, f"Skriv ett tal{f', eller en av gränserna: {names}' if names else ''}.")
        return None

    def says(self) -> dict[str, Any]:
        """The row; its id stays, or is made for a new one."""
        found, body = self.cleaned_data, self.around.body or {}
        said: dict[str, Any] = {"id": body["id"], "about": self.fact.value, "kind": found["kind"]}
        if found.get("for"):
            said["for"] = [who.value for who in Who if who in found["for"]]
        return said | {"source": found["source"], "answers": self.answers, **self.days()}

    # --- the page ---
    def groups(self) -> Iterator[tuple[str, Sequence[forms.BoundField]]]:
        """All but the answers."""
        rest = [field for field in self if not re.match(r"a\d+_", field.name)]
        yield "Vilka och hur", [field for field in rest if field.name in ("kind", "for")]
        yield "Dagar och källa", [field for field in rest if field.name not in ("kind", "for")]

    def answer_fields(self) -> Iterator[AnswerFields]:
        """The answers, one after the other."""
        for number in range(1, self.many + 1):
            name = f"a{number}"
            has = [f for f in (f"{name}_low", f"{name}_low_at", f"{name}_high", f"{name}_high_at") if f in self.fields]
            said = [self[f"{name}_say_{code}"] for code in self.around.languages]
            shown = [self[f"{name}_gives"], *said, *(self[f] for f in has)]
            values = self[f"{name}_is"] if f"{name}_is" in self.fields else None
            empty = not any(field.value() for field in [*shown, *([values] if values else [])])
            wrong = any(field.errors for field in [*shown, *([values] if values else [])])
            yield AnswerFields(number, values, [self[f] for f in has], shown[0], said, empty and not wrong)


SOFT = "En mjuk regel frågar och säger aldrig nej. Ändra svaret till ”fråga oss”, eller hur skarp regeln är."


def _values_of(answer: Mapping[str, Any], fact: Fact, answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """Values as their boxes; "others" is spelt out, but for whoever it is about."""
    values = [str(value).lower() if isinstance(value, bool) else str(value) for value in answer.get("is", ())]
    if OTHERS not in values or fact is Fact.WHO:
        return values
    named = {str(value).lower() for one in answers for value in one.get("is", ())}
    return [value for value in values if value != OTHERS] + [v for v in VALUES.get(fact, ()) if v not in named]


def _words_of(values: list[str]) -> list[Any]:
    """Values as rows write them: true and false as truth."""
    return [value == "true" if value in ("true", "false") else value for value in values]
