"""Editing pages and facts, as an editor's browser meets it."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from journeys.house import House
from lykta.access.enums import Role
from lykta.access.rules import Actor
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.people.models import Member
from lykta.public import text_actions
from lykta.public.enums import Kind
from lykta.public.errors import NothingNew
from lykta.public.models import Text, Version
from lykta.public.queries import shelf
from lykta.public.tests.ten_languages import ten_languages
from lykta.public.tests.test_publishing import publish, says
from lykta.public.text_actions import Saved

HOME = "/personal/sidor/"
ABOUT, ABOUT_EN, COST = f"{HOME}sida/about/sv/", f"{HOME}sida/about/en/", f"{HOME}uppgift/cost/sv/"
FIELD = re.compile(
    r'<(?:input type="(?:hidden|text)" name="([\w-]+)"[^>]*?value="([^"]*)"'
    r'|textarea name="([\w-]+)"[^>]*>\n(.*?)</textarea>)',
    re.DOTALL,
)


def form(browser: Client, path: str) -> dict[str, str]:
    """What stands in the page's form, as a browser would send it."""
    page = browser.get(path).content.decode()
    found = page[page.index('class="panel writing"') :]
    fields = {a or c: html.unescape(b or d) for a, b, c, d in FIELD.findall(found[: found.index("</form>")])}
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def send(browser: Client, path: str, *, deed: str = "ready", **typed: str) -> str:
    """Change some of what stands there and send it; gives the page that follows."""
    changed = {name.replace("_", "-") if name[:2] in ("t_", "r0") else name: text for name, text in typed.items()}
    return browser.post(path, form(browser, path) | changed | {"deed": deed}, follow=True).content.decode()


def versions(slug: str, lang: str = "sv", kind: Kind = Kind.PAGE) -> list[Version]:
    with door("worker", actor=WORKER):
        return list(Version.objects.filter(text__kind=kind, text__slug=slug, text__language=lang).order_by("number"))


def is_old(slug: str, lang: str = "en") -> bool:
    with door("worker", actor=WORKER):
        found = shelf()
        return found.outdated(found.texts["page", slug, lang]) is not None


def test_the_list_leads_to_every_text_in_every_language(browser: Client) -> None:
    page = browser.get(HOME).content.decode()
    links = re.findall(rf'href="({HOME}[^"]+)"', page)
    assert len(links) == len(set(links)) > 50
    assert {browser.get(path).status_code for path in links[::7]} == {200}


def test_what_is_saved_as_ready_waits_and_is_shown_when_it_is_published(
    browser: Client, editor: Actor, published: House
) -> None:
    page = send(browser, ABOUT, t_title="Om oss på nytt", why="Kortare")

    assert "Texten är klar och väntar på att publiceras." in page
    assert ("Kortare" in page, "Olle, i dag" in page) == (True, True)
    assert "Om oss på nytt" not in says("/om/")
    publish(editor)
    assert "<h1>Om oss på nytt</h1>" in says("/om/")
    first, second = versions("about")
    assert (second.by, second.body["main"]) == (editor.member, first.body["main"])
    with published.as_superuser() as boss:
        told = boss.execute("SELECT actor, reason, count FROM audit_event WHERE act = %s", [Act.TEXT_SAVED.value])
        assert told.fetchall() == [(editor.member, "ready", 2)]


def test_a_draft_is_kept_and_never_shown(browser: Client, editor: Actor) -> None:
    assert "Utkastet är sparat." in send(browser, ABOUT, deed="draft", t_title="Inte än")
    with pytest.raises(NothingNew):
        publish(editor)
    assert "nyare utkast" in browser.get(HOME).content.decode()
    assert form(browser, ABOUT)["t-title"] == "Inte än"


def test_a_changed_swedish_text_makes_its_translations_old_in_the_same_transaction(editor: Actor) -> None:
    class Undone(Exception):
        pass

    body = versions("about")[0].body | {"title": "Nytt"}

    def change() -> None:
        saved = Saved(body=body, ready=True, seen=1)
        text_actions.save_text(by=editor, kind=Kind.PAGE, slug="about", language="sv", saved=saved)

    def change_and_fail() -> None:
        with door("staff", actor=editor.member):
            change()
            found = shelf()
            assert found.outdated(found.texts["page", "about", "en"]) is not None
            raise Undone

    with pytest.raises(Undone):
        change_and_fail()
    assert (is_old("about"), len(versions("about"))) == (False, 1)
    with door("staff", actor=editor.member):
        change()
    assert is_old("about")


