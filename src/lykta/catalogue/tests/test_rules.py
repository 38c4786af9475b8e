"""Tables of the verdicts: for each service both sides of every edge (domain 2a-2c)."""

from datetime import date

import pytest

from lykta.catalogue.enums import Distance, Gender, Outcome, Who
from lykta.catalogue.rules import DistanceRule, Period, Persona, verdicts
from lykta.catalogue.source import read_catalogue

CATALOGUE = read_catalogue()
TODAY = date(2026, 11, 23)
CODES = [
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
    "SAMRAD",
    "KONS",
    "UTB",
    "SAMNAT",
    "JTRAPP",
    "REGKO",
    "RCSTOD",
    "MATR",
]

WOMAN, MAN, OTHER = Gender.WOMAN, Gender.MAN, Gender.OTHER
NEAR, UNCLEAR, FAR = Distance.NEAR, Distance.UNCLEAR, Distance.FAR
EXPOSED, CHILD, PARTNER = Who.EXPOSED, Who.CHILD, Who.PARTNER_IN_TREATMENT
PROFESSIONAL, VOLUNTEER = Who.PROFESSIONAL, Who.VOLUNTEER


def found(code, persona, on=TODAY):
    return next(one for one in verdicts(CATALOGUE, persona, on) if one.code == code)


def verdict(code, on=TODAY, **told):
    return found(code, Persona(**told), on).verdict


def rows(code, on=TODAY, **told):
    return [reason.row for reason in found(code, Persona(**told), on).reasons]


def said(code, **told):
    return " ".join(reason.words["sv"] for reason in found(code, Persona(**told)).reasons)


ONLY_WHO_IS_TOLD = {
    Who.EXPOSED: "ENSK? HEDER? KVGRP? KVVECKA? TRAPPAN? JOUR? PARTN?",
    Who.CHILD: "ENSK? HEDER? TRAPPAN? JOUR?",
    Who.RELATIVE: "ANH",
    Who.USING_VIOLENCE: "BEHUT?",
    Who.BUYS_SEX: "KAST",
    Who.IMPORTANT_ADULT: "FORSAM ANH",
    Who.PARTNER_IN_TREATMENT: "ENSK? HEDER? KVGRP? KVVECKA? JOUR? PARTN",
    Who.PROFESSIONAL: "SAMRAD KONS UTB SAMNAT? JTRAPP? REGKO RCSTOD",
    Who.VOLUNTEER: "KONS? UTB? REGKO RCSTOD?",
    None: " ".join(f"{code}?" for code in CODES if code != "MATR"),
}


@pytest.mark.parametrize("who", ONLY_WHO_IS_TOLD, ids=str)
def test_when_only_who_is_told_each_service_is_open_asked_about_or_not_meant(who):
    meant = [*ONLY_WHO_IS_TOLD[who].split(), "MATR"]
    expected = {code: "ask" if f"{code}?" in meant else "open" if code in meant else "no" for code in CODES}
    assert {one.code: one.verdict for one in verdicts(CATALOGUE, Persona(who=who), TODAY)} == expected


EVERYTHING_FITS = {
    Who.EXPOSED: "ENSK=open HEDER=open KVGRP=open KVVECKA=either JOUR=decision PARTN=ask",
    Who.CHILD: "ENSK=open HEDER=open TRAPPAN=ask JOUR=decision",
    Who.RELATIVE: "ANH=open",
    Who.USING_VIOLENCE: "BEHUT=either",
    Who.BUYS_SEX: "KAST=open",
    Who.IMPORTANT_ADULT: "FORSAM=open ANH=open",
    Who.PARTNER_IN_TREATMENT: "ENSK=open HEDER=open KVGRP=open KVVECKA=either JOUR=decision PARTN=open",
    Who.PROFESSIONAL: "SAMRAD=open KONS=open UTB=open SAMNAT=ask JTRAPP=ask REGKO=open RCSTOD=open",
    Who.VOLUNTEER: "KONS=ask UTB=ask REGKO=open RCSTOD=ask",
}


@pytest.mark.parametrize("who", EVERYTHING_FITS)
def test_a_grown_woman_far_away_meets_every_service_that_is_meant_for_her(who):
    told = Persona(who, 30, WOMAN, FAR, honour=True, decision=True, municipality_cannot=True)
    meant = dict(pair.split("=") for pair in EVERYTHING_FITS[who].split()) | {"MATR": "open"}
    expected = {code: meant.get(code, "no") for code in CODES}
    assert {one.code: one.verdict for one in verdicts(CATALOGUE, told, TODAY)} == expected


