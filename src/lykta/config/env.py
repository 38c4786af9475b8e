"""What the surroundings tell us: environment variables and the keys in the data directory.

Every variable Lykta reads is in VARIABLES. An odd value, or a LYKTA_ name nobody knows, stops the start with one
sentence and a hint, since a setting silently ignored is paid for at night.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from lykta.core.mail import MailServer

DOORS = ("all", "public", "agency", "staff", "worker")
ROLES = ("lykta_app", "lykta_owner", "lykta_public", "lykta_agency", "lykta_staff", "lykta_worker")

SERVING = "lykta_app"
HOSTS = "127.0.0.1,localhost,[::1]"
EXAMPLE_URL = "postgresql://user:password@host:5432/lykta"

VARIABLES = {
    "LYKTA_DATA": "directory for keys, published pages and the embedded database; default .lykta",
    "LYKTA_KEYS": "file of secrets, for a house with a database server of its own; default keys.json in LYKTA_DATA",
    "LYKTA_DATABASE_URL": "postgresql://user:password@host:port/name of a server; default: embedded PostgreSQL",
    "LYKTA_OWNER_DATABASE_URL": "the same for the role that owns the tables; only used by migrations",
    "LYKTA_DB_ROLE": "which of Lykta's roles this process signs in as; default lykta_app, or the door's own",
    "LYKTA_SOCKET": "directory of the embedded database's socket; set by the lykta command itself",
    "LYKTA_DOOR": "all, public, agency, staff or worker; default all, or the door whose keys we have",
    "LYKTA_HOSTS": "host names we answer to, comma between; default 127.0.0.1,localhost,[::1]",
    "LYKTA_HTTPS": "1 when a proxy before us speaks TLS (secure cookies); default 0",
    "LYKTA_EXIT_URL": "where Leave quickly leads; an https address without anything personal",
    "LYKTA_FLOOD_BURST": "messages one network may send at once before it is slowed down; default 240",
    "LYKTA_SMTP_URL": "smtps://user:password@host:465 or smtp://user:password@host:587 (STARTTLS); default: no mail",
    "LYKTA_MAIL_FROM": "the neutral address our letters come from; needed with LYKTA_SMTP_URL",
    "LYKTA_ANCHOR_MAIL": "who gets the log's anchor by mail each day, as the data protection officer; default nobody",
    "LYKTA_ANCHOR_DIR": "directory of another machine, mounted here, where the log's anchor is laid each day",
    "LYKTA_CHROMIUM": "path of the browser the tests use",
}


class SettingsError(Exception):
    """A setting is missing or odd. The text says which, and what to write instead."""


@dataclass(frozen=True)
class Database:
    """Where one role meets the database. A host beginning with / is a directory with a socket.

    options: whatever else the address says, as sslmode.
    """

    name: str
    user: str
    password: str
    host: str
    port: str
    options: Mapping[str, str] = field(default_factory=dict)

    def dsn(self, *, password: str | None = None) -> str:
        """Connection string for psycopg; with another password where one is given."""
        return make_conninfo(
            dbname=self.name,
            user=self.user,
            password=self.password if password is None else password,
            host=self.host,
            port=self.port,
            **self.options,
        )


@dataclass(frozen=True)
class Env:
    """Everything settings.py needs, read once and checked.

    own_door: the door whose keys these are, as "public"; "" for the keys of the whole house.
    """

    data: Path
    key_file: Path
    keys: Mapping[str, object]
    own_door: str
    database: Database
    door: str
    hosts: list[str]
    https: bool
    exit_url: str
    flood_burst: int
    mail_server: MailServer | None
    mail_from: str
    anchor_mail: str
    anchor_dir: Path | None

    def holds(self, name: str) -> bool:
        """Whether the key is one we should have: a door's file holds only what that door needs."""
        return not self.own_door or name in self.keys

    def secret(self, name: str) -> bytes:
        """Bytes of the named key in keys.json (kept there as hexadecimal text)."""
        value = self.keys.get(name)
        if not isinstance(value, str):
            raise SettingsError(f"keys.json lacks {name}. Start with ./start or ./lykta serve, which completes it.")
        return bytes.fromhex(value)


