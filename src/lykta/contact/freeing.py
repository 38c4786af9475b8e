"""What becomes of a member's dialogues when she is let go: they are free again, with a mark."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.dispatch import receiver

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.people.leaving import left


@receiver(left)
def free_dialogues(member: UUID, **_: Any) -> None:
    """Free what she had. Nothing of it is read, and the keys move on as those of all others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_free_dialogues(%s)", [member])
        freed = cursor.fetchone()[0]
    if freed:
        record(Act.DIALOGUES_FREED, object=member, count=freed)
