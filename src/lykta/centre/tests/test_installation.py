"""An installation, page by page: what is refused, what is kept, what is never kept, and what stands at the end."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.access.models import Place
from lykta.audit.models import Event
from lykta.audit.queries import verify
from lykta.centre import word
from lykta.centre.install_forms import OutsideForm
from lykta.centre.queries import Tongue, tongues
from lykta.centre.tests.conftest import BASE, PASSWORDS, SAID, TWICE, Browser, prepare
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.core.languages import Language
from lykta.people.models import Centre, Member
from lykta.people.queries import centre_facts
from lykta.people.sessions import SessionStore
from lykta.sealing import boxes, signing
from lykta.sealing.enums import OF_HOUSE, RingName
from lykta.sealing.models import Ring, RingShare, RingSpare
from lykta.sealing.paper import new_secret, recovery_pair, secret_of, whole
from lykta.sealing.queries import newest_rings, spare_context


def counted(*models) -> list[int]:
    with door("worker", actor=WORKER):
        return [model.objects.count() for model in models]


def everything(house: House) -> str:
    """Every row of the database as text, and the data directory's own files."""
    with house.as_superuser() as boss:
        names = [n for (n,) in boss.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()]
        rows = [str(row) for n in names for row in boss.execute(f'SELECT t::text FROM "{n}" t').fetchall()]
    data = Path(settings.LYKTA_DATA)
    return "\n".join([*rows, *(p.read_text() for p in data.glob("*.json"))])


def holders(house: House) -> dict[str, set[str]]:
    with door("worker", actor=WORKER):
        names = dict(Member.objects.values_list("pk", "name"))
        found: dict[str, set[str]] = {}
        for ring, member in RingShare.objects.values_list("ring__name", "member_id"):
            found.setdefault(ring, set()).add(names[member].split()[0])
    return found


# --- the word ---
def test_every_staff_page_leads_to_the_word_while_the_house_is_empty(vacant):
    one = Browser()
    for address in ("/personal/", "/personal/logga-in/", "/personal/inkorg/"):
        assert one.client.get(address)["Location"] == BASE
    assert one.get("medarbetare")["Location"] == BASE


def test_a_wrong_word_is_told_and_opens_nothing(vacant):
    one = Browser()
    answer = one.send(secret_word="0000-0000-0000-0000-0000")
    assert "Det är inte ordet som skrevs ut senast" in answer.content.decode()
    assert one.get("centrum").status_code == 303


def test_after_too_many_wrong_words_only_a_new_start_helps(vacant):
    told, one = prepare()["word"], Browser()
    for _ in range(word.MOST_TRIES):
        one.send(secret_word="fel")
    assert "Ordet gäller inte längre" in one.send(secret_word=told).content.decode()
    assert one.get("centrum").status_code == 303
    assert one.send(secret_word=prepare()["word"])["Location"] == f"{BASE}centrum/"


def test_the_word_of_an_earlier_start_is_worth_nothing(vacant):
    earlier = prepare()["word"]
    prepare()
    assert Browser().send(secret_word=earlier).status_code == 200


# --- what is kept ---
def test_left_half_way_and_opened_again_it_goes_on_where_it_was(browser):
    browser.say("centrum")
    browser.say("nummer", number_0="ring oss")  # saved though it must be changed
    other = Browser()
    assert other.send(secret_word=prepare()["word"])["Location"] == f"{BASE}nummer/"
    page = other.get("nummer").content.decode()
    assert 'value="ring oss"' in page
    assert "Skriv numret med siffror" in page
    assert 'value="Provcentrum"' in other.get("centrum").content.decode()


def test_after_an_hour_the_word_is_asked_again_and_what_was_typed_comes_back(browser):
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        assert browser.send("centrum", **SAID["centrum"], times=0)["Location"] == BASE
        assert "Det du skrev på sidan är kvar" in browser.get().content.decode()
        assert browser.send(secret_word=prepare()["word"])["Location"] == f"{BASE}centrum/"
        page = browser.get("centrum").content.decode()
        assert 'value="Provcentrum"' in page
        assert "Spara för att gå vidare" in page


