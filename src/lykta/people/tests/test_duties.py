"""Roles, walls and absences: who may change them, what follows, and what the database itself refuses."""

from datetime import timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.access.errors import AlreadyInside, BothSides
from lykta.access.rules import Actor, Term, roles_clash
from lykta.core import clock
from lykta.core.doors import door
from lykta.people import absence, duties, leaving
from lykta.people.enums import ChangeReason
from lykta.people.errors import AwayAlready, LastHead, LastHolder, NoSuchMember, NotOneself, OutsideHerWalls
from lykta.people.models import Member
from lykta.people.roster import member_for
from lykta.people.tests.cast import acts, hands, head_of, refused
from lykta.sealing.errors import NotHolder
from lykta.sealing.models import RingShare

WHY = ChangeReason.DUTIES
W = Wall


@pytest.fixture
def cast(house: House) -> tuple[House, Actor, Actor, Member]:
    """An installed house: a head, and two counsellors inside the contact room."""
    house.install()
    return house, head_of(house), house.actor(house.member("Maja")), house.member("Tomas")


def today(plus: int = 0):
    return clock.today() + timedelta(days=plus)


def rings(member) -> set[str]:
    return set(RingShare.objects.filter(member_id=member).values_list("ring__name", flat=True))


def test_other_roles_take_the_keys_she_no_longer_needs_and_turn_the_ring(cast) -> None:
    house, head, maja, tomas = cast
    with door("staff", actor=head.member):
        duties.change_roles(by=head, member=tomas.pk, role=Role.EDITOR, also=[Role.COURSE_ADMIN], reason=WHY)
        assert member_for(head, tomas.pk).who.roles == {Role.EDITOR, Role.COURSE_ADMIN}
        assert rings(tomas.pk) == set()
        assert rings(maja.member) == {"contact"}
        versions = RingShare.objects.filter(member_id=maja.member).values_list("ring__version", flat=True)
        assert sorted(versions) == [1, 2]
    assert acts(house)[-1] == ("people:member:roles", "editor: duties", tomas.pk)


def test_roles_are_changed_on_the_page_with_a_reason(cast) -> None:
    house, head, _, tomas = cast
    client, where = hands(house, head), f"/personal/medarbetare/{tomas.pk}/roller/"
    typed = {"role": "counsellor", "also": ["auditor"], "by": str(head.member)}
    page = client.post(where, typed).content.decode()
    assert "Välj varför" in page
    assert "Granskare och tekniker" in page
    answer = client.post(where, typed | {"also": ["editor"], "reason": "duties"})
    assert answer.status_code == 303
    with door("staff", actor=head.member):
        assert member_for(head, tomas.pk).who.roles == {Role.COUNSELLOR, Role.EDITOR}


def test_nobody_changes_her_own_roles_or_walls(cast) -> None:
    house, head, _, _ = cast
    with door("staff", actor=head.member):
        with pytest.raises(NotOneself):
            duties.change_roles(by=head, member=head.member, role=Role.HEAD, also=[Role.COUNSELLOR], reason=WHY)
        with pytest.raises(NotOneself):
            duties.give_wall(by=head, member=head.member, term=Term(W.KAST, today()), reason=WHY)
    page = hands(house, head).post(
        f"/personal/medarbetare/{head.member}/murar/",
        {"deed": "give", "wall": "kast", "reason": "duties", "by": str(head.member)},
    )
    assert "Ingen ändrar sina egna" in page.content.decode()


def test_a_head_who_would_be_the_last_one_left_keeps_her_role(cast) -> None:
    house, head, _, _ = cast
    siv = house.actor(house.member("Siv", Role.HEAD, walls=()))
    with house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET leaves_on = current_date + 9 WHERE id = %s", [siv.member])
    with pytest.raises(LastHead), door("staff", actor=siv.member):
        duties.change_roles(by=siv, member=head.member, role=Role.EDITOR, also=[], reason=WHY)


def test_where_nobody_else_has_the_key_nothing_is_changed(cast) -> None:
    house, head, _, _ = cast
    nils = house.member("Nils", Role.KAST_COUNSELLOR, walls=(W.KAST,))
    with door("staff", actor=head.member):
        with pytest.raises(LastHolder):
            duties.change_roles(by=head, member=nils.pk, role=Role.EDITOR, also=[], reason=WHY)
        assert member_for(head, nils.pk).who.roles == {Role.KAST_COUNSELLOR}
        with pytest.raises(LastHolder):
            duties.end_wall(by=head, member=nils.pk, wall=W.KAST, last_on=None, reason=WHY)
        assert member_for(head, nils.pk).walls == [W.KAST]
        assert rings(nils.pk) == {"kast"}
    client = hands(house, head)
    typed = {"role": "editor", "reason": "duties", "by": str(head.member)}
    page = client.post(f"/personal/medarbetare/{nils.pk}/roller/", typed).content.decode()
    assert "är den enda som har nyckel hit: KAST" in page


