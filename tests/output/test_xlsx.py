"""The workbook: numbers are numbers, sums are formulas that come out, and nothing typed is a formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from assessment.content.cases import Case
from assessment.model.agenda import Dossier
from assessment.model.answers import Answered, Answers, NotApplicable
from assessment.model.edition import Edition
from assessment.model.results import Stated
from assessment.output.workbook import render_xlsx
from assessment.output.workbook.shown import shown
from assessment.report import numbers
from assessment.report.document import Cell, Typed, Words
from assessment.workflow.reporting import Seen, see
from tests.output.formats import displayed

LANGUAGES = ("en", "zh")
TODAY = date(2026, 5, 1)
SUM = re.compile(r"=SUM\(([A-Z]+)(\d+):\1(\d+)\)")
POINTS = re.compile(r"=([A-Z]+\d+)\*\(([A-Z]+\d+)\+([A-Z]+\d+)\)")
SPAN = re.compile(r"=([A-Z]+\d+)-([A-Z]+\d+)\+1")
REFERENCE = re.compile(r"=([A-Z]+\d+)")

Look = Callable[[str, str], tuple[Seen, Workbook, Workbook]]


@pytest.fixture(scope="module")
def look(cases: tuple[Case, ...]) -> Look:
    """A case in a language: what is known of it, its workbook with formulas, and with values."""
    known: dict[tuple[str, str], tuple[Seen, Workbook, Workbook]] = {}

    def made(name: str, language: str) -> tuple[Seen, Workbook, Workbook]:
        if (name, language) not in known:
            case = next(case for case in cases if case.id == name)
            seen = see(Dossier(case.answers), language, TODAY)
            data = render_xlsx(seen.report, seen.view)
            books = (openpyxl.load_workbook(BytesIO(data), data_only=values) for values in (False, True))
            known[name, language] = (seen, *books)  # type: ignore[assignment]
        return known[name, language]

    return made


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    """Every formula by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["contract_garment", "many_dont_knows", "large_internaliser"])
def test_every_formula_comes_out_at_the_value_shown(look: Look, name: str, language: str) -> None:
    _, book, values = look(name, language)
    found = formulas(book)
    assert len(found) > 20
    for (title, place), formula in found.items():
        sheet = values[title]
        if by := SUM.fullmatch(formula):
            cells = [sheet[f"{by[1]}{row}"].value for row in range(int(by[2]), int(by[3]) + 1)]
            computed = sum(value for value in cells if isinstance(value, int | float))
        elif by := POINTS.fullmatch(formula):
            severity, mean, worst = (sheet[by[number]].value for number in (1, 2, 3))
            computed = severity * (mean + worst)
        elif by := SPAN.fullmatch(formula):
            computed = sheet[by[1]].value - sheet[by[2]].value + 1
        else:
            by = REFERENCE.fullmatch(formula)
            assert by, formula
            computed = sheet[by[1]].value
        assert sheet[place].value == pytest.approx(computed, abs=1e-9), (title, place, formula)


@pytest.mark.parametrize("language", LANGUAGES)
def test_points_add_up_to_the_severity_exactly_and_as_shown(look: Look, language: str) -> None:
    seen, book, values = look("contract_garment", language)
    sheet = values[seen.report.parts[1].short]
    sums = [cell for (title, cell), f in formulas(book).items() if title == sheet.title and SUM.fullmatch(f)]
    totals = [sheet[cell].value for cell in sums]
    shown_as = [displayed(sheet[cell]) for cell in sums]
    for place in seen.result.placements:
        assert place.stated is Stated.LEVEL
        assert any(total == pytest.approx(place.score, abs=1e-9) for total in totals)
        assert numbers.score(place.score, seen.view.say.edition.placement.cuts) in shown_as


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_costs_of_the_plan_add_up_to_the_cost_the_report_names(look: Look, language: str) -> None:
    seen, book, values = look("contract_garment", language)
    sheet = values[str(next(part.short for part in seen.report.parts if part.id == "plan"))]
    outlook, purse = seen.view.outlook, seen.view.purse
    assert outlook is not None and purse is not None and len(outlook.proposal.measures) > 1
    found = [cell for (title, cell), f in formulas(book).items() if title == sheet.title and SUM.fullmatch(f)]
    sums = [sheet[cell].value for cell in found]
    cost = outlook.proposal.chosen.cost
    assert len(sums) == 5
    assert sums[1] == pytest.approx(cost / 100)
    assert sums[4] == pytest.approx(purse.revenue * cost / 100)


