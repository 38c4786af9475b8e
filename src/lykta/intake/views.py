"""From a dialogue's or a call's page to a file: what it can become, and the form for each.

The choice stands in the address, so that each form asks only for what it needs. Whoever may not read the contact, or
does not work behind a wall of files, meets the same page as where nothing is.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lykta.access.doors import door
from lykta.access.enums import Permission, Wall
from lykta.access.rules import Actor
from lykta.cases.enums import Mode
from lykta.cases.errors import CasesError, NotAble
from lykta.cases.errors import Unsound as UnsoundFile
from lykta.cases.forms import Identity
from lykta.cases.listing import FileRow
from lykta.cases.mode_rules import May
from lykta.cases.models import File
from lykta.cases.pages import uuid_of
from lykta.cases.queries import able, file_for, may_read_now
from lykta.cases.search import WALLS, Sought, find, sought
from lykta.cases.services import may_keep_on, services_on
from lykta.cases.views import NOT_ABLE, sentence
from lykta.contact.errors import AlreadySent
from lykta.core import clock
from lykta.core.doors import become
from lykta.intake import actions, forms
from lykta.intake.enums import Becomes, Kind, Urgency, Wish
from lykta.intake.errors import AlreadyDone, Meanwhile, NothingThere, NoWordsLeft, ReasonNeeded, Unsound
from lykta.intake.queries import files_of
from lykta.intake.rules import choices_for
from lykta.intake.sources import Piece, Source, call_source, dialogue_source, pieces
from lykta.people import drafts

MODES = {Becomes.FULL: Mode.FULL, Becomes.NO_IDENTITY: Mode.NO_IDENTITY}
MOST_SOUGHT = 120
CONCERN_FIRST = "Oro för ett barn skrivs i en akt. Blir det ingen akt anmäler du ändå i dag: ring socialtjänsten."


@door(Permission.FILE_WRITE)
def dialogue(request: HttpRequest, actor: Actor, dialogue: UUID, becomes: str = "") -> HttpResponse:
    """A dialogue: what it can become, or the form for what was chosen."""
    source = _dialogue(request, actor, dialogue)
    return source if isinstance(source, HttpResponse) else _page(request, actor, source, becomes)


def _dialogue(request: HttpRequest, actor: Actor, dialogue: UUID) -> Source | HttpResponse:
    """The dialogue, for who may read it; or the way to its own page, which says what is missing."""
    given = request.session.get("reasons", {}).get(str(dialogue), "")
    try:
        return dialogue_source(actor, dialogue, given=given)
    except NothingThere as nothing:
        raise Http404 from nothing
    except (NoWordsLeft, ReasonNeeded):  # its own page says which, and asks for what is missing
        return HttpResponseRedirect(reverse("dialogue", args=[dialogue]), status=303)


@door(Permission.FILE_WRITE)
def call(request: HttpRequest, actor: Actor, call: UUID, becomes: str = "") -> HttpResponse:
    """A logged call: the same."""
    try:
        source = call_source(actor, call)
    except NothingThere as nothing:
        raise Http404 from nothing
    return _page(request, actor, source, becomes)


@require_safe
@door(Permission.FILE_WRITE)
def concern(request: HttpRequest, actor: Actor, dialogue: UUID) -> HttpResponse:
    """To where a concern for a child is written: in the dialogue's file, or first to making one."""
    source = _dialogue(request, actor, dialogue)
    if isinstance(source, HttpResponse):
        return source
    if files := files_of(actor, source.id):
        return HttpResponseRedirect(reverse("file_concern", args=[files[0].pk]), status=303)
    request.session["toast"] = CONCERN_FIRST
    return HttpResponseRedirect(_address(source), status=303)


def _page(request: HttpRequest, actor: Actor, source: Source, becomes: str) -> HttpResponse:
    walls = [wall for wall in WALLS if wall in actor.walls]
    open_ways = choices_for(files=bool(walls))
    here = {"here": "inbox" if source.kind == Kind.DIALOGUE else "calls", "source": source, "walls": walls}
    here |= {"back": reverse(source.kind.value, args=[source.id]), "choose": _address(source)}
    if not becomes:
        ways = [(way, _address(source, way)) for way in open_ways]
        said = {"ways": ways, "files": files_of(actor, source.id), "keeping": _keeping(walls)}
        return render(request, "intake/choose.html", here | said)
    if becomes not in tuple(Becomes) or (chosen := Becomes(becomes)) not in open_ways:
        raise Http404
    if request.method == "POST" and not drafts.is_hers(request):
        request.session["toast"] = "Sidan hörde till någon annan. Ingenting har gjorts."
        return HttpResponseRedirect(request.path, status=303)
    if chosen == Becomes.ADVICE:
        return _advice(request, actor, source, here)
    try:
        return _form(request, actor, source, chosen, here)
    except NothingThere as nothing:
        raise Http404 from nothing


