"""The pages of personal files: what they show, what they refuse alike, and that nothing typed is lost."""

import re
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases import listing
from lykta.people.models import Member

FILES, NEW = "/personal/akter/", "/personal/akter/ny/"
SAID = "Det här är sagt i förtroende."
WHO = {"given_names": "Påhittad Anna", "family_name": "Exempelsson", "number_kind": "personnummer"}
FORM = WHO | {"wall": "exposed", "service": "ENSK", "mode": "full", "number": "900101-9984", "deed": "make"}


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member, Member]:
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED)
    both = [house.member(name, walls=walls) for name in ("Maja", "Tomas")]
    return house, *both, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,))


def hands(house: House, member: Member) -> Client:
    client = house.signed_in(member)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    client.by = str(member.pk)
    return client


def post(client: Client, path: str, **fields: object) -> HttpResponse:
    return client.post(path, {"by": client.by, **fields})


def made(client: Client, **fields: object) -> str:
    answer = post(client, NEW, **(FORM | fields))
    assert answer.status_code == 303, re.findall(r'class="error"[^>]*>([^<]*)', answer.content.decode())
    return answer["Location"]


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_from_new_file_to_note_to_correction(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    path = made(client, told="on")
    page = text(client.get(path))
    assert "Påhittad Anna Exempelsson" in page
    assert "900101-9984" in page
    assert "Fick veta att man kan ansöka" in page
    assert "Ring, skriv eller skicka inget förrän" in page
    assert post(client, f"{path}anteckning/", text=SAID, once=uuid4()).status_code == 303
    shown = text(client.get(path))
    assert SAID in shown
    (correct,) = re.findall(rf'href="({path}anteckning/[0-9a-f-]+/)"', shown)
    assert SAID in text(client.get(correct))
    post(client, correct, text="Så här var det.", dissent="Hon minns annat.", guards=["party"], guard_reason="källan")
    page = text(client.get(path))
    for words in (SAID, "Så här var det.", "Hon minns annat.", "Tidigare ordalydelse", "källan"):
        assert words in page


def test_safe_contact_stands_at_the_top_and_says_no_until_asked(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    path = made(client)
    assert text(client.get(path)).count("inte frågat än") == 5
    days = ["0", "1", "2", "3", "4"]
    answer = post(
        client, f"{path}uppgifter/kontakt/", call="yes", text="no", days=days, not_to_know="arbetet", seen="0"
    )
    assert answer.status_code == 303
    page = text(client.get(path))
    assert "mån tis ons tors fre" in page
    assert "<dd>arbetet</dd>" in page
    assert "Säker kontakt är inte ifylld" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"number": "900101-9985"}, "Sista siffran stämmer inte"),
        ({"number": "901301-9984"}, "Den dagen finns inte"),
        ({"number": "20990101-9984"}, "Den dagen har inte varit"),
        ({"number": "nittio"}, "Skriv tio eller tolv siffror"),
        ({"given_names": "", "family_name": ""}, "Skriv ett namn"),
        ({"number_kind": "none"}, "Välj vad det är för nummer"),
        ({"wall": "using_violence"}, "Välj"),
        ({"mode": "no_identity"}, "Skriv ett påhittat namn"),
        ({"given_names": "Nul\x00tecken"}, ""),
    ],
)
def test_what_cannot_be_taken_is_told_and_kept(cast, fields, sentence):
    house, maja, *_ = cast
    answer = post(hands(house, maja), NEW, **(FORM | fields))
    page = text(answer)
    assert answer.status_code == 200
    assert 'class="error"' in page
    assert sentence in page
    if "family_name" not in fields and fields.get("mode") != "no_identity":
        assert 'value="Exempelsson"' in page
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM cases_file").fetchone() == (0,)


