"""What a visitor sees: which screen follows from her visit and her dialogue, and its bytes, as many as of any other.

Published pages and these share one frame, so that nobody across a room can tell them apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from lykta.catalogue.source import read_catalogue
from lykta.contact.days import free_days
from lykta.contact.enums import State
from lykta.contact.forms import Sent, new_once
from lykta.contact.models import Dialogue
from lykta.contact.rules import answer_by, is_late
from lykta.contact.visits import Progress
from lykta.core.frame import Frame, frame
from lykta.core.languages import languages
from lykta.core.places import dialogue
from lykta.core.policy import page_headers
from lykta.core.voice import Voice, voice
from lykta.core.words import speaks, words

CSS = (Path(__file__).with_name("static") / "dialogue.css").read_text(encoding="utf-8")
FLOOR, STEP = 49_152, 16_384
"""Bytes: every page is at least FLOOR long, then grows by STEP. Every screen without a very long text fits FLOOR."""


ASK_CODE = ("timeout", "code_empty", "code_count", "code_letters", "code_check")
"""Errors after which the field for the code is what she needs."""


@dataclass(frozen=True)
class Screen:
    """Name of the template, and what it shows besides the words of the language."""

    name: str
    shows: Mapping[str, Any] = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        """Whether the form `write` stands on it, whose text must come along into another language."""
        if self.name == "kept":
            return bool(self.shows["deed"]) and not self.shows["asks_code"]
        may_write = not (self.shows.get("closed") or self.shows.get("muted"))
        return self.name == "entry" or (self.name in ("reading", "hidden") and may_write)


def said(lang: str, day: date, *, today: date) -> str:
    """`i dag`, `i morgon, tisdag`, `tisdag 24 november`."""
    core = words(lang)["core"]
    weekday, month = core["weekdays"][day.weekday()], core["months"][day.month - 1]
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today) // timedelta(days=1), "day")
    return str(core["dates"][near]).format(weekday=weekday, day=day.day, month=month)


def screen_of(progress: Progress, found: Dialogue | None, *, code: list[str], lang: str, today: date) -> Screen:
    """The screen that follows. found: the dialogue she was let into, if it is there. code: groups to be shown now."""
    if code:
        return Screen("code", {"code": code, "renewed": progress.renewed})
    if progress.notice == "erased":
        return Screen("erased")
    if progress.asks == "call_first":
        return Screen("call_first")
    if not progress.case:
        return Screen("entry", {"ask_code": progress.error in ASK_CODE})
    if found is None:
        return Screen("nothing", {"asks_code": progress.error in ASK_CODE})
    if progress.asks == "erase":
        return Screen("erase")
    shows = _standing(found, lang, today)
    if progress.code_was_shown:
        return Screen("hidden", shows | {"open": bool(progress.draft)})
    return Screen("reading", shows | _reading(progress, shows, lang, today))


def _standing(found: Dialogue, lang: str, today: date) -> dict[str, Any]:
    """What a dialogue may tell about itself: may she write, and when comes the answer."""
    t, free = words(lang)["contact"]["reading"], free_days(today)
    shows: dict[str, Any] = {"closed": found.state == State.CLOSED, "muted": found.muted}
    if found.waiting_on:
        due = said(lang, answer_by(found.waiting_on, free=free), today=today)
        shows |= {
            "wrote_on": found.waiting_on,
            "yours": fill(t["yours"]["title"], day=said(lang, found.waiting_on, today=today)),
            "late": is_late(found.waiting_on, on=today, free=free),
            "sent_text": fill(t["sent"]["text"], day=due),
            "waiting_text": fill(t["waiting"]["text"], day=due),
        }
    return shows


def _reading(progress: Progress, shows: Mapping[str, Any], lang: str, today: date) -> dict[str, Any]:
    """Heading and first words: the replies in hand, else what the dialogue tells."""
    t = words(lang)["contact"]["reading"]
    if progress.replies:
        return {
            "title": t["reply"]["title"],
            "replies": [_reply(one, t, lang, today) for one in progress.replies],
        }
    if shows["closed"]:
        return {"title": t["closed"]["title"], "lines": [t["closed"]["text"]]}
    if "waiting_text" not in shows:
        return {"title": t["read"]["title"], "lines": [t["read"]["text"]]}
    if shows["late"]:
        return {"title": t["late"]["title"], "lines": [t["late"]["text"]]}
    if progress.notice == "sent":
        return {"title": t["waiting"]["title"]}
    return {"title": t["waiting"]["title"], "lines": [shows["waiting_text"]]}


def _reply(one: Mapping[str, str], t: Mapping[str, Any], lang: str, today: date) -> dict[str, str]:
    day = said(lang, date.fromisoformat(one["on"]), today=today)
    signed = t["reply"]["from"] if one["signed"] else t["reply"]["from_centre"]
    return {"text": one["text"], "from": fill(signed, name=one["signed"], day=day)}


def error_words(lang: str, error: str, values: Mapping[str, Any]) -> Any:
    """The text of an error with its numbers filled in; `timeout` is a small page of its own."""
    text = words(lang)["contact"]["errors"][error]
    return fill(text, **values) if isinstance(text, str) else text


def fill(text: str, **values: Any) -> str:
    """Fill numbers and days into a text, and leave {phone:…} to the markup."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else value)
    return text


