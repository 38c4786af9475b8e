"""From an empty data directory and an ordinary PostgreSQL server to a public site with each door apart, in a real
browser, by somebody who knows only what deploy/README.md and the pages say.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from journeys import install_hands as hands
from journeys import packaged, plain
from journeys.own_house import OwnHouse
from journeys.served import Site, _stop, serve_site
from journeys.staff_hands import faults as faults_at
from journeys.staff_hands import give_code, give_password, virtual_passkey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnHouse]:
    """An empty house: its roles and tables were made by the server's superuser, and it is served without one."""
    with ExitStack() as stack:
        house = OwnHouse(packaged.start(stack), tmp_path_factory.mktemp("new"), stack).made()
        site = house.open("serve", "--empty")
        site.url = site.url.replace("127.0.0.1", "localhost")  # as it is printed: passkeys want a name
        yield house


@pytest.fixture
def empty(house: OwnHouse) -> Site:
    return house.doors["serve"]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    window = context.new_page()
    wrong: list[str] = []
    window.on("pageerror", lambda error: wrong.append(str(error)))
    window.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
    yield window
    context.close()
    assert wrong == []


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def faults(page: Page) -> list[str]:
    """What axe finds and whether it scrolls sideways, narrow and wide."""
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found += faults_at(page, width)
    return found


