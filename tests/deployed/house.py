"""The production set-up from `deploy/`, on 127.0.0.1: nginx with TLS, two replicas, one PostgreSQL."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx

from tests.browser.serving import Kept
from tests.postgres import PostgreSQL

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NAME = "assess.localhost"  # browsers find names under localhost on this machine
HEALTHY_WITHIN = 120.0  # seconds; ten are usual for two replicas at once


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now, all different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert found, f"{name} is missing: scripts/system_packages.sh installs it"
    return found


def ordinary_user() -> dict[str, Any]:
    """For Popen: if this is root, another user; nginx on high ports needs no rights."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


class House:
    """All processes, each ended by its own id. `url`: as people type it."""

    def __init__(self, database: PostgreSQL, database_url: str) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="deployed-"))
        for folder in ("run", "logs", "temp", "data", "etc"):
            (self.place / folder).mkdir()
        self.http, self.https, *self.ports = free_ports(4)
        self.url = f"https://{NAME}:{self.https}"
        self._database, self._name = database, database_url.partition("?")[0].rpartition("/")[2]
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._certify()
        self._write_values(database_url)
        for template, target in (
            ("nginx.conf", "etc/nginx.conf"),
            ("assessment@.service", "etc/assessment@.service"),
            ("environment.example", "etc/environment"),
        ):
            self._fill(template, self.place / target)

    # From the packaged files ---------------------------------------------------------------------------

    def _certify(self) -> None:
        command = [program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt"]
        command += ["ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
        command += ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", "key.pem", "-out", "cert.pem"]
        subprocess.run(command, check=True, capture_output=True, cwd=self.place / "etc", timeout=30)

    def _write_values(self, database_url: str) -> None:
        """The operator's part: the names of values.example with those of this place."""
        own = {
            "NAME": NAME,
            "PUBLIC_URL": self.url,
            "HTTP": f"127.0.0.1:{self.http}",
            "HTTPS": f"127.0.0.1:{self.https}",
            "CERTIFICATE": self.place / "etc" / "cert.pem",
            "KEY": self.place / "etc" / "key.pem",
            "ONE": f"127.0.0.1:{self.ports[0]}",
            "TWO": f"127.0.0.1:{self.ports[1]}",
            "RUN": self.place / "run",
            "LOGS": self.place / "logs",
            "TEMP": self.place / "temp",
            "APP": ROOT,
            "PYTHON": sys.executable,
            "ETC": self.place / "etc",
            "DATA": self.place / "data",
            "DATABASE_URL": database_url,
            "COOKIE_SECRET": "5e" * 32,
        }
        assert set(own) == set(settings_in(DEPLOY / "values.example"))
        lines = "".join(f"{name}={value}\n" for name, value in own.items())
        (self.place / "values").write_text(lines, encoding="utf-8")

    def _fill(self, template: str, target: Path) -> None:
        command = ["sh", str(DEPLOY / "fill.sh"), str(self.place / "values"), str(DEPLOY / template)]
        target.write_bytes(subprocess.run(command, check=True, capture_output=True, timeout=30).stdout)

    # Processes -------------------------------------------------------------------------------------------

    def launch(self) -> None:
        """All at the same time, as when a machine starts."""
        for port in self.ports:
            self._start_replica(port)
        self._start_nginx()

    def _start_replica(self, port: int) -> None:
        """As systemd would, by the unit's own line and its environment, and no setting of ours."""
        unit = (self.place / "etc" / "assessment@.service").read_text(encoding="utf-8")
        lines = [line.partition("=")[2] for line in unit.splitlines() if line.startswith("ExecStart=")]
        own = {"PATH": os.environ["PATH"], "HOME": str(self.place / "data"), "ASSESSMENT_PORT": str(port)}
        environment = own | settings_in(self.place / "etc" / "environment")
        self._run(f"replica {port}", lines[0].replace("%i", str(port)).split(), cwd=ROOT, env=environment)

    def _start_nginx(self) -> None:
        user = ordinary_user()
        if user:
            for path in (self.place, *self.place.glob("*"), *(self.place / "etc").glob("*")):
                os.chown(path, user["user"], user["group"])
        command = [program("nginx"), "-p", str(self.place), "-c", str(self.place / "etc" / "nginx.conf")]
        command += ["-e", str(self.place / "logs" / "error.log"), "-g", "daemon off;"]
        self._run("nginx", command, cwd=self.place, **user)

    def wait_until_well(self) -> None:
        """Until nginx listens and both replicas say that they are well."""
        end = time.monotonic() + HEALTHY_WITHIN
        waiting = [f"http://127.0.0.1:{port}/healthz" for port in (*self.ports, self.http)]
        while waiting:
            try:
                code = httpx.get(waiting[0], headers={"Host": NAME}, timeout=5).status_code
                del waiting[: int(code in (200, 301))]
            except httpx.TransportError:
                assert all(process.poll() is None for process in self._processes.values()), self.logs()
            assert time.monotonic() < end, self.logs()
            time.sleep(0.05)

    def _run(self, name: str, command: list[str], **how: Any) -> None:
        with (self.place / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **how
            )

    def kill(self, port: int) -> None:
        """SIGKILL to the replica: no handler runs, nothing is flushed. It may be dead already."""
        process = self._processes[f"replica {port}"]
        process.kill()
        assert process.wait(10) != 0

    def stop(self) -> None:
        """End every process by its own id, and leave nothing behind."""
        running = [process for process in self._processes.values() if process.poll() is None]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
        shutil.rmtree(self.place)

    # Looking at it ------------------------------------------------------------------------------------------

    def client(self, *, address: str = "127.0.0.1", node: str = "", **headers: str) -> httpx.Client:
        """Somebody at an address of this machine who trusts our certificate. `node`: the affinity cookie."""
        trust = ssl.create_default_context(cafile=str(self.place / "etc" / "cert.pem"))
        return httpx.Client(
            transport=_Named(httpx.HTTPTransport(verify=trust, local_address=address)),
            base_url=f"https://127.0.0.1:{self.https}",
            headers={"Host": f"{NAME}:{self.https}", "Accept": "text/html", **headers},
            cookies={"assessment_node": node} if node else None,
            timeout=20,
        )

    def accesses(self) -> list[str]:
        return (self.place / "logs" / "access.log").read_text(encoding="utf-8").splitlines()

    def logs(self) -> str:
        """All that any process has written: nginx's two logs, what the replicas print, and PostgreSQL."""
        files = [*(self.place / "logs").iterdir(), *self.place.glob("*.log"), self._database.log]
        return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in sorted(files))

    def kept(self, token: str) -> dict[str, Kept]:
        """Field -> the answer that counts, read without the store's own code."""
        held = sha256(token.encode()).hexdigest()
        rows = self._database.run(
            "SELECT r.field, r.state, r.value, r.reason FROM capability AS c "
            "JOIN answer_current AS a USING (workspace_id, assessment_id, respondent_id) "
            f"JOIN answer_revision AS r USING (seq) WHERE c.token_sha256 = '{held}'",
            self._name,
        )
        return {field: Kept(state, json.loads(value), reason) for field, state, value, reason in rows}


class _Named(httpx.BaseTransport):
    """Asks for the certificate of our name, wherever the address leads."""

    def __init__(self, inner: httpx.HTTPTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions = {**request.extensions, "sni_hostname": NAME}
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def settings_in(file: Path) -> dict[str, str]:
    """Lines NAME=value, as systemd reads an environment file."""
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}
