"""Making the copy of a file: what was chosen is sealed, what was made is never kept."""

import hashlib
from uuid import UUID, uuid5

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import locked
from lykta.cases.errors import Moved, NotAble, Unsound
from lykta.cases.extract import readings_of, whole
from lykta.cases.extract_enums import Receiver
from lykta.cases.extract_paper import extract_pdf
from lykta.cases.extract_rules import Chosen, chosen_faults
from lykta.cases.models import Extract, File
from lykta.cases.queries import opening_of
from lykta.cases.reading import sealed_into
from lykta.core import clock
from lykta.people.queries import centre_of

REASONS = {Receiver.PERSON: "for_person", Receiver.GUARDIAN: "for_guardian"}


def make_extract(*, by: Actor, file: File, once: UUID, chosen: Chosen, seen: str) -> bytes:
    """The copy as a PDF. once: the form's own id. seen: the mark of what the page showed (extract_rules.mark_of).

    Sent twice with the same choices it is made twice and written once. A closed file too is given to whom it is about.
    Raises NotAble ("not_team") for who has the file open for an hour, Moved where something has been written since,
    Unsound (see chosen_faults; "receiver" where it can't be given to that one), NotSet, ReasonNeeded.
    """
    fresh = locked(by, file, closed_too=True)
    if opening_of(by, fresh) is not None:
        raise NotAble("not_team")
    told = whole(by, fresh, chosen.receiver)
    if told.receiver != chosen.receiver:
        raise Unsound({"receiver": "receiver"})
    if faults := chosen_faults(told.pieces, chosen):
        raise Unsound(faults)
    if told.mark != seen:
        raise Moved
    is_listed = chosen.readers and chosen.receiver == Receiver.PERSON
    pdf = extract_pdf(
        told,
        chosen,
        ref=fresh.ref,
        centre=centre_of(by).name,
        by=by.name,
        at=clock.now(),
        readings=readings_of(by, fresh) if is_listed else (),
    )
    words = {
        "receiver": chosen.receiver.value,
        "who": chosen.who.strip(),
        "keep": sorted(map(str, chosen.keep)),
        "release": sorted(map(str, chosen.release)),
        "ground": chosen.ground.value,
        "reason": chosen.reason.strip(),
        "readers": is_listed,
    }
    row = uuid5(once, hashlib.sha256(repr(words).encode()).hexdigest())
    if not Extract.objects.filter(pk=row).exists():
        sealed_into(by, fresh, Extract(id=row, file=fresh), words)
    record(Act.EXTRACT_MADE, object=file.pk, reason=REASONS[chosen.receiver])
    return pdf
