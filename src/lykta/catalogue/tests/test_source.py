"""A fault in the YAML files is one sentence that names the file and the row."""

import shutil
from datetime import date

import pytest
import yaml

from lykta.catalogue.enums import Who
from lykta.catalogue.reading import CatalogueError
from lykta.catalogue.rules import Persona, verdicts
from lykta.catalogue.source import REPOSITORY, read_catalogue


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(REPOSITORY, tmp_path / "catalogue")
    return tmp_path / "catalogue"


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


TALKS = "{name: talks, value: 5, valid_from: 2023-01-01, valid_to: 2028-01-01, "
MIN_16 = '- {name: min_age, value: 16, source: "Centrumets beskrivning: 16 år eller äldre"}'

ANH = """        kind: scope
        source: "Centrumets beskrivning: anhöriga till den som är utsatt eller till den som använder våld"
        answers:
          - is: [relative"""
FIRST = "        - {sv: Du hör av dig och säger var du arbetar., en: You get in touch and say where you work.}\n"
UNKNOWN = "- is: [unknown]\n            gives: ask\n"

FAULTS = {
    "an unknown key": (
        "services",
        "self_referral: direct",
        "self_referal: direct",
        "ENSK: self_referral is missing",
    ),
    "a key too many": (
        "services",
        "order: 10\n",
        "order: 10\n    colour: blue\n",
        "ENSK: unknown key colour",
    ),
    "a key twice": ("services", "order: 10\n", "order: 10\n    order: 11\n", "the key 'order' stands twice"),
    "a language missing": ("services", "en: Individual support}", "fi: Tuki}", "ENSK: names: en is missing"),
    "a language too many": (
        "services",
        "en: Women's group every week}",
        "en: Group, fi: Ryhmä}",
        "KVGRP: names: unknown key fi",
    ),
    "an empty text": ("services", "sv: Enskilt stöd,", 'sv: " ",', "ENSK: names: sv should be a text"),
    "a text that is a number": (
        "services",
        "sv: Enskilt stöd,",
        "sv: 7,",
        "ENSK: names: sv should be a text",
    ),
    "an unknown choice": (
        "services",
        "route: open",
        "route: opne",
        "ENSK: route should be one of open, decision, either",
    ),
    "a choice that is a list": ("services", "route: open", "route: [open]", "ENSK: route should be one of"),
    "a code twice": (
        "services",
        "- code: KVVECKA",
        "- code: KVGRP",
        "every rule's id should begin with KVGRP.",
    ),
    "an order twice": ("services", "order: 20\n", "order: 10\n", "order 10 stands twice"),
    "a slug twice": ("services", "sv: kvinnogrupp,", "sv: trappan,", "slug (sv) trappan stands twice"),
    "a slug with a capital": (
        "services",
        "sv: kvinnogrupp,",
        "sv: Kvinnogrupp,",
        "KVGRP: slug should be small letters",
    ),
    "a code in small letters": ("services", "- code: ENSK", "- code: ensk", "ensk: code should be"),
    "years that end before they begin": (
        "services",
        "valid_from: 2023-01-01",
        "valid_from: 2029-01-01",
        "HEDER: years: valid_from should stand before valid_to",
    ),
    "a day that is a text": (
        "services",
        "valid_from: 2023-01-01",
        'valid_from: "2023"',
        "HEDER: years: valid_from should be a day",
    ),
    "a day with an hour": (
        "services",
        "valid_from: 2023-01-01",
        "valid_from: 2023-01-01 10:00:00",
        "valid_from should be a day",
    ),
    "limits that overlap": (
        "services",
        MIN_16,
        f"{MIN_16}\n      {MIN_16}",
        "ENSK: two rows of min_age hold on the same day",
    ),
    "a limit nobody wrote": (
        "services",
        "from: min_age",
        "from: age_min",
        "ENSK.age: no limit is called age_min",
    ),
    "a limit that does not last": (
        "services",
        TALKS,
        TALKS.replace("2028", "2026"),
        "HEDER.talks: a limit of talks is missing for some days",
    ),
    "a limit that is no whole number": (
        "services",
        "value: 16,",
        "value: 16.5,",
        "ENSK.age: the limit min_age is not a whole number",
    ),
    "a limit that is true": (
        "services",
        "value: 16,",
        "value: true,",
        "ENSK: limit 1: value should be a number",
    ),
    "a gap": ("services", "- below: min_age", "- below: 15", "ENSK.age: age 15 has no answer"),
    "two answers": (
        "services",
        "- below: min_age",
        "- to: min_age",
        "ENSK.age: age 16 has more than one answer",
    ),
    "a value that is never told": (
        "services",
        "is: [woman]",
        "is: [wmoan]",
        "KVGRP.gender: gender is never wmoan",
    ),
    "a number for a word": (
        "services",
        "- is: [far]",
        "- is: [far]\n            from: 3",
        "distance is not a number",
    ),
    "no number in between": (
        "services",
        "from: min_age\n            to: max_age",
        "from: max_age\n            to: 3",
        "no number lies from 18 and below 4",
    ),
    "bounds the same way": (
        "services",
        "- below: min_age",
        "- below: min_age\n            to: 3",
        "two bounds point the same way",
    ),
    "a bound that is no number": (
        "services",
        "- below: min_age",
        "- below: 1.5",
        "below should be a whole number or a limit",
    ),
    "an answer for nobody": (
        "services",
        "- from: min_age\n            gives: fits",
        "- gives: fits",
        "ENSK.age: answer 1: says neither",
    ),
    "no reason": ("services", UNKNOWN, f"{UNKNOWN}          {UNKNOWN}", "say is missing"),
    "a soft rule that says not": (
        "services",
        "- below: min_age\n            gives: ask",
        "- below: min_age\n            gives: not",
        "ENSK.age: a soft rule asks, it never says not",
    ),
    "a rule for nobody": (
        "services",
        "for: [exposed, child, partner_in_treatment]",
        "for: []",
        "ENSK.age: for should list some of",
    ),
    "a rule for a stranger": (
        "services",
        "for: [exposed, child, partner_in_treatment]",
        "for: [everyone]",
        "ENSK.age: for should list some of",
    ),
    "a rule about who for some": (
        "services",
        "about: who\n",
        "about: who\n        for: [child]\n",
        "ENSK.who: the rule about who is asked of everybody",
    ),
    "no rule about who": (
        "services",
        f"about: who\n{ANH}",
        f"about: gender\n{ANH}",
        "ANH.who: gender is never",
    ),
    "another service's rule": (
        "services",
        "id: ENSK.age",
        "id: KVGRP.age",
        "ENSK: every rule's id should begin with ENSK.",
    ),
    "a rule twice": (
        "services",
        "id: ENSK.honour",
        "id: ENSK.age",
        "ENSK: two rows of ENSK.age hold on the same day",
    ),
    "a rule outside the years": (
        "services",
        "about: talks_used",
        "about: talks_used\n        valid_to: 2023-01-01",
        "HEDER.talks: holds on no day",
    ),
    "nothing happens first": (
        "services",
        f"      first:\n{FIRST}",
        "      first: []\n",
        "JTRAPP: first should tell",
    ),
    "a phone nobody has": ("services", "{phone:nod112}", "{phone:nod911}", "JOUR: no phone nod911 to refer to"),
    "a phone not shown": ("services", "{phone:nod112}", "{phone:bris}", "JOUR: no phone bris to refer to"),
    "a limit nobody has": (
        "services",
        "i högst {spelt:JOUR.stay_months} månader",
        "i högst {spelt:JOUR.stay_years} år",
        "JOUR: no spelt JOUR.stay_years to refer to",
    ),
    "a value of no kind": (
        "services",
        "Från {limit:ENSK.min_age} år. Du",
        "Från {number:7} år. Du",
        "ENSK: no number 7",
    ),
    "a service nobody offers": (
        "services",
        "(service:TRAPPAN)",
        "(service:TRAPAN)",
        "FORSAM: no service TRAPAN to refer to",
    ),
    "a language twice": (
        "services",
        "languages: [sv, en]",
        "languages: [sv, sv]",
        "language sv stands twice",
    ),
    "no language": ("services", "languages: [sv, en]", "languages: []", "languages should be a list"),
    "phones in other languages": (
        "phones",
        "languages: [sv, en]",
        "languages: [sv]",
        "languages should be those of services.yaml: sv, en",
    ),
    "not a list": (
        "services",
        "languages: [sv, en]",
        "languages: sv",
        "the file: languages should be a list",
    ),
    "broken YAML": ("services", "languages: [sv, en]", "languages: [sv, en", "line "),
    "a tab": ("phones", "  - id: nod112", "\t- id: nod112", "phones.yaml: line "),
    "a locality twice": ("localities", "name: Rödön", "name: ås", "locality ås stands twice"),
    "a municipality twice": ("localities", '"2305"', '"2303"', "municipality 2303 stands twice"),
    "a distance that is a text": (
        "localities",
        "{name: Ås, air_km: 9}",
        "{name: Ås, air_km: nine}",
        "Ås: air_km should be a number",
    ),
    "half a kilometre": (
        "localities",
        "{name: Ås, air_km: 9}",
        "{name: Ås, air_km: 9.5}",
        "Ås: air_km should be a whole number",
    ),
    "a border turned round": (
        "localities",
        "near_to_km: 25",
        "near_to_km: 35",
        "near_to_km should not be more than far_over_km",
    ),
    "a place that is a word": ("localities", "- {name: Ås, air_km: 9}", "- Ås", "row 1: should be a mapping"),
    "a number that can't be called": (
        "phones",
        'tel: "11414"',
        'tel: "114 14"',
        "polis11414: tel should be figures only",
    ),
    "checked some time": (
        "phones",
        'last_checked: "2024"',
        'last_checked: "lately"',
        "stodlinje_man: last_checked should be",
    ),
    "shown unconfirmed": (
        "phones",
        "show: false",
        "show: true",
        "bris: an unconfirmed number is never shown",
    ),
    "shown perhaps": ("phones", "show: true", "show: maybe", "nod112: show should be true or false"),
    "a phone twice": ("phones", "id: terrafem", "id: bris", "phone bris stands twice"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_sentence_with_file_and_row(folder, fault):
    file, old, new, sentence = FAULTS[fault]
    change(folder, f"{file}.yaml", old, new)
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(folder)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(f"{file}.yaml: ")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(folder):
    (folder / "phones.yaml").unlink()
    with pytest.raises(CatalogueError, match=r"phones\.yaml: the file is not in "):
        read_catalogue(folder)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"- a list", b"a: \x07"])
