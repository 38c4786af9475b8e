"""The walls in the database: compared, one by one, with what our migrations have built."""

from collections.abc import Iterable, Iterator

from lykta.config.doctor.database import Rights, Shape
from lykta.config.doctor.expected import Expected
from lykta.config.doctor.findings import Finding, listed, unsafe, warning
from lykta.config.roles import OWNER

SUBJECT = "walls"
AGAIN = "Find out who did it. Then restore the database from a copy, or as lykta_owner run what the migrations say."

OPEN_TABLES = {
    "django_migrations": "which migrations have run",
    "django_content_type": "names of models",
    "auth_permission": "names of rights Django knows; unused here",
    "auth_group": "unused; no door has any right on it",
    "auth_group_permissions": "unused; no door has any right on it",
    "procrastinate_jobs": "ids and days of jobs; only the worker",
    "procrastinate_events": "when jobs ran; only the worker",
    "procrastinate_periodic_defers": "schedules; only the worker",
    "procrastinate_workers": "heartbeats; only the worker",
}
"""Tables that hold nothing of a centre's, each with the reason why it stands outside the policies."""

LIBRARY = "procrastinate_"
"""Functions and triggers of the library that runs jobs come from its own migrations."""


def check_walls(shape: Shape, rights: Rights, wanted: Expected, *, told_alike: bool) -> Iterator[Finding]:
    """told_alike: whether `wanted` tells conditions as the database does; else only names and roles are compared."""
    yield from check_forced(shape)
    yield from _tables(shape, wanted)
    yield from _policies(shape, wanted, told_alike=told_alike)
    yield from _rights(rights, wanted)
    yield from _functions(shape, rights, wanted)
    yield from _views(shape, wanted, told_alike=told_alike)
    yield from _guards(shape, wanted)


def check_forced(shape: Shape) -> Iterator[Finding]:
    """What holds for tables of every release: forced under their policies, and owned by nobody who signs in."""
    for table, (walled, forced) in sorted(shape.tables.items()):
        if table not in OPEN_TABLES and not (walled and forced):
            word = "FORCE" if walled else "ENABLE"
            yield unsafe(
                SUBJECT,
                "wall-down",
                f"Row-level security on the table {table} is not {'forced' if walled else 'on'}.",
                f"As {OWNER}: ALTER TABLE {table} {word} ROW LEVEL SECURITY",
            )
    yield from _owners(shape)


def _tables(shape: Shape, wanted: Expected) -> Iterator[Finding]:
    strange = (set(shape.tables) - wanted.forced - set(OPEN_TABLES)) | shape.others
    if strange:
        yield unsafe(
            SUBJECT,
            "table-strange",
            f"No migration makes the table {listed(strange)}; somebody's copy may lie in it.",
            "Find out whose it is. Lykta's database is for nothing else.",
        )
    if gone := wanted.forced - set(shape.tables):
        yield unsafe(SUBJECT, "table-gone", f"The table {listed(gone)} is not there.", AGAIN)


def _owners(shape: Shape) -> Iterator[Finding]:
    foreign = {f"{name} ({owner})" for name, owner in shape.owners.items() if owner != OWNER}
    if foreign:
        yield unsafe(
            SUBJECT,
            "owner-strange",
            f"These are not owned by {OWNER}: {listed(foreign)}.",
            f"As superuser: ALTER TABLE … OWNER TO {OWNER}",
        )


def _policies(shape: Shape, wanted: Expected, *, told_alike: bool) -> Iterator[Finding]:
    def named(keys: Iterable[tuple[str, str]]) -> str:
        return listed(f"{name} on {table}" for table, name in keys)

    if missing := {key for key in wanted.policies if key not in shape.policies and key[0] in shape.tables}:
        yield unsafe(SUBJECT, "policy-missing", f"A policy is missing: {named(missing)}.", AGAIN)
    if added := set(shape.policies) - set(wanted.policies):
        yield unsafe(
            SUBJECT,
            "policy-added",
            f"No migration makes the policy {named(added)}; it opens a wall.",
            f"As {OWNER}: DROP POLICY … ON …. Then find out who made it.",
        )
    changed = set()
    for key in set(shape.policies) & set(wanted.policies):
        is_, meant = shape.policies[key], wanted.policies[key]
        other = told_alike and is_ not in (meant, wanted.restored.get(key))
        if (is_.command, is_.role) != (meant.command, meant.role) or other:
            changed.add(key)
    if changed:
        yield unsafe(SUBJECT, "policy-changed", f"A policy says other than our migrations: {named(changed)}.", AGAIN)


