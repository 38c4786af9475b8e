"""A page as a person edits it: each block a box with plain lines in it, and back again. Plain values, no Django.

Compound blocks are written the way one writes a list by hand: first the question, the answer on the lines under it, and
an empty line before the next. Nothing a page can hold is lost on the way (a test takes every page there and back).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lykta.public.enums import Box

LOOKS = {"lykta": "lantern", "knapp": "btn", "stilla": "quiet", "lugn": "calm"}
"""How a button looks, by the word a member writes on its third line."""
WASHES = {"mist": "dimma", "glow": "sken", "moss": "mossa"}
SIDES = ("main", "aside")

type Body = dict[str, Any]
type Key = tuple[str | int, ...]


class RowFault(ValueError):
    """A box can't be read. The text says why, in Swedish."""


@dataclass(frozen=True)
class Row:
    """One box. look: colour of a notice. section: name of the part it belongs to, for links to it; mostly empty."""

    kind: Box
    text: str = ""
    look: str = ""
    section: str = ""
    side: str = "main"


@dataclass(frozen=True)
class Line:
    """A text that a page has once. key: where in the body. most: signs at most."""

    key: Key
    label: str
    needed: bool = False
    most: int = 600


PLAIN = (
    Line(("title",), "Rubrik", needed=True, most=120),
    Line(("eyebrow",), "Liten rad ovanför rubriken", most=120),
    Line(("lead",), "Ingress"),
    Line(("description",), "Så beskrivs sidan i en sökmotor"),
)
HERO = (
    Line(("hero", "title"), "Det stora först på sidan", needed=True, most=120),
    Line(("hero", "lead"), "Raderna under", needed=True),
    Line(("hero", "write"), "Knappen till att skriva", needed=True, most=60),
    Line(("hero", "note"), "Raden vid knappen", needed=True),
    Line(("doors_title",), "Rubrik över dörrarna", needed=True, most=120),
)


def lines_of(body: Body) -> tuple[Line, ...]:
    """The texts this page has once; the first page has more of them than the others."""
    if "hero" not in body:
        return PLAIN
    doors = [
        Line(("doors", number, part), f"Dörr {number + 1}: {label}", needed=True, most=most)
        for number in range(len(body["doors"]))
        for part, label, most in (("title", "rubrik", 120), ("text", "text", 600), ("go", "länkens ord", 60))
    ]
    return (PLAIN[0], *HERO, *doors, Line(("quiet", "text"), "Den stilla raden under dörrarna", needed=True), PLAIN[3])


def said(body: Body, key: Key) -> str:
    """What stands there; "" where nothing does."""
    found: Any = body
    for step in key:
        try:
            found = found[step]
        except (KeyError, IndexError):
            return ""
    return str(found)


def told(body: Body, says: Mapping[Key, str], rows: Sequence[Row]) -> Body:
    """The body with these texts and boxes in place of its own. Raises RowFault."""
    made = deepcopy(body)
    for key, text in says.items():
        _put(made, key, text)
    for side in SIDES:
        blocks = _grouped([row for row in rows if row.side == side])
        if blocks or side == "main":
            made[side] = blocks
        else:
            made.pop(side, None)
    return made


def _put(body: Body, key: Key, text: str) -> None:
    *way, last = key
    place: Any = body
    for step in way:
        place = place[step]
    if text:
        place[last] = text
    else:
        place.pop(last, None)


