"""The forms of the catalogue: every row can be shown and saved as it is, and what can't be is said beside its field."""

from datetime import date

import pytest

from lykta.catalogue import references
from lykta.catalogue.enums import Fact
from lykta.catalogue.faults import SENTENCES, spoken
from lykta.catalogue.forms import PART_FORMS, ROW_FORMS
from lykta.catalogue.forms.base import Around
from lykta.catalogue.forms.persona import PersonaForm
from lykta.catalogue.layout import EntryRow, dated, row_of, saying
from lykta.catalogue.queries import catalogue_from, repository_rows
from lykta.catalogue.reading import CatalogueError

ROWS = repository_rows()
NOW = catalogue_from(ROWS)
WHOLE = [row for row in ROWS if row.kind in ROW_FORMS]
PARTS = [(part, row) for part in ("grund", "texter") for row in ROWS if row.kind == "services"] + [
    ("ord", next(row for row in ROWS if (row.kind, row.ref) == ("head", "services"))),
    ("avstand", next(row for row in ROWS if (row.kind, row.ref) == ("head", "localities"))),
]


@pytest.fixture(autouse=True)
def rooms_above():
    """Pages and facts as the rooms above tell of them, without their tables."""
    before = list(references._outside)
    references.tell(references.Outside(lambda: {"page:write", "fact:cost"}, lambda catalogue: ""))
    yield
    references._outside[:] = before


def row(kind, parent, ref):
    return next(one for one in ROWS if (one.kind, one.parent, one.ref) == (kind, parent, ref))


def form_of(kind, found, typed=None, *, new=False):
    body = {} if new else dated(found.body)
    around = Around(NOW, found.parent or (found.ref if found.kind == "services" else ""), body or dated(found.body))
    if new:
        around = Around(NOW, found.parent, {key: found.body[key] for key in ("id", "about") if key in found.body})
    return kind(typed, initial=kind.typed(body), around=around)


def posted(form, **change):
    """What a browser sends of a form that is shown, but for what was typed anew."""
    sent = {}
    for field in form:
        value = field.value()
        if value is None or value is False or value == "":
            continue
        sent[field.html_name] = (
            "on" if value is True else [str(one) for one in value] if isinstance(value, list) else str(value)
        )
    return {key: value for key, value in (sent | change).items() if value is not None}


def with_row(old, body):
    new = saying(old, body)
    return catalogue_from(new if one.line == old.line else one for one in ROWS)


def name_of(found):
    return f"{found.kind} {found.parent} {found.ref}"


@pytest.mark.parametrize("found", WHOLE, ids=name_of)
def test_every_row_is_shown_in_its_form_and_saved_as_it_was(found):
    kind = ROW_FORMS[found.kind]
    form = form_of(kind, found, posted(form_of(kind, found)))
    assert form.is_valid(), form.errors
    assert with_row(found, form.says()) == NOW
    assert form.changed_data == []


@pytest.mark.parametrize(("part", "found"), PARTS, ids=lambda one: one if isinstance(one, str) else one.ref)
def test_every_part_is_shown_in_its_form_and_saved_as_it_was(part, found):
    kind = PART_FORMS[part]
    form = form_of(kind, found, posted(form_of(kind, found)))
    assert form.is_valid(), form.errors
    rest = {key: value for key, value in dated(found.body).items() if key not in kind.keys}
    assert with_row(found, rest | form.says()) == NOW
    assert form.changed_data == []


LIMIT, AGE = row("limits", "ENSK", "min_age"), row("rules", "KVGRP", "KVGRP.age")
GENDER, TALKS = row("rules", "KVGRP", "KVGRP.gender"), row("rules", "HEDER", "HEDER.talks")
PHONE, PLACE = row("phones", "", "stodlinje_man"), row("localities", "", "Lit")
MODE = EntryRow("modes", "", "ENSK", 0, None, None, {}, LIMIT.line)
LONG = "x" * 2000

