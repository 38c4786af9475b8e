"""Members in a real browser: invited, first sign-in, a lost password, and leaving; each in a window of her own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from journeys import plain
from journeys.served import Site
from journeys.staff_hands import codes, faults, give_code, give_password, virtual_passkey

FIRST, SECOND = "tre gröna stolar i vinden", "fyra blå båtar under bron"


@dataclass
class Person:
    """Somebody with a browser window of her own and, from her first sign-in, a passkey in it."""

    page: Page
    url: str
    name: str
    key: CDPSession | None = None
    email: str = ""

    def opens(self, path: str) -> None:
        """Go to a staff page."""
        self.page.goto(f"{self.url}/personal/{path}")

    def clicks(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def sees(self, text: str) -> None:
        """Somewhere on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def member(self, name: str) -> None:
        """The page about a colleague."""
        self.opens("medarbetare/")
        self.page.get_by_role("link", name=name).first.click()

    def signs_in(self, password: str) -> None:
        """With her passkey."""
        give_password(self.page, self.url, {"email": self.email, "password": password})
        self.clicks("Använd passernyckel")
        self.page.wait_for_url(lambda url: "logga-in" not in url)


@pytest.fixture
def people(chromium: Browser, site: Site) -> Iterator[Callable[[str], Person]]:
    """Windows, each of its own; a passkey belongs to a name and never to a number, so they come by the name."""
    windows = []

    def person(name: str) -> Person:
        windows.append(chromium.new_context(viewport={"width": 1280, "height": 900}))
        return Person(windows[-1].new_page(), site.url.replace("127.0.0.1", "localhost"), name)

    yield person
    for window in windows:
        window.close()


def demo(person: Person, site: Site, role: str) -> Person:
    """Somebody of the demo centre, signed in."""
    account = site.account(role)
    give_password(person.page, person.url, account)
    give_code(person.page, account)
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(person.name)
    return person


def address(by: Person) -> str:
    """The link as the page shows it, once."""
    link: str = by.page.locator("#address").inner_text()
    by.page.reload()
    by.sees("Länken visas bara en gång")
    return link


def invites(by: Person, who: Person, role: str, *walls: str) -> str:
    """Gives the link, to be handed over."""
    who.email = f"{who.name.lower()}@demo.example"
    by.opens("medarbetare/ny/")
    by.page.get_by_label("För- och efternamn").fill(f"{who.name} Demo Nyberg")
    by.page.get_by_label("E-postadress").fill(who.email)
    by.page.get_by_label("Roll", exact=True).select_option(label=role)
    inside(by, *walls)
    by.clicks("Gör en länk")
    return address(by)


def inside(by: Person, *walls: str) -> None:
    """Tick these walls."""
    for wall in walls:
        by.page.get_by_role("region", name="Innanför vilka murar").get_by_label(wall, exact=True).check()


def comes_in(who: Person, link: str, password: str) -> list[str]:
    """A password of her own, a passkey, a code app in reserve, and the reserve codes, which she has on paper."""
    who.page.goto(link)
    who.page.get_by_label("Lösenord", exact=True).fill(password)
    who.page.get_by_label("Lösenordet en gång till").fill(password)
    who.clicks("Fortsätt")
    paper = adds_passkey(who)
    who.page.get_by_role("link", name="Lägg till kodapp").click()
    secret = who.page.locator(".mono").first.inner_text().replace(" ", "")
    who.page.get_by_label("Kod, sex siffror").fill(next(codes(secret)))
    who.page.locator("form:has(#code) button").click()
    who.opens("valkommen/")
    return paper


