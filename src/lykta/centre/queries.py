"""Whether there is something to install, with which languages one may begin, and what is left to do."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection

from lykta.access.rules import Actor
from lykta.audit.enums import Act
from lykta.audit.models import Event
from lykta.catalogue.source import read_catalogue
from lykta.centre.checks import Facts
from lykta.core.languages import Language, languages
from lykta.people.models import Colleague
from lykta.people.queries import centre_of, hours_of, phones_of
from lykta.public.content import PAGES, pages_in
from lykta.sealing.enums import RingName
from lykta.sealing.models import RingShare

LOCAL = {"127.0.0.1", "localhost", "[::1]"}


@dataclass(frozen=True)
class Tongue:
    """A language and the pages it lacks of those the first one has."""

    language: Language
    lacks: tuple[str, ...]


def facts_for(actor: Actor) -> Facts:
    """What this process knows of its installation, for who may change it."""
    contact, holders = _holders()
    names = {m.pk: m.name for m in Colleague.objects.filter(centre_id=actor.centre, is_active=True)}
    readers = {names[member]: _has_second_factor(member) for member in contact if member in names}
    centre = centre_of(actor)
    phones = phones_of(centre)
    return Facts(
        https=settings.SESSION_COOKIE_SECURE,
        local=set(settings.ALLOWED_HOSTS) <= LOCAL,
        readers=dict(sorted(readers.items())),
        holders=holders,
        own_factors=_factors(actor.member),
        phones=len(phones),
        oldest_check=min((phone.checked_on for phone in phones), default=None),
        open_days=len(hours_of(centre).week),
    )


def _factors(member: UUID) -> int:
    """Her own, without the codes on paper."""
    mine = Authenticator.objects.filter(user_id=member).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return int(mine.count())


def _holders() -> tuple[list[UUID], dict[str, int]]:
    """Who can open the contact ring, and how many can open each ring, by the words staff know it by."""
    shares = list(RingShare.objects.values_list("ring__name", "member_id").distinct())
    counted = Counter(RingName(name).label for name, _ in shares)
    return [member for name, member in shares if name == RingName.CONTACT], dict(sorted(counted.items()))


def _has_second_factor(member: UUID) -> bool:
    """Told by the log: a colleague's factors are nobody else's to see."""
    return Event.objects.filter(act=Act.SECOND_FACTOR_ADDED, object=member).exists()


def is_vacant() -> bool:
    """Whether a centre is to be made here and none stands, as the database says. Within the staff door."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_vacant()")
        return bool(cursor.fetchone()[0])


def tongues() -> list[Tongue]:
    """Every language there is a row for, the first one first."""
    have: dict[str, set[str]] = {}
    for page in pages_in(PAGES):
        have.setdefault(page.lang, set()).add(page.slug)
    first = have[languages()[0].code]
    spoken = read_catalogue().languages
    return [Tongue(row, _lacks(row, first, have, spoken)) for row in languages()]


def _lacks(row: Language, first: set[str], have: Mapping[str, set[str]], spoken: tuple[str, ...]) -> tuple[str, ...]:
    pages = tuple(sorted(first - have.get(row.code, set())))
    return pages if row.code in spoken else (*pages, "services")