def load(environ: Mapping[str, str] | None = None) -> Env:
    """Read and check the environment. Raises SettingsError with one sentence and a hint."""
    environ = os.environ if environ is None else environ
    _refuse_unknown(environ)
    data, key_file = data_directory(environ), key_file_of(environ)
    if data.exists() and not data.is_dir():
        raise SettingsError(f"LYKTA_DATA is {str(data)!r}, which is no directory. Write another.")
    keys = read_keys(key_file)
    _database({**environ, "LYKTA_DB_ROLE": "lykta_owner"}, keys, SERVING)  # an odd way in is refused before it is used
    own_door = str(keys.get("door") or "")
    door = _choice(environ, "LYKTA_DOOR", DOORS, own_door or "all")
    if own_door not in ("", door):
        raise SettingsError(f"{key_file} holds the keys of the door {own_door!r}; it can't serve {door!r}.")
    mail_server = _mail_server(environ)
    return Env(
        data=data,
        key_file=key_file,
        keys=keys,
        own_door=own_door,
        database=_database(environ, keys, f"lykta_{own_door}" if own_door else SERVING),
        door=door,
        hosts=_hosts(environ),
        https=_choice(environ, "LYKTA_HTTPS", ("0", "1"), "0") == "1",
        exit_url=_exit_url(environ),
        flood_burst=_number(environ, "LYKTA_FLOOD_BURST", 240),
        mail_server=mail_server,
        mail_from=_address(environ, "LYKTA_MAIL_FROM", needed=mail_server is not None),
        anchor_mail=_anchor_mail(environ, mail_server),
        anchor_dir=_anchor_dir(environ, data),
    )


def data_directory(environ: Mapping[str, str]) -> Path:
    """The data directory, absolute; not necessarily there yet."""
    return Path(environ.get("LYKTA_DATA") or ".lykta").expanduser().resolve()


def key_file_of(environ: Mapping[str, str]) -> Path:
    """The file of secrets; not necessarily there yet."""
    given = environ.get("LYKTA_KEYS")
    if given and not environ.get("LYKTA_DATABASE_URL"):
        raise SettingsError("LYKTA_KEYS needs LYKTA_DATABASE_URL: the embedded database has its keys beside it.")
    return Path(given).expanduser().resolve() if given else data_directory(environ) / "keys.json"


def read_keys(path: Path) -> Mapping[str, object]:
    """The installation's secrets; empty before the first start."""
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as why:
        raise SettingsError(f"{path} can't be read ({why}). Restore it from your copy; do not make a new one.") from why
    if not isinstance(keys, dict):
        raise SettingsError(f"{path} does not hold keys. Restore it from your copy.")
    return keys


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    for name in sorted(environ):
        if name.startswith("LYKTA_") and name not in VARIABLES:
            raise SettingsError(f"{name} is not a setting of Lykta. Known are: {', '.join(VARIABLES)}.")


def _choice(environ: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = environ.get(name) or default
    if value not in allowed:
        raise SettingsError(f"{name} is {value!r}. Write one of: {', '.join(allowed)}.")
    return value


def _hosts(environ: Mapping[str, str]) -> list[str]:
    hosts = [h.strip() for h in environ.get("LYKTA_HOSTS", HOSTS).split(",") if h.strip()]
    if not hosts:
        raise SettingsError(f"LYKTA_HOSTS names no host. Write names with comma between, as {HOSTS}, or leave it out.")
    return hosts


def refuse_other_roles(environ: Mapping[str, str], own_door: str) -> None:
    """`serve` chooses the roles of its parts itself: the house's login may take each of them, a door's is its own."""
    role = environ.get("LYKTA_DB_ROLE") or SERVING
    if role not in (SERVING, f"lykta_{own_door}"):
        raise SettingsError(f"LYKTA_DB_ROLE is {role!r}. Leave it out: serve chooses the roles of its parts by itself.")


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < 1:
        raise SettingsError(f"{name} is {value!r}. Write a whole number above 0, as {default}.")
    return int(value)


def _exit_url(environ: Mapping[str, str]) -> str:
    value = environ.get("LYKTA_EXIT_URL") or "https://www.smhi.se/"
    parts = urlsplit(value)
    local = parts.hostname in ("127.0.0.1", "localhost")
    if not parts.hostname or parts.scheme not in ("https", "http") or (parts.scheme == "http" and not local):
        raise SettingsError(f"LYKTA_EXIT_URL is {value!r}. Write an https address, as https://www.smhi.se/.")
    return value


def _mail_server(environ: Mapping[str, str]) -> MailServer | None:
    """Where letters are handed in; None where the house sends none."""
    value = environ.get("LYKTA_SMTP_URL")
    if not value:
        return None
    odd = SettingsError("LYKTA_SMTP_URL is odd. Write smtps://user:password@host:465 or smtp://user:password@host:587.")
    try:
        parts = urlsplit(value)
        port = parts.port or {"smtps": 465, "smtp": 587}[parts.scheme]
    except (KeyError, ValueError) as why:
        raise odd from why
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
        raise odd
    secure = parts.scheme == "smtps"
    return MailServer(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), secure)


