"""What can be chosen in the call log: dated data, read strictly from a file the head of a centre can read.

The file is this room's `data/calls.yaml`; what a code meant on a day can always be said again, since rows only end.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from lykta.catalogue.reading import Row, label, read_file
from lykta.catalogue.rules import Period
from lykta.contact.call_enums import Group
from lykta.contact.call_rules import missing_codes

REPOSITORY = Path(__file__).parent / "data" / "calls.yaml"
FROM_CATALOGUE = Group.MUNICIPALITY
_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,19}")


@dataclass(frozen=True)
class Choice:
    """One row: what a code says on some days. phone: the catalogue's id of a number to have at hand, or ""."""

    code: str
    say: str
    period: Period
    phone: str = ""


type Choices = Mapping[Group, tuple[Choice, ...]]


@cache
def read_choices(path: Path = REPOSITORY) -> Choices:
    """Every choice of every question but the municipality. Raises CatalogueError with file and row."""
    file = read_file(path)
    groups = Row(file.file, "groups", file.take("groups"))
    found = {group: _group(groups, group) for group in Group if group is not FROM_CATALOGUE}
    groups.done()
    file.done()
    return found


def _group(groups: Row, group: Group) -> tuple[Choice, ...]:
    rows = groups.rows(group.value, label("code", group.value))
    choices = tuple(_choice(row, group) for row in rows)
    for at, choice in enumerate(choices):
        if any(choice.code == other.code and choice.period.meet(other.period) for other in choices[:at]):
            raise groups.fault(f"{group.value}: two rows of {choice.code} hold on the same day")
    lacking = missing_codes(group, {choice.code for choice in choices})
    if lacking:
        raise groups.fault(f"{group.value}: the rules need {', '.join(sorted(lacking))}")
    return choices


def _choice(row: Row, group: Group) -> Choice:
    code = row.text("code")
    if not _CODE.fullmatch(code):
        raise row.fault("code should be at most twenty small letters a-z, figures and _")
    if group is Group.MINUTES and not code.isdigit():
        raise row.fault("minutes should have a whole number as code")
    choice = Choice(code, row.text("say"), row.period(), row.text("phone") if row.has("phone") else "")
    row.done()
    return choice


def offered(choices: Choices, group: Group, *, on: date) -> tuple[Choice, ...]:
    """What can be chosen on a day, in the order of the file."""
    return tuple(choice for choice in choices[group] if choice.period.holds(on))


def words_of(choices: Choices, group: Group, code: str, *, on: date) -> str:
    """What a code said on a day; where no row holds then, what it says in its last row; the code where it has none."""
    said = [choice for choice in choices[group] if choice.code == code]
    held = [choice.say for choice in said if choice.period.holds(on)]
    return (held or [choice.say for choice in said[-1:]] or [code])[0]
