"""A named file that nobody can open any more is given to others with the recovery key on paper, and to nobody else."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from journeys.house import House
from lykta.cases import queries
from lykta.cases.tests.test_glass import SAID, Cast, as_
from lykta.core.doors import WORKER, door
from lykta.sealing.paper import new_secret, whole

WHY = "Maja har försvunnit. Beslutat av chefen."


@pytest.fixture
def cast(house: House) -> Cast:
    """Maja has vanished: shut out at once, and nobody else is in her named file."""
    cast = Cast(house)
    with house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET is_active = false WHERE id = %s", [cast.maja.member])
    return cast


def run(monkeypatch: pytest.MonkeyPatch, paper: str, *words: str) -> object:
    monkeypatch.setattr("sys.stdin", io.StringIO(paper))
    out = io.StringIO()
    call_command("take_over", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def taken(cast: Cast, monkeypatch: pytest.MonkeyPatch, *names: str, ref: str = "", paper: str = "") -> object:
    to = [word for name in names for word in ("--to", cast.rows[name].email)]
    return run(monkeypatch, paper or cast.house.recovery_paper, ref or cast.ref(cast.file), *to, "--why", WHY)


def trace(cast: Cast) -> tuple[int, ...]:
    with cast.house.as_superuser() as boss:
        tables = ("cases_assignment", "sealing_memberwrap", "sealing_wrap", "cases_opening", "audit_event")
        return tuple(boss.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


def test_who_is_given_it_reads_all_of_it_leads_it_and_it_is_to_be_reviewed(cast, monkeypatch):
    ref = cast.ref(cast.file)
    assert run(monkeypatch, "", "--list") == [ref]
    assert taken(cast, monkeypatch, "Sara", "Tomas") == {"number": ref, "members": 2}
    assert run(monkeypatch, "", "--list") == []
    assert cast.texts(cast.sara) == cast.texts(cast.tomas) == [SAID]
    with as_(cast.sara):
        team = queries.team_of(cast.sara, queries.file_for(cast.sara, cast.file))
    assert [(row.name, row.leads) for row in team] == [("Sara", True), ("Maja", False), ("Tomas", False)]
    with cast.house.as_superuser() as boss:
        reviews = boss.execute("SELECT kind, member_id, object FROM desk_review").fetchall()
    assert reviews == [("taken", WORKER, cast.file)]
    cast.note(cast.sara, cast.file, "Vi går vidare.")  # and work goes on
    assert len(cast.texts(cast.tomas)) == 2


def _excluded(cast: Cast) -> None:
    with cast.house.as_superuser() as boss:
        boss.execute(
            'INSERT INTO cases_exclusion (id, centre_id, file_id, member_id, "on", by)'
            " VALUES (gen_random_uuid(), %s, %s, %s, now(), %s)",
            [cast.maja.centre, cast.file, cast.tomas.member, cast.maja.member],
        )


def _other_side(cast: Cast) -> None:
    with cast.house.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")
        boss.execute("UPDATE cases_file SET wall = 'using_violence' WHERE id = %s", [cast.opened(cast.tomas)])


def _outside(cast: Cast) -> None:
    with cast.house.as_superuser() as boss:
        boss.execute("DELETE FROM access_place WHERE member_id = %s AND wall = 'exposed'", [cast.tomas.member])


def _unsigned(cast: Cast) -> None:
    with cast.house.as_superuser() as boss:
        boss.execute("UPDATE sealing_staffpair SET signature = '' WHERE member_id = %s", [cast.tomas.member])


def _reads_no_words(cast: Cast) -> None:
    with cast.house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET role = 'reception' WHERE id = %s", [cast.tomas.member])


@pytest.mark.parametrize("forbid", [_excluded, _other_side, _outside, _unsigned, _reads_no_words])
def test_nobody_is_given_what_she_could_not_be_let_into(cast, monkeypatch, forbid):
    forbid(cast)
    before = trace(cast)
    with pytest.raises(CommandError, match="One of them"):
        taken(cast, monkeypatch, "Sara", "Tomas")
    assert trace(cast) == before


def test_a_file_that_somebody_can_open_is_not_given_away(cast, monkeypatch):
    with cast.house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET is_active = true WHERE id = %s", [cast.maja.member])
    ring = cast.ref(cast.opened(cast.tomas))
    assert run(monkeypatch, "", "--list") == []
    for ref in (cast.ref(cast.file), ring, "L-BCDFGH"):
        with pytest.raises(CommandError, match="no file that nobody can open"):
            taken(cast, monkeypatch, "Sara", ref=ref)


def test_without_the_centres_paper_nothing_is_done(cast, monkeypatch):
    before = trace(cast)
    for paper, said in ((whole(new_secret()), "not the recovery key of this centre"), ("ABC", "not a recovery key")):
        with pytest.raises(CommandError, match=said):
            taken(cast, monkeypatch, "Sara", paper=paper)
    with pytest.raises(CommandError, match="Say which file"):
        run(monkeypatch, "", cast.ref(cast.file), "--to", cast.rows["Sara"].email, "--why", " ")
    assert trace(cast) == before


CALLS = [
    "SELECT lykta_orphans()",
    "SELECT lykta_is_orphan(%(file)s)",
    "SELECT lykta_orphan_wraps('L-BCDFGH')",
    "SELECT lykta_take_over(%(file)s, ARRAY[%(tomas)s]::uuid[], '{}', '{}', '{}', gen_random_uuid(), gen_random_uuid(),"
    " 'x', 'x')",
]


@pytest.mark.parametrize("query", CALLS)
def test_the_staffs_door_can_neither_ask_nor_take(cast, query):
    values = {"file": cast.file, "tomas": cast.tomas.member}
    typed = door("staff", actor=cast.tomas.member, case=str(cast.file))
    with typed, connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(query, values)


def test_and_the_worker_takes_over_nothing_that_somebody_holds(cast):
    with cast.house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET is_active = true WHERE id = %s", [cast.maja.member])
    values = {"file": cast.file, "tomas": cast.tomas.member}
    with door("worker", actor=WORKER), connection.cursor() as cursor:
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(CALLS[-1], values)
        cursor.execute("SELECT count(*) FROM lykta_orphan_wraps(%s)", [cast.ref(cast.file)])
        assert cursor.fetchone() == (0,)
