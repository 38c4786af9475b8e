"""Where each sealed value of this room stands. All lie under the key of the file they belong to."""

from uuid import UUID

from lykta.sealing.words import Place


def wish_place(file: UUID, link: UUID) -> Place:
    """How and when the person said that she wished it."""
    return Place("intake_link", link, "wish", file)


def undone_place(file: UUID, link: UUID) -> Place:
    """Why a contact was taken out of the file again."""
    return Place("intake_link", link, "undone", file)


def triage_place(file: UUID, triage: UUID) -> Place:
    """Why it hurries as it does."""
    return Place("intake_triage", triage, "why", file)
