"""Reading the log for an actor who may: page by page, by object, by member. Never a word of anybody's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import BooleanField, Count, Max, Min, Q, QuerySet
from django.db.models.expressions import RawSQL

from lykta.access.enums import Role
from lykta.access.rules import Actor, texts_of
from lykta.audit import said
from lykta.audit.enums import Act
from lykta.audit.models import Event, Head
from lykta.audit.rules import BY_MINUTE
from lykta.core import clock
from lykta.core.doors import WORKER
from lykta.desk.log.models import Ref
from lykta.desk.log.reasons import WHY, page_named
from lykta.desk.log.rules import Cursor, Filter, Only, bounds
from lykta.people.models import Colleague

PAGE = 50
MOST_LISTED = 2000
"""Events in the list for the person concerned; more than any file has been opened in its life."""
MEMBER_DAYS = 30

# To the letter as in the partial indexes of audit's migration 0004.
NARROW = {
    Only.REFUSED: "act ~ 'refused$'",
    Only.REASONED: "(reason ~ '(stand_in|urgent|same_|own_|protected)' OR act = 'cases:file:open')",
    Only.READINGS: "act ~ ':read$'",
}


@dataclass(frozen=True)
class Line:
    """One event as it is told. at: None where the chain knows the day alone. count: texts opened, of a reading."""

    chain: str
    seq: int
    on: date
    at: datetime | None
    who: str
    member: UUID | None
    deed: str
    object: UUID | None
    of_member: bool
    ref: str
    why: str
    count: int
    refused: bool
    marked: bool

    @property
    def has_subject(self) -> bool:
        """Whether the words of the deed want to be said of somebody."""
        return said.has_subject(self.deed)

    @property
    def key(self) -> str:
        """The event's name in its house."""
        return f"{self.chain}:{self.seq}"


@dataclass(frozen=True)
class Page:
    """Lines, newest first, and where the next page begins; None on the last."""

    lines: list[Line]
    after: Cursor | None


@dataclass(frozen=True)
class Names:
    """What members and objects are called, for lines."""

    members: dict[UUID, Colleague]
    refs: dict[UUID, str]

    def who(self, event: Event) -> str:
        """Who did it, in words."""
        if event.actor is None:
            return {"public": "Den som skriver", "agency": "Någon i samverkan"}.get(event.chain, "Någon vid dörren")
        return self.of(event.actor)

    def of(self, member: UUID) -> str:
        """A member's name; those who are forgotten have none. What is done on the server is the house's own doing."""
        if member == WORKER:
            return "Huset självt"
        found = self.members.get(member)
        return found.name if found else "En tidigare medarbetare"

    def ref(self, object: UUID | None) -> str:
        """What an event is about: a reference, a member's name, or the end of an id that nothing is left of."""
        if object is None:
            return ""
        if object in self.members:
            return self.members[object].name
        return self.refs.get(object) or f"…{object.hex[-6:]}"


def members(actor: Actor) -> list[Colleague]:
    """Everybody who works or has worked at the centre, by name."""
    return sorted(Colleague.objects.filter(centre_id=actor.centre), key=lambda m: (not m.is_active, m.name))


def names(actor: Actor, objects: Iterable[UUID | None] = ()) -> Names:
    """Names of all members, and of these things."""
    wanted = {object for object in objects if object}
    refs = dict(Ref.objects.filter(centre_id=actor.centre, id__in=wanted).values_list("id", "ref")) if wanted else {}
    return Names({m.pk: m for m in Colleague.objects.filter(centre_id=actor.centre)}, refs)


def ref_of(actor: Actor, object: UUID) -> str:
    """What one thing is called."""
    return names(actor, [object]).ref(object)


def object_named(actor: Actor, ref: str) -> UUID | None:
    """The id behind a reference as staff say it, `D-7K2M4Q`; None where there is none."""
    return Ref.objects.filter(centre_id=actor.centre, ref=ref.strip().upper()).values_list("id", flat=True).first()


def events(actor: Actor, asked: Filter) -> QuerySet[Event]:
    """The events a filter asks for, newest first. Within a chain the number tells the order; days have none finer."""
    rows = Event.objects.filter(centre_id=actor.centre)
    for name in ("actor", "object", "act", "chain"):
        value = asked.member if name == "actor" else getattr(asked, name)
        if value:
            rows = rows.filter(**{name: value})
    if asked.since or asked.until:
        rows = rows.filter(_within(asked))
    if asked.only:
        rows = rows.filter(RawSQL(NARROW[asked.only], (), output_field=BooleanField()))
    return rows.order_by("-at", "-seq", "-chain")


def _within(asked: Filter) -> Q:
    fine = bounds(asked.since, asked.until, zone=clock.STOCKHOLM)
    bare = bounds(asked.since, asked.until, zone=UTC)
    within = Q()
    if fine.since and bare.since:
        # The bound that is wide enough for both comes first, alone: it is what an index can use.
        within &= Q(at__gte=min(fine.since, bare.since))
        within &= Q(chain__in=BY_MINUTE, at__gte=fine.since) | (~Q(chain__in=BY_MINUTE) & Q(at__gte=bare.since))
    if fine.until and bare.until:
        within &= Q(at__lt=max(fine.until, bare.until))
        within &= Q(chain__in=BY_MINUTE, at__lt=fine.until) | (~Q(chain__in=BY_MINUTE) & Q(at__lt=bare.until))
    return within


