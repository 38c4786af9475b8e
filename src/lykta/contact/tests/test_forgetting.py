"""What has lived its days is gone: keys first, then rows; and nothing goes a day too soon."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from lykta.contact import actions, queries
from lykta.contact.enums import CloseReason
from lykta.contact.forgetting import forget
from lykta.contact.models import Dialogue, ReplyCopy
from lykta.contact.visits import find_or_begin
from lykta.core import clock
from lykta.core.doors import WORKER, door


def forget_after(days: int) -> dict[str, int]:
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False), door("worker", actor=WORKER):
        return forget(on=clock.today(), dialogue_days=90, reply_days=90)


@pytest.mark.parametrize(("days", "gone"), [(0, 0), (90, 0), (91, 1)])
def test_a_dialogue_is_forgotten_the_day_after_its_days(house, days, gone):
    house.dialogue()
    assert forget_after(days)["dialogues"] == gone
    with house.as_superuser() as boss:
        for table in ("contact_dialogue", "contact_message"):
            assert boss.execute(f"SELECT count(*) FROM {table}").fetchone() == (1 - gone,)
        assert boss.execute("SELECT count(*) FROM sealing_wrap").fetchone() == (2 - 2 * gone,)


def answered_and_closed(house):
    maja = house.actor(house.member("Maja"))
    visitor, code = house.dialogue()
    with door("staff", actor=maja.member):
        dialogue = queries.dialogue_for(maja, visitor.case)
        actions.answer(by=maja, dialogue=dialogue, text="Svar", signed="Maja")
        actions.close(by=maja, dialogue=dialogue, reason=CloseReason.COMPLETED)
    return visitor, code


def test_closing_forgets_the_words_at_once_but_keeps_the_reply_she_has_not_read(house):
    answered_and_closed(house)
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM sealing_wrap").fetchone() == (0,)
        assert boss.execute("SELECT count(*) FROM contact_message").fetchone() == (0,)
        assert boss.execute("SELECT count(*) FROM contact_replycopy").fetchone() == (1,)


@pytest.mark.parametrize(("days", "replies"), [(1, 1), (90, 1), (91, 0)])
def test_a_closed_dialogue_stays_while_its_reply_waits_and_no_longer(house, days, replies):
    visitor, _ = answered_and_closed(house)
    forget_after(days)
    with door("public", visitor=visitor.lookup, case=str(visitor.case)):
        assert ReplyCopy.objects.filter(dialogue_id=visitor.case).count() == replies
        assert Dialogue.objects.filter(id=visitor.case).exists() == bool(replies)


@pytest.mark.parametrize(("days", "left"), [(0, 1), (1, 0)])
def test_a_visit_is_gone_when_its_day_is_past(house, days, left):
    with door("public"):
        find_or_begin(uuid4().hex).save()
    forget_after(days)
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM contact_visit").fetchone() == (left,)
