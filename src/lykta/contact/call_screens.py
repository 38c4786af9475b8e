"""The call log's pages as plain values: questions with their choices and keys, and what was answered, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lykta.contact.call_enums import MANY, Group
from lykta.contact.call_queries import SOCIAL, Offer, Option
from lykta.contact.call_rules import Facts

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""One for each choice of a question, in order."""

TITLES: dict[Group, str] = {
    Group.CHANNEL: "Hur?",
    Group.CALLER: "Vem frågar?",
    Group.SECTOR: "Inom vad?",
    Group.MINUTES: "Hur länge?",
    Group.CONCERN: "Vad gällde det?",
    Group.AGE: "Hur gammal är den det gäller?",
    Group.CHILD: "Orosanmälan för barn?",
    Group.REPORT_BY: "Vem anmäler?",
    Group.ADVICE: "Råd och stöd",
    Group.URGENCY: "Hur bråttom är det?",
    Group.INTERPRETER: "Tolk?",
    Group.LANGUAGE: "Språk",
    Group.REFERRED: "Hänvisad till",
    Group.MUNICIPALITY: "Kommun",
}
"""What each question is called on screen."""

DEFAULTS = {Group.CHANNEL: "phone", Group.URGENCY: "calm", Group.INTERPRETER: "none"}
"""Answers that stand from the beginning: the usual ones, so that they cost no key."""


@dataclass(frozen=True)
class Shown:
    """One choice on screen. id: of its field. key: what chooses it while its question has focus."""

    id: str
    code: str
    say: str
    number: str
    unsure: bool
    key: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """One question on screen. many: several answers."""

    name: str
    title: str
    many: bool
    options: tuple[Shown, ...]
    social: tuple[Shown, ...] = ()


def questions(offer: Offer, chosen: Mapping[str, Sequence[str]]) -> dict[str, Question]:
    """Every question with its choices. chosen: name of the question -> codes that are chosen."""
    return {group.value: _question(group, offer[group], set(chosen.get(group.value, ()))) for group in Group}


def _question(group: Group, options: Sequence[Option], chosen: set[str]) -> Question:
    shown = [
        Shown(
            id=f"{group.value}-{option.code}",
            code=option.code,
            say=option.short or option.say,
            number=option.number,
            unsure=option.unsure,
            key=KEYS[at] if at < len(KEYS) else "",
            chosen=option.code in chosen,
        )
        for at, option in enumerate(options)
    ]
    social = tuple(s for s in shown if s.code.startswith(SOCIAL))
    others = tuple(s for s in shown if s not in social)
    return Question(group.value, TITLES[group], group in MANY, others, social)


def from_beginning() -> dict[str, list[str]]:
    """What is chosen on an empty form."""
    return {group.value: [code] for group, code in DEFAULTS.items()}


def from_facts(facts: Facts) -> dict[str, list[str]]:
    """What is chosen on the form that corrects a call."""
    answers: dict[str, Any] = {group.value: getattr(facts, group.value) for group in Group}
    return {name: list(value) if isinstance(value, tuple) else [str(value)] for name, value in answers.items() if value}


def in_words(said: Mapping[str, Sequence[str]], *, named: bool) -> list[tuple[str, str]]:
    """What was answered, as title and words, in the order of the questions; what was not answered is left out."""
    rows = [(TITLES[group], ", ".join(said[group.value])) for group in Group if said.get(group.value)]
    return [*rows, *([("Anonym?", "Nej, sa vem det var. Namnet står inte här.")] if named else [])]
