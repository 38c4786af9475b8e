"""Hints and merges in the database and on their pages: who is told, who is not, and that nothing moves."""

import re
import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases import queries
from lykta.cases.enums import OpenReason
from lykta.cases.errors import CasesError
from lykta.cases.merging_actions import merge
from lykta.cases.tests.test_decisions import typed_sql
from lykta.cases.tests.test_pages import SAID, hands, made, post, text
from lykta.cases.tests.test_plan import errors, goal, join, of, shown
from lykta.core import clock
from lykta.core.doors import become, door
from lykta.people.models import Member

WHY = "Hon berättade att hon varit här förut."
HINT = "Samma nummer finns i"
INSERT = """INSERT INTO cases_merge (id, centre_id, at, by, part, sealed, file_id, other_id)
SELECT gen_random_uuid(), lykta_centre(), now(), lykta_actor(), gen_random_uuid(), 'x', %s, %s"""


SHUT_OUT_BY_HAND = """INSERT INTO cases_exclusion (id, centre_id, file_id, member_id, "on", by)
SELECT gen_random_uuid(), centre_id, id, gen_random_uuid(), now(), lykta_actor() FROM cases_file WHERE id = %s"""
RINGS_OF_LAST_NOTE = """SELECT r.name FROM sealing_wrap w JOIN sealing_ring r ON r.id = w.ring_id JOIN cases_note n
ON n.part = w.part WHERE n.file_id = %s AND n.number = 2"""
OPENED_BY_HAND = "SELECT lykta_open_file(gen_random_uuid(), %s, 'urgent', gen_random_uuid(), '')"


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member]:
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED)
    return house, house.member("Maja", walls=(*walls, Wall.CHILD)), house.member("Tomas", walls=walls)


def ref(house: House, path: str) -> str:
    with house.as_superuser() as boss:
        ((found,),) = boss.execute("SELECT ref FROM cases_file WHERE id = %s", [of(path)]).fetchall()
    return str(found)


def merging(client, path: str, other: str, **more: object):
    return post(client, f"{path}hor-ihop/", **({"deed": "merge", "once": uuid4(), "other": other, "leads": "this",
                                                "why": WHY} | more))  # fmt: skip


def merged(house: House, client, path: str, part: str) -> UUID:
    once = uuid4()
    answer = merging(client, path, ref(house, part), once=once)
    assert answer.status_code == 303, errors(answer)
    return once


def apart(client, path: str, merge: object, **more: object):
    return post(client, f"{path}hor-ihop/", **({"deed": "part", "merge": merge, "why": "Det var två personer."} | more))


def noted(client, path: str, said: str):
    return post(client, f"{path}anteckning/", text=said, once=uuid4())


def everything(house: House, path: str) -> dict[str, list[tuple]]:
    """Every row of a file, but for the log and the merges themselves."""
    with house.as_superuser() as boss:
        tables = boss.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'file_id'"
            " AND table_schema = 'public' AND table_name <> 'cases_merge' ORDER BY 1"
        ).fetchall()
        found = {t: boss.execute(f"SELECT * FROM {t} WHERE file_id = %s ORDER BY 1", [of(path)]).fetchall()
                 for (t,) in tables}  # fmt: skip
        found["cases_file"] = boss.execute("SELECT * FROM cases_file WHERE id = %s", [of(path)]).fetchall()
        found["wraps"] = boss.execute("SELECT * FROM sealing_wrap WHERE case_id = %s ORDER BY 1", [of(path)]).fetchall()
    return found


def acts(house: House) -> list[tuple]:
    with house.as_superuser() as boss:
        return boss.execute("SELECT act, object FROM audit_event WHERE act ~ 'merge|part$' ORDER BY seq").fetchall()


