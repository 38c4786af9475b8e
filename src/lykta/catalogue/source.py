"""From the YAML files of the catalogue to plain values, or one sentence that says what is wrong and where."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from lykta.catalogue.enums import Audience, Decision, Keeping, PhoneStatus, Route, SelfReferral, Verdict
from lykta.catalogue.reading import CatalogueError, Row, label, once, read_file
from lykta.catalogue.rows import read_rules
from lykta.catalogue.rules import (
    Catalogue,
    DistanceRule,
    Facts,
    Limit,
    Locality,
    Municipality,
    Period,
    Phone,
    Service,
    ServiceMode,
    Words,
)
from lykta.catalogue.told import names
from lykta.core.voice import NAMED

REPOSITORY = Path(__file__).parent / "data"
FILES = ("services.yaml", "localities.yaml", "phones.yaml")
FACT_KEYS = ("who", "come", "decision", "cost", "place", "form", "limits")
_CODE = re.compile(r"[A-Z]{2,8}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CHECKED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_TEL = re.compile(r"\+?\d{3,15}", re.ASCII)
_LINK = re.compile(r"\]\(service:([^)]*)\)")


@cache
def read_catalogue(folder: Path = REPOSITORY) -> Catalogue:
    """Reads services.yaml, localities.yaml and phones.yaml of a folder. Raises CatalogueError."""
    return build_catalogue(*(read_file(folder / name) for name in FILES))


def build_catalogue(services_file: Row, places_file: Row, phones_file: Row) -> Catalogue:
    """The catalogue of three files' content, wherever it was kept. Raises CatalogueError."""
    languages = _languages(services_file)
    verdict_row = Row(services_file.file, "verdicts", services_file.take("verdicts"))
    verdict_words = {verdict: verdict_row.words(verdict.value, languages) for verdict in Verdict}
    verdict_row.done()
    who_unknown = services_file.words("who_unknown", languages)
    house_limits = tuple(_limit(row) for row in services_file.rows("house_limits", label("name", "limit")))
    _no_overlap(services_file, ((limit.name, limit.period) for limit in house_limits))
    rows = services_file.rows("services", label("code", "service"))
    services = [_service(row, languages, who_unknown) for row in rows]
    services_file.done()
    for what in ("code", "order"):
        once(services_file, what, (getattr(service, what) for service in services))
    for language in languages:
        once(services_file, f"slug ({language})", (service.slug[language] for service in services))
    municipalities, localities, rule = _places(places_file)
    found = Catalogue(
        languages=languages,
        verdict_words=verdict_words,
        services=tuple(sorted(services, key=lambda service: service.order)),
        municipalities=municipalities,
        localities=localities,
        distance_rule=rule,
        phones=_phones(phones_file, languages),
        house_limits=house_limits,
    )
    _check_references(services_file, found)
    return found


def _languages(row: Row) -> tuple[str, ...]:
    found = [item for item in row.items("languages") if isinstance(item, str)]
    if not found:
        raise row.fault("languages should be a list of language codes")
    once(row, "language", found)
    return tuple(found)


def _service(row: Row, languages: tuple[str, ...], who_unknown: Words) -> Service:
    code = row.text("code")
    if not _CODE.fullmatch(code):
        raise row.fault("code should be two to eight capital letters")
    period, period_words = _years(row, languages)
    limits = tuple(_limit(limit) for limit in row.rows("limits", lambda i, _: f"{code}: limit {i}"))
    _no_overlap(row, ((limit.name, limit.period) for limit in limits))
    slug = row.words("slug", languages)
    if not all(_SLUG.fullmatch(part) for part in slug.values()):
        raise row.fault("slug should be small letters a-z, figures and hyphens")
    service = Service(
        code=code,
        order=row.whole("order"),
        audience=row.choice("audience", Audience),
        names=row.words("names", languages),
        slug=slug,
        decision=row.choice("decision", Decision),
        self_referral=row.choice("self_referral", SelfReferral),
        route=row.choice("route", Route),
        period=period,
        period_words=period_words,
        plain=row.words("plain", languages),
        short=row.words("short", languages),
        facts=_facts(row, languages),
        limits=limits,
        rules=read_rules(row, code, period, limits, languages, who_unknown),
        modes=_modes(row, code),
        source=row.text("source"),
    )
    row.done()
    return service


def _years(row: Row, languages: tuple[str, ...]) -> tuple[Period, Words | None]:
    if not row.has("years"):
        return Period(), None
    years = Row(row.file, f"{row.where}: years", row.take("years"))
    found = years.period(), years.words("say", languages)
    years.done()
    return found


def _limit(row: Row) -> Limit:
    limit = Limit(row.text("name"), row.number("value"), row.period(), row.text("source"))
    row.done()
    return limit


def _modes(row: Row, code: str) -> tuple[ServiceMode, ...]:
    if not row.has("modes"):
        return ()
    modes = tuple(_mode(mode) for mode in row.rows("modes", lambda i, _: f"{code}: mode {i}"))
    _no_overlap(row, (("documentation", mode.period) for mode in modes))
    return modes


def _mode(row: Row) -> ServiceMode:
    mode = ServiceMode(
        keeping=row.choice("mode", Keeping),
        board=row.text("board"),
        decided_on=row.day("decided_on"),
        conditions=row.text("conditions") if row.has("conditions") else "",
        period=row.period(),
        source=row.text("source"),
    )
    row.done()
    return mode


