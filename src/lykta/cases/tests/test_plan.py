"""The plan and the tasks of a file: in the database, on their pages, and on the desk."""

import html
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases import actions, queries
from lykta.cases.enums import CloseReason, OpenReason
from lykta.cases.models import Entry, Task
from lykta.cases.plan import my_tasks
from lykta.cases.plan_actions import finish_task
from lykta.cases.tests.test_pages import hands, made, post, text
from lykta.core import clock
from lykta.core.doors import door
from lykta.people.models import Member

SAID = "Jag vill kunna sova en hel natt"
STEP = "Byta lås på dörren"
TODO = "Ring om låset på den säkra tiden"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member]:
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED)
    return house, house.member("Maja", walls=walls), house.member("Tomas", walls=walls)


def goal(**more: object) -> dict[str, object]:
    first = {"steps-0-what": STEP, "steps-0-who": "other", "steps-0-other": "hyresvärden", "steps-0-by_on": ""}
    rows = {"steps-TOTAL_FORMS": 3, "steps-INITIAL_FORMS": 0}
    return {"once": uuid4(), "text": SAID, "state": "open", "seen": 0} | rows | first | more


def task(whose: Member, **more: object) -> dict[str, object]:
    due = clock.today() + timedelta(days=2)
    return {"deed": "task", "once": uuid4(), "text": TODO, "owner": whose.pk, "due_on": due.isoformat()} | more


def shown(client, page: str) -> str:
    return html.unescape(text(client.get(page)))


def errors(answer) -> list[str]:
    return [html.unescape(e) for e in re.findall(r'class="error"[^>]*>([^<]*)', text(answer))]


def join(client, path: str, member: Member, **more: object) -> None:
    assert post(client, path, deed="join", member=member.pk, **more).status_code == 303


def of(path: str) -> UUID:
    return UUID(path.rstrip("/").rsplit("/", 1)[-1])


def only_task(house: House) -> str:
    with house.as_superuser() as boss:
        ((found,),) = boss.execute("SELECT id FROM cases_task").fetchall()
    return str(found)


def acts(house: House) -> list[tuple[str, str]]:
    with house.as_superuser() as boss:
        return boss.execute("SELECT act, reason FROM audit_event WHERE act ~ 'plan|task' ORDER BY seq").fetchall()


def test_a_goal_is_written_changed_and_reached_and_every_wording_stays(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "plan/"
    assert "Inget mål än." in shown(client, page)
    form = goal()
    for _ in range(2):
        assert post(client, f"{page}mal/", **form)["Location"] == page
    first = shown(client, page)
    assert first.count(SAID) == 1
    assert "Hyresvärden" in first
    address = f"{page}mal/{form['once']}/"
    assert SAID in text(client.get(address))
    changed = goal(seen=1, text="Jag sover", state="reached", **{"steps-0-done": "on"})
    for _ in range(2):
        assert post(client, address, **changed)["Location"] == page
    after = shown(client, page)
    for words in ("Jag sover", SAID, "nått", "gjort", "Tidigare ordalydelse"):
        assert words in after
    assert acts(house) == [("cases:plan:write", "")] * 2


def test_two_who_change_the_same_goal_both_see_both_and_nothing_is_lost(cast):
    house, maja, tomas = cast
    client, colleague = hands(house, maja), hands(house, tomas)
    path = made(client)
    join(client, path, tomas)
    form = goal()
    post(client, f"{path}plan/mal/", **form)
    address = f"{path}plan/mal/{form['once']}/"
    post(colleague, address, **goal(seen=1, text="Tomas ord"))
    answer = post(client, address, **goal(seen=1, text="Majas ord"))
    both = html.unescape(text(answer))
    assert "En kollega har ändrat samma mål" in both
    assert "Tomas ord" in both
    assert "Majas ord" in both
    hidden = dict(re.findall(r'name="(once|seen)" value="([^"]+)"', both))
    assert hidden["seen"] == "2"
    assert post(client, address, **goal(text="Majas ord", **hidden)).status_code == 303
    after = shown(client, f"{path}plan/")
    assert [words in after for words in ("Majas ord", "Tomas ord", SAID)] == [True] * 3


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"text": " "}, "Skriv några ord först."),
        ({"steps-0-other": ""}, "Skriv vem."),
        ({"steps-0-what": ""}, "Skriv vad som ska göras."),
        ({"steps-0-by_on": "i maj"}, "Skriv dagen som 2026-11-23."),
        ({"steps-1-what": "Ringa", "steps-1-who": "x"}, ""),
        ({"state": "left"}, "Skriv varför målet lämnas."),
        ({"steps-TOTAL_FORMS": "många"}, ""),
        ({"text": "a\x00b"}, ""),
    ],
    ids=["empty", "nobody", "no_words", "no_day", "forged_who", "left", "forged_rows", "null"],
)
def test_what_is_wrong_with_a_goal_is_told_and_what_was_typed_is_kept(cast, more, told):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "plan/"
    answer = post(client, f"{page}mal/", **goal(**{"steps-2-what": "Kvar på sidan"} | more))
    assert answer.status_code == 200
    assert (told in errors(answer)) if told else errors(answer)
    assert "steps-TOTAL_FORMS" in more or "Kvar på sidan" in text(answer)
    assert "Inget mål än." in shown(client, page)


