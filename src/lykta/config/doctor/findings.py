"""A finding: one thing that is wrong, in words for the person who looks after the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad it is; also the exit status of `lykta doctor`."""

    FINE = 0
    WARNING = 1  # should be mended soon; the house may be lit
    UNSAFE = 2  # somebody could be hurt or something lost; the house is not lit where it can be told before


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. name: short and stable, for programs. said, do: whole sentences."""

    subject: str
    name: str
    severity: Severity
    said: str
    do: str


def warning(subject: str, name: str, said: str, do: str) -> Finding:
    """Something to mend soon."""
    return Finding(subject, name, Severity.WARNING, said, do)


def unsafe(subject: str, name: str, said: str, do: str) -> Finding:
    """Something with which nobody should be served."""
    return Finding(subject, name, Severity.UNSAFE, said, do)


def worst(findings: Iterable[Finding]) -> Severity:
    """The severity of all of them together."""
    return max((finding.severity for finding in findings), default=Severity.FINE)


def listed(names: Iterable[str], most: int = 5) -> str:
    """Names with commas between; where there are many, the first ones and how many more."""
    ordered = sorted(names)
    more = f" and {len(ordered) - most} more" if len(ordered) > most else ""
    return ", ".join(ordered[:most]) + more
