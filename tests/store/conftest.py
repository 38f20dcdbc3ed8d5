"""A store in a temporary directory, an assessment in it, and a clock that can be moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessment.store import Assessment, Store

FINGERPRINT = "0f" * 32


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime(2026, 7, 1, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'assessment.sqlite3'}"


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    with Store(url, clock=clock, busy_ms=200) as opened:
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
