"""What the staff pages show of the catalogue's rows: Swedish words for what holds, what changes and what ends. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from lykta.catalogue import labels
from lykta.catalogue.changes import Difference
from lykta.catalogue.enums import Decision, Fact, Keeping, Kind, Outcome, SelfReferral, Who
from lykta.catalogue.layout import EntryRow
from lykta.catalogue.rules import Period
from lykta.catalogue.told import Told, filled
from lykta.core.markup import spoken

SOON = timedelta(days=90)
BOUNDS = {"from": "från och med", "above": "över", "to": "till och med", "below": "under"}


@dataclass(frozen=True)
class Standing:
    """How a row stands to today: its days in words, and a short state with its wash ("" where it simply holds)."""

    days: str
    state: str
    wash: str


@dataclass(frozen=True)
class Shown:
    """One row on a page. title: what it is called. text: what it says. marks: (word, wash) of badges."""

    line: UUID
    title: str
    text: str
    days: str
    source: str
    marks: tuple[tuple[str, str], ...]
    is_past: bool = False


@dataclass(frozen=True)
class AnswerShown:
    when: str
    gives: str
    outcome: str
    says: str


@dataclass(frozen=True)
class RuleShown(Shown):
    """A rule with whom it asks and its answers. kind: how sharp it is."""

    kind: str = ""
    asked: str = ""
    answers: tuple[AnswerShown, ...] = ()


@dataclass(frozen=True)
class ServiceShown:
    """A service in the list: what holds today in a few words, and what is about to change."""

    code: str
    name: str
    plain: str
    limits: str
    marks: tuple[tuple[str, str], ...]


class Rows:
    """The editors' rows, laid out for the pages, beside what is live."""

    def __init__(self, rows: Iterable[EntryRow], found: Iterable[Difference], on: date, said: Told) -> None:
        """said: what the values are that texts name (see told)."""
        self.rows = sorted(rows, key=lambda row: row.position)
        self.said = said
        self.differences = {one.line: one for one in found}
        self.on = on
        self.numbers = {row.ref: str(row.body["number"]) for row in self.rows if row.kind == "phones"}
        self.names = {row.ref: str(row.body["names"]["sv"]) for row in self.rows if row.kind == "services"}

    def text(self, words: Mapping[str, str] | None) -> str:
        """A text in Swedish as it is said, with its values put in."""
        return spoken(filled((words or {}).get("sv", ""), self.said, "sv"), self.numbers)

    def of(self, kind: str, parent: str = "") -> list[EntryRow]:
        """The rows of one list, in order; within it those of one name by their days."""
        return [row for row in self.rows if (row.kind, row.parent) == (kind, parent)]

    def head(self, file: str) -> EntryRow:
        """What stands once in a file."""
        return next(row for row in self.rows if (row.kind, row.ref) == ("head", file))

    def service(self, code: str) -> EntryRow | None:
        """The row of a service."""
        return next((row for row in self.rows if (row.kind, row.ref) == ("services", code)), None)

    def services(self, audience: str) -> list[ServiceShown]:
        """The list of all services for somebody, in their order."""
        found = [row for row in self.of("services") if row.body["audience"] == audience]
        return [self._listed(row) for row in sorted(found, key=lambda row: int(row.body["order"]))]

    def _listed(self, row: EntryRow) -> ServiceShown:
        within = [one for one in self.rows if one.parent == row.ref]
        now = [one for one in within if one.kind == "limits" and _period(one).holds(self.on)]
        limits = ", ".join(f"{labels.limit(one.ref)} {number(one.body['value'])}" for one in now)
        marks: list[tuple[str, str]] = []
        differing = sum(one.code == row.ref for one in self.differences.values())
        if differing:
            marks.append(
                ("ändrad, gäller inte än" if differing == 1 else f"{differing} ändringar gäller inte än", "glow")
            )
        if row.valid_to and row.valid_to <= self.on:
            marks.append(("har slutat", ""))
        elif row.valid_from and row.valid_from > self.on:
            marks.append((f"börjar {labels.swedish_day(row.valid_from)}", ""))
        ends = sorted(one.valid_to for one in (row, *within) if self._ends_soon(one) and one.valid_to)
        if ends:
            marks.append((f"något slutar {labels.swedish_day(ends[0])}", "heather"))
        elif row.valid_to and row.valid_to > self.on:
            marks.append((f"till {labels.swedish_day(row.valid_to)}", ""))
        return ServiceShown(row.ref, self.names[row.ref], self.text(row.body["plain"]), limits, tuple(marks))

    def _ends_soon(self, row: EntryRow) -> bool:
        """Whether it ends soon and nothing of its name takes over."""
        if row.valid_to is None or not self.on < row.valid_to <= self.on + SOON:
            return False
        alike = (one for one in self.rows if (one.kind, one.parent, one.ref) == (row.kind, row.parent, row.ref))
        return not any(one.line != row.line and _period(one).holds(row.valid_to) for one in alike)

    # --- rows of one service, and of the house ---
    def shown(self, kind: str, parent: str = "") -> list[Shown]:
        """Every row of a list, as title and text; what has ended comes last."""
        found = [self._shown(row) for row in self.of(kind, parent)]
        return sorted(found, key=lambda one: one.is_past)

    def gone(self, parent: str) -> list[tuple[UUID, str]]:
        """Rows of a service that are live and that the draft takes away."""
        taken = (one for one in self.differences.values() if one.after is None and one.before and one.parent == parent)
        return [(one.line, title_of(one.before)) for one in taken if one.before]

    def _shown(self, row: EntryRow) -> Shown:
        marks, days, past = self._marks(row)
        if row.kind == "rules":
            return self._rule(row, marks, days, past)
        return Shown(row.line, title_of(row), text_of(row), days, str(row.body.get("source", "")), marks, past)

    def _rule(self, row: EntryRow, marks: tuple[tuple[str, str], ...], days: str, past: bool) -> RuleShown:
        fact = Fact(row.body["about"])
        whos = ", ".join(labels.WHOS[Who(who)] for who in row.body.get("for", ())) or "alla"
        limits = {
            one.ref: number(one.body["value"]) for one in self.of("limits", row.parent) if _period(one).holds(self.on)
        }
        answers = tuple(
            AnswerShown(
                condition(answer, fact, limits),
                labels.OUTCOMES[Outcome(answer["gives"])],
                answer["gives"],
                self.text(answer.get("say")),
            )
            for answer in row.body["answers"]
        )
        alike = [one for one in self.of("rules", row.parent) if one.body["about"] == row.body["about"]]
        return RuleShown(
            row.line,
            title_of(row) + (f" ({whos})" if len({str(one.body.get("for")) for one in alike}) > 1 else ""),
            "",
            days,
            str(row.body["source"]),
            marks,
            past,
            labels.KINDS[Kind(row.body["kind"])],
            whos,
            answers,
        )

    def _marks(self, row: EntryRow) -> tuple[tuple[tuple[str, str], ...], str, bool]:
        marks: list[tuple[str, str]] = []
        past = bool(row.valid_to and row.valid_to <= self.on)
        other = self.differences.get(row.line)
        if other:
            marks.append(("ny, gäller inte än" if other.before is None else "ändrad, gäller inte än", "glow"))
        if past:
            marks.append(("har slutat", ""))
        elif row.valid_from and row.valid_from > self.on:
            marks.append(("börjar senare", ""))
        elif self._ends_soon(row):
            marks.append(("slutar snart", "heather"))
        dated = row.valid_from or row.valid_to
        return tuple(marks), labels.period(row.valid_from, row.valid_to) if dated else "alltid", past


