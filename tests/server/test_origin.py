"""Which pages may talk to the server: its own, and no page of another site, port or scheme."""

import logging

import httpx
import pytest

from assessment.settings import read
from assessment.ui.guard import Redaction
from tests.server.asking import outcome
from tests.server.conftest import Served

PUBLIC = {"ASSESSMENT_ACCESS": "links", "ASSESSMENT_PUBLIC_URL": "https://assess.example.org"}


def _let_in(environment: dict[str, str], host: str, origin: str, kind: str) -> bool:
    return outcome(read(environment), host, "127.0.0.1", kind, origin=origin) == "through"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8501", "http://localhost:8501"),
        ("[::1]:8501", "http://[::1]:8501"),
        ("assess.example.org", "https://assess.example.org"),
        ("ASSESS.example.org", "https://Assess.example.org"),
        ("127.0.0.1:8501", "https://assess.example.org"),  # a proxy that does not pass on Host
        ("assess.example.org", ""),
    ],
)
def test_our_own_pages_are_let_in(host: str, origin: str, kind: str) -> None:
    assert _let_in(PUBLIC, host, origin, kind)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "https://localhost.evil.example",
        "http://localhost:3000",
        "http://127.0.0.1:8501",
        "http://localhost",
        "localhost:8501",
        "https://assess.example.org.evil.example",
        "http://assess.example.org",
    ],
)
def test_pages_of_other_sites_ports_and_schemes_are_turned_away(origin: str, kind: str) -> None:
    assert not _let_in(PUBLIC, "localhost:8501", origin, kind)


def test_a_form_may_keep_its_origin_to_itself_and_a_websocket_may_not() -> None:
    assert _let_in(PUBLIC, "localhost:8501", "null", "http")
    assert not _let_in(PUBLIC, "localhost:8501", "null", "websocket")


def test_the_running_server_holds_to_it(served: Served) -> None:
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    codes = {}
    with served.client() as client:
        for origin in (served.url, "http://localhost:3000"):
            with client.stream("GET", "/_stcore/stream", headers=handshake | {"Origin": origin}) as answer:
                codes[origin] = answer.status_code
    assert codes == {served.url: 101, "http://localhost:3000": 403}
    assert httpx.get(served.url, headers={"Origin": "https://evil.example"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/join/SECRET", "/join/..."),
        ("/w/SECRET", "/w/..."),
        ("/dl/SECRET?SECRET", "/dl/...?..."),
        ("/media/SECRET.png", "/media/..."),
        ("/_stcore/upload_file/SECRET/SECRET", "/_stcore/upload_file/..."),
        ("/?code=SECRET&state=SECRET", "/?..."),
        ("/_stcore/health", "/_stcore/health"),
    ],
)
def test_the_log_of_the_server_keeps_the_way_and_not_the_secret(path: str, logged: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, '%s "%s"', ("127.0.0.1", path), None)
    Redaction().filter(record)
    assert record.getMessage() == f'127.0.0.1 "{logged}"'
