"""What the surroundings may say, and the one sentence where they say something odd."""

import argparse
from pathlib import Path

import pytest

from lykta.config import env, serve
from lykta.core.mail import MailServer


@pytest.mark.parametrize("hosts", ["", " ", ",", " , "])
def test_no_host_at_all_is_refused(tmp_path: Path, hosts: str) -> None:
    with pytest.raises(env.SettingsError, match="LYKTA_HOSTS names no host"):
        env.load({"LYKTA_DATA": str(tmp_path), "LYKTA_HOSTS": hosts})


@pytest.mark.parametrize(
    ("hosts", "read"),
    [(None, ["127.0.0.1", "localhost", "[::1]"]), ("lykta.example, 127.0.0.1,", ["lykta.example", "127.0.0.1"])],
)
def test_hosts_are_read(tmp_path: Path, hosts: str | None, read: list[str]) -> None:
    surroundings = {"LYKTA_DATA": str(tmp_path)} | ({} if hosts is None else {"LYKTA_HOSTS": hosts})
    assert env.load(surroundings).hosts == read


@pytest.mark.parametrize("role", ["lykta_owner", "lykta_worker", "lykta_staff"])
def test_serve_chooses_its_roles_itself(role: str) -> None:
    with pytest.raises(env.SettingsError, match=f"LYKTA_DB_ROLE is '{role}'. Leave it out"):
        env.refuse_other_roles({"LYKTA_DB_ROLE": role}, "")


@pytest.mark.parametrize("role", [{}, {"LYKTA_DB_ROLE": ""}, {"LYKTA_DB_ROLE": "lykta_app"}])
def test_the_ordinary_login_may_serve(role: dict[str, str]) -> None:
    env.refuse_other_roles(role, "")
    env.refuse_other_roles({"LYKTA_DB_ROLE": "lykta_public"}, "public")


def workers(text: str) -> int:
    """What the parser makes of --workers."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    serve.add_arguments(parser)
    count: int = parser.parse_args(["--workers", text]).workers
    return count


@pytest.mark.parametrize("text", ["0", "-1", "65", "x", "", "1" * 5000, "²"])
def test_an_odd_number_of_processes_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentError, match="Write one from 1 to 64"):
        workers(text)


@pytest.mark.parametrize("count", [1, 2, 64])
def test_a_sound_number_of_processes_is_taken(count: int) -> None:
    assert workers(str(count)) == count


MAIL = {"LYKTA_SMTP_URL": "smtps://who:p%40ss@post.example:465", "LYKTA_MAIL_FROM": "lykta@centrum.example"}


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtps://who:p%40ss@post.example", MailServer("post.example", 465, "who", "p@ss", secure=True)),
        ("smtp://post.example", MailServer("post.example", 587)),
        ("smtp://127.0.0.1:2525", MailServer("127.0.0.1", 2525)),
    ],
)
def test_a_post_office_is_read(tmp_path: Path, url: str, read: MailServer) -> None:
    found = env.load({"LYKTA_DATA": str(tmp_path)} | MAIL | {"LYKTA_SMTP_URL": url})
    assert (found.mail_server, found.mail_from, found.anchor_mail) == (read, "lykta@centrum.example", "")


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"LYKTA_SMTP_URL": "post.example"}, "LYKTA_SMTP_URL is odd"),
        ({"LYKTA_SMTP_URL": "https://post.example"}, "LYKTA_SMTP_URL is odd"),
        ({"LYKTA_SMTP_URL": "smtp://post.example:many"}, "LYKTA_SMTP_URL is odd"),
        ({"LYKTA_SMTP_URL": "smtp://post.example/box"}, "LYKTA_SMTP_URL is odd"),
        ({"LYKTA_SMTP_URL": "smtp://"}, "LYKTA_SMTP_URL is odd"),
        ({"LYKTA_MAIL_FROM": ""}, "LYKTA_MAIL_FROM is ''"),
        ({"LYKTA_MAIL_FROM": "Lykta <lykta@centrum.example>"}, "Write one address"),
        ({"LYKTA_ANCHOR_MAIL": "one@a.example, two@a.example"}, "LYKTA_ANCHOR_MAIL is"),
        ({"LYKTA_ANCHOR_MAIL": "one@a.example\nBcc: two@a.example"}, "LYKTA_ANCHOR_MAIL is"),
        ({"LYKTA_ANCHOR_MAIL": "one@a.example", "LYKTA_SMTP_URL": ""}, "needs a server to send by"),
    ],
)
def test_odd_mail_settings_stop_the_start(tmp_path: Path, odd: dict[str, str], said: str) -> None:
    with pytest.raises(env.SettingsError, match=said):
        env.load({"LYKTA_DATA": str(tmp_path)} | MAIL | odd)


def test_the_anchors_folder_lies_outside_the_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for odd in ("anchors", str(data), str(data / "anchors"), str(tmp_path), "/"):
        with pytest.raises(env.SettingsError, match="LYKTA_ANCHOR_DIR"):
            env.load({"LYKTA_DATA": str(data), "LYKTA_ANCHOR_DIR": odd})
    assert env.load({"LYKTA_DATA": str(data), "LYKTA_ANCHOR_DIR": str(tmp_path / "out")}).anchor_dir == tmp_path / "out"


ODD: list[tuple[str, str]] = [
    ("LYKTA_DATA", "/dev/null"),
    ("LYKTA_KEYS", "/dev/null"),
    ("LYKTA_DATABASE_URL", "mysql://server/lykta"),
    ("LYKTA_DATABASE_URL", "postgresql://server:many/lykta"),
    ("LYKTA_DATABASE_URL", "postgresql://server:5432/"),
    ("LYKTA_OWNER_DATABASE_URL", "mysql://server/lykta"),
    ("LYKTA_DB_ROLE", "postgres"),
    ("LYKTA_DOOR", "back"),
    ("LYKTA_HOSTS", ","),
    ("LYKTA_HTTPS", "yes"),
    ("LYKTA_EXIT_URL", "http://weather.example/"),
    ("LYKTA_FLOOD_BURST", "0"),
    ("LYKTA_SMTP_URL", "post.example"),
    ("LYKTA_MAIL_FROM", "Lykta <lykta@centrum.example>"),
    ("LYKTA_ANCHOR_MAIL", "one@a.example, two@a.example"),
    ("LYKTA_ANCHOR_DIR", "anchors"),
]
"""An odd value of each setting there is."""
SET_BY_OURSELVES = {"LYKTA_SOCKET", "LYKTA_CHROMIUM"}


@pytest.mark.parametrize(("name", "value"), ODD)
def test_each_setting_is_refused_by_its_name_when_it_is_odd(tmp_path: Path, name: str, value: str) -> None:
    sound = {"LYKTA_DATA": str(tmp_path)} | MAIL
    if name == "LYKTA_KEYS":
        sound["LYKTA_DATABASE_URL"] = "postgresql://127.0.0.1/lykta"
    env.load(sound)
    with pytest.raises(env.SettingsError, match=name if name != "LYKTA_KEYS" else value):
        env.load(sound | {name: value})


def test_no_setting_is_left_out_of_that() -> None:
    assert {name for name, _ in ODD} == set(env.VARIABLES) - SET_BY_OURSELVES


def test_a_setting_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(env.SettingsError, match="LYKTA_HOST is not a setting of Lykta"):
        env.load({"LYKTA_DATA": str(tmp_path), "LYKTA_HOST": "stod.example.se"})
