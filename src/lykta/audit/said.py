"""What stands in the log, in plain Swedish: chains, deeds, and the reasons that are codes."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from lykta.audit.enums import LABELS, Act, Chain

CHAINS: dict[str, str] = {
    Chain.STAFF: "personalen",
    Chain.PUBLIC: "besökarna",
    Chain.WORKER: "huset självt",
    Chain.AGENCY: "samverkan",
    Chain.CALLS: "samtalsloggen",
}

ROOMS: dict[str, str] = {
    "people": "Inloggning och medarbetare",
    "access": "Nekat",
    "contact": "Kontaktrummet",
    "intake": "Från kontakt till akt",
    "cases": "Akterna",
    "sealing": "Nycklar",
    "public": "Webbplatsen",
    "catalogue": "Tjänsterna",
    "audit": "Loggen",
    "retention": "Gallring",
}
"""The first part of a deed's code, as a heading over its deeds."""

MARKS: dict[str, str] = {
    "same_surname": "samma efternamn som den som öppnade",
    "own_address": "samma adress som den som öppnade",
    "own_colleague": "en medarbetare är den det gäller",
    "protected": "skyddade personuppgifter",
}
"""What a room that knows the person writes as reason when it has compared, in the opener's own session. No name."""

ASKED: dict[str, str] = {
    "stand_in": "vikarierade för kollegan",
    "urgent": "det brådskade",
}
"""Reasons a member has had to give for what is not her own. Each is reviewed."""

WHY: dict[str, str] = (
    MARKS
    | ASKED
    | {
        "own": "egen",
        "free": "ingen hade tagit den",
        "asked": "kollegan hade frågat",
        "made": "en ny akt",
        "joined": "lades till i en akt som fanns",
        "accepted": "uppdraget togs emot",
        "declined": "tackade nej",
        "today": "i dag",
        "week": "den här veckan",
        "planned": "kan planeras",
        "wrong_person": "fel person",
        "withdrawn": "personen ville inte längre",
        "mistake": "av misstag",
        "days": "dagarna hade gått ut",
        "visitor": "av den som skrev",
        "password": "fel lösenord",
        "second factor": "fel andra faktor",
        "too many tries": "för många försök",
        "totp": "kodapp",
        "webauthn": "passernyckel",
        "recovery_codes": "reservkoder",
        "folder": "till en mapp utanför",
        "mail": "med brev",
        "taken": "som fil",
        "member": "en medarbetare",
        "act": "ett slags händelse",
        "object": "ett nummer",
        "since": "från en dag",
        "until": "till en dag",
        "chain": "en dörr",
        "only": "ett urval",
        "roles": "med yrke i stället för namn",
        "names": "med namn",
        "broken": "den var inte hel",
        "whole": "den var hel",
        "lost_password": "lösenordet var borta",
        "lost_second_factor": "passernyckel och kodapp var borta",
        "lost_both": "lösenord och passernyckel var borta",
        "met": "de hade träffats",
        "voice": "rösten var känd",
        "herself": "kunde logga in som vanligt",
        "house": "någon i huset sade nej",
    }
)


def deed(act: str) -> str:
    """What was done. A deed of another release, which has no words here, is told by its code."""
    return LABELS[Act(act)] if act in set(Act) else act


def has_subject(words: str) -> bool:
    """Whether a deed's words want a person before them, as `läste en dialog`; `en dialog raderades` stands alone."""
    return not re.match(r"(en|ett|gammalt|meddelande|nycklar|inloggning|\w+(en|ets|ens|eln))\b", words)


def why(reason: str, words: Mapping[str, str] = MappingProxyType(WHY)) -> str:
    """The reason in words; several codes may stand in one. A code without words, as a page's name, stands as it is.

    words: of a room that knows more codes than the log.
    """
    if reason in words:
        return words[reason]
    codes = [code.rstrip(":") for code in reason.split()]
    return ", ".join(words.get(code, code) for code in codes)


def codes(reason: str) -> frozenset[str]:
    """The codes of a reason."""
    return frozenset({reason} | set(reason.split()))


def acts_by_room() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every deed under its room's heading, each with its words, for a list to choose from."""
    rooms: dict[str, list[tuple[str, str]]] = {}
    for act, label in LABELS.items():
        rooms.setdefault(act.value.split(":")[0], []).append((act.value, label))
    return [(ROOMS.get(room, room), acts) for room, acts in rooms.items()]
