"""A PostgreSQL server of the tests' own: in a temporary directory, reached through a socket there.

As root it runs as another user, since PostgreSQL refuses to run as root. Nothing listens on the network.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import psycopg

READY_WITHIN = 60.0  # seconds; one is usual
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "16MB",
    "wal_recycle": "off",  # so that what was erased does not live on in a recycled file
    "min_wal_size": "32MB",
    "max_wal_size": "128MB",
    "log_min_messages": "log",
}


def program(name: str) -> str:
    """A program of the newest PostgreSQL here: where Debian puts it, or on the path."""
    places = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    found = max(places, key=lambda place: float(place.parts[-3]), default=None)
    on_path = shutil.which(name)
    assert found or on_path, f"{name} is missing: scripts/system_packages.sh installs PostgreSQL"
    return str(found or on_path)


def is_here() -> bool:
    """Whether PostgreSQL is installed."""
    try:
        return bool(program("initdb") and program("postgres"))
    except AssertionError:
        return False


def _as_user() -> dict[str, Any]:
    """For Popen: another user than root."""
    if os.getuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class PostgreSQL:
    """One server process on one data directory; it can be stopped hard and started again."""

    def __init__(self, **settings: str) -> None:
        self._settings = {**SETTINGS, **settings}
        self.place = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a socket is limited
        self.data, self.log = self.place / "data", self.place / "log"
        self._user = _as_user()
        if self._user:
            os.chown(self.place, self._user["user"], self._user["group"])
        command = [program("initdb"), "-D", str(self.data), "-U", "postgres"]
        command += ["-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8", "--wal-segsize=1"]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, cwd=self.place, timeout=60, **self._user
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, largest_file: int | None = None) -> None:
        """Start, and wait until it takes connections. `largest_file`: bytes; beyond, writing fails."""
        command = [program("postgres"), "-D", str(self.data), "-k", str(self.place)]
        command += [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        if largest_file is not None:
            command = ["/bin/sh", "-c", 'ulimit -f "$0" && exec "$@"', str(largest_file // 512), *command]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.place,
                **self._user,
            )
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            try:
                psycopg.connect(self.conninfo(), connect_timeout=5).close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, self.log.read_text(encoding="utf-8")
                time.sleep(0.02)
            else:
                return
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it by its own process id. SIGINT: orderly. SIGQUIT: at once, as if it had crashed."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(20)

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.place)

    def conninfo(self, database: str = "postgres") -> str:
        """For psycopg itself."""
        return f"host={self.place} user=postgres dbname={database}"

    def url(self, database: str) -> str:
        """As an operator writes it."""
        return f"postgresql://postgres@/{database}?host={self.place}"

    def run(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """One statement, committed at once; its rows if it has any."""
        with psycopg.connect(self.conninfo(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def new_database(self, template: str = "template0") -> str:
        """An empty database, or a copy of another; returns its name."""
        name = f"t{uuid.uuid4().hex[:12]}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
