"""The console script `lykta`: finds the data directory, lays the ground a command needs, and runs it.

Most commands are Django management commands of some room (dash becomes underscore).
Exit status: 0 done, 1 failed with one line on standard error, 2 asked in a way we don't understand.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import NoReturn

DATA_HELP = "directory of keys, database and published pages (default: $LYKTA_DATA, else .lykta)"

COMMANDS = {
    "serve": "serve the house: database, worker and web server",
    "migrate": "bring roles, tables and published pages up to date, and serve nobody",
    "keys": "write the smaller set of keys with which one door can be served alone",
    "demo": "load the demo centre with an invented staff and inbox",
    "publish": "render every public page, or write them as files with --to DIR",
    "match": "which services fit a person: persona as JSON in, verdicts as JSON out",
    "doctor": "what is wrong or unsafe in this installation, and what to do about it",
    "admit": "let a member in again with the recovery key on paper, when nobody of the house can",
    "take-over": "with the recovery key on paper, give a named file that nobody can open any more to others",
    "verify-log": "check that no row of the log was changed, removed or moved",
}

GROUNDLESS = {"match": "lykta.catalogue"}
"""Commands that without --data need no database, no keys and none of Django's start-up, with their room."""

MAKERS = ("serve", "demo")
"""Commands that may make a data directory; to the others a missing one is a slip of the pen."""

NOT_OURS = {
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
}
"""Flags every Django command has and our users have no use for; they work, --help is silent about them."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the console script. Always ends by SystemExit."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    data, words = _take_data(words)
    if not words or words[0] in ("-h", "--help"):
        _help()
        sys.exit(0 if words else 2)
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        _fail(f"no command {name!r}. There are: {', '.join(COMMANDS)}.", status=2)
    if data is not None:
        os.environ["LYKTA_DATA"] = data
    os.environ["DJANGO_SETTINGS_MODULE"] = "lykta.config.settings"
    if name in BY_OURSELVES:
        sys.exit(BY_OURSELVES[name](rest))
    sys.exit(_run(name, rest, asked=data is not None))


def _take_data(words: list[str]) -> tuple[str | None, list[str]]:
    """Take --data DIR out of the words, wherever it stands: it is the same for every command."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, prog="lykta")
    parser.add_argument("--data", metavar="DIR")
    known, rest = parser.parse_known_args(words)
    if known.data == "":
        _fail("--data needs a directory.", status=2)
    return known.data, rest


def _help() -> None:
    print("usage: lykta COMMAND [--data DIR] [flags]     (lykta COMMAND --help tells its flags)\n")
    for name, text in COMMANDS.items():
        print(f"  {name:<12} {text}")
    print(f"\n  --data DIR   {DATA_HELP}")


def _serve(words: list[str]) -> int:
    from lykta.config import serve

    parser = argparse.ArgumentParser(prog="lykta serve", description=COMMANDS["serve"], allow_abbrev=False)
    serve.add_arguments(parser)
    parser.add_argument("--data", metavar="DIR", help=DATA_HELP)
    options = parser.parse_args(words)
    return _told(lambda: serve.serve(options, _checked_data()))


def _doctor(words: list[str]) -> int:
    from lykta.config.doctor import command

    parser = argparse.ArgumentParser(prog="lykta doctor", description=COMMANDS["doctor"], allow_abbrev=False)
    command.add_arguments(parser)
    parser.add_argument("--data", metavar="DIR", help=DATA_HELP)
    return command.doctor(parser.parse_args(words))


def _migrate(words: list[str]) -> int:
    from lykta.config import serve

    parser = argparse.ArgumentParser(prog="lykta migrate", description=COMMANDS["migrate"], allow_abbrev=False)
    parser.add_argument("--data", metavar="DIR", help=DATA_HELP)
    parser.parse_args(words)
    return _told(lambda: serve.migrate(_checked_data()))


def _keys(words: list[str]) -> int:
    from lykta.config import door_keys

    parser = argparse.ArgumentParser(prog="lykta keys", description=COMMANDS["keys"], allow_abbrev=False)
    door_keys.add_arguments(parser)
    parser.add_argument("--data", metavar="DIR", help=DATA_HELP)
    options = parser.parse_args(words)
    return _told(lambda: door_keys.give(options, _checked_key_file()))


