"""Editions: what is live, what waits, and that nothing goes live but by its own step."""

from datetime import date
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from lykta.access.enums import Permission, Role
from lykta.access.rules import ROLES
from lykta.catalogue.actions import fill, go_live, load_catalogue, next_number
from lykta.catalogue.enums import STEPS, EditionState
from lykta.catalogue.models import Edition, Entry
from lykta.catalogue.queries import (
    draft_catalogue,
    edition_in,
    live_catalogue,
    live_rows,
    pending_changes,
    rows_in,
)
from lykta.catalogue.source import read_catalogue
from lykta.core import clock
from lykta.core.doors import WORKER, door

TODAY = date(2026, 11, 23)


@pytest.fixture
def loaded(house):
    with door("worker", actor=WORKER):
        load_catalogue(centre=settings.LYKTA_CENTRE)
    return house


@pytest.fixture
def head(loaded):
    return loaded.actor(loaded.member("Gunnel", Role.HEAD))


def waits(head, ref, **change):
    """An edition that waits, with one row of the live one saying something else."""
    with door("staff", actor=head.member):
        edition = Edition.objects.create(
            centre_id=head.centre, state=EditionState.DRAFT, begun_by=head.member, begun_at=clock.now()
        )
        fill(edition, live_rows())
        row = Entry.objects.get(edition=edition, kind="limits", parent="ENSK", ref=ref)
        row.body = row.body | change
        row.save(update_fields=["body"])
        edition.state, edition.number, edition.saved_by = EditionState.WAITING, next_number(head.centre), head.member
        edition.save(update_fields=["state", "number", "saved_by"])
    return edition


def test_what_waits_is_told_in_one_line_and_changes_nothing_before_it_goes_live(head):
    waits(head, "min_age", value=15)
    with door("staff", actor=head.member):
        assert pending_changes(head) == ["Enskilt stöd, gränsen lägsta ålder (16): värdet ändras från 16 till 15"]
        assert live_catalogue() == read_catalogue()
        assert draft_catalogue().service("ENSK").limit_on("min_age", TODAY) == 15


@pytest.mark.parametrize("by_worker", [True, False])
def test_what_waits_goes_live_once_and_the_earlier_one_is_kept(head, by_worker):
    waits(head, "min_age", value=15)
    with door("worker", actor=WORKER) if by_worker else door("staff", actor=head.member):
        assert go_live(by=None if by_worker else head, on=TODAY) == 2
        assert go_live(by=None if by_worker else head, on=TODAY) == 0
        assert live_catalogue().service("ENSK").limit_on("min_age", TODAY) == 15
        assert draft_catalogue() == live_catalogue()
        past = Edition.objects.get(state=EditionState.PAST)
        assert past.live_until == TODAY
        assert len(rows_in(past.pk)) == len(live_rows())
    with door("staff", actor=head.member):
        assert pending_changes(head) == []


def test_what_was_undone_never_went_live(head):
    waits(head, "min_age", value=15)
    with door("worker", actor=WORKER):
        go_live(by=None, on=TODAY)
        transaction.set_rollback(True)
    with door("worker", actor=WORKER):
        assert live_catalogue() == read_catalogue()
        assert edition_in(EditionState.WAITING) is not None


def test_a_centre_without_a_catalogue_of_its_own_has_that_of_the_program(house):
    actor = house.actor(house.member("Gunnel", Role.HEAD))
    with door("staff", actor=actor.member):
        assert live_catalogue() == draft_catalogue() == read_catalogue()
        assert pending_changes(actor) == []
        assert go_live(by=actor, on=TODAY) == 0


# --- walls, by hand as the staff role ---
def test_only_the_roles_that_edit_the_catalogue_may_write_in_it(loaded):
    may = {role for role, text in ROLES.items() if Permission.CATALOGUE_EDIT in text.permissions}
    found = set()
    for role in Role:
        member = loaded.member(role.value, role)
        with door("staff", actor=member.pk), connection.cursor() as cursor:
            cursor.execute("SELECT lykta_edits_catalogue()")
            if cursor.fetchone() == (True,):
                found.add(role)
    assert found == may


def test_who_is_an_editor_beside_her_first_role_may_write_in_it_too(loaded):
    maja = loaded.member("Maja", Role.COUNSELLOR)
    with loaded.as_superuser() as boss:
        boss.execute("UPDATE people_member SET also = ARRAY['editor'] WHERE id = %s", [maja.pk])
    with door("staff", actor=maja.pk), connection.cursor() as cursor:
        cursor.execute("SELECT lykta_edits_catalogue()")
        assert cursor.fetchone() == (True,)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE catalogue_entry SET body = '{}'",
        "DELETE FROM catalogue_entry",
        "UPDATE catalogue_edition SET live_until = '2020-01-01' WHERE centre_id <> lykta_centre()",
    ],
)
@pytest.mark.parametrize("role", [Role.EDITOR, Role.COUNSELLOR])
def test_what_is_live_is_written_over_by_nobody(loaded, role, deed):
    member = loaded.member("Olle", role)
    with door("staff", actor=member.pk), connection.cursor() as cursor:
        cursor.execute(deed)
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "deed",
    [
        "INSERT INTO catalogue_entry SELECT gen_random_uuid(), centre_id, 'rules', 'x', '', 999, NULL, NULL, '{}',"
        " edition_id, gen_random_uuid() FROM catalogue_entry LIMIT 1",
        "INSERT INTO catalogue_edition (id, centre_id, state, begun_at, why) "
        "SELECT gen_random_uuid(), centre_id, 'live', now(), '' FROM catalogue_edition",
        "UPDATE catalogue_edition SET centre_id = gen_random_uuid()",
        "DELETE FROM catalogue_edition",
        "DELETE FROM catalogue_change",
        "UPDATE catalogue_change SET by = NULL",
    ],
)
def test_a_hand_typed_query_finds_no_way_around(loaded, deed):
    member = loaded.member("Olle", Role.EDITOR)
    with (
        pytest.raises(DatabaseError, match=r"permission denied|row-level security"),
        door("staff", actor=member.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed)


@pytest.mark.parametrize("target", list(EditionState))
@pytest.mark.parametrize("start", list(EditionState))
def test_an_edition_goes_only_the_ways_there_are(house, start, target):
    with house.as_superuser() as boss:
        edition, centre = uuid4(), uuid4()
        boss.execute(
            "INSERT INTO catalogue_edition (id, centre_id, state, begun_at, why) VALUES (%s, %s, %s, now(), '')",
            [edition, centre, start],
        )
        change = ("UPDATE catalogue_edition SET state = %s WHERE id = %s", [target, edition])
        if start == target or (start, target) in STEPS:
            boss.execute(*change)
        else:
            with pytest.raises(psycopg.errors.RaiseException):
                boss.execute(*change)


def test_what_was_saved_is_not_rewritten(head):
    edition = waits(head, "min_age", value=15)
    with pytest.raises(DatabaseError, match="not rewritten"), door("staff", actor=head.member):
        Edition.objects.filter(pk=edition.pk).update(why="Ett annat skäl")


def test_another_centres_editions_do_not_exist(loaded):
    elsewhere = uuid4()
    other = loaded.member("Other", Role.HEAD, centre=elsewhere, share=False)
    with door("staff", actor=other.pk, centre=elsewhere):
        assert not Edition.objects.exists()
        assert not Entry.objects.exists()


def test_loading_what_is_live_already_makes_no_edition(loaded):
    with door("worker", actor=WORKER):
        load_catalogue(centre=settings.LYKTA_CENTRE)
        assert Edition.objects.count() == 1
