"""Letters by SMTP: constant, neutral text to a fixed address. Nothing about a person ever leaves this way."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from lykta.core import clock

PATIENCE_SECONDS = 20


class MailError(Exception):
    """Parent of what can go wrong on the way. Texts hold no address."""


class NoAnswer(MailError):
    """The server can't be reached, or the line broke."""


class Refused(MailError):
    """The server answered and would not: sign-in, sender or receiver."""


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in. secure: TLS from the first byte; else STARTTLS, except on this machine."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    secure: bool = False

    @property
    def here(self) -> bool:
        """Whether it is on this machine, where the line can't be listened to."""
        return self.host in ("127.0.0.1", "::1", "localhost")


def send(server: MailServer, *, sender: str, to: str, subject: str, text: str) -> None:
    """Hand in one letter. text: ASCII or Swedish, lines as they are. Raises NoAnswer, Refused.

    Call it outside any transaction: it may take PATIENCE_SECONDS.
    """
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"
    # Not quoted-printable, which would break long lines in the saved letter.
    letter.set_content(text, cte="7bit" if text.isascii() else "8bit")
    try:
        with _line_to(server) as line:
            _hand_in(line, server, letter)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as why:
        raise Refused from why
    except (OSError, smtplib.SMTPException) as why:
        raise NoAnswer from why


def _line_to(server: MailServer) -> smtplib.SMTP:
    if server.secure:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)


def _hand_in(line: smtplib.SMTP, server: MailServer, letter: EmailMessage) -> None:
    if not server.secure and not server.here:
        line.starttls(context=ssl.create_default_context())
    if server.user:
        line.login(server.user, server.password)
    line.send_message(letter)
