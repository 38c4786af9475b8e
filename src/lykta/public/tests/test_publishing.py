"""Versions and publications in the database: what is shown, what waits, and that the two keep step with the files."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError

from journeys.house import House
from lykta.access.enums import Permission, Role
from lykta.access.rules import ROLES, Actor
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.core.published import pointed
from lykta.public import actions, files
from lykta.public.enums import Kind, TimedState
from lykta.public.errors import NoRoom, NothingNew, NothingWaits, NotOpen, TimeTaken
from lykta.public.memory import Memory
from lykta.public.models import Publication, Text, Timed, Version
from lykta.public.queries import last_publication, shelf
from lykta.public.taking_in import take_in
from lykta.public.tasks import publish_what_is_due
from lykta.public.tests.conftest import command
from lykta.public.values import SOURCE

EIGHT_AND_TWENTY = datetime(2028, 1, 1, 12, tzinfo=clock.STOCKHOLM)
"""The first day without honour support."""


def says(path: str) -> str:
    answer = Memory(actions.folder()).answer({"REQUEST_METHOD": "GET", "PATH_INFO": path})
    return answer[2].decode() if answer else ""


def write(by: Actor, slug: str, lang: str = SOURCE, *, title: str = "Nya ord", kind: Kind = Kind.PAGE) -> Text:
    """A new version that is ready, as the editor's page saves it."""
    with door("staff", actor=by.member):
        text = Text.objects.get(kind=kind, slug=slug, language=lang)
        body = Version.objects.get(text=text, number=text.latest).body | {"title": title}
        number = text.latest + 1
        Version.objects.create(
            centre_id=by.centre, text=text, number=number, body=body, by=by.member, at=clock.now(), why="Prov"
        )
        text.latest = text.ready = number
        text.save(update_fields=["latest", "ready"])
    return text


def publish(by: Actor) -> Publication:
    with door("staff", actor=by.member):
        return actions.publish(by=by)


def test_the_program_brings_every_text_once_and_every_translation_agrees(published: House) -> None:
    with door("worker", actor=WORKER):
        found = shelf()
        again = take_in(centre=settings.LYKTA_CENTRE)
        last = last_publication()

    assert again == 0
    assert {text.latest for text in found.texts.values()} == {1}
    assert {found.outdated(text) for text in found.texts.values()} == {None}
    assert last is not None
    assert (last.number, last.shows) == (1, found.now)
    assert pointed(actions.folder()) == (last.version, 1)


def test_what_is_written_is_shown_when_it_is_published_and_not_before(editor: Actor) -> None:
    write(editor, "about", title="Om oss på nytt")
    assert "Om oss på nytt" not in says("/om/")

    publication = publish(editor)

    assert "<h1>Om oss på nytt</h1>" in says("/om/")
    assert (publication.number, publication.by, publication.how) == (2, editor.member, "now")
    with pytest.raises(NothingNew):
        publish(editor)


def test_a_changed_swedish_text_makes_its_translation_old_at_once_and_tells_its_readers_when_published(
    editor: Actor,
) -> None:
    with door("staff", actor=editor.member):
        before = shelf()
        assert before.outdated(before.texts["page", "about", "en"]) is None
    write(editor, "about")
    with door("staff", actor=editor.member):
        found = shelf()
        old = found.outdated(found.texts["page", "about", "en"])
    assert old is not None
    assert clock.now() - old < timedelta(minutes=1)
    publish(editor)

    assert "last checked against the Swedish one" in says("/en/about/")
    assert "last checked" not in says("/en/safety/")


def test_a_new_release_or_a_new_day_shows_nothing_that_waits_for_a_member(editor: Actor) -> None:
    write(editor, "about", title="Väntar")
    with door("worker", actor=WORKER):
        assert actions.renew() is None
    with time_machine.travel(EIGHT_AND_TWENTY), door("worker", actor=WORKER):
        renewed = actions.renew()

    assert renewed is not None
    assert renewed.how == "renewed"
    assert "Väntar" not in says("/om/")
    assert "<h2>Pågår inte nu</h2>" in says("/stod/heder/")


def test_what_a_member_has_changed_outlives_the_program_and_the_rest_follows_it(
    editor: Actor, monkeypatch: Any
) -> None:
    write(editor, "about", title="Våra ord")
    with door("worker", actor=WORKER):
        Text.objects.update(release="of another release")
        brought = take_in(centre=settings.LYKTA_CENTRE)
        actions.renew()
        about = Text.objects.get(kind="page", slug="about", language=SOURCE)
        safety = Text.objects.get(kind="page", slug="safety", language=SOURCE)

    assert brought > 50
    assert (about.latest, safety.latest) == (2, 2)
    assert "Våra ord" not in says("/om/")
    publish(editor)
    assert "Våra ord" in says("/om/")