BY_OURSELVES = {"serve": _serve, "migrate": _migrate, "keys": _keys, "doctor": _doctor}
"""Commands that lay or judge the ground; every other is a Django management command of some room."""


def _run(name: str, words: list[str], *, asked: bool) -> int:
    """Run a management command. asked: --data was given, so `match` answers from that centre's catalogue."""
    data = os.environ["LYKTA_DATA"] if asked else None
    if name in GROUNDLESS and data is None:
        return _run_groundless(name, words)
    if "-h" in words or "--help" in words:
        return _told(lambda: _command(name, words, data))
    return _told(lambda: _command_on_ground(name, words, data))


def _run_groundless(name: str, words: list[str]) -> int:
    """A program may call these many times, so nothing is loaded that they do not use."""
    from django.core.management import CommandError

    try:
        return _command(name, words, None)
    except CommandError as why:
        _fail(str(why), status=why.returncode)


def _command_on_ground(name: str, words: list[str], data: str | None) -> int:
    from lykta.config.ground import GroundError, ground

    place = _checked_data()
    if name not in MAKERS and not _checked_key_file().exists():
        raise GroundError(f"there is no house in {place}. Make one with ./start, or name it with --data DIR.")
    with ground(place) as surroundings:
        os.environ.update(surroundings)
        try:
            done = _command(name, words, data)
            if name == "demo":
                _open_demo(data)
            return done
        finally:
            _close_pool()


def _open_demo(data: str | None) -> None:
    """The house is not empty any more: no page leads to the installation, and the public side is open."""
    from lykta.centre import word

    word.forget()
    with redirect_stdout(io.StringIO()):  # a program may read what the demo has said
        _command("publish", [], data)


def _close_pool() -> None:
    """Let go of the database; the pool's threads would otherwise be waited for, half a minute long."""
    from django.db import connection

    connection.close_pool()  # type: ignore[attr-defined]


def _command(name: str, words: list[str], data: str | None) -> int:
    """Parse and execute as `manage.py` would, without the flags only Django's developers need."""
    import django
    from django.core.management import CommandError, get_commands, load_command_class

    module = name.replace("-", "_")
    if name not in GROUNDLESS or data is not None:
        django.setup()
    command = load_command_class(GROUNDLESS.get(name) or get_commands()[module], module)
    command.suppressed_base_arguments = NOT_OURS
    parser = command.create_parser("lykta", name)
    with suppress(argparse.ArgumentError):  # a command that reads it has described it better
        parser.add_argument("--data", metavar="DIR", help=DATA_HELP)
    try:
        options = vars(parser.parse_args(words))
    except CommandError as why:
        _fail(str(why).removeprefix("Error: "), status=2)
    options["data"] = data
    positional = options.pop("args", ())
    command.execute(*positional, **{**options, "skip_checks": True})
    return 0


def _checked_data() -> Path:
    """The data directory, after the whole environment was found to be in order."""
    from lykta.config.env import load

    return load().data


def _checked_key_file() -> Path:
    from lykta.config.env import load

    return load().key_file


def _told(deed: Callable[[], int]) -> int:
    """Do the deed; what goes wrong in ordinary life becomes one line, everything else stays a traceback."""
    import psycopg
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import DatabaseError

    from lykta.config.env import SettingsError
    from lykta.config.ground import GroundError
    from lykta.config.place import ClusterError
    from lykta.config.roles import RolesError

    try:
        return deed()
    except CommandError as why:
        _fail(str(why), status=why.returncode)
    except (SettingsError, GroundError, ClusterError, RolesError, ImproperlyConfigured) as why:
        _fail(str(why))
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege, DatabaseError) as why:
        _fail(f"the database says: {_first_line(why)} Check LYKTA_DATABASE_URL, or that it runs.")
    except KeyboardInterrupt:
        return 130


def _first_line(why: BaseException) -> str:
    return (str(why).strip().splitlines() or [type(why).__name__])[0].rstrip(".") + "."


def _fail(text: str, *, status: int = 1) -> NoReturn:
    print(f"lykta: {text}", file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main()
