"""From contact to file and back, through the pages and by hand in the database."""

import html
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import ProgrammingError, connection

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases.tests.test_pages import hands, post, text
from lykta.core import clock
from lykta.core.doors import become, door
from lykta.people.models import Member

HERS = "Han vet var jag jobbar."
NAME = {"given_names": "Påhittad Anna", "family_name": "Exempelsson", "number_kind": "none"}
DESK = "/personal/"


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member, Member, str]:
    """Maja and Tomas in the contact room and the wall of the exposed; Karin in the contact room alone; a dialogue."""
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED)
    both = [house.member(name, walls=walls) for name in ("Maja", "Tomas")]
    karin = house.member("Karin", Role.COORDINATOR, walls=(Wall.CONTACT,))
    visitor, _ = house.dialogue(HERS)
    return house, *both, karin, f"/personal/akter/intag/dialog/{visitor.case}/"


def form(**more: object) -> dict[str, object]:
    return {
        "deed": "make",
        "once": uuid4(),
        "seen": "",
        "wished": "on",
        "how": "in_dialogue",
        "on": clock.today().isoformat(),
        "said": "Skriv ner det här, så slipper jag säga det igen.",
        "urgency": "today",
        "why": "Han kommer hem i kväll.",
        "wall": "exposed",
        "service": "ENSK",
    } | more


def errors(answer) -> list[str]:
    return [html.unescape(e) for e in re.findall(r'class="error"[^>]*>([^<]*)', text(answer))]


def made(client, begin: str, becomes: str = "full-akt", **more: object) -> str:
    answer = post(client, f"{begin}{becomes}/", **form(**(NAME | more)))
    assert answer.status_code == 303, errors(answer)
    return answer["Location"]


def piece(client, begin: str) -> str:
    """The id under which her message can be copied."""
    page = html.unescape(text(client.get(f"{begin}full-akt/")))
    assert HERS in page
    return re.findall(r'name="copy" value="([^"]+)"', page)[0]


def rows(house: House, sql: str) -> list[tuple]:
    with house.as_superuser() as boss:
        return boss.execute(sql).fetchall()


def test_a_dialogue_becomes_a_file_with_what_was_chosen_and_stays_where_it_was(cast):
    house, maja, _, _, begin = cast
    client = hands(house, maja)
    assert "Bara råd" in text(client.get(begin))
    path = made(client, begin, copy=piece(client, begin), opening="Hon ringer på måndag.", told_on=clock.today())
    page = html.unescape(text(client.get(path)))
    for words in ("Påhittad Anna", "Började som en dialog utan namn", "Hon ringer på måndag.", HERS):
        assert words in page
    assert "Fick veta att man kan ansöka" in page
    origin = html.unescape(text(client.get(f"{path}ursprung/")))
    for words in ("Skriv ner det här", "i dialogen", "Han kommer hem i kväll.", "Akten öppnades av den."):
        assert words in origin
    assert rows(house, "SELECT state, message_count FROM contact_dialogue") == [("waiting", 1)]
    assert path in text(client.get(begin))


def test_without_a_tick_nothing_is_copied_and_nothing_said_before_can_be_searched_for(cast):
    house, maja, _, _, begin = cast
    client = hands(house, maja)
    path = made(client, begin, opening="Ett namn i texten: Solros.")
    assert HERS not in html.unescape(text(client.get(path)))
    assert rows(house, "SELECT count(DISTINCT token), count(*) FROM cases_token") == [(3, 3)]  # the typed names
    for word in ("Solros", "jobbar"):
        assert "Ingen akt innanför dina murar" in text(post(client, "/personal/akter/", sok=word))
    assert "En akt stämmer" in text(post(client, "/personal/akter/", sok="Exempelsson"))