def test_two_browsers_at_once_see_each_other_and_nothing_is_overwritten_unseen(browser):
    other = Browser()
    other.send(secret_word=prepare()["word"])
    times = other.get("centrum").context["times"]
    browser.say("centrum")
    answer = other.send("centrum", **SAID["centrum"] | {"name": "Ett annat namn"}, times=times)
    page = answer.content.decode()
    assert "sparades nyss i en annan webbläsare" in page
    assert "Ett annat namn" in page
    assert 'value="Provcentrum"' in browser.get("centrum").content.decode()
    assert other.say("centrum", name="Ett annat namn").status_code == 303
    assert "Ett annat namn" in browser.get("centrum").content.decode()


def test_what_was_typed_lies_sealed(browser, vacant):
    browser.say_all()
    held = everything(vacant)
    for said in ("Gunnel", "maja@centrum.example", "Provcentrum"):
        assert said not in held


# --- the recovery key ---
@pytest.mark.parametrize("way", ["whole", "parts"])
def test_the_key_is_shown_once_and_then_nowhere(browser, vacant, way):
    browser.send("reservnyckel", deed="make", way=way, seen="")
    rows = [" ".join(row) for row in browser.get("reservnyckel").context["rows"]]
    assert len(rows) == (1 if way == "whole" else 3)
    assert rows == [" ".join(row) for row in browser.get("reservnyckel").context["rows"]]  # a reload loses nothing
    secret = secret_of(*rows[:2])
    held = everything(vacant)
    assert secret.hex() not in held
    assert not any(row in held or row.replace(" ", "") in held for row in rows)
    browser.send("reservnyckel", deed="written", seen=browser.seen())
    page = browser.get("reservnyckel").content.decode()
    assert not any(group in page for row in rows for group in row.split()[:7])
    assert "paper" not in dict(session(browser))


def session(browser: Browser) -> dict:
    with door("staff"):
        return SessionStore(browser.client.cookies[settings.SESSION_COOKIE_NAME].value).load()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", ""), "Skriv det som står på pappret"),
        (("AAAA åäö!", ""), "tecken som inte står i någon nyckel"),
        (("AAAA BBBB", ""), "fel antal tecken"),
        (("0" * 31, ""), "Något tecken stämmer inte"),
        (("{0}", ""), "En del räcker inte"),
        (("{0}", "{0}"), "En del räcker inte"),
        (("{other}", ""), "en annan nyckel"),
        (("{other}", "{0}"), "hör inte ihop"),
    ],
)
def test_typed_back_wrongly_it_says_what_is_wrong(browser, typed, said):
    browser.send("reservnyckel", deed="make", way="parts", seen="")
    rows = [" ".join(row) for row in browser.get("reservnyckel").context["rows"]]
    browser.send("reservnyckel", deed="written", seen=browser.seen())
    first, second = (text.format(*rows, other=whole(new_secret())) for text in typed)
    answer = browser.send("reservnyckel", deed="back", secret_first=first, secret_second=second, seen=browser.seen())
    assert said in answer.context["trouble"]
    assert browser.get("reservnyckel").context["state"] == "typing"
    assert browser.get("losenord").context["left"]


def test_a_key_whose_browser_was_closed_can_still_be_typed_back_from_paper(browser):
    browser.send("reservnyckel", deed="make", way="whole", seen="")
    rows = [" ".join(row) for row in browser.get("reservnyckel").context["rows"]]
    other = Browser()
    other.send(secret_word=prepare()["word"])
    assert other.get("reservnyckel").context["state"] == "typing"
    answer = other.send("reservnyckel", deed="back", secret_first=rows[0].lower(), seen=other.seen())
    assert answer["Location"] == f"{BASE}medarbetare/"
    assert other.get("reservnyckel").context["state"] == "done"


def test_of_two_keys_made_at_once_only_the_last_is_typed_back(browser):
    other = Browser()
    other.send(secret_word=prepare()["word"])
    before = other.seen()
    browser.send("reservnyckel", deed="make", way="whole", seen="")
    mine = browser.get("reservnyckel").context["rows"]
    answer = other.send("reservnyckel", deed="make", way="whole", seen=before)
    assert "annan webbläsare" in answer.context["trouble"]
    assert browser.get("reservnyckel").context["rows"] == mine
    stale = browser.seen()
    other.send("reservnyckel", deed="make", way="whole", seen=other.seen())
    answer = browser.send("reservnyckel", deed="back", secret_first=" ".join(mine[0]), seen=stale)
    assert "annan webbläsare" in answer.context["trouble"]
    answer = browser.send("reservnyckel", deed="back", secret_first=" ".join(mine[0]), seen=browser.seen())
    assert "en annan nyckel än den som gjordes sist" in answer.context["trouble"]


