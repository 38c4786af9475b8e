"""The examination: facts are gathered where they are, given to the checks, and the findings put together."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import psycopg

from lykta.audit.enums import Way
from lykta.config import env
from lykta.config.cluster import Cluster, ClusterError
from lykta.config.doctor.around import files_of, machine_of
from lykta.config.doctor.as_written import as_database_says
from lykta.config.doctor.database import Database, rights_of, server_of, shape_of
from lykta.config.doctor.expected import expected
from lykta.config.doctor.findings import Finding, Severity, unsafe
from lykta.config.doctor.house import Steps, check_files, check_house, check_steps
from lykta.config.doctor.inside import house_of, newest_minutes_ahead
from lykta.config.doctor.machine import check_machine
from lykta.config.doctor.roles import check_passwords, check_roles
from lykta.config.doctor.secrets import Place, check_keys, check_places, check_seed
from lykta.config.doctor.server import check_monotony, check_server
from lykta.config.doctor.silence import check_silence
from lykta.config.doctor.statements import steps_of_code
from lykta.config.doctor.surroundings import Surroundings, check_surroundings
from lykta.config.doctor.walls import check_forced, check_walls
from lykta.config.place import home_of
from lykta.config.roles import DOORS, OWNER

WORKER = "lykta_worker"


@dataclass
class Report:
    """What was found, and what could not be looked at from here, each as a sentence."""

    findings: list[Finding] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def add(self, findings: Iterator[Finding]) -> None:
        """Take in what a check says."""
        self.findings += findings


def examine(environ: Mapping[str, str]) -> Report:
    """Look at everything. environ: as the house is started with. A stopped embedded database is started for the look.

    What hinders the look is itself a finding.
    """
    report = Report()
    try:
        told = env.load(environ)
        if not told.keys:
            report.findings.append(_no_house(told.data))
            return report
        before_database(report, told)
        report.add(check_machine(machine_of(told.data, home_of(told.data))))
        report.add(check_files(files_of(told.data)))
        with reached(told, environ) as where:
            with signed_in(where, _looker(told)) as database:
                look_at_database(report, database, whole=not told.own_door)
            if not told.own_door:
                report.add(check_passwords(*_guesses(where)))
            if told.own_door in ("", "worker"):
                look_inside(report, told, where)
            else:
                report.unseen.append(f"The centre's tables and its log: these are the keys of {told.own_door} alone.")
    except env.SettingsError as why:
        report.findings.append(unsafe("settings", "odd", str(why), "Write it as said; nothing starts before."))
    except (ClusterError, psycopg.Error) as why:
        report.findings.append(_unreachable(why))
    return report


def dangers(environ: Mapping[str, str], *, listens: str) -> list[Finding]:
    """What forbids to serve anybody, as far as it can be told before: the same checks, the unsafe ones alone.

    environ: of a house whose ground is laid. listens: the address that would be listened on.
    Raises psycopg.Error where the database can't be asked.
    """
    report, told = Report(), env.load(environ)
    before_database(report, told, listens=listens)
    with signed_in(environ, _looker(told)) as database:
        look_at_database(report, database, whole=not told.own_door)
    if told.own_door in ("", "worker"):
        with signed_in(environ, WORKER) as database:
            report.add(check_monotony(newest_minutes_ahead(database, centre=UUID(str(told.keys["centre"])))))
    return [finding for finding in report.findings if finding.severity == Severity.UNSAFE]


def _looker(told: env.Env) -> str:
    """As whom the catalogue is read: the owner, or the only role a door's own keys can sign in as."""
    return f"lykta_{told.own_door}" if told.own_door else OWNER


def before_database(report: Report, told: env.Env, *, listens: str = "") -> None:
    """What can be told before the database is asked: keys and settings."""
    file, data = Place.of(told.key_file), Place.of(told.data)
    if file is not None and data is not None:
        report.add(check_places(file, data, me=os.geteuid(), database_files=home_of(told.data)))
    report.add(check_keys(told.keys))
    demo = (told.data / "demo-accounts.json").exists()
    leaves = bool(_ways(told))
    report.add(check_surroundings(Surroundings(told.hosts, told.https, told.exit_url, demo, listens, leaves)))


