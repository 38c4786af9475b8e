"""A house on an ordinary PostgreSQL server, as deploy/README.md leads to it: commands, keys, doors."""

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeys.packaged import Packaged
from journeys.served import Site, _stop, _wait_for, free_port


def hears_hangups() -> None:
    """For a process that is to be renewed: who runs the tests under nohup would hand it deaf ears."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@dataclass
class OwnHouse:
    """A house on that server, and its doors."""

    server: Packaged
    data: Path
    stack: ExitStack
    doors: dict[str, Site] = field(default_factory=dict)

    def surroundings(self, **more: str) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("LYKTA_")}
        return ours | {"LYKTA_DATA": str(self.data), "LYKTA_DATABASE_URL": self.server.url()} | more

    def made(self) -> "OwnHouse":
        """Roles, tables and pages, by the server's superuser; nobody needs her afterwards. In a new database."""
        done = self.lykta("migrate", LYKTA_DATABASE_URL=self.server.database("lykta"))
        assert done.returncode == 0, done.stderr
        return self

    def lykta(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-P", "-m", "lykta.config.cli", *words]
        return subprocess.run(command, env=self.surroundings(**more), capture_output=True, text=True, check=False)

    def keys_of(self, door: str) -> Path:
        """A directory with the door's own keys."""
        done = self.lykta("keys", "--door", door, "--to", str(self.data / door))
        assert done.returncode == 0, done.stderr
        return self.data / door / "keys.json"

    def open(self, door: str, *flags: str, **more: str) -> Site:
        """Serve a door as a process of its own, without a terminal, until the module is over."""
        port, log = free_port(), self.data / f"{door}.log"
        command = [sys.executable, "-P", "-m", "lykta.config.cli", "serve", "--port", str(port), *flags]
        file = self.stack.enter_context(log.open("ab"))
        process = subprocess.Popen(
            command,
            env=self.surroundings(**more),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=hears_hangups,
        )
        self.stack.callback(_stop, process)
        url = f"http://127.0.0.1:{port}"
        if door != "worker":
            _wait_for(f"{url}/readyz", process, log)
        accounts = self.data / "demo-accounts.json"
        there = json.loads(accounts.read_text(encoding="utf-8")) if accounts.exists() else []
        self.doors[door] = Site(url, self.data, "", there, [], process)
        return self.doors[door]

    def dialogues(self) -> set[str]:
        """Ids of all there are."""
        with self.server.boss("lykta") as boss:
            return {str(one) for (one,) in boss.execute("SELECT id FROM contact_dialogue")}

    def count(self, query: str) -> int:
        with self.server.boss("lykta") as boss:
            row: Any = boss.execute(query).fetchone()
        return int(row[0])
