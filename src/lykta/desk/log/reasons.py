"""The words of every reason that can stand in the log, gathered from the rooms that write them."""

from lykta.access.enums import Role
from lykta.access.rules import ROLES
from lykta.audit import said
from lykta.cases.concern_enums import Step
from lykta.cases.demand_enums import Outcome
from lykta.cases.enums import CloseReason as FileCloseReason
from lykta.cases.enums import OpenReason
from lykta.contact.call_enums import ChangeReason as CallChange
from lykta.contact.enums import CloseReason
from lykta.desk.log.enums import Kind, Verdict
from lykta.people.enums import ChangeReason
from lykta.sealing.enums import RingName

# Where two rooms use one code, the words that fit both come last: those of the log itself.
WHY: dict[str, str] = {
    **{reason.value: reason.label for reason in ChangeReason},
    **{reason.value: reason.label for reason in CallChange},
    **{reason.value: reason.label for reason in OpenReason},
    **{reason.value: reason.label for reason in FileCloseReason},
    **{reason.value: reason.label for reason in CloseReason},
    **{ring.value: ring.label for ring in RingName if ring is not RingName.HOUSE},
    RingName.HOUSE.value: "huset",
    **{role.value: ROLES[role].name.lower() for role in Role if role is not Role.STATISTICS},
    **{step.value: step.label for step in Step},
    **{outcome.value: outcome.label for outcome in Outcome},
    **{kind.value: kind.label for kind in Kind},
    **{verdict.value: verdict.label for verdict in Verdict},
    "index": "kort om akten",
    "change": "för att ändra",
    "paper": "en handling",
    "extract": "utdrag till den det gäller",
    "for_person": "till den akten gäller",
    "for_guardian": "till en vårdnadshavare",
    "told": "berättade att man kan ansöka",
    "identity": "vem det är",
    "safe_contact": "säker kontakt",
    "join": "kom med",
    "leave": "lämnade",
    "ref": "på nummer",
    "number": "på personnummer",
    "name": "på namn",
    "no_letter": "utan brev",
    "hint": "samma nummer i två akter",
    "new": "ny",
    "now": "genast",
    "words": "namn och värdnämnd",
    "phones": "nummer",
    "hours": "öppettider",
    **said.WHY,
}


# What a refused page was about, by the beginning of its name in the program; the longest that fits counts.
_PAGES = {
    "dialogue": "en dialog",
    "inbox": "kontaktrummet",
    "call": "samtalsloggen",
    "file": "en akt",
    "catalogue": "tjänsterna",
    "text": "sidorna",
    "publish": "publiceringen",
    "member": "en medarbetare",
    "invit": "en inbjudan",
    "key": "nycklarna",
    "log": "loggen",
    "review": "granskningen",
    "centre": "centrumets uppgifter",
    "install": "installationen",
    "handbook": "handboken",
}


def page_named(name: str) -> str:
    """What the page was about whose name in the program is this; "en sida" for one that has no words here."""
    if not name:
        return "en sida som inte finns"
    fits = [start for start in _PAGES if name.startswith(start)]
    return _PAGES[max(fits, key=len)] if fits else "en sida"
