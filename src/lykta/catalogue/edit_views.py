"""Changing the catalogue: one form for each kind of row, always into the draft."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.catalogue import draft_actions, labels, queries
from lykta.catalogue.enums import Fact
from lykta.catalogue.errors import NoSuchRow, RowMoved
from lykta.catalogue.faults import spoken
from lykta.catalogue.forms import PART_FORMS, ROW_FORMS, RowForm
from lykta.catalogue.forms.base import Around, DayField
from lykta.catalogue.layout import EntryRow, dated
from lykta.catalogue.reading import CatalogueError
from lykta.catalogue.showing import title_of
from lykta.catalogue.told import told
from lykta.core import clock
from lykta.people import drafts
from lykta.people.queries import names_of

HOME = "/personal/tjanster/"
NEW = {"grans": "limits", "regel": "rules", "dokumentation": "modes", "telefon": "phones", "ort": "localities"}
"""Kinds of row that can be added, by the word in the address."""
WITHIN = ("grans", "regel", "dokumentation")
PARTS = {"grund": "services", "texter": "services", "ord": "services", "avstand": "localities"}
TITLES = {"grund": "Grunden", "texter": "Det sidan säger", "ord": "Gemensamma ord", "avstand": "Avståndsregeln"}
ELSEWHERE = {
    "phones": f"{HOME}telefoner/",
    "municipalities": f"{HOME}platser/",
    "localities": f"{HOME}platser/",
    "house_limits": f"{HOME}gemensamt/",
}
SAVED, NOTHING, GONE = "Sparat i utkastet.", "Ingenting var ändrat.", "Borttaget i utkastet."
NOT_HERS = "Sidan hörde till någon annan. Ingenting har gjorts."


class When(forms.Form):
    """Whether a change holds for all the row's days, or from one of them."""

    when = forms.ChoiceField(choices=[("whole", "hela"), ("from", "från")], required=False)
    new_from = DayField()

    def day(self) -> date | None:
        """The day a new row is to begin; None where the row itself is put right. Errors stand by `new_from`."""
        if not self.is_valid() or self.cleaned_data["when"] != "from":
            return None
        day: date | None = self.cleaned_data["new_from"]
        if day is None:
            self.add_error("new_from", "Välj vilken dag det nya börjar gälla.")
        return day


