"""What the database must look like by our own migrations: policies, rights, functions, views, triggers, constraints.

Read from the migrations themselves, so that it can't drift from them. It understands the SQL they are written in; a
test compares what it makes of them with a database made by them, and fails for SQL it does not understand.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

from lykta.config.doctor.statements import our_statements

type Right = tuple[str, str, str, str]
"""Relation, role, privilege, column; the column is "" where the whole row is meant."""

PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Policy:
    """One policy. using, check: its conditions, as written or as the database says them; "" where there is none."""

    command: str
    role: str
    using: str
    check: str


@dataclass(frozen=True)
class Function:
    """One function: its body to the letter, whether it runs as its owner, and who may call it.

    callers: besides the owner; None where everybody may.
    """

    body: str
    as_owner: bool
    callers: frozenset[str] | None = None


@dataclass
class Expected:
    """What all migrations leave behind. Names of tables come first in each key."""

    forced: set[str] = field(default_factory=set)
    policies: dict[tuple[str, str], Policy] = field(default_factory=dict)
    rights: set[Right] = field(default_factory=set)
    functions: dict[str, Function] = field(default_factory=dict)
    views: dict[str, str] = field(default_factory=dict)  # what follows the name in CREATE VIEW
    triggers: set[tuple[str, str]] = field(default_factory=set)
    constraints: set[tuple[str, str]] = field(default_factory=set)
    restored: dict[tuple[str, str], Policy] = field(default_factory=dict)  # how they are told after a restore
    restored_views: dict[str, str] = field(default_factory=dict)


@cache
def expected() -> Expected:
    """The sum of all our migrations. The same object each time: change nothing in it."""
    found = Expected()
    for statement in our_statements():
        for pattern, read in READERS:
            if told := pattern.match(statement):
                read(found, told)
                break
    return found


def _force(found: Expected, told: re.Match[str]) -> None:
    found.forced.add(told[1])


def _drop_table(found: Expected, told: re.Match[str]) -> None:
    table = told[1]
    found.forced.discard(table)
    found.policies = {key: policy for key, policy in found.policies.items() if key[0] != table}
    found.rights = {right for right in found.rights if right[0] != table}
    found.triggers = {one for one in found.triggers if one[0] != table}
    found.constraints = {one for one in found.constraints if one[0] != table}


def _policy(found: Expected, told: re.Match[str]) -> None:
    name, table, command, role, using, check = told.groups()
    found.policies[table, name] = Policy(command, role, using or "", check or "")


def _drop_policy(found: Expected, told: re.Match[str]) -> None:
    found.policies.pop((told[2], told[1]), None)


def _grant(found: Expected, told: re.Match[str]) -> None:
    privileges, relations, roles = told.groups()
    for relation in _names(relations):
        for role in _names(roles):
            found.rights |= {(relation, role, privilege, column) for privilege, column in _privileges(privileges)}


def _revoke(found: Expected, told: re.Match[str]) -> None:
    privileges, relations, roles = told.groups()
    named, from_roles = set(_names(relations)), set(_names(roles))
    taken = None if privileges.startswith("ALL") else _privileges(privileges)
    found.rights = {
        right
        for right in found.rights
        if not (right[0] in named and right[1] in from_roles and (taken is None or _takes(taken, right)))
    }


def _takes(taken: set[tuple[str, str]], right: Right) -> bool:
    """A right taken on the whole row is taken on each column too."""
    return right[2:] in taken or (right[2], "") in taken


def _privileges(text: str) -> set[tuple[str, str]]:
    """`SELECT (a, "b"), INSERT` as pairs of privilege and column."""
    pairs = set()
    for privilege, columns in re.findall(r"(\w+)\s*(?:\(([^)]*)\))?", text):
        pairs |= {(privilege, column) for column in _names(columns)} if columns else {(privilege, "")}
    return pairs


def _function(found: Expected, told: re.Match[str]) -> None:
    name, head, _, body, tail = told.groups()
    before = found.functions.get(name)
    as_owner = "SECURITY DEFINER" in head + tail
    # CREATE OR REPLACE leaves the rights of the one it replaces.
    found.functions[name] = Function(body, as_owner, before.callers if before else None)


def _drop_function(found: Expected, told: re.Match[str]) -> None:
    found.functions.pop(told[1], None)


def _callers(found: Expected, told: re.Match[str]) -> None:
    """GRANT EXECUTE or REVOKE ALL ON FUNCTION, with or without the kinds of arguments."""
    given, functions, roles = told[0].startswith("GRANT"), re.sub(r"\([^)]*\)", "", told[1]), set(_names(told[2]))
    for name in _names(functions):
        function = found.functions[name]
        before = function.callers or frozenset()
        found.functions[name] = replace(function, callers=before | roles if given else before - roles)


def _view(found: Expected, told: re.Match[str]) -> None:
    found.views[told[1]] = told[2]


def _drop_view(found: Expected, told: re.Match[str]) -> None:
    found.views.pop(told[1], None)


def _trigger(found: Expected, told: re.Match[str]) -> None:
    found.triggers.add((told[2], told[1]))


def _drop_trigger(found: Expected, told: re.Match[str]) -> None:
    found.triggers.discard((told[2], told[1]))


def _alter(found: Expected, told: re.Match[str]) -> None:
    for deed, name in re.findall(r"\b(ADD|DROP) CONSTRAINT (?:IF EXISTS )?(\w+)", told[2]):
        (found.constraints.add if deed == "ADD" else found.constraints.discard)((told[1], name))


def _names(text: str) -> list[str]:
    return [name for name in re.split(r"[\s,\"]+", text) if name]


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text.replace(" ", r"\s+"), re.DOTALL)


RELATIONS = r"(?:TABLE )?(?!FUNCTION|ALL |SCHEMA|SEQUENCE|DATABASE)([\w\s,\"]+?)"
READERS: tuple[tuple[re.Pattern[str], Callable[[Expected, re.Match[str]], None]], ...] = (
    (_pattern(r"ALTER TABLE (\w+) FORCE ROW LEVEL SECURITY$"), _force),
    (_pattern(r"DROP TABLE (\w+)$"), _drop_table),
    (
        _pattern(r"CREATE POLICY (\w+) ON (\w+) FOR (\w+) TO (\w+)(?: USING \((.*?)\))?(?: WITH CHECK \((.*)\))?$"),
        _policy,
    ),
    (_pattern(r"DROP POLICY (?:IF EXISTS )?(\w+) ON (\w+)$"), _drop_policy),
    (_pattern(r"GRANT EXECUTE ON FUNCTION (.+?) TO ([\w\s,]+)$"), _callers),
    (_pattern(r"REVOKE ALL ON FUNCTION (.+?) FROM ([\w\s,]+)$"), _callers),
    (_pattern(rf"GRANT (.+?) ON {RELATIONS} TO ([\w\s,]+)$"), _grant),
    (_pattern(rf"REVOKE (.+?) ON {RELATIONS} FROM ([\w\s,]+)$"), _revoke),
    (_pattern(r"CREATE (?:OR REPLACE )?FUNCTION (\w+)(.*?)\$(\w*)\$(.*)\$\3\$(.*)$"), _function),
    (_pattern(r"DROP FUNCTION (?:IF EXISTS )?(\w+)"), _drop_function),
    (_pattern(r"CREATE (?:OR REPLACE )?VIEW (\w+)\b(.*)$"), _view),
    (_pattern(r"DROP VIEW (?:IF EXISTS )?(\w+)"), _drop_view),
    (_pattern(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+) .*? ON (\w+)\b"), _trigger),
    (_pattern(r"DROP TRIGGER (?:IF EXISTS )?(\w+) ON (\w+)"), _drop_trigger),
    (_pattern(r"ALTER TABLE (?:ONLY )?(\w+)\b(.*)$"), _alter),
)
"""How our migrations write, the most particular first; a statement none of them knows changes nothing we compare."""
