"""A start with the signing seed still on the machine: an empty house, a first release's, and a killed installation."""

import pytest
from django.conf import settings

from journeys.house import PASSWORD, House
from lykta.access.enums import Role, Wall
from lykta.audit.models import Event
from lykta.centre import word
from lykta.centre.models import Installation
from lykta.centre.tests.conftest import prepare
from lykta.core import keyfile
from lykta.core.doors import WORKER, door
from lykta.people.models import Centre, Member
from lykta.sealing import boxes, signing
from lykta.sealing.actions import give_missing_spares, make_own_pair
from lykta.sealing.enums import OF_HOUSE, RingName
from lykta.sealing.models import CentreSeed, Ring, RingShare, RingSpare
from lykta.sealing.queries import ring_private, spare_context


@pytest.fixture
def first_release(house: House) -> House:
    """A centre with rings contact and recovery, no spares, the seed on the machine, and some members."""
    house.member("Gunnel", Role.HEAD)
    house.member("Maja", walls=(Wall.CONTACT, Wall.EXPOSED))
    house.member("Siv", Role.STATISTICS, walls=())
    house.member("Ny", pair=False, share=False, place=False)
    with house.as_superuser() as boss:
        boss.execute("DELETE FROM sealing_ringspare")
    return house


def holders() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with door("worker", actor=WORKER):
        names = dict(Member.objects.values_list("pk", "name"))
        for ring, member in RingShare.objects.order_by("ring__name").values_list("ring__name", "member_id"):
            found.setdefault(ring, []).append(names[member])
    return {ring: sorted(found_names) for ring, found_names in found.items()}


def test_a_house_of_the_first_release_gets_what_it_lacks(first_release):
    assert prepare() == {}
    assert not signing.is_on_machine()
    assert holders() == {
        "contact": ["Maja"],
        "exposed": ["Maja"],
        "house": ["Gunnel"],
        "review": ["Gunnel"],
        "statistics": ["Siv"],
    }
    with door("worker", actor=WORKER):
        assert set(Ring.objects.values_list("name", flat=True)) == {*OF_HOUSE, RingName.RECOVERY}
        assert set(RingSpare.objects.values_list("ring__name", flat=True)) == set(OF_HOUSE) - {RingName.CONTACT}
    assert prepare() == {}


def test_the_contact_rings_spare_is_made_when_a_holder_signs_in(first_release):
    prepare()
    maja = first_release.actor(first_release.member("Maria"))
    for _ in range(2):  # the second time there is nothing left to give
        with door("staff", actor=maja.member):
            give_missing_spares(holder=maja.holder)
    with door("worker", actor=WORKER):
        spare = RingSpare.objects.select_related("ring").get(ring__name=RingName.CONTACT)
        opened = boxes.take(first_release.recovery_private, spare_context(spare.ring), bytes(spare.box))
        assert opened == first_release.ring_private
        assert Event.objects.filter(act="sealing:ring:spare").count() == 1
    with door("staff", actor=maja.member):
        assert ring_private(maja.holder, spare.ring) == first_release.ring_private


def test_nothing_is_given_to_a_key_nobody_has_signed(first_release):
    unsigned = first_release.member("Osignerad", Role.HEAD, pair=False, share=False)
    with door("staff", actor=unsigned.pk):
        make_own_pair(centre=settings.LYKTA_CENTRE, member=unsigned.pk, password=PASSWORD)
    prepare()
    assert holders()["house"] == ["Gunnel"]


def test_a_process_killed_after_the_commit_leaves_a_seed_that_the_next_start_takes_away(house):
    seed = signing.on_machine()
    house.install()
    path = settings.LYKTA_DATA / keyfile.NAME
    keyfile.replace(path, keyfile.read(path) | {signing.ON_MACHINE: seed.hex()})
    assert prepare() == {}
    assert not signing.is_on_machine()
    with door("worker", actor=WORKER):
        assert CentreSeed.objects.count() == 1


def test_an_empty_house_gets_a_new_word_at_every_start_and_keeps_only_its_hash(house):
    with house.as_superuser() as boss:
        boss.execute("DELETE FROM people_centre")
    first = prepare()["word"]
    second = prepare()["word"]
    assert first != second
    assert not word.fits(first)
    assert word.fits(second)
    assert word.fits(second.lower().replace("-", " ").replace("0", "o").replace("1", "l"))
    assert not word.fits("")
    kept = settings.LYKTA_DATA / "installation.json"
    assert oct(kept.stat().st_mode & 0o777) == "0o600"
    assert second.replace("-", "") not in kept.read_text()
    with door("worker", actor=WORKER):
        assert Installation.objects.values_list("tries", flat=True).get() == 0
        Centre.objects.create(centre_id=settings.LYKTA_CENTRE, name="Testcentrum")
    assert prepare() == {}
    assert not word.is_waiting()
    with door("worker", actor=WORKER):
        assert not Installation.objects.exists()
