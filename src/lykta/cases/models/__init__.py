"""A file, the sheets and notes in it, who works with it and who has opened it. Plain: running facts. Words: sealed."""

from lykta.cases.models.concern import Concern, ConcernWords
from lykta.cases.models.decision import Decision, DecisionWords
from lykta.cases.models.demand import Demand, DemandWords
from lykta.cases.models.extract import Extract
from lykta.cases.models.file import Assignment, Exclusion, File, Token
from lykta.cases.models.glass import Ask, Asked, AskKey
from lykta.cases.models.handover import Handover
from lykta.cases.models.merge import Merge
from lykta.cases.models.plan import Entry, Task
from lykta.cases.models.words import Consent, Disclosure, Note, Opening, Sheet, Words

__all__ = [
    "Ask",
    "AskKey",
    "Asked",
    "Assignment",
    "Concern",
    "ConcernWords",
    "Consent",
    "Decision",
    "DecisionWords",
    "Demand",
    "DemandWords",
    "Disclosure",
    "Entry",
    "Exclusion",
    "Extract",
    "File",
    "Handover",
    "Merge",
    "Note",
    "Opening",
    "Sheet",
    "Task",
    "Token",
    "Words",
]
