"""Staff, walls and files as a machine that takes any step anybody could take, beside a plain model of who may read.

After every step somebody tries to read some file: through the room, by hand-typed SQL as the staff's door, now and
then on the page, and with her own private key and a copy of the whole database. The model knows what each must find.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from journeys.house import House
from journeys.thief import notes_opened
from lykta.access.enums import Role, Wall
from lykta.access.errors import AccessError
from lykta.access.rules import Actor, Term
from lykta.cases import actions, glass, glass_actions, queries
from lykta.cases.enums import CloseReason, Mode, OpenReason
from lykta.cases.errors import CasesError, NothingThere, ReasonNeeded
from lykta.cases.models import Ask
from lykta.core import clock
from lykta.core.doors import door
from lykta.people import duties, keys, leaving
from lykta.people.enums import ChangeReason
from lykta.people.errors import PeopleError
from lykta.people.models import Member
from lykta.people.queries import walls_of
from lykta.sealing.actions import turn_ring
from lykta.sealing.enums import RingName
from lykta.sealing.errors import NotHolder, SealingError
from lykta.sealing.holder import Holder
from lykta.sealing.signing import open_seed
from lykta.sealing.turning import turn_wraps

REFUSALS = (CasesError, PeopleError, AccessError, SealingError)
SIDES = (Wall.EXPOSED, Wall.USING_VIOLENCE)
CAST = {"Maja": Wall.EXPOSED, "Tomas": Wall.EXPOSED, "Sara": Wall.EXPOSED, "Ingrid": Wall.USING_VIOLENCE,
        "Nils": Wall.USING_VIOLENCE}  # fmt: skip
BEGUN = ((0, Wall.EXPOSED, False), (1, Wall.EXPOSED, True), (3, Wall.USING_VIOLENCE, False))
"""Who has opened what before the first step."""
MOST_FILES, MOST_PEOPLE = 5, 9
JOIN = """INSERT INTO cases_assignment (id, centre_id, file_id, member_id, leads, from_on)
VALUES (gen_random_uuid(), %(centre)s, %(file)s, %(who)s, false, CURRENT_DATE)"""
OPEN = "SELECT lykta_open_file(gen_random_uuid(), %(file)s, 'urgent', gen_random_uuid(), 'x')"
WRAP = """INSERT INTO sealing_memberwrap (id, centre_id, case_id, part, member_id, box)
VALUES (gen_random_uuid(), %(centre)s, %(file)s, gen_random_uuid(), %(to)s, 'x')"""
GRANT = "SELECT lykta_answer_ask(%(ask)s, true, NULL)"
MOST_ASKS = 5
HOUR_GOES = (
    ("cases_opening", "at", "file_id"),
    ("cases_ask", "answered_at", "file_id"),
    ("sealing_memberwrap", "until", "case_id"),
)
"""What makes an hour of a file: all of it is as if it had been so much earlier."""
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@dataclass(eq=False)
class Person:
    """A member as the model knows her. rings: those she has been let into and not been taken out of."""

    row: Member
    holder: Holder
    walls: set[Wall] = field(default_factory=set)
    rings: set[Wall] = field(default_factory=set)
    here: bool = True

    @property
    def signed(self) -> bool:
        """Whether something can be given to her own key."""
        return self.here

    @property
    def id(self) -> UUID:
        return self.row.pk

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self.row.name))


@dataclass(eq=False)
class Lent:
    """A named file lent to somebody. lasts: her hour is not over. copied: the database still has her wraps."""

    who: Person
    lasts: bool = True
    copied: bool = True


@dataclass(eq=False)
class Question:
    """Somebody has asked for a file. about: a named one she could be let into then. given: who can read her words."""

    id: UUID
    who: Person
    paper: "Paper"
    about: bool
    given: set[Person]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(f"{self.who.row.name} asks for {str(self.paper.id)[:4]}")


@dataclass(eq=False)
class Paper:
    """A file as the model knows it. holders: of a named one, who has its keys for good. among: all files there are."""

    id: UUID
    wall: Wall
    named: bool
    lead: Person
    team: set[Person]
    holders: set[Person]
    among: list["Paper"] = field(default_factory=list)
    excluded: set[Person] = field(default_factory=set)
    openings: set[Person] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    is_open: bool = True
    lent: Lent | None = None

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(f"file {str(self.id)[:4]}{' named' if self.named else ''}")

    def renew(self) -> None:
        """A new key for the team, as far as it still works here; what was lent is over."""
        self.holders = {who for who in self.team if who.here}
        self.lent = None

    def may_borrow(self, who: Person) -> bool:
        """Whether she may be let into it for an hour: inside its wall, and on no team on the other side."""
        sides = any(who in other.team and other.wall != self.wall for other in self.among)
        return self.named and self.wall in who.walls and who not in self.excluded | self.team and not sides

    def is_lent(self, who: Person) -> bool:
        """Whether her hour in it holds."""
        return bool(self.lent and self.lent.who is who and self.lent.lasts and self.may_borrow(who))

    def sees(self, who: Person) -> bool:
        """Whether she may know that it is there."""
        return self.wall in who.walls and (not self.named or who in self.team or self.is_lent(who))

    def may_read(self, who: Person) -> bool:
        """Whether the walls let her read now."""
        return self.sees(who) and (who in self.team or who in self.openings)

    def holds(self, who: Person) -> bool:
        """Whether she has its keys, or a copy of the database has them for her."""
        if not self.named:
            return self.wall in who.rings
        return who in self.holders or bool(self.lent and self.lent.who is who and self.lent.copied)


class Readers(RuleBasedStateMachine):
    """Any order of steps. `house` is set by whoever runs it."""

    house: House
    taken = 0  # steps of all runs together

    @initialize()
    def furnish(self) -> None:
        self.house.clear()
        self.house.furnish()
        self.house.install()
        self.turn = 0
        self.people: list[Person] = []
        self.files: list[Paper] = []
        self.asks: list[Question] = []
        self.head = self._join("Gunnel", Role.HEAD, ())
        for name, wall in CAST.items():
            self.people.append(self._join(name, Role.COUNSELLOR, (wall,)))
        for who, wall, named in BEGUN:
            self._open(self.people[who], wall, named=named, out=set())
        self.browsers: dict[Person, Client] = {}
        self._lend(self.people[2], self.people[1], self.files[1], opened=True)

    # --- files ---
    @precondition(lambda self: len(self.files) < MOST_FILES)
    @rule(data=st.data(), wall=st.sampled_from(SIDES), named=st.booleans(), apart=st.booleans())
    def open_file(self, data: st.DataObject, wall: Wall, named: bool, apart: bool) -> None:
        who = self._person(data)
        self._open(who, wall, named=named, out={self._person(data)} - {who} if apart else set())

    def _open(self, who: Person, wall: Wall, *, named: bool, out: set[Person]) -> None:
        file = uuid4()
        words = {"given_names": "Påhittad", "family_name": f"Person{len(self.files)}", "number_kind": "none"}
        values = {"service": "ENSK", "mode": Mode.FULL, "identity": words, "excluded": [m.id for m in out]}
        done = self._tried(who, lambda actor: actions.open_file(by=actor, file=file, wall=wall, named=named, **values))
        paper = Paper(file, wall, named or bool(out), who, {who}, {who}, self.files, out)
        assert done == (wall in who.walls and paper.holds(who))
        if done:
            self.files.append(paper)

    @rule(data=st.data())
    def write(self, data: st.DataObject) -> None:
        who, paper = self._at(data)
        text = f"Sagt {self.turn} om {len(paper.said)}"
        note = {"note": uuid4(), "text": text, "dissent": "", "guards": (), "why": ""}
        may = paper.is_open and paper.may_read(who) and paper.holds(who)
        if self._on(who, paper, lambda actor, file: actions.write(by=actor, file=file, **note), may=may):
            paper.said.append(text)

    @rule(data=st.data())
    def open_for_an_hour(self, data: st.DataObject) -> None:
        who, paper = self._at(data)
        may = paper.sees(who) and paper.holds(who) and (not paper.named or paper.is_lent(who))
        why = {"reason": OpenReason.URGENT, "words": "Hon ringer nu"}
        if self._on(who, paper, lambda actor, file: actions.open_for_an_hour(by=actor, file=file, **why), may=may):
            paper.openings.add(who)

    # --- two keys for a named file ---
    @precondition(lambda self: len(self.asks) < MOST_ASKS)
    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        self._ask(*self._at(data))

    def _ask(self, who: Person, paper: Paper) -> Question | None:
        """Ask; it is taken whatever the number is of."""
        with self.house.as_superuser() as boss:
            (ref,) = boss.execute("SELECT ref FROM cases_file WHERE id = %s", [paper.id]).fetchone()
            boss.execute("UPDATE cases_ask SET asked_at = asked_at - interval '1 day' WHERE granted IS NOT NULL")
        given = {p for p in paper.team if p.signed and p.walls & who.walls}
        question = Question(uuid4(), who, paper, paper.may_borrow(who), given)
        why = {"typed": ref, "reason": OpenReason.URGENT, "words": "Hon ringer nu"}
        done = self._tried(who, lambda actor: glass_actions.ask_for_file(by=actor, ask=question.id, **why))
        assert done == who.signed
        if not done:
            return None
        self.asks.append(question)
        return question

    @precondition(lambda self: self.asks)
    @rule(data=st.data(), yes=st.booleans())
    def answer(self, data: st.DataObject, yes: bool) -> None:
        question = data.draw(st.sampled_from(self.asks), label="question")
        team = sorted(question.paper.team, key=self.people.index)
        who = data.draw(st.sampled_from(team) | st.sampled_from(self.people), label="who")
        self._answer(who, question, yes=yes)

    def _answer(self, who: Person, question: Question, *, yes: bool) -> bool:
        """Say yes or no; done exactly when the model says that it may be."""
        paper = question.paper
        may = question.about and who is not question.who and who in paper.team and paper.may_read(who)
        if yes:
            lent = paper.lent is not None and paper.lent.lasts
            may = may and paper.holds(who) and paper.may_borrow(question.who) and question.who.signed and not lent
            deed, more = glass_actions.grant, {}
        else:
            may = may and who in question.given
            deed, more = glass_actions.decline, {"words": "Ring mig"}
        done = self._tried(who, lambda actor: deed(by=actor, ask=glass.ask_for(actor, question.id), **more))
        assert done == may, f"{who} {'answered' if done else 'could not answer'}; the model says otherwise"
        if done:
            self.asks.remove(question)
        if done and yes:
            if paper.lent:
                paper.renew()
            paper.lent = Lent(question.who)
        return done

    def _lendable(self) -> list[tuple[Person, Person, Paper]]:
        """Who could borrow what from whom now."""
        return [
            (who, holder, paper)
            for paper in self.files
            if paper.named and not (paper.lent and paper.lent.lasts)
            for holder in self.people
            if holder in paper.team and paper.may_read(holder) and paper.holds(holder)
            for who in self.people
            if who.signed and paper.may_borrow(who)
        ]

    @precondition(lambda self: self._lendable())
    @rule(data=st.data(), opened=st.booleans())
    def lend(self, data: st.DataObject, opened: bool) -> None:
        self._lend(*data.draw(st.sampled_from(self._lendable()), label="who, from whom, what"), opened=opened)

    def _lend(self, who: Person, holder: Person, paper: Paper, *, opened: bool) -> None:
        """Both halves at once, which chance would seldom bring together."""
        question = self._ask(who, paper)
        assert question is not None
        assert self._answer(holder, question, yes=True)
        if opened and paper.lent:
            self._open_lent(paper, paper.lent)

    @precondition(lambda self: any(p.lent for p in self.files))
    @rule(data=st.data())
    def open_lent(self, data: st.DataObject) -> None:
        paper = data.draw(st.sampled_from([p for p in self.files if p.lent]), label="file")
        assert paper.lent is not None
        self._open_lent(paper, paper.lent)

    def _open_lent(self, paper: Paper, lent: Lent) -> None:
        may = paper.is_lent(lent.who) and lent.who.here
        if self._on_ask(lent, paper, glass_actions.open_lent, may=may):
            paper.openings.add(lent.who)

    @precondition(lambda self: any(p.lent for p in self.files))
    @rule(data=st.data())
    def shut_lent(self, data: st.DataObject) -> None:
        paper = data.draw(st.sampled_from([p for p in self.files if p.lent]), label="file")
        lent = paper.lent
        assert lent is not None
        if self._on_ask(lent, paper, glass_actions.end, may=lent.lasts):
            paper.lent = None

    def _on_ask(self, lent: Lent, paper: Paper, deed: Any, *, may: bool) -> bool:
        """A deed of who has a file lent."""
        with door("staff", actor=lent.who.id):
            found = Ask.objects.filter(member_id=lent.who.id, file_id=paper.id).order_by("-answered_at").first()
        done = self._tried(lent.who, lambda actor: deed(by=actor, ask=found))
        assert done == may, f"{lent.who} {'did' if done else 'could not do'} it; the model says otherwise"
        return done

    @precondition(lambda self: any(p.openings or p.lent for p in self.files))
    @rule(data=st.data())
    def an_hour_passes(self, data: st.DataObject) -> None:
        paper = data.draw(st.sampled_from([p for p in self.files if p.openings or p.lent]), label="file")
        with self.house.as_superuser() as boss:
            boss.execute("SET session_replication_role = replica")
            for table, column, of in HOUR_GOES:
                query = f"UPDATE {table} SET {column} = {column} - interval '61 minutes' WHERE {of} = %s"
                boss.execute(query, [paper.id])
        paper.openings.clear()
        if paper.lent:
            paper.lent.lasts = False

    @rule(data=st.data(), leads=st.booleans())
    def join(self, data: st.DataObject, leads: bool) -> None:
        (who, paper), new = self._at(data), self._person(data)
        able = new is who or (paper.wall in new.walls and new.here)
        may = self._may_lead(who, paper) and new not in paper.excluded and able and new.signed
        if not paper.named and not new.signed:
            return  # a ring file needs no key of hers; whether she is offered is not what is tried here
        values = {"member": new.id, "leads": leads}
        if self._on(who, paper, lambda actor, file: actions.add_to_team(by=actor, file=file, **values), may=may):
            paper.team.add(new)
            paper.holders.add(new)
            if paper.lent and paper.lent.who is new:
                paper.lent = None
            paper.lead = new if leads else paper.lead

    @rule(data=st.data())
    def take_off(self, data: st.DataObject) -> None:
        (who, paper), old = self._at(data), self._person(data)
        may = self._may_lead(who, paper) and old in paper.team and old is not paper.lead
        may = may and not (paper.named and old is who)
        values = {"member": old.id}
        if self._on(who, paper, lambda actor, file: actions.take_from_team(by=actor, file=file, **values), may=may):
            paper.team.discard(old)
            paper.renew()

    @rule(data=st.data())
    def exclude(self, data: st.DataObject) -> None:
        (who, paper), out = self._at(data), self._person(data)
        may = paper.is_open and self._may_lead(who, paper, naming=True) and out not in paper.team
        if self._on(who, paper, lambda actor, file: actions.exclude(by=actor, file=file, members=[out.id]), may=may):
            paper.excluded.add(out)
            paper.named = True
            paper.renew()

    def _may_lead(self, who: Person, paper: Paper, *, naming: bool = False) -> bool:
        keys_needed = paper.named or naming
        return paper.may_read(who) and who in paper.team and (paper.holds(who) or not keys_needed)

    @rule(data=st.data())
    def close_or_reopen(self, data: st.DataObject) -> None:
        who, paper = self._at(data)
        if paper.is_open:
            deed = lambda actor, file: actions.close(by=actor, file=file, reason=CloseReason.COMPLETED)  # noqa: E731
        else:
            deed = lambda actor, file: actions.reopen(by=actor, file=file)  # noqa: E731
        if self._on(who, paper, deed, may=paper.may_read(who)):
            paper.is_open = not paper.is_open

    # --- the house ---
    @rule(data=st.data(), wall=st.sampled_from(SIDES))
    def give_wall(self, data: st.DataObject, wall: Wall) -> None:
        who, term = self._person(data), Term(wall, clock.today())
        done = self._tried(
            self.head,
            lambda actor: duties.give_wall(by=actor, member=who.id, term=term, reason=ChangeReason.DUTIES),
        )
        assert done == (who.here and not who.walls)  # the two sides of one treatment are never one person's
        if done:
            who.walls.add(wall)

    @rule(data=st.data(), wall=st.sampled_from(SIDES))
    def end_wall(self, data: st.DataObject, wall: Wall) -> None:
        who, others = self._person(data), [p for p in self.people if wall in p.rings and p.here]
        values = {"wall": wall, "last_on": None, "reason": ChangeReason.ENDED}
        if self._tried(self.head, lambda actor: duties.end_wall(by=actor, member=who.id, **values)):
            assert who not in others or len(others) > 1, "a ring was left without anybody"
            who.walls.discard(wall)
            who.rings.discard(wall)

    @rule(data=st.data(), wall=st.sampled_from(SIDES))
    def let_in(self, data: st.DataObject, wall: Wall) -> None:
        giver, new = self._person(data), self._person(data)
        done = self._tried(giver, lambda actor: keys.let_in(by=actor, member=new.id, ring=RingName(wall.value)))
        assert done == (wall in giver.rings and wall in new.walls and wall not in new.rings and giver.here)
        if done:
            new.rings.add(wall)

    @rule(wall=st.sampled_from(SIDES))
    def turn_a_ring(self, wall: Wall) -> None:
        assert self._tried(self.head, lambda actor: turn_ring(name=RingName(wall.value), seed=open_seed(actor.holder)))

    @rule(data=st.data(), limit=st.integers(1, 4))
    def move_keys(self, data: st.DataObject, limit: int) -> None:
        who = self._person(data)
        self._tried(who, lambda actor: turn_wraps(actor.holder, limit=limit))

    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        who = self._person(data)
        if self._tried(self.head, lambda actor: leaving.let_go(by=actor, member=who.id)):
            assert who.here
            who.here = False
            who.walls.clear()
            who.rings.clear()
            for paper in self.files:
                paper.holders.discard(who)
                if paper.lent and paper.lent.who is who:
                    paper.lent.copied = False

    @precondition(lambda self: len(self.people) < MOST_PEOPLE)
    @rule()
    def hire(self) -> None:
        self.people.append(self._join(f"Ny{len(self.people)}", Role.COUNSELLOR, (), share=False))

    # --- what nobody may find, and what nobody may lose ---
    @invariant()
    def everybody_reads_what_they_may_and_nothing_else(self) -> None:
        self.turn += 1
        Readers.taken += 1
        who, paper = self.people[self.turn % len(self.people)], self.files[self.turn % len(self.files)]
        self._through_the_room(who, paper)
        self._by_hand(who, paper)
        if self.turn % 7 == 0:
            self._on_the_page(who, paper)
        if self.turn % 13 == 0:
            self._with_her_key_and_the_whole_database(who, paper)

    def _through_the_room(self, who: Person, paper: Paper) -> None:
        try:
            with self._as(who) as actor:
                found = [n.text for n in queries.read(actor, queries.file_for(actor, paper.id)).notes]
        except NothingThere:
            assert not paper.sees(who)
        except ReasonNeeded:
            assert (paper.sees(who), paper.may_read(who)) == (True, False)
        except NotHolder:
            assert (paper.may_read(who), paper.holds(who)) == (True, False), f"{who} has lost what she should read"
        else:
            assert (paper.may_read(who), paper.holds(who)) == (True, True), f"{who} reads what she may not"
            assert sorted(found) == sorted(paper.said)

    def _by_hand(self, who: Person, paper: Paper) -> None:
        """SQL as the staff's door, with every setting a forger could think of."""
        with door("staff", actor=who.id, case=str(paper.id)), connection.cursor() as cursor:
            for table, wanted in (("cases_note", len(paper.said)), ("cases_sheet", 1)):
                cursor.execute(f"SELECT count(*) FROM {table} WHERE file_id = %s", [paper.id])
                assert cursor.fetchone() == (wanted if paper.may_read(who) else 0,), f"{table} to {who}"
            for table in ("cases_token", "cases_assignment"):
                cursor.execute(f"SELECT count(*) > 0 FROM {table} WHERE file_id = %s", [paper.id])
                assert cursor.fetchone() == (paper.sees(who),), f"{table} to {who}"
            cursor.execute("SELECT count(*) FROM cases_file WHERE id = %s", [paper.id])
            assert cursor.fetchone() == (int(paper.sees(who)),)
            if not paper.sees(who) or who not in paper.team:
                self._refused(cursor, JOIN, {"file": paper.id, "who": who.id, "centre": who.row.centre_id})
            if not paper.sees(who) or (paper.named and not paper.is_lent(who)):
                self._refused(cursor, OPEN, {"file": paper.id})
            to = self.people[(self.turn + 1) % len(self.people)]
            if to not in paper.team and not paper.is_lent(to):
                self._refused(cursor, WRAP, {"file": paper.id, "to": to.id, "centre": who.row.centre_id})
            for question in self.asks:
                if question.who is who or who not in question.paper.team or not question.about:
                    self._refused(cursor, GRANT, {"ask": question.id})
            hers = [p.id for p in self.files if who in p.team or p.is_lent(who)]
            cursor.execute("SELECT count(*) FROM cases_asked WHERE NOT file_id = ANY(%s)", [hers])
            assert cursor.fetchone() == (0,)

    def _refused(self, cursor: Any, query: str, values: dict[str, Any]) -> None:
        try:
            with transaction.atomic():
                cursor.execute(query, values)
        except DatabaseError:
            return
        raise AssertionError(f"taken: {query}")

    def _on_the_page(self, who: Person, paper: Paper) -> None:
        if not who.here:
            return
        browser = self.browsers.setdefault(who, self.house.signed_in(who.row))
        answer = browser.get(f"/personal/akter/{paper.id}/", headers={"host": "127.0.0.1"})
        shown = [text for text in paper.said if text in answer.content.decode()]
        if paper.sees(who):
            assert shown == (paper.said if paper.may_read(who) and paper.holds(who) else [])
        else:
            nothing = browser.get(f"/personal/akter/{UNKNOWN}/", headers={"host": "127.0.0.1"})
            assert (answer.status_code, answer.content) == (404, nothing.content)

    def _with_her_key_and_the_whole_database(self, who: Person, paper: Paper) -> None:
        with self.house.as_superuser() as copy:
            opened = notes_opened(copy, who.holder.private, who.id, paper.id)
        assert opened == (len(paper.said) if paper.holds(who) else 0), f"{who}, with a copy of everything"

    # --- hands ---
    def _join(self, name: str, role: Role, walls: tuple[Wall, ...], *, share: bool = True) -> Person:
        row = self.house.member(name, role, walls=walls, share=share)
        holder = self.house.actor(row).holder
        assert holder is not None
        return Person(row, holder, set(walls), set(walls) if share else set())

    @contextmanager
    def _as(self, who: Person) -> Iterator[Actor]:
        with door("staff", actor=who.id):
            walls = frozenset(walls_of(who.id, on=clock.today()))
            yield Actor(who.id, who.row.centre_id, who.row.name, Role(who.row.role), walls, who.holder)

    def _tried(self, who: Person, deed: Any) -> bool:
        """Do it as her; whether it was done. What the room refuses leaves no trace."""
        try:
            with self._as(who) as actor:
                deed(actor)
        except REFUSALS:
            return False
        return True

    def _on(self, who: Person, paper: Paper, deed: Any, *, may: bool) -> bool:
        """A deed on a file: done exactly when the model says that it may be."""
        done = self._tried(who, lambda actor: deed(actor, queries.file_for(actor, paper.id)))
        assert done == may, f"{who} {'did' if done else 'could not do'} it; the model says otherwise"
        if done and paper.lent and not paper.lent.lasts and who in paper.team:
            paper.renew()  # the first deed of the team after the hour
        return done

    def _person(self, data: st.DataObject) -> Person:
        return data.draw(st.sampled_from(self.people), label="who")

    def _at(self, data: st.DataObject) -> tuple[Person, Paper]:
        """Somebody at a file: half of the time one of its team, for nobody else gets far."""
        paper = data.draw(st.sampled_from(self.files), label="file")
        team = [who for who in self.people if who in paper.team]
        return data.draw(st.sampled_from(team) | st.sampled_from(self.people), label="who"), paper
