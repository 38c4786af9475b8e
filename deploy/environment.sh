# The Python environment of a clone; read by ./start, ./test, ./bench and ./lykta, which set $root first.
# Needs Python 3.12 or newer with pip, nothing else. A finished environment is known by a stamp and left alone.

say() { printf '· %s\n' "$*" >&2; }
fail() { printf 'lykta: %s\n' "$*" >&2; exit 1; }

fits() { # is $1 a Python that really runs (a pyenv shim may only pretend) and is new enough?
    "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

find_python() {
    for name in python3.14 python3.13 python3.12 python3 "${HOME:-/}"/.pyenv/versions/*/bin/python3; do
        if fits "$name"; then printf '%s\n' "$name"; return; fi
    done
    fail "no Python 3.12 or newer found. Install it, as: apt-get install python3 python3-venv python3-pip"
}

stamp() { # what the environment with lock $1 must be made of
    cat "$root/$1" "$root/pyproject.toml" "$root/deploy/environment.sh" | cksum
    printf '%s\n' "$root"
}

# Somebody else's clone, in which we may not write, gets its environment and data under our own home.
own_venv=$root/.venv
default_data=$root/.lykta
if [ ! -w "$root" ]; then
    mark=$(printf '%s' "$root" | cksum | cut -d ' ' -f 1)
    own_venv=${XDG_CACHE_HOME:-${HOME:-/}/.cache}/lykta/$mark
    default_data=${XDG_DATA_HOME:-${HOME:-/}/.local/share}/lykta
fi
export LYKTA_DATA="${LYKTA_DATA:-$default_data}"

# Set $venv to an environment that is what lock file $1 says; build or renew our own where there is none.
environment() {
    lock=$1
    for venv in "$root/.venv" "$own_venv"; do
        # The test lock holds all of the other, so its stamp will do for both.
        for made_from in requirements-test.lock "$lock"; do
            [ "$(cat "$venv/$made_from.stamp" 2>/dev/null)" = "$(stamp "$made_from")" ] || continue
            if fits "$venv/bin/python"; then return; fi
        done
    done
    build_environment
}

build_environment() {
    python=$(find_python) || exit 1
    # One that was moved or copied along with the clone has programs that point to where it was.
    if ! fits "$venv/bin/python" || [ "$(cat "$venv/made-for" 2>/dev/null || echo "$root")" != "$root" ]; then
        say "Python-miljön byggs (environment: $("$python" --version))"
        rm -rf "$venv"
        # Debian's Python has no ensurepip of its own; any pip it has can fill an environment from outside.
        "$python" -m venv "$venv" >/dev/null 2>&1 || "$python" -m venv --without-pip "$venv" ||
            fail "the environment can't be made in $venv"
    fi
    if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        set -- "$venv/bin/python" -m pip
    else
        set -- "$python" -m pip --python "$venv/bin/python"
    fi
    say "Paketen hämtas (packages, once)"
    rm -f "$venv"/*.stamp
    "$@" install --quiet --disable-pip-version-check --require-hashes -r "$root/$lock" ||
        fail "the packages could not be installed (see above). Is there a way to a package index?"
    link_house
    printf '%s\n' "$root" >"$venv/made-for"
    stamp "$lock" >"$venv/$lock.stamp"
}

# The house itself is used where it lies: a path file and a console script, as an editable install makes them.
link_house() {
    "$venv/bin/python" - "$root/src" <<'END'
import shlex, sys, sysconfig
from pathlib import Path

Path(sysconfig.get_path("purelib"), "lykta.pth").write_text(sys.argv[1] + "\n", encoding="utf-8")
script = Path(sys.prefix, "bin", "lykta")
# -P: a file in the folder where one happens to stand must never be imported.
script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m lykta.config.cli "$@"\n', encoding="utf-8")
script.chmod(0o755)
END
}
