"""The staff pages of the catalogue: into the draft, side by side, seen before it holds, and back again."""

import html
import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from journeys.house import House
from lykta.access.enums import Role
from lykta.catalogue.actions import go_live, load_catalogue
from lykta.catalogue.enums import EditionState, Keeping
from lykta.catalogue.models import Change, Edition, Entry
from lykta.catalogue.queries import editing_rows, live_catalogue, pending_changes, service_mode, unsaved
from lykta.core.doors import WORKER, door

HOME = "/personal/tjanster/"
REVIEW = f"{HOME}andringar/"


class Hands:
    """A member's browser, and what she does with the catalogue."""

    def __init__(self, house: House, name: str, role: Role) -> None:
        self.member = house.member(name, role)
        self.actor = house.actor(self.member)
        self.client = house.signed_in(self.member)
        self.client.defaults["HTTP_HOST"] = "127.0.0.1"

    def page(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        return re.sub(r"</?b>", "", html.unescape(answer.content.decode()))

    def form(self, path: str, deed: str = "save") -> dict[str, object]:
        """What a browser would send of the form on a page."""
        answer = self.client.get(path)
        found = next(
            one for one in re.findall(r"<form.*?</form>", answer.content.decode(), re.S) if f'value="{deed}"' in one
        )
        return fields(found)

    def post(self, path: str, **typed: object) -> object:
        return self.client.post(path, {"by": str(self.member.pk), **{k: v for k, v in typed.items() if v is not None}})

    def send(self, path: str, **change: object) -> object:
        """The form as it stands, but for what was typed anew."""
        return self.post(path, **(self.form(path) | change))

    def door(self):
        return door("staff", actor=self.member.pk)


def fields(form: str) -> dict[str, object]:
    sent: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        one = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if one.get("type") in ("checkbox", "radio"):
            if " checked" in tag:
                value = html.unescape(one.get("value", "on"))
                sent[one["name"]] = [*sent.get(one["name"], []), value] if one["type"] == "checkbox" else value
        elif "name" in one:
            sent[one["name"]] = html.unescape(one.get("value", ""))
    for name, text in re.findall(r'<textarea name="([^"]+)".*?>\n?(.*?)</textarea>', form, re.S):
        sent[name] = html.unescape(text)
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = html.unescape(chosen[1]) if chosen else ""
    return sent


@pytest.fixture
def loaded(house):
    with door("worker", actor=WORKER):
        load_catalogue(centre=settings.LYKTA_CENTRE)
    return house


@pytest.fixture
def olle(loaded):
    return Hands(loaded, "Olle", Role.EDITOR)


@pytest.fixture
def gunnel(loaded):
    return Hands(loaded, "Gunnel", Role.HEAD)


def row(hands, kind, parent, ref):
    with hands.door():
        return next(one for one in editing_rows() if (one.kind, one.parent, one.ref) == (kind, parent, ref))


def address(hands, kind="limits", parent="ENSK", ref="min_age"):
    return f"{HOME}rad/{row(hands, kind, parent, ref).line}/"


def log(house):
    with house.as_superuser() as boss:
        found = boss.execute(
            "SELECT act FROM audit_event WHERE act LIKE 'catalogue:%' AND chain = 'staff' ORDER BY seq"
        )
        return [act for (act,) in found]


# --- reading ---
def test_everybody_reads_the_catalogue_and_only_editors_are_shown_a_way_to_change_it(loaded):
    maja = Hands(loaded, "Maja", Role.COUNSELLOR)
    for path in ("", "ENSK/", "telefoner/", "platser/", "gemensamt/", "andringar/", "utgavor/"):
        page = maja.page(HOME + path)
        assert "/rad/" not in page, path
        assert "/ny/" not in page, path
        assert "/andra/" not in page, path
    assert "Från och med lägsta ålder (16)" in maja.page(f"{HOME}ENSK/")


def test_texts_are_shown_as_they_are_said_not_as_they_are_written(loaded):
    maja = Hands(loaded, "Maja", Role.COUNSELLOR)
    page = maja.page(f"{HOME}JOUR/")
    assert "Skriv till oss, så hjälper vi dig att fråga. Fara just nu: 112." in page
    assert "page:" not in page


def test_what_a_member_may_not_change_and_what_is_not_there_look_the_same(loaded):
    maja = Hands(loaded, "Maja", Role.COUNSELLOR)
    line = row(maja, "limits", "ENSK", "min_age").line
    paths = (f"rad/{line}/", "ENSK/grund/", "ENSK/texter/", "ENSK/ny/grans/", "ny/telefon/", "andra/ord/")
    nothing = maja.client.get(f"{HOME}rad/{uuid4()}/")
    assert nothing.status_code == 404
    for path in paths:
        for answer in (maja.client.get(HOME + path), maja.client.post(HOME + path, {"by": str(maja.member.pk)})):
            assert (answer.status_code, answer.content) == (404, nothing.content), path
    assert maja.post(REVIEW, deed="save", why="x").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "NADA/",
        "NADA/grund/",
        "ENSK/ord/",
        "andra/grund/",
        "NADA/ny/grans/",
        "ENSK/ny/telefon/",
        "ny/grans/",
        "ENSK/ny/regel/",
        "ENSK/ny/regel/?om=who",
        "ENSK/ny/regel/?om=weather",
        f"rad/{UUID(int=7)}/",
        f"utgavor/{UUID(int=8)}/",
    ],
)
def test_an_address_that_leads_nowhere_says_only_that(olle, path):
    assert olle.client.get(HOME + path).status_code == 404