def test_outdated_is_told_with_its_day_and_goes_when_the_translation_is_saved(browser: Client, editor: Actor) -> None:
    send(browser, ABOUT, t_lead="En helt ny ingress.")
    page = browser.get(ABOUT_EN).content.decode()
    assert "Den svenska texten ändrades i dag" in page
    assert page.count("ändrad i svenskan") == 1
    assert "En helt ny ingress." in page
    publish(editor)
    day = f"{clock.today().day} {clock.today():%B %Y}"
    assert f"last checked against the Swedish one on {day}" in says("/en/about/")

    send(browser, ABOUT_EN, t_lead="A brand new beginning.")
    publish(editor)
    assert ("last checked" in says("/en/about/"), "A brand new beginning." in says("/en/about/")) == (False, True)
    assert "ändrad i svenskan" not in browser.get(ABOUT_EN).content.decode()


def test_a_translation_that_says_the_same_still_is_said_to_agree(browser: Client, olle: Member, editor: Actor) -> None:
    send(browser, ABOUT, t_lead="Samma sak, sagd kortare.")
    beside = form(browser, ABOUT_EN)["beside"]
    answer = {"deed": "agree", "beside": beside, "by": str(olle.pk)}
    assert "Då stämmer översättningen igen." in browser.post(ABOUT_EN, answer, follow=True).content.decode()
    assert "Det var redan gjort." in browser.post(ABOUT_EN, answer, follow=True).content.decode()
    assert (is_old("about"), len(versions("about", "en"))) == (False, 1)


def test_a_translation_agrees_only_with_the_swedish_words_that_stood_beside_it(browser: Client) -> None:
    begun = form(browser, ABOUT_EN)
    send(browser, ABOUT, t_lead="Ändrad medan någon översatte.")
    browser.post(ABOUT_EN, begun | {"t-lead": "Translated from the old one.", "deed": "ready"})
    assert (len(versions("about", "en")), is_old("about")) == (2, True)


def test_a_change_of_form_leaves_translations_as_they_are(browser: Client) -> None:
    send(browser, ABOUT, t_lead="Ett stavfel rättat.", form_only="on")
    assert not is_old("about")
    assert "Betyder samma sak som förut" in browser.get(ABOUT).content.decode()


def test_an_earlier_version_is_taken_up_and_becomes_a_new_one(browser: Client) -> None:
    was = form(browser, ABOUT)["t-title"]
    send(browser, ABOUT, t_title="Ett misstag")
    page = browser.get(f"{ABOUT}?version=1").content.decode()
    assert "Det här är version 1." in page
    send(browser, f"{ABOUT}?version=1")

    assert [one.body["title"] for one in versions("about")] == [was, "Ett misstag", was]


def test_two_who_write_at_once_lose_nothing(browser: Client, published: House) -> None:
    gunnel = published.signed_in(published.member("Gunnel", Role.HEAD, share=False))
    mine, hers = form(browser, ABOUT), form(gunnel, ABOUT)
    gunnel.post(ABOUT, hers | {"t-title": "Gunnels", "deed": "ready"})

    page = browser.post(ABOUT, mine | {"t-title": "Olles", "deed": "ready"}).content.decode()
    assert "Gunnel har sparat en ny version medan du skrev" in page
    assert (">\nOlles</textarea>" in page, len(versions("about"))) == (True, 2)
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    browser.post(ABOUT, mine | {"t-title": "Olles", "deed": "ready", "seen": seen[1]})
    assert [one.body["title"] for one in versions("about")][1:] == ["Gunnels", "Olles"]


def test_the_same_form_twice_makes_one_version(browser: Client) -> None:
    sent = form(browser, ABOUT) | {"t-title": "En gång", "deed": "ready"}
    for _ in range(2):
        page = browser.post(ABOUT, sent, follow=True).content.decode()
    assert ("Det var redan sparat." in page, len(versions("about"))) == (True, 2)
    assert "Ingenting var ändrat." in send(browser, ABOUT)


# --- what one must not write ---

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>"><b onclick="x">'