def test_two_people_go_from_an_empty_house_to_a_public_site(
    page: Page, chromium: Browser, house: OwnHouse, empty: Site, subtests: pytest.Subtests
) -> None:
    virtual_passkey(page)
    with subtests.test("an empty house says calmly that it is not open, and takes no words"):
        outside = plain.visitor(empty)
        for address in ("/", "/en/", "/stod/", "/sida/"):
            assert "Kvinnofridslinjen" in outside.get(address).text
        assert outside.post("/sida/", data={"deed": "write", "text": "Hej"}).status_code == 404
    with subtests.test("every staff page leads to the word"):
        page.goto(f"{empty.url}/personal/inkorg/")
        assert heading(page) == "Välkommen till ett tomt hus"
        assert faults(page) == []
        hands.give_word(page, empty)
        assert heading(page) == "Vilka är ni?"
    with subtests.test("the centre"):
        assert faults(page) == []
        hands.say_who(page)
    with subtests.test("its own numbers"):
        assert (heading(page), faults(page)) == ("Era egna nummer", [])
        hands.say_numbers(page)
    with subtests.test("hours that overlap are told, and what was typed is kept"):
        assert (heading(page), faults(page)) == ("När har ni öppet?", [])
        page.get_by_label("Måndag").fill("8-12, 11-16")
        hands.on(page)
        expect(page.get_by_text("8–12 och 11–16 går in i varandra")).to_be_visible()
        assert faults(page) == []
        hands.say_hours(page)
    with subtests.test("what stands outside"):
        assert (heading(page), faults(page)) == ("Vad ska stå utåt?", [])
        hands.on(page)
    with subtests.test("the recovery key in three parts, shown once"):
        assert (heading(page), faults(page)) == ("Reservnyckeln", [])
        paper = hands.make_key(page, parts=True)
        assert (heading(page), faults(page), len(paper.rows)) == ("Skriv av den här", [], 3)
        page.get_by_role("button", name="Jag har den på papper").click()
        page.go_back()
        assert not any(row in page.content() for row in paper.rows)
        page.goto(f"{empty.url}/personal/installation/reservnyckel/")
    with subtests.test("typed back wrongly it says what is wrong, then two parts are enough"):
        assert (heading(page), faults(page)) == ("Skriv tillbaka den", [])
        hands.type_back(page, paper.rows[0])
        expect(page.get_by_role("alert")).to_contain_text("En del räcker inte")
        assert faults(page) == []
        hands.type_back(page, paper.rows[0], paper.rows[2].lower())
    with subtests.test("left half-way and opened again in another browser it goes on where it was"):
        assert (heading(page), faults(page)) == ("Ni två som börjar", [])
        context = chromium.new_context()
        other = context.new_page()
        hands.give_word(other, empty)
        assert heading(other) == "Ni två som börjar"
        other.get_by_role("link", name="Centrumet").click()
        expect(other.get_by_label("Centrumets namn")).to_have_value("Centrum mot våld i provlänet")
        context.close()
        hands.say_people(page)
    with subtests.test("the passwords, and the house stands"):
        assert (heading(page), faults(page)) == ("Lösenord, och så står huset", [])
        hands.say_passwords(page)
        assert faults(page) == []
        assert not (empty.data / "installation.json").exists()
        assert "centre_signing_seed" not in (empty.data / "keys.json").read_text()
    with subtests.test("her second factor: a passkey"):
        page.get_by_role("link", name="Lägg till passernyckel").click()
        page.get_by_label("Namn på nyckeln").fill("Min dator")
        page.get_by_role("button", name="Lägg till").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Dina reservkoder")
        page.get_by_role("link", name="Jag har dem på papper").click()
        page.wait_for_url("**/personal/centrum/kvar/")
    with subtests.test("nobody who reads has signed in, so it does not open yet"):
        assert (heading(page), faults(page)) == ("Innan ni öppnar", [])
        expect(page.get_by_text("Maja Norrby har inte loggat in än")).to_be_visible()
        page.goto(f"{empty.url}/personal/centrum/oppna/")
        assert heading(page) == "Innan ni öppnar"
        expect(page.get_by_role("link", name="Öppna för allmänheten")).to_have_count(0)
    with subtests.test("the second member signs in and adds a code app"):
        context = chromium.new_context()
        reader = context.new_page()
        give_password(reader, empty.url, hands.READER)
        secret = hands.add_code_app(reader, hands.READER["password"])
        give_code(reader, {"totp_secret": secret})
        reader.goto(f"{empty.url}/personal/inkorg/")
        assert heading(reader) == "Kontaktrummet"
    with subtests.test("opening is a deed of its own"):
        page.reload()
        page.get_by_role("link", name="Öppna för allmänheten").click()
        assert (heading(page), faults(page)) == ("Öppna för allmänheten", [])
        page.get_by_role("button", name="Öppna nu").click()
        expect(page.get_by_role("alert")).to_contain_text("Kryssa i")
        page.get_by_label("Någon av oss läser").check()
        page.get_by_role("button", name="Öppna nu").click()
        expect(page.get_by_role("status")).to_have_text("Centrumet är öppet för allmänheten.")
        assert faults(page) == []
    with subtests.test("the public reads and writes, and the second member answers"):
        for address in ("/", "/en/", "/sida/"):
            assert plain.visitor(empty).get(address).status_code == 200
        code = plain.write(plain.visitor(empty), "Finns det någon här?")
        assert len(code) == 20
        reader.reload()
        reader.locator("tbody th a").first.click()
        expect(reader.locator(".visitor .words")).to_have_text("Finns det någon här?")
        context.close()
    with subtests.test("the way in is gone"):
        answer = httpx.get(f"{empty.url}/personal/installation/", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/personal/")
    with subtests.test("the doctor finds nothing unsafe"):
        told = json.loads(house.lykta("doctor", "--json").stdout)
        assert [found for found in told["findings"] if found["severity"] == "unsafe"] == []
    with subtests.test("each door apart: its own process, its own keys, its own login"):
        _stop(empty.process)
        for door in ("public", "staff"):
            house.open(door, LYKTA_KEYS=str(house.keys_of(door)))
        account = {**hands.READER, "role": "counsellor", "totp_secret": secret}
        member = plain.staff(replace(house.doors["staff"], accounts=[account]), "counsellor")
        plain.write(plain.visitor(house.doors["public"]), "Finns ni kvar?")
        assert any("Finns ni kvar?" in member.get(address).text for address in plain.dialogues(member))


def test_a_house_without_a_server_of_its_own_leads_to_the_word_too() -> None:
    """As `./start --empty` serves it."""
    with ExitStack() as stack:
        site = serve_site(stack, flags=("--empty",))
        somebody = plain.visitor(site, Origin=site.url)
        assert somebody.get("/personal/").headers["location"] == "/personal/installation/"
        assert plain.submit(somebody, "/personal/installation/", secret_word="fel ord").status_code == 200
        answer = plain.submit(somebody, "/personal/installation/", secret_word=hands.word_of(site.data))
        assert (answer.status_code, answer.headers["location"]) == (303, "/personal/installation/centrum/")
