"""What many tests look at, loaded once: the edition, its texts, the app's words and the worked cases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from assessment.content.cases import Case, load_cases
from assessment.content.load import app_words, load_edition, load_texts
from assessment.model.edition import Edition
from assessment.model.words import Catalogue

EDITION = "servitization/2026-1"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first: workers are handed whole files, and short ones fill up the end."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    long = {path: any(map(_takes_long, those)) for path, those in files.items()}
    items[:] = [item for path in sorted(files, key=lambda path: not long[path]) for item in files[path]]


def _takes_long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("slow", "browser"))


@pytest.fixture(scope="session")
def edition() -> Edition:
    return load_edition(EDITION)


@pytest.fixture(scope="session")
def texts(edition: Edition) -> Mapping[str, Catalogue]:
    """The edition's texts by language."""
    return {language: load_texts(EDITION, language) for language in edition.languages}


@pytest.fixture(scope="session")
def words(edition: Edition) -> Mapping[str, Catalogue]:
    """The app's own sentences by language."""
    return {language: app_words(language) for language in edition.languages}


@pytest.fixture(scope="session")
def cases(edition: Edition) -> tuple[Case, ...]:
    return load_cases(edition)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium a worker: the machine's own, otherwise the one playwright installed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()
