"""Invented personal files for the demo centre, opened and written by its invented members as they would at work."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.cases.actions import change_sheet, open_file, write
from lykta.cases.concern_actions import report as report_concern
from lykta.cases.concern_rules import report_of
from lykta.cases.decision_actions import Order, receive, take_step
from lykta.cases.decision_enums import Step as DecisionStep
from lykta.cases.demand_actions import receive_demand
from lykta.cases.demand_enums import Came
from lykta.cases.demand_rules import Asked
from lykta.cases.enums import Agency, Guard, Mode, OpenReason, SheetKind
from lykta.cases.family_actions import write_child, write_relation
from lykta.cases.family_forms import Child
from lykta.cases.glass_actions import ask_for_file
from lykta.cases.handover_actions import hand_over
from lykta.cases.handover_rules import Prompt
from lykta.cases.models import File
from lykta.cases.plan_actions import give_task, write_goal
from lykta.cases.plan_enums import Doer, GoalState
from lykta.cases.plan_rules import Step
from lykta.cases.queries import file_for
from lykta.contact.enums import State
from lykta.contact.models import Dialogue
from lykta.core import clock
from lykta.core.doors import door
from lykta.intake.actions import NewFile, Wished, judge, make_file
from lykta.intake.enums import Urgency, Wish
from lykta.intake.sources import dialogue_source
from lykta.people.models import Member
from lykta.people.queries import actor_of, names_of
from lykta.sealing.queries import password_key, staff_private

REPORT = {"source_protected": False, "protected": False, "view": ""}
FILES = Path(__file__).parents[1] / "cases" / "data" / "demo_files.yaml"


def furnish_files(passwords: Mapping[str, tuple[str, str]]) -> int:
    """Make every file told of in demo_files.yaml, through the staff door. Gives how many.

    passwords: given name in small letters -> address and password of the demo accounts.
    """
    told = yaml.safe_load(FILES.read_text(encoding="utf-8"))["files"]
    refs: dict[int, str] = {}
    for name in sorted({one["by"] for one in told}):
        address, password = passwords[name.lower()]
        actor = _actor(address, password)
        for one in (one for one in told if one["by"] == name):
            with door("staff", actor=actor.member):
                refs[id(one)] = _file(actor, one)
    for one in (one for one in told if "asked" in one):
        asked = one["asked"]
        actor = _actor(*passwords[asked["by"].lower()])
        why = {"reason": OpenReason(asked["reason"]), "words": asked["words"]}
        with door("staff", actor=actor.member):
            ask_for_file(by=actor, ask=uuid4(), typed=refs[id(one)], **why)
    return len(told)


def _actor(address: str, password: str) -> Actor:
    """A demo member with her keys open."""
    with door("staff", sign_in=address):
        member = Member.objects.get(email=address)
    with door("staff", actor=member.pk):
        key = password_key(member.pk, password)
        return actor_of(member, staff_private(member.pk, key).hex() if key else "")


def _file(by: Actor, told: dict[str, Any]) -> str:
    """One file with its sheets and notes; begun in one of her own dialogues where that is told. Gives its number."""
    new = NewFile(
        wall=Wall(told["wall"]),
        service=told["service"],
        mode=Mode(told.get("mode", Mode.FULL)),
        named=told.get("named", False),
        excluded=frozenset(),
        identity=told["identity"],
    )
    file = _begun(by, new, told) if "begun" in told else _opened(by, new, told)
    file_for(by, file.pk)
    if safe := told.get("safe"):
        words = safe | {"asked_on": clock.today().isoformat()}
        change_sheet(by=by, file=file, kind=SheetKind.SAFE_CONTACT, words=words, seen=0)
    for text in told.get("notes", ()):
        write(by=by, file=file, note=uuid4(), text=text, dissent="", guards=(), why="")
    for note in told.get("kept_notes", ()):
        guards = [Guard(guard) for guard in note["guards"]]
        write(by=by, file=file, note=uuid4(), text=note["text"], dissent="", guards=guards, why=note.get("why", ""))
    if concern := told.get("concern"):
        report_concern(by=by, file=file, concern=uuid4(), told=report_of(REPORT | concern))
    if asked := told.get("demand"):
        _demand(by, file, asked)
    _plan(by, file, told.get("plan", {}))
    _family(by, file, told.get("family", {}))
    if decided := told.get("decision"):
        _decision(by, file, decided)
    if handed := told.get("handover"):
        to = next(member for member, name in names_of(by).items() if name == handed["to"])
        answers = {prompt: handed.get(prompt.value, "") for prompt in Prompt}
        hand_over(by=by, file=file, letter=uuid4(), to=to, told=answers)
    return file.ref


def _demand(by: Actor, file: File, told: dict[str, Any]) -> None:
    """What an authority has asked for. Days are counted from today."""
    on = clock.today()
    asked = Asked(
        agency=Agency(told["agency"]),
        came=Came(told["came"]),
        came_on=on - timedelta(days=told["came_days"]),
        due_on=on + timedelta(days=told["due_days"]),
        **{name: told[name] for name in ("authority", "official", "reference", "what")},
    )
    receive_demand(by=by, file=file, demand=uuid4(), asked=asked)


def _decision(by: Actor, file: File, told: dict[str, Any]) -> None:
    """What a municipality has ordered, and that we have taken it on. Days are counted back from today."""
    on, decision = clock.today(), uuid4()
    order = Order(
        service=file.service,
        decided_on=on - timedelta(days=told["decided_days"]),
        received_on=on - timedelta(days=told["received_days"]),
        from_on=None,
        until_on=on + timedelta(days=told["decided_days"]),
        **{name: told[name] for name in ("municipality", "paragraph", "goal", "contact")},
    )
    receive(by=by, file=file, decision=decision, order=order)
    accepted = on - timedelta(days=told["accepted_days"])
    take_step(by=by, file=file, decision=decision, once=uuid4(), step=DecisionStep.ACCEPT, on=accepted, words="")


def _family(by: Actor, file: File, told: dict[str, Any]) -> None:
    """Children and relations, as the form would have sent them."""
    for given in told.get("children", ()):
        form = Child(given)
        assert form.is_valid(), form.errors
        write_child(by=by, file=file, child=uuid4(), entry=uuid4(), seen=0, words=form.cleaned_data)
    for given in told.get("relations", ()):
        words = {"more": "", "over": False} | given
        write_relation(by=by, file=file, relation=uuid4(), entry=uuid4(), seen=0, ref="", words=words)


def _plan(by: Actor, file: File, told: dict[str, Any]) -> None:
    """The goals with their steps, and the tasks. Days are counted from today."""
    on = clock.today()
    for goal in told.get("goals", ()):
        write_goal(
            by=by,
            file=file,
            goal=uuid4(),
            entry=uuid4(),
            seen=0,
            text=goal["text"],
            state=GoalState(goal.get("state", GoalState.OPEN)),
            reason=goal.get("reason", ""),
            steps=[_step(by, step, on) for step in goal.get("steps", ())],
        )
    for task in told.get("tasks", ()):
        due_on = on + timedelta(days=task["in_days"])
        give_task(by=by, file=file, task=uuid4(), text=task["text"], owner=by.member, due_on=due_on)


def _step(by: Actor, told: dict[str, Any], on: date) -> Step:
    doer = Doer(told["doer"])
    return Step(
        what=told["what"],
        doer=doer,
        member=by.member if doer == Doer.MEMBER else None,
        other=told.get("other", ""),
        by_on=on + timedelta(days=told["in_days"]) if "in_days" in told else None,
        done=told.get("done", False),
    )


def _opened(by: Actor, new: NewFile, told: dict[str, Any]) -> File:
    """A file opened by hand, with how much it hurries where that is told."""
    file = open_file(by=by, file=uuid4(), told=told.get("told", False), **vars(new))
    if hurry := told.get("triage"):
        file_for(by, file.pk)
        judge(by=by, file=file, triage=uuid4(), urgency=Urgency(hurry["urgency"]), why=hurry["why"])
    return file


def _begun(by: Actor, new: NewFile, told: dict[str, Any]) -> File:
    """A file that a dialogue of hers became, by its writer's wish."""
    begun, hurry, on = told["begun"], told["triage"], clock.today()
    hers = Dialogue.objects.filter(taken_by=by.member, state=State.ANSWERED).order_by("opened_on", "ref").first()
    assert hers is not None, "the demo's inbox has none that is hers"
    wished = Wished(
        wished=True,
        how=Wish(begun["how"]),
        on=on,
        said=begun["said"],
        opening=begun["opening"],
        urgency=Urgency(hurry["urgency"]),
        why=hurry["why"],
        told_on=on,
    )
    source = dialogue_source(by, hers.id, given="")
    return make_file(by=by, source=source, file=uuid4(), told=new, wished=wished, seen=())
