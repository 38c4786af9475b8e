"""What happens the moment a member has shown both factors, and when she leaves."""

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.core.doors import become
from lykta.people import again, drafts
from lykta.people.browsers import sealed_device
from lykta.people.models import Member
from lykta.people.strong import note_shown
from lykta.sealing.actions import give_missing_spares
from lykta.sealing.holder import Holder
from lykta.sealing.queries import staff_private


@receiver(user_logged_in)
def open_keys(request: HttpRequest, user: Member, **_: Any) -> None:
    """Open the member's private key into her sealed session; the key of the password is dropped."""
    become(actor=user.pk)
    session = request.session
    drafts.settle(request, user.pk)
    session.pop("sign_in", None)
    key = session.pop("password_key", "")
    if key:
        private = staff_private(user.pk, bytes.fromhex(key))
        session["private"] = private.hex()
        give_missing_spares(holder=Holder(user.pk, private))
        session["device"] = sealed_device(request, user.pk, private).hex()
    session["since"] = session["seen"] = clock.now().timestamp()
    record(Act.SIGNED_IN, object=user.pk)
    if again.open_for(user.pk):  # who can sign in as always has lost nothing
        again.stop(by=user.pk, member=user.pk)
        session["stopped"] = True


@receiver(user_logged_out)
def note_leaving(user: Member | None, **_: Any) -> None:
    """Write that the member signed out herself."""
    if user is not None:
        record(Act.SIGNED_OUT, object=user.pk)


@receiver(authentication_failed)
def note_wrong_factor(user: Member, **_: Any) -> None:
    """A second factor that did not fit is a refusal."""
    record(Act.SIGN_IN_REFUSED, object=user.pk, reason="second factor")


@receiver(authentication_step_completed)
def note_second_factor(request: HttpRequest, method: str, user: Member, **_: Any) -> None:
    """A passkey or a code was shown. Bound to the member, so that it is worth nothing for anybody else."""
    if method == "mfa":
        request.session["two_factors"] = str(user.pk)
        note_shown(request)


@receiver(post_save, sender=Authenticator)
def note_new_factor(instance: Authenticator, created: bool, **_: Any) -> None:
    """A new passkey or code app. The very first also counts as shown: she has just used it, after her password.

    The row's own signal and not allauth's, which for code apps comes after the transaction, outside the door.
    """
    if not created:
        return
    record(Act.SECOND_FACTOR_ADDED, object=instance.user_id, reason=instance.type)
    request = context.request
    if request is not None and not Authenticator.objects.filter(user_id=instance.user_id).exclude(pk=instance.pk):
        request.session["two_factors"] = str(instance.user_id)
        note_shown(request)


@receiver(authenticator_removed)
def note_removed_factor(user: Member, authenticator: Authenticator, **_: Any) -> None:
    """A passkey taken away."""
    record(Act.SECOND_FACTOR_REMOVED, object=user.pk, reason=authenticator.type)
