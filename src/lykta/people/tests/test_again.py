"""Letting in again: who asks, how long one waits, what comes back and what stays shut; and one's own new password."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from journeys.house import PASSWORD, House
from lykta.access.enums import Role
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.core.doors import door
from lykta.people import again, invitations, keys, leaving
from lykta.people.enums import Purpose, ShortenReason
from lykta.people.errors import NoSuchMember, NotOneself, StillWaiting
from lykta.people.models import Invitation, Member
from lykta.people.tests.cast import GOOD, acts, browser, hands, head_of, refused
from lykta.people.tests.test_invitation import sign, use, with_code_app
from lykta.people.tests.test_sign_in import sign_in
from lykta.people.tests.test_sign_in import with_code_app as code_app_of
from lykta.sealing.actions import new_case_key
from lykta.sealing.enums import RingName
from lykta.sealing.errors import NotHolder, UnsignedKey
from lykta.sealing.holder import Holder
from lykta.sealing.models import MemberWrap, RingShare
from lykta.sealing.named import give_case, new_named_key
from lykta.sealing.queries import case_keys, password_key, public_key, staff_private

LOST = Purpose.BOTH


@pytest.fixture
def cast(house: House) -> tuple[House, Actor, Actor, Member]:
    """An installed house: a head, a colleague in the contact room, and Tomas there, who has lost his way in."""
    house.install()
    return house, head_of(house), house.actor(house.member("Maja")), house.member("Tomas")


def ask(head: Actor, member: Member, kind: Purpose = LOST) -> None:
    with door("staff", actor=head.member):
        again.ask(by=head, member=member.pk, kind=kind)


def shorten(head: Actor, member: Member) -> None:
    with door("staff", actor=head.member):
        again.shorten(by=head, member=member.pk, why=ShortenReason.MET)


def link_for(head: Actor, member: Member) -> invitations.Link:
    with door("staff", actor=head.member):
        return again.link_for(by=head, member=member.pk)


def let_in(head: Actor, member: Member, kind: Purpose = LOST) -> invitations.Link:
    """Asked for, waited for no longer, and the link made."""
    ask(head, member, kind)
    shorten(head, member)
    return link_for(head, member)


def passed(house: House, member: Member, **much: int) -> None:
    """The database has a clock of its own: everything of a readmission happened this much earlier."""
    with house.as_superuser() as boss:
        boss.execute(
            "UPDATE people_readmission SET asked_at = asked_at - %(much)s, opens_at = opens_at - %(much)s,"
            " shortened_at = shortened_at - %(much)s WHERE member_id = %(member)s",
            {"much": timedelta(**much), "member": member.pk},
        )


def page_of(member: Member) -> str:
    return f"/personal/medarbetare/{member.pk}/pa-nytt/"


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def own(member: Member, password: str) -> Holder:
    with door("staff", actor=member.pk):
        return Holder(member.pk, staff_private(member.pk, password_key(member.pk, password)))


def test_from_lost_to_reading_again(cast) -> None:
    house, head, maja, tomas = cast
    visitor, _ = house.dialogue("Hej")
    old = hands(house, house.actor(tomas))
    client = browser()
    assert use(let_in(head, tomas), client)["Location"] == "/personal/valkommen/"
    assert old.get("/personal/")["Location"].startswith("/personal/logga-in/")
    with_code_app(client)
    assert client.get("/personal/")["Location"] == "/personal/konto/"
    sign(house, head, tomas.pk)
    waits = text(client, "/personal/")
    assert "Du väntar på att bli insläppt" in waits
    his = own(tomas, GOOD)
    with door("staff", actor=tomas.pk), pytest.raises(NotHolder):
        case_keys(his, visitor.case)
    with door("staff", actor=maja.member):
        keys.let_in(by=maja, member=tomas.pk, ring=RingName.CONTACT)
    with door("staff", actor=tomas.pk):
        assert len(case_keys(his, visitor.case)) == 1
    deeds = ("people:readmission:ask", "people:readmission:shorten", "people:readmission:use")
    assert [row for row in acts(house) if row[0] in deeds] == [
        ("people:readmission:ask", "lost_both", tomas.pk),
        ("people:readmission:shorten", "urgent met", tomas.pk),
        ("people:readmission:use", "lost_both", tomas.pk),
    ]


def test_the_old_password_and_the_old_factor_open_nothing_any_more(cast) -> None:
    house, head, _, tomas = cast
    code_app_of(tomas)
    use(let_in(head, tomas))
    answer = browser().post("/personal/logga-in/", {"login": tomas.email, "password": PASSWORD})
    assert "stämmer inte" in answer.content.decode()
    with house.as_superuser() as boss:
        query = "SELECT count(*) FROM mfa_authenticator WHERE user_id = %s"
        assert boss.execute(query, [tomas.pk]).fetchone() == (0,)
    with door("staff", actor=head.member), pytest.raises(UnsignedKey):
        public_key(tomas.pk)


def test_what_was_given_to_her_old_key_alone_stays_shut_until_a_colleague_gives_it_again(cast) -> None:
    house, head, maja, tomas = cast
    case, part = uuid4(), uuid4()
    with door("staff", actor=maja.member, case=str(case)):
        key = new_named_key(
            centre=settings.LYKTA_CENTRE, case=case, part=part, by=maja.member, members=[maja.member, tomas.pk]
        )
    use(let_in(head, tomas))
    sign(house, head, tomas.pk)
    his = own(tomas, GOOD)
    with door("staff", actor=tomas.pk, case=str(case)), pytest.raises(NotHolder):
        case_keys(his, case)
    with door("staff", actor=maja.member, case=str(case)):
        assert MemberWrap.objects.filter(case_id=case).count() == 1
        give_case(holder=maja.holder, centre=settings.LYKTA_CENTRE, case=case, member=tomas.pk)
    with door("staff", actor=tomas.pk, case=str(case)):
        assert case_keys(his, case) == {part: key}


def test_with_a_lost_factor_alone_password_and_keys_are_kept(cast) -> None:
    _, head, _, tomas = cast
    case, part = uuid4(), uuid4()
    with door("public", visitor="somebody", case=str(case)):
        key = new_case_key(centre=settings.LYKTA_CENTRE, case=case, part=part, ring_name=RingName.CONTACT)
    code_app_of(tomas)
    link, client = let_in(head, tomas, Purpose.SECOND_FACTOR), browser()
    where = f"/personal/inbjudan/{link.token}/"
    assert "Lösenordet stämmer inte" in client.post(where, {"password": "something else"}).content.decode()
    assert client.post(where, {"password": PASSWORD})["Location"] == "/personal/konto/"
    assert client.get("/personal/")["Location"] == "/personal/konto/"  # nothing opens before a new factor stands
    assert "kodapp" in text(client, "/personal/konto/")
    with_code_app(client)
    assert client.get("/personal/").context["actor"].holder is not None
    his = own(tomas, PASSWORD)
    with door("staff", actor=tomas.pk):
        assert case_keys(his, case) == {part: key}


def test_with_a_lost_password_alone_the_second_factor_is_still_asked_for(cast) -> None:
    _, head, _, tomas = cast
    code_app_of(tomas)
    client = browser()
    answer = use(let_in(head, tomas, Purpose.PASSWORD), client)
    assert answer["Location"].startswith("/personal/logga-in/")
    assert client.get("/personal/")["Location"].startswith("/personal/logga-in/")


def test_one_waits_until_the_hour_has_come(cast) -> None:
    house, head, _, tomas = cast
    ask(head, tomas)
    with pytest.raises(StillWaiting):
        link_for(head, tomas)
    passed(house, tomas, hours=23, minutes=59)
    with pytest.raises(StillWaiting):
        link_for(head, tomas)
    passed(house, tomas, minutes=1)
    assert use(link_for(head, tomas)).status_code == 303


def test_a_link_made_too_early_by_the_machines_clock_is_refused_by_the_databases(cast) -> None:
    _, head, _, tomas = cast
    ask(head, tomas)
    refused(head, [LINK_BY_HAND], names(head, tomas))
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False), pytest.raises(Exception, match="policy"):
        link_for(head, tomas)


LINK_BY_HAND = (
    "INSERT INTO people_invitation (id, centre_id, member_id, purpose, token_row, made_by, made_at, expires_at)"
    " VALUES (gen_random_uuid(), %(centre)s, %(member)s, 'both', 'x', %(actor)s, now(), now() + interval '1 day')"
)


def names(actor: Actor, member: Member) -> dict[str, object]:
    return {"centre": actor.centre, "member": member.pk, "actor": actor.member}


@pytest.mark.parametrize("who", ["outside the house", "herself", "another kind", "after a week"])
def test_by_hand_nobody_makes_a_link_that_is_not_hers_to_make(cast, who: str) -> None:
    house, head, maja, tomas = cast
    ask(head, tomas, Purpose.PASSWORD if who == "another kind" else LOST)
    shorten(head, tomas)
    if who == "after a week":
        passed(house, tomas, days=7)
    actor = {"outside the house": maja, "herself": house.actor(tomas)}.get(who, head)
    refused(actor, [LINK_BY_HAND], names(actor, tomas))


def test_by_hand_nobody_writes_a_readmission_or_another_hour(cast) -> None:
    _, head, maja, tomas = cast
    ask(head, tomas)
    tries = [
        "UPDATE people_readmission SET opens_at = now()",
        "UPDATE people_readmission SET stopped_at = NULL",
        "INSERT INTO people_readmission SELECT * FROM people_readmission",
        "DELETE FROM people_readmission",
        "UPDATE people_centre SET readmission_hours = 1",
        "UPDATE people_member SET password = 'x' WHERE id = %(member)s",
    ]
    by_hand = "SELECT lykta_ask_readmission(%s, 'both'), lykta_shorten_readmission(%s, 'met')"
    for actor in (head, maja):
        refused(actor, tries[:-1], names(actor, tomas))
        with door("staff", actor=actor.member), connection.cursor() as cursor:
            cursor.execute(tries[-1], names(actor, tomas))
            assert cursor.rowcount == 0
    with door("staff", actor=maja.member), connection.cursor() as cursor:
        cursor.execute(f"{by_hand}, lykta_stop_readmission(%s), lykta_may_readmit(%s, 'both')", [tomas.pk] * 4)
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT count(*) FROM people_readmission")
        assert cursor.fetchone() == (0,)
    with door("staff", actor=tomas.pk), connection.cursor() as cursor:
        cursor.execute(by_hand, [tomas.pk] * 2)
        assert cursor.fetchone() == (False, False)
    with door("staff", actor=head.member), connection.cursor() as cursor:
        cursor.execute(by_hand, [head.member] * 2)
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT lykta_shorten_readmission(%s, '')", [tomas.pk])
        assert cursor.fetchone() == (False,)


def test_nobody_outside_the_house_and_nobody_for_herself(cast) -> None:
    _, head, maja, tomas = cast
    with pytest.raises(NotHolder):
        ask(maja, tomas)
    with pytest.raises(NotOneself), door("staff", actor=head.member):
        again.ask(by=head, member=head.member, kind=LOST)
    ask(head, tomas)
    for deed in (shorten, link_for):
        with pytest.raises(NotHolder):
            deed(maja, tomas)


def test_twice_is_once(cast) -> None:
    _, head, _, tomas = cast
    ask(head, tomas)
    with pytest.raises(NoSuchMember):
        ask(head, tomas)
    shorten(head, tomas)
    with pytest.raises(NoSuchMember):
        shorten(head, tomas)
    first, second = link_for(head, tomas), link_for(head, tomas)
    assert use(first).status_code == 404
    assert use(second).status_code == 303
    assert use(second).status_code == 404
    with pytest.raises(NoSuchMember):
        link_for(head, tomas)


@pytest.mark.parametrize("how", ["unknown", "invited", "shut", "left"])
def test_only_who_works_here_is_let_in_again(cast, how: str) -> None:
    _, head, _, tomas = cast
    with door("staff", actor=head.member):
        if how == "unknown":
            tomas = Member(pk=uuid4())
        elif how == "invited":
            link = invitations.invite(by=head, name="Ny", email="ny@test.example", role=Role.RECEPTION)
            tomas = Member(pk=link.member)
        elif how == "shut":
            leaving.shut(by=head, member=tomas.pk)
        else:
            leaving.let_go(by=head, member=tomas.pk)
    with pytest.raises(NoSuchMember):
        ask(head, tomas)


@pytest.mark.parametrize("gone", ["she", "who asked"])
def test_it_ends_with_her_and_with_who_asked(cast, gone: str) -> None:
    house, head, _, tomas = cast
    siv = house.actor(house.member("Siv", Role.HEAD, walls=()))
    link = let_in(siv, tomas)
    with door("staff", actor=head.member):
        leaving.shut(by=head, member=tomas.pk if gone == "she" else siv.member)
        assert again.under_way() == []
    assert use(link).status_code == 404
    with house.as_superuser() as boss:
        query = "SELECT count(*) FROM people_invitation WHERE ended_at IS NULL AND used_at IS NULL"
        assert boss.execute(query).fetchone() == (0,)


def test_what_nobody_used_in_a_week_is_over_and_can_be_asked_for_anew(cast) -> None:
    house, head, _, tomas = cast
    link = let_in(head, tomas)
    passed(house, tomas, days=7)
    assert use(link).status_code == 404
    with door("staff", actor=head.member):
        assert again.under_way() == []
    ask(head, tomas)
    assert "Väntar" in text(hands(house, head), page_of(tomas))


def test_who_signs_in_as_always_stops_it_and_those_of_the_house_are_told(cast) -> None:
    house, head, _, tomas = cast
    siv = house.actor(house.member("Siv", Role.HEAD, walls=()))
    mine, secret = browser(), code_app_of(tomas)
    link = let_in(head, tomas)
    assert "Tomas släpps in på nytt" in text(hands(house, siv), "/personal/")
    sign_in(mine, tomas, secret)
    assert "Någon ville komma in i ditt namn" in text(mine, "/personal/")
    assert use(link).status_code == 404
    assert "Tomas stoppade att bli insläppt på nytt" in text(hands(house, siv), "/personal/")
    assert ("people:readmission:stop", "herself", tomas.pk) in acts(house)


def test_an_open_browser_of_hers_shows_it_and_stops_it(cast) -> None:
    house, head, maja, tomas = cast
    his, ours = hands(house, house.actor(tomas)), hands(house, head)
    assert "Stoppa" not in text(his, "/personal/")
    ask(head, tomas)
    assert "Du håller på att släppas in på nytt" in text(his, "/personal/")
    assert "Tomas släpps in" not in text(hands(house, maja), "/personal/")
    his.post("/personal/konto/stoppa/", {"by": str(tomas.pk)})
    assert "Du håller på" not in text(his, "/personal/")
    assert "Väntar" not in text(ours, page_of(tomas))
    his.post("/personal/konto/stoppa/", {"by": str(tomas.pk)})
    assert "Det finns inget att stoppa" in text(his, "/personal/")


def test_the_page_leads_through_it_with_a_second_factor_each_time(cast) -> None:
    house, head, _, tomas = cast
    client, where, by = hands(house, head), page_of(tomas), {"by": str(head.member)}
    assert "Vad är borta?" in text(client, where)
    assert "Välj vad som är borta." in client.post(where, by | {"deed": "ask"}).content.decode()
    assert client.post(where, by | {"deed": "ask", "kind": "both"}).status_code == 303
    assert "Väntan är inte över än." in client.post(where, by | {"deed": "link"}).content.decode()
    assert "Välj varför." in client.post(where, by | {"deed": "shorten"}).content.decode()
    assert client.post(where, by | {"deed": "shorten", "why": "voice"}).status_code == 303
    assert "Väntan är över" in text(client, where)
    for nonsense in ("", "never\x00heard"):
        page = client.post(where, by | {"deed": nonsense}).content.decode()
        assert "redan ändrats" in page
    shown = client.post(where, by | {"deed": "link"})
    assert shown.status_code == 303
    assert "/personal/inbjudan/" in text(client, shown["Location"])
    assert client.post(where, by | {"deed": "stop"}).status_code == 303
    with door("staff", actor=head.member):
        assert not Invitation.objects.filter(ended_at=None).exists()


def test_without_a_second_factor_just_shown_nothing_is_done(cast) -> None:
    house, head, _, tomas = cast
    client = hands(house, head)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        answer = client.post(page_of(tomas), {"deed": "ask", "kind": "both", "by": str(head.member)})
    assert answer["Location"].startswith("/personal/konto/bekrafta/")
    with door("staff", actor=head.member):
        assert again.open_for(tomas.pk) is None


def test_for_others_there_is_no_such_page_and_for_oneself_no_way(cast) -> None:
    house, head, maja, tomas = cast
    for client in (
        hands(house, maja),
        hands(house, house.actor(house.member("Siv", Role.HEAD, walls=(), share=False))),
    ):
        answers = [client.get(page_of(tomas)), client.get(f"/personal/medarbetare/{uuid4()}/pa-nytt/")]
        assert [a.status_code for a in answers] == [404, 404]
    mine = hands(house, head)
    where = f"/personal/medarbetare/{head.member}/pa-nytt/"
    assert "Ingen släpper in sig själv" in text(mine, where)
    forged = mine.post(where, {"deed": "ask", "kind": "both", "by": str(head.member)})
    assert forged.status_code == 200
    with door("staff", actor=head.member):
        assert again.open_for(head.member) is None


def test_a_forged_form_does_nothing(cast) -> None:
    house, head, _, tomas = cast
    client = hands(house, head)
    client.handler.enforce_csrf_checks = True
    client.post(page_of(tomas), {"deed": "ask", "kind": "both"}, headers={"origin": "https://elsewhere.example"})
    with door("staff", actor=head.member):
        assert again.open_for(tomas.pk) is None


def test_the_only_holder_of_a_ring_is_named_before_the_keys_are_given_up(cast) -> None:
    house, head, maja, tomas = cast
    with door("staff", actor=head.member):
        leaving.let_go(by=head, member=maja.member)
    assert "Bara Tomas har nyckeln" in text(hands(house, head), page_of(tomas))


def test_a_head_is_let_in_again_by_the_other_and_gets_the_house_from_her(cast) -> None:
    house, head, _, _ = cast
    siv = house.member("Siv", Role.HEAD, walls=())
    use(let_in(head, siv))
    with door("staff", actor=siv.pk):
        assert not RingShare.objects.filter(member_id=siv.pk).exists()
    sign(house, head, siv.pk)
    with door("staff", actor=head.member):
        keys.let_in(by=head, member=siv.pk, ring=RingName.HOUSE)
    with door("staff", actor=siv.pk):
        assert RingShare.objects.filter(member_id=siv.pk, ring__name=RingName.HOUSE).exists()


PASSWORD_PAGE = "/personal/konto/losenord/"
NEWER = "fem andra ord som ingen gissar"


def change(client: Client, member: Member, **more: str) -> str:
    typed = {"secret_present": PASSWORD, "password": NEWER, "again": NEWER, "by": str(member.pk)} | more
    answer = client.post(PASSWORD_PAGE, typed)
    return answer.content.decode() if answer.status_code == 200 else answer["Location"]


def test_with_a_new_password_the_keys_follow_and_other_browsers_are_signed_out(cast) -> None:
    house, _, _, tomas = cast
    visitor, _ = house.dialogue("Hej")
    here, there = (hands(house, house.actor(tomas)) for _ in range(2))
    assert here.get(PASSWORD_PAGE).status_code == there.get("/personal/").status_code == 200
    assert change(here, tomas) == "/personal/konto/"
    assert here.get("/personal/konto/").status_code == 200
    assert there.get("/personal/").status_code == 303
    his = own(tomas, NEWER)
    with door("staff", actor=tomas.pk):
        assert case_keys(his, visitor.case)
    answer = browser().post("/personal/logga-in/", {"login": tomas.email, "password": PASSWORD})
    assert "stämmer inte" in answer.content.decode()
    assert ("people:member:password", "", tomas.pk) in acts(house)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"secret_present": "not this"}, "Det är inte lösenordet du har nu."),
        ({"secret_present": ""}, "Skriv lösenordet du har nu."),
        ({"again": "another"}, "inte lika"),
        ({"password": "kort", "again": "kort"}, "minst tolv tecken"),
        ({"password": PASSWORD, "again": PASSWORD}, "samma lösenord som förut"),
    ],
    ids=["wrong", "empty", "unlike", "short", "same"],
)
def test_what_is_wrong_with_a_new_password_is_told_and_nothing_changes(cast, wrong: dict[str, str], told: str) -> None:
    house, _, _, tomas = cast
    assert told in change(hands(house, house.actor(tomas)), tomas, **wrong)
    own(tomas, PASSWORD)


def test_no_password_is_kept_while_the_second_factor_is_shown(cast) -> None:
    house, _, _, tomas = cast
    client = hands(house, house.actor(tomas))
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert change(client, tomas).startswith("/personal/konto/bekrafta/")
        kept = client.get(PASSWORD_PAGE)
    assert PASSWORD not in kept.content.decode()
    assert NEWER not in kept.content.decode()
    own(tomas, PASSWORD)