def test_a_task_is_given_handed_on_done_and_undone(cast):
    house, maja, tomas = cast
    client, colleague = hands(house, maja), hands(house, tomas)
    path = made(client)
    page = f"{path}plan/"
    form = task(maja)
    for _ in range(2):
        assert post(client, page, **form).status_code == 303
    assert shown(client, page).count(f"<p>{TODO}</p>") == 1
    move = {"deed": "move", "task": form["once"], "owner": tomas.pk, "due_on": form["due_on"]}
    assert "Kollegan är inte med i akten." in errors(post(client, page, **move))
    join(client, path, tomas)
    assert post(client, page, **move).status_code == 303
    actor = house.actor(tomas)
    with door("staff", actor=tomas.pk):
        assert [t.id for t in my_tasks(actor, on=clock.today()).coming] == [form["once"]]
    assert post(colleague, page, deed="done", task=form["once"]).status_code == 303
    assert "Klar i dag, Tomas" in shown(client, page)
    assert post(client, page, deed="done", task=form["once"]).status_code == 303
    assert post(client, page, deed="undone", task=form["once"]).status_code == 303
    assert "Klar i dag" not in shown(client, page)
    given, changed = ("cases:task:give", ""), "cases:task:change"
    assert acts(house) == [given, (changed, "moved"), (changed, "done"), (changed, "undone")]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"text": ""}, "Skriv vad som ska göras."),
        ({"due_on": "2020-01-01"}, "Den dagen har redan varit."),
        ({"due_on": "2099-01-01"}, "Den dagen är mer än två år bort."),
        ({"due_on": "9999-12-31"}, "Skriv ett år mellan 2000 och 2100."),
        ({"due_on": ""}, "Välj en dag."),
        ({"owner": "x"}, "Kollegan är inte med i akten."),
    ],
)
def test_what_is_wrong_with_a_task_is_told_and_kept(cast, more, told):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "plan/"
    answer = post(client, page, **task(maja, **more))
    assert told in errors(answer)
    assert "text" in more or TODO in text(answer)
    assert "Ingen uppgift." in shown(client, page)


@pytest.mark.parametrize("deed", ["done", "undone", "move", "x"])
def test_a_task_that_is_not_there_is_nowhere(cast, deed):
    house, maja, _ = cast
    client = hands(house, maja)
    page, other = made(client) + "plan/", made(client) + "plan/"
    post(client, other, **task(maja))
    fields = {"deed": deed, "task": only_task(house), "owner": maja.pk, "due_on": clock.today().isoformat()}
    answer = post(client, page, **fields)
    assert answer.status_code == 404 or "Det gick inte" in text(answer)
    assert [act for act, _ in acts(house)] == ["cases:task:give"]