def test_fresh_puts_the_program_s_words_back_and_keeps_the_others_as_versions(editor: Actor) -> None:
    text = write(editor, "about", title="Våra ord")
    publish(editor)
    command("publish", fresh=True)

    assert "Våra ord" not in says("/om/")
    with door("worker", actor=WORKER):
        titles = [v.body["title"] for v in Version.objects.filter(text=text).order_by("number")]
    assert titles == ["Om oss", "Våra ord", "Om oss"]


# --- before the centre opens ---


def opened(house: House, on: str) -> None:
    """on: a day as SQL has it, or NULL."""
    with house.as_superuser() as boss:
        boss.execute(f"UPDATE people_centre SET opened_on = {on}")  # type: ignore[arg-type]


def test_a_centre_that_is_not_open_shows_one_page_and_publishes_nothing_else(editor: Actor, published: House) -> None:
    opened(published, "NULL")
    command("publish")

    assert ("Vi har inte öppnat än." in says("/"), says("/om/")) == (True, "")
    with pytest.raises(NotOpen):
        publish(editor)
    assert "Nothing has changed" in command("publish", fresh=True)


def test_what_is_ready_when_the_centre_opens_is_shown_from_the_first_moment(editor: Actor, published: House) -> None:
    opened(published, "NULL")
    command("publish")
    write(editor, "about", title="Redan från början")
    opened(published, "CURRENT_DATE")
    publish(editor)

    assert "Redan från början" in says("/om/")
    with door("worker", actor=WORKER):
        found, last = shelf(), last_publication()
    assert last is not None
    assert last.shows == found.now


def test_a_set_time_that_comes_before_the_centre_opens_says_so(editor: Actor, published: House) -> None:
    timed = set_time(editor)
    opened(published, "NULL")
    due(NOON.replace(tzinfo=clock.STOCKHOLM))

    state, why = ended(timed)
    assert (state, why.startswith("Centrumet är inte öppet")) == (TimedState.FAILED, True)


# --- what breaks ---


def test_a_place_that_can_not_be_written_publishes_nothing_and_says_so(editor: Actor) -> None:
    write(editor, "about", title="Får inte plats")
    before = pointed(actions.folder())
    (actions.folder() / ".lock").unlink()
    (actions.folder() / ".lock").mkdir()  # nothing can be written there any more
    try:
        with pytest.raises(NoRoom):
            publish(editor)
        with time_machine.travel(EIGHT_AND_TWENTY), pytest.raises(CommandError, match="nothing was published"):
            command("publish")
    finally:
        (actions.folder() / ".lock").rmdir()

    assert pointed(actions.folder()) == before
    with door("worker", actor=WORKER):
        assert Publication.objects.count() == 1
    assert publish(editor).number == 2


def test_a_process_that_dies_before_the_commit_has_published_nothing(editor: Actor) -> None:
    write(editor, "about", title="Halvvägs")

    class Died(Exception):
        pass

    def die() -> None:
        with door("staff", actor=editor.member):
            actions.publish(by=editor)
            raise Died

    with pytest.raises(Died):
        die()

    assert "Halvvägs" not in says("/om/")
    with door("worker", actor=WORKER):
        assert (Publication.objects.count(), actions.catch_up()) == (1, True)


def test_a_process_that_dies_after_the_commit_is_caught_up_with(editor: Actor) -> None:
    write(editor, "about", title="Nästan framme")
    was = (actions.folder() / "current").read_text()
    publication = publish(editor)
    (actions.folder() / "current").write_text(was)  # as if the rename had never been done
    assert "Nästan framme" not in says("/om/")

    publish_what_is_due(timestamp=0)

    assert "Nästan framme" in says("/om/")
    assert pointed(actions.folder()) == (publication.version, publication.number)


def test_a_version_that_is_lost_from_the_disk_is_made_again(editor: Actor) -> None:
    write(editor, "about", title="Tappad")
    publication = publish(editor)
    files.point(actions.folder(), publication.version, publication.number)
    (actions.folder() / "current").unlink()
    (actions.folder() / publication.version / "om" / "index.html").unlink()

    publish_what_is_due(timestamp=0)

    assert "Tappad" in says("/om/")


# --- at a set time ---

NOON = datetime(2026, 11, 24, 12, 0)  # noqa: DTZ001  # as a clock on the wall shows it
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=clock.STOCKHOLM)


def set_time(by: Actor, wall: datetime = NOON) -> Timed:
    with time_machine.travel(MORNING), door("staff", actor=by.member):
        return actions.set_time(by=by, wall=wall)


def due(at: datetime) -> None:
    with time_machine.travel(at):
        publish_what_is_due(timestamp=0)


def ended(timed: Timed) -> tuple[str, str]:
    with door("worker", actor=WORKER):
        timed.refresh_from_db()
    return timed.state, timed.fault


@pytest.mark.parametrize(("minutes", "shown"), [(-1, False), (0, True), (60 * 24 * 3, True)])
def test_a_set_time_is_kept_by_whichever_worker_lives_then_or_later(editor: Actor, minutes: int, shown: bool) -> None:
    write(editor, "about", title="På tiden")
    timed = set_time(editor)

    due(NOON.replace(tzinfo=clock.STOCKHOLM) + timedelta(minutes=minutes))

    assert ("På tiden" in says("/om/")) is shown
    assert ended(timed)[0] == (TimedState.DONE if shown else TimedState.WAITING)


