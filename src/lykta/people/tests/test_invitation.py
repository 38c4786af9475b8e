"""Coming in by a link: once, in time, with keys of one's own that somebody must sign."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from journeys.house import House
from journeys.staff_hands import codes
from lykta.access.enums import Role, Wall
from lykta.access.errors import BothSides, RolesApart
from lykta.access.rules import Actor, Term
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.people import invitations
from lykta.people.enums import Standing
from lykta.people.errors import AddressTaken
from lykta.people.roster import member_for
from lykta.people.tests.cast import GOOD, acts, browser, hands, head_of, invited, refused
from lykta.sealing.errors import NotHolder
from lykta.sealing.queries import fingerprint

NEW = "/personal/medarbetare/ny/"


@pytest.fixture
def head(house: House) -> Actor:
    """An installed house's head, who lets members in."""
    house.install()
    return head_of(house)


def use(link: invitations.Link, client: Client | None = None, password: str = GOOD) -> HttpResponse:
    """Follow the link and choose a password."""
    where = f"/personal/inbjudan/{link.token}/"
    return (client or browser()).post(where, {"password": password, "again": password})


def with_code_app(client: Client) -> None:
    """Add a code app to what she signs in with."""
    secret = client.get("/personal/konto/kodapp/").context["form"].secret
    answer = client.post("/personal/konto/kodapp/", {"code": next(codes(secret))})
    assert answer["Location"] == "/personal/konto/reservkoder/"


def test_from_the_link_to_one_of_the_house(house: House, head: Actor) -> None:
    link, client = invited(head), browser()
    page = client.get(f"/personal/inbjudan/{link.token}/").content.decode()
    assert "Välkommen, Ny" in page
    assert use(link, client)["Location"] == "/personal/valkommen/"
    assert client.get("/personal/")["Location"] == "/personal/konto/"
    assert client.get("/personal/konto/")["Location"] == "/personal/valkommen/"
    with_code_app(client)
    assert client.get("/personal/konto/reservkoder/").context["can_view_codes"]
    assert not client.get("/personal/konto/reservkoder/").context["can_view_codes"]
    waits = client.get("/personal/valkommen/").content.decode()
    with door("staff", actor=head.member):
        digits = fingerprint(link.member)
    assert digits in waits
    assert client.get("/personal/")["Location"] == "/personal/konto/"
    sign(house, head, link.member)
    page = client.get("/personal/")
    assert page.status_code == 200
    assert page.context["actor"].holder is not None
    way_in = ("people:member:join", "people:member:sign-in", "people:member:second-factor", "sealing:pair:sign")
    assert [act for act, _, _ in acts(house) if act in way_in] == [
        "people:member:join",
        "people:member:sign-in",
        "people:member:second-factor",  # the code app
        "people:member:second-factor",  # the spare codes that come with it
        "sealing:pair:sign",
    ]


def sign(house: House, head: Actor, member: UUID) -> HttpResponse:
    """The head compares the digits on the member's page and signs."""
    client = hands(house, head)
    page = client.get(f"/personal/medarbetare/{member}/")
    typed = {"public": page.context["public"], "heard": "yes", "by": str(head.member)}
    return client.post(f"/personal/medarbetare/{member}/underskrift/", typed)


@pytest.mark.parametrize("how", ["used", "late", "taken back", "renewed", "never was"])
def test_a_link_that_does_not_hold_gets_one_and_the_same_answer(house: House, head: Actor, how: str) -> None:
    link = invited(head)
    if how == "used":
        use(link)
    elif how == "taken back":
        with door("staff", actor=head.member):
            invitations.take_back_invitation(by=head, member=link.member)
    elif how == "renewed":
        with door("staff", actor=head.member):
            invitations.renew_invitation(by=head, member=link.member)
    elif how == "never was":
        link = invitations.Link(link.member, "0" * 64, link.expires_at)
    late = clock.now() + timedelta(hours=72 if how == "late" else 0)
    with time_machine.travel(late, tick=True):
        answers = [use(link), browser().get(f"/personal/inbjudan/{link.token}/")]
        unknown = browser().get("/personal/inbjudan/nothing/")
    for answer in answers:
        assert (answer.status_code, plain(answer)) == (404, plain(unknown))
    assert "ber om en ny" in plain(unknown)