def page(lang: str, screen: Screen, progress: Progress, *, today: date, once: str = "") -> bytes:
    """The whole page. once: of a form that is to be sent again as the same form, else each page gets a new one."""
    f = _frame(lang)
    t, day = f.w["contact"], said(lang, answer_by(today, free=free_days(today)), today=today)
    context = {
        "f": f,
        "t": t,
        "p": progress,
        "draft": progress.draft,
        "error": progress.error,
        "error_text": error_words(lang, progress.error, progress.error_values) if progress.error else "",
        "once": once or new_once(),
        "here": dialogue(lang),
        "carries": "write" if screen.writes else "",
        "facts": [{"term": one["term"], "text": fill(one["text"], day=day)} for one in t["entry"]["facts"]],
        "after": t["form"]["after"],
        "before": fill(t["form"]["before"], day=day),
        "when": fill(t["code"]["when"], day=day),
        **screen.shows,
    }
    return padded(render_to_string(f"contact/public/{screen.name}.html", context).encode())


def kept_page(lang: str, sent: Sent, *, error: str, today: date, ticket: str = "", **values: Any) -> bytes:
    """The page that is answered at once, where nothing could be stored: everything typed is in it."""
    progress = Progress(error=error, error_values=values, draft=sent.draft() | {"code": sent.code})
    shows = {"deed": sent.deed, "ticket": ticket, "asks_code": sent.deed == "open", "sent": sent}
    return page(lang, Screen("kept", shows), progress, today=today, once=sent.once)


def padded(body: bytes) -> bytes:
    """The page, made as long as the next step with a remark after its end. Must never be compressed."""
    short = len(body) + 7
    size = FLOOR if short <= FLOOR else -(-short // STEP) * STEP
    return body + b"<!--" + b" " * (size - len(body) - 7) + b"-->"


def headers(lang: str) -> dict[str, str]:
    """Headers of every page here: the same for every screen, and no part of the way may store or squeeze them."""
    style = _frame(lang).sheet.source
    found = page_headers(lang=lang, style=style, exit_url=settings.LYKTA_EXIT_URL)
    return found | {"Cache-Control": "no-store, no-transform"}


def _frame(lang: str) -> Frame:
    return _framed(lang, voice())


@lru_cache(maxsize=64)
def _framed(lang: str, heard: Voice) -> Frame:
    """heard: what is published now. A number it lacks is the program's own, so that no page here can break."""
    return frame(
        lang=lang,
        title=words(lang)["contact"]["title"],
        exit_url=settings.LYKTA_EXIT_URL,
        phones={**{one.id: one for one in read_catalogue().phones}, **heard.phones},
        paths=_paths(row.code for row in languages()),
        exit_action=dialogue(lang),
        exit_fields=(("deed", "leave"),),
        extra_css=CSS,
    )


def _paths(codes: Iterable[str]) -> dict[str, str]:
    """The dialogue in every language that has words for it."""
    return {code: dialogue(code) for code in codes if speaks(code, "contact")}
