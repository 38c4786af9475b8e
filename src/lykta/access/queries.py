"""Reading who works where."""

from uuid import UUID

from lykta.access.models import Place
from lykta.access.rules import Term


def terms_of(member: UUID) -> list[Term]:
    """A member's terms inside walls, past and future, by the day they begin."""
    return [place.term for place in Place.objects.filter(member_id=member).order_by("from_on", "wall")]
