"""Saving what is written: every save is a version, nothing is overwritten, and nothing is shown before publishing."""

from dataclasses import dataclass
from typing import Any

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.public.enums import Kind
from lykta.public.errors import NothingNew, NotShowable, TextMoved
from lykta.public.models import Text, Version
from lykta.public.queries import body_of_text, shelf, text_in
from lykta.public.showing import fault_of
from lykta.public.values import SOURCE


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What a member saves. ready: it may be published. seen: the newest version when she began, 0 for none.

    beside: the Swedish version she had beside her. form_only: of a Swedish text, what it means is the same as before.
    """

    body: dict[str, Any]
    ready: bool
    seen: int
    why: str = ""
    beside: int = 0
    form_only: bool = False


def save_text(*, by: Actor, kind: Kind, slug: str, language: str, saved: Saved) -> Text:
    """A new version. Of a Swedish text that is ready and means something else, every translation is outdated from the
    same transaction on; a translation that is ready agrees with the Swedish version it was written beside.

    Raises NoSuchText, TextMoved, NothingNew, NotShowable; then nothing is changed.
    """
    text = _held(by, kind, slug, language)
    if text.latest != saved.seen:
        raise TextMoved(text.latest)
    agrees = _agrees(text, saved)
    if _is_said(text, saved, agrees):
        raise NothingNew
    if saved.ready and (fault := fault_of(kind, slug, language, saved.body, on=clock.today())):
        raise NotShowable(fault)
    text.latest += 1
    if text.latest == 1:
        text.save(force_insert=True)
    Version.objects.create(
        centre_id=by.centre,
        text=text,
        number=text.latest,
        body=saved.body,
        by=by.member,
        at=clock.now(),
        why=saved.why,
        form_only=saved.form_only and language == SOURCE and text.latest > 1,
    )
    if saved.ready:
        text.ready = text.latest
        text.source, text.checked_on = (agrees, clock.today()) if agrees else (text.source, text.checked_on)
    text.save(update_fields=["latest", "ready", "source", "checked_on"])
    record(Act.TEXT_SAVED, object=text.pk, reason="ready" if saved.ready else "draft", count=text.latest)
    return text


def agree(*, by: Actor, kind: Kind, slug: str, language: str, beside: int) -> None:
    """A translation says what the Swedish version she had beside her says, though nothing in it was changed.

    Raises NoSuchText and NothingNew.
    """
    text = _held(by, kind, slug, language)
    source = text_in(kind, slug, SOURCE)
    if text.ready is None or source is None or not 0 < beside <= (source.ready or 0):
        raise NothingNew
    if text.source == beside and shelf().outdated(text) is None:
        raise NothingNew
    text.source, text.checked_on = beside, clock.today()
    text.save(update_fields=["source", "checked_on"])
    record(Act.TEXT_AGREED, object=text.pk, count=beside)


def take_down(*, by: Actor, kind: Kind, slug: str, language: str) -> None:
    """After the next publication the translation is not shown; its versions stay. Raises NoSuchText and NothingNew, the
    latter also for a Swedish text: others lead to it.
    """
    text = _held(by, kind, slug, language)
    if language == SOURCE or text.ready is None:
        raise NothingNew
    text.ready = None
    text.save(update_fields=["ready"])
    record(Act.TEXT_TAKEN_DOWN, object=text.pk, count=text.latest)


def note_reader(*, by: Actor, kind: Kind, slug: str, language: str, name: str, seen: int) -> None:
    """A native speaker has read the newest version, and it is ready: from the next publication on the page bears no
    mark that nobody has. It holds for that version alone. name: of the speaker, as she wants to be called.

    Raises NoSuchText, TextMoved where it is not the newest any more, and NothingNew.
    """
    text = _held(by, kind, slug, language)
    if text.latest != seen:
        raise TextMoved(text.latest)
    if text.ready is None or text.ready != text.latest or (text.read_version, text.read_by) == (text.ready, name):
        raise NothingNew
    text.read_version, text.read_by = text.ready, name
    text.read_on, text.read_noted_by = clock.today(), by.member
    text.save(update_fields=["read_version", "read_by", "read_on", "read_noted_by"])
    record(Act.TEXT_HEARD, object=text.pk, count=text.ready)


def _held(by: Actor, kind: Kind, slug: str, language: str) -> Text:
    """The text, nobody else's until the transaction ends; a fresh one where only the language is missing.

    Raises NoSuchText.
    """
    source = text_in(kind, slug, SOURCE, hold=True)  # first, so that two who begin the same translation wait in line
    text = source if language == SOURCE else text_in(kind, slug, language, hold=True)
    return text or Text(centre_id=by.centre, kind=kind, slug=slug, language=language)


def _agrees(text: Text, saved: Saved) -> int:
    """The Swedish version a translation agrees with once it is saved; 0 for a Swedish text."""
    source = text_in(Kind(text.kind), text.slug, SOURCE) if text.language != SOURCE else None
    if source is None:
        return 0
    return saved.beside if 0 < saved.beside <= source.latest else source.ready or 0


def _is_said(text: Text, saved: Saved, agrees: int) -> bool:
    """Whether the newest version says this already, and stands as it is to stand."""
    same = text.latest > 0 and body_of_text(text, text.latest) == saved.body
    stands = not saved.ready or (text.ready == text.latest and (not agrees or text.source == agrees))
    return same and stands
