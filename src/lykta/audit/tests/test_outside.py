"""Anchors that leave the house and come back: signed lines, ways out, and a thief who reaches everything inside."""

import json
import shutil
import socketserver
import threading
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from nacl.signing import SigningKey

from journeys.house import House
from lykta.audit import anchor
from lykta.audit.actions import anchor_lines
from lykta.audit.enums import Act, Trouble, Way
from lykta.audit.models import Sending
from lykta.audit.outside import Anchor, AnchorError, parse, points, public_key, signed
from lykta.audit.rules import START, Break, first_break
from lykta.audit.sending import file_name
from lykta.audit.tasks import send_the_anchor, verify_the_log
from lykta.audit.tests.test_chain import ANCHOR, CENTRE, CHAIN, HEAD, MENDED, WHOLE
from lykta.audit.tests.test_verify_log import (
    MEND,
    Boss,
    change_and_mend,
    cut_with_its_head,
    empty_with_its_head,
    events,
)
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.core.mail import MailServer

SEED, HOUSE_ID, DAY = bytes(range(32)), "0f0e0d0c-0b0a-4908-8706-050403020100", date(2026, 11, 23)
KEY = public_key(SEED)
LINES = signed(SEED, HOUSE_ID, {"staff": (5, b"a" * 32), "public": (2, b"b" * 32), "agency": (0, START)}, on=DAY)
STAFF, PUBLIC = LINES.splitlines()


def test_a_line_is_what_is_documented() -> None:
    mark, centre, chain, number, digest, day, signature = STAFF.split(" ")
    assert (mark, centre, chain, number, digest, day) == ("lykta-anchor-1", HOUSE_ID, "staff", "5", "61" * 32, str(DAY))
    said = " ".join([mark, centre, chain, number, digest, day])
    assert SigningKey(SEED).verify_key.verify(said.encode(), bytes.fromhex(signature)) == said.encode()
    assert len(LINES.splitlines()) == 2, "a chain without rows vouches for nothing"


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        f"Hej\n\n{LINES}\n-- \nLykta",
        LINES.replace("\n", "\r\n"),
        LINES.replace(" ", "\n"),
        f"Subject: x\n\n  {STAFF}   \n\n{PUBLIC}",
    ],
)
def test_lines_are_found_in_any_text(text: str) -> None:
    assert parse(text, centre=HOUSE_ID, key=KEY) == [
        Anchor(HOUSE_ID, "staff", 5, b"a" * 32, "2026-11-23"),
        Anchor(HOUSE_ID, "public", 2, b"b" * 32, "2026-11-23"),
    ]


OTHERS = signed(bytes(32), HOUSE_ID, {"staff": (5, b"a" * 32)}, on=DAY)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("", KEY, "no line there begins"),
        ("\x00\xff", KEY, "no line there begins"),
        (STAFF.replace(" 5 ", " 6 "), KEY, "not signed"),
        (STAFF.replace("2026-11-23", "2026-11-22"), KEY, "not signed"),
        (STAFF.replace(" staff ", " worker "), KEY, "not signed"),
        (STAFF[:-1], KEY, "no line there begins"),
        (f"{STAFF}0", KEY, "no line there begins"),
        (f"{PUBLIC}\n{STAFF[:-1]}", KEY, "1 of the lines"),
        (OTHERS, KEY, "not signed"),
        (STAFF, "00" * 32, "not signed"),
        (STAFF, "no key", "not signed"),
        (STAFF.replace(HOUSE_ID, "1" * 36), KEY, "another house"),
    ],
)
def test_what_vouches_for_nothing_is_refused(text: str, key: str, said: str) -> None:
    with pytest.raises(AnchorError, match=said):
        parse(text, centre=HOUSE_ID, key=key)


def test_two_hashes_for_one_number_fit_no_row() -> None:
    one, other = Anchor("c", "staff", 5, b"a", "2026-11-23"), Anchor("c", "staff", 5, b"b", "2026-11-24")
    assert points([one, other], "staff") == {5: b""}
    assert points([one, one], "staff") == {5: b"a"}
    assert points([one], "public") == {}


@pytest.mark.parametrize(
    ("what", "rows", "outside", "expected"),
    [
        ("whole", WHOLE, {5: WHOLE[4].hash}, None),
        ("whole, older", WHOLE, {2: WHOLE[1].hash, 4: WHOLE[3].hash}, None),
        ("rewritten from the second", MENDED, {5: WHOLE[4].hash}, Break(5, "rewritten", 0)),
        ("and the first vouched for", MENDED, {1: WHOLE[0].hash, 3: WHOLE[2].hash}, Break(3, "rewritten", 1)),
        ("cut", WHOLE[:3], {5: WHOLE[4].hash}, Break(4, "cut")),
        ("nothing at all", [], {5: WHOLE[4].hash}, Break(1, "cut")),
        ("outside anchors quarrel", WHOLE, {3: b""}, Break(3, "rewritten", 0)),
    ],
)
def test_whoever_mends_everything_inside_disagrees_with_outside(
    what: str, rows: Any, outside: Any, expected: Any
) -> None:
    head = (rows[-1].seq, rows[-1].hash) if rows else (0, START)
    local = {row.seq: row.hash for row in rows}
    assert first_break(CENTRE, CHAIN, rows, head=head, anchor=local) is None, "inside, nothing tells"
    assert first_break(CENTRE, CHAIN, rows, head=head, anchor=local, outside=outside) == expected


