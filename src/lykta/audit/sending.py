"""The ways an anchor leaves the house: laid in a folder of another machine, and by mail. Each may fail."""

import os
from datetime import date
from pathlib import Path

from django.conf import settings

from lykta.audit.enums import Trouble, Way
from lykta.core import mail

SUBJECT = "Loggens ankare"
LETTER = """Det här är dagens ankare för loggen. Spara brevet.

Raderna nedan säger hur många händelser loggen har och vad den sista har för
kontrollsumma. De säger ingenting om någon människa. Med dem kan centrumet,
eller du, se om loggen har ändrats i efterhand:

    lykta verify-log --anchor BREVET

Du behöver inte svara.

"""


class NotSent(Exception):
    """The anchor did not arrive this way."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def ways() -> list[Way]:
    """The ways that this installation has."""
    chosen = {Way.FOLDER: settings.LYKTA_ANCHOR_DIR, Way.MAIL: settings.LYKTA_ANCHOR_MAIL}
    return [way for way, there in chosen.items() if there]


def send(way: Way, lines: str, *, on: date) -> None:
    """Send a day's lines one way. Slow; call it outside any transaction. Raises NotSent."""
    if way == Way.FOLDER:
        lay(Path(settings.LYKTA_ANCHOR_DIR or ""), lines, on=on)
    elif settings.LYKTA_MAIL_SERVER:
        _mail(settings.LYKTA_MAIL_SERVER, lines)


def file_name(on: date) -> str:
    """What the file of a day is called, in the folder and when somebody takes it herself."""
    return f"lykta-ankare-{on.isoformat()}.txt"


def lay(folder: Path, lines: str, *, on: date) -> None:
    """Add the lines to the file of the day. Raises NotSent.

    The folder is never made here: a place that is not mounted would become a folder on our own disk.
    """
    if not folder.is_dir():
        raise NotSent(Trouble.FOLDER_AWAY)
    try:
        file = os.open(folder / file_name(on), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(file, lines.encode())
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as why:
        raise NotSent(Trouble.NOT_WRITTEN) from why


def _mail(server: mail.MailServer, lines: str) -> None:
    try:
        mail.send(
            server,
            sender=settings.LYKTA_MAIL_FROM,
            to=settings.LYKTA_ANCHOR_MAIL,
            subject=SUBJECT,
            text=LETTER + lines,
        )
    except mail.Refused as why:
        raise NotSent(Trouble.REFUSED) from why
    except mail.MailError as why:
        raise NotSent(Trouble.NO_ANSWER) from why
