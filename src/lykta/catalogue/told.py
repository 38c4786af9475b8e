"""Numbers of the catalogue as texts name them, so that no text needs to know a number by heart.

`{limit:reply_keep_days}` a limit of the house, `{limit:KVVECKA.min_age}` one of a service, `{years:HEDER}` the years
of a service, `{weekday:SAMRAD}` the day it is held, `{hours:kvinnofrid}` when a number is answered, and
`{count:concerned}` how many services there are. `{spelt:JOUR.stay_months}` is a limit in words: three.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from lykta.catalogue.enums import Audience
from lykta.catalogue.rules import Catalogue, Limit, Period, Service
from lykta.core.voice import NAMED
from lykta.core.words import BRIDGE, written

type Told = Mapping[str, Mapping[str, str]]  # "limit:reply_keep_days" -> language -> what is said

WEEKDAY = "iso_weekday"  # the limit that names a day: 1 is Monday
THIN = "\u00a0"
POINTS = {"sv": (",", THIN), "en": (".", ",")}
"""Decimal point and the sign between thousands. Every other language is written as in English."""
SPELT = {
    "sv": ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}
"""Two to twelve. One has a gender in Swedish, so it is a figure; every language we have no words for has figures."""


def told(catalogue: Catalogue, langs: tuple[str, ...], on: date) -> Told:
    """Everything a text may name, as it is on one day.

    A limit that does not hold on the day is told as it was last, or will be first: a text that names it must not
    become a text that cannot be shown only because a day has passed.
    """
    return {name: said for name, said in _all(catalogue, langs, on) if all(said.values()) and said}


def names(catalogue: Catalogue) -> frozenset[str]:
    """Everything a text may name, on whatever day."""
    return frozenset(told(catalogue, catalogue.languages, date.max))


def filled(text: str, said: Told, lang: str) -> str:
    """The text with its values put in; what nobody knows is left as it is written."""
    return NAMED.sub(lambda found: said.get(f"{found[1]}:{found[2]}", {}).get(lang, found[0]), text)


def _all(catalogue: Catalogue, langs: tuple[str, ...], on: date) -> Iterator[tuple[str, Mapping[str, str]]]:
    for limit in held(catalogue.house_limits, on):
        yield f"limit:{limit.name}", _number(limit.value, langs)
    for service in catalogue.services:
        for limit in held(service.limits, on):
            yield f"limit:{service.code}.{limit.name}", _number(limit.value, langs)
            yield f"spelt:{service.code}.{limit.name}", {lang: _spelt(limit.value, lang) for lang in langs}
            if limit.name == WEEKDAY:
                yield f"weekday:{service.code}", {lang: _weekday(int(limit.value), lang) for lang in langs}
        yield f"years:{service.code}", dict.fromkeys(langs, years(service.period))
    for phone in catalogue.phones:
        if phone.show:
            yield f"hours:{phone.id}", dict(phone.hours or {})
    for audience in Audience:
        yield f"count:{audience.value}", _number(sum(_runs(one, audience, on) for one in catalogue.services), langs)
    yield "count:municipalities", _number(len(catalogue.municipalities), langs)
    yield "count:inhabitants", _number(sum(one.population for one in catalogue.municipalities), langs)


def held(limits: tuple[Limit, ...], on: date) -> list[Limit]:
    """Each limit once: the row that holds on the day, else the last that held, else the first that will."""
    found: dict[str, Limit] = {}
    for limit in sorted(limits, key=lambda one: one.period.valid_from or date.min):
        begun = limit.period.valid_from is None or limit.period.valid_from <= on
        if begun or limit.name not in found:
            found[limit.name] = limit
    return list(found.values())


def years(period: Period) -> str:
    """`2023–2027`: whole years from the first day to the last that belongs; "" without an end or a beginning."""
    if period.valid_from is None or period.valid_to is None:
        return ""
    first, last = period.valid_from.year, (period.valid_to - timedelta(days=1)).year
    return str(first) if first == last else f"{first}–{last}"


def _weekday(number: int, lang: str) -> str:
    core = written(lang).get("core") or written(BRIDGE)["core"]
    return str(core["weekdays"][number - 1])


def _runs(service: Service, audience: Audience, on: date) -> bool:
    return service.audience is audience and service.period.holds(on)


def _spelt(value: int | float, lang: str) -> str:
    words = SPELT.get(lang, ())
    small = isinstance(value, int) and 2 <= value < 2 + len(words)
    return words[int(value) - 2] if small else _said(value, *POINTS.get(lang, POINTS["en"]))


def _number(value: int | float, langs: tuple[str, ...]) -> dict[str, str]:
    return {lang: _said(value, *POINTS.get(lang, POINTS["en"])) for lang in langs}


def _said(value: int | float, point: str, between: str) -> str:
    """`4,5`, `132 839`; a year is never written here."""
    plain = f"{value:,}".replace(",", "_").replace(".", point)
    return plain.replace("_", between)
