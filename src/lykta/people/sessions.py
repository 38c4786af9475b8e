"""Django's session, sealed: neither the database nor the cookie alone opens anything.

The cookie holds a random token. The row's name and the key of its content both follow from it, one-way. So a stolen
database has sealed rows and no keys, and a stolen cookie is worth nothing once the row is gone.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError

from lykta.core import clock
from lykta.core.doors import become
from lykta.people.models import Session
from lykta.sealing.errors import CannotOpen
from lykta.sealing.tokens import Held, held_by, new_token, seal_for, unseal_for

WHOLE_LIFE = timedelta(hours=9)


class SessionStore(SessionBase):
    """Reads and writes one sealed row. Must be used inside the staff door."""

    def _held(self, token: str) -> Held:
        held = held_by(token, "session")
        become(session=held.row)
        return held

    def _get_new_session_key(self) -> str:
        return new_token()

    def exists(self, session_key: str) -> bool:
        """Whether a row stands for this token."""
        return Session.objects.filter(row=self._held(session_key).row).exists()

    def load(self) -> dict[str, Any]:
        """The content, or nothing where the token fits no living row."""
        if not self.session_key:
            return {}
        held = self._held(self.session_key)
        row = Session.objects.filter(row=held.row, expires_at__gt=clock.now()).first()
        try:
            content: dict[str, Any] = json.loads(unseal_for("session", held, bytes(row.sealed))) if row else {}
        except CannotOpen:
            row = None
        if row is None:
            self._session_key = None
            return {}
        return content

    def _content(self, fresh: bool) -> dict[str, Any]:
        """What the session holds; a fresh one is not looked up first."""
        get = super().__getattribute__("_get_session")  # Django's own stores use it the same way
        content: dict[str, Any] = get(no_load=fresh)
        return content

    def create(self) -> None:
        """Begin a row under a fresh token."""
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Seal and write. Raises CreateError or UpdateError as Django's own stores do."""
        if self.session_key is None:
            return self.create()
        content = json.dumps(self._content(must_create)).encode()
        held = self._held(self.session_key)
        sealed = seal_for("session", held, content)
        if must_create:
            if Session.objects.filter(row=held.row).exists():
                raise CreateError
            Session.objects.create(
                row=held.row,
                centre_id=settings.LYKTA_CENTRE,
                sealed=sealed,
                expires_at=clock.now() + WHOLE_LIFE,
                **self._whose(must_create),
            )
        elif not Session.objects.filter(row=held.row).update(sealed=sealed, **self._whose(must_create)):
            raise UpdateError
        return None

    def _whose(self, fresh: bool) -> dict[str, Any]:
        """Whose browser it is, since which day, and what kind of device, as she finds it in her own list."""
        content = self._content(fresh)
        since = datetime.fromtimestamp(content["since"], clock.STOCKHOLM) if "since" in content else None
        return {
            "member_id": content.get("_auth_user_id"),
            "opened_on": since.date() if since else None,
            "device": bytes.fromhex(content["device"]) if content.get("device") else None,
        }

    def delete(self, session_key: str | None = None) -> None:
        """Destroy the row: from then on the cookie opens nothing."""
        token = session_key or self.session_key
        if token:
            Session.objects.filter(row=self._held(token).row).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Rows past their life. Run by the worker, within its door."""
        Session.objects.filter(expires_at__lte=clock.now()).delete()
