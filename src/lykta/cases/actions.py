"""What staff do with personal files: one function per deed, each within the request's own transaction."""

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest

from lykta.access.enums import Wall
from lykta.access.rules import Actor, works_in
from lykta.audit.actions import anchored, record
from lykta.audit.enums import Act
from lykta.cases.enums import CloseReason, Guard, Mode, OpenReason, SheetKind, State
from lykta.cases.errors import (
    AlreadyWritten,
    Closed,
    LastOfTeam,
    Merged,
    Moved,
    NotAble,
    NothingThere,
    ReasonNeeded,
    Unsound,
)
from lykta.cases.mode_rules import May
from lykta.cases.models import Assignment, Exclusion, File, Handover, Merge, Note, Opening, Task
from lykta.cases.places import opening_place, review_place
from lykta.cases.queries import able, is_merged, is_open, loan_of, may_read_now, must_renew, opened_identity
from lykta.cases.rules import fault_of_text, guard_fault
from lykta.cases.services import may_keep_on
from lykta.cases.writing import index, key_of, write_note, write_sheet
from lykta.core import clock
from lykta.core.doors import become
from lykta.core.refs import new_ref
from lykta.sealing.actions import new_case_key
from lykta.sealing.enums import RingName
from lykta.sealing.errors import NotHolder, UnsignedKey
from lykta.sealing.models import Ring
from lykta.sealing.named import give_case, name_case, new_named_key
from lykta.sealing.queries import holds_ring, signed_members
from lykta.sealing.words import seal


@transaction.atomic
def open_file(
    *,
    by: Actor,
    file: UUID,
    wall: Wall,
    service: str,
    mode: Mode,
    identity: dict[str, Any],
    named: bool,
    excluded: Collection[UUID] = (),
    told: bool = False,
) -> File:
    """Open a personal file. `file`: the form's own id, so that the same form sent twice is one file.

    excluded: members who must never hold it; with any, or with `named`, it is a named file from its first word on.
    told: that she was told she may apply for a decision (SoL 11:6). Raises NothingThere outside the wall,
    NotHolder without the ring's key (a named file needs none), AlreadyWritten, NotAble where she excludes herself
    ("self") or is on a team on the other side ("side"), Unsound (mode) where law or board forbid it.
    """
    if not works_in(by, wall) or by.holder is None:
        raise NothingThere
    if by.member in excluded:
        raise NotAble("self")
    if File.objects.filter(pk=file).exists():
        raise AlreadyWritten
    if may_keep_on(mode, service, on=clock.today()) == May.NO:
        raise Unsound({"mode": "law"})
    part, on, is_named = uuid4(), clock.today(), named or bool(excluded)
    become(case=file)
    key = part_key(by, file, part, wall, members=[by.member] if is_named else ())
    made = File(
        id=file,
        centre_id=by.centre,
        ref=new_ref("L"),
        wall=wall,
        service=service,
        mode=mode,
        named=is_named,
        part=part,
        opened_on=on,
        told_on=on if told else None,
    )
    made.save(force_insert=True)
    _join(by, made, by.member, leads=True)
    _exclude(by, made, excluded)
    write_sheet(by=by, file=made, kind=SheetKind.IDENTITY, words=identity, seen=0, key=key)
    index(by=by, file=made, identity=identity, key=key)
    record(Act.FILE_MADE, object=file, reason=wall.value)
    return made


def part_key(by: Actor, file: UUID, part: UUID, wall: Wall, *, members: Collection[UUID]) -> bytes:
    """A fresh key for a part of a file: for these members where it is a named one, else for the ring of its wall."""
    if members:
        return new_named_key(centre=by.centre, case=file, part=part, by=by.member, members=members)
    if not holds_ring(by.member, RingName(wall.value)):
        raise NotHolder("not let into the wall's ring yet")
    return new_case_key(centre=by.centre, case=file, part=part, ring_name=RingName(wall.value))


def _exclude(by: Actor, file: File, members: Iterable[UUID]) -> None:
    on = clock.today()
    for member in sorted(set(members)):
        Exclusion.objects.get_or_create(
            file=file, member_id=member, defaults={"centre_id": by.centre, "on": on, "by": by.member}
        )