# --- one row ---
def test_a_changed_limit_stands_in_the_draft_and_holds_nowhere_else(loaded, olle):
    answer = olle.send(address(olle), value="15")
    assert (answer.status_code, answer["Location"]) == (303, f"{HOME}ENSK/")
    page = olle.page(f"{HOME}ENSK/")
    assert "Sparat i utkastet." in page
    assert "ändrad, gäller inte än" in page
    with olle.door():
        assert live_catalogue().service("ENSK").limit_on("min_age", date(2026, 11, 23)) == 16
        assert len(unsaved(olle.actor)) == 1
        assert pending_changes(olle.actor) == []
        assert [(one.by, one.before["value"], one.after["value"]) for one in Change.objects.all()] == [
            (olle.member.pk, 16, 15)
        ]
    assert log(loaded) == ["catalogue:draft:change"]


def test_saving_a_form_as_it_stands_begins_no_draft(olle):
    for path in (address(olle), address(olle, "rules", "KVGRP", "KVGRP.gender"), f"{HOME}ENSK/texter/"):
        assert olle.send(path).status_code == 303
    assert "Ingenting var ändrat." in olle.page(HOME)
    with olle.door():
        assert not Edition.objects.filter(state=EditionState.DRAFT).exists()


def test_something_new_from_a_day_ends_the_old_row_there(olle):
    path = address(olle)
    form = olle.form(path) | {"value": "15", "when": "from", "new_from": "2027-01-01"}
    assert olle.post(path, **form).status_code == 303
    assert olle.post(path, **form).status_code == 303  # the same form twice
    with olle.door():
        rows = Entry.objects.filter(edition__state="draft", kind="limits", parent="ENSK").order_by("position")
        assert [(one.body["value"], one.valid_from, one.valid_to) for one in rows] == [
            (16, None, date(2027, 1, 1)),
            (15, date(2027, 1, 1), None),
        ]
    assert "börjar senare" in olle.page(f"{HOME}ENSK/")


WRONG = [
    ("limits", "ENSK", "min_age", {"valid_to": "2027-01-01"}, "behöver gränsen lägsta ålder alla dagar"),
    ("limits", "ENSK", "min_age", {"value": "16,5"}, "ska vara ett helt tal"),
    ("limits", "TRAPPAN", "min_age", {"value": "19"}, "finns inget tal från 19 till och med 18"),
    ("rules", "KVGRP", "KVGRP.gender", {"a2_is": ["other"]}, "Det saknas svar för inte berättat"),
    ("rules", "KVGRP", "KVGRP.gender", {"a1_is": ["woman", "man"]}, "har två svar"),
    ("rules", "HEDER", "HEDER.honour", {"valid_from": "2028-01-01"}, "ligger utanför tjänstens år"),
    ("phones", "", "samordnare", {"show": None}, "Numret samordnare används i en text för Samråd"),
    ("phones", "", "samordnare", {"tel": "abc"}, "Skriv bara siffror"),
    ("phones", "", "samordnare", {"last_checked": "2026-13"}, "Skriv ett år, en månad eller en dag"),
]


