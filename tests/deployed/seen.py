"""What a response and a log say, told briefly."""

from __future__ import annotations

import socket
import ssl

import httpx

from assessment.ui.guard import HEADERS
from tests.deployed.house import NAME, House

STRICT = {"strict-transport-security": "max-age=63072000; includeSubDomains"}
FROM_THE_APP = {name.lower(): value for name, value in HEADERS.items()} | STRICT
FROM_NGINX = STRICT | {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}
# What says something about the content or the connection, not about who may do what with it.
PLAIN = {
    "server", "date", "connection", "content-type", "content-length", "content-encoding", "transfer-encoding",
    "last-modified", "etag", "cache-control", "accept-ranges", "set-cookie", "location", "retry-after",
}  # fmt: skip
WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
MOST_TRIES = 41  # of twenty a minute: enough even if a minute ends meanwhile


def labels(answer: httpx.Response) -> dict[str, str]:
    """The headers that matter to security."""
    return {name: value for name, value in answer.headers.items() if name not in PLAIN}


def served_by(house: House, since: int) -> set[int]:
    """The replicas that answered since a line of the log, the last one tried of each line."""
    names = [line.split(' by "')[1].split('"')[0] for line in house.accesses()[since:]]
    return {int(name.split(":")[-1]) for name in names if ":" in name}


def answer_to_a_file_of(house: House, path: str, size: int) -> str:
    """The first line that comes back when a file of this size is announced and not yet sent."""
    head = f"PUT {path} HTTP/1.1\r\nHost: {NAME}:{house.https}\r\nContent-Length: {size}\r\n\r\n"
    trust = ssl.create_default_context(cafile=str(house.place / "etc" / "cert.pem"))
    plain = socket.create_connection(("127.0.0.1", house.https), 20)
    with trust.wrap_socket(plain, server_hostname=NAME) as line:
        line.sendall(head.encode())
        return line.recv(4096).decode().partition("\r\n")[0]