def test_hostile_html_is_only_ever_words(browser: Client, editor: Actor) -> None:
    send(browser, ABOUT, t_title=HOSTILE, t_lead=HOSTILE, r0_text=HOSTILE, why=HOSTILE[:150])
    browser.post(COST, form(browser, COST) | {"t-text": HOSTILE, "deed": "ready"})
    publish(editor)

    number = len(versions("about"))
    pages = [says("/om/"), says("/"), *(browser.get(p).content.decode() for p in (ABOUT, ABOUT_EN, HOME, COST))]
    pages += [browser.get(f"{ABOUT}{number}/").content.decode(), browser.get("/personal/publicera/").content.decode()]
    for page in pages:
        assert ("<script>alert" in page, "<img src=x" in page, "<b onclick" in page) == (False, False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in says("/om/")
    assert "&lt;script&gt;" in says("/")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{fact:none}", "{fact:none} är inget värde som finns."),
        ("[här](page:none)", "Länken (page:none) leder ingenstans."),
        ("[här](javascript:alert)", "Länken (javascript:alert) leder ingenstans."),
        ("{phone:none}", "Numret none finns inte bland telefonerna som visas."),
    ],
    ids=["fact", "page", "script", "phone"],
)
def test_what_leads_nowhere_can_be_a_draft_but_not_be_published(browser: Client, text: str, why: str) -> None:
    page = html.unescape(send(browser, ABOUT, t_lead=text))
    assert (why in page, "Det är inte sparat" in page, text in page) == (True, True, True)
    assert len(versions("about")) == 1
    assert why in html.unescape(send(browser, ABOUT, deed="preview", t_lead=text))
    send(browser, ABOUT, deed="draft", t_lead=text)
    assert len(versions("about")) == 2


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"t-title": ""}, "Det här får inte vara tomt."),
        ({"t-title": "x" * 121}, "Det är för långt: 121 tecken, högst 120."),
        ({"t-lead": "a\x00b"}, "Ett tecken går inte att läsa."),
        ({"r0-text": ""}, "Rutan är tom. Skriv något, eller ta bort den."),
        ({"r0-text": "x" * 6001}, "Det är för långt: 6001 tecken, högst 6000."),
        ({"r0-kind": "questions", "r0-text": "Vad?"}, "”Vad?” har inget svar."),
    ],
    ids=["empty", "long", "zero", "empty-box", "long-box", "no-answer"],
)
@pytest.mark.parametrize("deed", ["ready", "draft", "preview"])
def test_what_can_not_be_read_is_told_beside_its_field_and_kept(
    browser: Client, deed: str, typed: dict[str, str], why: str
) -> None:
    page = browser.post(ABOUT, form(browser, ABOUT) | typed | {"deed": deed, "why": "Ett skäl"}).content.decode()
    assert ("En sak är fel" in page, page.count(why), "Ett skäl" in page) == (True, 2, True)
    assert 'aria-invalid="true"' in page
    assert len(versions("about")) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"r0-kind": "script"},
        {"r0-side": "roof", "r0-section": '"><x>', "r0-look": "red"},
        {"r999-kind": "p", "r999-text": "sist"},
        {"seen": "x" * 9, "beside": "-1"},
        {"new-0": "burn", "deed": "add:0"},
        {"deed": "up:999"},
        {"deed": "add:999"},
    ],
    ids=["kind", "side", "number", "seen", "add", "up", "far"],
)
def test_a_form_nobody_could_have_typed_breaks_nothing(browser: Client, odd: dict[str, str]) -> None:
    answer = browser.post(ABOUT, form(browser, ABOUT) | {"deed": "draft"} | odd)
    assert answer.status_code in (200, 303)
    assert browser.get(ABOUT).status_code == 200


def test_who_may_not_edit_meets_what_is_not_there(published: House, browser: Client) -> None:
    maja = published.signed_in(published.member("Maja", Role.COUNSELLOR, share=False))
    absent = maja.get("/personal/no-such-page/")
    for path in (HOME, ABOUT, f"{ABOUT}1/", f"{HOME}sida/none/sv/"):
        hidden = maja.get(path)
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    for path in (
        "sida/none/sv/",
        "sida/about/xx/",
        "sida/about/sv/99/",
        "sida/about/sv/?version=99",
        "uppgift/about/sv/",
    ):
        assert browser.get(f"{HOME}{path}").status_code == 404


def test_another_s_form_and_an_unknown_deed_do_nothing(browser: Client) -> None:
    sent = form(browser, ABOUT) | {"t-title": "Annans"}
    assert (
        "Sidan hörde till någon annan."
        in browser.post(ABOUT, sent | {"by": "other", "deed": "ready"}, follow=True).content.decode()
    )
    assert browser.post(ABOUT, sent | {"deed": "burn"}).status_code == 404
    assert len(versions("about")) == 1


