"""What stands in the YAML files, against the centre's own description (domain 2a, 2b, 5)."""

import re
from datetime import date

import pytest

from lykta.catalogue.enums import Audience, Decision, Distance, PhoneStatus
from lykta.catalogue.source import read_catalogue
from lykta.catalogue.told import SPELT, filled, told

CATALOGUE = read_catalogue()
CONCERNED = [
    "ENSK",
    "HEDER",
    "KVGRP",
    "KVVECKA",
    "FORSAM",
    "ANH",
    "TRAPPAN",
    "JOUR",
    "BEHUT",
    "PARTN",
    "KAST",
]
PROFESSIONAL = ["SAMRAD", "KONS", "UTB", "SAMNAT", "JTRAPP", "REGKO", "RCSTOD", "MATR"]


def all_words():
    """Every text of the catalogue with the place it stands in."""
    for service in CATALOGUE.services:
        yield f"{service.code} names", service.names
        yield f"{service.code} plain", service.plain
        yield f"{service.code} short", service.short
        for key, words in service.facts.items.items():
            yield f"{service.code} {key}", words
        for number, words in enumerate(service.facts.first):
            yield f"{service.code} first {number}", words
        if service.period_words:
            yield f"{service.code} years", service.period_words
        for row in service.rules:
            for answer in row.answers:
                if answer.words:
                    yield row.id, answer.words
    for phone in CATALOGUE.phones:
        for words in (phone.names, phone.notes, phone.hours):
            if words:
                yield phone.id, words


def test_every_row_of_the_description_is_a_service_in_the_same_order():
    assert [one.code for one in CATALOGUE.services if one.audience is Audience.CONCERNED] == CONCERNED
    assert [one.code for one in CATALOGUE.services if one.audience is Audience.PROFESSIONAL] == PROFESSIONAL


def test_decisions_are_as_the_description_has_them():
    by_decision = {
        decision: [one.code for one in CATALOGUE.services if one.decision is decision]
        for decision in (Decision.REQUIRED, Decision.OPTIONAL)
    }
    assert by_decision == {Decision.REQUIRED: ["TRAPPAN", "JOUR"], Decision.OPTIONAL: ["KVVECKA", "BEHUT"]}


def test_every_text_stands_in_every_language():
    for place, words in all_words():
        assert tuple(words) == CATALOGUE.languages == ("sv", "en"), place
        assert all(text == text.strip() and text for text in words.values()), place


def test_no_text_calls_a_person_by_what_was_done():
    forbidden = re.compile(r"victim|offender|perpetrator|offer för|förövare|klient|patient", re.IGNORECASE)
    assert [place for place, words in all_words() if any(map(forbidden.search, words.values()))] == []


def test_texts_neither_shout_nor_beg():
    forbidden = re.compile(r"!|vänligen|tyvärr|unfortunately|please", re.IGNORECASE)
    assert [place for place, words in all_words() if any(map(forbidden.search, words.values()))] == []


def test_a_number_to_call_stands_only_among_the_phones():
    telephone = re.compile(r"\b\d{2,4}-\d|\b020|\b112\b")
    texts = [(place, words) for place, words in all_words() if " " in place or "." in place]
    assert [place for place, words in texts if any(map(telephone.search, words.values()))] == []


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("ENSK", {"min_age": 16}),
        ("HEDER", {"talks": 5}),
        ("KVGRP", {"min_age": 18}),
        ("KVVECKA", {"min_age": 20, "days": 4.5, "distance_km": 30}),
        ("TRAPPAN", {"min_age": 4, "max_age": 18}),
        ("BEHUT", {"min_age": 16, "adult_age": 18}),
        ("SAMNAT", {"meetings_a_year": 4, "municipalities": 8}),
    ],
)
def test_limits_are_those_of_the_description(code, limits):
    assert {limit.name: limit.value for limit in CATALOGUE.service(code).limits} == limits


def test_a_limit_is_asked_for_by_day():
    honour, flats = CATALOGUE.service("HEDER"), CATALOGUE.service("JOUR")
    assert [honour.limit_on("talks", date(year, 12, 31)) for year in (2022, 2023, 2027)] == [None, 5, 5]
    assert honour.limit_on("talks", date(2028, 1, 1)) is None
    assert flats.limit_on("stay_months", date(2026, 11, 23)) == 3