@pytest.mark.parametrize(("kind", "parent", "ref", "typed", "sentence"), WRONG)
def test_what_would_not_hold_together_is_told_and_what_was_typed_is_kept(olle, kind, parent, ref, typed, sentence):
    path = address(olle, kind, parent, ref)
    answer = olle.send(path, **typed)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert sentence in page
    again = fields(
        next(one for one in re.findall(r"<form.*?</form>", answer.content.decode(), re.S) if 'value="save"' in one)
    )
    for name, value in typed.items():
        assert again.get(name) == value
    with olle.door():
        assert not Change.objects.exists()


def test_rows_of_one_name_can_not_hold_on_the_same_day(olle):
    path = f"{HOME}ENSK/ny/grans/"
    typed = {"name": "lägsta ålder", "value": "15", "source": "prov"}
    page = html.unescape(olle.send(path, **typed, valid_from="2026-01-01").content.decode())
    assert "En annan rad för lägsta ålder gäller redan samma dagar." in page
    assert 'value="2026-01-01"' in page


def test_a_form_sent_twice_adds_one_row_and_a_row_can_be_taken_away_and_put_back(olle):
    path = f"{HOME}ENSK/ny/grans/"
    form = olle.form(path) | {"name": "antal samtal", "value": "3", "source": "beslut i nämnden"}
    assert [olle.post(path, **form).status_code for _ in range(2)] == [303, 303]
    found = row(olle, "limits", "ENSK", "talks")
    remove = olle.form(f"{HOME}rad/{found.line}/", "remove")
    assert olle.post(f"{HOME}rad/{found.line}/", **remove).status_code == 303
    olle.post(
        address(olle, "limits", "SAMNAT", "municipalities"),
        **olle.form(address(olle, "limits", "SAMNAT", "municipalities"), "remove"),
    )
    page = olle.page(f"{HOME}SAMNAT/")
    assert "Borttaget i utkastet" in page
    assert (
        olle.post(REVIEW, **fields(page[page.index("Borttaget i utkastet") :].split("</form>")[0])).status_code == 303
    )
    with olle.door():
        assert unsaved(olle.actor) == ()


def test_a_row_that_others_lean_on_is_not_taken_away(olle):
    path = address(olle)
    page = html.unescape(olle.post(path, **olle.form(path, "remove")).content.decode())
    assert "använder gränsen lägsta ålder, och den finns då inte" in page
    path = address(olle, "rules", "ENSK", "ENSK.who")
    assert "Ta bort raden" not in olle.page(path)
    form = olle.form(path) | {"deed": "remove"}
    assert "måste finnas kvar" in html.unescape(olle.post(path, **form).content.decode())


def test_a_new_rule_number_place_and_mode_can_be_added(olle):
    add = {"a1_say_sv": "Fråga", "a1_say_en": "Ask", "a1_gives": "ask", "kind": "soft", "source": "prov"}
    values = {"a1_is": ["true", "false", "unknown"]}
    assert olle.send(f"{HOME}ANH/ny/regel/?om=honour", **add, **values).status_code == 303
    phone = {
        "id": "nytt",
        "names_sv": "Nytt",
        "names_en": "New",
        "number": "1 2",
        "tel": "12345",
        "status": "confirmed",
    }
    phone |= {"last_checked": "2026", "owner": "enhetschefen"}
    assert olle.send(f"{HOME}ny/telefon/", **phone).status_code == 303
    assert olle.send(f"{HOME}ny/ort/", name="Klövsjö", air_km="81").status_code == 303
    mode = {"mode": "no_identity", "board": "Socialnämnden", "decided_on": "2025-05-01", "source": "§ 51"}
    assert olle.send(f"{HOME}ENSK/ny/dokumentation/", **mode, valid_from="2025-07-01").status_code == 303
    assert "Utan identitet: ett kodord. Socialnämnden, beslut 1 maj 2025." in olle.page(f"{HOME}ENSK/")
    assert olle.send(f"{HOME}ENSK/ny/dokumentation/", **mode).status_code == 200  # two at once
    assert olle.post(REVIEW, deed="save", why="Nya rader").status_code == 303
    with door("worker", actor=WORKER):
        go_live(by=None, on=date(2026, 11, 24))
        assert service_mode("ENSK", date(2025, 6, 30)) is None
        found = service_mode("ENSK", date(2025, 7, 1))
        assert (found.keeping, found.decided_on) == (Keeping.NO_IDENTITY, date(2025, 5, 1))
        assert [one.id for one in live_catalogue().service("ANH").rules] == ["ANH.who", "ANH.honour"]