def beside(browser: Client, olle: Member, unsent: dict[str, str]) -> str:
    """Send a short form of the page while another stands unsent; the script takes that one along."""
    carried = {f"0.{name}": text for name, text in unsent.items() if name != "by"}
    sent = {"deed": "take_down", "by": str(olle.pk)} | carried
    return browser.post(ABOUT_EN, sent, follow=True).content.decode()


def test_what_stood_unsent_beside_another_form_is_given_back(browser: Client, olle: Member) -> None:
    unsent = form(browser, ABOUT_EN) | {"t-title": "Almost done"}
    page = beside(browser, olle, unsent)
    assert "Översättningen tas ner" in page
    assert ">\nAlmost done</textarea>" in page
    assert len(boxes(page)) == len([name for name in unsent if name.endswith("-kind")])


def test_a_short_form_that_was_unsent_empties_no_boxes(browser: Client, olle: Member) -> None:
    before = boxes(browser.get(ABOUT_EN).content.decode())
    page = beside(browser, olle, {"reader": "Aino", "seen": "1"})
    assert (boxes(page), "är fel" in page) == (before, False)


# --- boxes ---


def boxes(page: str) -> list[str]:
    return re.findall(r'name="r\d+-kind" value="(\w+)"', page)


def test_boxes_are_moved_added_and_taken_out_without_anything_being_saved(browser: Client) -> None:
    before = boxes(browser.get(ABOUT).content.decode())
    moved = send(browser, ABOUT, deed="down:0", t_title="Skrivet innan")
    assert boxes(moved)[:2] == [before[1], before[0]]
    assert ("Skrivet innan" in moved, moved.count("autofocus")) == (True, 1)
    added = browser.post(ABOUT, form(browser, ABOUT) | {"deed": "add:0", "new-0": "questions"}).content.decode()
    assert boxes(added) == [before[0], "questions", *before[1:]]
    assert boxes(send(browser, ABOUT, deed="drop:0")) == before[1:]
    assert boxes(send(browser, ABOUT, deed="up:0")) == before
    assert len(versions("about")) == 1


def test_a_box_never_leaves_its_side_of_the_page(browser: Client) -> None:
    path = f"{HOME}sida/safety/sv/"
    before = boxes(browser.get(path).content.decode())
    aside = form(browser, path)
    first = min(int(n[1:-5]) for n, side in aside.items() if n.endswith("-side") and side == "aside")
    assert boxes(send(browser, path, deed=f"up:{first}")) == before
    assert boxes(send(browser, path, deed=f"down:{first - 1}")) == before


def test_what_svenskan_has_gained_is_told_to_who_translates(browser: Client) -> None:
    fields = form(browser, ABOUT) | {
        "deed": "ready",
        "r90-kind": "p",
        "r90-text": "Ett stycke till.",
        "r90-side": "main",
    }
    browser.post(ABOUT, fields)
    page = browser.get(ABOUT_EN).content.decode()
    assert "Står i svenskan men inte här" in page
    assert "Ett stycke till." in page


# --- preview ---


def test_a_preview_is_the_page_as_typed_and_keeps_nothing(browser: Client) -> None:
    answer = browser.post(ABOUT, form(browser, ABOUT) | {"t-title": "Bara på prov", "deed": "preview"})
    page = answer.content.decode()
    assert ("<h1>Bara på prov</h1>" in page, "Förhandsvisning." in page) == (True, True)
    assert answer["Content-Security-Policy"].endswith("; sandbox")
    assert answer["Cache-Control"] == "no-store"
    assert (len(versions("about")), "Bara på prov" in says("/om/")) == (1, False)
    assert "Förhandsvisning." in browser.get(f"{ABOUT}1/").content.decode()


# --- facts ---


def test_a_changed_fact_is_new_on_every_page_that_names_it(browser: Client, editor: Actor) -> None:
    assert "Texten är klar" in send(browser, COST, t_text="Det kostar inte en krona.")
    publish(editor)
    assert all("Det kostar inte en krona." in says(path) for path in ("/", "/fragor/"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[här](page:about)", "länkar och fetstil går inte att ha här"),
        ("**gratis**", "länkar och fetstil går inte att ha här"),
        ("{fact:reply}", "{fact:reply} är inget värde som finns."),
        ("{limit:none}", "{limit:none} är inget värde som finns."),
        ("", "Det här får inte vara tomt."),
    ],
    ids=["link", "bold", "fact", "limit", "empty"],
)
def test_a_fact_is_words_and_numbers_only(browser: Client, text: str, why: str) -> None:
    assert why in html.unescape(send(browser, COST, t_text=text))
    assert len(versions("cost", kind=Kind.FACT)) == 1


