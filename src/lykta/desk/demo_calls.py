"""The demo centre's call log: invented calls, logged as the worker can, without opening anything."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import yaml
from django.conf import settings

from lykta.contact.call_actions import write_note, write_version
from lykta.contact.call_queries import Offer, offer
from lykta.contact.call_rules import Facts
from lykta.contact.call_screens import DEFAULTS
from lykta.contact.models import Call
from lykta.core import clock
from lykta.core.refs import new_ref

CALLS = Path(__file__).parents[1] / "contact" / "data" / "demo_calls.yaml"


def log_calls(members: Mapping[str, UUID]) -> None:
    """Log every invented call, within the worker's door. members: by given name."""
    can_be_chosen = offer(on=clock.today())
    for told in yaml.safe_load(CALLS.read_text(encoding="utf-8"))["calls"]:
        _call(dict(told), members, can_be_chosen)


def _call(told: dict[str, Any], members: Mapping[str, UUID], can_be_chosen: Offer) -> None:
    """One call, and its correction where there is one."""
    by, on = members[told.pop("by")], working_day(clock.today(), back=told.pop("days_ago"))
    note, corrected = told.pop("note", ""), told.pop("corrected", None)
    call = Call.objects.create(
        centre_id=settings.LYKTA_CENTRE, ref=new_ref("S"), on=on, by=by, number=2 if corrected else 1
    )
    noted = write_note(call, note, on=on) if note else None
    write_version(call, uuid4(), number=1, by=by, on=on, facts=_facts(told), offer=can_be_chosen, note=noted)
    if corrected:
        who, reason = members[corrected.pop("by")], corrected.pop("reason")
        facts = _facts(told | corrected)
        write_version(
            call, uuid4(), number=2, by=who, on=on, facts=facts, offer=can_be_chosen, note=noted, reason=reason
        )


def _facts(told: Mapping[str, Any]) -> Facts:
    """What was answered; the usual where nothing is told."""
    usual: dict[str, Any] = {group.value: code for group, code in DEFAULTS.items()}
    answers = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Facts(**(usual | answers))


def working_day(today: date, *, back: int) -> date:
    """The working day so many working days before today, or before the last working day where today is a weekend."""
    day = today
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    for _ in range(back):
        day -= timedelta(days=3 if day.weekday() == 0 else 1)
    return day
