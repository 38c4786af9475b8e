"""What a member does to her own account."""

from django.db import transaction

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.people.errors import WeakPassword, WrongPassword
from lykta.people.models import Member
from lykta.people.passwords import password_fault
from lykta.sealing.actions import reseal_pair


@transaction.atomic
def change_password(*, by: Actor, member: Member, present: str, password: str) -> None:
    """Put a new password in place of the present one; her keys are sealed under it, and nobody notices but she.

    Raises WrongPassword, WeakPassword ("used" where it is the same).
    """
    if not member.check_password(present):
        raise WrongPassword
    if code := password_fault(password, about=(member.name, member.email)):
        raise WeakPassword(code)
    if present == password:
        raise WeakPassword("used")
    if by.holder is not None:
        reseal_pair(holder=by.holder, password=password)
    member.set_password(password)
    member.save(update_fields=["password"])
    record(Act.PASSWORD_CHANGED, object=by.member)
