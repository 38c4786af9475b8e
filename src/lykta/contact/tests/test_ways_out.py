"""Reading on, leaving and odd forms never cost her what she has typed."""

import time

import pytest
from django.test import Client

from lykta.core.lights import lights
from lykta.core.places import places

TEXT = "Jag har skrivit mycket nu"


@pytest.mark.parametrize("page", ["secrecy", "safety", "privacy"])
@pytest.mark.parametrize(("address", "lang"), [("/sida/", "sv"), ("/en/sida/", "en")])
def test_what_was_typed_is_there_again_after_reading_on(house, page, address, lang):
    visitor = Client()
    answer = visitor.post(address, {"deed": f"look-{page}", "text": TEXT, "hurt": "no"})
    assert (answer.status_code, answer["Location"]) == (303, places(lang)[page])
    assert TEXT in visitor.get(address).content.decode()
    assert TEXT in visitor.get("/sida/").content.decode(), "and in the other language as well"


def test_reading_on_without_having_typed_sets_no_cookie(house):
    visitor = Client()
    answer = visitor.post("/sida/", {"deed": "look-secrecy", "text": ""})
    assert answer["Location"] == places("sv")["secrecy"]
    assert not visitor.cookies


@pytest.mark.parametrize(("address", "tongue", "other"), [("/sida/", "en", "/en/sida/"), ("/en/sida/", "sv", "/sida/")])
def test_another_language_brings_along_what_was_typed(house, address, tongue, other):
    visitor = Client()
    assert f'value="look-in-{tongue}"' in visitor.get(address).content.decode()
    answer = visitor.post(address, {"deed": f"look-in-{tongue}", "text": TEXT, "hurt": "no"})
    assert (answer.status_code, answer["Location"]) == (303, other)
    page = visitor.get(other).content.decode()
    assert TEXT in page
    assert 'value="no" autocomplete="off" checked' in page


def test_another_language_without_a_word_sets_no_cookie(house):
    visitor = Client()
    assert visitor.post("/sida/", {"deed": "look-in-en", "text": ""})["Location"] == "/en/sida/"
    assert not visitor.cookies


def test_a_box_she_has_emptied_stays_empty_in_the_other_language(house):
    visitor = Client()
    visitor.post("/sida/", {"deed": "look-in-en", "text": TEXT})
    visitor.post("/en/sida/", {"deed": "look-in-sv", "text": ""})
    assert TEXT not in visitor.get("/sida/").content.decode()


def test_a_reply_she_is_writing_comes_along_into_the_other_language(house):
    visitor = Client()
    visitor.post("/sida/", {"deed": "write", "text": "Hej"})
    visitor.get("/sida/")
    visitor.post("/sida/", {"deed": "look-in-en", "text": TEXT})
    page = visitor.get("/en/sida/").content.decode()
    assert TEXT in page
    assert '<html lang="en"' in page


def test_in_the_dark_the_answer_speaks_the_language_she_asked_for(house):
    lights.went_out(time.monotonic())
    answer = Client().post("/sida/", {"deed": "look-in-en", "text": TEXT})
    page = answer.content.decode()
    assert (answer.status_code, TEXT in page, '<html lang="en"' in page) == (503, True, True)


@pytest.mark.parametrize("page", ["staff", "in-xx", "../personal", "https://evil.example", ""])
def test_only_our_own_pages_are_led_to(house, page):
    assert Client().post("/sida/", {"deed": f"look-{page}", "text": TEXT})["Location"] == "/sida/"


@pytest.mark.parametrize("deed", ["", "fly", "look-nowhere", "write\x00"])
def test_a_deed_nobody_knows_keeps_the_text_and_says_so(house, deed):
    visitor = Client()
    visitor.post("/sida/", {"deed": deed, "text": TEXT})
    page = visitor.get("/sida/").content.decode()
    assert TEXT in page
    assert 'role="alert"' in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_ends_the_visit_however_it_is_asked_for(house, method):
    visitor = Client()
    visitor.post("/sida/", {"deed": "write", "text": TEXT})
    token = visitor.cookies["l"].value
    assert getattr(visitor, method)("/lamna").status_code == 303
    again = Client()
    again.cookies["l"] = token
    assert "Nu ligger det hos oss" not in again.get("/sida/").content.decode()


def test_a_database_that_refuses_stops_nobody_from_leaving(house):
    visitor = Client()
    visitor.post("/sida/", {"deed": "write", "text": TEXT})
    with house.as_superuser() as boss:
        boss.execute("REVOKE ALL ON contact_visit FROM lykta_public")
        try:
            assert visitor.post("/sida/", {"deed": "leave"}).status_code == 303
            assert visitor.get("/lamna").status_code == 303
        finally:
            boss.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON contact_visit TO lykta_public")


@pytest.mark.parametrize("path", ["/sida", "/en/sida", "/samverkan"])
def test_an_address_typed_without_its_slash_leaves_nothing_in_the_browser(house, path):
    answer = Client().get(path)
    assert answer.status_code == 303
    assert "no-store" in answer["Cache-Control"]