@door(Permission.CATALOGUE_EDIT)
def row(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """One row that is edited whole: put it right, let something new hold from a day, or take it away."""
    rows = queries.editing_rows()
    found = next((one for one in rows if one.line == line), None)
    if found is None and request.method == "POST":
        found = queries.row_that_was(actor, line)  # so that what was typed about it can be given back
    if found is None or found.kind not in ROW_FORMS:
        raise Http404
    back = f"{HOME}{found.parent}/" if found.parent else ELSEWHERE[found.kind]
    page = Page(request, actor, rows, found, ROW_FORMS[found.kind], back, title_of(found))
    if request.method != "POST":
        return page.show()
    if request.POST.get("deed") == "remove":
        return page.do(lambda: draft_actions.remove_row(by=actor, line=line, seen=page.seen), done=GONE)
    return page.save()


@door(Permission.CATALOGUE_EDIT)
def part(request: HttpRequest, actor: Actor, part: str, code: str = "") -> HttpResponse:
    """A part of a service, or of what stands once in a file."""
    rows = queries.editing_rows()
    if (PARTS[part] == "services" and part != "ord") != bool(code):
        raise Http404
    kind, ref = ("services", code) if code else ("head", PARTS[part])
    found = next((one for one in rows if (one.kind, one.ref) == (kind, ref)), None)
    if found is None:
        raise Http404
    back = f"{HOME}{code}/" if code else f"{HOME}{'platser' if part == 'avstand' else 'gemensamt'}/"
    page = Page(request, actor, rows, found, PART_FORMS[part], back, TITLES[part])
    return page.save() if request.method == "POST" else page.show()


@door(Permission.CATALOGUE_EDIT)
def new_row(request: HttpRequest, actor: Actor, word: str, code: str = "") -> HttpResponse:
    """A row that was not there: a limit, a rule, documentation, a number or a place."""
    rows = queries.editing_rows()
    if (word in WITHIN) != bool(code) or (code and not any((r.kind, r.ref) == ("services", code) for r in rows)):
        raise Http404
    kind = NEW[word]
    body = _new_rule(rows, code, request.GET.get("om", "")) if kind == "rules" else {}
    back = f"{HOME}{code}/" if code else ELSEWHERE[kind]
    empty = EntryRow(kind, "", code, 0, None, None, body, uuid4())
    page = Page(request, actor, rows, empty, ROW_FORMS[kind], back, TITLE_NEW[word], is_new=True)
    return page.add() if request.method == "POST" else page.show()


TITLE_NEW = {
    "grans": "Ny gräns",
    "regel": "Ny regel",
    "dokumentation": "Dokumentation",
    "telefon": "Nytt nummer",
    "ort": "Ny ort",
}


def _new_rule(rows: queries.Rows, code: str, about: str) -> dict[str, Any]:
    """What a new rule is called and asks about. Raises Http404 for what no new rule asks."""
    if about not in tuple(Fact) or about == Fact.WHO:
        raise Http404
    taken = {one.ref for one in rows if one.kind == "rules" and one.parent == code}
    names = (f"{code}.{about}{number}" for number in ("", *range(2, 99)))
    return {"id": next(name for name in names if name not in taken), "about": about}


class Page:
    """One editing page: its form, what was typed, and what stood in the way."""

    def __init__(
        self,
        request: HttpRequest,
        actor: Actor,
        rows: queries.Rows,
        found: EntryRow,
        form: type[RowForm],
        back: str,
        title: str,
        is_new: bool = False,
    ) -> None:
        self.request, self.actor, self.rows, self.row, self.back, self.title = request, actor, rows, found, back, title
        self.is_new, self.kind = is_new, form
        code = found.parent or (found.ref if found.kind == "services" else "")
        self.code = code
        self.around = Around(queries.catalogue_from(rows), code, dated(found.body))
        kept = drafts.take(request)
        self.typed = request.POST if request.method == "POST" else kept
        self.kept = kept is not None
        self.form = self._form(found)
        self.when = When(self.typed)
        self.seen = self.typed_seen()
        self.moved: EntryRow | None = None
        self.trouble = ""

    def _form(self, row: EntryRow) -> RowForm:
        return self.kind(self.typed, initial=self.kind.typed(dated(row.body)), around=self.around)

    # --- deeds ---
    def save(self) -> HttpResponse:
        """Into the draft, whole or from a day."""
        if not self.form.is_valid():
            return self.show()
        says, line, keys = self.form.says(), self.row.line, self.kind.keys
        if self.kind.dated and self.request.POST.get("when") == "from":
            on = self.when.day()
            if on is None:
                return self.show()
            says.pop("valid_from", None)
            new = _uuid(self.request.POST.get("line", ""))
            return self.do(
                lambda: draft_actions.change_from(
                    by=self.actor, line=line, seen=self.seen, says=says, new_line=new, on=on
                )
            )
        if not self.form.has_changed():
            return self._done(NOTHING)
        return self.do(lambda: draft_actions.change_row(by=self.actor, line=line, seen=self.seen, says=says, keys=keys))

    def add(self) -> HttpResponse:
        """A new row into the draft."""
        if not self.form.is_valid():
            return self.show()
        says, line = self.form.says(), _uuid(self.request.POST.get("line", ""))
        return self.do(
            lambda: draft_actions.add_row(
                by=self.actor, kind=self.row.kind, parent=self.row.parent, says=says, line=line
            )
        )

    def do(self, deed: Callable[[], None], *, done: str = SAVED) -> HttpResponse:
        """Do it and lead on; what could not be done is told beside its field, with what was typed."""
        if self.request.POST.get("by", str(self.actor.member)) != str(self.actor.member):
            return self._done(NOT_HERS)
        try:
            deed()
        except RowMoved as moved:
            self.moved = moved.now
        except NoSuchRow:
            self.trouble = "En kollega har tagit bort raden medan du skrev. Det du skrev står kvar här."
        except CatalogueError as error:
            self._tell(error)
        else:
            return self._done(done)
        return self.show()

    def _tell(self, error: CatalogueError) -> None:
        field, sentence = spoken(error, kind=self.row.kind, named=_named(self.rows))
        if field == "valid_from" and self.request.POST.get("when") == "from":
            self.when.is_valid()
            self.when.add_error("new_from", sentence)
        elif field in self.form.fields and self.request.POST.get("deed") != "remove":
            self.form.add_error(field, sentence)
        else:
            self.trouble = sentence

    def _done(self, said: str) -> HttpResponse:
        self.request.session["toast"] = said
        return HttpResponseRedirect(self.back, status=303)

    # --- the page ---
    def show(self) -> HttpResponse:
        """The form, as it stands or as it was typed."""
        row = self.moved or self.row
        says = {
            "here": "house",
            "title": self.title,
            "service": self._service(),
            "code": self.code,
            "back": self.back,
            "form": self.form,
            "template": self.kind.template,
            "dated": self.kind.dated and not self.is_new and not getattr(self.form, "is_about_who", False),
            "can_go": not self.is_new and self._can_go(),
            "is_new": self.is_new,
            "when": self.when,
            "seen": draft_actions.digest(row.body, self.kind.keys) if self._is_fresh() else self.typed_seen(),
            "line": self.typed.get("line") if self.typed and self.typed.get("line") else uuid4(),
            "limits": [labels.limit(name) for name in self._limit_names()],
            "nameable": self._nameable(),
            "trouble": self.trouble,
            "kept": self.kept,
            "clash": self._clash() if self.moved else None,
            "wrong": [f for f in self.form if f.errors] if self.form.is_bound and not self.kept else [],
        }
        return render(self.request, "catalogue/edit.html", says)

    def _is_fresh(self) -> bool:
        """Whether the page has now shown what the row says: at first, and after a clash was told."""
        return self.typed is None or self.moved is not None

    def typed_seen(self) -> str:
        """The mark of what the row said when the form was begun."""
        return str(self.typed.get("seen", "")) if self.typed else ""

    def _service(self) -> str:
        found = next((r for r in self.rows if (r.kind, r.ref) == ("services", self.code)), None)
        return str(found.body["names"]["sv"]) if found else ""

    def _can_go(self) -> bool:
        about_who = self.row.kind == "rules" and self.row.body["about"] == Fact.WHO
        return self.row.kind in ("rules", "limits", "modes", "phones", "localities") and not about_who

    def _nameable(self) -> list[tuple[str, str]]:
        """What texts here can name so that they follow it, with what it is today; empty for a form without texts."""
        if not any(name.endswith("_sv") for name in self.form.fields) or not self.code:
            return []
        found = told(self.around.catalogue, ("sv",), clock.today())
        own = [(f"{{{name}}}", said["sv"]) for name, said in found.items() if _code_of(name) == self.code]
        numbers = self.around.catalogue.phones if self.kind.may_link else ()
        return own + [(f"{{phone:{one.id}}}", f"{one.number}, {one.names['sv']}") for one in numbers if one.show]

    def _limit_names(self) -> tuple[str, ...]:
        return tuple(labels.LIMITS) if self.row.kind == "limits" else self.around.limits

    def _clash(self) -> dict[str, Any]:
        """Who was first, and each field in which the two differ."""
        assert self.moved is not None
        theirs = self.kind.typed(dated(self.moved.body))
        last = queries.last_change(self.actor, self.moved.line)
        who = names_of(self.actor).get(last.by, "En kollega") if last else "En kollega"
        fields = [
            {"label": field.label, "theirs": _said(field, theirs.get(field.name)), "yours": _said(field, field.value())}
            for field in self.form
            if not isinstance(field.field.widget, forms.HiddenInput)
        ]
        return {"who": who, "at": last.at if last else None, "fields": [f for f in fields if f["theirs"] != f["yours"]]}


def _code_of(name: str) -> str:
    """The service a value belongs to: of `limit:ENSK.min_age`, ENSK."""
    return name.partition(":")[2].partition(".")[0]


def _said(field: forms.BoundField, value: Any) -> str:
    """A value as it reads: choices by their words."""
    choices: Mapping[str, str] = dict(getattr(field.field, "choices", ()))
    if isinstance(field.field, forms.BooleanField):
        return "ja" if value in (True, "on") else "nej"
    if isinstance(value, list | tuple):
        return ", ".join(str(choices.get(str(one), one)) for one in value)
    text = "" if value is None else str(value).replace("\r\n", "\n")
    return str(choices.get(text, text))


def _named(rows: queries.Rows) -> dict[str, str]:
    """What rules and services are called within a sentence, by id and code."""
    named = queries.names_in(rows)
    return named | {one.ref: f"regeln {title_of(one).lower()}" for one in rows if one.kind == "rules"}


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()