def test_a_wall_ended_at_once_takes_the_key_and_one_ended_later_leaves_it(cast) -> None:
    house, head, _, tomas = cast
    with door("staff", actor=head.member):
        duties.end_wall(by=head, member=tomas.pk, wall=W.CONTACT, last_on=today(3), reason=WHY)
        assert member_for(head, tomas.pk).terms == [Term(W.CONTACT, today(), today(4))]
        assert rings(tomas.pk) == {"contact"}
        duties.end_wall(by=head, member=tomas.pk, wall=W.CONTACT, last_on=None, reason=WHY)
        assert member_for(head, tomas.pk).terms == []
        assert rings(tomas.pk) == set()
    assert acts(house)[-1] == ("access:place:end", "contact: duties", tomas.pk)


def test_who_has_left_is_given_nothing(cast) -> None:
    _, head, _, tomas = cast
    with door("staff", actor=head.member):
        leaving.let_go(by=head, member=tomas.pk)
        with pytest.raises(NoSuchMember):
            duties.give_wall(by=head, member=tomas.pk, term=Term(W.EXPOSED, today()), reason=WHY)


def test_both_sides_and_the_same_wall_twice_are_refused(cast) -> None:
    _, head, _, tomas = cast

    def give(wall: Wall, first: int, until: int | None = None) -> None:
        duties.give_wall(
            by=head, member=tomas.pk, term=Term(wall, today(first), today(until) if until else None), reason=WHY
        )

    with door("staff", actor=head.member):
        give(W.USING_VIOLENCE, 1, 10)
        with pytest.raises(BothSides):
            give(W.EXPOSED, 9)
        with pytest.raises(AlreadyInside):
            give(W.CONTACT, 5)
        give(W.EXPOSED, 10)


def test_by_hand_the_database_keeps_the_sides_apart(cast) -> None:
    _, head, _, tomas = cast
    place = "INSERT INTO access_place VALUES (gen_random_uuid(), %s, %s, %s, %s, %s)"

    def by_hand(wall: str, first: int, until: int | None) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            days = today(first), None if until is None else today(until)
            cursor.execute(place, [head.centre, tomas.pk, wall, *days])

    with door("staff", actor=head.member):
        by_hand("using_violence", 1, 10)
        for wall, first, until in (
            ("partner", 9, None),
            ("exposed", 0, 2),
            ("using_violence", 3, 4),
            ("contact", 0, 1),
        ):
            with pytest.raises(IntegrityError) as told:
                by_hand(wall, first, until)
            assert isinstance(told.value.__cause__, psycopg.errors.ExclusionViolation)
        by_hand("partner", 10, None)
        by_hand("exposed", 10, None)


def test_by_hand_no_two_roles_that_clash_stand_in_one_row(house: House) -> None:
    row = (
        "INSERT INTO people_member (id, centre_id, email, name, role, also, password, is_active)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'X', %s, %s, '!', false)"
    )
    with house.as_superuser() as boss:
        for main in Role:
            for other in Role:
                taken = True
                try:
                    boss.execute(row, [main.value, [other.value]])
                except psycopg.errors.CheckViolation:
                    taken = False
                assert taken != roles_clash({main, other}), (main, other)


def test_by_hand_nobody_outside_the_house_changes_roles_walls_or_anothers_absence(cast) -> None:
    _, head, maja, tomas = cast
    names = {"tomas": tomas.pk, "centre": head.centre}
    tries = [
        "INSERT INTO people_absence VALUES (gen_random_uuid(), %(centre)s, %(tomas)s, current_date, current_date + 1)",
        "INSERT INTO access_place VALUES (gen_random_uuid(), %(centre)s, %(tomas)s, 'kast', current_date, NULL)",
        "UPDATE people_member SET also = '{head}'",
    ]
    refused(maja, tries, names)
    with door("staff", actor=maja.member), connection.cursor() as cursor:
        cursor.execute("SELECT lykta_set_roles(%s, 'head', '{}')", [tomas.pk])
        assert cursor.fetchone() == (False,)
    with door("staff", actor=head.member), connection.cursor() as cursor:
        cursor.execute("SELECT lykta_set_roles(%s, 'head', '{counsellor}')", [head.member])
        assert cursor.fetchone() == (False,)
    with pytest.raises(NotHolder), door("staff", actor=maja.member):
        duties.give_wall(by=maja, member=tomas.pk, term=Term(W.KAST, today()), reason=WHY)