def test_a_call_becomes_a_file_and_its_note_is_carried_over_where_chosen(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    call = {"caller": "exposed", "channel": "phone", "urgency": "calm", "note": "Vågar inte gå hem."}
    post(client, "/personal/samtal/", once="a", asked="apply,child", **call)
    ((found,),) = rows(house, "SELECT id FROM contact_call")
    page = text(client.get(f"/personal/samtal/{found}/"))
    begin = f"/personal/akter/intag/samtal/{found}/"
    assert begin in page
    shown = text(client.get(f"{begin}full-akt/"))
    (note,) = [p for p in re.findall(r'name="copy" value="([^"]+)"', shown) if f'value="{p}"' in shown][:1]
    path = made(client, begin, copy=note)
    page = html.unescape(text(client.get(path)))
    assert "Vågar inte gå hem." in page
    assert "Började som ett fört samtal" in page
    assert "redan räknat" in text(client.get(f"{begin}rad/"))
    assert rows(house, "SELECT count(*) FROM audit_event WHERE chain = 'staff' AND act LIKE 'contact:call%'") == [(0,)]


def test_without_identity_it_gets_an_invented_name_and_nothing_asks_who_it_is(cast):
    house, maja, _, _, begin = cast
    client = hands(house, maja)
    page = text(client.get(f"{begin}utan-identitet/"))
    assert 'name="family_name"' not in page
    assert "Trappan för barn" not in page  # a decision stands before it, so identity is written (SoL 14:5)
    path = made(client, begin, "utan-identitet", pseudonym="Björk", code_word="fjällräv")
    assert "Björk" in text(client.get(path))
    answer = post(client, f"{begin}utan-identitet/", **form(pseudonym="Sälg", service="TRAPPAN"))
    assert answer.status_code == 200
    assert rows(house, "SELECT mode FROM cases_file") == [("no_identity",)]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"wished": ""}, "Utan personens vilja blir det ingen akt"),
        ({"how": ""}, "Välj något här."),
        ({"on": "2099-01-01"}, "Den dagen har inte varit än."),
        ({"on": "9999-12-31"}, "Skriv ett år mellan"),
        ({"on": "i går"}, "Skriv dagen som"),
        ({"urgency": ""}, "Välj något här."),
        ({"why": " "}, "Skriv några ord om varför det brådskar."),
        ({"family_name": "", "given_names": ""}, "Skriv ett namn."),
        ({"opening": "x" * 10_001}, "10000"),
        ({"opening": "a\x00b"}, ""),
        ({"told_on": "2099-01-01"}, "Den dagen har inte varit än."),
        ({"copy": "påhittad"}, "påhittad"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast, fields, sentence):
    house, maja, _, _, begin = cast
    answer = post(hands(house, maja), f"{begin}full-akt/", **(form(**NAME) | {"said": "Mina ord"} | fields))
    assert answer.status_code == 200
    assert any(sentence in e for e in errors(answer))
    assert "Mina ord" in text(answer)
    for table in ("cases_file", "cases_note", "intake_link", "intake_triage"):
        assert rows(house, f"SELECT count(*) FROM {table}") == [(0,)]


def test_the_same_form_twice_is_one_file(cast):
    house, maja, _, _, begin = cast
    client = hands(house, maja)
    typed = form(**NAME)
    first, second = (post(client, f"{begin}full-akt/", **typed) for _ in range(2))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert rows(house, "SELECT count(*) FROM cases_file") == [(1,)]
    assert rows(house, "SELECT count(*) FROM intake_link") == [(1,)]


def test_two_members_at_once_are_told_of_each_other_before_a_second_file_is_made(cast):
    house, maja, tomas, _, begin = cast
    made(hands(house, maja), begin)
    other = hands(house, tomas)
    typed = form(**NAME)
    answer = post(other, f"{begin}full-akt/", **typed)
    assert answer.status_code == 200
    assert any("En kollega har gjort en akt" in e for e in errors(answer))
    assert rows(house, "SELECT count(*) FROM cases_file") == [(1,)]
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', text(answer))
    assert post(other, f"{begin}full-akt/", **(typed | {"seen": seen})).status_code == 303
    assert rows(house, "SELECT count(*) FROM cases_file") == [(2,)]


def joined(client, begin: str, path: str, **more: object):
    file = UUID(path.split("/")[-2])
    typed = {k: v for k, v in form(**more).items() if k not in ("wall", "service")}
    return post(client, f"{begin}akt-som-finns/", sok="Exempelsson", file=file, **typed)


