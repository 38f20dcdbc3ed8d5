"""The sheets of the workbook: an overview, then one for each part of the report that has tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Final, assert_never

from xlsxwriter import Workbook

from assessment.output.cleaning import clean, rich
from assessment.output.workbook.answers import write_answers
from assessment.output.workbook.costs import write_costs
from assessment.output.workbook.extras import DRIVERS, Beyond
from assessment.output.workbook.sheet import Book, Sheet
from assessment.output.workbook.tables import Writing
from assessment.report.document import (
    Bullets,
    Callout,
    Decision,
    FigureBlock,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
    Tiles,
    Words,
)
from assessment.report.view import View

ANSWERS: Final = "answers"
PLAN: Final = "plan"
_JOINS: Final = {DRIVERS: "map", "plan-": "plan"}  # parts whose tables stand on the sheet of another part
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31


def render_xlsx(report: Report, view: View) -> bytes:
    """The report as a workbook. `view`: what the report was composed from; its numbers are unrounded.

    Same arguments in, same bytes out.
    """
    out = BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _describe(workbook, report)
    made = _Made(report, view, Book(workbook, report.language), Beyond(view))
    made.write()
    workbook.close()
    return out.getvalue()


@dataclass(slots=True)
class _Made:
    """One workbook being made."""

    report: Report
    view: View
    book: Book
    beyond: Beyond
    names: set[str] = field(default_factory=set)
    scores: dict[str, tuple[str, float]] = field(default_factory=dict)  # dilemma -> address of its points

    def write(self) -> None:
        groups = list(_groups(self.report))
        overview = self._sheet(Words(self.view.say.words.text("exports.workbook.overview")))
        sheets = [self._sheet(parts[0].short) for parts in groups]
        self._overview(overview, sheets)
        for sheet, parts in zip(sheets, groups, strict=True):
            self._parts(sheet, parts)
        for sheet in (overview, *sheets):
            sheet.finish(clean(self.report.labels.page.format(page="&P", pages="&N")))

    def _sheet(self, title: Text) -> Sheet:
        """A sheet whose name is allowed and not taken."""
        plain = "".join(span.text for span in rich((title,)))
        name = _NOT_IN_A_NAME.sub(" ", plain).strip()[:_LONGEST_NAME] or "Sheet"
        number = 1
        while name.lower() in self.names:
            number += 1
            name = f"{name[: _LONGEST_NAME - 4]} {number}"
        self.names.add(name.lower())
        return Sheet(self.book, self.book.workbook.add_worksheet(name))

    def _overview(self, sheet: Sheet, sheets: Sequence[Sheet]) -> None:
        report, labels = self.report, self.report.labels
        for parts, look in (
            ((report.title,), "title"),
            ((report.firm,), "headline"),
            (report.subtitle, "note"),
        ):
            sheet.text(0, parts, look, fits=False)
            sheet.next()
        for name, value in report.details:
            sheet.text(0, (name,), "cell")
            sheet.text(1, (value,), "strong")
            sheet.next()
        told = (labels.confidential, labels.stamp, report.edition, report.fingerprint[:12])
        sheet.text(0, (Words(" · ".join(told)),), "note", fits=False)
        sheet.next(2)
        for part in report.parts[:1]:
            self._told(sheet, part)
        sheet.text(0, (Words(labels.contents),), "headline", fits=False)
        sheet.next()
        for other in sheets:
            link = self.book.format("link")
            sheet.sheet.write_url(sheet.row, 0, f"internal:'{other.name}'!A1", link, other.name)
            sheet.next()
        sheet.next()
        for line in self.view.say.words.many("exports.workbook.read_me"):
            sheet.text(0, (Words(line),), "note", fits=False)
            sheet.next()

    def _told(self, sheet: Sheet, part: Part) -> None:
        """The page a board decides on: headline, tiles, words."""
        sheet.text(0, part.headline, "headline", fits=False)
        sheet.next()
        for block in part.blocks:
            match block:
                case Tiles(tiles):
                    for tile in tiles:
                        for column, text in enumerate((tile.label, Words(tile.value), tile.note)):
                            sheet.text(column, (text,), "strong" if column == 1 else "cell")
                        sheet.next()
                case Paragraph(parts):
                    self._lines(sheet, (), (parts,))
                case Bullets(items):
                    self._lines(sheet, (), items)
                case Callout(title, items) | Decision(title, items):
                    self._lines(sheet, (title,), items)
                case Table():
                    self._table(sheet, block)
                case FigureBlock():
                    self._table(sheet, block.table)
                case _:
                    assert_never(block)
            sheet.next()

    @staticmethod
    def _lines(sheet: Sheet, title: tuple[Text, ...], items: tuple[tuple[Text, ...], ...]) -> None:
        if title:
            sheet.text(0, title, "caption", fits=False)
            sheet.next()
        for item in items:
            sheet.text(0, item, "note", fits=False, font_color="#1C2733")
            sheet.next()

    def _parts(self, sheet: Sheet, parts: Sequence[Part]) -> None:
        """Headlines and tables; in place of the report's table of answers, one with all fields."""
        placements: Writing | None = None
        for part in parts:
            sheet.text(0, part.headline, "headline", fits=False)
            sheet.next(2)
            if part.id == ANSWERS:
                write_answers(sheet, self.view)
                continue
            for table in _tables(part):
                done = self._table(sheet, table)
                placements = done if table.id == "placements" else placements
            if part.id == PLAN:
                write_costs(sheet, self.view)
        if placements is not None:
            self._refer(sheet, placements)

    def _table(self, sheet: Sheet, table: Table) -> Writing:
        writing = Writing(sheet, table, self.beyond.extras(table.id), self.beyond.exact(table.id))
        writing.write((table.title,))
        if table.id.startswith(DRIVERS) and writing.totals:
            points = max(writing.totals)
            value = sum(number for _, number in writing.sums[points])
            self.scores[table.id.removeprefix(DRIVERS)] = writing.totals[points], value
        return writing

    def _refer(self, sheet: Sheet, placements: Writing) -> None:
        """The severity of a dilemma is the sum of its points, which stands further down the sheet."""
        column = len(placements.table.columns)
        for row, _ in placements.sums.get(column, []):
            dilemma = next((of for of, at in placements.rows.items() if at == row), "")
            if dilemma in self.scores:
                address, value = self.scores[dilemma]
                sheet.formula(row, column, f"={address}", value, placements.extras[0].format)


