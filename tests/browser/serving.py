"""The app as a firm runs it: `streamlit run` on 127.0.0.1, a free port and a data directory of its own."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
HEALTHY_WITHIN = 60.0  # seconds; a few are usual


@dataclass(frozen=True)
class Kept:
    """An answer as it lies in the database."""

    state: str
    value: object
    reason: str


class Server:
    """One server process; it can be killed and started again on the same data and port."""

    def __init__(
        self,
        data: Path,
        database_url: str = "",
        settings: Mapping[str, str] | None = None,
        secrets: Path | None = None,
    ) -> None:
        self._url = database_url  # of another database than the file in `data`
        self._settings, self._secrets = settings or {}, secrets  # more variables; a secrets.toml
        self.database, self.log = data / "assessment.sqlite3", data / "server.log"
        self._data, self._port = data, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start, and wait until the server says it is well."""
        settings = {"ASSESSMENT_DATA": str(self._data), "ASSESSMENT_PORT": str(self._port)}
        settings |= {"DATABASE_URL": self._url, "ASSESSMENT_ACCESS": "local"} if self._url else {}
        settings |= self._settings
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "streamlit_app.py",
            "--server.port",
            str(self._port),
            *(("--secrets.files", str(self._secrets)) if self._secrets else ()),
        ]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env={**os.environ, **settings},
            )
        self._wait_until_well(self._process)

    def _wait_until_well(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + HEALTHY_WITHIN
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.url}/healthz", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                assert process.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.05)
        self.kill()
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        assert self._process is not None
        self._process.kill()
        assert self._process.wait(10) != 0

    def stop(self) -> None:
        """End the process as an operator would; harder if it does not listen."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)

    def kept(self, token: str) -> dict[str, Kept]:
        """Field -> the answer that counts for whoever holds the token, read without the store's own code."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as raw:
            rows = raw.execute(
                "SELECT r.field, r.state, r.value, r.reason FROM capability AS c "
                "JOIN answer_current AS a USING (workspace_id, assessment_id, respondent_id) "
                "JOIN answer_revision AS r USING (seq) WHERE c.token_sha256 = ?",
                [sha256(token.encode()).hexdigest()],
            ).fetchall()
        return {field: Kept(state, json.loads(value), reason) for field, state, value, reason in rows}


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
