"""What a service's own page and the list of all services show."""

from collections.abc import Sequence
from typing import Any

from lykta.catalogue.enums import Audience, Fact, Outcome, Verdict, Who
from lykta.catalogue.rules import Service
from lykta.core.words import words
from lykta.public.blocks import Shown, Writer, has_ended

IN_BRIEF = ("who", "decision", "cost", "place")
RELATED = 3


def for_whom(service: Service) -> frozenset[Who]:
    """Everyone the service's own rule about `who` does not turn away."""
    rows = [row for row in service.rules if row.fact is Fact.WHO]
    return frozenset(who for who in Who if all(row.answer_to(who.value).outcome is not Outcome.NOT for row in rows))


def related_to(service: Service, services: Sequence[Service]) -> list[Service]:
    """At most three others for the same people, those after it in the catalogue first."""
    others = [one for one in services if one.audience is service.audience and one.code != service.code]
    others.sort(key=lambda one: (one.order < service.order, one.order))
    return [one for one in others if for_whom(one) & for_whom(service)][:RELATED]


def service_context(service: Service, writer: Writer) -> dict[str, Any]:
    """Context of `public/service.html`, without the frame. A fact the catalogue does not tell is left out."""
    said, lang = words(writer.lang)["public"]["service"], writer.of_catalogue
    told = {name: writer.markup.inline(text[lang]) for name, text in service.facts.items.items()}
    return {
        "service": service,
        "name": writer.told(service.names),
        "short": writer.told(service.short),
        "kind": said["audience"][service.audience.value],
        "is_professional": service.audience is Audience.PROFESSIONAL,
        "ended": writer.told(writer.catalogue.verdict_words[Verdict.ENDED]) if has_ended(service, writer.on) else "",
        "years": writer.told(service.period_words) if service.period_words else "",
        "first": [writer.markup.inline(step[lang]) for step in service.facts.first],
        "told": told,
        "brief": [{"term": said[name], "text": told[name]} for name in IN_BRIEF if name in told],
        "language": writer.markup.inline(said["language_text"]),
        "not_for_you": writer.markup.inline(said["kind_not"]),
        "related": [writer.service(one) for one in related_to(service, writer.catalogue.services)],
    }


def services_context(writer: Writer) -> dict[str, list[Shown]]:
    """Context of `public/services.html`: one list per audience, in the order of the catalogue."""
    return {
        audience.value: [writer.service(one) for one in writer.catalogue.services if one.audience is audience]
        for audience in Audience
    }
