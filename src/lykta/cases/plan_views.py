"""The plan of a file: goals and tasks; and the page of all that is one's own."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.cases import plan_actions as actions
from lykta.cases import plan_forms as forms
from lykta.cases.entries import EntryRow, entry_of
from lykta.cases.errors import AlreadyWritten, CasesError, Moved, Unsound
from lykta.cases.models import File
from lykta.cases.pages import entered, is_anothers, once_of, to_file, uuid_of
from lykta.cases.plan import Plan, TaskRow, goal_row, my_tasks, plan, steps_of
from lykta.cases.plan_enums import Doer, Entered
from lykta.cases.queries import TeamRow, is_open, team_of
from lykta.cases.sheet_views import _readable
from lykta.cases.views import sentence
from lykta.core import clock
from lykta.people import drafts
from lykta.people.queries import names_of

WEEK = timedelta(days=7)


@door(Permission.FILE_READ)
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All of the actor's tasks, and where to ask again about safe contact."""
    on = clock.today()
    return render(request, "cases/tasks.html", {"here": "tasks", "tasks": my_tasks(actor, on=on), "on": on})


@door(Permission.FILE_READ)
def page(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """Goals and tasks of a file, and what is done with the tasks."""
    found = entered(request, actor, file)
    if isinstance(found, HttpResponse):
        return found
    team = team_of(actor, found)
    typed = request.POST if request.method == "POST" else drafts.take(request) or QueryDict()
    deed = typed.get("deed", "")
    task, move = _task_form(typed, deed, actor, team), forms.Owner(typed if deed == "move" else None, team=team)
    trouble = ""
    if request.method == "POST":
        try:
            toast = _do(actor, found, typed, task, move)
        except CasesError as why:
            trouble = sentence(why)
        else:
            if toast:
                request.session["toast"] = toast
                return HttpResponseRedirect(request.path, status=303)
    told = plan(actor, found)
    said = {
        "here": "files",
        "file": found,
        "plan": told,
        "deed": deed,
        "task_form": task,
        "tasks": _with_forms(told, team, move, typed.get("task", "")),
        "trouble": trouble,
        "once": typed.get("once") if deed == "task" else uuid4(),
        "is_open": is_open(found),
    }
    return render(request, "cases/plan.html", said)


def _task_form(typed: QueryDict, deed: str, actor: Actor, team: list[TeamRow]) -> forms.NewTask:
    her = next((t.member for t in team if t.member == actor.member or t.leads), None)
    hers = actor.member if any(t.member == actor.member for t in team) else her
    initial = {"due_on": clock.today() + WEEK, "owner": hers}
    return forms.NewTask(typed if deed == "task" else None, initial=initial, team=team)


def _with_forms(told: Plan, team: list[TeamRow], sent: forms.Owner, task: str) -> list[tuple[TaskRow, forms.Owner]]:
    """Each open task with its form; the one that was sent, with what is wrong with it."""
    return [
        (
            t,
            sent
            if sent.is_bound and str(t.id) == task
            else forms.Owner(initial={"owner": t.owner, "due_on": t.due_on}, team=team, auto_id=f"id_{t.id}_%s"),
        )
        for t in told.tasks
    ]


def _do(actor: Actor, file: File, typed: QueryDict, task: forms.NewTask, move: forms.Owner) -> str:
    """Do what was asked for; gives what to tell, "" where a form says what is missing."""
    deed, named = typed.get("deed", ""), uuid_of(typed.get("task", ""))
    form = task if deed == "task" else move
    try:
        match deed:
            case "task" if task.is_valid():
                once = uuid_of(typed.get("once", "")) or uuid4()
                actions.give_task(by=actor, file=file, task=once, **task.cleaned_data)
                return "Uppgiften står i planen."
            case "move" if named and move.is_valid():
                actions.move_task(by=actor, file=file, task=named, **move.cleaned_data)
                return "Uppgiften är ändrad."
            case "done" if named:
                actions.finish_task(by=actor, file=file, task=named)
                return "Uppgiften är klar."
            case "undone" if named:
                actions.reopen_task(by=actor, file=file, task=named)
                return "Uppgiften står bland dem som ska göras igen."
            case "task" | "move" if form.is_bound:
                return ""
    except AlreadyWritten:
        return "Det står redan så."
    except Unsound as why:
        if not form.is_bound:
            raise
        for name, fault in why.faults.items():
            form.add_error(name, forms.FAULTS["task" if name == "text" else name][fault])
        return ""
    raise Http404


@door(Permission.FILE_WRITE)
def goal(request: HttpRequest, actor: Actor, file: UUID, thing: UUID | None = None) -> HttpResponse:
    """Write a goal with its steps, or change one."""
    found = _readable(actor, file)
    if found is None or is_anothers(request):
        drafts.keep(request)
        return to_file(file)
    before = entry_of(actor, found, Entered.GOAL, thing) if thing else None
    if thing and before is None:
        raise Http404
    typed = request.POST if request.method == "POST" else drafts.take(request)
    form = forms.Goal(typed, initial=before.words if before else None)
    lines = _lines(typed, actor, found, before)
    seen = _seen(typed, before)
    trouble, theirs = "", None
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            _write(actor, found, once_of(request), thing, seen, form, lines)
        except AlreadyWritten:
            return _to_plan(file)
        except Unsound as why:
            _tell(why.faults, form, lines)
        except Moved:
            # What she typed stands in the form, the colleague's words above it; saved again it comes after those.
            theirs = goal_row(actor, before) if before else None
            seen = before.version if before else 0
            trouble = "En kollega har ändrat samma mål medan du skrev. Båda texterna står här."
        except CasesError as why:
            trouble = sentence(why)
            drafts.keep(request)
        else:
            request.session["toast"] = "Målet står i planen."
            return _to_plan(file)
    said = {"here": "files", "file": found, "form": form, "lines": lines, "before": before, "seen": seen}
    said |= {"trouble": trouble, "theirs": theirs, "once": uuid4() if theirs else once_of(request)}
    return render(request, "cases/goal.html", said)


def _seen(typed: Mapping[str, Any] | None, before: EntryRow | None) -> int:
    """The version that the page showed."""
    text = str(typed.get("seen", "")) if typed else ""
    if text.isascii() and text.isdigit() and len(text) < 9:
        return int(text)
    return before.version if before else 0


def _lines(typed: Any, actor: Actor, file: File, before: EntryRow | None) -> "BaseFormSet[forms.StepLine]":
    """The rows of steps. Who had a step before may keep it, though she has left the team."""
    known = steps_of(before) if before else []
    names = names_of(actor)
    people = {str(t.member): t.name for t in team_of(actor, file)}
    for step in known:
        if step.doer == Doer.MEMBER and step.member:
            people.setdefault(str(step.member), f"{names.get(step.member, '')} (inte med längre)")
    begun, team = forms.begun(known), {"team": list(people.items())}
    return forms.StepLines(typed, initial=begun, form_kwargs=team, prefix="steps")


def _write(
    actor: Actor,
    file: File,
    once: UUID,
    thing: UUID | None,
    seen: int,
    form: forms.Goal,
    lines: "BaseFormSet[forms.StepLine]",
) -> None:
    steps = forms.steps_of(lines)
    try:
        actions.write_goal(
            by=actor,
            file=file,
            goal=thing or once,
            entry=once,
            seen=seen if thing else 0,
            steps=[step for _, step in steps],
            **form.cleaned_data,
        )
    except Unsound as why:  # its steps are numbered without the empty rows between them
        numbers = {f"step_{at}": f"step_{number}" for at, (number, _) in enumerate(steps)}
        raise Unsound({numbers.get(name, name): fault for name, fault in why.faults.items()}) from why


def _tell(faults: dict[str, str], form: forms.Goal, lines: "BaseFormSet[forms.StepLine]") -> None:
    """Put each fault where it stands on the page."""
    for name, fault in faults.items():
        if name == "steps":
            form.add_error(None, forms.FAULTS["steps"][fault])
        elif name.startswith("step_"):
            field = next(f for f in ("what", "other", "who") if fault in forms.FAULTS[f])
            lines.forms[int(name.removeprefix("step_"))].add_error(field, forms.FAULTS[field][fault])
        else:
            form.add_error(name, forms.FAULTS[name][fault])


def _to_plan(file: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("file_plan", args=[file]), status=303)