def adds_passkey(who: Person) -> list[str]:
    """A new one, and the reserve codes that come with the first."""
    who.key = who.key or virtual_passkey(who.page)
    who.page.get_by_role("link", name="Lägg till passernyckel").click()
    who.page.get_by_label("Namn på nyckeln").fill("Min dator")
    who.clicks("Lägg till")
    expect(who.page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()
    paper: list[str] = who.page.locator(".spare li").all_inner_texts()
    who.page.get_by_role("link", name="Jag har dem på papper").click()
    return paper


def is_signed_by(who: Person, by: Person) -> None:
    """She reads her digits aloud; the colleague hears the same and lets her in."""
    who.opens("valkommen/")
    digits = who.page.locator(".digits").inner_text()
    by.member(f"{who.name} Demo")
    assert by.page.locator(".digits").inner_text() == digits
    by.page.get_by_label("läsa upp just de här").check()
    by.clicks("Släpp in i huset")
    by.sees(f"{who.name} är en av oss nu.")


def is_let_in_by(who: Person, by: Person, ring: str) -> None:
    """A colleague who has the key gives her one."""
    by.opens("nycklar/")
    by.clicks(f"Släpp in {who.name} Demo Nyberg i {ring}")
    expect(by.page.get_by_role("button", name=f"Släpp in {who.name} Demo Nyberg i {ring}")).to_have_count(0)


def new_dialogue(who: Person) -> str:
    """The address of a dialogue nobody has taken."""
    who.opens("inkorg/")
    row = who.page.locator("tr", has=who.page.get_by_role("button", name="Ta")).last
    found: str | None = row.get_by_role("link").first.get_attribute("href")
    assert found
    return found


def reads(who: Person, where: str) -> bool:
    """Whether the words of a dialogue open for her; where they do not, the page says what is missing."""
    who.page.goto(who.url + where)
    if who.page.get_by_text("Du har inte fått nyckeln än").count():
        return False
    expect(who.page.get_by_label("Svar", exact=False).first).to_be_visible()
    return True


def test_invited_lost_let_in_again_and_gone(people: Callable[[str], Person], site: Site) -> None:
    gunnel, maja = demo(people("Gunnel"), site, "head"), demo(people("Maja"), site, "counsellor")
    birgit, vera = people("Birgit"), people("Vera")
    plain.write(plain.visitor(site), "Hej")

    # Another head is invited, comes in with a passkey, is signed and gets the key of the house.
    link = invites(gunnel, birgit, "Enhetschef")
    comes_in(birgit, link, FIRST)
    is_signed_by(birgit, gunnel)
    is_let_in_by(birgit, gunnel, "husets nyckelring")
    stranger = people("Någon")
    stranger.page.goto(link)
    stranger.sees("ber om en ny")

    # Nobody stands on both sides of a treatment.
    birgit.opens("medarbetare/ny/")
    birgit.page.get_by_label("För- och efternamn").fill("Någon Annan")
    birgit.page.get_by_label("E-postadress").fill("annan@demo.example")
    birgit.page.get_by_label("Roll", exact=True).select_option(label="Behandlare")
    inside(birgit, "Våldsutövare", "Partnerkontakt")
    birgit.clicks("Gör en länk")
    expect(birgit.page.locator(".error").first).to_contain_text("sidor")

    # A counsellor is invited by the new head, is let in by a colleague and reads.
    comes_in(vera, invites(birgit, vera, "Samtalsstödjare", "Kontaktrummet"), FIRST)
    is_signed_by(vera, birgit)
    is_let_in_by(vera, maja, "kontaktrummet")
    where = new_dialogue(vera)
    assert reads(vera, where)

    # She loses both and asks a colleague, who begins it; one waits; the head shortens that with a reason.
    birgit.member("Vera Demo")
    birgit.page.get_by_role("link", name="Släpp in på nytt").click()
    birgit.page.get_by_label("Både lösenord och passernyckel").check()
    birgit.clicks("Begär")
    birgit.sees("Öppnas")
    expect(birgit.page.get_by_role("button", name="Gör länken")).to_have_count(0)
    vera.opens("")
    vera.sees("Du håller på att släppas in på nytt")
    gunnel.opens("")
    gunnel.page.get_by_role("link", name="Se och stoppa").click()
    gunnel.clicks("Korta väntan")
    gunnel.sees("Välj varför.")
    gunnel.page.get_by_label("Vi har träffats i dag").check()
    gunnel.clicks("Korta väntan")
    gunnel.clicks("Gör länken")
    link = address(gunnel)

    # With a new password and a new passkey she is in the house again, and reads when a colleague has let her in.
    old, anew = vera, people("Vera")
    anew.email = old.email
    comes_in(anew, link, SECOND)
    old.opens("")
    assert "/logga-in/" in old.page.url
    give_password(old.page, old.url, {"email": old.email, "password": FIRST})
    old.sees("stämmer inte")
    is_signed_by(anew, gunnel)
    anew.opens("")
    anew.sees("Du väntar på att bli insläppt")
    assert not reads(anew, where)
    is_let_in_by(anew, maja, "kontaktrummet")
    assert reads(anew, where)
    anew.page.context.clear_cookies()
    anew.signs_in(SECOND)
    anew.page.goto(link)
    anew.opens("konto/")
    assert faults(anew.page, 1280) == []

    # She leaves: her open browser is shut out at once, and her password is nobody's.
    for name in ("Vera", "Birgit"):
        gunnel.member(f"{name} Demo")
        gunnel.page.get_by_role("link", name="Slutar", exact=True).click()
        gunnel.page.get_by_label("Jag vet att nycklarna förstörs").check()
        gunnel.clicks(f"Avsluta {name} nu")
    anew.opens("")
    assert "/logga-in/" in anew.page.url
    give_password(anew.page, anew.url, {"email": anew.email, "password": SECOND})
    anew.sees("stämmer inte")
    birgit.opens("inkorg/")
    assert "/logga-in/" in birgit.page.url

    # The last head stays.
    gunnel.member("Gunnel Demo")
    expect(gunnel.page.get_by_role("link", name="Slutar", exact=True)).to_have_count(0)


def test_own_browsers_own_password_and_a_lost_passkey(people: Callable[[str], Person], site: Site) -> None:
    gunnel, ylva = demo(people("Gunnel"), site, "head"), people("Ylva")
    paper = comes_in(ylva, invites(gunnel, ylva, "Reception"), FIRST)
    is_signed_by(ylva, gunnel)

    # A code from her paper lets her in elsewhere, once; she sees that browser and signs it out.
    elsewhere = people("Ylva")
    by_paper(elsewhere, ylva, paper[0])
    elsewhere.opens("konto/")
    elsewhere.sees("Nio kvar på ditt papper")
    again = people("Ylva")
    by_paper(again, ylva, paper[0])
    expect(again.page.locator("#wrong")).to_be_visible()
    ylva.opens("konto/")
    ylva.clicks("Logga ut alla andra")
    ylva.sees("Alla andra är utloggade.")
    elsewhere.opens("konto/")
    assert "/logga-in/" in elsewhere.page.url

    # A password of her own choosing, with the one she has.
    ylva.opens("konto/losenord/")
    for label, typed in (
        ("Lösenordet du har nu", FIRST),
        ("Nytt lösenord", SECOND),
        ("Det nya en gång till", SECOND),
    ):
        ylva.page.get_by_label(label).fill(typed)
    ylva.clicks("Byt lösenord")
    ylva.sees("Lösenordet är bytt")
    ylva.clicks("Lås")
    ylva.signs_in(SECOND)

    # The passkey is lost: password and keys stay, so nobody has to let her in a second time.
    gunnel.member("Ylva Demo")
    gunnel.page.get_by_role("link", name="Släpp in på nytt").click()
    gunnel.page.get_by_label("Passernyckel och kodapp").check()
    gunnel.clicks("Begär")
    gunnel.page.get_by_label("Vi har träffats i dag").check()
    gunnel.clicks("Korta väntan")
    gunnel.clicks("Gör länken")
    expect(gunnel.page.get_by_text("åtta siffror")).to_have_count(0)
    anew = people("Ylva")
    anew.page.goto(address(gunnel))
    anew.page.get_by_label("Lösenord", exact=True).fill(SECOND)
    anew.clicks("Fortsätt")
    anew.sees("Lösenordet räcker inte")
    adds_passkey(anew)
    anew.opens("")
    expect(anew.page.get_by_role("heading", level=1)).to_contain_text("Ylva")
    assert "/logga-in/" not in anew.page.url

    # Out everywhere, this one too.
    anew.opens("konto/")
    anew.clicks("Logga ut överallt")
    assert "/logga-in/" in anew.page.url


def by_paper(who: Person, owner: Person, code: str) -> None:
    """Sign in with a reserve code in place of a passkey."""
    give_password(who.page, who.url, {"email": owner.email, "password": FIRST})
    who.page.get_by_label("Kod, sex siffror").fill(code)
    who.clicks("Logga in")
    who.page.wait_for_load_state()


def test_away_with_somebody_in_her_place_and_a_wall_that_is_the_other_side(
    people: Callable[[str], Person], site: Site
) -> None:
    gunnel, maja = demo(people("Gunnel"), site, "head"), demo(people("Maja"), site, "counsellor")
    gunnel.member("Tomas Demo")
    gunnel.page.get_by_role("link", name="Frånvaro").click()
    on = datetime.now(ZoneInfo("Europe/Stockholm")).date()
    gunnel.page.get_by_label("Första dagen").fill(on.isoformat())
    gunnel.page.get_by_label("Tillbaka").fill((on + timedelta(days=2)).isoformat())
    for stand_in, told in (("Nils Demo Frösåker", "samma murar"), ("Maja Demo Norrby", "Maja Demo Norrby vikarierar")):
        gunnel.page.get_by_label("Vikarierar").select_option(label=stand_in)
        gunnel.clicks("Skriv in")
        gunnel.sees(told)
    maja.opens("")
    maja.sees("Du vikarierar för Tomas")
    gunnel.page.get_by_role("button", name="Avsluta").click()
    maja.opens("")
    expect(maja.page.get_by_text("Du vikarierar")).to_have_count(0)

    gunnel.member("Maja Demo")
    gunnel.page.get_by_role("link", name="Murar", exact=True).click()
    more = gunnel.page.get_by_role("region", name="En mur till")
    more.get_by_label("Mur", exact=True).select_option(label="Våldsutövare")
    more.get_by_role("radio").first.check()
    gunnel.clicks("Ge muren")
    expect(more.locator(".error")).to_contain_text("båda sidor")

    gunnel.opens("medarbetare/roller/")
    for role in ("Enhetschef", "Samtalsstödjare", "Partnerkontakt", "Granskare", "Tekniker"):
        expect(gunnel.page.get_by_role("heading", name=role, exact=True)).to_be_visible()
