"""A page there and back: nothing is lost between what is published and what is typed."""

from typing import Any

import pytest

from lykta.public.content import PAGES, written_in
from lykta.public.enums import Box
from lykta.public.rows import Row, RowFault, lines_of, rows_of, said, told

WRITTEN = {f"{lang}-{name}": body for lang, name, body in written_in(PAGES)}


def evened(value: Any) -> Any:
    """One text and a list of one text are shown alike."""
    if isinstance(value, dict):
        return {
            key: [one] if key in ("a", "text") and isinstance(one, str) else evened(one) for key, one in value.items()
        }
    return [evened(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_every_page_comes_back_as_it_was(name: str) -> None:
    body = WRITTEN[name]
    says = {line.key: said(body, line.key) for line in lines_of(body)}

    assert evened(told(body, says, rows_of(body))) == evened(body)


def page(kind: Box, text: str, **more: str) -> Any:
    return told({"title": "T"}, {}, [Row(kind, text, **more)])["main"]


@pytest.mark.parametrize(
    ("kind", "text", "block"),
    [
        (Box.PROSE, "  en rad\r\nen till  ", {"p": "en rad en till"}),
        (Box.LIST, "ett\n\n två ", {"list": ["ett", "två"]}),
        (Box.FACTS, "Kostnad\nIngen.\nAlls.", {"facts": [{"term": "Kostnad", "text": "Ingen. Alls."}]}),
        (
            Box.QUESTIONS,
            "Vad?\nDet.\nOch det.\n\n\nNär?\nNu.",
            {"questions": [{"q": "Vad?", "a": ["Det.", "Och det."]}, {"q": "När?", "a": ["Nu."]}]},
        ),
        (Box.NOTICE, "Se upp\nHär.", {"notice": {"kind": "mist", "title": "Se upp", "text": ["Här."]}}),
        (Box.ACTS, "Skriv\npage:write\nlykta", {"acts": [{"text": "Skriv", "to": "page:write", "kind": "lantern"}]}),
        (Box.ACTS, "Skriv\npage:write", {"acts": [{"text": "Skriv", "to": "page:write"}]}),
    ],
    ids=["prose", "list", "facts", "questions", "notice", "act", "plain-act"],
)  # fmt: skip
def test_a_box_is_read_as_one_writes_by_hand(kind: Box, text: str, block: dict[str, Any]) -> None:
    assert page(kind, text) == [block]


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (Box.PROSE, " \n ", "Stycke: rutan är tom."),
        (Box.FACTS, "Kostnad", "under ”Kostnad” saknas en rad."),
        (Box.STEPS, "Ett\nText\n\nTvå", "under ”Två” saknas en rad."),
        (Box.NOTICE, "Se upp", "under ”Se upp” saknas en rad."),
        (Box.QUESTIONS, "Vad?", "”Vad?” har inget svar."),
        (Box.ACTS, "Skriv", "ska stå vart knappen leder"),
        (Box.ACTS, "Skriv\npage:write\nröd", "inte ”röd”."),
        (Box.ACTS, "a\nb\nknapp\nd", "ska stå vart knappen leder"),
    ],
    ids=["empty", "fact", "step", "notice", "question", "act", "look", "much"],
)
def test_a_box_that_lacks_something_says_what(kind: Box, text: str, why: str) -> None:
    with pytest.raises(RowFault, match=why.replace(".", r"\.").replace("?", r"\?")):
        page(kind, text)


def test_boxes_of_one_part_that_stand_together_stay_together() -> None:
    rows = [Row(Box.PROSE, "1", section="a"), Row(Box.PROSE, "2", section="a"), Row(Box.PROSE, "3")]
    assert told({}, {}, rows)["main"] == [
        {"section": {"id": "a", "blocks": [{"p": "1"}, {"p": "2"}]}},
        {"p": "3"},
    ]


def test_a_text_that_is_emptied_is_taken_out() -> None:
    assert told({"title": "T", "lead": "L", "aside": [{"p": "x"}]}, {("lead",): ""}, []) == {"title": "T", "main": []}