@pytest.mark.parametrize(
    ("code", "told", "expected"),
    [
        ("ENSK", {"who": EXPOSED, "age": 15}, "ask"),
        ("ENSK", {"who": EXPOSED, "age": 16}, "open"),
        ("ENSK", {"who": CHILD, "age": 15}, "ask"),
        ("ENSK", {"who": CHILD, "age": 16}, "open"),
        ("ENSK", {"who": PARTNER, "age": 15}, "ask"),
        ("ENSK", {"who": PARTNER, "age": 16}, "open"),
        ("ENSK", {"who": EXPOSED, "age": 130, "gender": MAN, "honour": True}, "open"),
        ("HEDER", {"who": EXPOSED, "honour": True, "age": 0}, "open"),
        ("HEDER", {"who": EXPOSED, "honour": True, "age": 100}, "open"),
        ("HEDER", {"who": EXPOSED, "honour": True, "age": 101}, "open"),
        ("HEDER", {"who": CHILD, "honour": True}, "open"),
        ("HEDER", {"who": PARTNER, "honour": True, "gender": MAN}, "open"),
        ("HEDER", {"who": EXPOSED, "honour": False}, "no"),
        ("HEDER", {"who": EXPOSED}, "ask"),
        ("HEDER", {"who": EXPOSED, "honour": True, "talks_used": 4}, "open"),
        ("HEDER", {"who": EXPOSED, "honour": True, "talks_used": 5}, "ask"),
        ("HEDER", {"who": EXPOSED, "honour": True, "talks_used": 6}, "ask"),
        ("KVGRP", {"who": EXPOSED, "gender": WOMAN, "age": 17}, "ask"),
        ("KVGRP", {"who": EXPOSED, "gender": WOMAN, "age": 18}, "open"),
        ("KVGRP", {"who": PARTNER, "gender": WOMAN, "age": 18}, "open"),
        ("KVGRP", {"who": EXPOSED, "gender": WOMAN}, "ask"),
        ("KVGRP", {"who": EXPOSED, "gender": OTHER, "age": 30}, "ask"),
        ("KVGRP", {"who": EXPOSED, "age": 30}, "ask"),
        ("KVGRP", {"who": EXPOSED, "gender": MAN, "age": 30}, "no"),
        ("KVGRP", {"who": CHILD, "gender": WOMAN, "age": 18}, "no"),
        ("KVVECKA", {"who": EXPOSED, "gender": WOMAN, "age": 19, "distance": FAR}, "ask"),
        ("KVVECKA", {"who": EXPOSED, "gender": WOMAN, "age": 20, "distance": FAR}, "either"),
        ("KVVECKA", {"who": PARTNER, "gender": WOMAN, "age": 20, "distance": FAR}, "either"),
        ("KVVECKA", {"who": EXPOSED, "gender": WOMAN, "age": 20, "distance": NEAR}, "ask"),
        ("KVVECKA", {"who": EXPOSED, "gender": WOMAN, "age": 20, "distance": UNCLEAR}, "ask"),
        ("KVVECKA", {"who": EXPOSED, "gender": WOMAN, "age": 20}, "ask"),
        ("KVVECKA", {"who": EXPOSED, "gender": WOMAN, "distance": FAR}, "ask"),
        ("KVVECKA", {"who": EXPOSED, "gender": MAN, "age": 20, "distance": FAR}, "no"),
        ("TRAPPAN", {"who": CHILD, "age": 3}, "ask"),
        ("TRAPPAN", {"who": CHILD, "age": 4}, "decision"),
        ("TRAPPAN", {"who": CHILD, "age": 18}, "decision"),
        ("TRAPPAN", {"who": CHILD, "age": 19}, "ask"),
        ("TRAPPAN", {"who": CHILD}, "ask"),
        ("TRAPPAN", {"who": EXPOSED, "age": 3}, "ask"),
        ("TRAPPAN", {"who": EXPOSED, "age": 4}, "decision"),
        ("TRAPPAN", {"who": EXPOSED, "age": 18}, "decision"),
        ("TRAPPAN", {"who": EXPOSED, "age": 19}, "no"),
        ("TRAPPAN", {"who": EXPOSED}, "ask"),
        ("TRAPPAN", {"who": CHILD, "age": 10, "municipality_cannot": True}, "decision"),
        ("TRAPPAN", {"who": CHILD, "age": 10, "municipality_cannot": False}, "ask"),
        ("JOUR", {"who": EXPOSED, "age": 17}, "no"),
        ("JOUR", {"who": EXPOSED, "age": 18}, "decision"),
        ("JOUR", {"who": EXPOSED, "age": 18, "gender": MAN}, "decision"),
        ("JOUR", {"who": PARTNER, "age": 17}, "no"),
        ("JOUR", {"who": PARTNER, "age": 18}, "decision"),
        ("JOUR", {"who": CHILD, "age": 17, "decision": True}, "no"),
        ("JOUR", {"who": CHILD, "age": 18}, "decision"),
        ("JOUR", {"who": CHILD}, "ask"),
        ("BEHUT", {"who": Who.USING_VIOLENCE, "age": 15}, "ask"),
        ("BEHUT", {"who": Who.USING_VIOLENCE, "age": 16}, "either"),
        ("BEHUT", {"who": Who.USING_VIOLENCE, "age": 17}, "either"),
        ("BEHUT", {"who": Who.USING_VIOLENCE, "age": 18}, "either"),
        ("BEHUT", {"who": Who.USING_VIOLENCE}, "ask"),
        ("RCSTOD", {"who": PROFESSIONAL, "honour": True}, "open"),
        ("RCSTOD", {"who": PROFESSIONAL, "honour": False}, "ask"),
        ("RCSTOD", {"who": VOLUNTEER, "honour": True}, "ask"),
    ],
)
def test_verdict_on_both_sides_of_each_edge(code, told, expected):
    assert verdict(code, **told) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2022, 12, 31), "ended"),
        (date(2023, 1, 1), "open"),
        (date(2027, 12, 31), "open"),
        (date(2028, 1, 1), "ended"),
    ],
)
@pytest.mark.parametrize(("code", "who"), [("HEDER", EXPOSED), ("RCSTOD", PROFESSIONAL)])
def test_a_project_is_open_from_its_first_day_and_no_longer_on_the_day_it_ends(code, who, on, expected):
    assert verdict(code, on=on, who=who, honour=True) == expected