def open_for_an_hour(*, by: Actor, file: File, reason: OpenReason, words: str) -> None:
    """Open a file one is not assigned to, with a reason in words: for an hour, logged, and to be reviewed.

    Raises NothingThere for a named file that is not lent to her, Unsound where there are no words.
    """
    if fault := fault_of_text(words):
        raise Unsound({"words": fault})
    if file.named and loan_of(by, file) is None:
        raise NothingThere
    opening = uuid4()
    sealed = seal(key_of(by, file), opening_place(file.id, opening), json.dumps({"text": words}).encode())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT centre, chain, seq, hash FROM lykta_open_file(%s, %s, %s, %s, %s)",
            [opening, file.id, reason.value, file.part, sealed],
        )
        centre, chain, seq, digest = cursor.fetchone()
    anchored(centre, chain, seq, bytes(digest))
    _say_to_reviewers(by, opening, words)
    become(case=file.id)


def _say_to_reviewers(by: Actor, opening: UUID, words: str) -> None:
    """Give the reviewers the reason too, who can't open the file. A house without their ring has nobody to tell."""
    become(case=opening)
    try:
        key = new_case_key(centre=by.centre, case=opening, part=opening, ring_name=RingName.REVIEW)
    except Ring.DoesNotExist:
        return
    sealed = seal(key, review_place(opening), json.dumps({"text": words}).encode())
    Opening.objects.filter(pk=opening).update(sealed_review=sealed)


def write(*, by: Actor, file: File, note: UUID, text: str, dissent: str, guards: Collection[Guard], why: str) -> None:
    """Write a note in the journal. note: the form's own id. dissent: what the person holds against it (SoL 14:6).

    guards: from whom it is kept, `why` where it is kept from the person herself.
    Raises ReasonNeeded, Closed, AlreadyWritten, Unsound.
    """
    fresh = locked(by, file)
    add_note(by, fresh, note, note_words(text, dissent, guards, why), replaces=None)
    record(Act.NOTE_WRITTEN, object=file.id)


def correct(
    *, by: Actor, file: File, note: UUID, replaces: UUID, text: str, dissent: str, guards: Collection[Guard], why: str
) -> None:
    """Correct a note: the earlier wording stays behind the new one, signed and dated.

    Raises Moved where somebody has corrected that very wording meanwhile; else as `write`.
    """
    fresh = locked(by, file)
    if Note.objects.filter(pk=note).exists():
        raise AlreadyWritten
    if not Note.objects.filter(pk=replaces, file=file).exists():
        raise NothingThere
    if Note.objects.filter(replaces_id=replaces).exists():
        raise Moved
    add_note(by, fresh, note, note_words(text, dissent, guards, why), replaces=replaces)
    record(Act.NOTE_CORRECTED, object=file.id)


def note_words(text: str, dissent: str, guards: Collection[Guard], why: str) -> dict[str, Any]:
    """A note's words as they are sealed. Raises Unsound."""
    faults = {"text": fault_of_text(text), "guard_reason": guard_fault(guards, why)}
    if dissent.strip() and fault_of_text(dissent) == "long":
        faults["dissent"] = "long"
    if found := {name: fault for name, fault in faults.items() if fault}:
        raise Unsound(found)
    return {"text": text, "dissent": dissent.strip(), "guards": sorted(guards), "guard_reason": why.strip()}


def add_note(
    by: Actor,
    fresh: File,
    note: UUID,
    words: dict[str, Any],
    *,
    replaces: UUID | None,
    part: UUID | None = None,
    key: bytes = b"",
) -> None:
    """Add a note to a file whose row is held. part, key: of its own, else the file's newest. Raises AlreadyWritten."""
    if Note.objects.filter(pk=note).exists():
        raise AlreadyWritten
    under = key or key_of(by, fresh)
    write_note(by=by, file=fresh, note=note, words=words, replaces=replaces, key=under, part=part or fresh.part)
    _change(fresh, note_count=fresh.note_count + 1, last_note_on=clock.today())


def change_sheet(*, by: Actor, file: File, kind: SheetKind, words: dict[str, Any], seen: int) -> None:
    """Write a new wording of who it is or how she can be reached. seen: the version the page showed.

    Raises ReasonNeeded, Closed, Moved.
    """
    fresh = locked(by, file)
    key = key_of(by, fresh)
    write_sheet(by=by, file=fresh, kind=kind, words=words, seen=seen, key=key)
    if kind == SheetKind.IDENTITY:
        index(by=by, file=fresh, identity=words, key=key)
    record(Act.SHEET_WRITTEN, object=file.id, reason=kind.value)


