"""One turn of the dialogue: what a form does to her dialogue and to her visit. The next page shows what came of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lykta.contact import visitor_actions as actions
from lykta.contact import visits
from lykta.contact.errors import AlreadySent, Closed, Muted, NothingThere, RefTaken
from lykta.contact.forms import Sent, code_fault, message_fault
from lykta.contact.keys import CodeKeys, FreshCode, code_keys, codes_in, fresh_code, once_id, once_token
from lykta.contact.visits import Progress, Sitting, Visitor
from lykta.core.doors import door

TRIES = 3


@dataclass(frozen=True)
class Turn:
    """A form, the language of its page, and the slow keys made before any transaction.

    fresh: a code to give away. shown: keys of the code she typed. lookups: of every code that stands in her text.
    """

    sent: Sent
    lang: str
    fresh: FreshCode | None = field(default=None, repr=False)
    shown: CodeKeys | None = field(default=None, repr=False)
    lookups: frozenset[str] = frozenset()


def take(sent: Sent, lang: str, *, token: str) -> str:
    """Do what the form asks. token: of her cookie, or "". Gives the token her browser must hold from now on.

    Always answers, whatever was sent. Raises only what the database and the sealing raise when they fail.
    """
    turn = _prepared(sent, lang)
    for left in reversed(range(TRIES)):
        try:
            with _sitting(token, sent.once) as (sitting, now):
                _play(sitting, turn)
            return now
        except AlreadySent:
            return _twice(token, sent.once)
        except RefTaken:
            if not left:
                raise
    raise AssertionError("unreachable")


def _prepared(sent: Sent, lang: str) -> Turn:
    """Slow hashes, in the same number for every code that could be one."""
    if sent.deed == "renew" or (sent.deed in ("write", "send") and message_fault(sent, lang) is None):
        return Turn(sent, lang, fresh=fresh_code())
    if sent.deed == "open" and code_fault(sent) is None:
        return Turn(sent, lang, shown=code_keys(sent.digits()))
    if sent.deed == "more" and message_fault(sent, lang) is None:
        return Turn(sent, lang, lookups=frozenset(code_keys(code).lookup.hex() for code in codes_in(sent.text)))
    return Turn(sent, lang)


@contextmanager
def _sitting(token: str, once: str) -> Iterator[tuple[Sitting, str]]:
    """The public door, with her living visit, else the one that this very form began or begins; and its token."""
    shown = token or once_token(once)
    browser = visits.held(shown)
    with door("public", visit=browser.row):
        sitting = visits.find(browser)
        if sitting is None and token:
            shown = once_token(once)
            sitting = visits.find_or_begin(shown)
        yield sitting or Sitting(browser, Progress()), shown


def _twice(token: str, once: str) -> str:
    """The second of two equal forms: the visit the first one left is hers; where it is over, say that all is well."""
    with _sitting(token, once) as (sitting, now):
        if not sitting.stored:
            sitting.progress.error = "twice"
            sitting.save()
    return now


def _play(sitting: Sitting, turn: Turn) -> None:
    """The deed, and what can be said against it. The visit is saved exactly once, whatever happens."""
    progress = sitting.progress
    progress.error, progress.error_values = "", {}
    if turn.sent.look:
        progress.draft = turn.sent.draft()
    elif turn.sent.deed not in (*ANYBODYS, *HERS) and turn.sent.text:
        progress.fault("stale", draft=turn.sent.draft())  # an old page, or a broken one: nothing typed is lost
    elif _too_big(progress, turn) or _anybodys(sitting, turn) or _hers(sitting, turn):
        return
    sitting.save()


# Each of these gives whether the visit has been saved already.


def _too_big(progress: Progress, turn: Turn) -> bool:
    progress.error = "too_big" if turn.sent.too_big else ""
    return False


def _anybodys(sitting: Sitting, turn: Turn) -> bool:
    deed = ANYBODYS.get(turn.sent.deed)
    if deed is None:
        return False
    sitting.progress.notice = ""
    return deed(sitting, turn)


def _hers(sitting: Sitting, turn: Turn) -> bool:
    """Her deeds need her to be let in; a visit that is over keeps what she typed and asks for the code."""
    deed, visitor = HERS.get(turn.sent.deed), sitting.progress.visitor()
    if deed is None:
        return False
    if visitor:
        sitting.progress.notice = ""
        return deed(sitting, visitor, turn)
    if sitting.progress.notice != "erased" or turn.sent.text:  # "erase" sent twice is no fault
        sitting.progress.fault("timeout", draft=turn.sent.draft())
    return False


def _write(sitting: Sitting, turn: Turn) -> bool:
    sent, progress = turn.sent, sitting.progress
    case = once_id(sent.once, "dialogue")
    if progress.case == str(case):
        return False  # this very form, again: nothing is lost and nothing doubled
    if progress.case:
        progress.fault("stale", draft=sent.draft())
    elif fault := message_fault(sent, turn.lang):
        progress.asks = ""
        progress.fault(fault.error, draft=sent.draft(), **fault.values)
    elif sent.hurt == "yes" and sent.deed == "write":
        progress.asks, progress.draft = "call_first", sent.draft()
    elif turn.fresh:
        actions.begin(sitting=sitting, words=sent.words(turn.lang), case=case, code=turn.fresh)
        return True
    return False


def _change(sitting: Sitting, turn: Turn) -> bool:
    sitting.progress.asks, sitting.progress.draft = "", turn.sent.draft()
    return False


def _more(sitting: Sitting, by: Visitor, turn: Turn) -> bool:
    sent, progress = turn.sent, sitting.progress
    if fault := message_fault(sent, turn.lang):
        progress.fault(fault.error, draft=sent.draft(), **fault.values)
    elif progress.lookup in turn.lookups:
        progress.fault("code_in_text", draft=sent.draft())
    else:
        message = once_id(sent.once, "message")
        try:
            actions.write_more(sitting=sitting, by=by, words=sent.words(turn.lang), message=message)
        except (Closed, Muted, NothingThere):
            progress.draft = sent.draft()  # the page says what has become of the dialogue
            return False
        return True
    return False


def _open(sitting: Sitting, turn: Turn) -> bool:
    sent, progress = turn.sent, sitting.progress
    if turn.shown is None:
        fault = code_fault(sent)
        assert fault is not None
        progress.fault(fault.error, draft=progress.draft | {"code": sent.code}, **fault.values)
        return False
    actions.come_back(sitting=sitting, keys=turn.shown)
    return True


def _remove(sitting: Sitting, by: Visitor, turn: Turn) -> bool:
    actions.remove_replies(sitting=sitting, by=by)
    return True


def _erase_ask(sitting: Sitting, by: Visitor, turn: Turn) -> bool:
    sitting.progress.asks = "erase"
    return False


def _keep(sitting: Sitting, by: Visitor, turn: Turn) -> bool:
    sitting.progress.asks = ""
    return False


def _erase(sitting: Sitting, by: Visitor, turn: Turn) -> bool:
    actions.erase(sitting=sitting, by=by)
    return True


def _renew(sitting: Sitting, by: Visitor, turn: Turn) -> bool:
    assert turn.fresh is not None
    try:
        actions.renew_code(sitting=sitting, by=by, code=turn.fresh)
    except NothingThere:
        return False
    return True


def _written(sitting: Sitting, by: Visitor, turn: Turn) -> bool:
    sitting.progress.new_code, sitting.progress.code_was_shown = "", True
    sitting.progress.code_was_written = True
    return False


def _anew(sitting: Sitting, turn: Turn) -> bool:
    sitting.progress = Progress(draft=sitting.progress.draft)
    return False


def _clear(sitting: Sitting, turn: Turn) -> bool:
    sitting.progress.draft = {}
    return False


ANYBODYS: dict[str, Callable[[Sitting, Turn], bool]] = {
    "write": _write,
    "send": _write,
    "change": _change,
    "open": _open,
    "anew": _anew,
    "clear": _clear,
}
HERS: dict[str, Callable[[Sitting, Visitor, Turn], bool]] = {
    "more": _more,
    "remove": _remove,
    "erase_ask": _erase_ask,
    "keep": _keep,
    "erase": _erase,
    "renew": _renew,
    "written": _written,
}
"""Deeds that only somebody who has been let in can do."""
