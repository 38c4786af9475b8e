"""The services a file can be about, from the live catalogue."""

from datetime import date

from lykta.cases.decision_rules import Wait
from lykta.cases.enums import Mode
from lykta.cases.mode_rules import May, may_keep
from lykta.catalogue.enums import Audience
from lykta.catalogue.queries import live_catalogue, whole_limit
from lykta.catalogue.rules import Catalogue


def services_on(on: date) -> list[tuple[str, str]]:
    """Code and Swedish name of each service for persons that is given on a day."""
    services = live_catalogue().services
    return [(s.code, s.names["sv"]) for s in services if s.audience == Audience.CONCERNED and s.period.holds(on)]


def may_keep_on(mode: Mode, service: str, *, on: date) -> May:
    """Whether a file about a service may be kept in this mode on a day. service: its code; "" for none chosen yet."""
    if not service:
        return may_keep(mode, decision=None, keeping=None)
    found = live_catalogue().service(service)
    held = found.mode_on(on)
    return may_keep(mode, decision=found.decision, keeping=held.keeping if held else None)


def wait_for(catalogue: Catalogue, service: str, *, decided: date) -> Wait:
    """How long a service decided on a day may wait to begin, by the rows that held on that day."""

    def limit(name: str) -> int:
        return whole_limit(catalogue, name, decided, service=service)

    return Wait(limit("begin_first_warning_days"), limit("begin_last_warning_days"), limit("begin_months"))
