"""The services a file can be about, from the live catalogue."""

from datetime import date

from lykta.catalogue.enums import Audience
from lykta.catalogue.queries import live_catalogue


def services_on(on: date) -> list[tuple[str, str]]:
    """Code and Swedish name of each service for persons that is given on a day."""
    services = live_catalogue().services
    return [(s.code, s.names["sv"]) for s in services if s.audience == Audience.CONCERNED and s.period.holds(on)]
