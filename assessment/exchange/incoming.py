"""What came in: one entry a firm, with everything that could not be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from assessment.exchange.cells import Reader
from assessment.exchange.faults import Fault, FileFault
from assessment.model.agenda import NO_AGENDA, Agenda, Dossier, Earlier
from assessment.model.answers import Answers
from assessment.model.brand import Brand
from assessment.model.edition import Edition
from assessment.model.workshop import WorkshopRecord

FORMAT: Final = "assessment-answers/1"
LONGEST_TEXT: Final = 10_000  # characters of a remark or reason


@dataclass(frozen=True, slots=True)
class Incoming:
    """The answers of one firm. `row`: its row in a table of many, 0 otherwise.

    With faults, `answers` holds what could be read; it is not fit to be scored. Only a JSON file can hold
    more than answers.
    """

    file: str
    answers: Answers
    faults: tuple[Fault, ...] = ()
    row: int = 0
    agenda: Agenda = NO_AGENDA
    earlier: Earlier | None = None
    workshop: WorkshopRecord | None = None
    brand: Brand | None = None

    @property
    def dossier(self) -> Dossier:
        """All a report is made from."""
        return Dossier(self.answers, self.agenda, self.earlier, self.workshop, self.brand)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reader of files needs: editions by id, cells, and how the user settled doubts.

    `reader(edition_id)` gives the reader of cells; it raises `FileFault` for an edition that is not here.
    `default_edition`: the edition of files that name none (tables, worked cases).
    """

    reader: Callable[[str], Reader]
    default_edition: str
    encoding: str = ""

    def edition(self, edition_id: str) -> Edition:
        return self.reader(edition_id).edition


def clean_text(text: object) -> str:
    """A typed remark without control characters other than line ends and tabs. Raises `FileFault`."""
    if not isinstance(text, str):
        raise FileFault("no-text", found=str(text)[:60])
    if len(text) > LONGEST_TEXT:
        raise FileFault("text-too-long", most=LONGEST_TEXT)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def texts_of(raw: object, what: str) -> dict[str, str]:
    """A table of texts such as the comments. Raises `FileFault`."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise FileFault("no-table", key=what)
    return {clean_text(key): clean_text(text) for key, text in raw.items()}
