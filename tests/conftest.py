"""What many tests look at, loaded once: the edition, its texts, the app's words and the worked cases."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assessment.content.cases import Case, load_cases
from assessment.content.load import app_words, load_edition, load_texts
from assessment.model.edition import Edition
from assessment.model.words import Catalogue

EDITION = "servitization/2026-1"


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