def page(actor: Actor, asked: Filter, *, after: Cursor | None = None, size: int = PAGE) -> Page:
    """One page of what a filter asks for. As quick on the last page as on the first: nothing is counted or skipped."""
    rows = events(actor, asked)
    if after:
        row = RawSQL("(at, seq, chain) < (%s, %s, %s)", (after.at, after.seq, after.chain), output_field=BooleanField())
        rows = rows.filter(row)
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(lines(actor, found[:size]), Cursor(last.at, last.seq, last.chain) if last else None)


def is_known(actor: Actor, object: UUID) -> bool:
    """Whether the log tells anything of this thing."""
    return Event.objects.filter(centre_id=actor.centre, object=object).exists()


def lines(actor: Actor, found: list[Event]) -> list[Line]:
    """Events as they are told."""
    named = names(actor, (event.object for event in found))
    return [_line(event, named) for event in found]


def _line(event: Event, named: Names) -> Line:
    fine = event.chain in BY_MINUTE
    local = event.at.astimezone(clock.STOCKHOLM) if fine else event.at.astimezone(UTC)
    codes = said.codes(event.reason)
    return Line(
        chain=event.chain,
        seq=event.seq,
        on=local.date(),
        at=event.at if fine else None,
        who=named.who(event),
        member=event.actor if event.actor in named.members else None,
        deed=said.deed(event.act),
        object=event.object,
        of_member=event.object in named.members,
        ref=named.ref(event.object) if event.object != event.actor else "",
        why=page_named(event.reason) if event.act == Act.REFUSED else said.why(event.reason, WHY),
        count=event.count if event.act.endswith(":read") else 0,
        refused=event.act.endswith("refused"),
        marked=bool(codes & (said.MARKS.keys() | said.ASKED.keys())) or event.act == Act.FILE_OPENED,
    )


@dataclass(frozen=True)
class Opener:
    """How often one member has opened the words of one thing, and between which days."""

    member: UUID | None
    who: str
    times: int
    first_on: date
    last_on: date


def openers(actor: Actor, object: UUID) -> list[Opener]:
    """Who has opened this, most often first. Readings of the log are not counted: they open no words of hers."""
    opened = Event.objects.filter(centre_id=actor.centre, object=object, act__endswith=":read")
    opened = opened.exclude(act__startswith="audit:")
    rows = opened.values("actor").annotate(times=Count("*"), first=Min("at"), last=Max("at")).order_by("-times")
    named = names(actor)
    return [
        Opener(
            member=row["actor"] if row["actor"] in named.members else None,
            who=named.of(row["actor"]) if row["actor"] else "Någon vid dörren",
            times=row["times"],
            first_on=row["first"].astimezone(clock.STOCKHOLM).date(),
            last_on=row["last"].astimezone(clock.STOCKHOLM).date(),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Habit:
    """What a member has done lately, in numbers."""

    readings: int
    things: int
    reasoned: int
    refused: int


def habit(actor: Actor, member: UUID) -> Habit:
    """The last MEMBER_DAYS days of a member."""
    since = clock.today() - timedelta(days=MEMBER_DAYS - 1)
    rows = events(actor, Filter(member=member, since=since)).order_by()
    read = Q(act__endswith=":read") & ~Q(act__startswith="audit:")
    told = rows.aggregate(
        readings=Count("seq", filter=read),
        things=Count("object", filter=read, distinct=True),
        reasoned=Count("seq", filter=Q(RawSQL(NARROW[Only.REASONED], (), output_field=BooleanField()))),
        refused=Count("seq", filter=Q(act__endswith="refused")),
    )
    return Habit(**told)


def role_of(member: Colleague) -> str:
    """What a member does, her main role only."""
    return texts_of(Role(member.role), ())[0].name


AT_WORK = "är med i akten"
"""The purpose of who is on a file's team: nobody else does anything in it without giving a reason."""


@dataclass(frozen=True)
class Given:
    """One row of the list for the person concerned. who: the member's role, or her name where that is given out.

    why: in every row of a file, for the law gives a right to know the purpose (SoLPuL, section 10; EU 2016/679, 15).
    """

    line: Line
    who: str
    why: str


def given_list(actor: Actor, object: UUID, *, with_names: bool) -> list[Given]:
    """Everything that was done with one thing, oldest first, for the person it concerns; not who has read the log."""
    asked = events(actor, Filter(object=object)).exclude(act__startswith="audit:")
    found = list(asked[:MOST_LISTED])[::-1]
    roles = {m.pk: role_of(m) for m in Colleague.objects.filter(centre_id=actor.centre)}
    return [
        Given(
            line,
            line.who if with_names or line.member is None else roles[line.member],
            line.why or (AT_WORK if event.act.startswith("cases:") and line.member else ""),
        )
        for event, line in zip(found, lines(actor, found), strict=True)
    ]


def rows_in_all(actor: Actor) -> int:
    """How many events the log has, from the chains' heads: nothing is counted."""
    return sum(Head.objects.filter(centre_id=actor.centre).values_list("seq", flat=True))
