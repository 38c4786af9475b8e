"""The closed words of editing and publishing, with what staff see."""

from enum import StrEnum

from lykta.core.worded import Worded


class Kind(Worded):
    """What a text is."""

    PAGE = "page", "sida"
    FACT = "fact", "uppgift"
    NEWS = "news", "nyhet"
    WORDS = "words", "ord runt sidorna"


class Standing(Worded):
    """How a text stands in one language, beside its Swedish one."""

    CURRENT = "current", "stämmer"
    OUTDATED = "outdated", "föråldrad"
    DRAFT = "draft", "utkast"  # begun, and nothing of it ready to be shown
    MISSING = "missing", "saknas"


class How(Worded):
    """What made a publication."""

    NOW = "now", "direkt"  # a member, at once
    TIMED = "timed", "på bestämd tid"  # the worker, at a time a member had set
    RENEWED = "renewed", "av huset självt"  # the worker: a new day, or a new release of the program


class TimedState(Worded):
    """What became of a set time."""

    WAITING = "waiting", "väntar"
    DONE = "done", "gjord"
    FAILED = "failed", "gick inte"
    TAKEN_BACK = "taken_back", "återtagen"


class Box(StrEnum):
    """What a part of a page is, by the name its block has."""

    HEADING = "h2"
    SMALL = "h3"
    PROSE = "p"
    LIST = "list"
    FACTS = "facts"
    STEPS = "steps"
    QUESTIONS = "questions"
    NOTICE = "notice"
    ACTS = "acts"
    PHONES = "phones"
    SERVICES = "services"

    @property
    def label(self) -> str:
        """What the box is called."""
        return BOXES[self][0]

    @property
    def help(self) -> str:
        """How one writes in it; "" where that needs no words."""
        return BOXES[self][1]


UNDER = "en tom rad före nästa."
BOXES = {
    Box.HEADING: ("Rubrik", ""),
    Box.SMALL: ("Mindre rubrik", ""),
    Box.PROSE: ("Stycke", ""),
    Box.LIST: ("Lista", "En punkt på varje rad."),
    Box.FACTS: ("Ord med förklaring", f"Först ordet, förklaringen på raden under, {UNDER}"),
    Box.STEPS: ("Steg", f"Först stegets rubrik, texten på raden under, {UNDER}"),
    Box.QUESTIONS: ("Frågor och svar", f"Först frågan, svaret på raderna under, {UNDER}"),
    Box.NOTICE: ("Ruta", "Första raden är rubriken. Varje rad under blir ett stycke."),
    Box.ACTS: ("Knappar", f"Först orden, på raden under vart knappen leder (page:write), {UNDER}"),
    Box.PHONES: ("Telefonnummer", "Numrets namn, ett på varje rad. Numret självt står under Tjänsterna."),
    Box.SERVICES: ("Tjänster", "Tjänstens kod, en på varje rad."),
}
