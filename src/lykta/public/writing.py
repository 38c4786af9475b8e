"""A text as it stands in the form: what was typed, what stands beside it, and what the boxes may be told to do."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from django.http import QueryDict

from lykta.core.languages import language
from lykta.core.places import own_path
from lykta.public.enums import Box, Kind
from lykta.public.rows import SIDES, WASHES, Body, Key, Line, Row, RowFault, lines_of, rows_of, said, told

FACT_LINE = Line(("text",), "Texten", needed=True)
MOST_BOXES, MOST_SIGNS, MOST_WHY = 120, 6000, 200
SAME = (Box.PHONES, Box.SERVICES)  # names, not words: a translation begins with the Swedish ones
DEED = re.compile(r"(up|down|drop|add):(\d{1,3}|main|aside)")
NAMED = re.compile(r"r(\d{1,3})-kind")
EMPTY, LONG, ZERO = (
    "Det här får inte vara tomt.",
    "Det är för långt: {0} tecken, högst {1}.",
    "Ett tecken går inte att läsa.",
)


@dataclass
class Field:
    """One text and what is said about it. was: the Swedish words beside it. changed: they are new since last time."""

    name: str
    label: str
    text: str = ""
    error: str = ""
    was: str = ""
    changed: bool = False
    needed: bool = False

    @property
    def rows(self) -> int:
        """How high the box is, in lines."""
        most = max(self.text, self.was, key=len)
        return min(16, most.count("\n") + 1 + len(most) // 60)


@dataclass
class Boxed(Field):
    """A block. See rows.Row."""

    kind: Box = Box.PROSE
    look: str = ""
    section: str = ""
    side: str = "main"
    focus: bool = False

    @property
    def washes(self) -> Mapping[str, str]:
        """Colours a notice can have; none for anything else."""
        return WASHES if self.kind == Box.NOTICE else {}

    def row(self) -> Row:
        """As a plain value."""
        return Row(self.kind, self.text, self.look, self.section, self.side)


@dataclass
class Writing:
    """The whole form. seen: the newest version when it was begun. beside: the Swedish version that stood beside it."""

    kind: Kind
    base: Body
    lines: list[Field] = field(default_factory=list)
    boxes: list[Boxed] = field(default_factory=list)
    why: str = ""
    form_only: bool = False
    seen: int = 0
    beside: int = 0
    missing: list[Row] = field(default_factory=list)

    @property
    def main(self) -> list[tuple[int, Boxed]]:
        return [(number, box) for number, box in enumerate(self.boxes) if box.side == "main"]

    @property
    def aside(self) -> list[tuple[int, Boxed]]:
        return [(number, box) for number, box in enumerate(self.boxes) if box.side == "aside"]

    @property
    def wrong(self) -> list[Field]:
        """Everything that has to be put right, in order."""
        return [one for one in (*self.lines, *self.boxes) if one.error]

    def body(self) -> Body | None:
        """What is to be kept; None, with the fault beside its field, where it can't be read."""
        for one, line in zip(self.lines, _lines(self.kind, self.base), strict=True):
            one.error = _fault(one.text, line.most) or (EMPTY if line.needed and not one.text else "")
        for box in self.boxes:
            box.error = _fault(box.text, MOST_SIGNS)
            if not box.error:
                try:
                    told({}, {}, [box.row()])
                except RowFault as why:
                    said_why = str(why).partition(": ")[2]
                    box.error = said_why[:1].upper() + said_why[1:]
        if self.wrong:
            return None
        says = {key: one.text for one, key in zip(self.lines, _keys(self.kind, self.base), strict=True)}
        if self.kind == Kind.FACT:
            return {"text": says["text",]}
        return told(self.base, says, [box.row() for box in self.boxes])

    def do(self, deed: str, typed: QueryDict) -> bool:
        """Move, take out or add a box; gives whether that was asked for. What can't be done changes nothing."""
        found = DEED.fullmatch(deed)
        if found is None:
            return False
        what, where = found.groups()
        if what == "add":
            self._add(where, typed.get(f"new-{where}", ""))
        elif where.isdigit() and int(where) < len(self.boxes):
            self._move(what, int(where))
        for number, box in enumerate(self.boxes):
            box.name = f"r{number}"
        return True

    def _add(self, where: str, kind: str) -> None:
        if kind not in tuple(Box) or len(self.boxes) >= MOST_BOXES:
            return
        if where in SIDES:
            at = max(
                (number + 1 for number, box in enumerate(self.boxes) if box.side == where), default=len(self.boxes)
            )
            self.boxes.insert(at, _boxed(0, Row(Box(kind), side=where)))
        elif int(where) < len(self.boxes):
            at, after = int(where) + 1, self.boxes[int(where)]
            self.boxes.insert(at, _boxed(0, Row(Box(kind), section=after.section, side=after.side)))
        else:
            return
        self.boxes[at].focus = True

    def _move(self, what: str, at: int) -> None:
        box = self.boxes.pop(at)
        if what == "drop":
            if self.boxes:
                self.boxes[min(at, len(self.boxes) - 1)].focus = True
            return
        to = at + (1 if what == "down" else -1)
        fits = 0 <= to <= len(self.boxes) and (what != "up" or self.boxes[to].side == box.side)
        fits = fits and (what != "down" or (at < len(self.boxes) and self.boxes[at].side == box.side))
        self.boxes.insert(to if fits else at, box)
        box.focus = True
        if fits:
            neighbour = self.boxes[at]
            box.section = neighbour.section


