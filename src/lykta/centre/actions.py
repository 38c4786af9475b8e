"""Making a centre, and opening it to the public: each in one transaction, or not at all."""

from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction

from lykta.access.actions import give_places
from lykta.access.rules import Actor, Term, rings_of
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.centre import said, word
from lykta.centre.checks import checks, may_open
from lykta.centre.errors import AlreadyInstalled, NotReady
from lykta.centre.models import Installation
from lykta.centre.plan import Person, Plan
from lykta.centre.queries import facts_for, is_vacant
from lykta.core import clock
from lykta.core.doors import become
from lykta.people.actions import add_hours, add_phones
from lykta.people.errors import AddressTaken
from lykta.people.models import Centre, Member
from lykta.public.actions import publish
from lykta.sealing.actions import make_recovery_ring, make_ring, make_staff_pair, share_ring
from lykta.sealing.enums import OF_HOUSE, RingName
from lykta.sealing.models import Ring
from lykta.sealing.signing import take_off_machine

type Made = dict[RingName, tuple[Ring, bytes]]


def install(*, plan: Plan) -> Member:
    """Make the centre: recovery, rings, the first two members, facts; the seed leaves the machine. Gives the head.

    Within the staff door of a vacant house; the head acts, so that every event of it has somebody's name. What fails
    half-way, or is killed, leaves an empty house. Raises AlreadyInstalled and AddressTaken.
    """
    with transaction.atomic():
        if said.load(locked=True) is None or not is_vacant():
            raise AlreadyInstalled
        head = _make(plan)
        record(Act.CENTRE_INSTALLED, object=settings.LYKTA_CENTRE)
    return Member.objects.get(pk=head)


def _make(plan: Plan) -> UUID:
    """Everything there is in a new house. The centre's own row comes last: what may be made here ends with it."""
    centre, ids = settings.LYKTA_CENTRE, [uuid4() for _ in plan.people]
    become(actor=ids[0])
    recovery = make_recovery_ring(centre=centre, public=plan.recovery)
    rings: Made = {name: make_ring(centre=centre, name=name) for name in OF_HOUSE}
    for member, person, password in zip(ids, plan.people, plan.passwords, strict=True):
        _let_in(member, person, password, rings)
    become(actor=ids[0])
    add_phones(centre, plan.phones)
    add_hours(centre, plan.hours)
    take_off_machine(house=rings[RingName.HOUSE][0], recovery=recovery)
    Centre.objects.create(
        centre_id=centre,
        name=plan.words.name,
        board=plan.words.board,
        municipalities=list(plan.words.municipalities),
        email=plan.words.email,
        address=plan.words.address,
        languages=list(plan.languages),
        shut_on_holidays=plan.hours.shut_on_holidays,
    )
    Installation.objects.filter(pk=centre).delete()
    transaction.on_commit(word.forget)
    return ids[0]


def open_to_public(*, by: Actor) -> int:
    """Publish the whole site and open it: from now on visitors read and write. Gives how many addresses there are.

    Nothing of it is shown where it can't be published whole. Raises NotReady, PageFault, CatalogueError and NoRoom.
    """
    with transaction.atomic():
        centre = Centre.objects.select_for_update().get(pk=by.centre)
        if centre.opened_on or not may_open(checks(facts_for(by), on=clock.today())):
            raise NotReady
        Centre.objects.filter(pk=by.centre).update(opened_on=clock.today())
        record(Act.CENTRE_OPENED, object=by.centre)
        return publish(by=by).answers


def _let_in(member: UUID, person: Person, password: str, rings: Made) -> None:
    """One of the first two, with pair, places and a share of every ring her work needs. Raises AddressTaken."""
    centre = settings.LYKTA_CENTRE
    become(actor=member)  # her own address, and nobody else's
    row = Member(id=member, centre_id=centre, email=person.email, name=person.name, role=person.role)
    row.joined_on = clock.today()
    row.set_password(password)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            EmailAddress.objects.create(user=row, email=person.email, verified=True, primary=True)
    except IntegrityError as taken:
        raise AddressTaken(person.name) from taken
    make_staff_pair(centre=centre, member=member, password=password)
    give_places(centre=centre, member=member, terms=[Term(wall, clock.today()) for wall in sorted(person.walls)])
    for name in sorted(rings_of(person.role, person.walls)):
        ring, private = rings[name]
        share_ring(ring=ring, private=private, member=member)
    record(Act.PAIR_SIGNED, object=member)
    record(Act.MEMBER_ADMITTED, object=member, reason=person.role.value)