def test_a_file_that_is_no_mapping_of_text_is_named(folder, content):
    (folder / "phones.yaml").write_bytes(content)
    with pytest.raises(CatalogueError, match=r"phones\.yaml: [^\n]+$"):
        read_catalogue(folder)


def test_a_limit_that_changes_on_a_day_changes_the_rule_on_that_day(folder):
    later = "{name: talks, value: 7, valid_from: 2026-01-01, valid_to: 2028-01-01, source: test}"
    change(folder, "services.yaml", f"- {TALKS}", f"- {later}\n      - {TALKS.replace('2028', '2026')}")
    catalogue = read_catalogue(folder)

    def honour(on, talks):
        found = verdicts(catalogue, Persona(who=Who.EXPOSED, honour=True, talks_used=talks), on)
        return next(one.verdict for one in found if one.code == "HEDER")

    before, after = date(2025, 12, 31), date(2026, 1, 1)
    assert [honour(before, talks) for talks in (4, 5)] == ["open", "ask"]
    assert [honour(after, talks) for talks in (4, 5, 6, 7)] == ["open", "open", "open", "ask"]
    assert [row.id for row in catalogue.service("HEDER").rules_on(after)].count("HEDER.talks") == 1


def test_a_new_language_is_a_row_and_texts_and_no_code(folder):
    for file in ("services.yaml", "phones.yaml"):
        content = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
        content["languages"].append("fi")
        translate(content)
        (folder / file).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    catalogue = read_catalogue(folder)
    assert catalogue.languages == ("sv", "en", "fi")
    for one in verdicts(catalogue, Persona(who=Who.EXPOSED), date(2026, 11, 23)):
        assert all(reason.words["fi"].startswith("fi ") for reason in one.reasons)


def translate(content):
    """Gives every text of the file a third language."""
    if isinstance(content, dict) and set(content) == {"sv", "en"}:
        slug = content["en"].islower() and " " not in content["en"]
        content["fi"] = f"fi-{content['en']}" if slug else f"fi {content['en']}"
    parts = content.values() if isinstance(content, dict) else content
    for part in parts if not isinstance(parts, str | int | float | date) else ():
        translate(part)