# --- what is refused ---
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reader_email": "GUNNEL@centrum.example"}, "Adressen står redan på den första av er"),
        ({"reader_email": "maja"}, "Skriv adressen som namn@exempel.se"),
        ({"head_name": " "}, "Skriv för- och efternamn"),
        ({"reader_walls": ["exposed"]}, "Kryssa i kontaktrummet"),
        ({"reader_walls": []}, "Kryssa i kontaktrummet"),
        ({"reader_walls": ["contact", "using_violence", "partner"]}, "båda sidor av en behandling"),
        ({"reader_role": "head"}, "Välj ett giltigt alternativ"),
    ],
)
def test_the_first_two_are_who_they_must_be(browser, changed, said):
    answer = browser.say("medarbetare", **changed)
    assert said in str(answer.context["form"].errors)
    browser.paper()
    assert "medarbetare" in [one.slug for one in browser.get("losenord").context["left"]]


def test_a_language_that_lacks_pages_can_not_be_begun_with():
    ten = [*tongues(), *(Tongue(Language(f"x{n}", f"Språk {n}", "ltr", f"/x{n}", False), ()) for n in range(7))]
    lacking = Tongue(Language("so", "Soomaali", "ltr", "/so", False), ("emergency", "safety"))
    codes = [one.language.code for one in ten]
    assert OutsideForm({"languages": codes}, tongues=[*ten, lacking]).is_valid()
    form = OutsideForm({"languages": [*codes, "so"]}, tongues=[*ten, lacking])
    assert form.errors["languages"] == ["Soomaali saknar sidor än: emergency, safety. Vänta med det språket."]
    alone = OutsideForm({"languages": ["en"]}, tongues=ten)
    assert alone.is_valid()
    assert alone.cleaned_data["languages"] == ["sv", "en"]


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"secret_head": "kort"}, "secret_head", "minst tolv tecken"),
        ({"secret_head": "gunnel-akerstrom"}, "secret_head", "för likt ditt namn"),
        ({"secret_reader": "Lösenord2026!"}, "secret_reader", "lätt att gissa"),
        ({"secret_reader": "provcentrum 1"}, "secret_reader", "för likt ditt namn"),
        ({"secret_head_again": "något annat långt"}, "secret_head_again", "inte lika"),
        (
            {"secret_reader": PASSWORDS["secret_head"], "secret_reader_again": PASSWORDS["secret_head"]},
            "secret_reader",
            "olika lösenord",
        ),
        ({"secret_head": "x" * 201}, "secret_head", "Tvåhundra tecken räcker"),
        ({"secret_head": "två\x00 snöskor under"}, "secret_head", "ett tecken som inte går att använda"),
    ],
)
def test_a_weak_password_is_told_never_kept_and_never_shown_again(browser, vacant, changed, field, said):
    browser.say_all()
    answer = browser.send("losenord", **TWICE | changed)
    assert said in str(answer.context["form"].errors[field])
    assert not any(text in answer.content.decode() for text in (TWICE | changed).values() if len(text) > 4)
    assert counted(Centre, Member, Ring) == [0, 0, 0]
    assert not any(text in everything(vacant) for text in PASSWORDS.values())


def test_the_house_is_not_made_before_everything_is_said(browser):
    browser.say("centrum")
    answer = browser.send("losenord", **TWICE)
    assert [one.slug for one in answer.context["left"]] == ["nummer", "tider", "utat", "reservnyckel", "medarbetare"]
    assert counted(Centre, Member) == [0, 0]


def test_an_address_of_another_centre_in_the_same_database_is_told(browser, vacant):
    vacant.member("Maja", centre=uuid4(), share=False, place=False)
    browser.say("medarbetare", reader_email="maja@test.example")
    for step in SAID.keys() - {"medarbetare"}:
        browser.say(step)
    browser.paper()
    assert "Adressen till Maja Norrby används redan" in browser.send("losenord", **TWICE).context["trouble"]
    assert counted(Centre, Ring) == [0, 0]
    assert signing.is_on_machine()