def test_without_identity_nothing_asks_who_it_is(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    page = text(post(client, NEW, **(FORM | {"mode": "no_identity", "deed": "mode"})))
    assert "Påhittat namn" in page
    assert 'name="number"' not in page
    assert 'class="error"' not in page
    path = made(client, mode="no_identity", pseudonym="Björk", code_word="fjällräv")
    shown = text(client.get(path))
    assert "Björk" in shown
    assert "fjällräv" in shown
    assert "Exempelsson" not in shown


def test_a_colleague_must_say_why_and_then_reads_for_an_hour(cast):
    house, maja, tomas, _ = cast
    path = made(hands(house, maja))
    client = hands(house, tomas)
    assert "Exempelsson" not in text(client.get(path))
    post(client, path, deed="open", reason="urgent")
    assert "Skriv några ord om varför" in text(client.get(path))
    post(client, path, deed="open", words="Hon ringer nu")
    page = text(client.get(path))
    assert "Välj ett skäl" in page
    assert "Hon ringer nu" in page
    post(client, path, deed="open", reason="urgent", words="Hon ringer nu")
    shown = text(client.get(path))
    assert "Exempelsson" in shown
    assert "Du är inte med i akten" in shown
    assert "Låt en kollega vara med" not in shown


def test_unknown_and_forbidden_files_look_alike(cast):
    house, maja, tomas, ingrid = cast
    hidden, named = made(hands(house, maja)), made(hands(house, maja), named="on")
    for who, paths in ((ingrid, (hidden, named)), (tomas, (named,))):
        client = hands(house, who)
        absent = client.get(f"{FILES}{uuid4()}/")
        for path in paths:
            for end in ("", "anteckning/", "uppgifter/vem/"):
                there, nowhere = client.get(path + end), client.get(f"{FILES}{uuid4()}/{end}")
                assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
        assert absent.status_code == 404


def test_lists_show_no_name_and_a_search_is_never_in_an_address(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    path = made(client)
    listing = text(client.get(FILES))
    assert path in listing
    assert "Exempelsson" not in listing
    found = post(client, FILES, sok="Exempelsson")
    assert (found.status_code, path in text(found)) == (200, True)
    assert path not in text(client.get(f"{FILES}?sok=Exempelsson&visa=avslutade"))
    assert "Ingen akt stämmer" in text(post(client, FILES, sok="Svensson"))


def test_two_who_change_the_same_sheet_see_what_differs(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    path = made(client)
    sheet = f"{path}uppgifter/vem/"
    assert post(client, sheet, **WHO, number="900101-9984", language="thailändska", seen="1").status_code == 303
    answer = post(client, sheet, **WHO, number="900101-9984", language="engelska", seen="1")
    page = text(answer)
    assert answer.status_code == 200
    assert "thailändska" in page
    assert 'value="engelska"' in page
    newest = re.search(r'name="seen" value="(\d+)"', page)[1]
    assert post(client, sheet, **WHO, number="900101-9984", language="engelska", seen=newest).status_code == 303
    assert "engelska" in text(client.get(path))


def test_team_exclusion_closing_and_reopening_by_the_page(cast):
    house, maja, tomas, _ = cast
    client = hands(house, maja)
    path = made(client)
    post(client, path, deed="leave", member=maja.pk)
    assert "Någon måste vara ansvarig" in text(client.get(path))
    post(client, path, deed="join", member="")
    assert "Välj en kollega" in text(client.get(path))
    post(client, path, deed="exclude", member=tomas.pk)
    page = text(client.get(path))
    assert "Utestängda: Tomas" in page
    assert hands(house, tomas).get(path).status_code == 404
    post(client, path, deed="close")
    assert "Välj ett skäl" in text(client.get(path))
    post(client, path, deed="close", reason="completed")
    assert "avslutad i dag" in text(client.get(path))
    assert post(client, f"{path}anteckning/", text="mer", once=uuid4()).status_code == 200
    post(client, path, deed="reopen")
    assert "Ny anteckning" in text(client.get(path))


def test_another_members_form_in_the_same_browser_does_nothing(cast):
    house, maja, tomas, _ = cast
    client = hands(house, maja)
    client.by = str(tomas.pk)
    assert post(client, NEW, **FORM).status_code == 303
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM cases_file").fetchone() == (0,)


def test_a_list_grows_without_more_questions_to_the_database(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    house, maja, *_ = cast
    client = hands(house, maja)
    counts = []
    for _ in range(2):
        made(client)
        with CaptureQueriesContext(connection) as asked:
            client.get(FILES)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_long_list_comes_a_page_at_a_time_and_no_file_is_lost_between_pages(cast, monkeypatch):
    house, maja, *_ = cast
    monkeypatch.setattr(listing, "PAGE", 3)
    client = hands(house, maja)
    made_files = {made(client, given_names=f"Påhittad {n}", number="", number_kind="none") for n in range(7)}
    with house.as_superuser() as boss:  # four on one day, the others on days of their own
        boss.execute(
            "UPDATE cases_file SET opened_on = opened_on - greatest(n - 4, 0)::int FROM"
            " (SELECT id AS i, row_number() OVER (ORDER BY id) AS n FROM cases_file) x WHERE id = i"
        )
    seen, address = [], FILES
    while address:
        page = text(client.get(address))
        seen += re.findall(r'<th scope="row"><a href="(/personal/akter/[^"]+)"', page)
        older = re.search(r'href="([^"]+)">Äldre<', page)
        address = older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == 7
    assert set(seen) == made_files
    assert "De nyaste" in page


@pytest.mark.parametrize("mark", ["", "x", "20261124-", "20261124-zz", "99999999-0", "20261124-" + "0" * 32])
def test_a_page_that_is_none_is_still_a_page(cast, mark):
    house, maja, *_ = cast
    answer = hands(house, maja).get(FILES, {"efter": mark})
    assert answer.status_code == 200


def test_who_is_inside_the_wall_without_its_key_is_told_who_can_give_it_and_nothing_is_half_done(cast):
    house, maja, *_ = cast
    path = made(hands(house, maja))
    nora = house.member("Nora", walls=(Wall.EXPOSED,), share=False)
    client = hands(house, nora)
    answers = [
        post(client, path, deed="open", reason="urgent", words="Hon ringer nu"),
        post(client, NEW, **FORM),
    ]
    assert [(a.status_code, "Du har inte fått nyckeln än" in text(a)) for a in answers] == [(403, True)] * 2
    listed = re.findall(r'<th scope="row"><a href="/personal/akter/', text(client.get(f"{FILES}?visa=alla")))
    assert len(listed) == 1