@transaction.atomic
def add_to_team(*, by: Actor, file: File, member: UUID, leads: bool) -> None:
    """Put a colleague on the file's team, or let her lead it. She must work inside its wall and not be excluded.

    Raises NotAble ("outside", "excluded", "unsigned", "not_team" for an actor who is not on it), ReasonNeeded.
    """
    fresh = locked(by, file, closed_too=True)
    _must_be_on_team(by, file)
    if Exclusion.objects.filter(file=file, member_id=member).exists():
        raise NotAble("excluded", member)
    if member != by.member and member not in {m.pk for m in able(by, Wall(file.wall))}:
        raise NotAble("outside", member)
    before = Assignment.objects.filter(file=file, until_on=None, leads=True).values_list("member_id", flat=True).first()
    if leads:
        Assignment.objects.filter(file=file, until_on=None, leads=True).update(leads=False)
    present = Assignment.objects.filter(file=file, member_id=member, until_on=None)
    if not present.exists():
        _join(by, file, member, leads=leads)
    elif leads:
        present.update(leads=True)
    if fresh.named:  # now that she is on the team: the database takes a key for nobody else
        _give_named(by, fresh, member)
    if leads and before not in (None, member):
        _passed(by, fresh, before, member)
    record(Act.FILE_TEAM, object=file.id, reason="lead" if leads else "join")


def _passed(by: Actor, file: File, leaver: UUID, heir: UUID, *, written: bool = False) -> None:
    """What waited for the one who leaves waits for her heir; and a letter is waited for, where none is written.

    Nobody can write one in a file that takes no more words.
    """
    Handover.objects.filter(file=file, to_member=leaver, seen_on=None).exclude(from_member=heir).update(to_member=heir)
    if not written and is_open(file):
        Handover.objects.create(centre_id=by.centre, file=file, from_member=leaver, to_member=heir, on=clock.today())


def _has_written(file: File, member: UUID) -> bool:
    """Whether who leaves a team has a letter there already, or one is waited for."""
    hers = Handover.objects.filter(file=file, from_member=member)
    since = Assignment.objects.get(file=file, member_id=member, until_on=None).from_on
    return hers.filter(Q(letter=None, seen_on=None) | Q(letter__isnull=False, on__gte=since)).exists()


def _join(by: Actor, file: File, member: UUID, *, leads: bool) -> None:
    """Put a member on the team. The database refuses who has no place inside the wall today, and who is still on a team
    on the other side of it (access.rules.SIDES). Of a colleague both are told alike: neither side tells of the other.
    """
    try:
        with transaction.atomic():
            Assignment.objects.create(
                centre_id=by.centre, file=file, member_id=member, leads=leads, from_on=clock.today()
            )
    except IntegrityError as why:
        raise NotAble("side" if member == by.member else "outside", member) from why


def _must_be_on_team(by: Actor, file: File) -> None:
    """An opening of an hour gives no right over the team."""
    if not Assignment.objects.filter(file=file, member_id=by.member, until_on=None).exists():
        raise NotAble("not_team")


def _give_named(by: Actor, file: File, member: UUID) -> None:
    assert by.holder is not None
    try:
        with transaction.atomic():
            give_case(holder=by.holder, centre=by.centre, case=file.id, member=member)
    except UnsignedKey as why:
        raise NotAble("unsigned", member) from why


def take_from_team(*, by: Actor, file: File, member: UUID) -> None:
    """End a colleague's work with the file: what she had to do in it is the lead's.

    Of a named one she loses the key, and what comes is under a new one.
    Raises LastOfTeam for the one who leads, NotAble("self") for oneself in a named file, ReasonNeeded.
    """
    fresh = locked(by, file, closed_too=True)
    _must_be_on_team(by, file)
    if fresh.named and member == by.member:
        raise NotAble("self")
    present = Assignment.objects.filter(file=file, member_id=member, until_on=None)
    if present.filter(leads=True).exists():
        raise LastOfTeam
    if not present.exists():
        raise NothingThere
    lead = Assignment.objects.get(file=file, until_on=None, leads=True).member_id
    Task.objects.filter(file=file, owner=member, done_on=None).update(owner=lead)  # first: herself she may leave
    _passed(by, fresh, member, lead, written=_has_written(file, member))
    present.update(until_on=Greatest("from_on", Value(clock.today())))  # the clock may have been set back
    if fresh.named:
        _renew_named(by, fresh)
    record(Act.FILE_TEAM, object=file.id, reason="leave")


