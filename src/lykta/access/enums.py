"""Walls, roles and permissions, with the words the head of the centre approves."""

from enum import StrEnum


class Wall(StrEnum):
    """A group of files whose staff are told apart. More come with the rooms that need them."""

    CONTACT = "contact"


class Permission(StrEnum):
    """One right each, as room:thing:deed."""

    DESK_SEE = "desk:morning:see"
    INBOX_SEE = "contact:inbox:see"  # that something waits, and for how long; no words
    DIALOGUE_READ = "contact:dialogue:read"
    DIALOGUE_ANSWER = "contact:dialogue:answer"
    DIALOGUE_CLOSE = "contact:dialogue:close"
    LOG_VERIFY = "audit:log:verify"
    OWN_ACCOUNT = "people:account:own"


class Role(StrEnum):
    """What a member does at the centre."""

    COUNSELLOR = "counsellor"
    CHILD_COUNSELLOR = "child_counsellor"
    THERAPIST = "therapist"
    COORDINATOR = "coordinator"
    HEAD = "head"
    AUDITOR = "auditor"