@pytest.mark.parametrize("code", ["ENSK", "KVGRP", "KVVECKA", "TRAPPAN", "BEHUT"])
def test_the_plain_condition_tells_the_same_age_as_the_rule(code):
    service, on = CATALOGUE.service(code), date(2026, 11, 23)
    age, said = str(service.limit_on("min_age", on)), told(CATALOGUE, CATALOGUE.languages, on)
    for lang, text in service.plain.items():
        assert f"{{limit:{code}.min_age}}" in text
        assert age in re.findall(r"\d+", filled(text, said, lang))


LIMITS_IN_TEXTS = ("min_age", "max_age", "talks", "stay_months", "meetings_a_year")


@pytest.mark.parametrize("service", CATALOGUE.services, ids=lambda one: one.code)
def test_no_text_says_by_heart_a_number_that_is_a_limit(service):
    """Ages, talks and months are named, so that a changed limit changes every text. 16 of BEHUT is told apart there."""
    limits = {str(limit.value) for limit in service.limits if limit.name in LIMITS_IN_TEXTS}
    limits |= {SPELT[lang][int(n) - 2] for n in limits if 2 <= int(n) <= 12 for lang in SPELT}
    texts = [(place, text) for place, words in all_words() for text in words.values() if place.startswith(service.code)]
    guilty = [place for place, text in texts if limits & set(re.findall(r"\w+", re.sub(r"\{[^}]*\}", "", text)))]
    assert set(guilty) <= {"BEHUT who", "BEHUT come", "BEHUT.age", "TRAPPAN form"}, guilty


def test_no_text_about_the_flats_tells_where_or_how_many():
    flats = CATALOGUE.service("JOUR")
    assert "place" not in flats.facts.items
    texts = [words["sv"] for place, words in all_words() if place.startswith("JOUR")]
    assert not [text for text in texts if re.search(r"Östersund|\btvå\b|gata|väg \d", text)]


def test_no_service_costs_anything():
    assert all(one.facts.items["cost"]["sv"].startswith(("Gratis", "Gruppen är gratis")) for one in CATALOGUE.services)


def test_the_eight_municipalities_are_there_and_their_seats_are_places_one_can_come_from():
    assert [place.code for place in CATALOGUE.municipalities] == (
        ["2303", "2305", "2309", "2313", "2321", "2326", "2361", "2380"]
    )
    names = {place.name for place in CATALOGUE.localities}
    assert {place.seat for place in CATALOGUE.municipalities} <= names
    assert len(names) == 36


def test_only_places_on_the_border_are_unclear():
    by_distance = {
        distance: {place.name for place in CATALOGUE.localities if CATALOGUE.distance_rule.of(place.air_km) is distance}
        for distance in (Distance.NEAR, Distance.UNCLEAR)
    }
    assert by_distance == {
        Distance.NEAR: {
            "Östersund", "Krokom", "Ås", "Rödön", "Brunflo", "Dvärsätt", "Lit", "Fåker", "Tandsbyn",
        },
        Distance.UNCLEAR: {"Häggenås", "Nälden", "Hackås"},
    }  # fmt: skip


def test_someone_can_always_be_called():
    shown = {phone.id for phone in CATALOGUE.phones if phone.show}
    assert {"nod112", "kvinnofrid"} <= shown
    assert CATALOGUE.phone("nod112").tel == "112"
    assert CATALOGUE.phone("kvinnofrid").number == "020-50 50 50"


def test_what_nobody_has_confirmed_is_not_shown():
    hidden = [phone.id for phone in CATALOGUE.phones if not phone.show]
    assert hidden == ["bris", "preventell", "terrafem"]
    assert all(CATALOGUE.phone(one).status is PhoneStatus.UNCONFIRMED for one in hidden)


@pytest.mark.parametrize("phone", CATALOGUE.phones, ids=lambda phone: phone.id)
def test_the_number_shown_and_the_number_called_are_the_same(phone):
    figures = re.sub(r"\D", "", phone.number)
    assert phone.tel in (figures, f"+46{figures.removeprefix('0')}")


def test_an_unknown_code_or_number_is_a_key_error():
    with pytest.raises(KeyError):
        CATALOGUE.service("ENKS")
    with pytest.raises(KeyError):
        CATALOGUE.phone("kvinofrid")


def test_every_rule_and_limit_bears_the_wording_it_came_from():
    sources = [(rule.id, rule.source) for one in CATALOGUE.services for rule in one.rules]
    sources += [(f"{one.code}.{limit.name}", limit.source) for one in CATALOGUE.services for limit in one.limits]
    begins = ("Centrumets beskrivning: ", "Vår tolkning: ", "Vår rutin: ", "SoL ")
    assert [name for name, source in sources if not source.startswith(begins)] == []