def test_words_distance_and_municipalities_can_be_changed(olle):
    assert olle.send(f"{HOME}andra/ord/", ask_sv="Hör av dig").status_code == 303
    assert olle.send(f"{HOME}andra/avstand/", near_to_km="20").status_code == 303
    wrong = html.unescape(olle.send(f"{HOME}andra/avstand/", near_to_km="31").content.decode())
    assert "Nära kan inte vara längre bort än långt." in wrong
    assert olle.send(address(olle, "municipalities", "", "2303"), population="5200").status_code == 303
    page = olle.page(REVIEW)
    assert "Kommunen Ragunda: invånare ändras från 5146 till 5200" in page
    assert "Avståndsregeln: nära till och med ändras från 25 till 20" in page


def test_hostile_markup_in_a_text_is_words_and_nothing_else(olle):
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> & \"'"
    assert olle.send(f"{HOME}ENSK/grund/", names_sv=hostile[:60], plain_sv=hostile).status_code == 303
    assert olle.send(f"{HOME}ENSK/texter/", form_sv=hostile).status_code == 303
    for path in (HOME, f"{HOME}ENSK/", f"{HOME}ENSK/grund/", REVIEW):
        raw = olle.client.get(path).content.decode()
        assert "<script>alert" not in raw
        assert "<img src=x" not in raw
        assert "&lt;script&gt;" in raw, path


def test_another_members_form_does_nothing(olle, gunnel):
    path = address(olle)
    form = olle.form(path) | {"value": "15"}
    assert gunnel.client.post(path, form).status_code == 303
    assert gunnel.client.post(REVIEW, {"by": str(olle.member.pk), "deed": "save", "why": "x"}).status_code == 303
    assert "Sidan hörde till någon annan" in gunnel.page(HOME)
    with olle.door():
        assert not Change.objects.exists()