def _rights(rights: Rights, wanted: Expected) -> Iterator[Finding]:
    meant = {right for right in wanted.rights if right[1] != OWNER}
    for relation, role, privilege, column in sorted(rights.on_relations - meant):
        where = f"{relation}.{column}" if column else relation
        yield unsafe(
            SUBJECT,
            "right-too-many",
            f"{role} may {privilege} {where}, which no migration says.",
            f"As {OWNER}: REVOKE {privilege} {f'({column}) ' if column else ''}ON {relation} FROM {role}",
        )
    missing = {f"{role}: {p} on {relation}" for relation, role, p, _ in meant - rights.on_relations}
    if missing:
        yield unsafe(SUBJECT, "right-missing", f"A door lacks a right it needs ({listed(missing)}).", AGAIN)


def _functions(shape: Shape, rights: Rights, wanted: Expected) -> Iterator[Finding]:
    for name, meant in sorted(wanted.functions.items()):
        body, as_owner, fixed = shape.functions.get(name, ("", False, False))
        if body != meant.body or as_owner != meant.as_owner or (as_owner and not fixed):
            yield unsafe(
                SUBJECT, "function-changed", f"The function {name} is not as our migrations have written it.", AGAIN
            )
        callers = rights.on_functions.get(name, frozenset())
        if callers != (frozenset({"PUBLIC"}) if meant.callers is None else meant.callers):
            yield unsafe(SUBJECT, "function-callers", f"{listed(callers) or 'Nobody'} may call {name}.", AGAIN)
    strange = {n for n in shape.functions if n not in wanted.functions and not n.startswith(LIBRARY)}
    strange |= {name for name, (_, as_owner, _) in shape.functions.items() if as_owner and name not in wanted.functions}
    if strange:
        yield unsafe(
            SUBJECT,
            "function-strange",
            f"No migration makes the function {listed(strange)}.",
            f"As {OWNER}: DROP FUNCTION …. Then find out who made it.",
        )


def _views(shape: Shape, wanted: Expected, *, told_alike: bool) -> Iterator[Finding]:
    changed = set(shape.views) ^ set(wanted.views)
    if told_alike:
        ours = (wanted.views, wanted.restored_views)
        changed |= {name for name, told in shape.views.items() if told not in [one.get(name) for one in ours]}
    if changed:
        yield unsafe(SUBJECT, "view-changed", f"The view {listed(changed)} is not as our migrations made it.", AGAIN)


def _guards(shape: Shape, wanted: Expected) -> Iterator[Finding]:
    asleep = {f"{name} on {table}" for (table, name), awake in shape.triggers.items() if not awake}
    asleep |= {f"{name} on {table}" for table, name in wanted.triggers - set(shape.triggers) if table in shape.tables}
    if asleep:
        yield unsafe(
            SUBJECT,
            "trigger-asleep",
            f"A trigger that guards a table is off or gone: {listed(asleep)}.",
            f"As {OWNER}: ALTER TABLE … ENABLE TRIGGER ALL. Then run lykta verify-log.",
        )
    strange = {f"{name} on {table}" for table, name in set(shape.triggers) - wanted.triggers if LIBRARY not in table}
    if strange - asleep:
        yield unsafe(SUBJECT, "trigger-strange", f"No migration makes the trigger {listed(strange)}.", AGAIN)
    gone = {f"{name} on {table}" for table, name in wanted.constraints - shape.checks if table in shape.tables}
    if gone:
        yield warning(SUBJECT, "constraint-gone", f"What forbids wrong rows is gone: {listed(gone)}.", AGAIN)