WRONG = [
    (LIMIT, {"value": None}, "value", "Skriv ett tal."),
    (LIMIT, {"value": "sexton"}, "value", "Skriv ett tal, som 16 eller 4,5."),
    (LIMIT, {"value": "-1"}, "value", "Skriv ett tal, som 16 eller 4,5."),
    (LIMIT, {"value": "131"}, "value", "Här får det stå från 0 till 130."),
    (LIMIT, {"value": "१६"}, "value", "Skriv ett tal, som 16 eller 4,5."),
    (LIMIT, {"source": None}, "source", "Skriv varifrån det kommer."),
    (LIMIT, {"source": LONG}, "source", "Texten har 2000 tecken. Här får 200 plats."),
    (LIMIT, {"source": "a\x00b"}, "source", "Texten har ett tecken som inte går att spara."),
    (LIMIT, {"valid_from": "2027-02-30"}, "valid_from", "Skriv en dag som finns, som 2027-01-01."),
    (LIMIT, {"valid_from": "0001-01-01"}, "valid_from", "Välj en dag mellan 1990 och 2099."),
    (
        LIMIT,
        {"valid_from": "2027-01-01", "valid_to": "2027-01-01"},
        "valid_to",
        "Slutdagen ska komma efter startdagen. Den räknas inte med själv.",
    ),
    (AGE, {"a1_low_at": "tjugo"}, "a1_low_at", "Skriv ett tal, eller en av gränserna: lägsta ålder."),
    (AGE, {"a1_low_at": None}, "a1_low_at", "Skriv ett tal, eller namnet på en gräns."),
    (AGE, {"a1_low": None}, "a1_low", "Välj åt vilket håll talet gäller."),
    (AGE, {"a1_low_at": "131"}, "a1_low_at", "Här får det stå från 0 till 130."),
    (
        AGE,
        {"a1_low_at": "20", "a1_high": "to", "a1_high_at": "18"},
        "a1_high_at",
        "Inget tal är minst 20 och högst 18. Byt plats på dem.",
    ),
    (AGE, {"a2_gives": None}, "a2_gives", "Välj vad svaret är."),
    (AGE, {"a2_say_en": None}, "a2_say_en", "Texten saknas på engelska."),
    (AGE, {"a2_say_sv": None, "a2_say_en": None}, "a2_say_sv", "Säg varför på svenska. Ingen får ett tomt nej."),
    (AGE, {"a2_gives": "not"}, "kind", "En mjuk regel frågar och säger aldrig nej."),
    (AGE, {"kind": "loose"}, "kind", "Välj ett av alternativen."),
    (AGE, {"for": ["nobody"]}, "for", "Välj bland dem som står här."),
    (GENDER, {"a1_is": None}, "a1_is", "Välj när svaret gäller."),
    (TALKS, {"a1_high_at": "1001"}, "a1_high_at", "Här får det stå från 0 till 1000."),
    (PHONE, {"hours_en": None}, "hours_en", "Texten saknas på engelska."),
    (PHONE, {"names_sv": "   "}, "names_sv", "Texten saknas på svenska."),
    (PHONE, {"status": "unconfirmed"}, "show", "Ett nummer som inte är bekräftat får inte visas. Ändra läget först."),
    (PLACE, {"air_km": "långt"}, "air_km", "Skriv ett helt tal från 0 till 2000."),
    (PLACE, {"air_km": "2001"}, "air_km", "Skriv ett helt tal från 0 till 2000."),
    (PLACE, {"name": "Östersund"}, "name", "Östersund finns redan."),
    (MODE, {"mode": "full_file"}, "board", "Skriv vilken nämnd det är."),
    (MODE, {"board": "Nämnden"}, "mode", "Välj ett av alternativen."),
]


@pytest.mark.parametrize(("found", "typed", "field", "sentence"), WRONG, ids=lambda one: str(one)[:40])
def test_what_can_not_be_is_said_beside_its_field_and_the_rest_is_kept(found, typed, field, sentence):
    kind = ROW_FORMS[found.kind]
    form = form_of(kind, found, posted(form_of(kind, found), **typed))
    assert not form.is_valid()
    assert field in form.errors, dict(form.errors)
    assert form.errors[field][0].startswith(sentence)
    assert all(form[name].value() == value for name, value in typed.items() if value)


SERVICE = row("services", "", "ENSK")
WRONG_PARTS = [
    ("grund", {"names_en": None}, "names_en", "Texten saknas på engelska."),
    ("grund", {"valid_to": "2027-01-01"}, "say_sv", "Säg åren på svenska, för den som läser sedan."),
    ("grund", {"say_sv": "År", "say_en": "Years"}, "valid_from", "Välj minst en dag, eller ta bort orden om åren."),
    ("grund", {"decision": "perhaps"}, "decision", "Välj ett av alternativen."),
    ("texter", {"who_sv": None}, "who_sv", "Texten saknas på svenska."),
    ("texter", {"place_sv": "Här"}, "place_en", "Texten saknas på engelska."),
    ("texter", {"first2_en": None}, "first2_en", "Texten saknas på engelska."),
    ("texter", {"who_sv": "Ring {phone:ingen}."}, "who_sv", "Numret ingen finns inte bland telefonerna som visas."),
    ("texter", {"who_sv": "Ring {phone:bris}."}, "who_sv", "Numret bris finns inte"),  # is there, but not shown
    ("texter", {"who_sv": "[Här](service:NADA)"}, "who_sv", "Länken (service:NADA) leder ingenstans."),
    ("texter", {"who_sv": "[Här](page:nowhere)"}, "who_sv", "Länken (page:nowhere) leder ingenstans."),
    ("texter", {"who_sv": "{limit:ENSK.max_age} år"}, "who_sv", "{limit:ENSK.max_age} är inget värde som finns."),
    ("texter", {"who_sv": "{fact:nothing}"}, "who_sv", "{fact:nothing} är inget värde som finns."),
    ("grund", {"plain_sv": "[Här](page:write)"}, "plain_sv", "Här kan det inte stå någon länk. Skriv Här utan hakar."),
    ("grund", {"plain_sv": "Ring {phone:nod112}"}, "plain_sv", "Här kan det inte stå något telefonnummer."),
    ("grund", {"plain_sv": "Från {limit:NADA.x}"}, "plain_sv", "{limit:NADA.x} är inget värde som finns."),
    ("texter", {"who_sv": "[Här](javascript:alert)"}, "who_sv", "Länken (javascript:alert) leder ingenstans."),
]