def test_a_mended_local_anchor_is_still_named_without_the_outside() -> None:
    assert first_break(CENTRE, CHAIN, WHOLE, head=HEAD, anchor=ANCHOR | {2: b"x" * 32}) == Break(2, "rewritten")


def lines_now() -> str:
    with door("worker", actor=WORKER):
        return anchor_lines(centre=settings.LYKTA_CENTRE, on=clock.today())


def verdict(*flags: str) -> tuple[int, str]:
    """Exit status, and what was printed or why it failed."""
    said = StringIO()
    try:
        call_command("verify_log", *flags, stdout=said)
    except CommandError as broken:
        return broken.returncode, said.getvalue() + str(broken)
    return 0, said.getvalue()


def rewrite_the_anchor_files(boss: Boss) -> None:
    """What a thief with the data directory does after the forgery."""
    shutil.rmtree(Path(settings.LYKTA_DATA) / "anchors")
    for chain, seq, digest in boss.execute("SELECT chain, seq, hash FROM audit_event ORDER BY chain, seq"):
        anchor.drop(settings.LYKTA_CENTRE, chain, seq, bytes(digest))


def reorder_and_mend(boss: Boss) -> None:
    """Two rows change places, and everything after them is hashed anew."""
    for old, new in ((3, 99), (4, 3), (99, 4)):
        boss.execute("UPDATE audit_event SET seq = %s WHERE chain = 'staff' AND seq = %s", [new, old])
    boss.execute(MEND)


def delete_and_mend(boss: Boss) -> None:
    boss.execute("DELETE FROM audit_event WHERE chain = 'staff' AND seq = 3")
    boss.execute("UPDATE audit_event SET seq = seq - 1 WHERE chain = 'staff' AND seq > 3")
    boss.execute(MEND)


@pytest.mark.parametrize(
    ("theft", "broken"),
    [
        (change_and_mend, {"row": 6, "what": "rewritten", "since": 2}),
        (reorder_and_mend, {"row": 6, "what": "rewritten", "since": 2}),
        (delete_and_mend, {"row": 6, "what": "cut"}),
        (cut_with_its_head, {"row": 5, "what": "cut"}),
        (empty_with_its_head, {"row": 1, "what": "cut"}),
    ],
)
def test_database_and_data_directory_rewritten_together_are_named_by_what_lies_outside(
    house: House, tmp_path: Path, theft: Any, broken: dict[str, Any]
) -> None:
    different_events(2)
    (tmp_path / "monday.eml").write_text(f"Subject: Loggens ankare\n\nHej\n{lines_now()}")
    different_events(4, since=2)
    (tmp_path / "tuesday.txt").write_text(lines_now())
    assert verdict("--anchor", str(tmp_path))[0] == 0
    with house.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")
        theft(boss)
        boss.execute("SET session_replication_role = origin")
        rewrite_the_anchor_files(boss)
    if theft is not empty_with_its_head:
        assert verdict()[0] == 0, "the thief has mended everything inside"
    status, said = verdict("--json", "--anchor", str(tmp_path))
    assert status == 1
    staff = next(c for c in json.loads(said[: said.rindex("]") + 1]) if c["chain"] == "staff")
    assert staff["broken"] == broken


def different_events(number: int, since: int = 0) -> None:
    """Rows that are told apart even within one minute."""
    from lykta.audit.actions import record

    for at in range(since, since + number):
        with door("staff"):
            record(Act.SIGN_IN_REFUSED, reason=("password", "too many tries", "second factor")[at % 3], count=at)


def test_a_key_changed_with_everything_else_signs_nothing_that_was_sent_before(house: House, tmp_path: Path) -> None:
    events(2)
    kept = tmp_path / "kept.txt"
    kept.write_text(lines_now())
    noted = public_key(settings.LYKTA_ANCHOR_SEED)
    assert verdict("--anchor", str(kept), "--key", noted)[0] == 0
    status, said = verdict("--anchor", str(kept), "--key", public_key(bytes(32)))
    assert (status, "not signed" in said) == (1, True)


@pytest.mark.parametrize(("content", "said"), [(None, "can't be read"), ("nothing", "no line there")])
def test_a_file_that_is_none_is_said_in_a_sentence(
    house: House, tmp_path: Path, content: str | None, said: str
) -> None:
    path = tmp_path / "anchor"
    if content is not None:
        path.write_text(content)
    status, told = verdict("--anchor", str(path))
    assert (status, said in told) == (1, True)


