"""An id stands once: questions, fields, options, checks, components, indexes, rules and measures.

Files of countermeasures and dilemmas bear the id of what they hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from assessment.content.desk import Desk
from assessment.model.fields import ChoiceCell, MultiCell

CURE = "Give one of them another id."


def check(desk: Desk) -> None:
    edition = desk.edition
    for name, values in edition.rows.items():
        _twins(desk, desk.file_of("edition.toml"), values, f"row list `{name}`")
    _twins(desk, desk.file_of("edition.toml"), edition.sections, "the sections")
    _twins(desk, desk.file_of("checks.toml"), (c.id for c in edition.checks), "checks.toml")
    for question in edition.questions:
        file = desk.question_file(question.id)
        if edition.question[question.id] is question:
            _twins(desk, file, (f.id for f in question.fields), f"question `{question.id}`")
        for cell in {f.cell for f in question.fields if isinstance(f.cell, (ChoiceCell, MultiCell))}:
            _twins(desk, file, cell.options, f"the options of `{question.id}`", question.id)
    _across_files(desk)
    _across_indexes(desk)


def _twins(desk: Desk, file: Path, ids: Iterable[str], where: str, place: str = "") -> None:
    for id_, count in Counter(ids).items():
        if count > 1:
            desk.faults.note(
                "duplicate-id", file, place or id_, f"`{id_}` stands {count} times in {where}.", CURE
            )


def _across_files(desk: Desk) -> None:
    seen: dict[str, Path] = {}
    for file, tree in desk.raw.items():
        if file.parent.name not in ("countermeasures", "dilemmas"):
            continue
        id_ = str(tree.get("id", file.stem))
        if id_ in seen:
            desk.faults.note("duplicate-id", file, id_, f"`{id_}` is also the id of {seen[id_].name}.", CURE)
        elif id_ != file.stem:
            desk.faults.note(
                "duplicate-id", file, id_, f"the file is called {file.stem}.", f"Rename it to {id_}.toml."
            )
        seen.setdefault(id_, file)


def _across_indexes(desk: Desk) -> None:
    owners: dict[str, str] = {}
    for index in desk.edition.indexes.values():
        for part in index.components:
            if part.id in owners:
                what = f"component `{part.id}` stands in {owners[part.id]} and in {index.id}."
                desk.faults.note("duplicate-id", desk.index_file(index), part.id, what, CURE)
            owners[part.id] = index.id
    for id_ in sorted(set(owners) & (set(desk.edition.indicators) | set(desk.edition.countermeasures))):
        desk.faults.note(
            "duplicate-id", desk.file_of("indicators.toml"), id_, f"`{id_}` names two rules.", CURE
        )