def title_of(row: EntryRow) -> str:
    """What a row is called on its own page."""
    match row.kind:
        case "rules":
            return f"Om {labels.FACTS[Fact(row.body['about'])]}"
        case "limits" | "house_limits":
            return labels.limit(row.ref).capitalize()
        case "modes":
            return "Dokumentation"
        case "phones" | "services":
            return str(row.body["names"]["sv"])
        case _:
            return str(row.body.get("name", row.ref))


def text_of(row: EntryRow) -> str:
    """What a row says, in a few words."""
    body = row.body
    match row.kind:
        case "limits" | "house_limits":
            return number(body["value"])
        case "modes":
            decided = f", beslut {labels.swedish_day(body['decided_on'])}" if "decided_on" in body else ""
            return f"{labels.KEEPING[Keeping(body['mode'])].capitalize()}. {body['board']}{decided}."
        case "phones":
            return str(body["number"])
        case "municipalities":
            return f"{body['seat']}, {body['air_km']} km"
        case _:
            return f"{body['air_km']} km" + (", ungefär" if body.get("approximate") else "")


def condition(answer: Mapping[str, Any], fact: Fact, limits: Mapping[str, str]) -> str:
    """When an answer is for somebody: `från och med lägsta ålder (16)`, `kvinna`, `annat kön, inte berättat`."""
    told = []
    for value in answer.get("is", ()):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        special = {"others": "alla andra", "unknown": labels.UNKNOWN}
        told.append(special.get(text) or labels.VALUES.get(fact, {}).get(text, text))
    bounds = []
    for key, words in BOUNDS.items():
        if key in answer:
            at = answer[key]
            named = f"{labels.limit(at)} ({limits.get(at, 'gäller inte i dag')})" if isinstance(at, str) else str(at)
            bounds.append(f"{words} {named}")
    return ", ".join([*told, *([" och ".join(bounds)] if bounds else [])])


def number(value: int | float) -> str:
    """With a decimal comma."""
    return str(value).replace(".", ",")


def basics(body: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The service's own facts, as term and answer."""
    years = body.get("years", {})
    return (
        ("Beslut", labels.DECISIONS[Decision(body["decision"])]),
        ("Söka själv", labels.SELF_REFERRALS[SelfReferral(body["self_referral"])]),
        ("År", labels.period(years.get("valid_from"), years.get("valid_to")) if years else "hör inte till några år"),
        ("Källa", str(body["source"])),
    )


def _period(row: EntryRow) -> Period:
    return Period(row.valid_from, row.valid_to)
