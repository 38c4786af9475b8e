"""The closed words of editing and publishing, with what staff see."""

from enum import StrEnum


class Kind(StrEnum):
    """What a text is."""

    PAGE = "page"
    FACT = "fact"
    NEWS = "news"
    WORDS = "words"

    @property
    def label(self) -> str:
        """One of them, in Swedish."""
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.PAGE: "sida",
    Kind.FACT: "uppgift",
    Kind.NEWS: "nyhet",
    Kind.WORDS: "ord runt sidorna",
}


class Standing(StrEnum):
    """How a text stands in one language, beside its Swedish one."""

    CURRENT = "current"
    OUTDATED = "outdated"
    DRAFT = "draft"  # begun, and nothing of it ready to be shown
    MISSING = "missing"

    @property
    def label(self) -> str:
        """As the table says it."""
        return STANDING_LABELS[self]


STANDING_LABELS = {
    Standing.CURRENT: "stämmer",
    Standing.OUTDATED: "föråldrad",
    Standing.DRAFT: "utkast",
    Standing.MISSING: "saknas",
}


class How(StrEnum):
    """What made a publication."""

    NOW = "now"  # a member, at once
    TIMED = "timed"  # the worker, at a time a member had set
    RENEWED = "renewed"  # the worker: a new day, or a new release of the program

    @property
    def label(self) -> str:
        """As the list of publications says it."""
        return HOW_LABELS[self]


HOW_LABELS = {
    How.NOW: "direkt",
    How.TIMED: "på bestämd tid",
    How.RENEWED: "av huset självt",
}


class TimedState(StrEnum):
    """What became of a set time."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        """As the list says it."""
        return TIMED_LABELS[self]


TIMED_LABELS = {
    TimedState.WAITING: "väntar",
    TimedState.DONE: "gjord",
    TimedState.FAILED: "gick inte",
    TimedState.TAKEN_BACK: "återtagen",
}


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
