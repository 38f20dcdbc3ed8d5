"""One number, one way to write it: screen, PDF, Word, workbook, page and JSON say the same of every firm."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import html
from pypdf import PdfReader

from assessment.commandline import main as commandline
from assessment.content.cases import Case
from assessment.content.load import EDITIONS
from assessment.model.edition import Edition
from assessment.output import render
from assessment.report import numbers
from assessment.report.document import FigureBlock, Row, Table, Tiles
from assessment.report.origins import origin
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.reporting import Seen
from assessment.workflow.results import see_result
from tests.output.formats import Grid, Tables, docx_tables, docx_text, html_tables, squeezed, xlsx_tables
from tests.ui.conftest import Visit, text_of

pytestmark = pytest.mark.slow

EXAMPLES = EDITIONS / "servitization/2026-1/examples"
# Known throughout; much unknown, so intervals and spans; large amounts; hardly anything wrong.
CASES = ("contract_garment", "many_dont_knows", "large_internaliser", "well_run_subcontractor")
# One of them in both languages, the others in one each: the tables know no language.
PAIRS = [(case, "zh" if place % 2 else "en") for place, case in enumerate(CASES)] + [(CASES[0], "zh")]
OWN_SHEET = "answers"  # in the workbook all fields stand in place of this table


@dataclass(frozen=True)
class Told:
    """One firm in one language: the report as data, and all tables of every format."""

    seen: Seen
    formats: dict[str, Tables]
    files: dict[str, bytes]
    pdf: str

    @property
    def shown(self) -> list[Table]:
        """The tables that stand on paper, in the order of reading."""
        blocks = [block for part in self.seen.report.parts for block in part.blocks]
        tables = [b.table if isinstance(b, FigureBlock) and b.show_table else b for b in blocks]
        return [table for table in tables if isinstance(table, Table)]


@pytest.fixture(params=PAIRS, ids="-".join)
def told(
    request: pytest.FixtureRequest,
    bench: Bench,
    firm: Callable[[], Opened],
    cases: tuple[Case, ...],
    visit: Visit,
) -> Told:
    name, language = request.param
    case = next(case for case in cases if case.id == name)
    answering.keep(bench, firm().record, answering.answer_rows(dict(case.answers.replies)))
    seen = see_result(bench, firm(), language)
    files = {kind: render(seen.report, kind, seen.view) for kind in ("pdf", "docx", "xlsx", "html")}
    titles = {
        squeezed(block.table.title if isinstance(block, FigureBlock) else block.title)
        for part in seen.report.parts
        for block in part.blocks
        if isinstance(block, Table | FigureBlock)
    }
    found = {
        "screen": html_tables(f"<div>{text_of(visit(page='results', lang=language))}</div>"),
        "docx": docx_tables(files["docx"]),
        "xlsx": xlsx_tables(files["xlsx"], titles),
        "html": html_tables(files["html"].decode()),
    }
    pdf = files.pop("pdf")
    pages = PdfReader(BytesIO(pdf)).pages
    return Told(seen, found, files, squeezed("".join(page.extract_text() for page in pages)))


def expected(table: Table) -> Grid:
    """The cells of a table as the report has them."""
    return [[squeezed(column.title) for column in table.columns], *(_words(row) for row in table.rows)]


def _words(row: Row) -> list[str]:
    return [squeezed("".join(cell.parts)) for cell in (row.cells[:1] if row.heading else row.cells)]


def test_screen_and_files_say_the_same_numbers(told: Told) -> None:
    every_cell_is_the_same(told)
    every_number_is_on_paper(told)
    every_tile_is_the_same(told)


def every_cell_is_the_same(told: Told) -> None:
    """Cell by cell, in the tables of the screen and of every file but the PDF."""
    assert len(told.shown) > 8
    for kind, found in told.formats.items():
        for table in told.shown:
            if kind == "xlsx" and table.id == OWN_SHEET:
                continue
            title = squeezed(table.title)
            wanted = [list(filter(None, row)) for row in expected(table)]
            grids = [_cut(kind, grid, table) for grid in found.get(title, [])]
            assert grids, (kind, table.id)
            assert wanted in grids, (
                kind,
                table.id,
                [pair for pair in zip(wanted, grids[0], strict=False) if pair[0] != pair[1]],
            )


def _cut(kind: str, grid: Grid, table: Table) -> Grid:
    """The cells the report has: the workbook has further columns beside them, and its note below."""
    rows = [row[: len(table.columns)] for row in grid]
    if kind == "xlsx" and table.note and rows and rows[-1][0] == squeezed(table.note):
        rows = rows[:-1]
    return [list(filter(None, row)) for row in rows]


def every_number_is_on_paper(told: Told) -> None:
    """A PDF has no cells to read back, so its text has to hold every number of every table."""
    for table in told.shown:
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=False):
                words = squeezed("".join(cell.parts))
                if column.numeric and any(sign.isdigit() for sign in words):
                    assert words in told.pdf, (table.id, words)


def every_tile_is_the_same(told: Told) -> None:
    """Headline numbers of the first page, with the words below them."""
    report = told.seen.report
    tiles = next(block for block in report.parts[0].blocks if isinstance(block, Tiles)).tiles
    texts = {"pdf": told.pdf, **{kind: _all_text(kind, data) for kind, data in told.files.items()}}
    for kind, text in texts.items():
        for tile in tiles:
            assert squeezed(tile.value) in text, kind
            assert squeezed(tile.note) in text, kind


def _all_text(kind: str, data: bytes) -> str:
    if kind == "html":
        return squeezed("".join(html.fromstring(data).itertext()))
    if kind == "docx":
        return squeezed(docx_text(docx.Document(BytesIO(data)).element))
    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return squeezed("".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row))


# --- JSON: unrounded, so it is rounded here as `report.numbers` says, and compared with what is shown ----


@pytest.fixture(params=CASES)
def numbers_of(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> tuple[str, dict[str, object], list[dict[str, object]]]:
    """A case with what `score --json` and `explain --json` print of it."""
    file = EXAMPLES / f"{request.param}.toml"
    return request.param, _run(capsys, "score", file), _run(capsys, "explain", file)["reasons"]  # type: ignore[return-value]


def _run(capsys: pytest.CaptureFixture[str], command: str, file: Path) -> dict[str, object]:
    assert commandline.main([command, str(file), "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def seen_case(bench: Bench, firm: Callable[[], Opened], cases: tuple[Case, ...], numbers_of) -> Seen:
    case = next(case for case in cases if case.id == numbers_of[0])
    answering.keep(bench, firm().record, answering.answer_rows(dict(case.answers.replies)))
    return see_result(bench, firm(), "en")


def rows_of(seen: Seen, table: str) -> Iterator[tuple[str, list[str]]]:
    """Rows of a table by what they are about."""
    blocks = [block for part in seen.report.parts for block in part.blocks]
    tables = [b.table if isinstance(b, FigureBlock) else b for b in blocks]
    found = next(t for t in tables if isinstance(t, Table) and t.id == table)
    return ((origin(row), ["".join(cell.parts) for cell in row.cells]) for row in found.rows)


def test_json_holds_the_numbers_the_report_rounds(numbers_of, seen_case: Seen, edition: Edition) -> None:
    _, scores, reasons = numbers_of
    cuts = edition.placement.cuts
    explained = {tree["id"]: tree for tree in reasons}
    for dilemma, cells in rows_of(seen_case, "placements"):
        place = scores["placements"][dilemma]
        point, low, high = (numbers.score(place[key], cuts) for key in ("score", "low", "high"))
        span = f"{low}–{high}"
        exact = point if low == high else f"{point} ({span})"
        assert cells[1] == (exact if place["level"] else span)
        assert cells[3] == numbers.percent(place["coverage"])
        assert explained[dilemma]["score"] == place["score"]
        points = {c["id"]: c["points"] for c in place["components"] if c["applies"]}
        assert {c["id"]: c["points"] for c in explained[dilemma]["components"] if c["id"] in points} == points
        _points(seen_case, dilemma, points, int(point))


def _points(seen: Seen, dilemma: str, points: dict[str, float], total: int) -> None:
    """Points shown are whole, less than one away from the exact ones, and add up to the severity."""
    rows = [(of, cells[3]) for of, cells in rows_of(seen, f"drivers-{dilemma}") if of in points]
    whole = {of: int(text.split()[0].split("\u00a0")[0]) for of, text in rows}
    assert whole.keys() == points.keys()
    assert all(abs(whole[of] - points[of]) < 1 for of in points)
    assert sum(whole.values()) == total


def test_json_holds_the_indicators_the_report_shows(numbers_of, seen_case: Seen, edition: Edition) -> None:
    _, scores, _ = numbers_of
    checked = 0
    for name, cells in rows_of(seen_case, "indicators"):
        reading, rule = scores["indicators"][name], edition.indicators[name]
        if reading["known"] == "known":
            assert cells[1].startswith(numbers.number(reading["value"], rule.decimals)), name
            checked += 1
        elif reading["known"] == "partly" and reading["high"] is not None and reading["high"] < 1e12:
            low, high = (numbers.number(reading[key], rule.decimals) for key in ("low", "high"))
            assert cells[1].startswith(low if low == high else f"{low}–{high}"), name
            checked += 1
    assert checked > 15
