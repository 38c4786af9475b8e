"""Walls, roles and permissions, with the words the head of the centre approves."""

from enum import StrEnum


class Wall(StrEnum):
    """A group of files whose staff are told apart."""

    CONTACT = "contact"
    EXPOSED = "exposed"
    CHILD = "child"
    RELATIVE = "relative"
    USING_VIOLENCE = "using_violence"
    PARTNER = "partner"
    KAST = "kast"

    @property
    def label(self) -> str:
        """The Swedish words staff see."""
        return WALL_LABELS[self]


WALL_LABELS: dict[Wall, str] = {
    Wall.CONTACT: "kontaktrummet",
    Wall.EXPOSED: "våldsutsatta",
    Wall.CHILD: "barn",
    Wall.RELATIVE: "anhöriga",
    Wall.USING_VIOLENCE: "våldsutövare",
    Wall.PARTNER: "partnerkontakt",
    Wall.KAST: "KAST",
}
"""What each wall group is called on screen."""


class Permission(StrEnum):
    """One right each, as room:thing:deed."""

    DESK_SEE = "desk:morning:see"
    OWN_ACCOUNT = "people:account:own"
    HANDBOOK_READ = "desk:handbook:read"
    INBOX_SEE = "contact:inbox:see"  # that something waits, and for how long; no words
    DIALOGUE_READ = "contact:dialogue:read"
    DIALOGUE_ANSWER = "contact:dialogue:answer"
    DIALOGUE_CLOSE = "contact:dialogue:close"
    CALL_LOG = "contact:call:log"  # write calls and visits, see the day's list
    CENTRE_EDIT = "people:centre:edit"  # name, hours, municipalities
    MEMBERS_SEE = "people:member:see"
    MEMBERS_ADMIT = "people:member:admit"  # invite, give roles and walls, let go, let in again
    RING_GIVE = "sealing:ring:give"  # let a colleague into a ring one holds oneself
    CATALOGUE_SEE = "catalogue:service:see"
    CATALOGUE_EDIT = "catalogue:service:edit"
    PAGES_EDIT = "public:page:edit"
    PUBLISH = "public:site:publish"
    LOG_VERIFY = "audit:log:verify"
    LOG_READ = "audit:log:read"
    LOG_REVIEW = "audit:sample:review"  # the monthly sample and what is unusual: notes and sign-off
    LOG_EXPORT = "audit:log:export"


class Role(StrEnum):
    """What a member does at the centre."""

    HEAD = "head"
    COUNSELLOR = "counsellor"
    CHILD_COUNSELLOR = "child_counsellor"
    THERAPIST = "therapist"
    PARTNER_CONTACT = "partner_contact"
    KAST_COUNSELLOR = "kast_counsellor"
    RECEPTION = "reception"
    COORDINATOR = "coordinator"
    COURSE_ADMIN = "course_admin"
    EDITOR = "editor"
    STATISTICS = "statistics"
    AUDITOR = "auditor"
    TECHNICIAN = "technician"