@pytest.mark.parametrize("who", [None, *Who])
@pytest.mark.parametrize("code", ["HEDER", "RCSTOD"])
def test_outside_its_years_a_project_has_ended_for_everybody_with_one_reason(code, who):
    assert verdict(code, on=date(2028, 1, 1), who=who) == "ended"
    assert rows(code, on=date(2028, 1, 1), who=who) == [f"{code}.years"]


@pytest.mark.parametrize("on", [date(2022, 12, 31), date(2028, 1, 1)])
def test_other_services_do_not_end_with_the_projects(on):
    ended = {one.code for one in verdicts(CATALOGUE, Persona(EXPOSED), on) if one.verdict == "ended"}
    assert ended == {"HEDER", "RCSTOD"}


@pytest.mark.parametrize(
    ("code", "without", "told", "row"),
    [
        ("ENSK", {"who": EXPOSED, "age": 30}, {"honour": True}, "ENSK.honour"),
        ("HEDER", {"who": CHILD, "age": 15, "honour": True}, {"age": 14}, "HEDER.guardians"),
        ("KVGRP", {"who": EXPOSED, "age": 30, "gender": WOMAN}, {"distance": FAR}, "KVGRP.distance"),
        ("BEHUT", {"who": Who.USING_VIOLENCE, "age": 18}, {"age": 17}, "BEHUT.age"),
    ],
)
def test_a_word_of_guidance_is_added_and_the_verdict_stays(code, without, told, row):
    before, after = rows(code, **without), rows(code, **(without | told))
    assert set(after) - set(before) == {row}
    assert verdict(code, **without) == verdict(code, **(without | told))


def test_at_sixteen_the_treatment_shows_the_wording_of_the_source_and_at_seventeen_not():
    assert "över 16 år" in said("BEHUT", who=Who.USING_VIOLENCE, age=16)
    assert "över 16 år" not in said("BEHUT", who=Who.USING_VIOLENCE, age=17)


def test_trappan_tells_that_the_home_municipality_comes_first():
    assert "i första hand i hemkommunen" in said("TRAPPAN", who=CHILD, age=10)


def test_a_child_is_told_that_it_comes_with_its_adult_and_only_that():
    assert rows("JOUR", who=CHILD, age=10, decision=False) == ["JOUR.age"]
    assert "följer med sin vuxna" in said("JOUR", who=CHILD, age=10)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("KVVECKA", {"who": EXPOSED, "age": 30, "gender": WOMAN, "distance": FAR}),
        ("TRAPPAN", {"who": CHILD, "age": 10}),
        ("JOUR", {"who": EXPOSED, "age": 30}),
        ("BEHUT", {"who": Who.USING_VIOLENCE, "age": 30}),
    ],
)
def test_a_decision_changes_the_words_and_never_the_verdict(code, told):
    with_it, without = said(code, **told, decision=True), said(code, **told, decision=False)
    assert "Beslutet finns" in with_it
    assert "Beslutet finns" not in without
    assert {verdict(code, **told, decision=held) for held in (True, False, None)} == {verdict(code, **told)}


@pytest.mark.parametrize(
    ("air_km", "expected"),
    [(0, NEAR), (24, NEAR), (25, NEAR), (26, UNCLEAR), (27, UNCLEAR), (30, UNCLEAR), (31, FAR), (42, FAR)],
)
def test_a_straight_line_proves_far_and_leaves_a_border_to_ask_about(air_km, expected):
    assert CATALOGUE.distance_rule.of(air_km) == expected
    assert DistanceRule(25, 30, "test").of(air_km) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((None, None), (None, None), (None, None)),
        ((2023, 2028), (None, None), (2023, 2028)),
        ((2023, 2028), (2025, None), (2025, 2028)),
        ((2023, 2025), (2025, 2028), None),
        ((None, 2023), (2023, None), None),
    ],
)
def test_periods_that_only_touch_share_no_day(one, other, expected):
    first, second, both = (
        years and Period(*(year and date(year, 1, 1) for year in years)) for years in (one, other, expected)
    )
    assert first.meet(second) == both
    assert second.meet(first) == both


def test_what_says_no_stands_alone_among_the_reasons():
    reasons = found("KVGRP", Persona(EXPOSED, 17, MAN)).reasons
    assert [(reason.row, reason.outcome) for reason in reasons] == [("KVGRP.gender", Outcome.NOT)]
