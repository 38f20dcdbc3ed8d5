"""The what-if page: the engine scores what is switched and moved; scenarios are kept, no answer changes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.cases import Case
from assessment.model.agenda import Scenario
from assessment.model.answers import Answered
from assessment.model.edition import Edition
from assessment.model.plans import End, Keeps, Verdict
from assessment.model.words import Catalogue
from assessment.report.numbers import score
from assessment.scoring.optimise import propose
from assessment.scoring.whatif import after_moves, moved, scenario_result
from assessment.store.records import READ
from assessment.workflow import answering
from assessment.workflow.agenda import name_scenario
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.trying import MOST_SCENARIOS, Trial
from tests.ui.conftest import Visit, checked, text_of
from tests.ui.test_words import leaves

Firm = Callable[[], Opened]
Say = dict[str, Catalogue]
ROOT = Path(__file__).parents[2] / "assessment"


@pytest.fixture
def garment(bench: Bench, firm: Firm, cases: tuple[Case, ...]) -> Firm:
    case = next(c for c in cases if c.id == "contract_garment")
    answering.keep(bench, firm().record, answering.answer_rows(case.answers.replies))
    return firm


@pytest.fixture
def page(visit: Visit, garment: Firm) -> AppTest:
    return visit(page="whatif", lang="en")


def switch(app: AppTest, measure: str, *, on: bool = True) -> AppTest:
    return checked(app.toggle(key=f"try.{measure}").set_value(on).run())


def choose(app: AppTest, field: str) -> AppTest:
    return checked(app.selectbox(key="try-field").set_value(field).run())


def type_in(app: AppTest, field: str, text: str) -> AppTest:
    return checked(choose(app, field).text_input(key=f"try-value.{field}").set_value(text).run())


def keep(app: AppTest, name: str, button: str = "try-save") -> AppTest:
    app.text_input(key="try-name").set_value(name)
    return checked(app.button(key=button).click().run())


def tiles(app: AppTest) -> dict[str, str]:
    """Dilemma -> what its tile says."""
    found = re.findall(r"data-dilemma='(\w+)'>(.*?)(?=<div class='tile |</section>)", text_of(app))
    return {dilemma: re.sub(r"<[^>]+>", " ", said) for dilemma, said in found}


def says(app: AppTest, edition: Edition, texts: Catalogue, opened: Opened, scenario: Scenario) -> None:
    """Every tile shows severity, level and range as the engine has them."""
    before = scenario_result(edition, opened.answers, Scenario("", ""))
    after = scenario_result(edition, opened.answers, scenario)
    shown = tiles(app)
    assert list(shown) == list(edition.dilemmas)
    for dilemma, said in shown.items():
        ends = [score(after.severity[e][dilemma], edition.placement.cuts) for e in End]  # type: ignore[arg-type]
        today = score(before.severity[End.MID][dilemma], edition.placement.cuts)  # type: ignore[arg-type]
        if today != ends[1]:
            assert f"{today} → {ends[1]}" in said
        assert texts.text(f"levels.{after.levels[End.MID][dilemma]}").lower() in said.lower()
        if scenario.measures and ends[0] != ends[2]:
            assert f"{ends[2]} to {ends[0]}," in said


def test_measures_move_the_tiles_to_what_the_engine_says(page, garment, edition, texts) -> None:
    says(page, edition, texts["en"], garment(), Scenario("", ""))
    app = switch(switch(page, "CM10"), "CM07")
    says(app, edition, texts["en"], garment(), Scenario("", "", ("CM07", "CM10")))
    assert "2.5" in text_of(app)
    app = switch(app, "CM10", on=False)
    says(app, edition, texts["en"], garment(), Scenario("", "", ("CM07",)))


def test_a_moved_answer_moves_the_tiles_and_changes_no_answer(page, garment, edition, texts) -> None:
    before = garment().answers
    app = type_in(page, "fin_rd_in", "300")
    scenario = Scenario("", "", (), {"fin_rd_in": Answered(Decimal(300))})
    says(app, edition, texts["en"], garment(), scenario)
    assert "9 → <b>300</b>" in text_of(app)
    assert garment().answers == before
    app = checked(app.button(key="try-undo.fin_rd_in").click().run())
    says(app, edition, texts["en"], garment(), Scenario("", ""))
    assert app.text_input(key="try-value.fin_rd_in").value == "9"


def test_a_share_takes_the_others_along_as_was_chosen(page, garment, edition, texts) -> None:
    before = garment().answers
    for held in (Keeps.SHARE, Keeps.AMOUNT):
        app = choose(page, "chn_mix.own")
        app = checked(app.radio(key="try-held").set_value(held.value).run())
        app = checked(app.text_input(key="try-value.chn_mix.own").set_value("40").run())
        replies = moved(edition, before, "chn_mix.own", Answered(Decimal(40)), held)
        assert len(replies) > 1
        says(app, edition, texts["en"], garment(), Scenario("", "", (), replies))
        page = checked(app.button(key="try-undo.chn_mix").click().run())


def test_levels_and_choices_are_moved_by_inputs_of_their_kind(page, garment, edition, texts) -> None:
    app = choose(page, "chn_tech")
    app = checked(app.radio(key="try-value.chn_tech").set_value(4).run())
    app = choose(app, "mtx_mode.LOG")
    app = checked(app.radio(key="try-value.mtx_mode.LOG").set_value("outside").run())
    replies = {"chn_tech": Answered(4), "mtx_mode.LOG": Answered("outside")}
    says(app, edition, texts["en"], garment(), Scenario("", "", (), replies))


@pytest.mark.parametrize(("typed", "code"), [("lots", "typed.no-number"), ("-3", ""), ("99999999", "")])
def test_what_cannot_be_is_refused_and_moves_nothing(
    page, garment, edition, texts, words, typed, code
) -> None:
    app = type_in(page, "fin_rd_in", typed)
    assert len(app.error) == 1 and words["en"].text("whatif.answers.refused") in app.error[0].value
    assert not code or words["en"].text(code) in app.error[0].value
    says(app, edition, texts["en"], garment(), Scenario("", ""))
    assert app.text_input(key="try-value.fin_rd_in").value == typed
    app = type_in(app, "fin_rd_in", "300")
    assert not app.error


def test_answers_that_clash_once_one_is_put_back_are_warned_of(page) -> None:
    app = type_in(type_in(page, "fin_inputs", "6000"), "fin_inputs_services", "5000")
    assert not app.warning and not app.error
    app = checked(app.button(key="try-undo.fin_inputs").click().run())
    assert len(app.warning) == 1 and "5" in app.warning[0].value


def test_the_page_has_one_title_and_parts_of_the_second_level(page) -> None:
    assert len(page.title) == 1 and not page.subheader
    assert set(re.findall(r"<h(\d)", text_of(page))) <= {"2"}


def test_a_number_that_may_be_two_is_asked_about(page, garment, edition, texts) -> None:
    app = type_in(page, "fin_rd_in", "1,234")
    assert len(app.error) == 1
    app = checked(app.button(key="try-reading.1").click().run())
    assert not app.error and "<b>1.234</b>" in text_of(app)


def test_a_measure_that_is_not_open_says_why_and_cannot_be_switched(page, garment, edition) -> None:
    closed = Trial(edition, garment().answers).search(Scenario("", "")).open.why_not
    assert closed
    for measure in edition.countermeasures:
        assert page.toggle(key=f"try.{measure}").disabled == (measure in closed)


def test_the_plan_from_there_follows_every_change(page, garment, edition, texts) -> None:
    trial = Trial(edition, garment().answers)
    for measures in ((), ("CM10",), ("CM10", "CM12")):
        app = page if not measures else switch(page, measures[-1])
        more = trial.way_on(Scenario("", "", measures)).more
        section = text_of(app)[text_of(app).index("<section class='callout'>") :]
        assert more and all(texts["en"].text(f"countermeasures.{m}.name") in section for m in more)


def test_the_way_on_is_the_plan_that_keeps_what_is_switched_on(garment, edition) -> None:
    trial = Trial(edition, garment().answers)
    for scenario in (
        Scenario("", "", ("CM09", "CM10")),
        Scenario("", "", ("CM07",), {"chn_tech": Answered(3)}),
        Scenario("", "", ("CM22",), {"fin_rd_in": Answered(Decimal(300))}),
    ):
        found = trial.way_on(scenario)
        wish = replace(trial.request, kept=frozenset(scenario.measures))
        plan = propose(edition, after_moves(garment().answers, scenario), wish)
        assert found.verdict is plan.verdict and found.proven
        assert found.outcome is not None and set(scenario.measures) <= set(found.outcome.measures)
        assert set(found.more) == set(found.outcome.measures) - set(scenario.measures)
        if plan.verdict is not Verdict.SHORT:
            assert found.outcome.cost == pytest.approx(plan.chosen.cost)


def test_a_scenario_is_kept_opened_renamed_reported_and_deleted(page, visit, garment, words) -> None:
    keep(type_in(switch(page, "CM10"), "fin_rd_in", "300"), "Research first")
    (kept,) = garment().agenda.scenarios
    assert (kept.name, kept.measures) == ("Research first", ("CM10",))
    assert kept.replies == {"fin_rd_in": Answered(Decimal(300))}

    app = visit(page="whatif", lang="en")
    assert "Research first" in text_of(app) and not app.toggle(key="try.CM10").value
    app = checked(app.selectbox(key="try-open").set_value(kept.id).run())
    assert app.toggle(key="try.CM10").value
    app = checked(app.checkbox(key="try-report").check().run())
    assert garment().agenda.reported == kept.id
    app = keep(switch(app, "CM07"), "Research and contracts")
    (renamed,) = garment().agenda.scenarios
    assert (renamed.id, renamed.name, renamed.measures) == (
        kept.id,
        "Research and contracts",
        ("CM07", "CM10"),
    )
    app = keep(app, "Another", "try-save-new")
    assert [s.name for s in garment().agenda.scenarios if s.id != kept.id] == ["Another"]
    app = checked(app.selectbox(key="try-open").set_value(kept.id).run())
    checked(app.button(key="try-delete").click().run())
    assert [s.name for s in garment().agenda.scenarios] == ["Another"]
    assert garment().agenda.reported == ""


def test_scenarios_stand_side_by_side(page, garment, edition, words) -> None:
    app = keep(switch(page, "CM10"), "One")
    app = keep(switch(app, "CM07"), "Two", "try-save-new")
    told = text_of(app)
    table = told[told.index("id='side-by-side'") :]
    lines = re.findall(r"<tr role='row'.*?</tr>", table)
    names = ["Today", "One", "Two"]
    assert [re.sub("<[^>]+>", "", re.findall("<b>.*?</b>", line)[0]) for line in lines[1:]] == names
    for line, measures in zip(lines[1:], ((), ("CM10",), ("CM07", "CM10")), strict=True):
        found = scenario_result(edition, garment().answers, Scenario("", "", measures)).severity[End.MID]
        for dilemma in edition.dilemmas:
            assert f"</span>{score(found[dilemma], edition.placement.cuts)} " in line  # type: ignore[arg-type]


def test_no_more_scenarios_are_kept_than_can_be_overlooked(bench, visit, garment, words) -> None:
    for number in range(MOST_SCENARIOS):
        answering.keep(bench, garment().record, name_scenario(Scenario(f"s{number}", f"S {number}")))
    app = visit(page="whatif", lang="en")
    assert app.button(key="try-save").disabled
    assert words["en"].text("whatif.keep.full", most=MOST_SCENARIOS) in text_of(app)


def test_a_reader_may_try_but_not_keep(bench, visit, garment, cookies, edition, texts, words) -> None:
    answering.keep(bench, garment().record, name_scenario(Scenario("s", "One", ("CM10",))))
    firm = garment()
    cookies[:] = [bench.store.new_link(firm.record, READ)]
    app = switch(visit(page="whatif", lang="en"), "CM07")
    says(app, edition, texts["en"], firm, Scenario("", "", ("CM07",)))
    keys = {b.key for b in app.button}
    assert not {"try-save", "try-save-new", "try-delete"} & keys
    assert not app.checkbox and words["en"].text("whatif.keep.reader") in text_of(app)
    app = checked(app.selectbox(key="try-open").set_value("s").run())
    says(app, edition, texts["en"], firm, Scenario("", "", ("CM10",)))


def test_new_answers_are_taken_up_and_the_scenario_stays(bench, page, garment, edition, texts) -> None:
    switch(page, "CM10")
    answering.keep(bench, garment().record, answering.answer("chn_tech", Answered(4)))
    app = checked(page.run())
    says(app, edition, texts["en"], garment(), Scenario("", "", ("CM10",)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_drawn_for_firms_that_said_little_or_nothing(visit, bench, firm, words, language) -> None:
    app = visit(page="whatif", lang=language)
    assert words[language].text("whatif.not_yet") in text_of(app)
    answering.keep(bench, firm().record, answering.answer("chn_tech", Answered(1)))
    app = visit(page="whatif", lang=language)
    assert words[language].text("whatif.not_placed") in text_of(app)
    assert words[language].text("whatif.intro") in text_of(app)


def test_a_hostile_name_is_drawn_as_text(page, garment) -> None:
    name = "<img src=x onerror=alert(1)> **b** [a](javascript:x)"
    app = keep(switch(page, "CM10"), name)
    assert garment().agenda.scenarios[0].name == name
    assert "<img" not in text_of(app)


def test_every_word_of_the_page_is_used_and_there_in_both_languages() -> None:
    tables = {
        code: tomllib.loads((ROOT / "words" / code / "whatif.toml").read_text(encoding="utf-8"))
        for code in ("en", "zh")
    }
    english, chinese = (dict(_texts(tables[code])) for code in ("en", "zh"))
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", chinese[key])), key
    files = [
        *(ROOT / "ui" / "trying").glob("*.py"),
        ROOT / "ui" / "pages" / "whatif.py",
        ROOT / "ui" / "sidebar.py",
    ]
    source = "\n".join(p.read_text(encoding="utf-8") for p in [*files, ROOT / "ui" / "pages" / "results.py"])
    named = {re.sub(r"^whatif\.", "", k) for k in re.findall(r"""["']([\w.{}]+)["']""", source)}
    patterns = [re.compile(re.sub(r"\\\{[\w.\\]+?\\\}", "[^.]+", re.escape(k))) for k in named]
    idle = [k for k in leaves(tables["en"]["whatif"]) if not any(p.fullmatch(k) for p in patterns)]
    assert idle == []


def _texts(table: dict[str, object], before: str = ""):  # type: ignore[no-untyped-def]
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
