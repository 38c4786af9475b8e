"""Relations and children in the database and on their pages; and that nobody joins both sides of a relation."""

import html
import re
from itertools import permutations
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.access.rules import on_both_sides
from lykta.cases import actions, queries
from lykta.cases.enums import Mode
from lykta.cases.errors import NotAble
from lykta.cases.tests.test_pages import hands, made, post, text
from lykta.cases.tests.test_plan import errors, join, of, shown
from lykta.core.doors import WORKER, door
from lykta.people.models import Member
from lykta.sealing.actions import share_ring

WHO = "Min bror Påhitt"
CHILD = {"given_names": "Påhittad Lo", "number": "160101-9985", "school": "Hittepåskolan", "guardians": "båda två"}


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member]:
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED)
    return house, house.member("Maja", walls=(*walls, Wall.CHILD)), house.member("Tomas", walls=walls)


def relation(**more: object) -> dict[str, object]:
    return {"once": uuid4(), "seen": 0, "kin": "other", "who": WHO} | more


def child(**more: object) -> dict[str, object]:
    return {"once": uuid4(), "seen": 0} | CHILD | more


def test_a_relation_is_written_changed_and_over_and_every_wording_stays(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "familj/"
    assert "Ingen relation är inskriven." in shown(client, page)
    form = relation()
    for _ in range(2):
        assert post(client, f"{page}relation/", **form)["Location"] == page
    assert shown(client, page).count(f"<b>{WHO}</b>") == 1
    address = f"{page}relation/{form['once']}/"
    assert WHO in shown(client, address)
    assert post(client, address, **relation(seen=1, who="Min halvbror", over="on"))["Location"] == page
    after = shown(client, page)
    assert [words in after for words in ("Min halvbror", WHO, "gäller inte längre")] == [True] * 3


def test_two_who_change_the_same_child_both_see_what_differs_and_both_stay(cast):
    house, maja, tomas = cast
    client, colleague = hands(house, maja), hands(house, tomas)
    path = made(client)
    join(client, path, tomas)
    form = child()
    post(client, f"{path}familj/barn/", **form)
    address = f"{path}familj/barn/{form['once']}/"
    assert post(colleague, address, **child(seen=1, school="Tomas skola")).status_code == 303
    both = html.unescape(text(post(client, address, **child(seen=1, school="Majas skola"))))
    assert "En kollega har ändrat samma uppgifter" in both
    assert "<td>Majas skola</td><td>Tomas skola</td>" in both
    hidden = dict(re.findall(r'name="(once|seen)" value="([^"]+)"', both))
    assert post(client, address, **child(school="Majas skola", **hidden)).status_code == 303
    after = shown(client, f"{path}familj/")
    assert [words in after for words in ("Majas skola", "Tomas skola", "Hittepåskolan")] == [True] * 3


def test_another_file_is_named_inside_the_wall_and_every_other_is_refused_alike(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    path, mine = made(client), made(client)
    theirs = made(hands(house, tomas), named="on")
    childs = made(client, wall="child")
    ingrid = hands(house, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))
    his = made(ingrid, wall="using_violence")
    with house.as_superuser() as boss:
        refs = {str(i): r for i, r in boss.execute("SELECT id, ref FROM cases_file").fetchall()}
    page = f"{path}familj/relation/"
    told = set()
    for ref in (*(refs[str(of(p))] for p in (theirs, childs, his, path)), "L-XXXXXX"):
        answer = post(client, page, **relation(ref=ref))
        assert answer.status_code == 200
        told.add((tuple(errors(answer)), len(answer.content)))
    assert len(told) == 1
    form = relation(ref=refs[str(of(mine))].lower())
    assert post(client, page, **form).status_code == 303
    link = f'href="{mine}"'
    assert link in shown(client, f"{path}familj/")
    with house.as_superuser() as boss:
        boss.execute("UPDATE cases_file SET named = true WHERE id = %s", [of(mine)])
    join(client, path, tomas)
    hers = hands(house, tomas)
    assert link not in shown(hers, f"{path}familj/")
    assert refs[str(of(mine))] not in shown(hers, f"{page}{form['once']}/")
    assert post(hers, f"{page}{form['once']}/", **relation(seen=1, who="Bror")).status_code == 303
    assert link in shown(client, f"{path}familj/")


@pytest.mark.parametrize(
    ("kind", "form", "told"),
    [
        ("relation", relation(who=" "), "Skriv vem, så som personen säger."),
        ("relation", relation(kin="x"), ""),
        ("relation", relation(who="a\x00"), ""),
        ("barn", child(given_names=""), "Skriv ett namn, eller så som personen säger."),
        ("barn", child(number="160101-9986"), "Sista siffran stämmer inte med de andra."),
        ("barn", child(born_on="2999-01-01"), "Skriv ett år mellan 2000 och 2100."),
        ("barn", child(born_on="2001-01-01"), "Den som är född då är inte ett barn längre."),
    ],
    ids=["nobody", "forged", "null", "no_name", "number", "no_day", "old"],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(cast, kind, form, told):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "familj/"
    answer = post(client, f"{page}{kind}/", more="Kvar på sidan", **form)
    assert answer.status_code == 200
    assert any(told in e for e in errors(answer))
    assert "Kvar på sidan" in text(answer)
    assert "inskrive" in shown(client, page)


def test_a_childs_own_file_is_opened_inside_the_wall_of_children_once_and_linked(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    path = made(client, excluded=[str(house.member("Vera", walls=(Wall.EXPOSED, Wall.CHILD)).pk)])
    page = f"{path}familj/"
    form = child()
    post(client, f"{page}barn/", **form)
    deed = {"deed": "open_child", "child": form["once"], "once": uuid4()}
    own = post(client, page, **deed)["Location"]
    assert post(client, page, **deed)["Location"] == page
    assert "Påhittad Lo" in shown(client, own)
    assert f'href="{own}"' in shown(client, page)
    assert post(client, f"{page}barn/{form['once']}/", **child(seen=2, school="Ny skola")).status_code == 303
    assert f'href="{own}"' in shown(client, page)
    with house.as_superuser() as boss:
        rows = boss.execute("SELECT wall, named FROM cases_file ORDER BY wall").fetchall()
        (count,) = boss.execute("SELECT count(*) FROM cases_exclusion").fetchone()
    assert (rows, count) == ([("child", True), ("exposed", True)], 2)
    join(client, path, tomas)
    hers = shown(hands(house, tomas), page)
    assert "Barnet har en egen akt." in hers
    assert f'href="{own}"' not in hers


@pytest.mark.parametrize(
    ("name", "role", "wall", "told"),
    [
        ("Tomas2", Role.COUNSELLOR, Wall.EXPOSED, "en kollega som arbetar innanför muren för barn"),
        ("Ingrid", Role.THERAPIST, Wall.USING_VIOLENCE, "Härifrån öppnas ingen akt för barnet."),
    ],
)
def test_who_can_not_open_the_childs_file_is_told_so_and_a_forged_form_does_nothing(cast, name, role, wall, told):
    house, *_ = cast
    more = (Wall.CHILD,) if wall == Wall.USING_VIOLENCE else ()
    client = hands(house, house.member(name, role, walls=(wall, *more)))
    page = made(client, wall=wall.value) + "familj/"
    form = child()
    post(client, f"{page}barn/", **form)
    assert told in shown(client, page)
    answer = post(client, page, deed="open_child", child=form["once"], once=uuid4())
    assert "Det gick inte" in text(answer)
    for deed in ({"deed": "x", "child": form["once"]}, {"deed": "open_child", "child": "x"}):
        assert post(client, page, **deed).status_code == 404
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM cases_file").fetchone() == (1,)


def test_who_is_not_in_the_file_is_first_asked_why_and_others_find_nothing(cast):
    house, maja, tomas = cast
    path = made(hands(house, maja))
    outside = hands(house, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))
    nowhere = outside.get("/personal/nothing/")
    for page in ("familj/", "familj/barn/", "familj/relation/"):
        assert hands(house, tomas).get(path + page)["Location"] == path
        assert outside.get(path + page).content == nowhere.content
    assert hands(house, maja).get(f"{path}familj/x/").status_code == 404


def test_nothing_of_it_stands_in_plain_not_even_that_there_is_a_child(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "familj/"
    post(client, f"{page}barn/", **child())
    post(client, f"{page}relation/", **relation())
    with house.as_superuser() as boss:
        rows = boss.execute("SELECT cases_entry::text FROM cases_entry").fetchall()
    assert len(rows) == 2
    for word in ("child", "relation", WHO, *CHILD.values()):
        assert not any(word in row or word.encode().hex() in row for (row,) in rows)


PAIRS = sorted(permutations((Wall.EXPOSED, Wall.PARTNER, Wall.USING_VIOLENCE, Wall.CHILD), 2))


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=lambda wall: wall.value)
def test_nobody_joins_a_team_while_she_is_on_one_on_the_other_side(house, before, after):
    house.install()
    vera = house.member("Vera", Role.THERAPIST, walls=(before,))
    made(hands(house, vera), wall=before.value)
    with house.as_superuser() as boss:
        boss.execute("UPDATE access_place SET wall = %s WHERE member_id = %s", [after.value, vera.pk])
    refused = on_both_sides(frozenset({before, after}))
    maja = house.member("Maja", walls=(after,))
    client = hands(house, maja)
    path = made(client, wall=after.value)
    join(client, path, vera)
    assert ("arbetar inte innanför den här muren" in shown(client, path)) is refused


def test_who_is_still_on_the_other_side_is_told_so_herself_and_nothing_is_half_made(cast):
    house, *_ = cast
    vera = house.member("Vera", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,))
    made(hands(house, vera), wall="using_violence")
    with house.as_superuser() as boss:
        boss.execute("UPDATE access_place SET wall = 'exposed' WHERE member_id = %s", [vera.pk])
        ring = house.rings["exposed"]
    with door("worker", actor=WORKER):
        share_ring(ring=ring[0], private=ring[1], member=vera.pk)
    actor = house.actor(vera)
    identity = {"given_names": "Påhitt"}
    with door("staff", actor=vera.pk), pytest.raises(NotAble, match="side"):
        actions.open_file(
            by=actor, file=uuid4(), wall=Wall.EXPOSED, service="", mode=Mode.FULL, identity=identity, named=False
        )
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM cases_file").fetchone() == (1,)


def test_by_hand_an_outsider_and_one_of_the_other_side_are_refused_alike(cast):
    house, maja, _ = cast
    path = made(hands(house, maja))
    vera = house.member("Vera", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,))
    made(hands(house, vera), wall="using_violence")
    with house.as_superuser() as boss:
        boss.execute("UPDATE access_place SET wall = 'exposed' WHERE member_id = %s", [vera.pk])
    nobody = house.member("Nils", Role.KAST_COUNSELLOR, walls=(Wall.KAST,))
    said = set()
    for member in (vera, nobody):
        inside = door("staff", actor=maja.pk, case=str(of(path)))
        with pytest.raises(IntegrityError) as refusal, inside, connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO cases_assignment (id, centre_id, file_id, member_id, leads, from_on)"
                " VALUES (gen_random_uuid(), lykta_centre(), %s, %s, false, current_date)",
                [of(path), member.pk],
            )
        said.add(str(refusal.value))
    assert len(said) == 1


def test_a_lead_whose_place_has_ended_can_be_followed_by_another(cast):
    house, maja, tomas = cast
    path = made(hands(house, tomas))
    join(hands(house, tomas), path, maja)
    with house.as_superuser() as boss:
        boss.execute("UPDATE access_place SET wall = 'kast' WHERE member_id = %s AND wall = 'exposed'", [tomas.pk])
    client = hands(house, maja)
    assert post(client, path, deed="lead", member=maja.pk).status_code == 303
    actor = house.actor(maja)
    with door("staff", actor=maja.pk):
        team = queries.team_of(actor, queries.file_for(actor, of(path)))
    assert [(t.name, t.leads) for t in team] == [("Maja", True), ("Tomas", False)]
