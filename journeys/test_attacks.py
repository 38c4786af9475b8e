"""What a thief gets: the database, the code, the secrets beside the database, a colleague's own password."""

import json
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from journeys.house import PASSWORD
from lykta.access.enums import Role
from lykta.contact import actions, call_actions, call_queries, queries
from lykta.contact.call_rules import Facts
from lykta.contact.enums import CloseReason, ReadReason
from lykta.contact.keys import code_keys, copy_context, copy_place, message_place, note_place, pair_place, told_place
from lykta.core import clock
from lykta.core.doors import door
from lykta.sealing import boxes, words
from lykta.sealing.actions import new_case_key
from lykta.sealing.enums import RingName
from lykta.sealing.errors import CannotOpen, SealingError
from lykta.sealing.passwords import staff_key
from lykta.sealing.words import Place


def everything(house) -> dict[str, list[dict]]:
    """All rows of all tables, as a stolen dump has them."""
    with house.as_superuser() as boss:
        names = [n for (n,) in boss.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()]
        dump = {}
        for name in names:
            cursor = boss.execute(f'SELECT * FROM "{name}"')
            columns = [c.name for c in cursor.description or ()]
            dump[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return dump


def answer(house, maja, visitor, text):
    with door("staff", actor=maja.member):
        dialogue = queries.dialogue_for(maja, visitor.case)
        actions.answer(by=maja, dialogue=dialogue, text=text, signed="Maja")


def come_back(code) -> str:
    """What the page shows to whoever comes back with the code."""
    client = Client()
    client.post("/sida/", {"deed": "open", "code": code})
    return client.get("/sida/").content.decode()


def keys_a_thief_finds(dump, privates, dialogue):
    """Every 32-byte key that falls out of any box when tried with any private key the thief has."""
    contexts = [copy_context(dialogue, row["id"]) for row in dump["contact_replycopy"]]
    for ring in dump["sealing_ring"]:
        base = f"ring {ring['centre_id']} {ring['name']} {ring['version']}"
        contexts += [f"{base} share {m['member_id']}" for m in dump["sealing_staffpair"]]
        contexts += [f"{base} case {w['case_id']} part {w['part']}" for w in dump["sealing_wrap"]]
    found = set()
    held = [row["box"] for table in ("sealing_wrap", "sealing_ringshare", "contact_replycopy") for row in dump[table]]
    for private in privates:
        for box in held:
            for context in contexts:
                try:
                    found.add(boxes.take(private, context, bytes(box)))
                except CannotOpen:
                    continue
    return found


def opened_by(keys, dump, dialogue):
    """Texts of messages and of copies that open with any of the keys."""
    texts = []
    for table, place in (("contact_message", message_place), ("contact_replycopy", copy_place)):
        for row in dump[table]:
            for key in keys:
                try:
                    content = words.unseal(key, place(dialogue, row["id"]), bytes(row["sealed"]))
                    texts.append((table, json.loads(content)["text"]))
                except CannotOpen:
                    continue
    return texts


def test_code_and_whole_database_and_pepper_give_only_replies_she_has_not_read(house):
    maja = house.actor(house.member("Maja"))
    visitor, code = house.dialogue("what she wrote")
    answer(house, maja, visitor, "read reply")
    assert "read reply" in come_back(code)
    answer(house, maja, visitor, "unread reply")

    dump = everything(house)
    secrets = json.loads((Path(settings.LYKTA_DATA) / "keys.json").read_text())
    keys = code_keys(code)  # the thief has code, site salt and pepper
    row = next(r for r in dump["contact_dialogue"] if bytes(r["lookup"]) == keys.lookup)
    private = words.unseal(keys.key, pair_place(row["id"]), bytes(row["visitor_sealed_private"]))
    found = keys_a_thief_finds(dump, [private], row["id"])
    raw = {bytes.fromhex(v) for v in secrets.values() if isinstance(v, str) and len(v) == 64} | {
        keys.key,
        keys.lookup,
        private,
    }

    assert opened_by(found | raw, dump, row["id"]) == [("contact_replycopy", "unread reply")]


def test_a_colleague_without_a_share_opens_nothing_even_as_superuser(house):
    maja = house.actor(house.member("Maja"))
    excluded = house.member("Excluded", share=False)
    visitor, _ = house.dialogue("what she wrote")
    answer(house, maja, visitor, "reply")

    dump = everything(house)
    pair = next(p for p in dump["sealing_staffpair"] if p["member_id"] == excluded.pk)
    own = words.unseal(
        staff_key(PASSWORD, bytes(pair["salt"])),
        Place("sealing_staffpair", excluded.pk, "private", excluded.pk),
        bytes(pair["sealed_private"]),
    )
    assert keys_a_thief_finds(dump, [own], visitor.case) == set()


def test_a_member_with_a_share_does_open_them_so_the_thiefs_tools_work(house):
    maja = house.actor(house.member("Maja"))
    visitor, _ = house.dialogue("what she wrote")
    dump = everything(house)
    rings = keys_a_thief_finds(dump, [maja.holder.private], visitor.case)
    found = keys_a_thief_finds(dump, rings, visitor.case)
    assert opened_by(found, dump, visitor.case) == [("contact_message", "what she wrote")]


def test_the_recovery_pair_opens_everything_and_stands_nowhere_on_the_server(house):
    visitor, _ = house.dialogue("what she wrote")
    dump = everything(house)
    found = keys_a_thief_finds(dump, [house.recovery_private], visitor.case)
    assert opened_by(found, dump, visitor.case) == [("contact_message", "what she wrote")]
    on_disk = b"".join(p.read_bytes() for p in Path(settings.LYKTA_DATA).rglob("*.json"))
    assert house.recovery_private.hex().encode() not in on_disk
    assert not any(
        house.recovery_private in bytes(v)
        for rows in dump.values()
        for r in rows
        for v in r.values()
        if isinstance(v, bytes)
    )


def test_a_ring_whose_key_was_swapped_in_the_database_is_refused(house):
    with house.as_superuser() as boss:
        boss.execute("UPDATE sealing_ring SET public = %s WHERE name = 'contact'", [boxes.new_pair().public])
    answer = Client().post("/sida/", {"deed": "write", "text": "never sealed to a thief"})
    assert answer.status_code == 503
    assert "never sealed to a thief" in answer.content.decode()  # kept for her, on her own page
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM contact_dialogue").fetchone() == (0,)


def test_words_moved_to_another_dialogue_do_not_open(house):
    maja = house.actor(house.member("Maja"))
    one, _ = house.dialogue("one")
    other, _ = house.dialogue("other")
    with house.as_superuser() as boss:
        boss.execute(
            "UPDATE contact_message SET sealed = (SELECT sealed FROM contact_message WHERE dialogue_id = %s)"
            " WHERE dialogue_id = %s",
            [one.case, other.case],
        )
    with door("staff", actor=maja.member):
        dialogue = queries.dialogue_for(maja, other.case)
        with pytest.raises(CannotOpen):
            queries.read(maja, dialogue, reason=ReadReason.FREE)


def test_the_dump_tells_no_hour_and_no_device_of_anybody_who_wrote(house):
    house.dialogue()
    with house.as_superuser() as boss:
        finer = boss.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_name LIKE 'contact_%'"
            " AND data_type NOT IN ('uuid', 'bytea', 'date', 'character varying', 'integer', 'boolean')"
        ).fetchall()
        visitor_hours = boss.execute("SELECT count(at) FROM contact_message WHERE kind = 'visitor'").fetchone()
        log = boss.execute("SELECT DISTINCT at::time FROM audit_event WHERE chain = 'public'").fetchall()
        columns = boss.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name LIKE 'contact_%'"
        ).fetchall()
    assert finer == [("contact_message", "at")]
    assert visitor_hours == (0,)
    assert [str(t) for (t,) in log] == ["00:00:00"]
    telling = {"ip", "address", "agent", "device", "browser", "tor", "network", "language", "phone"}
    assert not {name for (name,) in columns} & telling


