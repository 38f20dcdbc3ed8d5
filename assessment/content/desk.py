"""What the lint rules look at: one edition as read, its raw tables, its words and its worked cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessment.content.files import Files, files_of
from assessment.content.load import read_edition
from assessment.content.reading import Faults, read_toml
from assessment.model.edition import Edition
from assessment.model.formulas import Condition, Formula
from assessment.model.rules import Countermeasure, Index


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of a language: where it stands and what it says (a sentence or a list of them)."""

    file: Path
    value: object


@dataclass
class Desk:
    """One edition on the table of the author. Rules note what they find in `faults` or `notes`."""

    folder: Path
    files: Files
    edition: Edition
    faults: Faults
    notes: Faults
    raw: Mapping[Path, Mapping[str, Any]]
    words: Mapping[str, Mapping[str, Word]] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The folder that holds all editions; ids are relative to it."""
        return self.folder.parents[self.edition.id.count("/")]

    def file_of(self, *names: str) -> Path:
        """A file of the edition; where it is taken over, that of the edition it is based on."""
        return self.files.at(*names)

    def question_file(self, question: str) -> Path:
        """The file of a question."""
        return self.file_of("questions", f"{self.edition.question[question].section}.toml")

    def index_file(self, index: Index) -> Path:
        """The file of a dilemma or trend."""
        if index.id in self.edition.trends:
            return self.file_of("trends.toml")
        files = (
            f
            for f, tree in self.raw.items()
            if f.parent.name == "dilemmas" and tree.get("id", f.stem) == index.id
        )
        return next(files, self.file_of("dilemmas", f"{index.id}.toml"))

    def measure_file(self, measure: str) -> Path:
        """The file of a countermeasure."""
        files = (
            f
            for f, tree in self.raw.items()
            if f.parent.name == "countermeasures" and tree.get("id", f.stem) == measure
        )
        return next(files, self.file_of("countermeasures", f"{measure}.toml"))

    def case_files(self) -> list[Path]:
        """Worked cases by file name."""
        return sorted((self.folder / "examples").glob("*.toml"))

    def formulas(self) -> Iterator[tuple[Path, str, Formula]]:
        """Every formula of a rule: file, id of the rule, formula."""
        for indicator in self.edition.indicators.values():
            yield self.file_of("indicators.toml"), indicator.id, indicator.formula
        for check in self.edition.checks:
            for side in (check.left, check.at_most, check.at_least, check.about):
                if side is not None:
                    yield self.file_of("checks.toml"), check.id, side

    def conditions(self) -> Iterator[tuple[Path, str, Condition]]:
        """Every condition of a rule or field: file, id, condition."""
        for one in self.edition.fields.values():
            if one.asked_when is not None:
                yield self.question_file(one.question), one.question, one.asked_when
        for measure in self.edition.countermeasures.values():
            file = self.measure_file(measure.id)
            yield from ((file, measure.id, condition) for condition in conditions_of(measure))
        for check in self.edition.checks:
            if check.when is not None:
                yield self.file_of("checks.toml"), check.id, check.when


def open_desk(folder: Path) -> Desk:
    """Everything of the edition in `folder`; faults of reading are noted already."""
    edition, faults = read_edition(folder)
    silent = Faults(folder)  # what cannot be read was noted by `read_edition`
    files = files_of(folder)
    raw = {f: read_toml(f, silent) for name, f in files.found.items() if not name.startswith("text/")}
    words = {language: _words(files.texts(language), faults) for language in edition.languages}
    return Desk(folder, files, edition, faults, Faults(folder), raw, words)


def _words(files: Iterable[Path], faults: Faults) -> dict[str, Word]:
    return {
        key: Word(file, value) for file in files for key, value in leaves(read_toml(file, faults), "")
    }  # fmt: skip


def leaves(tree: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, object]]:
    """The entries of a tree of tables by dotted key."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def conditions_of(measure: Countermeasure) -> tuple[Condition, ...]:
    """Every condition of a countermeasure."""
    own = (measure.needs, measure.urgent, *(hold.when for hold in measure.holds))
    return tuple(condition for condition in own if condition is not None)