def test_a_second_dialogue_joins_the_file_and_can_be_taken_out_again(cast):
    house, maja, _, _, begin = cast
    client = hands(house, maja)
    path = made(client, begin)
    again, _ = house.dialogue("Nu är jag hos min syster.")
    second = f"/personal/akter/intag/dialog/{again.case}/"
    found = text(post(client, f"{second}akt-som-finns/", deed="find", sok="Exempelsson", said="Kvar?"))
    assert 'type="radio" name="file"' in found
    assert "Kvar?" in found
    copy = re.findall(r'name="copy" value="([^"]+)"', found)[0]
    typed = {"copy": copy, "once": uuid4()}
    for _ in range(2):
        assert joined(client, second, path, **typed).status_code == 303
    note = f"{path}anteckning/"
    post(client, note, text="Skrivet sedan.", once=uuid4())
    page = html.unescape(text(client.get(path)))
    assert page.count("Nu är jag hos min syster.") == 1
    joint = rows(house, "SELECT id, note_id FROM intake_link WHERE NOT made")
    assert len(joint) == 1
    correct = f"{path}anteckning/{joint[0][1]}/"
    post(client, correct, text="Rättat sedan.", once=uuid4())
    undo = {"deed": "undo", "link": joint[0][0], "reason": "wrong_person", "words": "Det var en annan Anna."}
    assert any("Skriv några ord" in e for e in errors(post(client, f"{path}ursprung/", **(undo | {"words": " "}))))
    for _ in range(2):
        assert post(client, f"{path}ursprung/", **undo).status_code == 303
    page = html.unescape(text(client.get(path)))
    assert "Nu är jag hos min syster." not in page
    for words in ("Det som fördes hit är borttaget", "det var fel person", "Skrivet sedan.", "Rättat sedan."):
        assert words in page
    assert "Det var en annan Anna." in html.unescape(text(client.get(f"{path}ursprung/")))
    left = "SELECT count(*) FROM sealing_wrap w JOIN intake_link l ON l.note_id = w.part WHERE NOT l.made"
    assert rows(house, left) == [(0,)]
    assert "Nu är jag hos min syster." in html.unescape(text(client.get(f"/personal/inkorg/{again.case}/")))


def test_what_was_carried_into_a_named_file_is_read_by_its_team_and_taken_back_whole(cast):
    house, maja, tomas, _, begin = cast
    client = hands(house, maja)
    path = made(client, begin, named="on", copy=piece(client, begin))
    post(client, path, deed="join", member=tomas.pk)
    assert HERS in html.unescape(text(hands(house, tomas).get(path)))
    ((link, note),) = rows(house, "SELECT id, note_id FROM intake_link")
    post(client, f"{path}ursprung/", deed="undo", link=link, reason="withdrawn", words="Hon ångrade sig.")
    assert HERS not in html.unescape(text(client.get(path)))
    assert rows(house, f"SELECT count(*) FROM sealing_memberwrap WHERE part = '{note}'") == [(0,)]
    assert rows(house, "SELECT count(*) FROM cases_file") == [(1,)]


def test_what_was_carried_over_outlives_that_a_colleague_is_shut_out_and_goes_with_its_link(cast):
    house, maja, tomas, _, begin = cast
    client = hands(house, maja)
    path = made(client, begin, copy=piece(client, begin))
    assert post(client, path, deed="exclude", member=tomas.pk).status_code == 303
    assert HERS in html.unescape(text(client.get(path)))
    assert hands(house, tomas).get(path).status_code == 404
    assert hands(house, tomas).get(f"{path}ursprung/").status_code == 404
    assert path not in text(hands(house, tomas).get(begin))
    ((link, note),) = rows(house, "SELECT id, note_id FROM intake_link")
    post(client, f"{path}ursprung/", deed="undo", link=link, reason="mistake", words="Fel.")
    page = html.unescape(text(client.get(path)))
    assert HERS not in page
    assert "Det som fördes hit är borttaget" in page
    for wraps in ("sealing_wrap", "sealing_memberwrap"):
        assert rows(house, f"SELECT count(*) FROM {wraps} WHERE part = '{note}'") == [(0,)]


def test_what_was_taken_another_day_has_left_the_desk_and_what_nobody_took_stays(cast):
    house, maja, _, _, begin = cast
    client = hands(house, maja)
    path = made(client, begin)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert "Ingen har tagit det" in text(hands(house, maja).get(DESK))
        post(hands(house, maja), f"{path}ta/")
        assert "Maja tog det" in text(hands(house, maja).get(DESK))
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        assert "Måste göras i dag" not in text(hands(house, maja).get(DESK))


def test_a_file_one_is_not_in_can_be_found_but_not_joined(cast):
    house, maja, tomas, _, begin = cast
    path = made(hands(house, maja), begin)
    again, _ = house.dialogue("Hej igen")
    second = f"/personal/akter/intag/dialog/{again.case}/"
    other = hands(house, tomas)
    page = text(post(other, f"{second}akt-som-finns/", deed="find", sok="Exempelsson"))
    assert 'name="file"' not in page
    assert "Säg först varför" in page
    answer = joined(other, second, path)
    assert answer.status_code == 200
    assert any("Säg varför du öppnar akten" in e for e in errors(answer))
    assert rows(house, "SELECT count(*) FROM intake_link WHERE NOT made") == [(0,)]


