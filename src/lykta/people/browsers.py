"""A member's own browsers: what kind each is, given to her own key; and signing them out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.people.models import Session
from lykta.sealing import boxes
from lykta.sealing.errors import CannotOpen
from lykta.sealing.tokens import held_by

UNKNOWN = "En webbläsare"
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "Chromebook")),
    *(("Mac OS", "Mac"), ("Linux", "Linux")),
)


@dataclass(frozen=True)
class Browser:
    """One of her browsers. row: its name in the database, worth nothing without its cookie."""

    row: str
    device: str
    since: date | None
    here: bool


def device_of(user_agent: str) -> str:
    """A browser and a system in two words, as `Firefox, Windows`; nothing finer is kept."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), UNKNOWN)
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser}, {system}" if system else browser


def sealed_device(request: HttpRequest, member: UUID, private: bytes) -> bytes:
    """The kind of device, given to the member's own key: nobody else reads it."""
    device = device_of(request.headers.get("User-Agent", ""))
    return boxes.give(boxes.pair_of(private).public, _context(member), device.encode())


def browsers_of(actor: Actor, *, here: str) -> list[Browser]:
    """The actor's browsers that are signed in, this one first. here: the cookie's token of this one."""
    this = held_by(here, "session").row
    rows = Session.objects.filter(member_id=actor.member, expires_at__gt=clock.now()).order_by("-opened_on", "row")
    found = [Browser(r.row, _device(actor, r), r.opened_on, r.row == this) for r in rows]
    return sorted(found, key=lambda b: not b.here)


def end_browser(*, by: Actor, row: str) -> bool:
    """Sign one of the actor's browsers out. False where it is gone already."""
    ended = Session.objects.filter(member_id=by.member, row=row).delete()[0]
    if ended:
        record(Act.SESSION_ENDED, object=by.member, count=ended)
    return bool(ended)


def end_others(*, by: Actor, here: str) -> int:
    """Sign all the actor's browsers out but this one. Gives how many there were."""
    this = held_by(here, "session").row
    ended = Session.objects.filter(member_id=by.member).exclude(row=this).delete()[0]
    if ended:
        record(Act.SESSION_ENDED, object=by.member, count=ended)
    return ended


def _device(actor: Actor, row: Session) -> str:
    if actor.holder is None or not row.device:
        return UNKNOWN
    try:
        return boxes.take(actor.holder.private, _context(actor.member), bytes(row.device)).decode()
    except CannotOpen:
        return UNKNOWN


def _context(member: UUID) -> str:
    return f"browser of {member}"
