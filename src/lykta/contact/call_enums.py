"""The questions of the call log, what a member is asked before saving, and why a colleague's call is changed."""

from enum import StrEnum

from lykta.core.worded import Worded


class Group(StrEnum):
    """The questions of the call log, named as in data/calls.yaml."""

    CHANNEL = "channel"
    CALLER = "caller"
    SECTOR = "sector"
    MINUTES = "minutes"
    CONCERN = "concern"
    AGE = "age"
    CHILD = "child"
    REPORT_BY = "report_by"
    ADVICE = "advice"
    URGENCY = "urgency"
    INTERPRETER = "interpreter"
    LANGUAGE = "language"
    REFERRED = "referred"
    MUNICIPALITY = "municipality"


MANY = frozenset({Group.CONCERN, Group.ADVICE, Group.REFERRED})
"""Questions with several answers; every other has one."""

PLAIN = (Group.CHANNEL, Group.CALLER, Group.MINUTES, Group.URGENCY)
"""Questions whose answers are running facts (ADR 8). The answers to every other are sealed."""


class Prompt(Worded):
    """What a member is asked once before a call is saved. Never a refusal."""

    CHILD = (
        "child",
        "Ett barn eller en ung person berörs. Är en orosanmälan övervägd? Vid misstanke om att ett barn far illa "
        "ska vi anmäla genast, utan samtycke (SoL 19:1).",
    )
    REPORT_BY = "report-by", "Vem gör orosanmälan?"
    AGE = "age", "Det gäller heder och ett barn. Är barnet under 15? Då kan vårdnadshavarnas samtycke krävas."
    GUARDIANS = (
        "guardians",
        "Heder och under 15 år. Insatser kräver i regel vårdnadshavarnas samtycke, och de kan vara "
        "faran. Ge råd utan identitet, skicka aldrig något till dem och pröva om en orosanmälan behövs.",
    )
    APPLY = "apply", "Är det sagt att man kan ansöka om insats hos socialtjänsten (SoL 11:6)?"
    NOTE = "note", "Noteringen ser ut att innehålla ett personnummer eller ett telefonnummer. Ta hellre bort det."


class ChangeReason(Worded):
    """Why somebody changes or takes away what a colleague has logged. A code: it stands in the log."""

    WRONG = "wrong", "något blev fel"
    TWICE = "twice", "samtalet fördes två gånger"
    ASKED = "asked", "kollegan bad om det"
