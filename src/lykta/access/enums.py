"""Walls, roles and permissions, with the words the head of the centre approves."""

from enum import StrEnum

from lykta.core.worded import Worded


class Wall(Worded):
    """A group of files whose staff are told apart."""

    CONTACT = "contact", "kontaktrummet"
    EXPOSED = "exposed", "våldsutsatta"
    CHILD = "child", "barn"
    RELATIVE = "relative", "anhöriga"
    USING_VIOLENCE = "using_violence", "våldsutövare"
    PARTNER = "partner", "partnerkontakt"
    KAST = "kast", "KAST"


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
    FILE_LIST = "cases:file:list"
    FILE_READ = "cases:file:read"
    FILE_WRITE = "cases:file:write"
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

    @property
    def words(self) -> str:
        """The right as the head of the centre reads it, in Swedish."""
        return _RIGHTS[self]


_RIGHTS: dict[Permission, str] = {
    Permission.DESK_SEE: "se sitt eget bord",
    Permission.OWN_ACCOUNT: "sköta sitt eget konto",
    Permission.HANDBOOK_READ: "läsa handboken",
    Permission.INBOX_SEE: "se att något väntar i kontaktrummet och hur länge, inga ord",
    Permission.DIALOGUE_READ: "läsa dialoger innanför sina murar",
    Permission.DIALOGUE_ANSWER: "svara i dialoger",
    Permission.DIALOGUE_CLOSE: "avsluta dialoger, så att orden förstörs",
    Permission.CALL_LOG: "föra samtals- och besöksloggen",
    Permission.FILE_LIST: "se vilka akter som finns innanför sina murar, utan namn",
    Permission.FILE_READ: "läsa i sina akter, och i kollegors med ett skäl som granskas",
    Permission.FILE_WRITE: "öppna akter och skriva i dem",
    Permission.CENTRE_EDIT: "ändra centrumets namn, tider och kommuner",
    Permission.MEMBERS_SEE: "se vilka som arbetar här och som vad",
    Permission.MEMBERS_ADMIT: "bjuda in, ge roller och murar, avsluta och släppa in igen",
    Permission.RING_GIVE: "släppa in en kollega i ett rum man själv har nyckel till",
    Permission.CATALOGUE_SEE: "se tjänsterna och deras regler",
    Permission.CATALOGUE_EDIT: "ändra tjänsterna och deras regler",
    Permission.PAGES_EDIT: "ändra sidor och nyheter",
    Permission.PUBLISH: "publicera",
    Permission.LOG_VERIFY: "kontrollera att loggen är hel",
    Permission.LOG_READ: "läsa loggen: vem som gjorde vad och när, inga ord",
    Permission.LOG_REVIEW: "granska månadens urval och det som sticker ut",
    Permission.LOG_EXPORT: "ta ut loggen, med skäl",
}
"""Each right in words."""


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
