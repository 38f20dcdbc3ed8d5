"""A store on each database, an assessment in it, and a clock that can be moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessment.store import Assessment, Store
from assessment.store.passwords import Passwords
from tests.postgres import PostgreSQL, is_here
from tests.store.places import File, Place, Served

FINGERPRINT = "0f" * 32
CHEAP = Passwords(time_cost=1, memory_kib=8, parallelism=1)
PASSWORD = "correct horse battery"
HERE = "203.0.113.7"


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime(2026, 7, 1, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def started_server() -> PostgreSQL:
    """A server of the tests' own. What it wrote outlives it in any case: it need not wait for disks."""
    if not is_here():
        pytest.skip("PostgreSQL is not installed: see scripts/system_packages.sh")
    server = PostgreSQL(fsync="off")
    try:
        server.start()
    except BaseException:
        server.remove()
        raise
    return server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def server() -> Iterator[PostgreSQL]:
    """One PostgreSQL server a worker."""
    server = started_server()
    yield server
    server.remove()


@pytest.fixture
def own_server() -> Iterator[PostgreSQL]:
    """A server that only this test stops."""
    server = started_server()
    yield server
    server.remove()


@pytest.fixture
def served(server: PostgreSQL) -> Iterator[Served]:
    """An empty database on the server."""
    place = Served(server, server.new_database())
    yield place
    server.drop(place.name)


@pytest.fixture
def file(tmp_path: Path) -> File:
    """A SQLite database that is not there yet."""
    return File(tmp_path / "assessment.sqlite3")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each test that asks for it runs on both databases."""
    found: Place = request.getfixturevalue({"sqlite": "file", "postgresql": "served"}[request.param])
    return found


@pytest.fixture
def url(place: Place) -> str:
    return place.url


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    with Store(url, clock=clock, busy_ms=200, passwords=CHEAP) as opened:
        yield opened


@pytest.fixture
def small(file: File, clock: Clock) -> Iterator[Store]:
    """A store on SQLite alone, for what does not depend on the database."""
    with Store(file.url, clock=clock, passwords=CHEAP) as opened:
        yield opened


@pytest.fixture
def token(store: Store) -> str:
    return new_token(store)


@pytest.fixture
def assessment(store: Store, token: str) -> Assessment:
    return opened(store, token)


def new_token(store: Store, firm: str = "Lantern Garments (invented)") -> str:
    return store.create_assessment("servitization/2026-1", FINGERPRINT, "en", "quick", firm)[1]


def opened(store: Store, token: str) -> Assessment:
    found = store.assessment_for(token)
    assert found is not None
    return found


def signed_in(store: Store, login: str, role: str = "consultant", workspace: str = "") -> str:
    """The token of a session of a new account."""
    store.accounts.add(login, login.title(), role, PASSWORD, workspace)
    token = store.accounts.sign_in(login, PASSWORD, HERE)
    assert token is not None
    return token


def entered(store: Store, session: str, assessment: str) -> Assessment:
    """The assessment as the consultant of the session sees it."""
    token = store.redeem_entry_ticket(store.office(session).enter(assessment, "browser"), "browser")
    assert token is not None
    return opened(store, token)


def new_firm(store: Store, session: str, name: str = "Harbour Tools (invented)") -> str:
    return store.office(session).add_firm(name, "servitization/2026-1", FINGERPRINT, "en", "quick")
