"""A server that really runs: `streamlit run` on the tiny entry, 127.0.0.1, a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
APP = Path(__file__).with_name("app") / "tiny_app.py"

HEALTHY_WITHIN = 60.0  # seconds; a few are usual


@dataclass(frozen=True)
class Served:
    """A running server; `file` is its database, `log` all it prints."""

    url: str
    file: Path
    log: Path

    def client(self) -> httpx.Client:
        """One browser: keeps its cookies."""
        return httpx.Client(base_url=self.url, headers={"Accept": "text/html"})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(command: list[str], port: int, data: Path) -> tuple[subprocess.Popen[bytes], Served]:
    """Start and wait until healthy."""
    data.mkdir(exist_ok=True)
    served = Served(f"http://127.0.0.1:{port}", data / "assessment.sqlite3", data / "server.log")
    environment = {
        **os.environ,
        "ASSESSMENT_DATA": str(data),
        "ASSESSMENT_PORT": str(port),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{APP.parent}",
    }
    with served.log.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, env=environment)
    end = time.monotonic() + HEALTHY_WITHIN
    while time.monotonic() < end:
        try:
            if httpx.get(served.url + "/healthz").status_code == 200:
                return process, served
        except httpx.TransportError:
            assert process.poll() is None, served.log.read_text()
        time.sleep(0.1)
    process.kill()
    raise AssertionError(served.log.read_text())


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`streamlit run`, as a firm would start it."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    process, running = start(command, port, tmp_path_factory.mktemp("served"))
    yield running
    stop(process)


@pytest.fixture(scope="session")
def behind_uvicorn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same entry under uvicorn itself, whose access log is on."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "tiny_app:app", "--host", "127.0.0.1", "--port", str(port)]
    process, running = start(command, port, tmp_path_factory.mktemp("uvicorn"))
    yield running
    stop(process)