def _fault(text: str, most: int) -> str:
    if "\x00" in text or "\ufffd" in text:
        return ZERO
    return LONG.format(len(text), most) if len(text) > most else ""


def _lines(kind: Kind, base: Body) -> tuple[Line, ...]:
    return (FACT_LINE,) if kind == Kind.FACT else lines_of(base)


def _keys(kind: Kind, base: Body) -> list[Key]:
    return [line.key for line in _lines(kind, base)]


def _name(key: Key) -> str:
    return "t-" + "-".join(map(str, key))


def _boxed(number: int, row: Row) -> Boxed:
    return Boxed(
        name=f"r{number}",
        label=row.kind.label,
        text=row.text,
        kind=row.kind,
        look=row.look,
        section=row.section,
        side=row.side,
    )


def begun(kind: Kind, body: Body) -> Writing:
    """The form as a version says it."""
    fields = [
        Field(_name(line.key), line.label, said(body, line.key), needed=line.needed) for line in _lines(kind, body)
    ]
    boxes = [_boxed(number, row) for number, row in enumerate(rows_of(body))] if kind == Kind.PAGE else []
    return Writing(kind, body, fields, boxes)


def untranslated(kind: Kind, source: Body, lang: str) -> Writing:
    """The form of a language that lacks the text: built as the Swedish one, without its words."""
    base = deepcopy(source)
    if kind == Kind.PAGE:
        base["path"] = own_path(language(lang), base["slug"])
    made = begun(kind, base)
    made.lines = [replace(one, text="") for one in made.lines]
    made.boxes = [box if box.kind in SAME else replace(box, text="") for box in made.boxes]
    return made


def typed(kind: Kind, base: Body, sent: QueryDict) -> Writing:
    """The form as it was typed. What nobody can have typed is left out."""
    made = begun(kind, base)
    for one in made.lines:
        one.text = _even(sent.get(one.name, ""))
    numbers = sorted(int(found[1]) for name in sent if (found := NAMED.fullmatch(name)))[:MOST_BOXES]
    rows = [_row(sent, number) for number in numbers] if kind == Kind.PAGE else []
    made.boxes = [_boxed(number, row) for number, row in enumerate(one for one in rows if one)]
    made.why, made.form_only = _even(sent.get("why", ""))[:MOST_WHY], "form_only" in sent
    made.seen, made.beside = _number(sent.get("seen", "")), _number(sent.get("beside", ""))
    return made


def _row(sent: QueryDict, number: int) -> Row | None:
    said = {part: sent.get(f"r{number}-{part}", "") for part in ("kind", "text", "look", "section", "side")}
    if said["kind"] not in tuple(Box):
        return None
    section = said["section"] if re.fullmatch(r"[a-z0-9-]{0,40}", said["section"]) else ""
    side = said["side"] if said["side"] in SIDES else "main"
    look = said["look"] if said["look"] in WASHES else ""
    return Row(Box(said["kind"]), _even(said["text"]), look, section, side)


def _even(text: str) -> str:
    """Lines as they are kept, whatever the browser ends them with."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def lay_beside(made: Writing, now: Body, then: Body | None) -> None:
    """Put the Swedish words beside each text of a translation. then: the Swedish ones it was last compared with; what
    is new since is marked, and what has no counterpart is told. None where there is nothing to compare.
    """
    for one, key in zip(made.lines, _keys(made.kind, made.base), strict=True):
        one.was = said(now, key)
        one.changed = then is not None and said(then, key) != one.was
    swedish = rows_of(now) if made.kind == Kind.PAGE else []
    known = {(row.kind, row.text) for row in rows_of(then)} if then is not None and made.kind == Kind.PAGE else None
    pairs = _pairs(swedish, made.boxes)
    for at, box in pairs.items():
        box.was = swedish[at].text
        box.changed = known is not None and (swedish[at].kind, swedish[at].text) not in known
    made.missing = [row for at, row in enumerate(swedish) if at not in pairs]


def _shape(one: Row | Boxed) -> str:
    return f"{one.side} {one.section} {one.kind}"


def _pairs(swedish: Sequence[Row], boxes: Sequence[Boxed]) -> dict[int, Boxed]:
    """The Swedish rows that have a counterpart: those of the same kind in the same order."""
    ours, theirs = ([_shape(one) for one in some] for some in (swedish, boxes))
    blocks = SequenceMatcher(a=ours, b=theirs, autojunk=False).get_matching_blocks()
    return {block.a + step: boxes[block.b + step] for block in blocks for step in range(block.size)}