def test_the_desk_and_the_list_show_days_and_references_and_no_word(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    for days in (3, 0):
        post(client, f"{path}plan/", **task(maja, due_on=(clock.today() + timedelta(days=days)).isoformat()))
    with house.as_superuser() as boss:
        boss.execute(f"UPDATE cases_task SET due_on = {TODAY} - 1 WHERE due_on = {TODAY}")
        ((ref,),) = boss.execute("SELECT ref FROM cases_file").fetchall()
        (before,) = boss.execute("SELECT count(*) FROM audit_event").fetchone()
    for page in ("/personal/uppgifter/", "/personal/"):
        told = shown(client, page)
        assert told.count(f">{ref}</a></span><span>") >= 2
        assert "över tiden" in told
        assert TODO not in told
        assert "säker kontakt" in told
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM audit_event").fetchone() == (before,)


def test_asking_again_about_safe_contact_is_reminded_of_until_it_is_done(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    actor = house.actor(maja)

    def to_ask() -> list[UUID]:
        with door("staff", actor=maja.pk):
            return [file for file, _ in my_tasks(actor, on=clock.today()).ask]

    assert to_ask() == [of(path)]
    post(client, f"{path}uppgifter/kontakt/", call="yes", days=["0"], seen="0")
    assert to_ask() == []
    with house.as_superuser() as boss:
        boss.execute("UPDATE cases_sheet SET at = at - interval '90 days' WHERE kind = 'safe_contact'")
    assert to_ask() == [of(path)]
    with door("staff", actor=maja.pk):
        actions.close(by=actor, file=queries.file_for(actor, of(path)), reason=CloseReason.COMPLETED)
    assert to_ask() == []


def test_what_a_colleague_had_to_do_is_the_leads_when_she_leaves_the_file(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    path = made(client)
    join(client, path, tomas)
    post(client, f"{path}plan/", **task(tomas))
    assert post(client, path, deed="leave", member=tomas.pk).status_code == 303
    for member, count in ((maja, 1), (tomas, 0)):
        actor = house.actor(member)
        with door("staff", actor=member.pk):
            assert len(my_tasks(actor, on=clock.today()).rows) == count


def test_who_is_not_in_the_file_is_first_asked_why_and_others_find_nothing(cast):
    house, maja, tomas = cast
    path = made(hands(house, maja))
    outside = hands(house, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))
    nowhere = outside.get("/personal/nothing/")
    for page in (f"{path}plan/", f"{path}plan/mal/"):
        assert hands(house, tomas).get(page)["Location"] == path
        here = outside.get(page)
        assert (here.status_code, here.content) == (404, nowhere.content)


def test_a_form_of_somebody_else_in_the_same_browser_does_nothing(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    page = made(client) + "plan/"
    client.by = str(tomas.pk)
    assert post(client, page, **task(maja)).status_code == 303
    assert post(client, f"{page}mal/", **goal()).status_code == 303
    client.by = str(maja.pk)
    assert "Ingen uppgift." in shown(client, page)
    assert "Inget mål än." in shown(client, page)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases_entry",
        "UPDATE cases_entry SET sealed = ''",
        "DELETE FROM cases_task",
        "UPDATE cases_task SET sealed = ''",
        "UPDATE cases_task SET by = lykta_actor()",
        "UPDATE cases_task SET owner = gen_random_uuid()",
        f"UPDATE cases_task SET done_on = {TODAY}, done_by = gen_random_uuid()",
        "UPDATE cases_task SET done_on = '2020-01-01', done_by = lykta_actor()",
        f"UPDATE cases_task SET done_on = {TODAY}",
    ],
)
def test_nothing_of_it_is_changed_by_hand_but_what_a_deed_changes(cast, statement):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    post(client, f"{path}plan/mal/", **goal())
    post(client, f"{path}plan/", **task(maja))
    inside = door("staff", actor=maja.pk, case=str(of(path)))
    with pytest.raises((ProgrammingError, IntegrityError)), inside, connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_colleague_sees_rows_by_hand_only_while_she_is_in_the_file(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    path = made(client)
    post(client, f"{path}plan/mal/", **goal())
    post(client, f"{path}plan/", **task(maja))

    def rows() -> int:
        with door("staff", actor=tomas.pk, case=str(of(path))):
            return Entry.objects.count() + Task.objects.count()

    assert rows() == 0
    actor = house.actor(tomas)
    with door("staff", actor=tomas.pk):
        file = queries.file_for(actor, of(path))
        actions.open_for_an_hour(by=actor, file=file, reason=OpenReason.STAND_IN, words="Maja är sjuk")
    with door("staff", actor=tomas.pk):
        file = queries.file_for(actor, of(path))
        finish_task(by=actor, file=file, task=UUID(only_task(house)))
    assert rows() == 2
    with house.as_superuser() as boss:
        boss.execute("UPDATE cases_opening SET at = at - interval '60 minutes'")
    assert rows() == 0


def test_nothing_of_it_stands_in_plain(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    post(client, f"{path}plan/mal/", **goal())
    post(client, f"{path}plan/", **task(maja))
    with house.as_superuser() as boss:
        rows = boss.execute("SELECT cases_entry::text FROM cases_entry").fetchall()
        rows += boss.execute("SELECT cases_task::text FROM cases_task").fetchall()
    assert len(rows) == 2
    for word in (SAID, STEP, TODO, "hyresvärden", "goal"):
        assert not any(word in row or word.encode().hex() in row for (row,) in rows)
