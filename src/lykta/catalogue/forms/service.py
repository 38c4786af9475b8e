"""Forms of parts of a service: what it is, and what its page says; and the words all services share."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django import forms

from lykta.catalogue import labels
from lykta.catalogue.enums import Decision, Route, Verdict
from lykta.catalogue.forms.base import LONG, PickField, RowForm, source_field, spread
from lykta.catalogue.source import FACT_KEYS

ROUTES = {Decision.NONE: Route.OPEN, Decision.REQUIRED: Route.DECISION, Decision.OPTIONAL: Route.EITHER}
STEPS = 6


class BasicsForm(RowForm):
    """Names, decision, how one comes, and the years of a service."""

    keys = frozenset(
        {"names", "plain", "short", "decision", "self_referral", "route", "years", "source"},
    )

    def build(self) -> None:
        """In the order a reader asks."""
        self.add_words("names", "Namn")
        self.add_words("plain", "För vem, i korthet", help_text="En rad som är sann för alla som läser den.")
        self.add_words("short", "Sammanfattning")
        self.fields["decision"] = PickField(
            labels.DECISIONS, label="Beslut från socialtjänsten", widget=forms.RadioSelect
        )
        self.fields["self_referral"] = PickField(
            labels.SELF_REFERRALS, label="Kan man söka själv?", widget=forms.RadioSelect
        )
        self.add_days()
        self.fields["valid_from"].label = "Tjänsten finns från och med"
        self.fields["valid_from"].help_text = "Tomt om den inte hör till några år."
        self.fields["valid_to"].label = "Tjänsten finns till"
        self.add_words("say", "Så sägs åren", required=False, help_text="Läses när tjänsten inte pågår.")
        self.fields["source"] = source_field()

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands."""
        years = body.get("years", {})
        words = [spread(body.get(name), name) for name in ("names", "plain", "short")]
        words.append(spread(years.get("say"), "say"))
        return {**body, **{k: v for part in words for k, v in part.items()}, **_days(years)}

    def clean(self) -> dict[str, Any]:
        """Years have words, and words have years."""
        found = super().clean()
        self.check_words("say")
        years, said = any(found.get(key) for key in ("valid_from", "valid_to")), bool(self.words("say"))
        if years and not said:
            for code in self.around.languages:
                self.add_error(f"say_{code}", f"Säg åren på {labels.language(code)}, för den som läser sedan.")
        if said and not years and "valid_from" not in self.errors and "valid_to" not in self.errors:
            self.add_error("valid_from", "Välj minst en dag, eller ta bort orden om åren.")
        return found

    def says(self) -> dict[str, Any]:
        """The part. The route follows from the decision."""
        found = self.cleaned_data
        body: dict[str, Any] = {name: self.words(name) for name in ("names", "plain", "short")}
        body |= {key: found[key] for key in ("decision", "self_referral", "source")}
        body["route"] = ROUTES[Decision(found["decision"])].value
        if self.days():
            body["years"] = {**self.days(), "say": self.words("say")}
        return body

    def groups(self) -> Iterator[tuple[str, Sequence[forms.BoundField]]]:
        """Words, way in, years."""
        way = ("decision", "self_referral")
        years = ("valid_from", "valid_to", *(f"say_{code}" for code in self.around.languages))
        yield "Ord", [field for field in self if field.name not in (*way, *years, "source")]
        yield "Vägen in", [self[name] for name in way]
        yield "År", [self[name] for name in years]
        yield "Varifrån det kommer", [self["source"]]


class TextsForm(RowForm):
    """What the service's own page says, section by section."""

    keys = frozenset({"facts"})
    may_link = True

    def build(self) -> None:
        """Each section in every language, then what happens first."""
        for key in FACT_KEYS:
            self.add_words(key, labels.SECTIONS[key].capitalize(), most=LONG, required=key in ("who", "come"))
        for number in range(1, STEPS + 1):
            self.add_words(f"first{number}", f"Steg {number}", most=LONG, required=number == 1)

    def optional_words(self) -> Collection[str]:
        """What a page can be without."""
        return (*(key for key in FACT_KEYS if key not in ("who", "come")), *(f"first{n}" for n in range(2, STEPS + 1)))

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands."""
        facts = body.get("facts", {})
        words = [spread(facts.get(key), key) for key in FACT_KEYS]
        words += [spread(step, f"first{number}") for number, step in enumerate(facts.get("first", ()), start=1)]
        return {k: v for part in words for k, v in part.items()}

    def clean(self) -> dict[str, Any]:
        """All languages or none."""
        self.check_words(*self.optional_words())
        return super().clean()

    def says(self) -> dict[str, Any]:
        """The part. Steps close up where one was left out."""
        facts: dict[str, Any] = {key: words for key in FACT_KEYS if (words := self.words(key))}
        steps = (self.words(f"first{number}") for number in range(1, STEPS + 1))
        return {"facts": facts | {"first": [step for step in steps if step]}}

    def groups(self) -> Iterator[tuple[str, Sequence[forms.BoundField]]]:
        """One group for each section."""
        for key in FACT_KEYS:
            yield labels.SECTIONS[key].capitalize(), self._of(key)
        steps = [field for number in range(1, STEPS + 1) for field in self._of(f"first{number}")]
        yield "Så börjar det", steps

    def _of(self, name: str) -> list[forms.BoundField]:
        return [self[f"{name}_{code}"] for code in self.around.languages]


class WordsForm(RowForm):
    """Words that all services share: the verdicts, and what is said where nothing is told."""

    keys = frozenset({"verdicts", "who_unknown"})

    def build(self) -> None:
        """Each verdict in every language."""
        for verdict in Verdict:
            self.add_words(verdict.value, f"Svaret ”{labels.VERDICTS[verdict]}”", most=60)
        self.add_words("who_unknown", "När man inte sagt vem det gäller")

    @staticmethod
    def typed(body: Mapping[str, Any]) -> dict[str, Any]:
        """As it stands."""
        parts = [spread(words, key) for key, words in body.get("verdicts", {}).items()]
        parts.append(spread(body.get("who_unknown"), "who_unknown"))
        return {k: v for part in parts for k, v in part.items()}

    def says(self) -> dict[str, Any]:
        """The part."""
        words = {verdict.value: self.words(verdict.value) for verdict in Verdict}
        return {"verdicts": words, "who_unknown": self.words("who_unknown")}


def _days(years: Mapping[str, Any]) -> dict[str, Any]:
    return {key: years[key] for key in ("valid_from", "valid_to") if key in years}
