"""What every deed works with: the store, the editions, the words and today's date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from assessment.content.load import app_words, load_edition, load_texts
from assessment.model.edition import Edition
from assessment.model.words import Catalogue
from assessment.store import Store

CURRENT_EDITION = "servitization/2026-1"


@dataclass(frozen=True)
class Bench:
    """One per process. `current`: the edition under which new assessments are opened."""

    store: Store
    today: Callable[[], date] = date.today
    current: str = CURRENT_EDITION


@cache
def edition(edition_id: str) -> Edition:
    """The edition, read once per process. Raises `UserError`."""
    return load_edition(edition_id)


@cache
def texts(edition_id: str, language: str) -> Catalogue:
    """The texts of an edition in one language, read once per process."""
    return load_texts(edition_id, language)


@cache
def words(language: str) -> Catalogue:
    """The app's own sentences in one language, read once per process."""
    return app_words(language)
