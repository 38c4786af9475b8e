"""After a ring was turned: moving data keys from its earlier versions to the newest, by whoever holds both.

A batch at a time, in the session of any holder who is signed in; nobody else can. What is not moved yet stays
readable to those who hold the earlier version, so it may be broken off and taken up again at any time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core.doors import become
from lykta.sealing import boxes
from lykta.sealing.actions import hold_case
from lykta.sealing.enums import RingName
from lykta.sealing.holder import Holder
from lykta.sealing.models import Ring, RingShare, Wrap
from lykta.sealing.queries import newest_rings, ring_private, wrap_context

BATCH = 200


@dataclass(frozen=True)
class Turned:
    """How far a batch came: keys moved now, keys left under earlier versions."""

    moved: int
    left: int


@dataclass(frozen=True)
class Way:
    """How far the moving of one ring's keys has come."""

    name: RingName
    moved: int
    left: int

    @property
    def percent(self) -> int:
        """Whole percent, never 100 while something is left."""
        return self.moved * 100 // (self.moved + self.left)


def ways(holder: Holder) -> list[Way]:
    """Each ring of the holder's that has been turned and from whose earlier versions something must still be moved."""
    found = []
    for new, old in _turned_rings(holder):
        if left := Wrap.objects.filter(ring__in=old).count():
            found.append(Way(RingName(new.name), Wrap.objects.filter(ring=new).count(), left))
    return found


def turn_wraps(holder: Holder, *, limit: int = BATCH) -> Turned:
    """Move up to `limit` data keys to the newest version of their ring; shares nobody needs any more are taken away."""
    moved, left = 0, 0
    for new, old in _turned_rings(holder):
        wraps = list(
            Wrap.objects.filter(ring__in=old).select_related("ring").order_by("case_id", "id")[: limit - moved]
        )
        for case, of_case in groupby(wraps, key=lambda w: w.case_id):
            moved += _move(holder, new, case, of_case)
        still = Wrap.objects.filter(ring__in=old).count()
        if not still:
            RingShare.objects.filter(ring__in=old).delete()
        left += still
    if moved:
        record(Act.WRAPS_TURNED, count=moved)
    return Turned(moved, left)


def _turned_rings(holder: Holder) -> list[tuple[Ring, list[Ring]]]:
    """Each ring whose newest version the holder has, with the earlier versions she has as well."""
    mine = list(Ring.objects.filter(shares__member_id=holder.member).order_by("name", "version"))
    found = []
    for name, versions in groupby(mine, key=lambda ring: ring.name):
        have = list(versions)
        if len(have) == 1:
            continue
        newest = newest_rings(RingName(name))[0]
        if newest in have:
            found.append((newest, [ring for ring in have if ring != newest]))
    return found


def _move(holder: Holder, new: Ring, case: UUID, wraps: Iterable[Wrap]) -> int:
    """Move one case's keys. Asked again under the lock: what was destroyed meanwhile must stay destroyed."""
    hold_case(case)
    become(case=case)
    moved = 0
    for wrap in wraps:
        if not Wrap.objects.filter(pk=wrap.pk).delete()[0]:
            continue
        key = boxes.take(ring_private(holder, wrap.ring), wrap_context(wrap.ring, case, wrap.part), bytes(wrap.box))
        Wrap.objects.create(
            centre_id=wrap.centre_id,
            case_id=case,
            part=wrap.part,
            ring=new,
            box=boxes.give(bytes(new.public), wrap_context(new, case, wrap.part), key),
        )
        moved += 1
    become(case=None)
    return moved