def test_advice_only_is_counted_once_with_no_word_and_no_way_back(cast):
    house, maja, _, karin, begin = cast
    client = hands(house, maja)
    assert "blir ingen akt" in text(client.get(f"{begin}rad/"))
    for _ in range(2):
        assert post(client, f"{begin}rad/", about="exposed", once="samma").status_code == 303
    assert rows(house, "SELECT caller, channel, note FROM contact_callversion") == [("exposed", "other", None)]
    assert rows(house, "SELECT count(*) FROM cases_file") == [(0,)]
    hers = text(hands(house, karin).get(begin))
    assert "Du arbetar inte innanför någon mur med akter" in hers
    assert "Ny full akt" not in hers


def test_who_may_not_read_the_contact_or_the_wall_meets_the_page_of_nothing(cast):
    house, maja, _, karin, begin = cast
    outside = house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,))
    reception = house.member("Anna", Role.RECEPTION, walls=())
    nothing = f"/personal/akter/intag/dialog/{uuid4()}/"
    nowhere = hands(house, maja).get(nothing)
    assert nowhere.status_code == 404
    for member in (outside, reception):
        client = hands(house, member)
        for ending in ("", "full-akt/", "rad/"):
            answer = client.get(f"{begin}{ending}")
            assert (answer.status_code, answer.content) == (404, client.get(nothing).content)
    client = hands(house, karin)
    assert client.get(f"{begin}full-akt/").status_code == 404
    client = hands(house, maja)
    assert client.get(f"{begin}nagot-annat/").status_code == 404
    assert post(client, f"{begin}full-akt/", **form(**(NAME | {"wall": "kast"}))).status_code == 404
    path = made(client, begin, named="on")
    for ending in ("ursprung/", "ta/"):
        assert hands(house, karin).get(f"{path}{ending}").status_code == 404


def test_a_colleagues_dialogue_asks_why_on_its_own_page_first_and_a_closed_one_has_no_words(cast):
    house, maja, tomas, _, begin = cast
    dialogue = begin.replace("akter/intag/dialog", "inkorg")
    post(hands(house, maja), dialogue, deed="take")
    client = hands(house, tomas)
    answer = client.get(f"{begin}full-akt/")
    assert (answer.status_code, answer["Location"]) == (303, dialogue)
    post(client, dialogue, deed="open", reason="urgent")
    assert HERS in html.unescape(text(client.get(f"{begin}full-akt/")))
    post(client, dialogue, deed="close", reason="completed", understood="yes")
    assert client.get(begin)["Location"] == dialogue


def test_a_concern_in_a_dialogue_is_written_in_its_file_or_first_one_is_made(cast):
    house, maja, _, karin, begin = cast
    client = hands(house, maja)
    dialogue = begin.replace("akter/intag/dialog", "inkorg")
    assert f'href="{begin}oro/">Oro för ett barn' in text(client.get(dialogue))
    assert client.get(f"{begin}oro/")["Location"] == begin
    assert "ring socialtjänsten." in text(client.get(begin))
    path = made(client, begin)
    assert client.get(f"{begin}oro/")["Location"] == f"{path}oro/"
    assert hands(house, karin).get(f"{begin}oro/")["Location"] == begin  # she may not know of the file
    assert client.get(f"/personal/akter/intag/dialog/{uuid4()}/oro/").status_code == 404


def test_what_is_acute_stands_on_every_desk_inside_the_wall_until_somebody_takes_it(cast):
    house, maja, tomas, karin, begin = cast
    path = made(hands(house, maja), begin)
    desk = text(hands(house, tomas).get(DESK))
    assert "Måste göras i dag" in desk
    assert "Maja har akten" in desk
    assert "Måste göras i dag" not in text(hands(house, karin).get(DESK))
    client = hands(house, tomas)
    assert post(client, f"{path}ta/")["Location"] == path
    desk = text(hands(house, maja).get(DESK))
    assert re.search(r"Tomas tog det \d\d:\d\d", desk)
    assert "Jag tar det" not in desk
    assert post(hands(house, maja), f"{path}ta/")["Location"] == DESK
    assert rows(house, f"SELECT taken_by FROM intake_triage WHERE taken_by <> '{tomas.pk}'") == []


