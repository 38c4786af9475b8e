"""Signing in: both factors, what is said when one is wrong, and what is kept when the screen locks."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from journeys.house import PASSWORD, House
from journeys.staff_hands import codes
from lykta.access.enums import Role
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.people.adapters import MfaAdapter
from lykta.people.models import Member, Session

SIGN_IN = "/personal/logga-in/"
CODE = "/personal/logga-in/kod/"


def browser() -> Client:
    """A browser that checks forms as the real one is checked."""
    return Client(headers={"host": "127.0.0.1"})


def with_code_app(member: Member) -> str:
    """Give the member an address to sign in with and a code app. Gives the app's secret."""
    secret = generate_totp_secret()
    with door("worker", actor=WORKER):
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        sealed = MfaAdapter().encrypt(secret)
        Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": sealed})
    return secret


def give_password(client: Client, member: Member, password: str = PASSWORD) -> HttpResponse:
    """Post the first form."""
    return client.post(SIGN_IN, {"login": member.email, "password": password})


def sign_in(client: Client, member: Member, secret: str) -> HttpResponse:
    """Both halves."""
    give_password(client, member)
    answer = client.get(CODE)
    for code in codes(secret):
        answer = client.post(CODE, {"code": code})
        if answer.status_code == 302:
            break
    return answer


def acts(house: House) -> list[tuple[str, str]]:
    """Deeds and reasons of the staff's chain, in order."""
    with house.as_superuser() as boss:
        return boss.execute("SELECT act, reason FROM audit_event WHERE chain = 'staff' ORDER BY seq").fetchall()


def test_password_and_code_lead_to_the_morning_page_with_open_keys(house: House) -> None:
    maja, client = house.member("Maja"), browser()
    answer = sign_in(client, maja, with_code_app(maja))
    assert (answer.status_code, answer["Location"]) == (302, "/personal/")
    page = client.get("/personal/")
    assert page.status_code == 200
    assert page.context["actor"].member == maja.pk
    assert page.context["actor"].holder is not None
    assert ("people:member:sign-in", "") in acts(house)


def test_the_password_alone_opens_nothing(house: House) -> None:
    maja, client = house.member("Maja"), browser()
    with_code_app(maja)
    assert give_password(client, maja)["Location"] == CODE
    for path in ("/personal/", "/personal/inkorg/", "/personal/konto/"):
        assert client.get(path)["Location"] == f"{SIGN_IN}?next={path}"


def test_wrong_password_and_unknown_address_get_the_same_page_and_one_refusal_each(house: House) -> None:
    maja = house.member("Maja")
    with_code_app(maja)
    pages = []
    for address in (maja.email, "nobody@test.example"):
        client = browser()
        client.get(SIGN_IN)
        page = client.post(SIGN_IN, {"login": address, "password": "wrong"})
        pages.append((page.status_code, _plain(page, address)))
    assert pages[0] == pages[1]
    assert acts(house) == [("people:member:sign-in-refused", "password")] * 2


