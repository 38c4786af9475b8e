"""The page of the chains."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from journeys.house import House
from lykta.access.enums import Role
from lykta.audit.enums import Act
from lykta.audit.outside import parse, public_key
from lykta.audit.tasks import send_the_anchor, verify_the_log
from lykta.core import clock
from lykta.core.mail import MailServer
from lykta.desk.log import chain_views
from lykta.desk.log.tests.conftest import acts
from lykta.people.models import Member

Hands = Callable[[Member], Client]
PAGE, FILE = "/personal/logg/kedjor/", "/personal/logg/kedjor/ankare/"


def change_a_row(house: House) -> None:
    with house.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")
        boss.execute("UPDATE audit_event SET reason = 'other' WHERE chain = 'worker' AND seq = 2")


def test_before_the_first_night_it_says_so(house: House, hands: Hands, per: Member) -> None:
    page = hands(per).get(PAGE).content.decode()
    assert "Inte kontrollerad än. Det görs varje natt." in page
    assert "Inget ankare lämnar huset av sig självt" in page
    assert public_key(settings.LYKTA_ANCHOR_SEED) in page


def test_the_last_walk_stands_there_and_a_break_above_everything(house: House, hands: Hands, per: Member) -> None:
    verify_the_log(0)
    client = hands(per)
    assert "<h1>Loggen är hel</h1>" in client.get(PAGE).content.decode()
    change_a_row(house)
    assert "<h1>Loggen är hel</h1>" in client.get(PAGE).content.decode(), "nobody has walked it since"
    verify_the_log(0)
    page = client.get(PAGE).content.decode()
    assert "<h1>Loggen är inte hel</h1>" in page
    assert "Kedjan för huset självt håller inte vid rad 2." in page


def test_walking_it_now_is_shown_once_and_stands_in_the_log(house: House, hands: Hands, per: Member) -> None:
    client = hands(per)
    assert client.post(PAGE).status_code == 303
    assert client.get(PAGE).context["log"].checked_at is not None
    assert client.get(PAGE).context["log"].checked_at is None
    change_a_row(house)
    client.post(PAGE)
    assert [c.name for c in client.get(PAGE).context["log"].broken] == ["worker"]
    assert [reason for _, reason, _ in acts(house, Act.LOG_CHECKED)] == ["whole", "broken"]


def test_a_long_log_is_not_walked_while_somebody_waits(
    house: House, hands: Hands, per: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain_views, "WALKED_AT_ONCE", 1)
    client = hands(per)
    assert "Kontrollera nu" not in client.get(PAGE).content.decode()
    assert client.post(PAGE).status_code == 303
    assert acts(house, Act.LOG_CHECKED) == []


def test_a_member_takes_an_anchor_out_of_the_house(house: House, hands: Hands, gunnel: Member) -> None:
    client = hands(gunnel)
    answer = client.post(FILE)
    assert answer["Content-Disposition"] == f'attachment; filename="lykta-ankare-{clock.today()}.txt"'
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("no-store", "text/plain; charset=utf-8")
    key, centre = public_key(settings.LYKTA_ANCHOR_SEED), str(settings.LYKTA_CENTRE)
    held = {a.chain: a.seq for a in parse(answer.content.decode(), centre=centre, key=key)}
    page = client.get(PAGE)
    assert {c.name: c.anchored for c in page.context["log"].chains if c.rows} == held | {"staff": 0}
    assert "hämtat som fil av Gunnel" in page.content.decode()
    assert acts(house, Act.ANCHOR_TAKEN) == [(None, "taken", 0)]
    assert client.get(FILE).status_code == 405


def test_what_left_and_what_did_not_is_told(
    house: House, hands: Hands, per: Member, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "LYKTA_ANCHOR_DIR", tmp_path)
    monkeypatch.setattr(settings, "LYKTA_MAIL_SERVER", MailServer("127.0.0.1", 1))
    monkeypatch.setattr(settings, "LYKTA_MAIL_FROM", "lykta@centrum.example")
    monkeypatch.setattr(settings, "LYKTA_ANCHOR_MAIL", "ombud@kommun.example")
    client = hands(per)
    assert "Det första skickas inom en timme" in client.get(PAGE).content.decode()
    send_the_anchor(0)
    log = client.get(PAGE).context["log"]
    assert {(s.way, s.trouble) for s in log.sent} == {
        ("brev", "brevlådan svarade inte"),
        ("mappen utanför huset", ""),
    }
    assert (log.last.way, log.last.on) == ("mappen utanför huset", clock.today())


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.HEAD, 200), (Role.AUDITOR, 200), (Role.TECHNICIAN, 200), (Role.COUNSELLOR, 404), (Role.EDITOR, 404)],
)
def test_who_sees_the_chains(house: House, hands: Hands, role: Role, status: int) -> None:
    client = hands(house.member("Bo", role, place=False, share=False))
    assert client.get(PAGE).status_code == status
    assert client.post(FILE).status_code == status


def test_a_technician_is_led_to_no_page_she_may_not_open(house: House, hands: Hands) -> None:
    client = hands(house.member("Bo", Role.TECHNICIAN, place=False, share=False))
    for page in ("/personal/", "/personal/huset/", PAGE):
        assert 'href="/personal/logg/"' not in client.get(page).content.decode()