def test_a_new_judgement_holds_and_takes_it_off_the_desk(cast):
    house, maja, _, _, begin = cast
    client = hands(house, maja)
    path = made(client, begin)
    typed = {"deed": "judge", "urgency": "week", "once": uuid4()}
    assert any("varför det brådskar" in e for e in errors(post(client, f"{path}ursprung/", **typed, why="")))
    for _ in range(2):
        assert post(client, f"{path}ursprung/", **typed, why="Hon är hos sin syster nu.").status_code == 303
    assert rows(house, "SELECT urgency FROM intake_triage ORDER BY at") == [("today",), ("week",)]
    assert "Måste göras i dag" not in text(client.get(DESK))


def test_nothing_anybody_said_lies_open_in_the_database(cast):
    house, maja, _, _, begin = cast
    client = hands(house, maja)
    path = made(client, begin, copy=piece(client, begin), opening="Öppningsord")
    ((link,),) = rows(house, "SELECT id FROM intake_link")
    post(client, f"{path}ursprung/", deed="undo", link=link, reason="mistake", words="Ångerord")
    planted = (HERS, "Öppningsord", "Skriv ner det här", "Han kommer hem i kväll", "Ångerord")
    tables = [t for (t,) in rows(house, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    dump = "\n".join(str(row) for table in tables for row in rows(house, f'SELECT t::text FROM "{table}" t'))
    assert [w for w in planted if w in dump or w.encode().hex() in dump] == []


ROW = "(id, centre_id, at, by, part, sealed, file_id, kind, source_id, note_id, made, from_on, undone_reason)"


def typed_sql(actor: Member, file: UUID, sql: str, *values: object) -> int:
    """Run a hand-typed statement as the staff door, let into a file; gives how many rows it touched."""
    with door("staff", actor=actor.pk):
        become(case=file)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount


def test_by_hand_in_the_staff_door_nobody_gets_further_than_the_pages(cast):
    house, maja, tomas, karin, begin = cast
    path = made(hands(house, maja), begin)
    file, dialogue = UUID(path.split("/")[-2]), UUID(begin.split("/")[-2])
    count = "SELECT 1 FROM intake_link"
    assert typed_sql(maja, file, count) == 1
    assert typed_sql(tomas, file, count) == 1  # inside the wall: that there is a link, no word of it
    assert typed_sql(karin, file, count) == 0
    assert typed_sql(karin, file, "SELECT 1 FROM intake_triage") == 0
    insert = (
        f"INSERT INTO intake_link {ROW} VALUES (%s, lykta_centre(), now(), %s, %s, '', %s, %s, %s, %s, true,"
        " (now() AT TIME ZONE 'Europe/Stockholm')::date, '')"
    )
    forbidden = [
        (tomas, (uuid4(), tomas.pk, uuid4(), file, "dialogue", dialogue, uuid4())),  # not in the file now
        (maja, (uuid4(), tomas.pk, uuid4(), file, "dialogue", dialogue, uuid4())),  # in another's name
        (maja, (uuid4(), maja.pk, uuid4(), file, "dialogue", uuid4(), uuid4())),  # of a contact she can't know
    ]
    for who, values in forbidden:
        with pytest.raises(ProgrammingError):
            typed_sql(who, file, insert, *values)
    with pytest.raises(ProgrammingError):
        typed_sql(maja, file, "UPDATE cases_note SET sealed = ''")
    with door("staff", actor=maja.pk), connection.cursor() as cursor:
        become(case=file)
        cursor.execute("SELECT lykta_take_back_note(id, gen_random_uuid(), '') FROM cases_note")
        assert cursor.fetchall() == [(False,)]  # its link has not been ended
    assert typed_sql(tomas, file, "UPDATE intake_triage SET taken_by = %s, taken_at = now()", tomas.pk) == 1
    assert typed_sql(maja, file, "UPDATE intake_triage SET taken_by = %s, taken_at = now()", maja.pk) == 0
    with pytest.raises(ProgrammingError):
        typed_sql(maja, file, "DELETE FROM intake_link")
    with pytest.raises(ProgrammingError):
        typed_sql(maja, file, "UPDATE intake_link SET source_id = %s", uuid4())
    with door("public"), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("SELECT 1 FROM intake_link")


def test_a_dialogue_is_forgotten_in_its_own_time_and_the_file_stays(cast):
    house, maja, _, _, begin = cast
    client = hands(house, maja)
    path = made(client, begin, copy=piece(client, begin))
    dialogue = begin.replace("akter/intag/dialog", "inkorg")
    post(client, dialogue, deed="close", reason="case", understood="yes")
    with house.as_superuser() as boss:
        boss.execute("DELETE FROM contact_dialogue")
    assert HERS in html.unescape(text(client.get(path)))
    assert "En dialog" in text(client.get(f"{path}ursprung/"))
