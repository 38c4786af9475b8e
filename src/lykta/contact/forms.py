"""What comes in a visitor's form, read with patience: nothing that is sent can make it fail."""

import re
import secrets
from dataclasses import dataclass, field

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from lykta.contact.errors import EmptyMessage, TooLong
from lykta.contact.rules import MOST_SIGNS, sound_message
from lykta.contact.visitor_actions import Words
from lykta.core.bodies import drain
from lykta.core.languages import languages
from lykta.core.words import words
from lykta.sealing.codes import DIGITS, CodeFault, digits_of, fault_of

_ONCE = re.compile(r"[0-9a-f]{32}")
MOST_CODE_SIGNS = 200
MOST_DRAFT_SIGNS = 1_200_000
LOOKS = ("secrecy", "safety", "privacy")
"""Pages the writing page leads to; with a form, so that what was typed is not lost on the way."""
TONGUES = {f"in-{row.code}": row.code for row in languages()}
"""The writing page in another language, likewise."""
CODE_FAULTS = {CodeFault.EMPTY: "code_empty", CodeFault.CHECK: "code_check"}


def new_once() -> str:
    """A random token for a form: the same form sent twice does one deed."""
    return secrets.token_hex(16)


@dataclass(frozen=True)
class Fault:
    """Key of a text under `errors`, and the numbers in it."""

    error: str
    values: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """A form as it came. A field that is missing is empty; too_big: more than we take in, and nothing of it is here."""

    deed: str = ""
    once: str = field(default_factory=new_once)
    text: str = field(default="", repr=False)
    municipality: str = field(default="", repr=False)
    hurt: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    ticket: str = ""
    too_big: bool = False

    @property
    def look(self) -> str:
        """The page she wants to see before she sends, or "": one of LOOKS, or of TONGUES."""
        page = self.deed.removeprefix("look-")
        return page if page != self.deed and page in (*LOOKS, *TONGUES) else ""

    @property
    def tongue(self) -> str:
        """The language she wants to go on in, or ""."""
        return TONGUES.get(self.look, "")

    def draft(self) -> dict[str, str]:
        """What she typed, to be shown again. Nothing typed gives nothing."""
        fields = {"text": self.text, "municipality": self.municipality, "hurt": self.hurt}
        return {name: value for name, value in fields.items() if value}

    def digits(self) -> str:
        """The digits of what was typed as a code."""
        return digits_of(self.code)

    def words(self, lang: str) -> Words:
        """The message, sound to be sent. Raises EmptyMessage, TooLong."""
        text = sound_message(self.text)
        return Words(text, lang, *("" if answer == "none" else answer for answer in (self.municipality, self.hurt)))


def read(request: HttpRequest) -> Sent:
    """Whatever was posted. Text that is no UTF-8 is read as well as it can be; an odd body is an empty form."""
    try:
        posted = request.POST
    except RequestDataTooBig:
        drain(request)
        return Sent(too_big=True)
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return Sent()
    if len(posted.get("text", "")) > MOST_DRAFT_SIGNS:
        return Sent(too_big=True)
    once = posted.get("once", "")
    return Sent(
        deed=posted.get("deed", ""),
        once=once if _ONCE.fullmatch(once) else new_once(),
        text=posted.get("text", ""),
        municipality=posted.get("municipality", "")[:20],
        hurt=posted.get("hurt", "")[:20],
        code=posted.get("code", "")[:MOST_CODE_SIGNS],
        ticket=posted.get("ticket", "")[:200],
    )


def message_fault(sent: Sent, lang: str) -> Fault | None:
    """What must be put right before a message can be sent."""
    try:
        sound_message(sent.text)
    except EmptyMessage:
        return Fault("empty")
    except TooLong as why:
        return Fault("too_long", {"count": int(str(why)), "max": MOST_SIGNS})
    options = words(lang)["contact"]["safe"]
    if sent.municipality not in ("", *options["municipality"]["options"]):
        return Fault("choice")
    return None if sent.hurt in ("", *options["hurt"]["options"]) else Fault("choice")


def code_fault(sent: Sent) -> Fault | None:
    """Why what was typed can't be a code."""
    if any(sign.isalpha() for sign in sent.code):
        return Fault("code_letters")
    digits = sent.digits()
    fault = fault_of(digits)
    if fault is None:
        return None
    return Fault(CODE_FAULTS.get(fault, "code_count"), {"count": len(digits), "max": DIGITS})
