"""What the commands share: editions, words, files of answers, and printing."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from assessment.content.freeze import fingerprints
from assessment.content.load import app_words, edition_ids, load_edition, load_texts
from assessment.exchange import (
    Desk,
    Fault,
    FileFault,
    Incoming,
    Reader,
    in_words,
    option_labels,
    read_answers,
)
from assessment.exchange.reading import fault_of
from assessment.model.edition import Edition
from assessment.model.problems import Problem
from assessment.model.words import Catalogue
from assessment.report.say import Say

FINE: Final = 0
PROBLEMS: Final = 1
WRONG_USAGE: Final = 2
LANGUAGES: Final = ("en", "zh")


class WrongUsage(Exception):
    """A request that cannot be meant: an unknown edition, a file that is not there."""


def default_edition() -> str:
    """The newest issued edition; while none is issued, the oldest: a draft for later is never the default."""
    issued = [id_ for id_ in edition_ids() if id_ in fingerprints()]
    return issued[-1] if issued else edition_ids()[0]


@cache
def edition_of(edition_id: str) -> Edition:
    """The edition. Raises `UserError` if it is faulty, `FileFault` if it is not here."""
    if edition_id not in edition_ids():
        raise FileFault("no-such-edition", found=edition_id[:80], allowed=", ".join(edition_ids()))
    return load_edition(edition_id)


@cache
def words_in(language: str) -> Catalogue:
    return app_words(language)


@cache
def say_in(edition_id: str, language: str) -> Say:
    """The words of an edition and of the app in one language."""
    return Say(edition_of(edition_id), load_texts(edition_id, language), words_in(language))


@dataclass(frozen=True)
class Tools:
    """The options every command has. `edition_id`: of templates and of files that name none."""

    language: str
    edition_id: str
    encoding: str = ""
    decimal: str = ""
    percent: str = ""

    @cached_property
    def words(self) -> Catalogue:
        return words_in(self.language)

    @cached_property
    def desk(self) -> Desk:
        """What reading a file of answers needs."""
        return Desk(self._reader, self.edition_id, self.encoding)

    def text(self, key: str, /, **values: object) -> str:
        """A sentence of the command line."""
        return self.words.text(f"commandline.{key}", **values)

    def say(self, edition_id: str = "") -> Say:
        return say_in(edition_id or self.edition_id, self.language)

    def _reader(self, edition_id: str) -> Reader:
        edition = edition_of(edition_id)
        languages = [say_in(edition_id, language) for language in edition.languages]
        states = {
            say.words.text(f"exchange.states.{state}").lower(): state
            for say in languages
            for state in ("dont_know", "not_applicable")
        }
        return Reader(edition, _labels(edition_id), states, self.decimal, self.percent)

    # --- files -------------------------------------------------------------------------------

    def incoming(self, file: Path) -> Iterator[Incoming]:
        """Every firm in a file or directory; what cannot be read at all is an entry with its fault."""
        try:
            yield from read_answers(existing(self, file), self.desk)
        except FileFault as fault:
            yield _unread(self, file, fault)

    def problem(self, fault: Fault, edition_id: str = "") -> Problem:
        """A fault of a file in words."""
        return in_words(fault, self.say(edition_id if edition_id in edition_ids() else ""))

    def name(self, entry: Incoming) -> str:
        """What a firm is called in messages: its name, or where it stands."""
        if entry.answers.firm:
            return printable(entry.answers.firm)
        return self.text("firm_row", file=entry.file, row=entry.row) if entry.row else printable(entry.file)

    def complain(self, entry: Incoming) -> bool:
        """Print the faults of an entry on standard error; whether there were any."""
        for fault in entry.faults:
            warn(str(self.problem(fault, entry.answers.edition)))
        return bool(entry.faults)


@cache
def _labels(edition_id: str) -> dict[str, dict[str, str]]:
    edition = edition_of(edition_id)
    return option_labels(*(say_in(edition_id, language) for language in edition.languages))


def _unread(tools: Tools, file: Path, fault: FileFault) -> Incoming:
    from assessment.model.answers import Answers

    return Incoming(file.name, Answers(tools.edition_id), (fault_of(file, fault),))


def existing(tools: Tools, file: Path) -> Path:
    """The path, if something is there. Raises `WrongUsage`."""
    if not file.exists():
        raise WrongUsage(tools.text("no_file", file=file))
    return file


def add_reading(parser: argparse.ArgumentParser, words: Catalogue, *, firm: bool = False) -> None:
    """The arguments of a command that reads answers."""
    parser.add_argument("file", type=Path, metavar="FILE", help=words.text("commandline.help.file"))
    parser.add_argument("--encoding", default="", help=words.text("commandline.help.encoding"))
    parser.add_argument(
        "--decimal", choices=("point", "comma"), default="", help=words.text("commandline.help.decimal")
    )
    parser.add_argument(
        "--percent", choices=("points",), default="", help=words.text("commandline.help.percent")
    )
    if firm:
        parser.add_argument("--firm", default="", help=words.text("commandline.help.firm"))


# --- printing ----------------------------------------------------------------------------------


def warn(line: str) -> None:
    """One line on standard error."""
    print(printable(line), file=sys.stderr)


def printable(text: str) -> str:
    """The text without characters that could steer a terminal."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cf") else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )


def width(text: str) -> int:
    """Columns of a terminal that a text takes: Chinese characters take two."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Aligned columns; `right`: columns of numbers."""
    lines = [tuple(map(printable, head)), *(tuple(map(printable, row)) for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(head))]
    rule = tuple("─" * w for w in widths)
    return "\n".join(_aligned(line, widths, right) for line in (lines[0], rule, *lines[1:]))


def _aligned(cells: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    padded = []
    for column, (cell, wanted) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (wanted - width(cell))
        padded.append(space + cell if column in right else cell + space)
    return "  ".join(padded).rstrip()