def _ways(told: env.Env) -> list[Way]:
    """By which the log's anchor should leave the house."""
    return [way for way, set_ in ((Way.FOLDER, told.anchor_dir), (Way.MAIL, told.anchor_mail)) if set_]


def look_at_database(report: Report, database: Database, *, whole: bool) -> None:
    """Server, roles and walls. whole: the login may make tables, so that conditions are compared too."""
    server, rights, shape = server_of(database), rights_of(database), shape_of(database)
    report.add(check_server(server))
    report.add(check_silence(server.settings))
    report.add(check_roles(rights))
    steps = Steps(steps_of_code(), _done(database))
    report.add(check_steps(steps))
    if not steps.same:
        report.add(check_forced(shape))
        report.unseen.append("Policies and rights one by one, since tables and program are of different releases.")
        return
    wanted, alike = expected(), False
    if whole:
        wanted, alike = as_database_says(database, wanted, shape), True
    report.add(check_walls(shape, rights, wanted, told_alike=alike))


def look_inside(report: Report, told: env.Env, where: Mapping[str, str]) -> None:
    """The centre's own tables, through the worker's door."""
    try:
        centre = UUID(str(told.keys.get("centre")))
        with signed_in(where, WORKER) as database:
            report.add(check_monotony(newest_minutes_ahead(database, centre=centre)))
            house = house_of(database, centre=centre, data=told.data, ways=_ways(told))
    except (ValueError, psycopg.Error) as why:
        report.findings.append(
            unsafe(
                "house",
                "house-unreadable",
                f"The worker can't read the house's tables ({type(why).__name__}).",
                "Mend what else is said here first; then look again.",
            )
        )
        return
    report.add(check_house(house, verify_key=told.secret("centre_verify_key")))
    demo = (told.data / "demo-accounts.json").exists()
    report.add(check_seed(told.keys, installed=house.centre is not None and not demo))


@contextmanager
def reached(told: env.Env, environ: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The surroundings in which roles are signed in; a stopped embedded database runs as long as the block lasts.

    Raises ClusterError.
    """
    cluster = Cluster(told.data)
    if environ.get("LYKTA_DATABASE_URL"):
        yield environ
    elif cluster.running():
        yield {**environ, "LYKTA_SOCKET": cluster.address().host}
    else:
        with cluster.using() as address:
            yield {**environ, "LYKTA_SOCKET": address.host}


@contextmanager
def signed_in(where: Mapping[str, str], role: str) -> Iterator[Database]:
    """A connection as one of our roles. Raises psycopg.OperationalError."""
    dsn = env.load({**where, "LYKTA_DB_ROLE": role}).database.dsn()
    with psycopg.connect(dsn, autocommit=True, connect_timeout=5, client_encoding="UTF8") as database:
        yield database


def _guesses(where: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Roles that come in with a wrong password, and those with their own name as password."""
    by_any = {role for role in DOORS if _comes_in(where, role, secrets.token_hex(16))}
    return by_any, {role for role in DOORS if role in by_any or _comes_in(where, role, role)}


def _comes_in(where: Mapping[str, str], role: str, password: str) -> bool:
    line = env.load({**where, "LYKTA_DB_ROLE": role}).database
    try:
        psycopg.connect(line.dsn(password=password), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _done(database: Database) -> set[tuple[str, str]] | None:
    try:
        return set(database.execute("SELECT app, name FROM django_migrations").fetchall())
    except psycopg.errors.InsufficientPrivilege:
        return None


def _unreachable(why: Exception) -> Finding:
    first = (str(why).strip().splitlines() or [type(why).__name__])[0].rstrip(".")
    return unsafe(
        "database server",
        "unreachable",
        f"The database can't be asked: {first}.",
        "See that it runs, that LYKTA_DATABASE_URL leads to it, and that keys.json is the one that belongs to it.",
    )


def _no_house(data: Path) -> Finding:
    return unsafe(
        "keys", "no-house", f"There is no house in {data}.", "Make one with ./start, or name it with --data DIR."
    )
