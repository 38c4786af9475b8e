"""Merging two files of one person, and taking them apart again: a link that is made and ended, and nothing moved."""

import json
from uuid import UUID

from django.db import IntegrityError, transaction

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import locked
from lykta.cases.enums import SheetKind
from lykta.cases.errors import AlreadyWritten, NotAble, NothingThere, Unsound, WrongStep
from lykta.cases.merging import half
from lykta.cases.merging_rules import loosens, merge_fault
from lykta.cases.models import Assignment, File, Merge
from lykta.cases.places import merge_place
from lykta.cases.queries import sheet_for
from lykta.cases.reached import safe_of
from lykta.cases.rules import fault_of_text
from lykta.cases.writing import key_of
from lykta.core import clock
from lykta.core.doors import become
from lykta.sealing.words import seal


def merge(*, by: Actor, lead: File, part: File, merge: UUID, why: str) -> None:
    """Make `part` a part of `lead`: from now on it is read with it, and nothing new is written in it.

    merge: the form's own id. Raises Unsound (why: "empty", "long"), NothingThere, NotAble (see
    merging_rules.merge_fault; "contact" where the leading file lets her be reached where the other says no), WrongStep
    where a colleague was quicker, AlreadyWritten, ReasonNeeded.
    """
    _both_held(by, lead, part)
    if Merge.objects.filter(pk=merge).exists():
        raise AlreadyWritten
    if fault := fault_of_text(why):
        raise Unsound({"why": fault})
    become(case=part.pk)
    its, its_contact = half(part), sheet_for(by, part, SheetKind.SAFE_CONTACT).words
    become(case=lead.pk)
    own, contact = half(lead), sheet_for(by, lead, SheetKind.SAFE_CONTACT).words
    if fault := merge_fault(by.member, own, its):
        raise NothingThere if fault == "none" else NotAble(fault)
    hidden = its_contact.get("not_to_know") and not contact.get("not_to_know")
    if hidden or loosens(safe_of(contact) if contact else None, safe_of(its_contact) if its_contact else None):
        raise NotAble("contact")
    row = Merge(
        id=merge, centre_id=by.centre, file=lead, other=part, at=clock.now(), by=by.member, part=lead.part,
        sealed=_sealed(by, lead, merge, "words", why),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as late:  # the database has seen what a colleague did meanwhile
        raise WrongStep from late
    record(Act.FILES_MERGED, object=part.pk)
    record(Act.FILES_MERGED, object=lead.pk)


def part_again(*, by: Actor, file: File, merge: UUID, why: str) -> None:
    """Take two merged files apart: each is what it was. file: either of them. Who is on both teams may, at any time.

    Raises Unsound (why), NothingThere, NotAble ("both") for who is not on both teams, AlreadyWritten where it is done.
    """
    row = Merge.objects.select_related("file", "other").filter(pk=merge).first()
    if row is None or file.pk not in (row.file_id, row.other_id):
        raise NothingThere
    if fault := fault_of_text(why):
        raise Unsound({"why": fault})
    lead, part = row.file, row.other
    _both_held(by, lead, part)
    mine = Assignment.objects.filter(file__in=(lead, part), member_id=by.member, until_on=None)
    if mine.count() < 2:
        raise NotAble("both")
    ended = Merge.objects.filter(pk=merge, undone_at=None).update(
        undone_at=clock.now(),
        undone_by=by.member,
        undone_part=lead.part,
        undone_sealed=_sealed(by, lead, merge, "undone", why),
    )
    if not ended:
        raise AlreadyWritten
    record(Act.FILES_PARTED, object=part.pk)
    record(Act.FILES_PARTED, object=lead.pk)


def _both_held(by: Actor, lead: File, part: File) -> None:
    """Hold both files' rows, always in one order, and be in the leading one's keys at the end."""
    for one in sorted((lead, part), key=lambda file: file.pk):
        fresh = locked(by, one, closed_too=True)
        one.part, one.state, one.named = fresh.part, fresh.state, fresh.named
    become(case=lead.pk)


def _sealed(by: Actor, lead: File, merge: UUID, field: str, why: str) -> bytes:
    words = json.dumps({"text": why.strip()}, ensure_ascii=False).encode()
    return seal(key_of(by, lead), merge_place(lead.pk, merge, field), words)
