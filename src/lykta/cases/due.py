"""What is due in the files one works with: one list, without a name or a word (SoLPuL, section 7 a)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lykta.access.rules import Actor
from lykta.cases.models import Assignment


@dataclass(frozen=True)
class Due:
    """One line. page: the name of the file's page where it is done. on: the last day in time."""

    page: str
    file: UUID
    ref: str
    what: str
    waits: str
    on: date
    late: bool


def own_files(actor: Actor) -> QuerySet[Assignment, Any]:
    """Ids of the files the actor works with today."""
    return Assignment.objects.filter(member_id=actor.member, until_on=None).values("file_id")
