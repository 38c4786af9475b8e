"""Letting into a ring, taking out of it, and turning it: who holds reads, who has left does not."""

import json
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection

from lykta.access.enums import Role
from lykta.core import keyfile
from lykta.core.doors import WORKER, door
from lykta.sealing import signing
from lykta.sealing.actions import (
    destroy_case_keys,
    destroy_pair,
    let_into_ring,
    make_own_pair,
    make_ring,
    new_case_key,
    reseal_pair,
    sign_pair,
    take_shares,
    turn_ring,
)
from lykta.sealing.enums import RingName
from lykta.sealing.errors import CannotOpen, NotHolder, SeedAway, UnsignedKey
from lykta.sealing.holder import Holder
from lykta.sealing.models import PublicKey, Ring, RingShare, Wrap
from lykta.sealing.queries import case_keys, fingerprint, password_key, public_key, staff_private
from lykta.sealing.turning import turn_wraps, ways

C = RingName.CONTACT


@pytest.fixture
def installed(house):
    """The house with a head who lets members in and a counsellor; the seed is off the machine."""
    house.install()
    return house, house.actor(house.member("Gunnel", Role.HEAD, walls=())), house.actor(house.member("Maja"))


def acting(actor):
    return door("staff", actor=actor.member)


def sealed_case(part=None):
    case, part = uuid4(), part or uuid4()
    with door("public", visitor="somebody", case=str(case)):
        key = new_case_key(centre=settings.LYKTA_CENTRE, case=case, part=part, ring_name=C)
    return case, part, key


def newcomer(house):
    """A member who has made her own pair, and whom nobody has let in."""
    member = house.member("Nykomling", place=False, share=False, pair=False)
    with door("staff", actor=member.pk):
        make_own_pair(centre=settings.LYKTA_CENTRE, member=member.pk, password="hers alone")
        private = staff_private(member.pk, password_key(member.pk, "hers alone"))
    return member, Holder(member.pk, private)


def test_the_seed_leaves_the_machine_and_only_the_house_opens_it(installed):
    _, head, maja = installed
    assert "centre_signing_seed" not in json.loads((Path(settings.LYKTA_DATA) / keyfile.NAME).read_text())
    with pytest.raises(SeedAway):
        signing.on_machine()
    with acting(head):
        assert len(signing.open_seed(head.holder)) == 32
    with acting(maja), pytest.raises(NotHolder):
        signing.open_seed(maja.holder)


def test_the_paper_opens_the_seed_too_and_another_paper_does_not(installed):
    house, head, _ = installed
    with acting(head):
        seed = signing.open_seed(head.holder)
    with door("worker", actor=WORKER):
        recovery = Ring.objects.get(name=RingName.RECOVERY)
        assert signing.seed_from_paper(recovery, house.recovery_private) == seed
        with pytest.raises(CannotOpen):
            signing.seed_from_paper(recovery, bytes(31) + b"\x01")


def test_nothing_is_given_to_a_key_nobody_has_signed(installed):
    house, _, maja = installed
    member, _ = newcomer(house)
    with acting(maja), pytest.raises(UnsignedKey):
        let_into_ring(holder=maja.holder, name=C, member=member.pk)


def test_a_newcomer_reads_once_her_key_is_signed_and_a_colleague_has_let_her_in(installed):
    house, head, maja = installed
    case, part, key = sealed_case()
    member, holder = newcomer(house)
    with acting(head):
        shown = bytes(PublicKey.objects.get(member_id=member.pk).public)
        sign_pair(holder=head.holder, member=member.pk, public=shown)
    with door("staff", actor=member.pk), pytest.raises(NotHolder):
        case_keys(holder, case)
    with acting(maja):
        let_into_ring(holder=maja.holder, name=C, member=member.pk)
        let_into_ring(holder=maja.holder, name=C, member=member.pk)  # twice does nothing more
    with door("staff", actor=member.pk):
        assert case_keys(holder, case) == {part: key}


def test_only_the_house_signs_and_only_the_key_that_was_shown(installed):
    house, head, maja = installed
    member, _ = newcomer(house)
    with acting(maja), pytest.raises(NotHolder):
        sign_pair(holder=maja.holder, member=member.pk, public=bytes(32))
    with acting(head), pytest.raises(UnsignedKey):
        sign_pair(holder=head.holder, member=member.pk, public=bytes(32))