def plain(answer: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_the_link_holds_until_the_last_second(head: Actor) -> None:
    link = invited(head)
    with time_machine.travel(link.expires_at - timedelta(seconds=1), tick=False):
        assert browser().get(f"/personal/inbjudan/{link.token}/").status_code == 200


def test_a_link_late_by_the_databases_own_clock_opens_nothing(house: House, head: Actor) -> None:
    link = invited(head)
    with house.as_superuser() as boss:
        boss.execute("UPDATE people_invitation SET expires_at = now()")
    with time_machine.travel(clock.now() - timedelta(hours=1), tick=False):
        assert use(link).status_code == 404
    with door("staff", actor=head.member):
        assert member_for(head, link.member).standing == Standing.INVITED


def test_a_renewed_link_works_in_place_of_the_old(head: Actor) -> None:
    link = invited(head)
    with door("staff", actor=head.member):
        newer = invitations.renew_invitation(by=head, member=link.member)
    assert use(newer).status_code == 303


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("kort", "minst tolv tecken"),
        ("nykollega2026!", "för likt ditt namn"),
        ("password1234", "lätt att gissa"),
        ("aaaaaaaaaaaaaa", "lätt att gissa"),
        ("x" * 201, "för långt"),
    ],
)
def test_a_weak_password_is_told_and_the_link_is_not_spent(head: Actor, password: str, told: str) -> None:
    link = invited(head)
    page = use(link, password=password)
    assert (page.status_code, told in page.content.decode()) == (200, True)
    assert use(link).status_code == 303


def test_a_link_copied_by_hand_is_read_kindly(head: Actor) -> None:
    link = invited(head)
    copied = link.token.lower().replace("0", "o").replace("1", "l")
    assert browser().get(f"/personal/inbjudan/{copied}/").status_code == 200


def test_two_passwords_that_differ_are_told(head: Actor) -> None:
    link = invited(head)
    page = browser().post(f"/personal/inbjudan/{link.token}/", {"password": GOOD, "again": GOOD + "!"})
    assert "inte lika" in page.content.decode()


def test_the_link_shows_nothing_to_a_member_who_is_signed_in(house: House, head: Actor) -> None:
    link = invited(head)
    page = hands(house, head).get(f"/personal/inbjudan/{link.token}/").content.decode()
    assert "Gunnel är inloggad här" in page
    assert use(link).status_code == 303


def test_only_a_hash_of_the_link_is_kept(house: House, head: Actor) -> None:
    link = invited(head)
    with house.as_superuser() as boss:
        (row,) = boss.execute("SELECT to_jsonb(i)::text FROM people_invitation i").fetchone()
    assert link.token not in row


def test_an_invited_member_has_no_password_no_keys_and_no_way_in(house: House, head: Actor) -> None:
    link = invited(head)
    with house.as_superuser() as boss:
        row = boss.execute(
            "SELECT is_active, left(password, 1), joined_on FROM people_member WHERE id = %s", [link.member]
        )
        assert row.fetchone() == (False, "!", None)
        assert boss.execute("SELECT 1 FROM sealing_staffpair WHERE member_id = %s", [link.member]).fetchone() is None
    answer = browser().post("/personal/logga-in/", {"login": "ny@test.example", "password": "!"})
    assert "stämmer inte" in answer.content.decode()


