"""What many tests look at, loaded once: the edition, its texts, the app's words and the worked cases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping

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