def test_two_at_the_same_row_are_shown_what_differs_and_nothing_is_lost(olle, gunnel):
    path = address(olle)
    first, second = olle.form(path), gunnel.form(path)
    assert olle.post(path, **first | {"value": "15", "source": "Olles skäl"}).status_code == 303
    answer = gunnel.post(path, **second | {"value": "14"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Olle har ändrat samma rad" in page
    assert re.search(r"<th scope=\"row\">Värde</th><td>15</td><td>14</td>", page)
    assert "Olles skäl" in page
    again = fields(
        next(one for one in re.findall(r"<form.*?</form>", answer.content.decode(), re.S) if 'value="save"' in one)
    )
    assert again["value"] == "14"
    assert gunnel.post(path, **again).status_code == 303
    with olle.door():
        assert [(one.by, one.after["value"]) for one in Change.objects.order_by("at")] == [
            (olle.member.pk, 15),
            (gunnel.member.pk, 14),
        ]


def test_two_at_different_rows_of_one_service_do_not_meet(olle, gunnel):
    limit, texts = address(olle), f"{HOME}ENSK/texter/"
    first, second = olle.form(limit), gunnel.form(texts)
    assert olle.post(limit, **first | {"value": "15"}).status_code == 303
    assert gunnel.post(texts, **second | {"cost_sv": "Kostar inget."}).status_code == 303
    with olle.door():
        assert len(unsaved(olle.actor)) == 2


def test_a_row_taken_away_meanwhile_is_said_and_the_text_is_kept(olle, gunnel):
    path = address(olle, "localities", "", "Lit")
    form = gunnel.form(path) | {"air_km": "21"}
    olle.post(path, **olle.form(path, "remove"))
    page = html.unescape(gunnel.post(path, **form).content.decode())
    assert "En kollega har tagit bort raden medan du skrev." in page
    assert 'value="21"' in page


# --- before it holds ---
def test_what_changes_for_whom_is_shown_in_words_before_anything_is_saved(olle):
    olle.send(address(olle), value="15")
    page = olle.page(REVIEW)
    assert "Enskilt stöd, gränsen lägsta ålder (16): värdet ändras från 16 till 15" in page
    person = page[page.index("Flicka, 15 år, kontrolleras i hederns namn") :].split("</article>")[0]
    assert re.search(r"Enskilt stöd.*Fråga oss.*Öppet", person, re.S)
    assert "Enskilt stöd: 6 av 24 får ett annat svar" in page
    assert "släpps ingen in" not in page


def test_a_change_of_a_later_day_is_shown_on_that_day(olle):
    path = address(olle)
    olle.post(path, **olle.form(path) | {"value": "12", "when": "from", "new_from": "2031-01-01"})
    page = olle.page(REVIEW)
    assert "Ingen av de påhittade personerna får något annat" in page
    assert "Från onsdag 1 januari 2031" in page


def test_an_own_invented_person_is_tried_and_not_kept(olle):
    olle.send(address(olle), value="15")
    answer = olle.post(REVIEW, **{"deed": "try", "p-who": "exposed", "p-age": "15"})
    page = html.unescape(answer.content.decode())
    tried = page[page.index("Svaren") :]
    assert re.search(r"class=\"other\"><span class=\"service\">Enskilt stöd", tried)
    assert "som i dag" in tried
    page = html.unescape(olle.post(REVIEW, **{"deed": "try", "p-who": "", "p-age": "700"}).content.decode())
    assert "Skriv ett helt tal från 0 till 130." in page


def exclude_all_women(hands):
    path = address(hands, "rules", "KVGRP", "KVGRP.gender")
    no = {
        f"a{n}_{key}": text for n in (1, 2, 3) for key, text in (("gives", "not"), ("say_sv", "Nej"), ("say_en", "No"))
    }
    assert hands.send(path, **no).status_code == 303


def test_a_rule_that_lets_nobody_in_is_told_loudly_and_needs_a_tick(loaded, olle):
    exclude_all_women(olle)
    page = olle.page(REVIEW)
    assert "Från i dag släpps ingen in" in page
    assert "Kvinnogrupp varje vecka har ingen väg in längre" in page
    refused = html.unescape(olle.post(REVIEW, deed="save", why="Vi stänger gruppen").content.decode())
    assert "Kryssa i att det är meningen" in refused
    assert 'value="Vi stänger gruppen"' in refused
    assert "catalogue:edition:save" not in log(loaded)
    assert olle.post(REVIEW, deed="save", why="Vi stänger gruppen", meant="yes").status_code == 303
    assert log(loaded)[-1] == "catalogue:edition:save"


# --- editions ---
@pytest.mark.parametrize("why", ["", "   ", "x" * 201, "\x00"])
def test_an_edition_is_saved_with_one_line_that_says_why(olle, why):
    olle.send(address(olle), value="15")
    page = html.unescape(olle.post(REVIEW, deed="save", why=why).content.decode())
    assert "Skriv en rad om varför det ändras." in page


def test_an_edition_with_nothing_new_is_not_saved(olle):
    page = html.unescape(olle.post(REVIEW, deed="save", why="Ingenting").content.decode())
    assert "Det finns inget att spara." in page


def test_a_saved_edition_waits_and_a_newer_one_takes_its_place(loaded, olle):
    olle.send(address(olle), value="15")
    assert olle.post(REVIEW, deed="save", why="Yngre behöver oss").status_code == 303
    with olle.door():
        assert pending_changes(olle.actor) == ["Enskilt stöd, gränsen lägsta ålder (16): värdet ändras från 16 till 15"]
        assert unsaved(olle.actor) == ()
    assert "Utgåva 2 är sparad av Olle och väntar på publicering." in olle.page(REVIEW)
    olle.send(address(olle, "limits", "KVGRP"), value="17")
    with olle.door():
        assert len(unsaved(olle.actor)) == 1
    assert olle.post(REVIEW, deed="save", why="Också gruppen").status_code == 303
    with olle.door():
        assert len(pending_changes(olle.actor)) == 2
        states = {one.number: one.state for one in Edition.objects.exclude(number=None)}
    assert states == {1: "live", 2: "aside", 3: "waiting"}
    page = olle.page(f"{HOME}utgavor/")
    assert page.index("Också gruppen") < page.index("Yngre behöver oss")


def test_one_goes_back_to_an_earlier_edition_by_a_new_draft(olle):
    olle.send(address(olle), value="15")
    olle.post(REVIEW, deed="save", why="Yngre behöver oss")
    with door("worker", actor=WORKER):
        go_live(by=None, on=date(2026, 11, 24))
    with olle.door():
        first = Edition.objects.get(number=1)
    page = olle.page(f"{HOME}utgavor/{first.pk}/")
    assert "värdet ändras från 15 till 16" in page
    assert olle.post(f"{HOME}utgavor/{first.pk}/", deed="back").status_code == 303
    with olle.door():
        assert live_catalogue().service("ENSK").limit_on("min_age", date(2026, 11, 24)) == 15
        assert len(unsaved(olle.actor)) == 1
    assert olle.post(REVIEW, deed="save", why="Det blev fel").status_code == 303
    with door("worker", actor=WORKER):
        go_live(by=None, on=date(2026, 11, 25))
        assert live_catalogue().service("ENSK").limit_on("min_age", date(2026, 11, 25)) == 16


def test_what_is_put_aside_is_kept_and_one_row_can_be_undone(olle):
    olle.send(address(olle), value="15")
    olle.send(address(olle, "limits", "KVGRP"), value="17")
    assert olle.post(REVIEW, deed="undo", line=str(row(olle, "limits", "KVGRP", "min_age").line)).status_code == 303
    with olle.door():
        assert [one.parent for one in unsaved(olle.actor)] == ["ENSK"]
    assert olle.post(REVIEW, deed="aside").status_code == 303
    assert "Ingenting skiljer sig från det som gäller." in olle.page(REVIEW)
    assert "lades undan" in olle.page(f"{HOME}utgavor/")
    assert olle.post(REVIEW, deed="undo", line="x").status_code == 404
    assert olle.post(REVIEW, deed="dance").status_code == 404


def test_a_text_changed_in_one_language_is_to_be_looked_at_in_the_other(olle):
    olle.send(f"{HOME}ENSK/texter/", cost_sv="Kostar inget.")
    assert "Bara den svenska texten är ändrad." in olle.page(REVIEW)
    olle.send(f"{HOME}ENSK/texter/", cost_en="Costs nothing.")
    assert "Bara den svenska texten är ändrad." not in olle.page(REVIEW)


def test_texts_follow_a_changed_limit_and_a_number_written_by_heart_is_pointed_out(olle):
    olle.send(address(olle), value="15")
    page = olle.page(f"{HOME}ENSK/")
    assert "Du är 15 år eller äldre" in page
    assert "Stödet är från 15 år." in page
    assert "En text säger fortfarande" not in olle.page(REVIEW)
    olle.send(f"{HOME}ENSK/texter/", limits_sv="Du som är 16 år hör av dig.", limits_en="If you are 16, get in touch.")
    assert "En text säger fortfarande 16: ”Du som är 16 år hör av dig.”" in olle.page(REVIEW)


def test_a_form_with_texts_tells_what_they_can_name(olle):
    page = olle.page(f"{HOME}TRAPPAN/texter/")
    assert "{limit:TRAPPAN.max_age}" in page
    assert "{phone:nod112}" in page
    assert "{limit:ENSK.min_age}" not in page
    assert "Värden som texterna kan nämna" not in olle.page(address(olle))


def test_a_limit_that_a_text_names_is_not_taken_away(olle):
    path = address(olle, "limits", "JOUR", "stay_months")
    page = html.unescape(olle.post(path, **olle.form(path, "remove")).content.decode())
    assert "Gränsen längsta vistelse i månader för Jourlägenhet används i en text för Jourlägenhet" in page


def test_an_edition_that_a_public_page_can_not_be_made_with_is_not_saved(olle):
    path = address(olle, "limits", "SAMNAT", "meetings_a_year")
    texts = f"{HOME}SAMNAT/grund/", f"{HOME}SAMNAT/texter/"
    olle.send(texts[0], short_sv="Kommunernas samordnare ses.", short_en="The coordinators meet.")
    olle.send(texts[1], form_sv="Möten.", form_en="Meetings.")
    assert olle.post(path, **olle.form(path, "remove")).status_code == 303
    page = olle.post(REVIEW, deed="save", why="Färre möten").content.decode()
    assert "Webbplatsen går inte att göra med det här." in page
    assert "limit:SAMNAT.meetings_a_year" in page