def test_a_call_opens_for_holders_of_the_rooms_ring_and_for_nobody_who_wrote_it_from_the_desk(house):
    anna = house.actor(house.member("Anna", Role.RECEPTION, place=False, share=False))
    maja = house.actor(house.member("Maja"))
    with door("staff", actor=anna.member):
        facts, offer = Facts("phone", "exposed", "calm", concern=("latent",)), call_queries.offer(on=clock.today())
        call = call_actions.log_call(by=anna, on=clock.today(), facts=facts, offer=offer, note="what she said").id
    dump = everything(house)
    wanted = [(told_place(call, v["id"]), v["sealed"]) for v in dump["contact_callversion"]]
    wanted += [(note_place(call, n["id"]), n["sealed"]) for n in dump["contact_callnote"]]

    def opened(actor):
        keys, texts = keys_a_thief_finds(dump, [actor.holder.private], call), []
        keys |= keys_a_thief_finds(dump, keys, call)  # what falls out of a share opens wraps
        for place, sealed in wanted:
            for key in keys:
                with suppress(CannotOpen):
                    texts.append(words.unseal(key, place, bytes(sealed)).decode())
        return texts

    assert opened(anna) == []
    told, note = opened(maja)
    assert json.loads(told)["facts"]["concern"] == ["latent"]
    assert note == "what she said"


