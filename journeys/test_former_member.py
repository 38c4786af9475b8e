"""What a former member opens: by page nothing, by key only what an old copy of the database held then."""

import pytest

from journeys.house import PASSWORD
from journeys.test_attacks import everything, keys_a_thief_finds, opened_by
from lykta.access.enums import Role
from lykta.core.doors import door
from lykta.people import leaving
from lykta.sealing import words
from lykta.sealing.enums import RingName
from lykta.sealing.errors import CannotOpen
from lykta.sealing.models import Wrap
from lykta.sealing.passwords import staff_key
from lykta.sealing.turning import turn_wraps
from lykta.sealing.words import Place


def own_private(dump, member):
    """Her private key, from a copy of the database and the password she knows. Raises CannotOpen."""
    pairs = [p for p in dump["sealing_staffpair"] if p["member_id"] == member]
    if not pairs:
        raise CannotOpen("there is no pair of hers in this copy")
    (pair,) = pairs
    key = staff_key(PASSWORD, bytes(pair["salt"]))
    return words.unseal(key, Place("sealing_staffpair", member, "private", member), bytes(pair["sealed_private"]))


def rings_and_keys(dump, privates, case):
    """Everything that falls out: shares of rings first, then what lies in those."""
    rings = keys_a_thief_finds(dump, privates, case)
    return rings | keys_a_thief_finds(dump, rings, case)


@pytest.fixture
def left(house):
    """A house that Tomas has left: a copy of the database from before, a dialogue from then, one from afterwards."""
    house.install()
    head = house.actor(house.member("Gunnel", Role.HEAD, walls=()))
    maja, tomas = house.actor(house.member("Maja")), house.member("Tomas")
    then, _ = house.dialogue("written while he worked here")
    old = everything(house)
    with door("staff", actor=head.member):
        leaving.let_go(by=head, member=tomas.pk)
    since, _ = house.dialogue("written after he left")
    with door("staff", actor=maja.member):
        while turn_wraps(maja.holder).left:
            pass
        assert not Wrap.objects.filter(ring__name=RingName.CONTACT, ring__version=1).exists()
    return house, tomas, maja, old, then.case, since.case


def test_the_new_copy_of_the_database_holds_nothing_his_password_opens(left):
    house, tomas, *_ = left
    with pytest.raises(CannotOpen):
        own_private(everything(house), tomas.pk)


def test_an_old_copy_still_opens_what_it_held_then(left):
    _, tomas, _, old, then, _ = left
    found = rings_and_keys(old, [own_private(old, tomas.pk)], then)
    assert opened_by(found, old, then) == [("contact_message", "written while he worked here")]


def test_with_his_old_keys_nothing_opens_that_was_written_since(left):
    house, tomas, _, old, then, since = left
    new = everything(house)
    private = own_private(old, tomas.pk)
    carried = keys_a_thief_finds(old, [private], then)
    found = carried | rings_and_keys(new, [private, *carried], since)
    assert opened_by(found, new, since) == []


def test_what_was_moved_to_the_new_ring_opens_no_more_from_its_new_place(left):
    house, tomas, _, old, then, _ = left
    new = everything(house)
    private = own_private(old, tomas.pk)
    rings = keys_a_thief_finds(old, [private], then) | {private}
    assert rings_and_keys(new, rings, then) == set()


def test_who_stays_reads_both(left):
    house, _, maja, _, then, since = left
    new = everything(house)
    for case, text in ((then, "written while he worked here"), (since, "written after he left")):
        found = rings_and_keys(new, [maja.holder.private], case)
        assert opened_by(found, new, case) == [("contact_message", text)]
