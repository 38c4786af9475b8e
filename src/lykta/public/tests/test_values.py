"""One fact, one place: what is changed there is changed on every page in every language, and nobody says the old."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lykta.catalogue.rules import Catalogue, Limit, Period
from lykta.catalogue.source import read_catalogue
from lykta.catalogue.told import told, years
from lykta.core.voice import from_json
from lykta.people.enums import PhoneUse
from lykta.people.facts import CentreFacts, CentreWords, Hours, OwnPhone
from lykta.people.hours import Span
from lykta.public.content import Content, Page, PageFault, content_from_repository
from lykta.public.publish import render_site
from lykta.public.rendered import Site
from lykta.public.tests.ten_languages import ADDED, content, ten_languages
from lykta.public.values import Fact, voice_of

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def ten() -> Iterator[Content]:
    with ten_languages():
        yield content()


def site(of: Content, on: date = DAY) -> Site:
    return render_site(of, exit_url="https://weather.example/", base="https://lykta.example", on=on)


def saying(found: Site, words: str) -> set[str]:
    """Addresses of the pages that say this."""
    return {path for path, answer in found.answers.items() if words in answer.body.decode()}


def with_limit(catalogue: Catalogue, name: str, value: int) -> Catalogue:
    """The catalogue with another value of a limit of the house or, as CODE.name, of a service."""
    code, _, own = name.rpartition(".")

    def changed(limits: tuple[Limit, ...]) -> tuple[Limit, ...]:
        return tuple(replace(one, value=value) if one.name == own else one for one in limits)

    if not code:
        return replace(catalogue, house_limits=changed(catalogue.house_limits))
    services = [replace(one, limits=changed(one.limits)) if one.code == code else one for one in catalogue.services]
    return replace(catalogue, services=tuple(services))


def with_phone(catalogue: Catalogue, name: str, **changed: Any) -> Catalogue:
    return replace(catalogue, phones=tuple(replace(p, **changed) if p.id == name else p for p in catalogue.phones))


NUMBERS = [
    ("limit:dialogue_keep_days", "privacy", "77"),
    ("limit:KVVECKA.min_age", "questions", "23"),
    ("limit:SAMNAT.meetings_a_year", "professionals", "9"),
]


@pytest.mark.parametrize(("name", "slug", "new"), NUMBERS)
def test_a_changed_limit_changes_the_page_in_all_ten_languages(ten: Content, name: str, slug: str, new: str) -> None:
    limit = name.removeprefix("limit:")
    written = {page.lang: page for page in ten.pages if page.slug == slug and name in str(page.main)}
    assert len(written) == 2 + len(ADDED)

    before, after = site(ten), site(replace(ten, catalogue=with_limit(ten.catalogue, limit, int(new))))

    for page in written.values():
        was, now = (found.answers[page.path].body.decode() for found in (before, after))
        assert (page.lang, was == now, f"{new} " in now) == (page.lang, False, True)


def test_a_changed_number_is_called_on_every_page_and_the_old_one_on_none(ten: Content) -> None:
    (old,) = [phone for phone in ten.catalogue.phones if phone.id == "kvinnofrid"]
    new = site(replace(ten, catalogue=with_phone(ten.catalogue, "kvinnofrid", number="020-11 22 33", tel="020112233")))

    assert len(saying(new, "020-11 22 33")) == len(saying(site(ten), old.number)) > 10 * 13
    assert saying(new, old.number) | saying(new, f"tel:{old.tel}") == set()
    assert from_json(new.voice).phones["kvinnofrid"].tel == "020112233"


def test_a_changed_fact_is_new_in_all_ten_languages_and_borrowed_where_it_is_not_translated_yet(ten: Content) -> None:
    said = ten.facts["child"]
    old = {lang: one.text for lang, one in said.items()}
    stale = {lang: replace(one, is_current=False) for lang, one in said.items()}
    facts = dict(ten.facts) | {"child": stale | {"sv": Fact("Nya ord."), "fi": Fact("Uudet sanat.")}}

    now = site(replace(ten, facts=facts))

    assert [lang for lang, text in old.items() if saying(now, text)] == []
    assert saying(now, "Uudet sanat.") == {"/fi/", "/fi/secrecy/"}
    assert saying(now, '<span lang="sv" dir="ltr">Nya ord.</span>') >= {"/ar/", "/ar/secrecy/"}
    assert saying(now, '<span lang="sv">Nya ord.</span>') >= {"/en/", "/en/confidentiality/", "/so/"}


def test_numbers_stand_in_no_text_that_names_a_value_for_them() -> None:
    """The pages that came with the program: none of them knows by heart what the catalogue says."""
    prose = {f"{page.name}": str((page.title, page.lead, page.main, page.aside, page.more)) for page in pages()}
    by_heart = re.compile(
        r"\b(90 (dagar|days)|2023|tre mil|fyra möten|four meetings|132.839|elva|eleven|nästa vardag)\b"
    )
    assert {name: by_heart.findall(text) for name, text in prose.items() if by_heart.search(text)} == {}


def pages() -> list[Page]:
    return list(content_from_repository().pages)


@pytest.mark.parametrize(
    "text", ["{limit:none}", "{fact:none}", "{hours:none}", "{phone:none}", "{years:ENSK}", "{x:y}"]
)
def test_a_value_nobody_knows_is_never_published(text: str) -> None:
    lost = Page(lang="sv", slug="lost", path="/lost/", title="Lost", main=[{"p": text}])
    ours = content_from_repository()

    with pytest.raises(PageFault, match=f"sv/lost: a link or a value leads nowhere: {text[1:-1]}"):
        site(replace(ours, pages=[*ours.pages, lost]))


def test_a_value_that_words_around_the_pages_name_must_be_known_too() -> None:
    ours = content_from_repository()
    no_hours = with_phone(ours.catalogue, "kvinnofrid", hours=None)

    with pytest.raises(PageFault, match=r"sv/core\.foot\.line: a value leads nowhere: hours:kvinnofrid"):
        site(replace(ours, catalogue=no_hours, pages=[p for p in ours.pages if p.slug != "interpreters"]))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2023, 1, 1), date(2028, 1, 1), "2023–2027"),
        (date(2023, 1, 1), date(2028, 1, 2), "2023–2028"),
        (date(2023, 1, 1), date(2024, 1, 1), "2023"),
        (None, date(2024, 1, 1), ""),
        (date(2023, 1, 1), None, ""),
    ],
)
def test_years_are_whole_and_the_last_day_does_not_belong(start: date | None, end: date | None, said: str) -> None:
    assert years(Period(start, end)) == said


def test_numbers_are_written_as_the_language_writes_them() -> None:
    found = told(read_catalogue(), ("sv", "en", "ar"), DAY)

    assert found["limit:KVVECKA.days"] == {"sv": "4,5", "en": "4.5", "ar": "4.5"}
    assert found["count:inhabitants"] == {"sv": "132\u00a0839", "en": "132,839", "ar": "132,839"}
    assert found["weekday:SAMRAD"] == {"sv": "onsdag", "en": "Wednesday", "ar": "Wednesday"}


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2022, 12, 31), "5"),
        (date(2026, 12, 31), "5"),
        (date(2027, 1, 1), "7"),
        (date(2027, 12, 31), "7"),
        (date(2028, 1, 1), "7"),
    ],
)
def test_a_limit_is_told_as_it_holds_and_outside_its_days_as_it_was_last_or_will_be_first(on: date, said: str) -> None:
    honour = read_catalogue().service("HEDER")
    first, year = honour.limits[0], date(2027, 1, 1)
    limits = (
        replace(first, period=Period(date(2023, 1, 1), year)),
        replace(first, value=7, period=Period(year, date(2028, 1, 1))),
    )
    catalogue = replace(read_catalogue(), services=(replace(honour, limits=limits),))
    assert told(catalogue, ("sv",), on)["limit:HEDER.talks"] == {"sv": said}


def test_small_numbers_can_be_told_in_words() -> None:
    found = told(read_catalogue(), ("sv", "en", "ar"), DAY)

    assert found["spelt:HEDER.talks"] == {"sv": "fem", "en": "five", "ar": "5"}
    assert found["spelt:JOUR.alarms_per_resident"] == {"sv": "1", "en": "1", "ar": "1"}
    assert found["spelt:KVVECKA.days"] == {"sv": "4,5", "en": "4.5", "ar": "4.5"}
    assert found["spelt:ENSK.min_age"] == {"sv": "16", "en": "16", "ar": "16"}


def test_what_words_name_lies_beside_the_pages_as_it_was_published() -> None:
    ours = content_from_repository()
    voice = voice_of(ours.catalogue, ours.facts, ("sv", "en"), DAY, words={"sv": {"core": {"brand": "Lyktan"}}})

    again = from_json(voice.as_json())

    assert (again.words, again.values, again.phones) == (voice.words, voice.values, voice.phones)


def test_the_pages_speak_of_the_centre_that_stands_and_leave_out_what_it_has_not_told() -> None:
    words = CentreWords(name="Centrum i Provlänet", board="Provnämnden", municipalities=("2303", "2380"))
    phones = [OwnPhone(PhoneUse.YOUNG, "063-000 00 02", DAY), OwnPhone(PhoneUse.MAIN, "063-000 00 01", DAY)]
    hours = Hours(week={0: (Span(8 * 60, 16 * 60),)})
    facts = CentreFacts(words=words, phones=phones, hours=hours, coming=(), languages=(), opened_on=DAY)
    found = site(replace(content_from_repository(), centre=facts))

    assert saying(found, "Centrum mot våld i Jämtland") == set()
    assert {"/", "/en/", "/om/", "/en/about/", "/tillganglighet/"} <= saying(found, "Centrum i Provlänet")
    assert {"/akut/", "/om/"} <= saying(found, "063-000 00 01")
    assert saying(found, "063-000 00 02") == set()
    about = found.answers["/om/"].body.decode()
    assert "<dd>Ragunda, Östersund</dd>" in about
    assert "Provnämnden" in about
    assert "måndag 8–16" in about
    assert "Hit kan du komma" not in about


def test_where_no_centre_stands_the_pages_say_the_name_the_program_came_with_and_no_number() -> None:
    found = site(content_from_repository())

    assert "/om/" in saying(found, "Centrum mot våld i Jämtland")
    assert saying(found, "Ring oss<") == set()