# --- languages ---


@pytest.fixture
def ten() -> Iterator[None]:
    with ten_languages():
        yield


def test_a_language_that_lacks_a_page_gets_it_in_boxes_beside_the_swedish_ones(
    ten: Any, browser: Client, editor: Actor
) -> None:
    arabic = f"{HOME}sida/about/ar/"
    page = browser.get(arabic).content.decode()
    assert ("Texten finns inte på det här språket än." in page, 'dir="rtl"' in page) == (True, True)
    fields = form(browser, arabic)
    assert {fields[name] for name in fields if name.startswith("t-")} == {""}
    assert boxes(page) == boxes(browser.get(ABOUT).content.decode())
    assert "saker är fel" in send(browser, arabic)

    source = form(browser, ABOUT)
    words = {name: text for name, text in source.items() if name.endswith("-text") or name.startswith("t-")}
    saved = browser.post(
        arabic, fields | words | {"t-title": "نبذة عنا", "deed": "ready"}, follow=True
    ).content.decode()
    assert "Texten är klar" in saved
    assert form(browser, arabic)["t-title"] == "نبذة عنا"
    with door("worker", actor=WORKER):
        text = Text.objects.get(slug="about", language="ar")
        assert (text.source, text.ready) == (1, 1)
    assert "نبذة عنا" in browser.get(f"{arabic}1/").content.decode()


def test_a_page_that_a_native_speaker_has_read_bears_no_mark_until_it_is_changed(
    ten: Any, browser: Client, olle: Member, editor: Actor
) -> None:
    home = f"{HOME}sida/home/fi/"
    source = form(browser, f"{HOME}sida/home/sv/")
    words = {name: text for name, text in source.items() if name.endswith("-text") or name.startswith("t-")}
    browser.post(home, form(browser, home) | words | {"deed": "ready"})
    publish(editor)
    mark = "has not yet been reviewed by a native speaker"
    assert mark in says("/fi/")
    heard = {"deed": "heard", "by": str(olle.pk), "seen": "1"}
    page = browser.post(home, heard | {"reader": "  "}).content.decode()
    assert "Skriv vad den heter som har läst." in page
    page = browser.post(home, heard | {"reader": " Aino  Korhonen "}, follow=True).content.decode()
    assert "Aino Korhonen har läst den här versionen." in page
    assert (
        "Det var redan gjort." in browser.post(home, heard | {"reader": "Aino Korhonen"}, follow=True).content.decode()
    )
    publish(editor)
    assert mark not in says("/fi/")

    send(browser, home, t_title="Toinen")
    assert "Ingen har läst den här versionen än." in browser.get(home).content.decode()
    late = browser.post(home, heard | {"reader": "Aino"}, follow=True).content.decode()
    assert "En kollega har sparat en ny version." in late
    publish(editor)
    assert mark in says("/fi/")


def test_ten_languages_are_published_with_one_of_them_missing(ten: Any, browser: Client, editor: Actor) -> None:
    home = f"{HOME}sida/home/ar/"
    source = form(browser, f"{HOME}sida/home/sv/")
    words = {name: text for name, text in source.items() if name.endswith("-text") or name.startswith("t-")}
    browser.post(home, form(browser, home) | words | {"t-hero-title": "هناك من يسمعك", "deed": "ready"})
    publish(editor)

    assert "هناك من يسمعك" in says("/ar/")
    assert 'lang="en"' in says("/ar/about/")  # borrowed, and it says so
    assert says("/fi/") == ""
    assert says("/om/").count("<h1>") == 1


def test_a_translation_taken_down_is_borrowed_and_its_versions_stay(
    browser: Client, olle: Member, editor: Actor
) -> None:
    page = browser.post(ABOUT_EN, {"deed": "take_down", "by": str(olle.pk)}, follow=True).content.decode()
    assert "Översättningen tas ner nästa gång ni publicerar." in page
    publish(editor)
    assert "<h1>Om oss" in says("/en/about/")
    assert len(versions("about", "en")) == 1
    answer = browser.post(ABOUT, {"deed": "take_down", "by": str(olle.pk)}, follow=True).content.decode()
    assert "Det var redan gjort." in answer
