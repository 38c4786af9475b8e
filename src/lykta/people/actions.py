"""What is done with the centre's own facts: one function per deed, each within the request's own transaction."""

from collections.abc import Container, Sequence
from datetime import date
from uuid import UUID

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.people.errors import FactsRefused
from lykta.people.facts import CentreWords, Hours, OwnPhone
from lykta.people.hours import overlapping
from lykta.people.models import Centre, CentrePhone, OpenSpan, OtherHours
from lykta.sealing.signing import holds_house

LEAST_FIGURES, MOST_FIGURES = 3, 15


def change_words(*, by: Actor, words: CentreWords, county: Container[str]) -> None:
    """Change who the centre is. county: codes of the municipalities there are. Raises FactsRefused."""
    _check_key(by)
    check_words(words, county=county)
    Centre.objects.filter(pk=by.centre).update(
        name=words.name,
        board=words.board,
        municipalities=list(words.municipalities),
        email=words.email,
        address=words.address,
    )
    record(Act.CENTRE_CHANGED, object=by.centre, reason="words")


def change_phones(*, by: Actor, phones: Sequence[OwnPhone], on: date) -> None:
    """Put these numbers in place of the centre's own. Raises FactsRefused."""
    _check_key(by)
    check_phones(phones, on=on)
    CentrePhone.objects.filter(centre_id=by.centre).delete()
    add_phones(by.centre, phones)
    record(Act.CENTRE_CHANGED, object=by.centre, reason="phones")


def change_hours(*, by: Actor, hours: Hours) -> None:
    """Put these hours in place of the centre's own. Raises FactsRefused."""
    _check_key(by)
    check_hours(hours)
    Centre.objects.filter(pk=by.centre).update(shut_on_holidays=hours.shut_on_holidays)
    OpenSpan.objects.filter(centre_id=by.centre).delete()
    OtherHours.objects.filter(centre_id=by.centre).delete()
    add_hours(by.centre, hours)
    record(Act.CENTRE_CHANGED, object=by.centre, reason="hours")


def _check_key(by: Actor) -> None:
    """Raise FactsRefused for who lacks the house's ring: the database would refuse too, in its own words."""
    if not holds_house(by.member):
        raise FactsRefused("no key")


def check_words(words: CentreWords, *, county: Container[str]) -> None:
    """Raise FactsRefused for a municipality that is not in the county, or where there is none."""
    if not words.municipalities:
        raise FactsRefused("no municipality")
    for code in words.municipalities:
        if code not in county:
            raise FactsRefused("not in the county", code)


def check_phones(phones: Sequence[OwnPhone], *, on: date) -> None:
    """Raise FactsRefused for a number nobody can dial, one checked in the future, or one that stands twice."""
    for phone in phones:
        if not LEAST_FIGURES <= len(phone.tel.lstrip("+")) <= MOST_FIGURES:
            raise FactsRefused("number", phone.number)
        if phone.checked_on > on:
            raise FactsRefused("checked later", phone.number)
    keys = [(phone.use, phone.tel) for phone in phones]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise FactsRefused("twice", twice[1])


def check_hours(hours: Hours) -> None:
    """Raise FactsRefused where two exceptions claim the same day."""
    if found := overlapping(hours.exceptions):
        raise FactsRefused("exceptions overlap", f"{found[0].from_on} {found[1].from_on}")


def add_phones(centre: UUID, phones: Sequence[OwnPhone]) -> None:
    """Write the numbers, in their order, where there are none."""
    CentrePhone.objects.bulk_create(
        CentrePhone(centre_id=centre, use=one.use, number=one.number, checked_on=one.checked_on, position=at)
        for at, one in enumerate(phones)
    )


def add_hours(centre: UUID, hours: Hours) -> None:
    """Write week and exceptions, where there are none. The database itself refuses what overlaps."""
    OpenSpan.objects.bulk_create(
        OpenSpan(centre_id=centre, weekday=day, opens=span.opens, closes=span.closes)
        for day, spans in hours.week.items()
        for span in spans
    )
    OtherHours.objects.bulk_create(
        OtherHours(
            centre_id=centre,
            from_on=one.from_on,
            until_on=one.until_on,
            spans=[[span.opens, span.closes] for span in one.spans],
            why=one.why,
        )
        for one in hours.exceptions
    )