def test_taken_back_the_address_is_free_again(head: Actor) -> None:
    link = invited(head)
    with pytest.raises(AddressTaken):
        invited(head)
    with door("staff", actor=head.member):
        invitations.take_back_invitation(by=head, member=link.member)
    assert invited(head).member != link.member


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"role": Role.AUDITOR, "also": [Role.COUNSELLOR]}, RolesApart),
        (
            {
                "role": Role.THERAPIST,
                "terms": [Term(Wall.USING_VIOLENCE, clock.today()), Term(Wall.PARTNER, clock.today())],
            },
            BothSides,
        ),
    ],
)
def test_what_may_not_be_together_is_not_invited(
    head: Actor, fields: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error), door("staff", actor=head.member):
        invitations.invite(by=head, name="Ny", email="ny@test.example", **fields)


def test_who_is_not_of_the_house_invites_nobody(house: House, head: Actor) -> None:
    maja = house.actor(house.member("Maja"))
    with pytest.raises(NotHolder), door("staff", actor=maja.member):
        invitations.invite(by=maja, name="Ny", email="ny@test.example", role=Role.HEAD)
    assert hands(house, maja).get(NEW).status_code == 404


def test_the_installation_invites_without_a_member(house: House) -> None:
    with door("worker", actor=WORKER):
        link = invitations.invite(by=None, name="Första Chefen", email="f@test.example", role=Role.HEAD)
    assert use(link).status_code == 303


def test_the_page_gives_a_link_that_is_shown_once(house: House, head: Actor) -> None:
    client = hands(house, head)
    assert client.get(NEW).status_code == 200
    on = clock.today().isoformat()
    typed = {
        "name": "Ny Kollega",
        "email": "ny@test.example",
        "role": "counsellor",
        "also": ["editor"],
        "in_contact": "on",
        "from_contact": on,
        "last_contact": on,
        "by": str(head.member),
    }
    where = client.post(NEW, typed)["Location"]
    page = client.get(where)
    assert page.context["address"].startswith("http://127.0.0.1/personal/inbjudan/")
    assert "data:image/svg+xml" in page.content.decode()
    assert "visas bara en gång" in client.get(where).content.decode()
    with door("staff", actor=head.member):
        entry = member_for(head, UUID(where.split("/")[-3]))
        assert entry.who.roles == {Role.COUNSELLOR, Role.EDITOR}
        assert entry.terms == [Term(Wall.CONTACT, clock.today(), clock.today() + timedelta(days=1))]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, "för- och efternamn"),
        ({"name": "x" * 81}, "Högst 80 tecken"),
        ({"name": "Ny\x00"}, "Null"),
        ({"email": "nothing"}, "inte ut som en e-postadress"),
        ({"role": ""}, "Välj en roll"),
        ({"role": "king"}, "Välj en roll"),
        ({"role": "auditor", "also": ["counsellor"]}, "Granskare och tekniker"),
        ({"in_exposed": "on", "in_using_violence": "on"}, "båda sidor samma dag"),
        ({"in_child": "on", "from_child": "2026-11-23", "last_child": "2026-11-22"}, "före den första"),
        ({"in_child": "on", "from_child": "i morgon"}, "2026-11-23"),
        ({"in_child": "on", "from_child": "2026-11-23", "last_child": "9999-12-31"}, "mellan 2000 och 2100"),
        ({"email": "Gunnel@test.example"}, "loggar redan in"),
    ],
)
def test_what_was_wrong_is_told_and_what_was_typed_is_kept(
    house: House, head: Actor, wrong: dict[str, object], told: str
) -> None:
    typed = {"name": "Ny Kollega", "email": "ny@test.example", "role": "counsellor", "by": str(head.member)}
    page = hands(house, head).post(NEW, typed | wrong)
    assert page.status_code == 200
    assert told in page.content.decode()
    assert "Ny Kollega" in page.content.decode() or "name" in wrong
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM people_member").fetchone() == (1,)


