"""Leaving: what ends at once, what a day brings, what is refused; and one's own browsers."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from journeys.house import PASSWORD, House
from lykta.access.enums import Role, Wall
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.core.doors import door
from lykta.people import keys, leaving
from lykta.people.browsers import device_of
from lykta.people.errors import LastHead, LastHolder, NoSuchMember, NotOneself
from lykta.people.models import Member, Session
from lykta.people.roster import member_for
from lykta.people.tests.cast import GOOD, acts, browser, hands, head_of, invited, refused
from lykta.people.tests.test_invitation import use
from lykta.sealing.enums import RingName
from lykta.sealing.errors import UnsignedKey
from lykta.sealing.models import RingShare
from lykta.sealing.queries import public_key


@pytest.fixture
def cast(house: House) -> tuple[House, Actor, Actor, Member]:
    """An installed house: a head, and two counsellors inside the contact room."""
    house.install()
    return house, head_of(house), house.actor(house.member("Maja")), house.member("Tomas")


def let_go(head: Actor, member: Member) -> None:
    with door("staff", actor=head.member):
        leaving.let_go(by=head, member=member.pk)


def row(house: House, table: str, member: Member, column: str = "member_id") -> int:
    with house.as_superuser() as boss:
        return boss.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [member.pk]).fetchone()[0]


def test_who_is_let_go_loses_every_way_in_at_once(cast) -> None:
    house, head, maja, tomas = cast
    his = hands(house, house.actor(tomas))
    with house.as_superuser() as boss:
        boss.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{}', now())",
            [tomas.pk],
        )
    assert his.get("/personal/").status_code == 200
    let_go(head, tomas)
    assert his.get("/personal/")["Location"].startswith("/personal/logga-in/")
    answer = browser().post("/personal/logga-in/", {"login": tomas.email, "password": PASSWORD})
    assert "stämmer inte" in answer.content.decode()
    for table in ("people_session", "sealing_staffpair", "sealing_ringshare", "sealing_memberwrap", "access_place"):
        assert row(house, table, tomas) == 0, table
    assert row(house, "mfa_authenticator", tomas, "user_id") == 0
    with door("staff", actor=maja.member):
        with pytest.raises(UnsignedKey):
            public_key(tomas.pk)
        assert set(RingShare.objects.values_list("ring__version", flat=True)) == {1, 2}
    assert ("people:member:leave", "", tomas.pk) in acts(house)


def test_what_she_had_is_free_again_with_a_mark_until_somebody_takes_it(cast) -> None:
    house, head, maja, tomas = cast
    visitor, _ = house.dialogue("Hej")
    where, his = f"/personal/inkorg/{visitor.case}/", hands(house, house.actor(tomas))
    his.post(where, {"deed": "take", "by": str(tomas.pk)})
    let_go(head, tomas)
    hers = hands(house, maja)
    assert "Tomas har slutat" in hers.get("/personal/inkorg/").content.decode()
    assert "hade den och har slutat" in hers.get(where).content.decode()
    hers.post(where, {"deed": "take", "by": str(maja.member)})
    assert "har slutat" not in hers.get("/personal/inkorg/").content.decode()
    assert ("contact:dialogue:free", "", tomas.pk) in acts(house)


def test_after_her_last_day_the_door_is_shut_and_the_next_visit_of_the_house_does_the_rest(cast) -> None:
    house, head, maja, tomas = cast
    his = hands(house, house.actor(tomas))
    with door("staff", actor=head.member):
        leaving.set_leaving(by=head, member=tomas.pk, last_on=clock.today())
        assert member_for(head, tomas.pk).who.is_active
    assert his.get("/personal/").status_code == 200
    with house.as_superuser() as boss:  # the database has a clock of its own: yesterday was her last day
        boss.execute("UPDATE people_member SET leaves_on = current_date WHERE id = %s", [tomas.pk])
    assert his.get("/personal/")["Location"].startswith("/personal/logga-in/")
    hands(house, maja).get("/personal/")
    assert row(house, "sealing_ringshare", tomas) == 1
    hands(house, head).get("/personal/")
    assert row(house, "sealing_ringshare", tomas) == 0
    assert row(house, "sealing_staffpair", tomas) == 0


def test_a_last_day_can_be_taken_back(cast) -> None:
    _, head, _, tomas = cast
    with door("staff", actor=head.member):
        leaving.set_leaving(by=head, member=tomas.pk, last_on=clock.today() + timedelta(days=3))
        leaving.set_leaving(by=head, member=tomas.pk, last_on=None)
        assert member_for(head, tomas.pk).who.leaves_on is None


def test_the_last_head_stays_and_nobody_lets_herself_go(cast) -> None:
    house, head, _, tomas = cast
    siv = house.actor(house.member("Siv", Role.HEAD, walls=()))
    with door("staff", actor=head.member):
        with pytest.raises(NotOneself):
            leaving.let_go(by=head, member=head.member)
        leaving.set_leaving(by=head, member=siv.member, last_on=clock.today())
    for deed in (leaving.let_go, leaving.shut):
        with pytest.raises(LastHead), door("staff", actor=siv.member):
            deed(by=siv, member=head.member)
    with pytest.raises(LastHead), door("staff", actor=siv.member):
        leaving.set_leaving(by=siv, member=head.member, last_on=clock.today())
    page = hands(house, siv).post(
        f"/personal/medarbetare/{head.member}/sluta/", {"deed": "now", "meant": "yes", "by": str(siv.member)}
    )
    assert "är den sista som kan släppa in medarbetare" in page.content.decode()
    assert (
        "bjud först in en efterträdare"
        in hands(house, head).get(f"/personal/medarbetare/{head.member}/sluta/").content.decode()
    )
    assert tomas.is_active


def test_the_only_holder_of_a_ring_lets_somebody_in_first(cast) -> None:
    house, head, _, _ = cast
    nils = house.member("Nils", Role.KAST_COUNSELLOR, walls=(Wall.KAST,))
    with pytest.raises(LastHolder), door("staff", actor=head.member):
        leaving.let_go(by=head, member=nils.pk)
    where = f"/personal/medarbetare/{nils.pk}/sluta/"
    assert "den enda som har nyckel hit: KAST" in hands(house, head).get(where).content.decode()
    nora = house.member("Nora", Role.KAST_COUNSELLOR, walls=(Wall.KAST,), share=False)
    his = house.actor(nils)
    with door("staff", actor=nils.pk):
        keys.let_in(by=his, member=nora.pk, ring=RingName.KAST)
    let_go(head, nils)
    with door("staff", actor=nora.pk):
        assert set(RingShare.objects.values_list("ring__version", flat=True)) == {1, 2}


def test_the_only_one_who_can_open_a_named_case_lets_somebody_in_first(cast) -> None:
    house, head, _, tomas = cast
    with house.as_superuser() as boss:
        boss.execute(
            "INSERT INTO sealing_memberwrap"
            " SELECT gen_random_uuid(), %s, gen_random_uuid(), gen_random_uuid(), %s, 'x'",
            [head.centre, tomas.pk],
        )
    with pytest.raises(LastHolder) as told, door("staff", actor=head.member):
        leaving.let_go(by=head, member=tomas.pk)
    assert told.value.cases == 1


def test_who_is_shut_out_keeps_her_keys_and_may_come_back(cast) -> None:
    house, head, _, tomas = cast
    his = hands(house, house.actor(tomas))
    with door("staff", actor=head.member):
        leaving.shut(by=head, member=tomas.pk)
    assert his.get("/personal/")["Location"].startswith("/personal/logga-in/")
    hands(house, head).get("/personal/")
    assert row(house, "sealing_ringshare", tomas) == 1
    with door("staff", actor=head.member):
        leaving.open_again(by=head, member=tomas.pk)
    assert hands(house, house.actor(tomas)).get("/personal/").status_code == 200


def test_who_never_came_is_taken_back_and_not_let_go(cast) -> None:
    _, head, _, _ = cast
    link = invited(head)
    with pytest.raises(NoSuchMember), door("staff", actor=head.member):
        leaving.let_go(by=head, member=link.member)


def test_who_has_left_can_be_invited_anew_under_the_same_address(cast) -> None:
    _, head, _, _ = cast
    link = invited(head)
    use(link)
    with door("staff", actor=head.member):
        leaving.let_go(by=head, member=link.member)
    again = invited(head)
    assert use(again, password=GOOD).status_code == 303


@pytest.mark.parametrize("deed", ["later", "now", "shut", "nothing"])
def test_the_page_asks_that_it_is_meant_and_does_it(cast, deed: str) -> None:
    house, head, _, tomas = cast
    client, where = hands(house, head), f"/personal/medarbetare/{tomas.pk}/sluta/"
    first = client.post(where, {"deed": deed, "by": str(head.member)})
    told = {"later": "Skriv sista dagen", "now": "Kryssa i", "nothing": "redan ändrats"}
    if deed in told:
        assert told[deed] in first.content.decode()
    more = {"last_on": clock.today().isoformat(), "meant": "yes"}
    answer = client.post(where, {"deed": deed, "by": str(head.member)} | more)
    assert answer.status_code == (200 if deed == "nothing" else 303)


def test_by_hand_nobody_outside_the_house_ends_anybody(cast) -> None:
    house, head, maja, tomas = cast
    hands(house, house.actor(tomas))
    with door("staff", actor=maja.member), connection.cursor() as cursor:
        cursor.execute(
            "SELECT lykta_set_leaving(%s, current_date), lykta_shut(%s, true), lykta_let_go(%s), lykta_sole_cases(%s),"
            " lykta_free_dialogues(%s)",
            [tomas.pk] * 5,
        )
        assert cursor.fetchone() == (False, False, False, 0, 0)
        cursor.execute("DELETE FROM people_session WHERE member_id = %s", [tomas.pk])
        assert cursor.rowcount == 0
    with door("staff", actor=head.member), connection.cursor() as cursor:
        cursor.execute(
            "SELECT lykta_set_leaving(%s, current_date), lykta_shut(%s, true), lykta_let_go(%s)", [head.member] * 3
        )
        assert cursor.fetchone() == (False, False, False)
    forged = "INSERT INTO people_session (row, centre_id, sealed, expires_at, member_id)"
    refused(
        maja, [f"{forged} VALUES ('x', %(centre)s, 'x', now(), %(tomas)s)"], {"centre": head.centre, "tomas": tomas.pk}
    )


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18.4 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0", "Edge, Linux"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("", "En webbläsare"),
    ],
)
def test_of_a_browser_no_more_than_two_words_are_kept(agent: str, told: str) -> None:
    assert device_of(agent) == told


def test_her_own_browsers_are_listed_and_signed_out_one_by_one_or_all(cast) -> None:
    house, _, maja, tomas = cast
    here, there, third = (hands(house, maja) for _ in range(3))
    his = hands(house, house.actor(tomas))
    for client in (here, there, third, his):
        assert client.get("/personal/").status_code == 200
    page = here.get("/personal/konto/")
    listed = page.context["browsers"]
    assert [b.here for b in listed] == [True, False, False]
    post = {"by": str(maja.member)}
    here.post("/personal/konto/webblasare/", post | {"deed": "one", "row": listed[1].row})
    assert sorted(gone(c) for c in (here, there, third)) == [False, False, True]
    with door("staff", actor=tomas.pk):
        others = Session.objects.get(member_id=tomas.pk).row
    here.post("/personal/konto/webblasare/", post | {"deed": "one", "row": others})
    assert not gone(his)
    here.post("/personal/konto/webblasare/", post | {"deed": "others"})
    assert (gone(here), gone(there), gone(third), gone(his)) == (False, True, True, False)
    here.post("/personal/konto/webblasare/", post | {"deed": "all"})
    assert (gone(here), gone(his)) == (True, False)


def gone(client: Client) -> bool:
    return client.get("/personal/").status_code == 303


def test_the_kind_of_device_is_sealed_to_her_alone(house: House) -> None:
    from lykta.people.browsers import browsers_of, sealed_device

    maja = house.actor(house.member("Maja"))
    client = hands(house, maja)
    request = client.get("/personal/", headers={"user-agent": "Firefox Windows"}).wsgi_request
    box = sealed_device(request, maja.member, maja.holder.private)
    with house.as_superuser() as boss:
        boss.execute("UPDATE people_session SET device = %s", [box])
    assert b"Firefox" not in box
    with door("staff", actor=maja.member), time_machine.travel(clock.now()):
        assert [b.device for b in browsers_of(maja, here="nothing")] == ["Firefox, Windows"]