def test_a_set_time_is_done_once(editor: Actor) -> None:
    write(editor, "about")
    set_time(editor)
    for _ in range(2):
        due(NOON.replace(tzinfo=clock.STOCKHOLM))
    with door("worker", actor=WORKER):
        assert [one.how for one in Publication.objects.order_by("number")] == ["renewed", "timed"]


def test_a_time_that_is_taken_back_never_comes(editor: Actor) -> None:
    write(editor, "about", title="Ångrad")
    timed = set_time(editor)
    with door("staff", actor=editor.member):
        actions.take_back_time(by=editor)
    due(NOON.replace(tzinfo=clock.STOCKHOLM))

    assert "Ångrad" not in says("/om/")
    assert ended(timed)[0] == TimedState.TAKEN_BACK
    with pytest.raises(NothingWaits), door("staff", actor=editor.member):
        actions.take_back_time(by=editor)


def test_only_one_time_waits(editor: Actor) -> None:
    set_time(editor)
    with pytest.raises(TimeTaken):
        set_time(editor)


def test_a_time_that_could_not_be_kept_says_why(editor: Actor) -> None:
    body: dict[str, Any] = {"slug": "about", "path": "/om/", "title": "X", "main": [{"p": "{fact:none}"}]}
    with door("staff", actor=editor.member):
        text = Text.objects.get(kind="page", slug="about", language=SOURCE)
        Version.objects.create(
            centre_id=editor.centre, text=text, number=2, body=body, by=editor.member, at=clock.now()
        )
        Text.objects.filter(pk=text.pk).update(latest=2, ready=2)
    timed = set_time(editor)
    due(NOON.replace(tzinfo=clock.STOCKHOLM))

    state, why = ended(timed)
    assert (state, why.startswith("En text nämner något som inte finns.")) == (TimedState.FAILED, True)
    assert says("/om/").count("<h1>Om oss") == 1


def test_nothing_new_at_a_set_time_is_no_failure(editor: Actor) -> None:
    timed = set_time(editor)
    due(NOON.replace(tzinfo=clock.STOCKHOLM))
    state, why = ended(timed)
    assert state == TimedState.DONE or why


# --- walls ---


def test_the_database_knows_who_writes_and_publishes() -> None:
    for permission in (Permission.PAGES_EDIT, Permission.PUBLISH):
        assert {role for role in Role if permission in ROLES[role].permissions} == {Role.HEAD, Role.EDITOR}


def test_who_is_an_editor_beside_her_first_role_writes_too(published: House) -> None:
    maja = published.member("Maja", Role.COUNSELLOR, share=False)
    with published.as_superuser() as boss:
        boss.execute("UPDATE people_member SET also = ARRAY['editor'] WHERE id = %s", [maja.pk])
    assert as_staff(published, maja.pk, "SELECT 1 FROM public_text") > 0


TABLES = ("public_text", "public_version", "public_publication", "public_timed")


def as_staff(house: House, member: UUID, statement: str) -> int:
    """Rows touched by SQL typed by hand at the staff door. Raises psycopg.Error."""
    with house.as_superuser() as boss, boss.transaction():
        boss.execute("SET LOCAL ROLE lykta_staff")
        boss.execute(
            "SELECT set_config('lykta.actor', %s, true), set_config('lykta.centre', %s, true)",
            [str(member), str(settings.LYKTA_CENTRE)],
        )
        return boss.execute(statement).rowcount  # type: ignore[arg-type]


def test_a_counsellor_reads_nothing_there_even_by_hand(editor: Actor, published: House) -> None:
    maja = published.member("Maja", Role.COUNSELLOR, share=False)
    set_time(editor)

    for table in TABLES:
        seen = [as_staff(published, member, f"SELECT 1 FROM {table}") for member in (maja.pk, editor.member)]
        assert (table, seen[0], seen[1] > 0) == (table, 0, True)


REWRITING = (
    "DELETE FROM public_text",
    "DELETE FROM public_version",
    "UPDATE public_version SET body = '{}'",
    "UPDATE public_publication SET answers = 1",
    "UPDATE public_text SET slug = 'x'",
    "UPDATE public_timed SET due_at = now()",
)


def test_no_version_and_no_publication_is_ever_rewritten_nor_written_in_another_s_name(
    editor: Actor, published: House
) -> None:
    gunnel = published.member("Gunnel", Role.HEAD, share=False)
    insert = (
        "INSERT INTO public_version (id, centre_id, text_id, number, body, by, at, why, form_only)"
        f" SELECT gen_random_uuid(), centre_id, id, 9, '{{}}', '{gunnel.pk}', now(), '', false FROM public_text LIMIT 1"
    )
    for statement in (*REWRITING, insert):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_staff(published, editor.member, statement)
    assert as_staff(published, gunnel.pk, insert) == 1
