"""What happens the moment a member has shown both factors, and when she leaves."""

from typing import Any

from allauth.mfa.signals import authentication_failed, authenticator_added
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.core.doors import become
from lykta.people.models import Member
from lykta.sealing.queries import staff_private


@receiver(user_logged_in)
def open_keys(request: HttpRequest, user: Member, **_: Any) -> None:
    """Open the member's private key into her sealed session; the key of the password is dropped."""
    become(actor=user.pk)
    session = request.session
    session.pop("sign_in", None)
    key = session.pop("password_key", "")
    if key:
        session["private"] = staff_private(user.pk, bytes.fromhex(key)).hex()
    session["since"] = session["seen"] = clock.now().timestamp()
    record(Act.SIGNED_IN, object=user.pk)


@receiver(user_logged_out)
def note_leaving(user: Member | None, **_: Any) -> None:
    """Write that the member signed out herself."""
    if user is not None:
        record(Act.SIGNED_OUT, object=user.pk)


@receiver(authentication_failed)
def note_wrong_factor(user: Member, **_: Any) -> None:
    """A second factor that did not fit is a refusal."""
    record(Act.SIGN_IN_REFUSED, object=user.pk, reason="second factor")


@receiver(authenticator_added)
def note_new_factor(user: Member, authenticator: Any, **_: Any) -> None:
    """A new passkey or code app."""
    record(Act.SECOND_FACTOR_ADDED, object=user.pk, reason=authenticator.type)