class Letterbox(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as it takes to receive one letter."""

    def handle(self) -> None:
        box: Any = self.server
        self.say(f"{box.greeting} letterbox")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                letter = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    letter += part
                box.letters.append(letter.decode())
            self.say("550 no" if verb == "RCPT" and box.refuses else "221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Post(socketserver.ThreadingTCPServer):
    letters: list[str]
    refuses: bool
    greeting: str


@pytest.fixture
def post() -> Iterator[Post]:
    """A small post office on this machine."""
    server = Post(("127.0.0.1", 0), Letterbox)
    server.letters, server.refuses, server.greeting = [], False, "220"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def by_mail(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setattr(settings, "LYKTA_MAIL_SERVER", MailServer("127.0.0.1", port))
    monkeypatch.setattr(settings, "LYKTA_MAIL_FROM", "lykta@centrum.example")
    monkeypatch.setattr(settings, "LYKTA_ANCHOR_MAIL", "ombud@kommun.example")


def sendings() -> dict[str, tuple[int, str]]:
    with door("worker", actor=WORKER):
        return {s.way: (s.tries, s.trouble) for s in Sending.objects.all()}


def test_once_a_day_the_anchor_goes_by_mail_and_can_be_verified_from_the_saved_letter(
    house: House, monkeypatch: pytest.MonkeyPatch, post: Post, tmp_path: Path
) -> None:
    by_mail(monkeypatch, post.server_address[1])
    events(3)
    send_the_anchor(0)
    send_the_anchor(0)
    (letter,) = post.letters
    assert sendings() == {Way.MAIL: (1, "")}
    assert "ombud@kommun.example" in letter
    (tmp_path / "letter.eml").write_text(letter)
    assert verdict("--anchor", str(tmp_path / "letter.eml"))[0] == 0
    with house.as_superuser() as boss:
        sent = boss.execute("SELECT chain, reason FROM audit_event WHERE act = 'audit:anchor:send'").fetchall()
    assert sent == [("worker", "mail")]


def test_what_did_not_arrive_is_told_and_tried_again(house: House, monkeypatch: pytest.MonkeyPatch, post: Post) -> None:
    by_mail(monkeypatch, post.server_address[1])
    events(1)
    post.refuses = True
    send_the_anchor(0)
    assert sendings() == {Way.MAIL: (1, Trouble.REFUSED)}
    post.refuses, post.greeting = False, "554"
    send_the_anchor(0)
    assert sendings() == {Way.MAIL: (2, Trouble.REFUSED)}
    post.greeting = "220"
    send_the_anchor(0)
    assert sendings() == {Way.MAIL: (3, "")}
    assert len(post.letters) == 1
    by_mail(monkeypatch, 1)
    send_the_anchor(0)
    assert sendings() == {Way.MAIL: (3, "")}, "it has arrived today, so nobody is asked"


def test_a_post_office_that_does_not_answer_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    by_mail(monkeypatch, 1)
    events(1)
    send_the_anchor(0)
    assert sendings() == {Way.MAIL: (1, Trouble.NO_ANSWER)}


def test_the_anchor_is_laid_in_a_folder_that_is_there_and_never_makes_one(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "mounted"
    monkeypatch.setattr(settings, "LYKTA_ANCHOR_DIR", folder)
    events(2)
    send_the_anchor(0)
    assert sendings() == {Way.FOLDER: (1, Trouble.FOLDER_AWAY)}
    assert not folder.exists()
    folder.mkdir()
    send_the_anchor(0)
    assert sendings() == {Way.FOLDER: (2, "")}
    assert verdict("--anchor", str(folder))[0] == 0
    assert [p.name for p in folder.iterdir()] == [file_name(clock.today())]


def test_a_folder_that_takes_no_file_is_told(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "LYKTA_ANCHOR_DIR", tmp_path)
    (tmp_path / file_name(clock.today())).mkdir()
    events(1)
    send_the_anchor(0)
    assert sendings() == {Way.FOLDER: (1, Trouble.NOT_WRITTEN)}


def test_without_a_way_out_nothing_is_sent(house: House) -> None:
    events(1)
    send_the_anchor(0)
    assert sendings() == {}


def test_every_night_the_walk_is_kept(house: House) -> None:
    from lykta.audit.queries import latest_checks

    events(2)
    verify_the_log(0)
    with door("worker", actor=WORKER):
        held = latest_checks(settings.LYKTA_CENTRE)
    assert {chain: (c.rows, c.broken_seq) for chain, c in held.items() if chain != "worker"} == {
        "staff": (2, None),
        "public": (0, None),
        "agency": (0, None),
        "calls": (0, None),
    }
