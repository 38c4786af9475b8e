"""One real cluster for all tests of this room, in a directory of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from lykta.config.cluster import Cluster, ClusterAddress
from lykta.config.keys import make_keys

Connect = Callable[..., psycopg.Connection[Any]]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("data"))
    yield cluster
    cluster.remove()


@pytest.fixture
def cluster(built: Cluster) -> Cluster:
    """The cluster, running, whatever the test before did to it."""
    built.ensure()
    return built


@pytest.fixture
def address(cluster: Cluster) -> ClusterAddress:
    return cluster.address()


@pytest.fixture
def keys(cluster: Cluster) -> dict[str, Any]:
    return make_keys(cluster.data / "keys.json")


@pytest.fixture
def connect(address: ClusterAddress, keys: dict[str, Any]) -> Iterator[Connect]:
    """Sign in as a role with its own password; every connection is closed after the test."""
    opened = []

    def sign_in(role: str, dbname: str = "postgres") -> psycopg.Connection[Any]:
        opened.append(psycopg.connect(address.dsn(role, keys["database"][role], dbname), autocommit=True))
        return opened[-1]

    yield sign_in
    for connection in opened:
        connection.close()
