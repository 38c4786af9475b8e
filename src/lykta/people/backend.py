"""Who is let in with a right password, and who stays in at each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from lykta.core import clock
from lykta.people.models import Member


class Members(AuthenticationBackend):
    """As allauth's; who is shut out, or whose last day has passed, is out at once, also with an open session."""

    def user_can_authenticate(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        """Whether the door opens for her today."""
        return isinstance(user, Member) and user.may_sign_in(clock.today())
