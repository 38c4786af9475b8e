"""One persona or many as JSON in, verdicts out; anything else is one line and status 2."""

import json
import subprocess
import sys
from datetime import date

import pytest

from lykta.catalogue.persona import PersonaError, answer, parse, table
from lykta.catalogue.source import read_catalogue

CATALOGUE = read_catalogue()
TODAY = date(2026, 11, 23)
CODES = [service.code for service in CATALOGUE.services]

# The command as Django runs it, with no database and no settings of the house.
RUN = """
import sys
from django.conf import settings
settings.configure(INSTALLED_APPS=["lykta.catalogue"])
from django.core.management import execute_from_command_line
execute_from_command_line(["lykta", "match", *sys.argv[1:]])
"""


def services(told, lang="sv", today=TODAY):
    found = json.loads(answer(json.dumps(told), CATALOGUE, today, lang))["services"]
    return {one["code"]: one for one in found}


def run(*flags, told=b""):
    return subprocess.run([sys.executable, "-c", RUN, *flags], input=told, capture_output=True, check=False, timeout=60)


def test_every_code_has_a_row_with_verdict_and_reasons():
    found = json.loads(answer('{"who": "exposed"}', CATALOGUE, TODAY, "sv"))
    assert list(found) == ["services"]
    assert [one["code"] for one in found["services"]] == CODES
    for one in found["services"]:
        assert list(one) == ["code", "verdict", "reasons"]
        assert all(set(reason) == {"row", "text"} and reason["text"] for reason in one["reasons"])


def test_a_list_in_gives_a_list_out_in_the_same_order():
    told = [{"who": "relative"}, {"who": "buys_sex"}]
    found = json.loads(answer(json.dumps(told), CATALOGUE, TODAY, "sv"))
    assert found == [{"services": list(services(one).values())} for one in told]
    assert answer("[]", CATALOGUE, TODAY, "sv") == "[]"


def test_reasons_come_in_the_language_asked_for():
    texts = {lang: services({"who": "child"}, lang)["MATR"]["reasons"][0]["text"] for lang in ("sv", "en")}
    assert texts == {"sv": "Materialet är för alla.", "en": "The material is for everybody."}


def test_the_day_asked_about_is_today_unless_it_is_told():
    told = {"who": "exposed", "honour": True}
    assert services(told, today=date(2028, 1, 1))["HEDER"]["verdict"] == "ended"
    assert services(told | {"on": "2027-12-31"}, today=date(2028, 1, 1))["HEDER"]["verdict"] == "open"


@pytest.mark.parametrize(
    ("locality", "expected"),
    [
        ("Östersund", "ask"),
        ("Tandsbyn", "ask"),
        ("Nälden", "ask"),
        ("Häggenås", "ask"),
        ("Hackås", "ask"),
        ("Gällö", "either"),
        ("gällö", "either"),
        (" GÄLLÖ ", "either"),
        ("Ga\u0308llo\u0308", "either"),
        ("Sveg", "either"),
        ("Gäddede", "either"),
    ],
)
def test_the_week_is_for_those_far_away_and_asks_the_others(locality, expected):
    told = {"who": "exposed", "age": 30, "gender": "woman", "locality": locality}
    assert services(told)["KVVECKA"]["verdict"] == expected


@pytest.mark.parametrize(("age", "expected"), [(100, "open"), (101, "open"), (130, "open"), (0, "open")])
def test_honour_support_has_no_age(age, expected):
    assert services({"who": "exposed", "age": age, "honour": True})["HEDER"]["verdict"] == expected


def test_the_table_names_each_service_and_gives_the_rows():
    lines = table('{"who": "relative"}', CATALOGUE, TODAY, "en").splitlines()
    assert "ANH      No decision needed                       Support for relatives" in lines
    assert sum(line.endswith("[ANH.who]") for line in lines) == 1
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == CODES


