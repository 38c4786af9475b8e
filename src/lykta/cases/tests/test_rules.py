"""Who may read, how somebody may be reached, what a name is searched by: tables with both sides of every edge."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from lykta.cases.enums import Answer, Channel, Guard, OpenReason
from lykta.cases.rules import (
    MOST_SIGNS,
    Opening,
    SafeContact,
    contact_refused,
    fault_of_text,
    guard_fault,
    is_stale,
    marks_of,
    may_read,
    name_tokens,
    opening_reason,
    same_address,
)

MAJA, TOMAS = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def opened(minutes_ago: float, member: UUID = MAJA) -> list[Opening]:
    return [Opening(member, AT - timedelta(minutes=minutes_ago))]


@pytest.mark.parametrize(
    ("inside", "named", "lent", "team", "openings", "may"),
    [
        (True, False, False, {MAJA}, [], True),
        (True, True, False, {MAJA}, [], True),
        (False, False, False, {MAJA}, opened(1), False),  # assigned, but no longer inside the wall
        (True, False, False, {TOMAS}, [], False),
        (True, False, False, {TOMAS}, opened(0), True),
        (True, False, False, {TOMAS}, opened(59.99), True),
        (True, False, False, {TOMAS}, opened(60), False),
        (True, False, False, {TOMAS}, opened(-1), False),
        (True, False, False, {TOMAS}, opened(1, TOMAS), False),
        (True, True, False, {TOMAS}, opened(1), False),  # a named file opens to its team alone
        (True, True, True, {TOMAS}, opened(1), True),  # and to whom it is lent to, once she has opened it
        (True, True, True, {TOMAS}, [], False),
        (True, True, True, {TOMAS}, opened(60), False),
        (False, True, True, {TOMAS}, opened(1), False),
    ],
)
def test_who_may_read_a_file(inside, named, lent, team, openings, may):
    given = {"inside": inside, "named": named, "lent": lent, "team": team, "openings": openings}
    assert may_read(reader=MAJA, at=AT, **given) == may


@pytest.mark.parametrize(
    ("given", "reason"), [("urgent", OpenReason.URGENT), ("", None), ("free", None), ("URGENT", None)]
)
def test_only_reasons_there_are_open_a_file(given, reason):
    assert opening_reason(given) == reason


MONDAY = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001  # the person's own time


def safe(way: Answer = Answer.YES, **more) -> SafeContact:
    return SafeContact({Channel.CALL: way, Channel.LETTER: way}, **more)


@pytest.mark.parametrize(
    ("contact", "channel", "at", "why"),
    [
        (None, Channel.CALL, MONDAY, "never_asked"),
        (safe(), Channel.CALL, MONDAY, ""),
        (safe(Answer.NO), Channel.CALL, MONDAY, "no"),
        (safe(Answer.UNKNOWN), Channel.CALL, MONDAY, "unknown"),
        (safe(), Channel.VOICEMAIL, MONDAY, "unknown"),  # leave to call is no leave to speak to a machine
        (safe(), Channel.TEXT, MONDAY, "unknown"),
        (safe(days=frozenset({1})), Channel.CALL, MONDAY, "day"),
        (safe(days=frozenset({0})), Channel.CALL, MONDAY, ""),
        (safe(hours=(time(9), time(11))), Channel.CALL, MONDAY, ""),
        (safe(hours=(time(9), time(11))), Channel.CALL, MONDAY.replace(hour=8, minute=59), "hour"),
        (safe(hours=(time(9), time(11))), Channel.CALL, MONDAY.replace(hour=10, minute=59), ""),
        (safe(hours=(time(9), time(11))), Channel.CALL, MONDAY.replace(hour=11), "hour"),
        (safe(hours=(time(9), time(11)), days=frozenset({1})), Channel.LETTER, MONDAY, ""),
    ],
)
def test_nothing_is_sent_that_she_has_not_said_yes_to(contact, channel, at, why):
    assert contact_refused(contact, channel, at=at) == why


@pytest.mark.parametrize(
    ("asked", "on", "stale"),
    [
        (None, date(2026, 11, 23), True),
        (date(2026, 8, 25), date(2026, 11, 22), False),
        (date(2026, 8, 25), date(2026, 11, 23), True),
    ],
)
def test_she_is_asked_again_after_ninety_days(asked, on, stale):
    assert is_stale(asked, on=on) == stale


@pytest.mark.parametrize(
    ("text", "fault"),
    [("a", ""), ("", "empty"), (" \n\t", "empty"), ("x" * MOST_SIGNS, ""), ("x" * (MOST_SIGNS + 1), "long")],
)
def test_a_note_has_words_and_an_end(text, fault):
    assert fault_of_text(text) == fault


@pytest.mark.parametrize(
    ("guards", "why", "fault"),
    [
        ((), "", ""),
        ((Guard.GUARDIAN, Guard.SOURCE), "", ""),
        ((Guard.PARTY,), " ", "reason"),
        ((Guard.PARTY,), "skulle röja källan", ""),
    ],
)
def test_what_is_kept_from_the_person_herself_needs_a_reason(guards, why, fault):
    assert guard_fault(guards, why) == fault


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("", set()),
        ("Anna-Karin  ÅSBERG", {"anna", "karin", "åsberg"}),
        ("J Öst", {"öst"}),
        ("Åsa", {"åsa"}),  # another name than Asa
        ("Weiß", {"weiss"}),
    ],
)
def test_a_name_is_searched_by_its_words(name, tokens):
    assert name_tokens(name) == tokens


HERS = {"given_names": "Stina Test", "family_name": "Berg-Lind", "earlier_names": "Norrby"}


@pytest.mark.parametrize(
    ("reader", "colleagues", "codes"),
    [
        ("Maja Berg", (), "same_surname"),
        ("Maja Lind", (), "same_surname"),
        ("Maja Norrby", (), "same_surname"),
        ("Maja Bergström", (), ""),
        ("Stina Fjäll", (), ""),  # a given name in common says nothing
        ("Berg Fjäll", (), ""),  # nor a surname in another place
        ("Maja Fjäll-Lind", (), "same_surname"),
        ("", ("",), ""),
        ("Maja Fjäll", ("Stina Lind",), "own_colleague"),
        ("Maja Fjäll", ("Stina Fjäll",), ""),
        ("Maja Lind", ("Tomas Ek", "Stina Norrby"), "same_surname own_colleague"),
    ],
)
def test_the_log_is_told_when_names_meet(reader, colleagues, codes):
    assert marks_of(reader, HERS, colleagues) == codes


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hittepågatan 3", "hittepågatan 3", True),
        ("Hittepågatan 3, Östersund", "Hittepågatan  3", True),
        ("Hittepågatan 3 A", "Hittepågatan 3a", True),
        ("Hittepågatan 3 A", "Hittepågatan 3 B", False),
        ("Hittepågatan 3", "Hittepågatan 30", False),
        ("Hittepågatan 3", "Påhittsgatan 3", False),
        ("Hittepågatan 3, 831 00 Östersund", "Hittepågatan 3 83100", True),
        ("Hittepågatan 3, 831 00 Östersund", "Hittepågatan 3, 840 00 Bräcke", False),
        ("Hittepågatan 3, 831 00 Östersund", "Hittepågatan 3, Bräcke", True),
        ("Vid sjön", "Vid sjön", False),
        ("", "", False),
        ("", "Hittepågatan 3", False),
    ],
)
def test_an_address_is_a_house(one, other, same):
    assert same_address(one, other) is same


@pytest.mark.parametrize(("lives_at", "codes"), [("", ""), ("Gatan 4", ""), ("gatan 3", "own_address")])
def test_the_log_is_told_when_addresses_meet(lives_at, codes):
    assert marks_of("Maja Fjäll", {"address": "Gatan 3"}, (), lives_at=lives_at) == codes


@pytest.mark.parametrize(
    ("beside", "codes"),
    [
        ("", "same_surname own_colleague own_address"),
        ("x", "same_surname own_colleague own_address"),
        ("xx", "same_surname own_colleague"),
        ("stand_in", "same_surname own_colleague"),
        ("x" * 13, "same_surname own_colleague"),
        ("x" * 14, "same_surname"),
    ],
)
def test_a_reason_and_its_marks_have_room_in_the_log(beside, codes):
    identity = {"given_names": "Stina", "family_name": "Berg", "address": "Gatan 3"}
    assert marks_of("Stina Berg", identity, ("Stina Berg",), lives_at="Gatan 3", beside=beside) == codes
    assert len(f"{beside} {codes}".strip()) <= 40


@pytest.mark.parametrize("reason", list(OpenReason))
def test_every_reason_for_opening_leaves_room_for_two_marks(reason):
    identity = {"given_names": "Stina", "family_name": "Berg", "address": "Gatan 3"}
    marks = marks_of("Stina Berg", identity, ("Stina Berg",), lives_at="Gatan 3", beside=reason.value)
    assert len(marks.split()) >= 2
