"""Under CI=true nothing may be skipped: what cannot run has to be mended, not passed over.

Loaded for every run by `-p tests.no_skips` in pyproject.toml. On a developer's machine without CI set,
a skip stays a skip (no browser installed, for example).
"""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


def strict() -> bool:
    """Whether a skip is a failure: the environment says CI=true."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def as_failure(why: object) -> str:
    """The message of a skip that was turned into a failure."""
    reason = why[2] if isinstance(why, tuple) else why
    return f"{reason}\nUnder CI=true a test may not be skipped: provide what it needs."


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, object, None]:
    """Turn the report of a skipped test (in set-up or in the test itself) into a failure."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and strict() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = as_failure(report.longrepr)


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, object, None]:
    """Turn a module that skips itself as a whole into a failure."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and strict():
        report.outcome = "failed"
        report.longrepr = as_failure(report.longrepr)
