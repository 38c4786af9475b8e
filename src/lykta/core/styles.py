"""The style sheets, joined and made small once, each with the hash that the policy allows."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

SHEETS = Path(__file__).with_name("static") / "lykta"
PUBLIC = ("tokens", "components")
STAFF = ("tokens", "components", "staff", "calls", "catalogue")


@dataclass(frozen=True)
class Sheet:
    """css: ready to stand inside one <style>. source: its hash as a source of Content-Security-Policy."""

    css: SafeString
    source: str


def smaller(css: str) -> str:
    """The same rules without comments and needless blanks. Strings in our sheets hold no such blanks."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r"([a-z-]): ", r"\1:", css)
    return css.replace(";}", "}").strip()


@cache
def sheet(*parts: str, extra: str = "") -> Sheet:
    """Join the named files of `static/lykta`, then extra rules that only one page needs."""
    text = "".join((SHEETS / f"{part}.css").read_text(encoding="utf-8") for part in parts)
    css = smaller(text + extra)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return Sheet(css=mark_safe(css), source=f"'sha256-{digest}'")