def exclude(*, by: Actor, file: File, members: Collection[UUID]) -> None:
    """Make it a named file that these members can never hold; who is on the team stays, but none of them.

    The same holds for what has been merged into it: the database sees to it, and where the actor is in the part too its
    key is renewed (ADR 19).
    Raises NotAble ("self", "team", "part") for the actor herself, for who is on the team, and for who is on that of a
    part that the actor reads; ReasonNeeded.
    """
    fresh = locked(by, file)
    team = set(Assignment.objects.filter(file=file, until_on=None).values_list("member_id", flat=True))
    if by.member in members or team & set(members):
        raise NotAble("self" if by.member in members else "team")
    _must_be_on_team(by, file)
    merges = list(Merge.objects.filter(file=file, undone_at=None).select_related("other").order_by("other"))
    parts = [merge.other for merge in merges]
    if Assignment.objects.filter(file__in=parts, member_id__in=members, until_on=None).exists():
        raise NotAble("part")
    _exclude(by, fresh, members)
    _renew_named(by, fresh)
    record(Act.FILE_EXCLUDED, object=file.id, count=len(members))
    for merge in merges:
        part = locked(by, merge.other, closed_too=True)
        _renew_named(by, part)
        record(Act.FILE_EXCLUDED, object=part.id, count=len(members))
    become(case=file.id)


def _renew_named(by: Actor, fresh: File) -> None:
    """A new part of the key for the team as it is now; the words of before stay under theirs. Then a new index."""
    assert by.holder is not None
    team = set(Assignment.objects.filter(file=fresh, until_on=None).values_list("member_id", flat=True))
    team &= signed_members()  # who has left stays on the team until somebody ends it, but has no key any more
    part = uuid4()
    key = name_case(holder=by.holder, centre=by.centre, case=fresh.id, part=part, members=team)
    _change(fresh, named=True, part=part)
    index(by=by, file=fresh, identity=opened_identity(by, fresh), key=key)


def close(*, by: Actor, file: File, reason: CloseReason) -> None:
    """Close the file: nothing more is written in it. What it holds stays as long as the law says."""
    fresh = locked(by, file)
    _change(fresh, state=State.CLOSED, closed_on=clock.today(), closed_reason=reason.value)
    record(Act.FILE_CLOSED, object=file.id, reason=reason.value)


def reopen(*, by: Actor, file: File) -> None:
    """Open a closed file again; what was written is there."""
    fresh = locked(by, file, closed_too=True)
    if fresh.state == State.OPEN:
        raise AlreadyWritten
    if is_merged(fresh):
        raise Merged
    _change(fresh, state=State.OPEN, closed_on=None, closed_reason="")
    record(Act.FILE_REOPENED, object=file.id)


def tell(*, by: Actor, file: File, on: date) -> None:
    """Note the day she was told that she may apply for a decision (SoL 11:6)."""
    fresh = locked(by, file)
    _change(fresh, told_on=on)
    record(Act.SHEET_WRITTEN, object=file.id, reason="told")


def locked(by: Actor, file: File, *, closed_too: bool = False) -> File:
    """The file as it is now, its row held. Raises NothingThere, ReasonNeeded, Closed."""
    become(case=file.id)
    if not may_read_now(by, file):
        raise ReasonNeeded
    fresh = File.objects.select_for_update().filter(pk=file.pk).first()
    if fresh is None:
        raise NothingThere
    if fresh.state == State.CLOSED and not closed_too:
        raise Closed
    if not closed_too and is_merged(fresh):
        raise Merged
    if fresh.named and must_renew(by, fresh):
        _renew_named(by, fresh)
    return fresh


def _change(file: File, **values: object) -> None:
    for name, value in values.items():
        setattr(file, name, value)
    file.save(update_fields=list(values))