def _address(source: Source, becomes: Becomes | None = None) -> str:
    name = f"intake_{source.kind.value}"
    return reverse(f"{name}_as", args=[source.id, becomes.value]) if becomes else reverse(name, args=[source.id])


def _keeping(walls: Sequence[Wall]) -> list[tuple[str, str]]:
    """Each service with what its own page says of files without identity, where the board or the law has spoken."""
    said = {May.YES: "får föras utan identitet", May.NO: "får inte föras utan identitet"}
    on = clock.today()
    rows = [(name, may_keep_on(Mode.NO_IDENTITY, code, on=on)) for code, name in services_on(on)] if walls else []
    return [(name, said[may]) for name, may in rows if may in said]


def _advice(request: HttpRequest, actor: Actor, source: Source, here: dict[str, Any]) -> HttpResponse:
    """Only advice: counted, and nothing kept of the person. A call stands counted in its log already."""
    typed = request.POST if request.method == "POST" else drafts.take(request)
    form = forms.Advice(typed, walls=here["walls"])
    if request.method == "POST" and source.kind == Kind.DIALOGUE and form.is_valid():
        about = Wall(form.cleaned_data["about"]) if form.cleaned_data["about"] else None
        with suppress(AlreadySent):
            actions.count_advice(by=actor, source=source, about=about, once=request.POST.get("once", "")[:64])
        request.session["toast"] = "Rådet är räknat i dag. Ingenting om personen är skrivet."
        return HttpResponseRedirect(here["back"], status=303)
    return render(request, "intake/advice.html", here | {"form": form, "once": uuid4()})


@dataclass
class _Typed:
    """What a form of the page holds, each part for its own rules."""

    begin: forms.Begin
    fresh: forms.Fresh | None = None
    identity: Identity | None = None
    rows: list[FileRow] = field(default_factory=list)

    def is_sound(self) -> bool:
        """Whether every part can be taken; each is asked, so that all faults are told at once."""
        sound = [part.is_valid() for part in (self.begin, self.fresh, self.identity) if part is not None]
        return all(sound)


def _form(request: HttpRequest, actor: Actor, source: Source, chosen: Becomes, here: dict[str, Any]) -> HttpResponse:
    """The form for a new file or for joining one, and its deed."""
    typed = request.POST if request.method == "POST" else drafts.take(request)
    rows = _found(actor, typed) if chosen == Becomes.JOIN else []
    become(case=source.id)
    opened = pieces(actor, source)
    deed = typed.get("deed", "make") if typed is not None else ""
    present = files_of(actor, source.id)
    parts = _parts(actor, chosen, typed if deed == "make" else None, typed, opened, rows)
    trouble = ""
    if request.method == "POST" and deed == "make" and parts.is_sound():
        try:
            made = _do(actor, source, chosen, parts, request.POST)
        except AlreadyDone:
            return _done(_id(request.POST) if chosen != Becomes.JOIN else _id(request.POST, "file"))
        except Meanwhile as why:
            trouble = _sentence_meanwhile(why)
            present = files_of(actor, source.id)
        except Unsound as why:
            _tell(parts, why.faults)
        except CasesError as why:
            trouble = _tell_file(parts, why)
        else:
            request.session["toast"] = "Kontakten är en del av akten." if chosen == Becomes.JOIN else "Akten är öppen."
            return _done(made.id)
    said = {
        "becomes": chosen,
        "begin": parts.begin,
        "fresh": parts.fresh,
        "identity": parts.identity,
        "rows": _readable(actor, parts.rows),
        "sought": typed.get("sok", "")[:MOST_SOUGHT] if typed is not None else "",
        "searched": deed == "find" or bool(typed is not None and typed.get("sok", "").strip()),
        "chosen_file": typed.get("file", "") if typed is not None else "",
        "copied": parts.begin["copy"].value() or [],
        "pieces": opened,
        "present": present,
        "seen": ",".join(str(one.id) for one in present),
        "once": _id(typed) if typed is not None else uuid4(),
        "trouble": trouble,
    }
    return render(request, "intake/form.html", here | said)