def _address(environ: Mapping[str, str], name: str, *, needed: bool) -> str:
    """One mail address; "" where none is needed and none given."""
    value = environ.get(name, "")
    if (value or needed) and not re.fullmatch(r"[^\s@<>,;\"']+@[^\s@<>,;\"']+", value):
        raise SettingsError(f"{name} is {value!r}. Write one address, as lykta@centrum.example.")
    return value


def _anchor_mail(environ: Mapping[str, str], server: MailServer | None) -> str:
    if environ.get("LYKTA_ANCHOR_MAIL") and server is None:
        raise SettingsError(
            "LYKTA_ANCHOR_MAIL needs a server to send by. Write LYKTA_SMTP_URL and LYKTA_MAIL_FROM too."
        )
    return _address(environ, "LYKTA_ANCHOR_MAIL", needed=False)


def _anchor_dir(environ: Mapping[str, str], data: Path) -> Path | None:
    """Outside the data directory, since who rewrites the one would rewrite the other. It need not be there now."""
    value = environ.get("LYKTA_ANCHOR_DIR")
    if not value:
        return None
    chosen = Path(value).expanduser()
    if not chosen.is_absolute() or chosen.resolve().is_relative_to(data) or data.is_relative_to(chosen.resolve()):
        raise SettingsError(
            f"LYKTA_ANCHOR_DIR is {value!r}. Write the whole path of a directory that neither holds nor lies in {data}."
        )
    return chosen


def _database(environ: Mapping[str, str], keys: Mapping[str, object], usual: str) -> Database:
    role = _choice(environ, "LYKTA_DB_ROLE", ROLES, usual)
    name = "LYKTA_DATABASE_URL"
    if role == "lykta_owner" and environ.get("LYKTA_OWNER_DATABASE_URL"):
        name = "LYKTA_OWNER_DATABASE_URL"
    url = environ.get(name)
    passwords = keys.get("database")
    password = passwords.get(role, "") if isinstance(passwords, dict) else ""
    if not url:
        return Database("lykta", role, password, environ.get("LYKTA_SOCKET", ""), "5432")
    return _from_url(name, url, role, password)


def _from_url(setting: str, url: str, role: str, password: str) -> Database:
    """The server's address from the URL; the role is ours unless the URL names one of ours with its password."""
    scheme = url.partition("://")[0]
    if scheme not in ("postgres", "postgresql"):
        raise SettingsError(f"{setting} has the scheme {scheme!r}. Write {EXAMPLE_URL}.")
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except ProgrammingError as why:
        # What PostgreSQL says of it repeats the address, and that holds a password.
        raise SettingsError(f"{setting} can't be read. Write {EXAMPLE_URL}.") from why
    port, name = parts.pop("port", "5432"), parts.pop("dbname", "")
    if not name:
        raise SettingsError(f"{setting} names no database. Write {EXAMPLE_URL}.")
    if not re.fullmatch(r"[0-9]{1,5}", port):
        raise SettingsError(f"{setting} has an odd port. Write a number, as 5432.")
    user, given = parts.pop("user", ""), parts.pop("password", "")
    return Database(name, role, given if user == role and given else password, parts.pop("host", ""), port, parts)
