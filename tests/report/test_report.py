"""The report of the worked cases: complete in both languages, one number everywhere, 8 to 14 pages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest
from pypdf import PdfReader

from assessment.content.cases import Case
from assessment.model.agenda import Action, ActionStatus, Agenda, Dossier, Earlier, Scenario
from assessment.model.plans import End
from assessment.output import render_pdf
from assessment.report import options
from assessment.report.compose import compose
from assessment.report.document import (
    Callout,
    Decision,
    DriverBars,
    FigureBlock,
    PlacementMap,
    Report,
    Roadmap,
    Table,
    Typed,
    Words,
)
from assessment.report.figures import level_text, score_text
from assessment.scoring.assess import assess
from assessment.workflow.reporting import Seen, see

TODAY = date(2026, 11, 22)
LANGUAGES = ("en", "zh")
HOSTILE = '<b onclick="x">=SUM(A1)</b> & {firm} [x](javascript:y)'


@pytest.fixture(scope="module")
def seen(cases: tuple[Case, ...]) -> Mapping[tuple[str, str], Seen]:
    """Every case as its firm sees it, in every language."""
    return {
        (case.id, language): see(Dossier(case.answers), language, TODAY)
        for case in cases
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def reports(seen: Mapping[tuple[str, str], Seen]) -> Mapping[tuple[str, str], Report]:
    return {key: one.report for key, one in seen.items()}


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
def test_every_report_has_eight_to_fourteen_pages_and_the_scores_of_the_engine(seen, language):
    for (case, spoken), one in seen.items():
        if spoken != language:
            continue
        pages = PdfReader(io.BytesIO(render_pdf(one.report))).pages
        assert 8 <= len(pages) <= 14, case
        first = "".join(pages[0].extract_text().split())
        for placement in one.result.placements:
            assert "".join(score_text(one.view.say, placement).split()) in first, case
            assert "".join(level_text(one.view.say, placement).split()) in first, case


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_on_what_moved_has_at_most_fourteen_pages_too(cases, language):
    """Each case after another firm's answers: nearly everything has moved, which is the longest such page.

    Every case in one language; all of them in both are measured above, without what moved.
    """
    pairs = list(zip(cases, cases[1:] + cases[:1], strict=True))
    for case, before in pairs[LANGUAGES.index(language) :: len(LANGUAGES)]:
        dossier = Dossier(case.answers, earlier=Earlier(before.answers, date(2025, 11, 20)))
        report = see(dossier, language, TODAY).report
        assert "since" in [part.id for part in report.parts]
        assert len(PdfReader(io.BytesIO(render_pdf(report))).pages) <= 14, case.id


def test_the_board_is_asked_for_the_plan_with_its_cost_and_how_sure_it_is(seen):
    asked = {
        key: next(b for b in every(one.report.parts[0]) if isinstance(b, Decision))
        for key, one in seen.items()
    }
    planned = [key for key, one in seen.items() if one.view.plans]
    assert planned
    for key in planned:
        view = seen[key].view
        first = "".join(asked[key].items[0])
        assert options.headline(view.say, view.outlook, view.purse) in first
        assert options.verdict_text(view.say, view.outlook) in first


def test_roadmap_options_and_register_speak_of_the_same_measures(seen):
    for key, one in seen.items():
        parts = {part.id: part for part in one.report.parts}
        roadmap = next(b for b in every(parts["plan"]) if isinstance(b, Roadmap)) if one.view.chosen else None
        if one.view.plans:
            names = {one.view.say.measure(m) for m in one.view.outlook.proposal.chosen.measures}
            assert roadmap is not None, key
            assert {bar.label for bar in roadmap.bars} == names
            assert str(len(names)) in "".join(parts["options"].headline)


def test_decided_measures_stand_with_their_owner_and_dates(edition, cases):
    case = next(c for c in cases if c.id == "contract_garment")
    action = Action(
        "CM16", owner=HOSTILE, start=date(2027, 1, 4), due=date(2027, 9, 30), status=ActionStatus.BEGUN
    )
    one = see(Dossier(case.answers, Agenda(actions=(action,))), "en", TODAY)
    part = next(p for p in one.report.parts if p.id == "plan")
    said = [v for v in every(part) if isinstance(v, Typed)]
    assert HOSTILE in said
    table = next(b for b in every(part) if isinstance(b, Table) and b.id == "plan")
    assert len(table.rows) == 1
    assert "Jan 2027 – Sep 2027" in "".join(table.rows[0].cells[1].parts)
    assert "Begun" in "".join(table.rows[0].cells[1].parts)


def test_a_scenario_of_the_firm_stands_among_the_options(cases):
    case = next(c for c in cases if c.id == "contract_garment")
    scenario = Scenario("s1", HOSTILE, ("CM16",))
    one = see(Dossier(case.answers, Agenda(scenarios=(scenario,), reported="s1")), "en", TODAY)
    part = next(p for p in one.report.parts if p.id == "options")
    told = next(item for b in part.blocks if isinstance(b, Callout) for item in b.items if HOSTILE in item)
    score = one.view.say.score(one.view.outlook.scenario.severity[End.MID]["D1"])
    assert score in "".join(told)


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