# --- what stands at the end ---
@pytest.fixture
def stands(browser, vacant) -> tuple[House, Browser, list[str]]:
    rows = browser.say_all()
    answer = browser.send("losenord", **TWICE)
    assert answer["Location"] == "/personal/centrum/andra-faktorn/"
    return vacant, browser, rows


def test_the_house_is_whole_and_the_seed_is_off_the_machine(stands):
    house, _, _ = stands
    assert not signing.is_on_machine()
    assert not word.is_waiting()
    with door("worker", actor=WORKER):
        assert set(Ring.objects.values_list("name", flat=True)) == {*OF_HOUSE, RingName.RECOVERY}
        assert set(RingSpare.objects.values_list("ring__name", flat=True)) == set(OF_HOUSE)
        newest_rings(*OF_HOUSE, RingName.RECOVERY)  # each is signed
        facts = centre_facts(on=clock.today())
        assert facts is not None
        assert (facts.words.board, facts.words.municipalities, facts.opened_on) == (
            "Provnämnden",
            ("2380", "2309"),
            None,
        )
        assert [phone.number for phone in facts.phones] == ["063-00 00 01"]
        assert facts.languages == ("sv", "en")
        assert not [report for report in verify(settings.LYKTA_CENTRE) if report.broken]
        acts = set(Event.objects.values_list("act", flat=True))
        assert {"people:centre:install", "sealing:ring:make", "sealing:ring:share", "sealing:seed:take"} <= acts
        people = {(m.name, m.role) for m in Member.objects.only("name", "role")}
        assert people == {("Gunnel Åkerström", Role.HEAD), ("Maja Norrby", Role.COUNSELLOR)}
        assert set(Place.objects.values_list("wall", flat=True)) == {Wall.CONTACT, Wall.EXPOSED}
    assert holders(house) == {"house": {"Gunnel"}, "review": {"Gunnel"}, "contact": {"Maja"}, "exposed": {"Maja"}}


def test_the_paper_opens_every_ring_and_the_seed(stands):
    _, _, rows = stands
    private = recovery_pair(secret_of(*rows)).private
    with door("worker", actor=WORKER):
        recovery = Ring.objects.get(name=RingName.RECOVERY)
        assert len(signing.seed_from_paper(recovery, private)) == 32
        for spare in RingSpare.objects.select_related("ring"):
            assert boxes.pair_of(boxes.take(private, spare_context(spare.ring), bytes(spare.box))).public == bytes(
                spare.ring.public
            )


def test_the_head_is_let_in_and_must_add_her_second_factor_first(stands):
    _, browser, _ = stands
    assert browser.client.get("/personal/centrum/andra-faktorn/").status_code == 200
    assert browser.client.get("/personal/")["Location"] == "/personal/konto/"
    assert browser.client.get("/personal/konto/kodapp/").status_code == 200  # her password was typed just now


def test_another_browser_is_led_to_the_sign_in_once_the_house_stands(browser):
    other = Browser()
    other.send(secret_word=prepare()["word"])
    browser.say_all()
    assert browser.send("losenord", **TWICE).status_code == 303
    for step in ("", "centrum", "losenord"):
        assert other.get(step)["Location"] == "/personal/"
    assert other.send("losenord", **TWICE)["Location"] == "/personal/"
    assert counted(Centre, Member) == [1, 2]


def test_a_word_left_behind_by_a_killed_process_leads_nobody_in_circles(house):
    word.make()
    one = Browser()
    assert one.client.get("/personal/")["Location"] == BASE
    assert one.get()["Location"] == "/personal/"
    assert one.client.get("/personal/")["Location"].startswith("/personal/logga-in/")


# --- a house is empty or whole ---
def test_what_fails_in_the_middle_leaves_an_empty_house_and_everything_that_was_said(browser, vacant):
    browser.say_all()
    with vacant.as_superuser() as boss:
        boss.execute("ALTER TABLE people_centre ADD CONSTRAINT never CHECK (name <> 'Provcentrum')")
        try:
            with pytest.raises(Exception, match="never"):
                browser.send("losenord", **TWICE)
        finally:
            boss.execute("ALTER TABLE people_centre DROP CONSTRAINT never")
    assert counted(Centre, Member, Ring, RingShare) == [0, 0, 0, 0]
    assert signing.is_on_machine()
    assert word.is_waiting()
    assert browser.send("losenord", **TWICE).status_code == 303
    assert counted(Centre, Member) == [1, 2]


