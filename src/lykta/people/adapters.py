"""Where allauth meets the house: who may sign in, how keys open, how second factors are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import RateLimitUsage, consume, get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.core.doors import become
from lykta.people.models import Member
from lykta.sealing.queries import password_key
from lykta.sealing.words import Place, seal, unseal

_HOUSE = settings.LYKTA_CENTRE


TOO_MANY = "Det blev många försök. Vänta några minuter och försök igen."

# How many wrong passwords are taken. A network is held back after ten in a minute, and for one account after five in
# five minutes. The account itself is held only after many more, so that nobody shuts a member out from one or a few
# networks, and nobody can guess for long from many.
WRONG = {"from here": "10/m/ip,5/5m/key", "for the account": "100/15m/key"}


def _note_refusal(address: str, reason: str) -> None:
    """Write whose sign-in was refused, so that she can be told; asked the same way where no such member is."""
    known = Member.objects.filter(email=address, centre_id=_HOUSE).values_list("pk", flat=True).first()
    record(Act.SIGN_IN_REFUSED, object=known, reason=reason)


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up; and while the password is at hand, the key that follows from it is kept for the second step."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Adressen eller lösenordet stämmer inte. Försök igen.",
        "incorrect_password": "Lösenordet stämmer inte. Försök igen.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Members are let in by the centre, never by themselves."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check the password as the one member whose address was given; no other row can be seen meanwhile.

        What follows from the password is put in the session, which is sealed under the browser's own key, until the
        second factor has been given.
        """
        if request.user.is_authenticated:
            return super().authenticate(request, **credentials)
        address = str(credentials.get("email", "")).strip().lower()
        become(sign_in=address)
        try:
            member = super().authenticate(request, **credentials)
        except ValidationError:  # allauth's limit of tries
            _note_refusal(address, "too many tries")
            raise
        # Who has left the centre gets the same answer as a wrong password.
        if not isinstance(member, Member) or not member.may_sign_in(clock.today()):
            _note_refusal(address, "password")
            return None
        become(actor=member.pk)
        key = password_key(member.pk, credentials["password"])
        become(actor=None)
        request.session["sign_in"] = address
        request.session["password_key"] = key.hex() if key else ""
        return member

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at. Raises ValidationError where there have been too many."""
        account = str(credentials.get("email", "")).strip().lower()
        taken = []
        for action, key in (("from here", f"{get_ip(request)} {account}"), ("for the account", account)):
            usage = consume(request, app="lykta.people", action=action, config=WRONG, key=key)
            if not usage:
                raise self.validation_error("too_many_login_attempts")
            taken += usage.usage
        self._login_failed_rl_usage = RateLimitUsage(taken)  # taken back by allauth where the password is right

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Who has a second factor is asked for it again, her passkey first; the password alone is enough only for who
        has none yet.
        """
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        stronger = [m for m in methods if m["id"] != "reauthenticate"]
        return sorted(stronger, key=lambda m: m["id"] != "mfa_reauthenticate:webauthn") or methods

    def is_safe_url(self, url: str | None) -> bool:
        """After signing in one is led to a page of the staff's, never elsewhere."""
        return bool(url) and str(url).startswith("/personal/") and bool(super().is_safe_url(url))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Django's messages may live in cookies; our pages say what happened themselves."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The morning page."""
        return "/personal/"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Mail about accounts goes out by the room that sends neutral mail, when it is built; never from here."""


class MfaAdapter(DefaultMFAAdapter):
    """Second factors are sealed under a key outside the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden stämmer inte. Ta den som står i appen just nu, eller vänta på nästa."
    }
    _place = Place("mfa_authenticator", _HOUSE, "secret", _HOUSE)

    def encrypt(self, text: str) -> str:
        """Seal a one-time-code secret."""
        return seal(settings.LYKTA_TOTP_KEY, self._place, text.encode()).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return unseal(settings.LYKTA_TOTP_KEY, self._place, bytes.fromhex(encrypted_text)).decode()

    def get_totp_issuer(self) -> str:
        """What stands in the authenticator app: neutral."""
        return "Lykta"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host the passkey belongs to, under the neutral name."""
        return super().get_public_key_credential_rp_entity() | {"name": "Lykta"}