def _grouped(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Blocks in order; those of one section that stand together are put inside it."""
    blocks: list[dict[str, Any]] = []
    for row in rows:
        block = {row.kind.value: _read(row)}
        if not row.section:
            blocks.append(block)
        elif blocks and blocks[-1].get("section", {}).get("id") == row.section:
            blocks[-1]["section"]["blocks"].append(block)
        else:
            blocks.append({"section": {"id": row.section, "blocks": [block]}})
    return blocks


def _read(row: Row) -> Any:
    try:
        return READ[row.kind](row)
    except RowFault as fault:
        raise RowFault(f"{row.kind.label}: {fault}") from fault


def rows_of(body: Body) -> list[Row]:
    """Every block of the page as a box, in order."""
    return [row for side in SIDES for row in _boxes(body.get(side, []), side)]


def _boxes(blocks: Sequence[Mapping[str, Any]], side: str, section: str = "") -> Iterator[Row]:
    for block in blocks:
        ((kind, value),) = block.items()
        if kind == "section":
            yield from _boxes(value["blocks"], side, value["id"])
        else:
            look = value["kind"] if kind == Box.NOTICE else ""
            yield Row(Box(kind), WRITE[Box(kind)](value), look, section, side)


# --- one box ---


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _heaps(text: str) -> list[list[str]]:
    """Lines that stand together, without the empty ones between."""
    heaps: list[list[str]] = [[]]
    for line in map(str.strip, text.splitlines()):
        if line:
            heaps[-1].append(line)
        elif heaps[-1]:
            heaps.append([])
    return [heap for heap in heaps if heap]


def _some(found: list[Any]) -> list[Any]:
    if not found:
        raise RowFault("rutan är tom. Skriv något, eller ta bort den.")
    return found


def _one(row: Row) -> str:
    return " ".join(_some(_lines(row.text)))


def _list(row: Row) -> list[str]:
    return _some(_lines(row.text))


def _pairs(row: Row, first: str, second: str) -> list[dict[str, str]]:
    heaps = _some(_heaps(row.text))
    if short := [heap[0] for heap in heaps if len(heap) == 1]:
        raise RowFault(f"under ”{short[0]}” saknas en rad.")
    return [{first: heap[0], second: " ".join(heap[1:])} for heap in heaps]


def _notice(row: Row) -> dict[str, Any]:
    lines = _some(_lines(row.text))
    if len(lines) == 1:
        raise RowFault(f"under ”{lines[0]}” saknas en rad.")
    return {"kind": row.look if row.look in WASHES else "mist", "title": lines[0], "text": lines[1:]}


def _questions(row: Row) -> list[dict[str, Any]]:
    heaps = _some(_heaps(row.text))
    if short := [heap[0] for heap in heaps if len(heap) == 1]:
        raise RowFault(f"”{short[0]}” har inget svar.")
    return [{"q": heap[0], "a": heap[1:]} for heap in heaps]


def _acts(row: Row) -> list[dict[str, str]]:
    found = []
    for heap in _some(_heaps(row.text)):
        if len(heap) not in (2, 3):
            raise RowFault(f"under ”{heap[0]}” ska stå vart knappen leder, och om du vill hur den ser ut.")
        if len(heap) == 3 and heap[2] not in LOOKS:
            raise RowFault(f"knappen kan vara {', '.join(LOOKS)}, inte ”{heap[2]}”.")
        found.append({"text": heap[0], "to": heap[1]} | ({"kind": LOOKS[heap[2]]} if len(heap) == 3 else {}))
    return found


READ: Mapping[Box, Callable[[Row], Any]] = {
    Box.HEADING: _one,
    Box.SMALL: _one,
    Box.PROSE: _one,
    Box.LIST: _list,
    Box.STEPS: lambda row: _pairs(row, "title", "text"),
    Box.FACTS: lambda row: _pairs(row, "term", "text"),
    Box.NOTICE: _notice,
    Box.QUESTIONS: _questions,
    Box.ACTS: _acts,
    Box.PHONES: _list,
    Box.SERVICES: _list,
}


def _flat(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _of_act(act: Mapping[str, str]) -> list[str]:
    look = next((word for word, kind in LOOKS.items() if kind == act.get("kind")), "")
    return [act["text"], act["to"], *([look] if look else [])]


def _piled(heaps: list[list[str]]) -> str:
    return "\n\n".join("\n".join(heap) for heap in heaps)


WRITE: Mapping[Box, Callable[[Any], str]] = {
    Box.HEADING: str,
    Box.SMALL: str,
    Box.PROSE: str,
    Box.LIST: lambda value: "\n".join(value),
    Box.STEPS: lambda value: _piled([[one["title"], one["text"]] for one in value]),
    Box.FACTS: lambda value: _piled([[one["term"], one["text"]] for one in value]),
    Box.NOTICE: lambda value: "\n".join([value["title"], *_flat(value["text"])]),
    Box.QUESTIONS: lambda value: _piled([[one["q"], *_flat(one["a"])] for one in value]),
    Box.ACTS: lambda value: _piled([_of_act(one) for one in value]),
    Box.PHONES: lambda value: "\n".join(value),
    Box.SERVICES: lambda value: "\n".join(value),
}
