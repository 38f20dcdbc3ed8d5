"""The report of the worked cases: complete in both languages, one number everywhere, 8 to 14 pages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest
from pypdf import PdfReader

from assessment.content.cases import Case
from assessment.model.edition import Edition
from assessment.model.results import Assessment
from assessment.model.words import Catalogue
from assessment.output import render_pdf
from assessment.report.compose import compose, view_of
from assessment.report.document import DriverBars, FigureBlock, PlacementMap, Report, Table, Typed, Words
from assessment.report.figures import level_text, score_text
from assessment.scoring.assess import assess

TODAY = date(2026, 11, 22)
LANGUAGES = ("en", "zh")
HOSTILE = '<b onclick="x">=SUM(A1)</b> & {firm} [x](javascript:y)'


@pytest.fixture(scope="module")
def results(edition: Edition, cases: tuple[Case, ...]) -> Mapping[str, Assessment]:
    return {c.id: assess(edition, c.answers) for c in cases}


@pytest.fixture(scope="module")
def reports(
    edition: Edition,
    texts: Mapping[str, Catalogue],
    words: Mapping[str, Catalogue],
    results: Mapping[str, Assessment],
) -> Mapping[tuple[str, str], Report]:
    return {
        (case, language): compose(edition, found, texts[language], words[language], TODAY, "0")
        for case, found in results.items()
        for language in LANGUAGES
    }


def every(node: object) -> Iterator[object]:
    """Every value in a tree of dataclasses and tuples."""
    yield node
    if is_dataclass(node):
        for f in fields(node):
            yield from every(getattr(node, f.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from every(item)


def test_every_case_has_a_report_in_every_language(reports, cases):
    assert len(reports) == len(cases) * len(LANGUAGES) > 0


def test_no_placeholder_is_left_in_a_report(reports):
    for report in reports.values():
        left = [w for w in every(report) if isinstance(w, Words) and "{" in w and w != report.labels.page]
        assert not left


@pytest.mark.slow
@pytest.mark.timeout(900)  # some fifty reports with fresh charts
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_has_eight_to_fourteen_pages_and_the_scores_of_the_engine(
    reports, results, edition, texts, words, language
):
    for (case, spoken), report in reports.items():
        if spoken != language:
            continue
        pages = PdfReader(io.BytesIO(render_pdf(report))).pages
        assert 8 <= len(pages) <= 14, case
        say = view_of(edition, results[case], texts[language], words[language], TODAY).say
        first = "".join(pages[0].extract_text().split())
        for placement in results[case].placements:
            assert "".join(score_text(say, placement).split()) in first, case
            assert "".join(level_text(say, placement).split()) in first, case


def test_printed_points_of_a_dilemma_add_up_to_its_printed_severity(reports):
    checked = 0
    for report in reports.values():
        for block in every(report):
            if isinstance(block, FigureBlock) and isinstance(block.figure, DriverBars):
                total = block.table.rows[-1].cells[3].parts[0]
                assert sum(bar.points for bar in block.figure.bars) == int(total)
                checked += 1
    assert checked == 3 * len(reports)


def test_map_and_table_behind_it_show_the_same_values(reports):
    for report in reports.values():
        block = next(
            b for b in every(report) if isinstance(b, FigureBlock) and isinstance(b.figure, PlacementMap)
        )
        assert [bar.value_label for bar in block.figure.bars] == [
            row.cells[1].parts[0] for row in block.table.rows
        ]


def test_every_figure_has_alternative_text_and_a_table(reports):
    for report in reports.values():
        blocks = [b for b in every(report) if isinstance(b, FigureBlock)]
        assert len(blocks) >= 6
        assert all(len(b.alt) > 20 and b.table.rows for b in blocks)


def test_tables_have_as_many_cells_as_columns(reports):
    for report in reports.values():
        for table in every(report):
            if isinstance(table, Table):
                assert all(len(row.cells) == len(table.columns) for row in table.rows), table.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_person_typed_is_never_taken_for_our_words(edition, texts, words, cases, language):
    case = cases[0]
    question = edition.questions[5].id
    answers = replace(case.answers, firm=HOSTILE, comments={question: HOSTILE})
    report = compose(edition, assess(edition, answers), texts[language], words[language], TODAY, "0")
    typed = [v for v in every(report) if isinstance(v, Typed) and HOSTILE in v]
    ours = [v for v in every(report) if isinstance(v, str) and not isinstance(v, Typed) and "onclick" in v]
    assert len(typed) >= 3
    assert not ours
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(render_pdf(report))).pages)
    assert "".join(HOSTILE.split()) in "".join(text.split())


def test_the_same_assessment_gives_the_same_bytes(reports):
    report = next(iter(reports.values()))
    assert render_pdf(report) == render_pdf(report)