@pytest.mark.parametrize(("part", "typed", "field", "sentence"), WRONG_PARTS, ids=lambda one: str(one)[:40])
def test_what_a_part_can_not_say_is_said_beside_its_field(part, typed, field, sentence):
    kind = PART_FORMS[part]
    form = form_of(kind, SERVICE, posted(form_of(kind, SERVICE), **typed))
    assert not form.is_valid()
    assert form.errors[field][0].startswith(sentence)


def test_a_new_limit_is_one_we_know_or_a_short_word_of_ones_own():
    kind = ROW_FORMS["limits"]
    for typed, name in (("Högsta ålder", "max_age"), ("Träffar i månaden", "traffar_i_manaden")):
        form = kind({"name": typed, "value": "4,5", "source": "beslut"}, around=Around(NOW, "ENSK"))
        assert form.is_valid(), form.errors
        assert form.says() == {"name": name, "value": 4.5, "source": "beslut"} or "max_age" in form.errors
    form = kind({"name": "💡", "value": "4", "source": "beslut"}, around=Around(NOW, "ENSK"))
    assert form.errors["name"] == ["Namnet får ha bokstäver, siffror och mellanslag, och börjar med en bokstav."]


@pytest.mark.parametrize("fact", [fact for fact in Fact if fact is not Fact.WHO])
def test_a_new_rule_about_anything_is_a_sound_rule_once_every_value_has_an_answer(fact):
    body = {"id": f"ANH.{fact}9", "about": fact.value}
    found = EntryRow("rules", body["id"], "ANH", 9, None, None, body, LIMIT.line)
    kind = ROW_FORMS["rules"]
    form = form_of(kind, found, new=True)
    typed = {"kind": "soft", "source": "prov", "a1_gives": "ask", "a1_say_sv": "Fråga", "a1_say_en": "Ask"}
    if "a1_is" in form.fields:
        typed["a1_is"] = [value for value, _ in form.fields["a1_is"].choices]
    if "a1_low" in form.fields:
        typed |= {"a1_low": "from", "a1_low_at": "0"}
    form = form_of(kind, found, typed, new=True)
    assert form.is_valid(), form.errors
    catalogue_from([*ROWS, row_of("rules", "ANH", 9, form.says())])


def test_every_fault_that_has_a_name_has_a_sentence():
    import re
    from pathlib import Path

    room = Path(__file__).parents[1]
    code = "".join((room / name).read_text() for name in ("rows.py", "source.py", "reading.py"))
    names = set(re.findall(r'fault\(\s*f?"[^"]+",\s*"(\w+)"', code)) | set(re.findall(r'fault="(\w+)"', code))
    names |= set(re.findall(r'"(unanswered|twice_answered)"', code))
    assert names <= set(SENTENCES)
    assert len(names) > 12


def test_a_fault_without_a_sentence_still_tells_where_it_is():
    error = CatalogueError("x: y: something odd", where="ENSK")
    field, sentence = spoken(error, kind="limits", named={"ENSK": "Enskilt stöd"})
    assert (field, sentence) == ("", "Så går utbudet inte ihop. Felet gäller Enskilt stöd: x: y: something odd")


def test_an_invented_person_may_leave_everything_but_who_untold():
    form = PersonaForm({"p-who": "exposed"}, catalogue=NOW)
    assert form.is_valid()
    assert form.tried().persona.age is None
    wrong = PersonaForm({"p-who": "x", "p-age": "131", "p-locality": "Månen", "p-on": "i morgon"}, catalogue=NOW)
    assert set(wrong.errors) == {"who", "age", "locality", "on"}
    whole = {"p-who": "child", "p-age": "12", "p-gender": "man", "p-locality": "Gäddede", "p-honour": "true"}
    form = PersonaForm(
        whole | {"p-decision": "false", "p-municipality_cannot": "true", "p-on": "2027-01-01"}, catalogue=NOW
    )
    assert form.is_valid()
    told = form.tried()
    assert (told.persona.honour, told.persona.decision, told.persona.municipality_cannot) == (True, False, True)
    assert (told.locality, form.cleaned_data["on"]) == ("Gäddede", date(2027, 1, 1))
