"""Programs the benchmarks need beside our own, found or installed: nginx as the peer, wrk as the load."""

import os
import shutil
import subprocess
import sys


class Missing(Exception):
    """A program is not here and can't be installed. The text says what to install."""


def program(name: str, package: str) -> str:
    """Path of a program; as root on Debian it is installed where missing. Raises Missing."""
    found = _find(name)
    if not found and hasattr(os, "getuid") and os.getuid() == 0 and shutil.which("apt-get"):
        print(f"· installing {package}", file=sys.stderr)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        subprocess.run(command, check=False, env=environment, **quiet)
        found = _find(name)
    if not found:
        raise Missing(f"{name} is not here; install the package {package} to measure this")
    return found


def _find(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/local/sbin")