def test_spending_by_function_is_summed_before_rounding(look: Look) -> None:
    seen, book, values = look("large_internaliser", "en")
    part = next(part for part in seen.report.parts if part.id == "functions")
    inside = sum(row.inside for row in seen.result.functions)
    sums = [values[title][cell].value for (title, cell) in formulas(book) if title == part.short]
    assert any(value == pytest.approx(inside) for value in sums)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_indicators_placements_and_plan_have_a_sheet_each(look: Look, language: str) -> None:
    seen, book, _ = look("contract_garment", language)
    shorts = {part.id: str(part.short) for part in seen.report.parts}
    for part in ("map", "plan", "indicators", "answers"):
        assert shorts[part] in book.sheetnames
    assert book.properties.title.startswith(str(seen.report.title))
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_every_answer_given_is_there_as_a_number_where_it_is_one(look: Look, edition: Edition) -> None:
    seen, _, values = look("contract_garment", "en")
    sheet = values[str(next(part.short for part in seen.report.parts if part.id == "answers"))]
    by_field = {row[-1].value: row for row in sheet.iter_rows(min_row=4)}
    for field in seen.view.asked:
        reply = seen.result.answers.reply(field)
        assert field in by_field
        if field == "fin_revenue":
            assert isinstance(reply, Answered)
            assert by_field[field][3].value == float(reply.value)  # type: ignore[arg-type]


def test_the_same_answers_give_the_same_bytes(look: Look) -> None:
    seen = look("contract_garment", "en")[0]
    assert render_xlsx(seen.report, seen.view) == render_xlsx(seen.report, seen.view)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3),
    st.integers(0, 3),
    st.sampled_from(["", "\u00a0%", "\u00a0days"]),
)
def test_a_number_shown_is_the_number_stored(value, decimals: int, unit: str) -> None:
    text = numbers.number(value, decimals) + unit
    found = shown(Cell((Words(text),)))
    assert found is not None
    cell = Workbook().active["A1"]
    cell.value, cell.number_format = found.value, found.format
    assert displayed(cell).replace("\u202f", "") == text.replace("\u202f", "")


@pytest.mark.parametrize("text", ["83 (83–84)", "3 of 9", "–", "", "10–12\u00a0%", "between 18 and 10"])
def test_what_is_not_one_number_stays_text(text: str) -> None:
    assert shown(Cell((Words(text),))) is None


def test_a_number_somebody_typed_as_text_stays_text() -> None:
    assert shown(Cell((Typed("7"),))) is None
    assert shown(Cell((Words("7"),))) is not None


def hostile(answers: Answers, nasty: str) -> Answers:
    """The answers with the same text wherever a firm may type."""
    replies = dict(answers.replies) | {"fin_rd_in": NotApplicable(nasty)}
    comments = {"fin_revenue": nasty, "chn_mix": nasty}
    return Answers(answers.edition, nasty, replies, comments, {"year_recent": nasty})


NASTY = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1",
    "<b>x</b>&amp;",
)


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_typed_becomes_a_formula_a_number_or_a_link(cases: tuple[Case, ...], nasty: str) -> None:
    seen = see(Dossier(hostile(cases[0].answers, nasty)), "en", TODAY)
    book = openpyxl.load_workbook(BytesIO(render_xlsx(seen.report, seen.view)))
    assert all(
        SUM.fullmatch(f) or POINTS.fullmatch(f) or SPAN.fullmatch(f) or REFERENCE.fullmatch(f)
        for f in formulas(book).values()
    )
    typed = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and nasty.strip() in cell.value
    ]
    assert len(typed) > 2
    assert {cell.data_type for cell in typed} == {"s"}
    for cell in typed:
        assert cell.quotePrefix == cell.value.startswith(tuple("=+-@")), cell.value
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row
                if cell.hyperlink and cell.hyperlink.target]  # fmt: skip
