"""The database's roles: whether one of them could pass the walls, and who else could."""

from collections.abc import Iterator

from lykta.config.doctor.database import Rights
from lykta.config.doctor.findings import Finding, listed, unsafe, warning
from lykta.config.doctor.silence import QUIET
from lykta.config.roles import APP, DOORS, HURRIED, ROLES

SUBJECT = "roles"
PATIENCE = ("statement_timeout", "idle_in_transaction_session_timeout")
SWAYING = ("role", "search_path", "session_replication_role", "row_security", "session_authorization")
"""Settings that would decide, before we say anything, who acts or what a name means. So do all that begin lykta."""

STRENGTHS = {
    "superuser": "SUPERUSER",
    "bypasses": "BYPASSRLS",
    "makes_roles": "CREATEROLE",
    "inherits": "INHERIT",
}


def check_roles(rights: Rights) -> Iterator[Finding]:
    """Attributes, memberships, settings of roles, and who may come in."""
    yield from _attributes(rights)
    yield from _memberships(rights)
    yield from _settings(rights)
    yield from _entrance(rights)


def _attributes(rights: Rights) -> Iterator[Finding]:
    missing = set(ROLES) - {role.name for role in rights.roles}
    if missing:
        yield unsafe(
            SUBJECT,
            "role-missing",
            f"The database lacks the role {listed(missing)}.",
            "Start once with LYKTA_DATABASE_URL of a superuser; it makes them.",
        )
    for role in rights.roles:
        strong = [word for name, word in STRENGTHS.items() if getattr(role, name)]
        if strong:
            yield unsafe(
                SUBJECT,
                "role-too-strong",
                f"The role {role.name} is {', '.join(strong)} and could pass the walls.",
                f"As superuser: ALTER ROLE {role.name} {' '.join(f'NO{word}' for word in strong)}",
            )


def _memberships(rights: Rights) -> Iterator[Finding]:
    meant = {(APP, door) for door in DOORS}
    for member in sorted(rights.members, key=lambda m: (m.who, m.role)):
        who, role = member.who, member.role
        if (who, role) in meant and member.inherits:
            yield unsafe(
                SUBJECT,
                "door-always-open",
                f"{APP} has the rights of {role} without taking its role.",
                f"As superuser: GRANT {role} TO {APP} WITH INHERIT FALSE, SET TRUE",
            )
        elif (who, role) not in meant and who not in rights.above:  # no superuser needs a membership
            strong = member.sets or member.inherits
            yield (unsafe if strong else warning)(
                SUBJECT,
                "member-too-many" if strong else "member-maker",
                f"{who} may become {role} and then may what {role} may."
                if strong
                else f"{who} has made {role} and may let herself become it.",
                f"As superuser: REVOKE {role} FROM {who}",
            )
    open_doors = {(member.who, member.role) for member in rights.members if member.sets} & meant
    if open_doors:  # a house whose doors all sign in by themselves needs none of them
        for _, door in sorted(meant - open_doors):
            yield unsafe(
                SUBJECT,
                "door-shut",
                f"{APP} may not become {door}, so that door stays shut.",
                f"As superuser: GRANT {door} TO {APP}",
            )


def _settings(rights: Rights) -> Iterator[Finding]:
    for (role, name), value in sorted(rights.settings.items()):
        whose = role or "every role"
        if name.startswith("lykta.") or name in SWAYING:
            yield unsafe(
                SUBJECT,
                "role-swayed",
                f"For {whose} the database sets {name} by itself, and so could let nobody in as somebody.",
                f"As superuser: ALTER {f'ROLE {role}' if role else 'DATABASE …'} RESET {name}",
            )
        elif role and value != QUIET.get(name, value):
            yield unsafe(
                SUBJECT,
                "role-logged",
                f"For {role} the database sets {name} to {value}, and its log could keep what somebody wrote.",
                f"As superuser: ALTER ROLE {role} RESET {name}",
            )
    for role in HURRIED:
        if not all((role, name) in rights.settings for name in PATIENCE):
            yield warning(
                SUBJECT,
                "role-without-haste",
                f"Questions of {role} may last for ever, and then all wait.",
                "Start once with LYKTA_DATABASE_URL of a superuser; it sets the limits.",
            )


def _entrance(rights: Rights) -> Iterator[Finding]:
    strangers = (rights.may_connect | rights.may_create) - set(ROLES) - rights.above
    if strangers:
        yield unsafe(
            SUBJECT,
            "stranger-let-in",
            f"{listed(strangers)} may come into the database or make things in it.",
            "As superuser: REVOKE ALL ON DATABASE … and REVOKE ALL ON SCHEMA public FROM each of them.",
        )
    if len(rights.above) > 1:
        yield warning(
            SUBJECT,
            "several-superusers",
            f"No wall stops these logins: {listed(rights.above)}.",
            "Keep one, for a person you have chosen; take SUPERUSER and BYPASSRLS from the others.",
        )


def check_passwords(let_in: set[str], guessed: set[str]) -> Iterator[Finding]:
    """let_in: roles that were let in with a wrong password. guessed: roles whose password is their own name."""
    if let_in:
        yield unsafe(
            SUBJECT,
            "no-password-asked",
            f"The database lets {listed(let_in)} in without the right password.",
            "Write scram-sha-256 in place of trust, peer or ident for these roles in pg_hba.conf, and reload.",
        )
    if guessed - let_in:
        yield unsafe(
            SUBJECT,
            "password-guessed",
            f"The password of {listed(guessed - let_in)} is its own name.",
            "Start once with LYKTA_DATABASE_URL of a superuser; it gives each role the password of keys.json.",
        )
