"""What a change means for people: who is moved, on which days, and when nobody gets in any more."""

from dataclasses import replace
from datetime import date

import pytest

from lykta.catalogue.changes import differences
from lykta.catalogue.enums import Distance, Gender, Outcome, Verdict, Who
from lykta.catalogue.impact import days_that_matter, impact_on, left_without, moved_for
from lykta.catalogue.layout import EntryRow, row_of, saying
from lykta.catalogue.personas import Tried, read_personas
from lykta.catalogue.queries import catalogue_from, repository_rows
from lykta.catalogue.reading import CatalogueError
from lykta.catalogue.rules import Persona

TODAY = date(2026, 11, 23)
ROWS = repository_rows()
NOW = catalogue_from(ROWS)


def row(kind: str, parent: str, ref: str) -> EntryRow:
    return next(one for one in ROWS if (one.kind, one.parent, one.ref) == (kind, parent, ref))


def where(old: EntryRow, **change: object) -> tuple[EntryRow, ...]:
    new = saying(old, old.body | change)
    return tuple(new if one.line == old.line else one for one in ROWS)


def answers(old: EntryRow, gives: Outcome) -> list[object]:
    return [answer | {"gives": gives.value, "say": {"sv": "Nej", "en": "No"}} for answer in old.body["answers"]]


MIN_15 = where(row("limits", "ENSK", "min_age"), value=15)
LATER = tuple(
    one
    for old in ROWS
    for one in (
        (
            row_of("limits", "ENSK", 0, old.body | {"valid_to": date(2027, 1, 1)}, old.line),
            row_of("limits", "ENSK", 1, old.body | {"value": 12, "valid_from": date(2027, 1, 1)}),
        )
        if old.line == row("limits", "ENSK", "min_age").line
        else (old,)
    )
)


def test_nothing_changes_for_anybody_where_nothing_differs():
    for tried in read_personas():
        assert not any(one.is_other for one in moved_for(NOW, NOW, tried, TODAY))
    assert all(one.moved == 0 and not one.shuts for one in impact_on(NOW, NOW, TODAY))
    assert left_without(NOW, NOW, TODAY) == ()


@pytest.mark.parametrize(("age", "moved"), [(14, False), (15, True), (16, False)])
def test_a_lower_limit_moves_those_between_the_old_one_and_the_new(age, moved):
    tried = Tried("någon", Persona(Who.EXPOSED, age))
    found = [one for one in moved_for(NOW, catalogue_from(MIN_15), tried, TODAY) if one.is_other_verdict]
    assert [(one.code, one.before.verdict, one.after.verdict) for one in found] == (
        [("ENSK", Verdict.ASK, Verdict.OPEN)] if moved else []
    )


@pytest.mark.parametrize(("on", "moved"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_a_change_from_a_day_moves_nobody_the_day_before(on, moved):
    after = catalogue_from(LATER)
    tried = Tried("någon", Persona(Who.EXPOSED, 12))
    assert any(one.is_other_verdict for one in moved_for(NOW, after, tried, on)) is moved
    assert {one.code for one in impact_on(NOW, after, on) if one.moved} == ({"ENSK"} if moved else set())


def test_the_days_that_matter_are_today_and_each_day_something_begins_or_ends():
    assert days_that_matter(differences(ROWS, LATER), TODAY) == (TODAY, date(2027, 1, 1))
    assert days_that_matter(differences(ROWS, LATER), date(2027, 1, 1)) == (date(2027, 1, 1),)
    assert days_that_matter((), TODAY) == (TODAY,)


def test_a_rule_that_excludes_everybody_is_found_and_one_that_leaves_somebody_is_not():
    gender = row("rules", "KVGRP", "KVGRP.gender")
    nobody = catalogue_from(where(gender, kind="scope", answers=answers(gender, Outcome.NOT)))
    assert [one.code for one in impact_on(NOW, nobody, TODAY) if one.shuts] == ["KVGRP"]
    some = answers(gender, Outcome.NOT)[1:]
    somebody = catalogue_from(where(gender, answers=[gender.body["answers"][0], *some]))
    assert [one.code for one in impact_on(NOW, somebody, TODAY) if one.shuts] == []
    assert next(one for one in impact_on(NOW, somebody, TODAY) if one.code == "KVGRP").moved > 0


def test_silence_does_not_hide_that_everybody_who_answers_is_turned_away():
    who = row("rules", "ANH", "ANH.who")
    nobody = catalogue_from(where(who, answers=[answers(who, Outcome.NOT)[1] | {"is": ["others"]}]))
    silent = next(one for one in moved_for(NOW, nobody, Tried("", Persona()), TODAY) if one.code == "ANH")
    assert silent.after.verdict is Verdict.ASK
    assert [one.code for one in impact_on(NOW, nobody, TODAY) if one.shuts] == ["ANH"]
    assert left_without(NOW, nobody, TODAY) == (Who.RELATIVE,)


def test_a_service_whose_years_are_cut_short_shuts_on_that_day():
    heder = row("services", "", "HEDER")
    after = catalogue_from(where(heder, years=heder.body["years"] | {"valid_to": "2027-01-01"}))
    assert [one.code for one in impact_on(NOW, after, date(2026, 12, 31)) if one.shuts] == []
    assert [one.code for one in impact_on(NOW, after, date(2027, 1, 1)) if one.shuts] == ["HEDER"]
    assert [one.code for one in impact_on(NOW, after, date(2028, 1, 1)) if one.shuts] == []  # ended anyway


def test_how_far_a_place_is_each_catalogue_says_by_itself():
    nearer = where(row("localities", "", "Gäddede"), air_km=10)
    tried = next(one for one in read_personas() if one.locality == "Gäddede")
    assert tried.in_(NOW).distance is Distance.FAR
    assert tried.in_(catalogue_from(nearer)).distance is Distance.NEAR
    gone = tuple(one for one in ROWS if one.ref != "Gäddede")
    assert tried.in_(catalogue_from(gone)).distance is None
    assert "KVVECKA" in {one.code for one in moved_for(NOW, catalogue_from(nearer), tried, TODAY) if one.is_other}


def test_the_invented_people_touch_every_service_and_both_sides_of_every_age():
    let_in = {
        one.code
        for tried in read_personas()
        for one in moved_for(NOW, NOW, tried, TODAY)
        if one.after.verdict not in (Verdict.NO, Verdict.ENDED)
    }
    assert let_in == {service.code for service in NOW.services}
    assert {tried.persona.gender for tried in read_personas()} >= set(Gender)
    assert {tried.persona.who for tried in read_personas()} == set(Who)


def test_a_faulty_person_is_named(tmp_path):
    file = tmp_path / "personas.yaml"
    file.write_text("personas: [{name: Någon, who: somebody}]", encoding="utf-8")
    with pytest.raises(CatalogueError, match="Någon: who should be one of"):
        read_personas(file)


def test_a_service_that_is_new_or_gone_is_told_so():
    fewer = replace(NOW, services=NOW.services[1:])
    tried = Tried("", Persona(Who.EXPOSED, 30))
    gone = moved_for(NOW, fewer, tried, TODAY)
    assert [(one.code, one.opens) for one in gone if one.is_other] == [("ENSK", False)]
    assert [(one.code, one.opens) for one in moved_for(fewer, NOW, tried, TODAY) if one.is_other] == [("ENSK", True)]