def _groups(report: Report) -> Iterator[list[Part]]:
    """Parts that share a sheet; the first page is the overview."""
    groups: dict[str, list[Part]] = {}
    for part in report.parts[1:]:
        home = next((to for start, to in _JOINS.items() if part.id.startswith(start)), part.id)
        if any(_tables(part)):
            groups.setdefault(home, []).append(part)
    yield from groups.values()


def _tables(part: Part) -> Iterator[Table]:
    """Every table of a part once, those behind its figures too."""
    seen: set[str] = set()
    for block in part.blocks:
        table = block if isinstance(block, Table) else block.table if isinstance(block, FigureBlock) else None
        if table is not None and table.columns and table.id not in seen:
            seen.add(table.id)
            yield table


def _describe(workbook: Workbook, report: Report) -> None:
    def plain(text: str) -> str:
        return " ".join(clean(text, 250).split())

    workbook.set_properties(
        {
            "title": plain(f"{report.title} – {report.firm}"),
            "subject": plain(f"{report.labels.stamp}; {report.edition}; {report.fingerprint}"),
            "author": plain(report.firm),
            "keywords": plain(", ".join(report.keywords)),
            "comments": plain(f"{report.labels.product} {report.app_version}"),
            "created": datetime(report.on.year, report.on.month, report.on.day),  # noqa: DTZ001  a day, in no zone
        }
    )
