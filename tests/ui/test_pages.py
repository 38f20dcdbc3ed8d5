"""Every page is drawn, in both languages, from the address and the store alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.cases import Case
from assessment.model.edition import Edition
from assessment.model.words import Catalogue
from assessment.report.document import FigureBlock, Table, Tiles
from assessment.store.records import READ
from assessment.ui.blocks import block_html
from assessment.ui.markup import escaped, joined, literal
from assessment.ui.pages import start
from assessment.ui.ways import Ways
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.publishing import FILES, OTHER_FORMATS
from assessment.workflow.results import see_result
from tests.ui.conftest import Visit, checked, text_of

LANGUAGES = ("en", "zh")
Firm = Callable[[], Opened]
Say = dict[str, Catalogue]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_says_what_how_long_and_what_happens_with_the_data(
    visit: Visit, words: Say, edition: Edition, language: str
) -> None:
    told = text_of(visit(lang=language))
    for sentence in ("what", "how_long", "data"):
        assert words[language].text(f"ui.start.{sentence}", **edition.minutes) in told
    assert f"/sample/own_brand_machine_maker.{language}" in told


def test_the_samples_offered_are_those_the_authors_released(visit: Visit, cases: tuple[Case, ...]) -> None:
    offered = re.findall(r"/sample/(\w+)\.en", text_of(visit(lang="en")))
    assert offered == [c.id for c in cases if c.sample] != []


def test_several_samples_are_told_apart_by_their_names(
    visit: Visit, cases: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "samples", lambda edition: cases[:3])
    told = text_of(visit(lang="zh"))
    assert all(escaped(case.firm["zh"]) in told for case in cases[:3])


@pytest.mark.parametrize("page", ["home", "section", "review", "results", "method"])
def test_a_page_has_one_title_and_parts_of_two_levels(visit: Visit, answered: Firm, page: str) -> None:
    app = visit(page=page, section="finance", lang="en")
    assert len(app.title) == 1 and not app.subheader
    assert set(re.findall(r"<h(\d)", text_of(app))) <= {"2", "3"}


@pytest.mark.parametrize(("path", "quick"), [("quick", True), ("full", False)])
def test_beginning_shows_the_link_once(
    visit: Visit, bench: Bench, words: Say, path: str, quick: bool
) -> None:
    app = checked(visit(lang="en").button(key=f"start-{path}").click().run())
    (shown,) = app.code
    token = shown.value.rsplit("/", 1)[1]
    record = bench.store.assessment_for(token)
    assert record is not None and (record.path == "quick") == quick
    assert words["en"].text("ui.link.advice") in text_of(app)
    assert not visit(lang="en").code


def test_a_bad_link_is_refused_with_a_sentence(visit: Visit, words: Say) -> None:
    app = visit(lang="en")
    app.text_input(key="pasted_link").set_value("http://127.0.0.1/join/" + "x" * 43)
    app = checked(app.button(key="continue").click().run())
    assert [e.value for e in app.error] == [words["en"].text("ui.start.continue_bad")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_shows_each_of_its_questions_with_what_it_is_about(
    visit: Visit, firm: Firm, edition: Edition, texts: Say, words: Say, language: str
) -> None:
    for section in edition.sections:
        app = visit(page="section", section=section, lang=language)
        told = text_of(app)
        about = [e for e in app.expander if e.label == words[language].text("ui.about.title")]
        asked = [q for q in edition.in_section(section) if q.id != "int_market"]  # asked of large firms only
        assert len(about) >= len([q for q in asked if q.row_list != "functions" or section == "functions"])
        for question in asked:
            assert texts[language].text(f"questions.{question.id}.label") in told
            if question.row_list != "functions" or section == "functions":
                for part in ("definition", "example", "why", "changes"):
                    assert texts[language].text(f"questions.{question.id}.{part}") in told


def test_the_quick_path_asks_less_and_can_be_widened(
    visit: Visit, bench: Bench, firm: Firm, edition: Edition
) -> None:
    bench.store.set_path(firm().record, "quick")
    narrow = {b.key for b in visit(page="section", section="finance").get("button_group")}
    checked(visit(page="home").button(key="widen").click().run())
    assert not firm().quick
    wide = {b.key for b in visit(page="section", section="finance").get("button_group")}
    assert "mark.fin_gm" in wide - narrow


@pytest.mark.parametrize("page", ["home", "review", "results", "method"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_drawn_for_an_empty_assessment(
    visit: Visit, firm: Firm, page: str, language: str
) -> None:
    assert visit(page=page, lang=language).title


def test_without_a_link_no_page_of_an_assessment_is_shown(visit: Visit, words: Say) -> None:
    for page in ("home", "section", "review", "results"):
        assert visit(page=page, section="finance", lang="en").title[0].value == words["en"].text(
            "ui.start.title"
        )


def test_a_link_that_is_withdrawn_ends_the_visit(visit: Visit, bench: Bench, firm: Firm, words: Say) -> None:
    app = visit(page="section", section="finance", lang="en")
    bench.store.revoke_all(firm().record)
    assert checked(app.run()).title[0].value == words["en"].text("ui.start.title")


@pytest.fixture
def answered(bench: Bench, firm: Firm, cases: tuple[Case, ...]) -> Firm:
    case = next(c for c in cases if c.sample)
    answering.keep(bench, firm().record, answering.answer_rows(case.answers.replies))
    return firm


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_results_page_shows_every_part_of_the_report_with_its_numbers(
    visit: Visit, bench: Bench, answered: Firm, words: Say, language: str
) -> None:
    app = visit(page="results", lang=language)
    report, told = see_result(bench, answered(), language).report, text_of(app)
    assert app.title[0].value == literal("".join(report.parts[0].headline))
    for part in report.parts:
        for block in part.blocks:
            if isinstance(block, FigureBlock):
                assert escaped(block.table.title) in told
            if isinstance(block, Table | Tiles):
                assert block_html(block, Ways(words[language], part.id)) in told
    for part in report.parts[1:]:
        assert joined(part.headline) in told
    figures = [b for p in report.parts for b in p.blocks if isinstance(b, FigureBlock)]
    charts = app.get("vega_lite_chart")
    twice = [f.alt.strip() for f in figures for _ in ("wide", "narrow")]  # the style sheet shows one of them
    assert [c.proto.alt for c in charts] == twice


def test_files_leave_by_the_server_and_never_by_a_download_button(visit: Visit, answered: Firm) -> None:
    app = visit(page="results", lang="en")
    assert text_of(app).count("href='/dl/") == len(FILES) + len(OTHER_FORMATS)
    assert not app.get("download_button")


def test_a_reader_sees_results_and_no_questions(
    visit: Visit, bench: Bench, answered: Firm, cookies: list[str]
) -> None:
    cookies[:] = [bench.store.new_link(answered().record, READ)]
    app = visit(page="section", section="finance", lang="en")
    assert not app.text_input and "LANTERN" in app.title[0].value.upper()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_review_links_every_open_question(
    visit: Visit, firm: Firm, edition: Edition, language: str
) -> None:
    app: AppTest = visit(page="review", lang=language)
    open_ones = {b.key.removeprefix("to.open.") for b in app.button if b.key.startswith("to.open.")}
    assert {"fin_revenue", "mtx_mode", "meta_quality"} <= open_ones
    app = checked(app.button(key="to.open.chn_tech").click().run())
    assert (app.query_params["section"], app.query_params["q"]) == ("chain", "chn_tech")


def test_hostile_names_are_drawn_as_text(visit: Visit, bench: Bench, answered: Firm) -> None:
    name = "<img src=x onerror=alert(1)> **b** :smile: [a](javascript:x)"
    bench.store.rename_firm(answered().record, name)
    for page in ("home", "results"):
        told = text_of(visit(page=page, lang="en"))
        assert "<img" not in told and "](javascript" not in told and ":smile:" not in told
