"""From TOML to questions and their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assessment.content.formulas import Vocabulary, condition_in
from assessment.content.reading import Faults, Table
from assessment.model.fields import (
    Cell,
    ChoiceCell,
    Field,
    Kind,
    LevelCell,
    MultiCell,
    NumberCell,
    Question,
    Unit,
)


@dataclass(frozen=True)
class Frame:
    """What edition.toml says that questions refer to."""

    rows: Mapping[str, tuple[str, ...]]
    scales: Mapping[str, int]


@dataclass(frozen=True)
class Draft:
    """A field whose conditions are not read yet (they may name fields that come later)."""

    table: Table
    question: str
    cell: Cell
    part: str = ""
    row: str = ""
    column: str = ""
    default: str | None = None

    @property
    def id(self) -> str:
        return ".".join(p for p in (self.question, self.part or self.row, self.column) if p)


def read_cell(table: Table, frame: Frame, row: str = "") -> Cell:
    """The cell described by `table`; for `rows`, the default of that row."""
    kind = table.need("kind", str, "number")
    if kind == "choice":
        options = table.words("options")
        defaults = table.take("row_defaults", dict, {})
        default = defaults.get(row, defaults.get("*")) or table.take("default", str, None)
        if default is not None and default not in options:
            table.note("bad-default", f"default `{default}` is not an option.", "Name one of the options.")
        return ChoiceCell(options, default)
    if kind == "multi":
        return MultiCell(table.words("options"), table.take("at_most", int, 0))
    if kind == "level":
        scale = table.need("scale", str, "")
        if scale not in frame.scales:
            table.note("unknown-scale", f"scale `{scale}` is not in edition.toml.", "Add it to [scales].")
        return LevelCell(scale, frame.scales.get(scale, 5))
    if kind != "number":
        table.note(
            "unknown-kind", f"`{kind}` is not a kind of answer.", "Use number, choice, multi or level."
        )
    return _number(table)


def _number(table: Table) -> NumberCell:
    unit = table.need("unit", str, "number")
    if unit not in set(Unit):
        table.note("unknown-unit", f"`{unit}` is not a unit.", f"Use one of {', '.join(Unit)}.")
        unit = "number"
    return NumberCell(
        Unit(unit),
        table.number("minimum"),
        table.number("maximum"),
        table.take("exclusive", bool, False),
        table.take("integer", bool, False),
    )


def read_questions(
    raw: list[Any], section: str, file: Path, frame: Frame, faults: Faults
) -> list[tuple[Question, list[Draft], Table]]:
    """Questions of one section with their field drafts, in page order."""
    out = []
    for entry in raw:
        table = Table(entry, file, str(entry.get("id", "?")), faults)
        question, drafts = _read_question(table, section, frame)
        out.append((question, drafts, table))
    return out


def _read_question(table: Table, section: str, frame: Frame) -> tuple[Question, list[Draft]]:
    id_ = table.need("id", str, "?")
    kind = table.need("kind", str, "number")
    if kind not in set(Kind):
        table.note("unknown-kind", f"`{kind}` is not a kind of question.", f"Use one of {', '.join(Kind)}.")
        kind = "number"
    row_list = table.take("rows", str, "") if kind == "rows" else ""
    if kind == "rows" and row_list not in frame.rows:
        table.note("unknown-rows", f"row list `{row_list}` is not in edition.toml.", "Add it to [rows].")
    columns = table.take("columns", dict, {})
    question = Question(
        id=id_,
        section=section,
        kind=Kind(kind),
        fields=(),
        quick=table.take("quick", bool, False),
        required=table.take("required", bool, False),
        estimate=table.take("estimate", bool, False),
        source=table.words("source"),
        feeds=table.words("feeds"),
        row_list=row_list,
        rows=frame.rows.get(row_list, ()),
        columns=tuple(columns),
        tolerance=table.number("tolerance", 1.0) or 0.0,
    )
    return question, _drafts(table, id_, Kind(kind), frame, question.rows, columns)


def _drafts(
    table: Table, id_: str, kind: Kind, frame: Frame, rows: tuple[str, ...], columns: Mapping[str, Any]
) -> list[Draft]:
    match kind:
        case Kind.SPLIT:
            share = NumberCell(Unit.PERCENT, 0.0, 100.0)
            table.used.add("tolerance")
            return [Draft(table, id_, share, part=p) for p in table.words("parts")]
        case Kind.GROUP:
            return [_group_draft(raw, table, id_, frame) for raw in table.take("field", list, [])]
        case Kind.ROWS:
            cell = Table(table.need("cell", dict, {}), table.file, id_, table.faults)
            drafts = [Draft(table, id_, read_cell(cell, frame, row), row=row) for row in rows]
            cell.close()
            for name, raw in columns.items():
                column = Table(raw, table.file, id_, table.faults)
                drafts += [Draft(column, id_, read_cell(column, frame, r), row=r, column=name) for r in rows]
            return drafts
        case _:
            return [Draft(table, id_, read_cell(table, frame))]


def _group_draft(raw: Mapping[str, Any], parent: Table, id_: str, frame: Frame) -> Draft:
    table = Table(raw, parent.file, id_, parent.faults)
    part = table.need("id", str, "?")
    return Draft(table, id_, read_cell(table, frame), part=part)


def finish(question: Question, drafts: list[Draft], table: Table, vocabulary: Vocabulary) -> Question:
    """The question with its fields, now that every field id is known."""
    fields = []
    for draft in drafts:
        own = condition_in(draft.table, "asked_when", vocabulary, draft.row)
        outer = condition_in(table, "asked_when", vocabulary, draft.row) if draft.table is not table else None
        moot = draft.table.number("not_asked_value")
        outer_moot = table.number("not_asked_value")
        fields.append(
            Field(
                draft.id,
                question.id,
                draft.cell,
                draft.part,
                draft.row,
                draft.column,
                own if own is not None else outer,
                moot if moot is not None else outer_moot,
            )
        )
        if draft.table is not table:
            draft.table.close()
    table.close()
    return replace(question, fields=tuple(fields))
