"""The demo centre: plainly invented members and an invented inbox, made as the worker would make a real one."""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import yaml
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings

from lykta.access.enums import Role, Wall
from lykta.access.models import Place
from lykta.access.rules import rings_of
from lykta.catalogue.source import read_catalogue
from lykta.contact.enums import CloseReason, Kind, State
from lykta.contact.keys import code_keys, copy_context, copy_place, message_place, pair_place
from lykta.contact.models import Dialogue, Message, ReplyCopy
from lykta.core import clock
from lykta.core.refs import new_ref
from lykta.desk.demo_calls import log_calls
from lykta.people.actions import add_hours
from lykta.people.adapters import MfaAdapter
from lykta.people.facts import Hours
from lykta.people.hours import Span
from lykta.people.models import Centre, Member
from lykta.sealing import boxes
from lykta.sealing.actions import make_recovery_ring, make_ring, make_staff_pair, new_case_key, share_ring
from lykta.sealing.codes import new_code
from lykta.sealing.enums import OF_HOUSE, RingName
from lykta.sealing.models import Ring
from lykta.sealing.paper import new_secret, recovery_pair, whole
from lykta.sealing.signing import take_off_machine
from lykta.sealing.words import seal

INBOX = Path(__file__).parents[1] / "contact" / "data" / "demo_inbox.yaml"
DOMAIN = "lykta.example"


@dataclass(frozen=True)
class Account:
    """What a person trying the demo needs to sign in."""

    email: str
    password: str
    totp_secret: str
    role: str
    door: str = "staff"


W = Wall
STAFF: tuple[tuple[str, Role, tuple[Wall, ...]], ...] = (
    ("Maja Demo Norrby", Role.COUNSELLOR, (W.CONTACT, W.EXPOSED, W.RELATIVE)),
    ("Tomas Demo Fjällgren", Role.COUNSELLOR, (W.CONTACT, W.EXPOSED)),
    ("Elsa Demo Sjöberg", Role.CHILD_COUNSELLOR, (W.CONTACT, W.CHILD, W.RELATIVE)),
    ("Ingrid Demo Åsberg", Role.THERAPIST, (W.CONTACT, W.USING_VIOLENCE)),
    ("Sara Demo Kärnsund", Role.PARTNER_CONTACT, (W.CONTACT, W.PARTNER, W.EXPOSED)),
    ("Nils Demo Frösåker", Role.KAST_COUNSELLOR, (W.CONTACT, W.KAST)),
    ("Karin Demo Lillsjö", Role.COORDINATOR, (W.CONTACT,)),
    ("Gunnel Demo Hallen", Role.HEAD, (W.CONTACT,)),
    ("Anna Demo Porten", Role.RECEPTION, ()),
    ("Lena Demo Kursgård", Role.COURSE_ADMIN, ()),
    ("Olle Demo Ordström", Role.EDITOR, ()),
    ("Siv Demo Talmo", Role.STATISTICS, ()),
    ("Per Demo Granskare", Role.AUDITOR, ()),
    ("Bo Demo Strömbrytare", Role.TECHNICIAN, ()),
)
"""Who works here, as what, and inside which walls. The head's place shows her how much waits; she holds no share."""


def furnish() -> tuple[list[Account], str]:
    """Make the demo centre, within the worker's door. Gives the accounts and the recovery key, shown once."""
    centre = settings.LYKTA_CENTRE
    _centre(centre)
    secret = new_secret()
    recovery = make_recovery_ring(centre=centre, public=recovery_pair(secret).public)
    rings: dict[RingName, tuple[Ring, bytes]] = {name: make_ring(centre=centre, name=name) for name in OF_HOUSE}
    accounts, members = [], {}
    for name, role, walls in STAFF:
        account, member = _member(name, role, walls, rings)
        accounts.append(account)
        members[member.given_name] = member.pk
    for told in yaml.safe_load(INBOX.read_text(encoding="utf-8"))["dialogues"]:
        _dialogue(told, members)
    log_calls(members)
    take_off_machine(house=rings[RingName.HOUSE][0], recovery=recovery)
    return accounts, whole(secret)


def _centre(centre: UUID) -> None:
    """The centre with the real county and a plainly invented board, open to the public."""
    Centre.objects.create(
        centre_id=centre,
        name="Centrum mot våld i Jämtland",
        demo=True,
        board="Demonämnden",
        municipalities=[one.code for one in read_catalogue().municipalities],
        opened_on=clock.today(),
    )
    office = {day: (Span(8 * 60, 16 * 60),) for day in range(5)}  # as a municipal page says (domain.md, 2c.15)
    add_hours(centre, Hours(week=office))


