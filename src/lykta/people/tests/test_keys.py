"""Who is let in where, by whom; what is taken back, and what then moves."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.core.doors import door
from lykta.people import keys
from lykta.people.errors import LastHolder, NotWanting
from lykta.people.models import Member
from lykta.people.tests.cast import acts, hands, head_of
from lykta.sealing import signing
from lykta.sealing.actions import take_shares, turn_ring
from lykta.sealing.enums import RingName
from lykta.sealing.models import Ring, RingShare, Wrap

C = RingName.CONTACT


@pytest.fixture
def cast(house: House) -> tuple[House, Actor, Actor, Member]:
    """An installed house: a head, a counsellor with a key to the contact room, and one who should have one."""
    house.install()
    head, maja = head_of(house), house.actor(house.member("Maja"))
    return house, head, maja, house.member("Nora", share=False)


def wanted(actor: Actor) -> list[tuple[UUID, RingName, bool]]:
    with door("staff", actor=actor.member):
        return [(w.who.pk, w.ring, w.first) for w in keys.wanting(actor)]


def holders(name: RingName) -> set[UUID]:
    """Who holds the newest version, as the owner of the tables sees it."""
    newest = Ring.objects.filter(name=name).order_by("-version")[0]
    return set(RingShare.objects.filter(ring=newest).values_list("member_id", flat=True))


def test_a_colleague_who_holds_the_ring_sees_who_should_have_it_and_lets_her_in(cast) -> None:
    house, _, maja, nora = cast
    assert wanted(maja) == [(nora.pk, C, False)]
    client = hands(house, maja)
    assert "Släpp in en kollega" in client.get("/personal/").content.decode()
    assert "Nora" in client.get("/personal/nycklar/").content.decode()
    client.post(f"/personal/nycklar/contact/{nora.pk}/", {"by": str(maja.member)})
    assert "Insläppt: kontaktrummet." in client.get("/personal/nycklar/").content.decode()
    assert wanted(maja) == []
    hers = house.actor(nora)
    with door("staff", actor=nora.pk):
        assert keys.lacking(hers) == []
    assert acts(house)[-1] == ("sealing:ring:share", "contact", nora.pk)


def test_who_waits_is_told_so_and_reads_no_word(cast) -> None:
    house, _, _, nora = cast
    visitor, _ = house.dialogue("Hemligt")
    client = hands(house, house.actor(nora))
    assert "Du väntar på att bli insläppt" in client.get("/personal/").content.decode()
    page = client.get(f"/personal/inkorg/{visitor.case}/")
    assert page.status_code == 403
    assert "Du har inte fått nyckeln än" in page.content.decode()
    assert "Hemligt" not in page.content.decode()


def test_nobody_is_let_in_whose_work_does_not_need_it(cast) -> None:
    house, _, maja, nora = cast
    olle = house.member("Olle", Role.EDITOR)
    for member, ring in ((olle.pk, C), (nora.pk, RingName.KAST)):
        with pytest.raises(NotWanting), door("staff", actor=maja.member):
            keys.let_in(by=maja, member=member, ring=ring)
    client = hands(house, maja)
    client.post(f"/personal/nycklar/contact/{olle.pk}/", {"by": str(maja.member)})
    assert "Det behövs inte" in client.get("/personal/").content.decode()
    assert client.post(f"/personal/nycklar/nothing/{olle.pk}/", {"by": str(maja.member)}).status_code == 303


def test_the_first_into_an_empty_ring_gets_it_from_the_house_begun_anew(cast) -> None:
    house, head, maja, _ = cast
    nils = house.member("Nils", Role.KAST_COUNSELLOR, walls=(Wall.KAST,), share=False)
    assert (nils.pk, RingName.KAST, True) in wanted(head)
    assert nils.pk not in {who for who, _, _ in wanted(maja)}
    with door("staff", actor=head.member):
        keys.let_in(by=head, member=nils.pk, ring=RingName.KAST)
        assert holders(RingName.KAST) == {nils.pk}
        assert Ring.objects.filter(name=RingName.KAST).count() == 2


def end_place(house: House, member: UUID) -> None:
    with house.as_superuser() as boss:
        boss.execute(
            "UPDATE access_place SET from_on = current_date - 9, until_on = current_date WHERE member_id = %s", [member]
        )


def test_what_the_days_have_ended_is_taken_back_at_the_next_visit_of_the_house(cast) -> None:
    house, head, maja, _ = cast
    elsa = house.member("Elsa")
    house.dialogue("Hej")
    end_place(house, elsa.pk)
    hands(house, maja).get("/personal/")  # not one of the house: nothing happens
    with door("staff", actor=head.member):
        assert holders(C) == {maja.member, elsa.pk}
    hands(house, head).get("/personal/")
    with door("staff", actor=head.member):
        assert holders(C) == {maja.member}
    with door("staff", actor=maja.member):
        assert Wrap.objects.filter(ring__version=1, ring__name=C).count() == 1
    hands(house, maja).get("/personal/")
    with door("staff", actor=maja.member):
        assert Wrap.objects.filter(ring__version=1, ring__name=C).count() == 0


def test_the_last_key_to_a_ring_is_left_where_it_is(cast) -> None:
    house, head, maja, _ = cast
    end_place(house, maja.member)
    hands(house, head).get("/personal/")
    with door("staff", actor=head.member):
        assert holders(C) == {maja.member}
        with pytest.raises(LastHolder):
            keys.tidy(by=head, member=maja.member)
    page = hands(house, head).get("/personal/nycklar/").content.decode()
    assert "bara en" in page


def test_a_place_that_begins_tomorrow_wants_its_key_tomorrow(cast) -> None:
    house, _, maja, nora = cast
    with house.as_superuser() as boss:
        boss.execute("UPDATE access_place SET from_on = from_on + 1 WHERE member_id = %s", [nora.pk])
    assert wanted(maja) == []
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert wanted(maja) == [(nora.pk, C, False)]


def test_the_page_moves_keys_and_draws_how_far_it_has_come(cast) -> None:
    house, head, maja, _ = cast
    for _ in range(3):
        house.dialogue("Hej")
    with door("staff", actor=head.member):
        turn_ring(name=C, seed=signing.open_seed(head.holder))
    client = hands(house, maja)
    page = client.get("/personal/nycklar/").content.decode()
    assert "Kontaktrummet: 3 kvar" in page
    assert "<progress" in page
    client.post("/personal/nycklar/flytta/", {"by": str(maja.member)})
    page = client.get("/personal/nycklar/").content.decode()
    assert "Alla nycklar är flyttade" in page
    assert "<progress" not in page


def test_a_key_that_does_not_open_shuts_nobodys_page(cast) -> None:
    house, head, maja, _ = cast
    house.dialogue("Hej")
    with door("staff", actor=head.member):
        turn_ring(name=C, seed=signing.open_seed(head.holder))
    with house.as_superuser() as boss:
        boss.execute("UPDATE sealing_wrap SET box = 'x'")
    client = hands(house, maja)
    assert client.get("/personal/").status_code == 200
    client.post("/personal/nycklar/flytta/", {"by": str(maja.member)})
    assert "gick inte att flytta" in client.get("/personal/nycklar/").content.decode()


def test_who_holds_nothing_lets_in_nobody(cast) -> None:
    house, head, _, nora = cast
    assert wanted(house.actor(nora)) == []
    with door("staff", actor=head.member):
        take_shares(member=head.member)
    assert wanted(head) == []