def _done(file: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("file", args=[file]), status=303)


def _parts(
    actor: Actor,
    chosen: Becomes,
    bound: QueryDict | None,
    typed: QueryDict | None,
    opened: list[Piece],
    rows: list[FileRow],
) -> _Typed:
    """The forms, bound where something is to be done; begun with what was typed where the page only shows more."""
    today: dict[str, Any] = {"on": clock.today()}
    begun = today | (
        {name: typed.getlist(name) if name == "copy" else typed.get(name) for name in typed} if typed else {}
    )
    begin = forms.Begin(bound, pieces=opened, initial=begun)
    if chosen == Becomes.JOIN:
        return _Typed(begin, rows=rows)
    walls = [wall for wall in WALLS if wall in actor.walls]
    if bound is not None and bound.get("wall") and bound["wall"] not in walls:
        raise NothingThere  # no page of hers has such a wall
    members = sorted({m for wall in walls for m in able(actor, wall)}, key=lambda m: m.name)
    on = clock.today()
    mode = MODES[chosen]
    services = [row for row in services_on(on) if may_keep_on(mode, row[0], on=on) != May.NO]
    fresh = forms.Fresh(bound, walls=walls, services=services, members=members)
    return _Typed(begin, fresh, Identity(bound, mode=mode))


def _found(actor: Actor, typed: QueryDict | None) -> list[FileRow]:
    """Files that fit what was sought, inside the actor's walls; each search stands in the log."""
    what = sought(typed.get("sok", "")[:MOST_SOUGHT], on=clock.today()) if typed is not None else Sought()
    return find(actor, what) if what != Sought() else []


def _readable(actor: Actor, rows: list[FileRow]) -> list[tuple[FileRow, bool]]:
    """Each file with whether the actor is in it now; else she must open it first, on its own page."""
    return [(row, row.state == "open" and may_read_now(actor, file_for(actor, row.id))) for row in rows]


def _do(actor: Actor, source: Source, chosen: Becomes, parts: _Typed, typed: QueryDict) -> File:
    values = parts.begin.cleaned_data
    wished = actions.Wished(
        how=Wish(values["how"]),
        urgency=Urgency(values["urgency"]),
        copy=frozenset(values["copy"]),
        **{name: values[name] for name in ("wished", "on", "told_on", "said", "opening", "why")},
    )
    seen = [found for text in typed.get("seen", "").split(",") if (found := uuid_of(text))]
    if chosen == Becomes.JOIN:
        file = uuid_of(typed.get("file", ""))
        if file is None:
            raise Unsound({"file": "none"})
        return actions.join_file(by=actor, source=source, file=file, link=_id(typed), wished=wished, seen=seen)
    assert parts.fresh is not None
    assert parts.identity is not None
    told = parts.fresh.cleaned_data
    new = actions.NewFile(
        wall=Wall(told["wall"]),
        service=told["service"],
        mode=MODES[chosen],
        named=told["named"],
        excluded=frozenset(told["excluded"]),
        identity=parts.identity.cleaned_data,
    )
    return actions.make_file(by=actor, source=source, file=_id(typed), told=new, wished=wished, seen=seen)


def _tell(parts: _Typed, faults: dict[str, str]) -> None:
    for name, fault in faults.items():
        if name == "file":
            parts.begin.add_error(None, "Sök och välj en akt." if fault == "none" else forms.FAULTS[fault])
        else:
            parts.begin.add_error(name, forms.FAULTS[fault])


def _tell_file(parts: _Typed, why: CasesError) -> str:
    """Faults of the file itself: beside its field where there is one, else as a sentence."""
    match why:
        case UnsoundFile(faults={"text": _}):
            parts.begin.add_error("copy", forms.FAULTS["text"])
        case UnsoundFile(faults={"mode": _}) if parts.fresh is not None:
            parts.fresh.add_error("service", forms.FAULTS["service"])
        case NotAble(code="self"):
            return "Du kan inte stänga ute dig själv. Be en kollega göra akten."
        case NotAble(code=code):
            return NOT_ABLE[code]
        case _:
            return sentence(why)
    return ""


def _sentence_meanwhile(why: Meanwhile) -> str:
    return "En kollega har gjort en akt av samma kontakt medan du skrev. Se den först. Vill du ändå, spara igen."


def _id(typed: QueryDict, name: str = "once") -> UUID:
    """The form's own id, so that the same form sent twice is one thing."""
    return uuid_of(typed.get(name, "")) or uuid4()
