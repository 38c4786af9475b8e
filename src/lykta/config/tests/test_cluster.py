import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from lykta.config.cluster import Cluster, ClusterAddress
from lykta.config.place import SYSTEM, ClusterError, home_of, own_folder, socket_of
from lykta.config.tests.conftest import Connect

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="what only root can try")


def postmaster(cluster: Cluster) -> int:
    return int((home_of(cluster.data) / "data/postmaster.pid").read_text().split()[0])


def kill(cluster: Cluster) -> None:
    os.kill(postmaster(cluster), signal.SIGKILL)
    while cluster.running():
        pass


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("listen_addresses", ""),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("password_encryption", "scram-sha-256"),
        ("TimeZone", "UTC"),
        ("jit", "off"),
        ("log_statement", "none"),
        ("log_min_duration_statement", "-1"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
        ("log_min_error_statement", "panic"),
        ("log_error_verbosity", "terse"),
    ],
)
def test_the_server_is_durable_silent_and_reached_by_its_socket_only(
    connect: Connect, setting: str, value: str
) -> None:
    assert connect("postgres").execute("SELECT current_setting(%s)", [setting]).fetchone() == (value,)


def test_nobody_comes_in_without_the_password(address: ClusterAddress) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address.dsn("postgres", "wrong", "postgres"))


def test_what_somebody_wrote_never_reaches_the_log(cluster: Cluster, connect: Connect) -> None:
    session = connect("postgres")
    session.execute("CREATE TEMP TABLE said (word text PRIMARY KEY, CHECK (word <> 'planted-three'))")
    for hurtful in (
        "SELECT 'planted-one'::int",
        "INSERT INTO said VALUES ('planted-two'), ('planted-two')",
        "INSERT INTO said VALUES ('planted-three')",
        "SELECT planted_four",
    ):
        with pytest.raises(psycopg.Error):
            session.execute(hurtful)
    with pytest.raises(psycopg.Error):
        session.execute("SELECT %s::int", ["planted-five"])
    with pytest.raises(psycopg.OperationalError):
        session.execute("SELECT 'planted-six', pg_terminate_backend(pg_backend_pid()), pg_sleep(5)")

    assert "planted" not in (home_of(cluster.data) / "server.log").read_text()


def test_a_running_server_is_left_alone(cluster: Cluster) -> None:
    before = postmaster(cluster)

    assert cluster.ensure() == cluster.address()
    assert postmaster(cluster) == before


def test_what_was_acknowledged_survives_a_killed_server(cluster: Cluster, connect: Connect) -> None:
    connect("postgres").execute("CREATE TABLE IF NOT EXISTS kept (at timestamptz); INSERT INTO kept VALUES (now())")
    before = connect("postgres").execute("SELECT * FROM kept").fetchall()

    kill(cluster)
    seen = (cluster.running(), cluster.crashed())
    cluster.ensure()

    assert seen == (False, True)
    assert connect("postgres").execute("SELECT * FROM kept").fetchall() == before


def test_a_server_stopped_on_purpose_has_not_crashed(cluster: Cluster) -> None:
    cluster.stop()

    assert (cluster.running(), cluster.crashed()) == (False, False)
    cluster.stop()


@pytest.mark.parametrize("number", [os.getpid(), 2**22 + 1], ids=["another program's", "nobody's"])
def test_a_mark_left_by_a_killed_server_does_not_stop_the_next(cluster: Cluster, number: int) -> None:
    home = home_of(cluster.data)
    lines = (home / "data/postmaster.pid").read_text().splitlines()
    cluster.stop()
    left = "\n".join([str(number), *lines[1:]]) + "\n"
    for trace in (home / "data/postmaster.pid", home / "run/.s.PGSQL.5432.lock"):
        trace.write_text(left)
        os.chown(trace, home.stat().st_uid, home.stat().st_gid)

    cluster.ensure()

    assert cluster.running()
    assert postmaster(cluster) != number


def test_two_processes_that_start_it_at_once_get_one_server(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "data")
    program = "import sys, pathlib, lykta.config.cluster as c; c.Cluster(pathlib.Path(sys.argv[1])).ensure()"
    command = [sys.executable, "-c", program, str(cluster.data)]
    try:
        both = [subprocess.Popen(command) for _ in range(2)]
        assert [process.wait() for process in both] == [0, 0]
        assert cluster.running()
    finally:
        cluster.remove()
    assert not home_of(cluster.data).exists()


def test_the_last_of_several_users_stops_it(cluster: Cluster) -> None:
    with cluster.using():
        with Cluster(cluster.data).using():
            pass
        between = cluster.running()

    assert (between, cluster.running()) == (True, False)


def test_a_path_too_long_for_a_socket_gets_a_short_one(tmp_path: Path) -> None:
    short, long = Path("/srv/data/pg"), Path("/srv") / ("långt" * 20) / "pg"

    assert socket_of(short) == short / "run"
    assert len(os.fsencode(socket_of(long) / ".s.PGSQL.5432")) <= 107
    assert socket_of(long) == socket_of(long) != socket_of(long / "other")


def test_a_folder_somebody_else_put_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o777)
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "own").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "own")
    (tmp_path / "file").touch(mode=0o600)

    own_folder(tmp_path / "own", None)
    own_folder(tmp_path / "new", None)
    for squatted in ("open", "link", "file"):
        with pytest.raises(ClusterError, match=squatted):
            own_folder(tmp_path / squatted, None)


@as_root
def test_a_folder_of_a_stranger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "strange").mkdir(mode=0o700)
    os.chown(tmp_path / "strange", 65534, 65534)

    with pytest.raises(ClusterError, match="strange"):
        own_folder(tmp_path / "strange", None)


@as_root
def test_under_a_closed_home_it_lies_elsewhere_and_no_folder_is_loosened(cluster: Cluster) -> None:
    above = list(cluster.data.parents)
    closed = [folder for folder in above if folder.stat().st_mode & 0o077 == 0]

    assert closed, "the tests' own directory is closed to others"
    assert home_of(cluster.data).parent.parent == SYSTEM
    assert home_of(cluster.data).stat().st_mode & 0o777 == 0o700
    assert home_of(cluster.data).stat().st_uid != 0


@as_root
def test_a_copied_data_directory_does_not_work_on_the_first_ones_database(cluster: Cluster, tmp_path: Path) -> None:
    cluster.stop()
    copy = Cluster(tmp_path / "copy")
    shutil.copytree(cluster.data, copy.data)

    with pytest.raises(ClusterError, match="is a copy of"):
        copy.ensure()


def test_a_data_directory_that_cannot_be_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ClusterError, match=r"file.* can't be used \(.+\)\. Choose another with --data\."):
        Cluster(tmp_path / "file").ensure()