def _member(
    name: str, role: Role, walls: tuple[Wall, ...], rings: dict[RingName, tuple[Ring, bytes]]
) -> tuple[Account, Member]:
    """One member with pair, places, share and one-time-code secret."""
    given = name.split()[0].lower()
    password = "-".join(["lykta", *(secrets.token_hex(2) for _ in range(3))])
    account = Account(f"{given}@{DOMAIN}", password, generate_totp_secret(), role.value)
    member = Member(centre_id=settings.LYKTA_CENTRE, email=account.email, name=name, role=role)
    member.joined_on = clock.today() - timedelta(days=200)
    member.set_password(account.password)
    member.save(force_insert=True)
    EmailAddress.objects.create(user=member, email=account.email, verified=True, primary=True)
    secret = MfaAdapter().encrypt(account.totp_secret)
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": secret})
    make_staff_pair(centre=member.centre_id, member=member.pk, password=account.password)
    since = clock.today() - timedelta(days=200)
    for wall in walls:
        Place.objects.create(centre_id=member.centre_id, member_id=member.pk, wall=wall, from_on=since)
    for ring in rings_of(role, walls):
        share_ring(ring=rings[ring][0], private=rings[ring][1], member=member.pk)
    return account, member


def _day(days_ago: int) -> date:
    return clock.today() - timedelta(days=days_ago)


def _dialogue(told: dict[str, Any], members: dict[str, UUID]) -> None:
    """One invented dialogue with everything said in it. Its code is made and forgotten, as for a real one."""
    case, keys, pair = uuid4(), code_keys(new_code()), boxes.new_pair()
    state = State(told["state"]) if told["state"] in ("answered", "closed") else State.WAITING
    hers = [_day(m["days_ago"]) for m in told["messages"] if m["from"] == "visitor"]
    dialogue = Dialogue.objects.create(
        id=case,
        centre_id=settings.LYKTA_CENTRE,
        ref=new_ref("D"),
        state=state,
        opened_on=_day(told["days_ago"]),
        last_on=max(_day(m["days_ago"]) for m in told["messages"]),
        waiting_on=hers[-1] if state == State.WAITING else None,
        taken_by=members[told["by"]] if told.get("by") else None,
        closed_reason=CloseReason(told["reason"]).value if state == State.CLOSED else "",
        message_count=len(told["messages"]),
        lookup=keys.lookup,
        visitor_public=pair.public,
        visitor_sealed_private=seal(keys.key, pair_place(case), pair.private),
    )
    if state != State.CLOSED:
        for number, said in enumerate(told["messages"], start=1):
            _message(dialogue, number, said, told["lang"], members)


def _message(dialogue: Dialogue, number: int, said: dict[str, Any], language: str, members: dict[str, UUID]) -> None:
    """One sealed message; a reply also leaves its copy for the visitor."""
    kind = {"visitor": Kind.VISITOR, "staff": Kind.REPLY, "margin": Kind.MARGIN, "ask": Kind.ASK}[said["from"]]
    message, on = uuid4(), _day(said["days_ago"])
    content = {"text": said["text"].strip()}
    if kind == Kind.VISITOR:
        told = {k: str(said.get(k, "")).replace("none", "") for k in ("municipality", "hurt")}
        content |= {"language": language} | told
    key = new_case_key(centre=dialogue.centre_id, case=dialogue.id, part=message, ring_name=RingName.CONTACT)
    Message.objects.create(
        id=message,
        centre_id=dialogue.centre_id,
        dialogue_id=dialogue.id,
        number=number,
        kind=kind,
        on=on,
        at=None if kind == Kind.VISITOR else datetime.combine(on, time(9 + number % 6, 10), clock.STOCKHOLM),
        by=members[said["by"]] if said.get("by") else None,
        to=members[said["to"]] if said.get("to") else None,
        sealed=seal(key, message_place(dialogue.id, message), json.dumps(content, ensure_ascii=False).encode()),
    )
    if kind == Kind.REPLY:
        copy = {"text": content["text"], "signed": said.get("by", ""), "on": on.isoformat()}
        _copy(dialogue, message, number, on, json.dumps(copy, ensure_ascii=False).encode())


def _copy(dialogue: Dialogue, message: UUID, number: int, on: date, content: bytes) -> None:
    key = secrets.token_bytes(32)
    ReplyCopy.objects.create(
        id=message,
        centre_id=dialogue.centre_id,
        dialogue_id=dialogue.id,
        number=number,
        on=on,
        box=boxes.give(bytes(dialogue.visitor_public), copy_context(dialogue.id, message), key),
        sealed=seal(key, copy_place(dialogue.id, message), content),
    )