def test_the_same_number_is_hinted_at_to_who_may_know_of_both(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    old, new = made(client), made(client, number="19900101 9984")
    named = made(hands(house, tomas), named="on")
    page = shown(client, new)
    assert f'{HINT} en annan akt: <a href="{old}">' in page
    assert named not in page
    theirs = shown(hands(house, tomas), named)  # he may know of the two that lie open to the wall
    assert (old in theirs, new in theirs) == (True, True)
    with house.as_superuser() as boss:
        told = boss.execute(
            "SELECT reason, count FROM audit_event WHERE act = 'cases:file:search' ORDER BY seq"
        ).fetchall()
    assert told == [("hint", 1), ("hint", 2)]


@pytest.mark.parametrize(
    "other",
    [
        {"number": "19900101-9983", "number_kind": "reserve"},
        {"number": "", "number_kind": "none"},
        {"wall": "child"},
        {"mode": "no_identity", "pseudonym": "Påhitt", "code_word": "ord", "number_kind": "none", "number": "",
         "given_names": "", "family_name": ""},
    ],
    ids=["reserve", "none", "wall", "pseudonym"],
)  # fmt: skip
def test_nothing_is_hinted_across_a_wall_nor_without_a_number(cast, other):
    house, maja, _ = cast
    client = hands(house, maja)
    paths = made(client), made(client, **other)
    assert [HINT in shown(client, path) for path in paths] == [False, False]


def test_the_other_side_is_told_of_nothing(cast):
    house, maja, _ = cast
    ingrid = hands(house, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))
    hers, his = made(hands(house, maja)), made(ingrid, wall="using_violence")
    assert HINT not in shown(ingrid, his)
    answers = [merging(ingrid, his, typed) for typed in (ref(house, hers), "L-XXXXXX", "900101-9984", "195001010000")]
    assert {(tuple(errors(a)), a.status_code) for a in answers} == {(tuple(errors(answers[0])), 200)}
    lengths = {len(re.sub(r'value="[^"]*"', "", text(a))) for a in answers}
    assert len(lengths) == 1
    assert acts(house) == []


