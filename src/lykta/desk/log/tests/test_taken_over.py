"""A file taken over on the server stands before a reviewer, with the reason in words."""

import pytest
from django.test import Client
from django.urls import reverse

from journeys.house import House
from lykta.access.enums import Role
from lykta.cases.tests.test_glass import Cast, as_
from lykta.cases.tests.test_take_over import WHY, taken
from lykta.desk.log import reviewing

HOST = {"host": "127.0.0.1"}


def test_a_reviewer_reads_why_a_file_was_taken_over(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast(house)
    row = house.member("Per", Role.AUDITOR, walls=())
    auditor = house.actor(row)
    with house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET is_active = false WHERE id = %s", [cast.maja.member])
    taken(cast, monkeypatch, "Sara")
    with as_(auditor):
        (found,) = reviewing.waiting(auditor)
        told = reviewing.whole(auditor, reviewing.review_for(auditor, found.id))
    assert (found.kind, found.who, found.object, told.why) == ("taken", "Huset självt", cast.file, WHY)
    client: Client = house.signed_in(row)
    page = client.get(
        reverse("review", args=[found.id], urlconf="lykta.config.urls_staff"), headers=HOST
    ).content.decode()
    assert "Huset självt lät en namngiven akt tas över med reservnyckeln" in page
    assert WHY in page