def _facts(row: Row, languages: tuple[str, ...]) -> Facts:
    facts = Row(row.file, f"{row.where}: facts", row.take("facts"))
    items = {key: facts.words(key, languages) for key in FACT_KEYS if key in ("who", "come") or facts.has(key)}
    first = [
        Row(row.file, f"{row.where}: first", {"step": step}).words("step", languages) for step in facts.items("first")
    ]
    facts.done()
    if not first:
        raise row.fault("first should tell at least one thing that happens first")
    return Facts(items, tuple(first))


def _no_overlap(row: Row, named: Iterable[tuple[str, Period]]) -> None:
    seen: list[tuple[str, Period]] = []
    for name, period in named:
        if any(name == other and period.meet(days) for other, days in seen):
            raise row.fault(f"two rows of {name} hold on the same day", "overlap", name=name)
        seen.append((name, period))


def _places(file: Row) -> tuple[tuple[Municipality, ...], tuple[Locality, ...], DistanceRule]:
    rule_row = Row(file.file, "distance_rule", file.take("distance_rule"))
    rule = DistanceRule(
        near_to_km=rule_row.whole("near_to_km"),
        far_over_km=rule_row.whole("far_over_km"),
        source=rule_row.text("source"),
    )
    if rule.near_to_km > rule.far_over_km:
        raise rule_row.fault("near_to_km should not be more than far_over_km", "near_far")
    rule_row.done()
    municipalities = tuple(_municipality(row) for row in file.rows("municipalities", label("name", "row")))
    seats = tuple(Locality(place.seat, place.air_km, False) for place in municipalities)
    localities = tuple(_locality(row) for row in file.rows("localities", label("name", "row")))
    file.done()
    once(file, "municipality", (place.code for place in municipalities))
    once(file, "locality", (place.name.casefold() for place in seats + localities))
    return municipalities, seats + localities, rule


def _municipality(row: Row) -> Municipality:
    found = Municipality(
        code=row.text("code"),
        name=row.text("name"),
        seat=row.text("seat"),
        lat=float(row.number("lat")),
        lon=float(row.number("lon")),
        population=row.whole("population"),
        air_km=row.whole("air_km"),
        road_km_unconfirmed=row.whole("road_km_unconfirmed"),
        sami_area=row.truth("sami_area"),
    )
    row.done()
    return found


def _locality(row: Row) -> Locality:
    found = Locality(row.text("name"), row.whole("air_km"), row.truth("approximate", default=False))
    row.done()
    return found


def _phones(file: Row, languages: tuple[str, ...]) -> tuple[Phone, ...]:
    if set(_languages(file)) != set(languages):
        raise file.fault(f"languages should be those of services.yaml: {', '.join(languages)}")
    phones = tuple(_phone(row, languages) for row in file.rows("phones", label("id", "phone")))
    file.done()
    once(file, "phone", (phone.id for phone in phones))
    return phones


def _phone(row: Row, languages: tuple[str, ...]) -> Phone:
    phone = Phone(
        id=row.text("id"),
        names=row.words("names", languages),
        number=row.text("number"),
        tel=row.text("tel"),
        notes=row.words("notes", languages) if row.has("notes") else None,
        hours=row.words("hours", languages) if row.has("hours") else None,
        status=row.choice("status", PhoneStatus),
        last_checked=row.text("last_checked"),
        owner=row.text("owner"),
        show=row.truth("show"),
    )
    row.done()
    if not _TEL.fullmatch(phone.tel):
        raise row.fault("tel should be figures only, with a plus for a country code", "tel")
    if not _is_day_or_coarser(phone.last_checked):
        raise row.fault("last_checked should be a year, a month or a day, such as 2024 or 2026-11-23", "checked")
    if phone.show and phone.status is PhoneStatus.UNCONFIRMED:
        raise row.fault("an unconfirmed number is never shown to the public", "unconfirmed")
    return phone


def _is_day_or_coarser(text: str) -> bool:
    """`2024`, `2026-11` or `2026-11-23`, and of those that exist."""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return bool(_CHECKED.fullmatch(text))


def all_words(catalogue: Catalogue) -> Iterator[tuple[str, Words]]:
    """Every text of the catalogue, with the code or id of what it stands at."""
    yield from (("verdicts", words) for words in catalogue.verdict_words.values())
    for service in catalogue.services:
        own = [service.names, service.plain, service.short, *service.facts.items.values(), *service.facts.first]
        own += [service.period_words] if service.period_words else []
        own += [answer.words for rule in service.rules for answer in rule.answers if answer.words]
        yield from ((service.code, words) for words in own)
    for phone in catalogue.phones:
        yield from ((phone.id, words) for words in (phone.names, phone.notes, phone.hours) if words)


def _check_references(file: Row, catalogue: Catalogue) -> None:
    """Everything a text names or links to is there, and may be seen by the public. Facts are a room above's to know."""
    known = names(catalogue) | {f"phone:{phone.id}" for phone in catalogue.phones if phone.show}
    known |= {f"service:{service.code}" for service in catalogue.services}
    for where, words in all_words(catalogue):
        named = {f"{kind}:{name}" for text in words.values() for kind, name in NAMED.findall(text)}
        named |= {f"service:{code}" for text in words.values() for code in _LINK.findall(text)}
        missing = sorted(name for name in named - known if not name.startswith("fact:"))
        if missing:
            kind, _, name = missing[0].partition(":")
            told = {"where": where, "kind": kind, "name": name}
            raise CatalogueError(f"{file.file}: {where}: no {kind} {name} to refer to", fault="reference", **told)