def test_two_files_are_read_as_one_and_taken_apart_as_they_were(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    old, new = made(client), made(client)
    noted(client, old, "Från förra gången.")
    noted(client, new, SAID)
    post(client, f"{old}plan/mal/", **goal())
    before = everything(house, old)
    page = shown(client, f"{new}hor-ihop/")
    assert f'value="{ref(house, old)}"' in page  # the one that was hinted at
    once = uuid4()
    for _ in range(2):
        assert merging(client, new, ref(house, old), once=once).status_code == 303
    joint = shown(client, new)
    assert joint.index(SAID) < joint.index("Från förra gången.")
    assert joint.index(f"ur {ref(house, old)}") < joint.index("Från förra gången.")
    assert HINT not in joint
    part = shown(client, old)
    assert f'Akten är en del av <a href="{new}">' in part
    assert "Ny anteckning" not in part
    assert "Avsluta akten" not in part
    assert WHY in shown(client, f"{old}hor-ihop/")
    assert "är en del av en annan" in text(noted(client, old, "Efteråt.")) + shown(client, old)
    for address, form in (("plan/mal/", goal()), ("familj/relation/", {"once": uuid4(), "seen": 0, "kin": "other",
                                                                     "who": "x"})):  # fmt: skip
        assert any("en del av en annan" in e for e in errors(post(client, old + address, **form)))
    assert noted(client, new, "Skrivet efteråt.").status_code == 303
    assert apart(client, old, once, why=" ").status_code == 200
    for _ in range(2):
        assert apart(client, old, once).status_code == 303
    assert everything(house, old) == before
    assert "Från förra gången." not in shown(client, new)
    assert "Skrivet efteråt." in shown(client, new)
    assert noted(client, old, "Nu igen.").status_code == 303
    history = shown(client, f"{new}hor-ihop/")
    assert [words in history for words in (WHY, "Det var två personer.", "isär igen")] == [True] * 3
    wanted = [(act, of(path)) for act in ("cases:file:merge", "cases:file:part") for path in (old, new)]
    assert acts(house) == wanted
    merged(house, client, new, old)  # and once more


def test_who_reads_one_of_them_still_sees_hers_alone_and_is_not_told_of_the_other(cast):
    house, maja, tomas = cast
    client, colleague = hands(house, maja), hands(house, tomas)
    old, new = made(client), made(client, named="on", number_kind="none", number="")
    noted(client, old, SAID)
    join(client, new, tomas)
    merge = merged(house, client, new, old)
    lead = shown(colleague, new)
    assert (SAID in lead, old in lead, "lade ihop" in lead) == (False, False, False)
    assert old not in shown(colleague, f"{new}hor-ihop/")
    assert apart(colleague, new, merge).status_code == 200
    vera = house.member("Vera", walls=(Wall.EXPOSED,))
    hers = hands(house, vera)
    assert post(hers, old, deed="open", reason="urgent", words="Hon ringer nu").status_code == 303
    part = shown(hers, old)
    assert SAID in part
    assert "Inget mer skrivs i den här akten." in part
    assert (new in part, ref(house, new) in part, "lade ihop" in part) == (False, False, False)
    for member, file in ((tomas, new), (vera, old)):
        assert typed_sql(member, of(file), "SELECT 1 FROM cases_merge") == 0
    assert typed_sql(vera, of(old), "SELECT 1 WHERE lykta_is_merged(%s)", of(old)) == 1
    assert typed_sql(vera, of(old), "SELECT 1 WHERE lykta_is_merged(%s)", of(new)) == 0
    assert typed_sql(maja, of(old), "SELECT 1 FROM cases_merge") == 1


def halves(house: House, maja: Member, tomas: Member, case: str) -> tuple[str, str]:
    """The file that shall lead and the part, made so that the rule says `case`."""
    client, colleague = hands(house, maja), hands(house, tomas)
    excluded = {"excluded": [str(house.member("Vera", walls=(Wall.EXPOSED,)).pk)]}
    lead = {"excluded": excluded, "wall": {"wall": "child"}, "named_both": {"named": "on"}}.get(case, {})
    part = {"named": {"named": "on"}, "named_both": {"named": "on"}, "excluded": {"named": "on"}}.get(case, {})
    paths = made(client, **lead), made(colleague if case == "not_mine" else client, **part)
    if case == "team":
        join(client, paths[1], tomas)
    if case == "closed":
        post(client, paths[0], deed="close", reason="completed")
    if case == "part_closed":
        post(client, paths[1], deed="close", reason="completed")
    if case == "part_of":
        merged(house, client, made(client), paths[0])
    if case == "leads":
        merged(house, client, paths[1], made(client))
    return paths


CASES = {
    "": "",
    "named_both": "",
    "part_closed": "",
    "not_mine": "Det finns ingen sådan akt",
    "wall": "Det finns ingen sådan akt",
    "named": "Den ena akten är namngiven.",
    "excluded": "Olika kollegor är utestängda",
    "team": "Någon är med i den ena akten",
    "closed": "är avslutad",
    "part_of": "hör redan ihop",
    "leads": "hör redan ihop",
}


@pytest.mark.parametrize(("case", "told"), CASES.items(), ids=[case or "may" for case in CASES])
def test_page_and_database_refuse_the_same(cast, case, told):
    house, maja, tomas = cast
    lead, part = halves(house, maja, tomas, case)
    by_hand = None
    try:
        with door("staff", actor=maja.pk), connection.cursor() as cursor:
            become(case=of(lead))
            cursor.execute(INSERT, [of(lead), of(part)])
            cursor.execute("SELECT nothing")  # taken back whatever it said
    except DatabaseError as why:
        by_hand = "nothing" in str(why)
    answer = merging(hands(house, maja), lead, ref(house, part))
    assert ([told in e for e in errors(answer)], answer.status_code) == (([True], 200) if told else ([], 303))
    assert by_hand is not bool(told)


def test_safe_contact_is_never_loosened_by_a_merge(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    old, new = made(client), made(client)
    for path, call in ((old, "no"), (new, "yes")):
        assert post(client, f"{path}uppgifter/kontakt/", seen=0, call=call, days=list("0123456")).status_code == 303
    assert any("Säker kontakt är strängare" in e for e in errors(merging(client, new, ref(house, old))))
    assert merging(client, new, ref(house, old), leads="other").status_code == 303


def test_of_two_merges_that_cross_exactly_one_stands(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    one, two = made(client), made(client)
    for path in (one, two):
        join(client, path, tomas)
    done: list[bool] = []
    ready = threading.Barrier(2)

    def cross(member: Member, lead: str, part: str) -> None:
        actor = house.actor(member)
        try:
            with door("staff", actor=actor.member):
                ready.wait(10)
                files = [queries.file_for(actor, of(path)) for path in (lead, part)]
                merge(by=actor, lead=files[0], part=files[1], merge=uuid4(), why=WHY)
            done.append(True)
        except CasesError:
            done.append(False)
        finally:
            connection.close()

    both = [threading.Thread(target=cross, args=args) for args in ((maja, one, two), (tomas, two, one))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(done) == [False, True]


def test_by_hand_nobody_writes_in_a_part_nor_undoes_what_is_not_hers(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    old, new = made(client), made(client)
    noted(client, old, SAID)
    merge = merged(house, client, new, old)
    columns = "centre_id, at, by, part, sealed, file_id, replaces_id"
    copy = (
        f"INSERT INTO cases_note (id, number, {columns})"
        f" SELECT gen_random_uuid(), number + 1, {columns} FROM cases_note WHERE file_id = %s"
    )
    with pytest.raises(IntegrityError, match="a part is only read"):
        typed_sql(maja, of(old), copy, of(old))
    undo = (
        "UPDATE cases_merge SET undone_at = now(), undone_by = lykta_actor(), undone_part = part, undone_sealed = 'x'"
    )
    assert typed_sql(tomas, of(new), undo) == 0
    with pytest.raises(ProgrammingError):
        typed_sql(maja, of(new), "UPDATE cases_merge SET other_id = file_id")
    with pytest.raises(ProgrammingError):
        typed_sql(maja, of(new), "DELETE FROM cases_merge")
    forged = undo.replace("lykta_actor()", f"'{tomas.pk}'")
    with pytest.raises(ProgrammingError):
        typed_sql(maja, of(new), forged)
    assert typed_sql(maja, of(new), undo) == 1
    assert typed_sql(maja, of(new), undo) == 0
    assert apart(client, new, merge).status_code == 303  # it is done already


def test_an_hour_in_a_colleagues_file_is_enough_to_read_both_and_not_to_merge(cast):
    house, maja, tomas = cast
    client, colleague = hands(house, maja), hands(house, tomas)
    mine, theirs = made(client), made(colleague)
    post(client, theirs, deed="open", reason=OpenReason.ASKED.value, words="Han bad mig")
    for path, other in ((mine, theirs), (theirs, mine)):
        assert any("Det finns ingen sådan akt" in e for e in errors(merging(client, path, ref(house, other))))


def file_row(house: House, path: str) -> list[tuple]:
    with house.as_superuser() as boss:
        return boss.execute("SELECT named, part FROM cases_file WHERE id = %s", [of(path)]).fetchall()


@pytest.mark.parametrize("knows", [True, False])
def test_who_is_shut_out_of_the_leading_file_is_shut_out_of_its_parts_at_once(cast, knows):
    house, maja, tomas = cast
    karin = house.member("Karin", walls=(Wall.CONTACT, Wall.EXPOSED))
    client, colleague, other = hands(house, maja), hands(house, tomas), hands(house, karin)
    old, new = made(client), made(client)
    join(client, new, tomas)
    noted(client, old, SAID)
    merged(house, client, new, old)
    ((_, before),) = file_row(house, old)
    assert other.get(old).status_code == 200  # she may say why, and open it
    assert "Utestängda: Karin" in text(
        (client if knows else colleague).post(new, {"by": (client if knows else colleague).by, "deed": "exclude",
                                                    "member": karin.pk}, follow=True)
    )  # fmt: skip
    for path in (new, old):
        assert (
            other.get(path).status_code == 404
            or post(other, path, deed="open", reason=OpenReason.URGENT.value, words="Nu").status_code == 404
        )
        with pytest.raises(ProgrammingError, match="no such file"):
            typed_sql(karin, of(path), OPENED_BY_HAND, of(path))
    ((named, part),) = file_row(house, old)
    assert (named, part != before) == (True, knows)
    assert SAID in text(client.get(old))
    with pytest.raises(IntegrityError, match="a part is only read"):
        typed_sql(maja, of(old), SHUT_OUT_BY_HAND, of(old))


def shut_out(client, path: str, member: Member):
    return post(client, path, deed="exclude", member=member.pk)


def test_who_works_in_a_part_alone_is_taken_from_it_before_she_is_shut_out(cast):
    house, maja, _ = cast
    karin = house.member("Karin", walls=(Wall.CONTACT, Wall.EXPOSED))
    client, other = hands(house, maja), hands(house, karin)
    old, new = made(client), made(client)
    noted(client, old, SAID)
    merged(house, client, new, old)
    join(client, old, karin)
    assert "Avsluta det där först." in text(client.get(shut_out(client, new, karin)["Location"]))
    assert SAID in shown(other, old)
    post(client, old, deed="leave", member=karin.pk)
    shut_out(client, new, karin)
    assert other.get(old).status_code == 404
    assert typed_sql(karin, of(old), "SELECT 1 FROM sealing_memberwrap WHERE case_id = %s", of(old)) == 0


@pytest.mark.parametrize("leads", ["", "yes"])
def test_and_by_the_database_where_the_one_who_shuts_her_out_may_not_know_of_the_part(cast, leads):
    house, maja, tomas = cast
    karin = house.member("Karin", walls=(Wall.CONTACT, Wall.EXPOSED))
    client, other = hands(house, maja), hands(house, karin)
    old, new = made(client), made(client)
    join(client, new, tomas)
    noted(client, old, SAID)
    merge = merged(house, client, new, old)
    post(client, old, deed="join", member=karin.pk, leads=leads)
    assert SAID in shown(other, old)
    shut_out(hands(house, tomas), new, karin)
    assert other.get(old).status_code == 404
    assert typed_sql(karin, of(old), "SELECT 1 FROM cases_note") == 0
    with house.as_superuser() as boss:
        team = boss.execute("SELECT member_id, leads FROM cases_assignment WHERE file_id = %s AND until_on IS NULL",
                            [of(old)]).fetchall()  # fmt: skip
    assert team == [(maja.pk, True)]
    apart(client, new, merge)
    assert noted(client, old, "Efteråt.").status_code == 303
    with house.as_superuser() as boss:  # what is written now lies under a key of the team's
        assert boss.execute(RINGS_OF_LAST_NOTE, [of(old)]).fetchall() == [("recovery",)]


def test_the_second_factor_is_asked_for_again_and_what_was_typed_is_kept(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    old, new = made(client), made(client)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=True):
        answer = merging(client, new, ref(house, old))
    assert answer.status_code == 303
    assert "/bekrafta/" in answer["Location"]
    assert acts(house) == []


@pytest.mark.parametrize("typed", ["", " ", "Påhittad Anna", "L-", "L-\x00", "9" * 60, "900101-9984"])
def test_what_is_no_other_file_is_told_alike_and_kept(cast, typed):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    answer = merging(client, path, typed)
    assert answer.status_code == 200
    assert errors(answer) != []
    assert WHY in text(answer)
    assert acts(house) == []