def _plain(page: HttpResponse, address: str) -> str:
    """The page without what the person herself typed and without its random token."""
    text = page.content.decode().replace(address, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_a_member_who_has_left_gets_the_answer_of_a_wrong_password(house: House) -> None:
    maja = house.member("Maja")
    with_code_app(maja)
    with house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET is_active = false WHERE id = %s", [maja.pk])
    page = give_password(browser(), maja)
    assert "Adressen eller lösenordet stämmer inte" in page.content.decode()


def test_a_wrong_code_is_refused_and_logged(house: House) -> None:
    maja, client = house.member("Maja"), browser()
    with_code_app(maja)
    give_password(client, maja)
    page = client.post(CODE, {"code": "000000"})
    assert "Koden stämmer inte" in page.content.decode()
    assert acts(house)[-1] == ("people:member:sign-in-refused", "second factor")


def test_many_wrong_passwords_are_held_back(house: House) -> None:
    maja, client = house.member("Maja"), browser()
    with_code_app(maja)
    for _ in range(6):
        page = give_password(client, maja, "wrong")
    assert "många försök" in page.content.decode()
    assert acts(house)[-1] == ("people:member:sign-in-refused", "too many tries")


def test_a_member_without_a_second_factor_reaches_only_her_account(house: House) -> None:
    maja, client = house.member("Maja"), browser()
    with door("worker", actor=WORKER):
        EmailAddress.objects.create(user=maja, email=maja.email, verified=True, primary=True)
    give_password(client, maja)
    assert client.get("/personal/")["Location"] == "/personal/konto/"
    assert client.get("/personal/inkorg/")["Location"] == "/personal/konto/"
    page = client.get("/personal/konto/")
    assert "Ett steg är kvar" in page.content.decode()
    assert "actor" not in page.context


def test_adding_the_first_code_app_after_the_password_makes_her_an_actor(house: House) -> None:
    maja, client = house.member("Maja"), browser()
    with door("worker", actor=WORKER):
        EmailAddress.objects.create(user=maja, email=maja.email, verified=True, primary=True)
    give_password(client, maja)
    assert client.get("/personal/konto/kodapp/")["Location"].startswith("/personal/konto/bekrafta/")
    client.post("/personal/konto/bekrafta/", {"password": PASSWORD})
    secret = client.get("/personal/konto/kodapp/").context["form"].secret
    answer = client.post("/personal/konto/kodapp/", {"code": next(codes(secret))})
    assert answer["Location"] == "/personal/konto/reservkoder/"
    assert client.get("/personal/").status_code == 200
    assert ("people:member:second-factor", "totp") in acts(house)


def test_who_has_a_second_factor_must_show_it_again_before_changing_her_factors(house: House) -> None:
    maja, client = house.member("Maja"), browser()
    sign_in(client, maja, with_code_app(maja))
    assert client.get("/personal/konto/nycklar/ny/")["Location"].startswith("/personal/konto/bekrafta/kod/")
    asked = client.get("/personal/konto/bekrafta/?next=/personal/konto/nycklar/ny/")
    assert asked["Location"].startswith("/personal/konto/bekrafta/kod/")


def test_a_second_factor_shown_for_one_member_is_worth_nothing_for_another(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    client = house.signed_in(maja)
    with door("staff", actor=maja.pk):
        session = client.session
        session["two_factors"] = str(tomas.pk)
        session.save()
    assert client.get("/personal/", headers={"host": "127.0.0.1"})["Location"] == "/personal/konto/"


def test_locking_destroys_the_session_row(house: House) -> None:
    maja = house.member("Maja")
    client = house.signed_in(maja)
    answer = client.post("/personal/las/", headers={"host": "127.0.0.1"})
    assert (answer.status_code, answer["Location"]) == (303, SIGN_IN)
    with door("worker", actor=WORKER):
        assert Session.objects.count() == 0


def at_inbox(house: House) -> str:
    """The address of a dialogue's page."""
    house.dialogue("Hej")
    with house.as_superuser() as boss:
        return f"/personal/inkorg/{boss.execute('SELECT id FROM contact_dialogue').fetchone()[0]}/"


@pytest.mark.parametrize(("seconds", "locked"), [(15 * 60 - 10, False), (15 * 60 + 1, True)])
def test_the_screen_locks_after_fifteen_minutes(house: House, seconds: int, locked: bool) -> None:
    maja = house.member("Maja")
    client = house.signed_in(maja)
    with time_machine.travel(clock.now() + timedelta(seconds=seconds), tick=False):
        answer = client.get("/personal/", headers={"host": "127.0.0.1"})
    assert answer.status_code == (303 if locked else 200)


@pytest.mark.parametrize("how", ["idle", "cookie gone", "locked by hand"])
def test_what_was_typed_is_there_again_for_the_same_member(house: House, how: str) -> None:
    maja, secret = _with_app(house, "Maja")
    client, path = _ready(house, maja)
    _send_late(client, path, maja, how)
    page = client.get(f"{SIGN_IN}?next={path}")
    assert "Det du skrev är kvar" in page.content.decode()
    _again(client, maja, secret)
    assert "Ett svar på väg" in client.get(path).content.decode()
    assert "Ett svar på väg" not in client.get(path).content.decode()


@pytest.mark.parametrize("how", ["idle", "cookie gone", "locked by hand"])
def test_what_was_typed_is_gone_when_a_colleague_signs_in(house: House, how: str) -> None:
    maja, _ = _with_app(house, "Maja")
    tomas, secret = _with_app(house, "Tomas")
    client, path = _ready(house, maja)
    _send_late(client, path, maja, how)
    _again(client, tomas, secret)
    assert "Ett svar på väg" not in client.get(path).content.decode()


def _with_app(house: House, name: str) -> tuple[Member, str]:
    member = house.member(name, Role.COUNSELLOR)
    return member, with_code_app(member)


def _ready(house: House, member: Member) -> tuple[Client, str]:
    client = house.signed_in(member)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    return client, at_inbox(house)


def _send_late(client: Client, path: str, member: Member, how: str) -> None:
    """Send an answer when the session has ended in one of the ways it can."""
    form = {"deed": "answer", "text": "Ett svar på väg", "signed": "name", "by": str(member.pk)}
    if how == "locked by hand":
        client.post("/personal/las/", form | {"path": path})
    elif how == "cookie gone":
        client.cookies.clear()
        assert client.post(path, form).status_code == 303
    else:
        with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
            assert client.post(path, form).status_code == 303


def _again(client: Client, member: Member, secret: str) -> None:
    assert sign_in(client, member, secret).status_code == 302


def test_nothing_that_opens_is_kept_with_a_draft(house: House) -> None:
    client = browser()
    client.post("/personal/konto/bekrafta/", {"password": PASSWORD, "code": "123456", "by": "someone"})
    with door("staff"):
        assert "draft" not in client.session


def test_a_form_on_another_host_does_nothing_and_is_logged(house: House) -> None:
    maja = house.member("Maja")
    path = at_inbox(house)
    signed_in = house.signed_in(maja)
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    client.cookies = signed_in.cookies
    answer = client.post(path, {"deed": "take"}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert acts(house)[-1] == ("access:door:refused", "dialogue")
    with house.as_superuser() as boss:
        assert boss.execute("SELECT taken_by FROM contact_dialogue").fetchone() == (None,)


def test_staff_pages_carry_the_strict_policy(house: House) -> None:
    policy = browser().get(SIGN_IN)["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def with_passkey(client: Client, member: Member, secret: str) -> str:
    """Signed in, asked again, and with a passkey that nobody need open. Gives the address that takes it away."""
    sign_in(client, member, secret)
    for code in codes(secret):
        client.post("/personal/konto/bekrafta/kod/", {"code": code})
    with door("worker", actor=WORKER):
        data = {"name": "Nyckel", "credential": {}}
        key = Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data=data)
    return f"/personal/konto/nycklar/{key.pk}/bort/"


def test_a_passkey_is_taken_away_and_that_is_logged(house: House) -> None:
    maja, client = house.member("Maja"), browser()
    gone = with_passkey(client, maja, with_code_app(maja))
    assert "Nyckel" in client.get(gone).content.decode()
    assert client.post(gone)["Location"] == "/personal/konto/"
    assert acts(house)[-1] == ("people:member:second-factor-removed", "webauthn")


def test_the_last_factor_can_not_be_taken_away(house: House) -> None:
    maja, client = house.member("Maja"), browser()
    gone = with_passkey(client, maja, with_code_app(maja))
    with house.as_superuser() as boss:
        boss.execute("DELETE FROM mfa_authenticator WHERE type = 'totp'")
    assert [client.get(gone).status_code, client.post(gone).status_code] == [404, 404]


@pytest.mark.parametrize("checked", [True, False])
@pytest.mark.parametrize("to", ["the page", "the lock"])
def test_a_tab_that_a_colleague_left_open_gives_the_next_member_nothing(house: House, to: str, checked: bool) -> None:
    maja, (tomas, secret) = house.member("Maja"), _with_app(house, "Tomas")
    path = at_inbox(house)
    client = Client(enforce_csrf_checks=checked, headers={"host": "127.0.0.1"})
    client.cookies = house.signed_in(maja).cookies
    client.get(path)
    client.post("/personal/las/")
    client.cookies = house.signed_in(tomas).cookies
    form = {"deed": "note", "text": "Majas ord", "by": str(maja.pk), "path": path}
    assert client.post(path if to == "the page" else "/personal/las/", form).status_code == 303
    if to == "the lock":
        client.handler.enforce_csrf_checks = False
        _again(client, tomas, secret)
    assert "Majas ord" not in client.get(path).content.decode()
    with house.as_superuser() as boss:
        assert boss.execute("SELECT message_count FROM contact_dialogue").fetchone() == (1,)


def test_a_draft_already_kept_for_another_is_dropped_at_the_first_look(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path, client = at_inbox(house), house.signed_in(tomas)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    with door("staff", actor=tomas.pk):
        session = client.session
        session["draft"] = {"path": path, "fields": {"deed": ["note"], "text": ["Majas ord"]}, "by": str(maja.pk)}
        session.save()
    assert "Majas ord" not in client.get(path).content.decode()
    with door("staff", actor=tomas.pk):
        assert "draft" not in client.session


def test_a_form_grown_old_is_given_back_to_the_member_who_sent_it(house: House) -> None:
    maja = house.member("Maja")
    path = at_inbox(house)
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    client.cookies = house.signed_in(maja).cookies
    client.post(path, {"deed": "answer", "text": "Ett svar på väg", "by": str(maja.pk)})
    assert "Ett svar på väg" in client.get(path).content.decode()


@pytest.mark.parametrize("demo", [True, False])
def test_the_sign_in_says_that_all_is_invented_where_it_is(house: House, demo: bool) -> None:
    accounts = settings.LYKTA_DATA / "demo-accounts.json"
    if demo:
        accounts.write_text("[]")
    try:
        page = browser().get(SIGN_IN).content.decode()
    finally:
        accounts.unlink(missing_ok=True)
    assert ("Allt här är påhittat" in page) is demo


def test_every_form_of_the_page_is_there_again_after_locking(house: House) -> None:
    maja, secret = _with_app(house, "Maja")
    client, path = _ready(house, maja)
    carried = {"0.deed": "answer", "0.text": "Ett svar på väg", "1.deed": "note", "1.text": "En halv anteckning"}
    client.post("/personal/las/", carried | {"by": str(maja.pk), "path": f"{path}?x=1", "1.by": "forged"})
    _again(client, maja, secret)
    page = client.get(path).content.decode()
    assert ("Ett svar på väg" in page, "En halv anteckning" in page) == (True, True)
    assert page.count("data-kept") > 1


def test_what_stands_in_another_form_is_there_when_one_is_sent(house: House) -> None:
    maja = house.member("Maja")
    client, path = _ready(house, maja)
    form = {"deed": "note", "text": "Klar anteckning", "by": str(maja.pk)}
    client.post(path, form | {"0.deed": "answer", "0.text": "Ett svar på väg"})
    assert "Det står i marginalen." in (page := client.get(path).content.decode())
    assert "Ett svar på väg" in page
    assert page.count("Klar anteckning") == 1


def test_what_waits_behind_another_page_waits_through_a_lock(house: House) -> None:
    maja, secret = _with_app(house, "Maja")
    client, path = _ready(house, maja)
    _send_late(client, path, maja, "idle")
    _again(client, maja, secret)
    client.post("/personal/las/", {"by": str(maja.pk), "path": "/personal/"})
    _again(client, maja, secret)
    assert "Ett svar på väg" in client.get(path).content.decode()


def test_signing_in_leads_back_to_the_page_with_its_query(house: House) -> None:
    maja, secret = _with_app(house, "Maja")
    client = browser()
    asked = client.get("/personal/inkorg/?visa=avslutade")
    assert asked["Location"] == f"{SIGN_IN}?next=/personal/inkorg/%3Fvisa%3Davslutade"
    client.post(asked["Location"], {"login": maja.email, "password": PASSWORD})
    assert client.post(CODE, {"code": next(codes(secret))})["Location"] == "/personal/inkorg/?visa=avslutade"


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example/personal/", "/sida/", "/personal"])
def test_signing_in_leads_to_nothing_but_our_own_pages(house: House, to: str) -> None:
    maja, secret = _with_app(house, "Maja")
    client = browser()
    client.post(SIGN_IN, {"login": maja.email, "password": PASSWORD, "next": to})
    assert client.post(CODE, {"code": next(codes(secret))})["Location"] == "/personal/"