def test_by_hand_nobody_signs_herself_shares_what_she_lacks_or_makes_a_ring(installed):
    house, _, maja = installed
    member, _ = newcomer(house)
    with door("worker", actor=WORKER):
        other, _ = make_ring(centre=settings.LYKTA_CENTRE, name=RingName.KAST, version=2, seed=house.seed)
    mine = {"actor": str(member.pk), "ring": str(other.pk), "centre": str(settings.LYKTA_CENTRE)}
    tries = [
        "UPDATE sealing_staffpair SET signature = 'x' WHERE member_id = %(actor)s",
        "INSERT INTO sealing_ringshare VALUES (gen_random_uuid(), %(centre)s, %(actor)s, 'x', %(ring)s)",
        "INSERT INTO sealing_ring VALUES (gen_random_uuid(), %(centre)s, 'kast', 9, 'x', 'x')",
        "SELECT * FROM sealing_ringspare",
    ]
    for statement in tries:
        with pytest.raises(ProgrammingError) as told, acting(maja), connection.cursor() as cursor:
            cursor.execute(statement, mine)
        assert isinstance(told.value.__cause__, psycopg.errors.InsufficientPrivilege)
    with acting(maja), connection.cursor() as cursor:
        cursor.execute("SELECT lykta_sign_pair(%s, %s, 'x')", [member.pk, b"x"])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT lykta_destroy_pair(%s)", [member.pk])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM sealing_centreseed")
        assert cursor.fetchone() == (0,)


def test_who_has_left_reads_nothing_and_who_stays_reads_old_and_new(installed):
    house, head, maja = installed
    elsa = house.actor(house.member("Elsa"))
    before, part, key = sealed_case()
    with acting(elsa):
        assert case_keys(elsa.holder, before) == {part: key}
    with acting(head):
        destroy_pair(member=elsa.member)
        turn_ring(name=C, seed=signing.open_seed(head.holder))
    after, new_part, new_key = sealed_case()
    for case in (before, after):
        with acting(elsa), pytest.raises(NotHolder):
            case_keys(elsa.holder, case)
    with acting(maja):
        assert case_keys(maja.holder, before) == {part: key}
        assert case_keys(maja.holder, after) == {new_part: new_key}
        assert fingerprint(elsa.member) == ""
        with pytest.raises(UnsignedKey):
            public_key(elsa.member)


def test_turning_goes_on_in_batches_until_nothing_lies_under_the_old_ring(installed):
    house, head, maja = installed
    cases = [sealed_case() for _ in range(5)]
    with acting(head):
        turn_ring(name=C, seed=signing.open_seed(head.holder))
    steps = []
    for _ in range(4):
        with acting(maja):
            turned = turn_wraps(maja.holder, limit=2)
            steps.append((turned.moved, turned.left))
    assert steps == [(2, 3), (2, 1), (1, 0), (0, 0)]
    with acting(maja):
        assert ways(maja.holder) == []
        assert all(case_keys(maja.holder, case) == {part: key} for case, part, key in cases)
        assert set(RingShare.objects.filter(ring__name=C).values_list("ring__version", flat=True)) == {2}
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM sealing_wrap WHERE ring_id = %s", [house.ring.pk]).fetchone() == (0,)


def test_what_was_destroyed_meanwhile_stays_destroyed(installed):
    _, head, maja = installed
    case, _, _ = sealed_case()
    with acting(head):
        turn_ring(name=C, seed=signing.open_seed(head.holder))
    with door("staff", actor=maja.member, case=str(case)):
        destroy_case_keys(case=case)
    with acting(maja):
        assert turn_wraps(maja.holder).moved == 0
        assert Wrap.objects.filter(case_id=case).count() == 0


def test_the_houses_own_ring_can_be_turned_and_still_opens_the_seed(installed):
    _, head, _ = installed
    with acting(head):
        seed = signing.open_seed(head.holder)
        turn_ring(name=RingName.HOUSE, seed=seed)
    with acting(head):
        assert signing.open_seed(head.holder) == seed


def test_taking_one_ring_away_leaves_the_others(installed):
    _, head, maja = installed
    case, _, _ = sealed_case()
    with acting(head):
        assert take_shares(member=maja.member, names=[RingName.KAST]) == 0
    with acting(maja):
        assert case_keys(maja.holder, case)
    with acting(head):
        assert take_shares(member=maja.member, names=[C]) == 1
    with acting(maja), pytest.raises(NotHolder):
        case_keys(maja.holder, case)


def test_a_new_password_opens_what_the_old_one_did_and_the_old_one_nothing(installed):
    _, _, maja = installed
    with acting(maja):
        old = password_key(maja.member, "a-long-password-for-tests")
        reseal_pair(holder=maja.holder, password="another one")
        assert staff_private(maja.member, password_key(maja.member, "another one")) == maja.holder.private
        with pytest.raises(CannotOpen):
            staff_private(maja.member, old)


def test_the_digits_two_people_compare_follow_from_the_key(installed):
    house, _, maja = installed
    member, _ = newcomer(house)
    with acting(maja):
        shown = fingerprint(member.pk)
        assert len(shown.replace(" ", "")) == 8
        assert shown != fingerprint(maja.member)
        assert fingerprint(UUID(int=9)) == ""