def test_readings_and_log_rows_are_equal_in_number_over_a_whole_journey(house, monkeypatch):
    from lykta.sealing import queries as sealing_queries

    opened = []
    real = sealing_queries.unseal
    monkeypatch.setattr(sealing_queries, "unseal", lambda *a: opened.append(a) or real(*a))  # counts, changes nothing
    maja, tomas = (house.actor(house.member(name)) for name in ("Maja", "Tomas"))
    opened.clear()
    for text in ("one", "two", "three"):
        visitor, code = house.dialogue(text)
        answer(house, maja, visitor, "reply")
        for reader in (maja, tomas, maja):
            with door("staff", actor=reader.member):
                queries.read(reader, queries.dialogue_for(reader, visitor.case), reason=ReadReason.FREE)
        come_back(code)
    with house.as_superuser() as boss:
        rows, values = boss.execute(
            "SELECT count(*), sum(count) FROM audit_event WHERE act = 'contact:dialogue:read'"
        ).fetchone()
        fetched = boss.execute("SELECT sum(count) FROM audit_event WHERE act = 'contact:reply:collect'").fetchone()
    assert rows == 9
    assert values == len(opened) == 18
    assert fetched == (3,)


def test_closing_leaves_nothing_to_open_for_anybody(house):
    maja = house.actor(house.member("Maja"))
    visitor, _ = house.dialogue("what she wrote")
    with door("staff", actor=maja.member):
        actions.close(by=maja, dialogue=queries.dialogue_for(maja, visitor.case), reason=CloseReason.COMPLETED)
    dump = everything(house)
    assert dump["sealing_wrap"] == dump["contact_message"] == []


class WhoCanOpen(RuleBasedStateMachine):
    """Cases, members, shares in any order: holders always open, nobody else ever does, the destroyed never again."""

    def __init__(self) -> None:
        super().__init__()
        self.rings = {name: boxes.new_pair() for name in ("contact", "other")}
        self.members = {name: (boxes.new_pair(), set()) for name in ("maja", "tomas", "elsa")}
        self.shares: dict[tuple[str, str], bytes] = {}
        self.cases: dict[str, tuple[str, bytes, bytes]] = {}

    @rule(member=st.sampled_from(["maja", "tomas", "elsa"]), ring=st.sampled_from(["contact", "other"]))
    def share(self, member, ring):
        pair, held = self.members[member]
        self.shares[member, ring] = boxes.give(pair.public, f"{ring} share {member}", self.rings[ring].private)
        held.add(ring)

    @rule(ring=st.sampled_from(["contact", "other"]))
    def write(self, ring):
        case, key = str(uuid4()), bytes(uuid4().bytes * 2)
        place = Place("t", uuid4(), "f", uuid4())
        box = boxes.give(self.rings[ring].public, f"{ring} case {case}", key)
        self.cases[case] = (ring, box, words.seal(key, place, b"words"))

    @rule()
    def destroy_oldest(self):
        if self.cases:
            case = next(iter(self.cases))
            ring, _, sealed = self.cases[case]
            self.cases[case] = (ring, b"", sealed)

    @invariant()
    def only_holders_open(self):
        for case, (ring, box, _) in self.cases.items():
            for name, (pair, held) in self.members.items():
                try:
                    private = boxes.take(pair.private, f"{ring} share {name}", self.shares.get((name, ring), b""))
                    boxes.take(private, f"{ring} case {case}", box)
                    could = True
                except (SealingError, ValueError):
                    could = False
                assert could == (ring in held and box != b"")


TestWhoCanOpen = WhoCanOpen.TestCase
TestWhoCanOpen.settings = hypothesis_settings(
    max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def test_a_head_with_a_place_may_see_that_something_waits_but_writes_no_key(house):
    head = house.actor(house.member("Head", Role.HEAD, share=False))
    visitor, _ = house.dialogue()
    with door("staff", actor=head.member):
        rows = queries.inbox(head, on=clock.today(), free=set())
        assert [r.id for r in rows] == [visitor.case]
    with pytest.raises(Exception, match="row-level security"), door("staff", actor=head.member):
        new_case_key(centre=head.centre, case=uuid4(), part=uuid4(), ring_name=RingName.CONTACT)