def test_the_pages_of_change_are_not_there_for_others(cast) -> None:
    house, _, maja, tomas = cast
    client = hands(house, maja)
    for page in ("roller", "murar", "franvaro"):
        assert client.get(f"/personal/medarbetare/{tomas.pk}/{page}/").status_code == 404
    assert client.get(f"/personal/medarbetare/{maja.member}/franvaro/").status_code == 200


def away(house: House, maja: Actor, tomas: Member, days: int = 3) -> None:
    with door("staff", actor=maja.member):
        absence.set_absence(by=maja, member=maja.member, from_on=today(), until_on=today(days), stand_in=tomas.pk)


def test_who_stands_in_is_told_and_reads_without_giving_a_reason(cast) -> None:
    house, _, maja, tomas = cast
    house.dialogue("Orden i Majas dialog")
    house.dialogue("En fri")
    with house.as_superuser() as boss:
        (hers,) = boss.execute(
            "UPDATE contact_dialogue SET taken_by = %s WHERE id = (SELECT min(id::text)::uuid FROM contact_dialogue)"
            " RETURNING id",
            [maja.member],
        ).fetchone()
    where, client = f"/personal/inkorg/{hers}/", hands(house, house.actor(tomas))
    assert "Säg varför" in client.get(where).content.decode()
    away(house, maja, tomas)
    morning = client.get("/personal/").content.decode()
    assert "Du vikarierar för Maja" in morning
    rows = client.get("/personal/inkorg/").context["rows"]
    assert (rows[0].id, rows[0].stand_in) == (hers, True)
    assert "visitor" in client.get(where).content.decode()
    client.post(where, {"deed": "note", "text": "Läst", "by": str(tomas.pk)})
    read = [reason for act, reason, _ in acts(house) if act in ("contact:dialogue:read", "contact:dialogue:note")]
    assert read == ["stand_in", "stand_in"]
    with door("staff", actor=maja.member):
        (only,) = absence.coming_of(maja.member)
        absence.end_absence(by=maja, member=maja.member, absence=only.pk)
    assert "Säg varför" in client.get(where).content.decode()


def test_who_stands_in_must_be_inside_the_same_walls(cast) -> None:
    house, _, maja, tomas = cast
    nils = house.member("Nils", Role.KAST_COUNSELLOR, walls=(W.KAST,))
    gone = house.member("Gone")
    with house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET leaves_on = current_date + 2 WHERE id = %s", [gone.pk])
    with door("staff", actor=maja.member):
        for who in (nils.pk, gone.pk, maja.member):
            with pytest.raises(OutsideHerWalls):
                absence.set_absence(by=maja, member=maja.member, from_on=today(), until_on=today(9), stand_in=who)
    away(house, maja, tomas)
    with pytest.raises(AwayAlready):
        away(house, maja, tomas)
    his = house.actor(tomas)
    with pytest.raises(AwayAlready), door("staff", actor=tomas.pk):
        absence.set_absence(by=his, member=tomas.pk, from_on=today(1), until_on=today(2), stand_in=maja.member)


def test_the_page_of_absence_tells_what_is_wrong_and_keeps_the_days(cast) -> None:
    house, _, maja, tomas = cast
    client, where = hands(house, maja), f"/personal/medarbetare/{maja.member}/franvaro/"
    typed = {"deed": "away", "from_on": today(3).isoformat(), "back_on": today(3).isoformat(), "by": str(maja.member)}
    page = client.post(where, typed).content.decode()
    assert "Tillbaka kommer efter" in page
    assert today(3).isoformat() in page
    assert client.post(where, typed | {"back_on": today(5).isoformat(), "stand_in": str(tomas.pk)}).status_code == 303
    page = client.get(where).content.decode()
    assert "Tomas vikarierar" in page
    with door("staff", actor=maja.member):
        (only,) = absence.coming_of(maja.member)
    for _ in range(2):
        client.post(where, {"deed": "back", "absence": str(only.pk), "by": str(maja.member)})
    assert "redan avslutad" in client.get(where).content.decode()