BAD = {
    "": "nothing on standard input",
    " \n ": "nothing on standard input",
    "who": "not JSON",
    '{"who": "exposed"': "not JSON",
    '{"who": "exposed"} x': "not JSON",
    '{"who": "exposed", "age": NaN}': "NaN is no number",
    "[" * 100_000: "not JSON that can be read",
    '{"who": "exposed", "age": ' + "1" * 5000 + "}": "not JSON that can be read",
    "null": "a persona is a JSON object, not null",
    '"exposed"': "a persona is a JSON object",
    "[[]]": "persona 1: a persona is a JSON object",
    '[{"who": "exposed"}, {"who": "nobody"}]': "persona 2: who should be one of exposed, child",
    "{}": "who is missing",
    '{"age": 30}': "who is missing",
    '{"who": null}': "who should be one of",
    '{"who": "Exposed"}': "who should be one of",
    '{"who": ["exposed"]}': "who should be one of",
    '{"who": "exposed", "who": "child"}': 'the key "who" stands twice',
    '{"who": "exposed", "name": "x"}': 'unknown key "name"',
    '{"who": "exposed", "distance": "far"}': 'unknown key "distance"',
    '{"who": "exposed", "a\\nb": 1}': 'unknown key "a\\nb"',
    '{"who": "exposed", "\\ud800": 1}': 'unknown key "\\ud800"',
    '{"who": "exposed", "age": -1}': "age should be a whole number from 0 to 130, not -1",
    '{"who": "exposed", "age": 131}': "age should be a whole number",
    '{"who": "exposed", "age": 18.0}': "age should be a whole number",
    '{"who": "exposed", "age": "18"}': "age should be a whole number",
    '{"who": "exposed", "age": true}': "age should be a whole number",
    '{"who": "exposed", "age": null}': "age should be a whole number",
    '{"who": "exposed", "gender": "female"}': "gender should be one of woman, man, other",
    '{"who": "exposed", "honour": 1}': "honour should be true or false, not 1",
    '{"who": "exposed", "honour": "yes"}': "honour should be true or false",
    '{"who": "exposed", "decision": null}': "decision should be true or false",
    '{"who": "exposed", "municipality_cannot": 0}': "municipality_cannot should be true or false",
    '{"who": "exposed", "talks_used": -1}': "talks_used should be a whole number",
    '{"who": "exposed", "talks_used": false}': "talks_used should be a whole number",
    '{"who": "exposed", "locality": "Stockholm"}': 'locality "Stockholm" is not in the list',
    '{"who": "exposed", "locality": "Berg"}': "is a municipality; name the place itself",
    '{"who": "exposed", "locality": ""}': 'locality "" is not in the list',
    '{"who": "exposed", "locality": 5}': "locality 5 is not in the list",
    '{"who": "exposed", "on": "2026-02-30"}': "on should be a day such as 2026-11-23",
    '{"who": "exposed", "on": "20261123"}': "on should be a day",
    '{"who": "exposed", "on": "2026-11-23T10:00"}': "on should be a day",
    '{"who": "exposed", "on": "2026-11-23\\n"}': "on should be a day",
    '{"who": "exposed", "on": 20261123}': "on should be a day",
}


@pytest.mark.parametrize("told", BAD, ids=lambda told: told[:40])
def test_bad_input_is_one_line(told):
    with pytest.raises(PersonaError) as caught:
        parse(told, CATALOGUE)
    assert BAD[told] in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_long_value_is_not_repeated_whole():
    with pytest.raises(PersonaError) as caught:
        parse(json.dumps({"who": "x" * 10_000}), CATALOGUE)
    assert len(str(caught.value)) < 300


def test_the_command_reads_standard_input_and_prints_json():
    done = run("--json", told='\ufeff{"who": "child", "locality": "Åre"}'.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert [one["code"] for one in json.loads(done.stdout)["services"]] == CODES


def test_the_command_prints_a_table_in_the_language_asked_for():
    done = run("--lang", "en", told=b'{"who": "relative"}')
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Support for relatives" in done.stdout.decode()


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (("--json",), b""),
        (("--json",), b"\xff\xfe"),
        (("--json",), b'{"who": "nobody"}'),
        (("--json",), b'[{"who": "exposed"}, {}]'),
        ((), b'{"who": "exposed", "age": "old"}'),
        (("--json", "--lang", "fi"), b'{"who": "exposed"}'),
    ],
)
def test_the_command_refuses_with_one_line_and_status_2(flags, told):
    done = run(*flags, told=told)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.decode().splitlines()) == 1
