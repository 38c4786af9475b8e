"""A member's own address: hers alone, kept as typed until it is saved."""

import html
from uuid import uuid4

from journeys.house import House
from lykta.core.doors import door
from lykta.people.own_address import MOST_SIGNS, own_address, tell_address

PAGE = "/personal/konto/adress/"


def test_only_she_reads_it_and_every_address_lies_in_as_many_bytes(house: House) -> None:
    maja, tomas = (house.actor(house.member(name)) for name in ("Maja", "Tomas"))
    for by, address in ((maja, "Hittepågatan 3"), (tomas, "Hittepågatan 3, 831 00 Östersund, andra våningen")):
        with door("staff", actor=by.member):
            tell_address(by=by, address=address)
            assert own_address(by) == address
    with house.as_superuser() as boss:
        boxes = boss.execute("SELECT box FROM people_ownaddress").fetchall()
    assert len({len(box) for (box,) in boxes}) == 1
    assert all(b"Hittep" not in bytes(box) for (box,) in boxes)
    with door("staff", actor=tomas.member):
        assert own_address(maja) == ""


def test_the_page_keeps_what_was_typed_and_takes_it_away_again(house: House) -> None:
    maja = house.member("Maja")
    client = house.signed_in(maja)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    long = "a" * (MOST_SIGNS + 1)
    answer = html.unescape(client.post(PAGE, {"by": str(maja.pk), "address": long}).content.decode())
    assert "Skriv adressen kortare" in answer
    assert long in answer
    for address in ("Gatan 3\x00", ""):
        assert client.post(PAGE, {"by": str(maja.pk), "address": address})["Location"] == "/personal/konto/"
        assert f'value="{address.rstrip(chr(0))}"' in client.get(PAGE).content.decode()
    client.post(PAGE, {"by": str(uuid4()), "address": "Någon annans"})
    assert "Någon annans" not in client.get(PAGE).content.decode()