KILLED = """
import django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["HOST"] = {host!r}
from lykta.centre import said
from lykta.centre.actions import install
from lykta.centre.install_forms import PasswordsForm
from lykta.centre.install_views import FORMS, _plan
from lykta.core.doors import door
with door("staff"):
    known = said.load()
    people = FORMS["medarbetare"](known.pages["medarbetare"])
    people.full_clean()
    form = PasswordsForm({twice!r}, people=(people.head(), people.reader()), centre="")
    assert form.is_valid()
    print("now", flush=True)
    install(plan=_plan(known, form))
"""


def test_when_it_goes_wrong_nothing_secret_is_shown_again(browser, vacant):
    browser.say_all()
    browser.client.raise_request_exception = False
    with vacant.as_superuser() as boss:
        boss.execute("ALTER TABLE people_centre ADD CONSTRAINT never CHECK (name <> 'Provcentrum')")
        answer = browser.send("losenord", **TWICE)
        boss.execute("ALTER TABLE people_centre DROP CONSTRAINT never")
    assert answer.status_code == 500
    assert not any(text in answer.content.decode() for text in PASSWORDS.values())


def test_a_process_killed_in_the_middle_leaves_an_empty_house(browser, vacant):
    browser.say_all()
    connection.close()
    with vacant.as_superuser() as boss, boss.transaction(force_rollback=True):
        boss.execute("LOCK TABLE people_centre IN SHARE MODE")  # its row is the last that is written
        script = KILLED.format(host=connection.settings_dict["HOST"], twice=TWICE)
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=dict(os.environ)) as process:
            assert process.stdout
            assert process.stdout.readline() == b"now\n"
            _wait_for_a_lock(vacant)
            process.send_signal(signal.SIGKILL)
    assert counted(Centre, Member, Ring, RingShare) == [0, 0, 0, 0]
    assert signing.is_on_machine()
    assert browser.send("losenord", **TWICE).status_code == 303
    assert counted(Centre, Member) == [1, 2]


def _wait_for_a_lock(house: House) -> None:
    with house.as_superuser() as boss:
        for _ in range(600):
            row = boss.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
            if row and row[0]:
                return
            boss.execute("SELECT pg_sleep(0.05)")
    raise AssertionError("it never came so far")


# --- the walls ---
MINE = "gen_random_uuid(), lykta_centre()"
FIRST = [
    "people_centre (centre_id, name, demo, board, municipalities, email, address, languages, shut_on_holidays)"
    " VALUES (lykta_centre(), 'x', false, '', '[]', '', '', '[]', true)",
    "people_member (id, centre_id, email, name, role, password, is_active)"
    f" VALUES ({MINE}, 'x@y.example', 'X', 'head', '', true)",
    f"access_place (id, centre_id, member_id, wall, from_on) VALUES ({MINE}, lykta_actor(), 'contact', now())",
    f"sealing_ring (id, centre_id, name, version, public, signature) VALUES ({MINE}, 'kast', 9, 'x', 'x')",
    "sealing_staffpair (member_id, centre_id, public, signature, salt, sealed_private)"
    " VALUES (lykta_actor(), lykta_centre(), 'x', 'signed', 'x', 'x')",
]


@pytest.mark.parametrize("row", FIRST, ids=lambda row: row.split()[0])
def test_what_an_empty_house_allows_is_refused_once_a_centre_stands(house, row):
    maja = house.member("Maja")
    with house.as_superuser() as boss:  # even where the worker's row was left behind
        boss.execute("INSERT INTO centre_installation VALUES (%s, '', 0)", [settings.LYKTA_CENTRE])
    for centre in (settings.LYKTA_CENTRE, uuid4()):
        here = door("staff", actor=maja.pk, centre=centre)
        with pytest.raises(ProgrammingError) as told, here, connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {row}")
        assert isinstance(told.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_staff_door_can_not_make_a_house_vacant(house):
    maja = house.member("Maja")
    with pytest.raises(ProgrammingError), door("staff", actor=maja.pk), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO centre_installation VALUES ('{settings.LYKTA_CENTRE}', '', 0)")
    with door("public", visitor="x"), connection.cursor() as cursor:
        for statement in ("SELECT lykta_vacant()", "SELECT * FROM centre_installation"):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(statement)
