"""Choices of the call log: what the file says, and what it may not say."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from lykta.catalogue.reading import CatalogueError
from lykta.catalogue.source import read_catalogue
from lykta.contact.call_choices import REPOSITORY, offered, read_choices, words_of
from lykta.contact.call_enums import Group
from lykta.contact.call_screens import DEFAULTS, KEYS

BEFORE, FROM, LATER = date(2026, 6, 30), date(2026, 7, 1), date(2027, 1, 1)


def changed(tmp_path: Path, group: str, *rows: dict[str, object], take: str = "") -> Path:
    """The file with rows added to a group and one taken away."""
    content = yaml.safe_load(REPOSITORY.read_text(encoding="utf-8"))
    kept = [row for row in content["groups"][group] if row["code"] != take]
    content["groups"][group] = [*kept, *rows]
    path = tmp_path / "calls.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def test_every_question_has_its_choices_and_a_key_for_each():
    choices = read_choices()
    assert set(choices) == set(Group) - {Group.MUNICIPALITY}
    places = len(read_catalogue().municipalities)
    assert all(
        0 < len(rows) <= len(KEYS) - (places if group is Group.REFERRED else 0) for group, rows in choices.items()
    )


def test_what_stands_from_the_beginning_can_be_chosen():
    for group, code in DEFAULTS.items():
        assert code in {choice.code for choice in read_choices()[group]}


def test_every_number_at_hand_is_in_the_catalogue():
    phones = {phone.id for phone in read_catalogue().phones}
    assert {choice.phone for choice in read_choices()[Group.REFERRED]} - {""} <= phones


def test_a_word_changes_on_its_day_and_old_calls_keep_theirs(tmp_path):
    rows = (
        {"code": "latent", "say": "Latent våld", "valid_to": FROM},
        {"code": "latent", "say": "Hot som ligger kvar", "valid_from": FROM},
    )
    choices = read_choices(changed(tmp_path, "concern", *rows, take="latent"))
    said = {day: words_of(choices, Group.CONCERN, "latent", on=day) for day in (BEFORE, FROM, LATER)}
    assert said == {BEFORE: "Latent våld", FROM: "Hot som ligger kvar", LATER: "Hot som ligger kvar"}


def test_an_ended_choice_is_offered_no_more_but_can_still_be_said(tmp_path):
    rows = ({"code": "fax", "say": "Fax", "valid_to": FROM},)
    choices = read_choices(changed(tmp_path, "channel", *rows))
    codes = {day: [c.code for c in offered(choices, Group.CHANNEL, on=day)] for day in (BEFORE, FROM)}
    assert "fax" in codes[BEFORE]
    assert "fax" not in codes[FROM]
    assert words_of(choices, Group.CHANNEL, "fax", on=LATER) == "Fax"
    assert words_of(choices, Group.CHANNEL, "pigeon", on=LATER) == "pigeon"


@pytest.mark.parametrize(
    ("group", "row", "take", "fault"),
    [
        ("channel", {"code": "phone", "say": "Telefon igen"}, "", "two rows of phone hold on the same day"),
        ("channel", {"code": "Phone", "say": "Telefon"}, "phone", "small letters"),
        ("channel", {"code": "other2", "say": ""}, "", "say should be a text"),
        ("channel", {"code": "other2", "say": "X", "colour": "red"}, "", "unknown key colour"),
        ("age", {"code": "other", "say": "X"}, "under_15", "the rules need under_15"),
        ("minutes", {"code": "long", "say": "Länge"}, "", "whole number"),
        ("channel", {"code": "x", "say": "X", "valid_from": LATER, "valid_to": FROM}, "", "valid_from"),
    ],
)
def test_a_fault_in_the_file_is_one_sentence_that_names_the_row(tmp_path, group, row, take, fault):
    with pytest.raises(CatalogueError, match=fault):
        read_choices(changed(tmp_path, group, row, take=take))
