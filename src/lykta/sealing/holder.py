"""A member whose keys are open for this session."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Holder:
    """The member's private key, in memory only while a request of hers is served."""

    member: UUID
    private: bytes = field(repr=False)
