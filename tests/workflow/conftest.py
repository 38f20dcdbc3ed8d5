"""A bench with a store of its own, and an assessment on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assessment.store import Store
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened, resume, start_assessment

TODAY = date(2026, 5, 1)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Store(f"sqlite:///{tmp_path / 'assessment.sqlite3'}") as store:
        yield Bench(store, today=lambda: TODAY)


@pytest.fixture
def token(bench: Bench) -> str:
    return start_assessment(bench, quick=True, language="en", firm="Lantern Garments (invented)")


@pytest.fixture
def reopen(bench: Bench, token: str) -> Callable[[], Opened]:
    """The assessment as it stands in the store now."""

    def again() -> Opened:
        found = resume(bench, token)
        assert found is not None
        return found

    return again