def test_signing_needs_that_the_digits_were_heard_and_are_still_the_same(house: House, head: Actor) -> None:
    link = invited(head)
    use(link)
    client = hands(house, head)
    where = f"/personal/medarbetare/{link.member}/"
    public = client.get(where).context["public"]
    client.post(f"{where}underskrift/", {"public": public, "by": str(head.member)})
    assert "Kryssa i" in client.get(where).content.decode()
    client.post(f"{where}underskrift/", {"public": "00" * 32, "heard": "yes", "by": str(head.member)})
    assert "Jämför siffrorna igen" in client.get(where).content.decode()
    with door("staff", actor=head.member):
        assert member_for(head, link.member).standing == Standing.UNSIGNED


def test_an_unsigned_member_sees_no_row_behind_a_wall_by_hand_either(house: House, head: Actor) -> None:
    house.dialogue()
    link = invited(head)
    use(link)
    count = "SELECT count(*) FROM contact_dialogue"
    with door("staff", actor=link.member), connection.cursor() as cursor:
        cursor.execute(count)
        assert cursor.fetchone() == (0,)
    sign(house, head, link.member)
    with door("staff", actor=link.member), connection.cursor() as cursor:
        cursor.execute(count)
        assert cursor.fetchone() == (1,)


def test_by_hand_nobody_outside_the_house_makes_a_member_a_link_or_a_place(house: House, head: Actor) -> None:
    maja = house.actor(house.member("Maja"))
    link = invited(head)
    names = {"maja": maja.member, "new": link.member, "centre": maja.centre}
    member = "(id, centre_id, email, name, role, also, password, is_active)"
    invitation = "(id, centre_id, member_id, purpose, token_row, made_by, made_at, expires_at)"
    tries = [
        f"INSERT INTO people_member {member}"
        " VALUES (gen_random_uuid(), %(centre)s, 'x@x', 'X', 'head', '{}', '!', false)",
        f"INSERT INTO people_invitation {invitation}"
        " VALUES (gen_random_uuid(), %(centre)s, %(new)s, 'new', 'x', %(maja)s, now(), now())",
        "INSERT INTO access_place VALUES (gen_random_uuid(), %(centre)s, %(new)s, 'kast', current_date, NULL)",
        "UPDATE people_member SET role = 'head'",
        "UPDATE people_member SET is_active = true",
        "UPDATE people_invitation SET expires_at = now() + interval '9 days'",
        "UPDATE people_invitation SET used_at = NULL",
        "DELETE FROM people_member",
    ]
    refused(maja, tries, names)
    with door("staff", actor=maja.member), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_invitation")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM people_address")
        assert cursor.fetchone() == (0,)
        for statement in ("DELETE FROM access_place", "UPDATE access_place SET until_on = '2099-01-01'"):
            cursor.execute(statement)
            assert cursor.rowcount == 0
        cursor.execute("SELECT lykta_uninvite(%s), lykta_spend_invitation()", [link.member])
        assert cursor.fetchone() == (False, None)


def test_by_hand_the_house_gives_nothing_to_herself_and_opens_no_row(house: House, head: Actor) -> None:
    names = {"head": head.member, "centre": head.centre}
    member = "(id, centre_id, email, name, role, also, password, is_active, joined_on)"
    invitation = "(id, centre_id, member_id, purpose, token_row, made_by, made_at, expires_at)"
    tries = [
        f"INSERT INTO people_member {member} VALUES"
        " (gen_random_uuid(), %(centre)s, 'x@x', 'X', 'head', '{}', 'known', true, current_date)",
        f"INSERT INTO people_invitation {invitation}"
        " VALUES (gen_random_uuid(), %(centre)s, %(head)s, 'new', 'x', %(head)s, now(), now())",
        f"INSERT INTO people_invitation {invitation}"
        " VALUES (gen_random_uuid(), %(centre)s, gen_random_uuid(), 'new', 'x', %(head)s, now(), now() + '9 days')",
        "INSERT INTO access_place VALUES (gen_random_uuid(), %(centre)s, %(head)s, 'kast', current_date, NULL)",
    ]
    refused(head, tries, names)
