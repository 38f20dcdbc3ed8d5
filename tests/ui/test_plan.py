"""A firm says what it wants, finds its plan, takes it over and keeps its action register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.cases import Case
from assessment.model.agenda import Action, ActionStatus
from assessment.model.plans import PlanRequest
from assessment.model.words import Catalogue
from assessment.report import options
from assessment.report.say import Say
from assessment.scoring.register import months_after
from assessment.store import NotSaved, Store
from assessment.store.records import READ
from assessment.workflow import agenda, answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.registering import find_plan, standing
from tests.ui.conftest import TODAY, Visit, checked, text_of

Firm = Callable[[], Opened]


@pytest.fixture
def lift(firm: Firm, bench: Bench, cases: tuple[Case, ...]) -> Firm:
    """A firm with every answer and one pronounced dilemma."""
    case = next(c for c in cases if c.id == "licensed_lift_maker")
    answering.keep(bench, firm().record, answering.answer_rows(case.answers.replies))
    return firm


@pytest.fixture
def plan(visit: Visit, lift: Firm) -> AppTest:
    return visit(page="plan", lang="en")


@pytest.fixture
def say(edition, texts, words) -> Say:
    return Say(edition, texts["en"], words["en"])


def group(app: AppTest, key: str):
    return next(b for b in app.get("button_group") if b.key == key)


def pressed(app: AppTest, key: str) -> AppTest:
    """The page after a button was pressed; a press that turns the page draws it once more."""
    checked(app.button(key=key).click().run())
    return checked(app.run())


def typed(app: AppTest, key: str, text: str) -> AppTest:
    return checked(app.text_input(key=key).set_value(text).run())


# --- wishes -----------------------------------------------------------------------------------------------


def test_the_page_shows_todays_levels_and_what_is_proposed_and_saves_nothing_by_itself(
    plan: AppTest, lift: Firm
) -> None:
    target = group(plan, "wish.target.D1")
    here = standing(lift())
    score = round(here.result.placements[0].score)
    assert target.proto.label == f"Dominated by processing: today pronounced ({score})"
    proposed = here.proposed
    assert (target.value, proposed.targets) == ("emerging", {"D1": "emerging"})
    assert group(plan, "wish.target.D2").value == "hold"
    assert lift().agenda.request is None


def test_every_wish_is_in_the_store_as_soon_as_it_is_given(plan: AppTest, lift: Firm) -> None:
    checked(group(plan, "wish.target.D1").set_value("none").run())
    assert lift().agenda.request.targets == {"D1": "none"}
    checked(group(plan, "wish.target.D2").set_value("none").run())
    checked(group(plan, "wish.target.D1").set_value("hold").run())
    typed(plan, "wish.days", "37,5")
    checked(plan.selectbox(key="wish.quarters").set_value(8).run())
    checked(group(plan, "wish.measure.CM16").set_value("refused").run())
    checked(group(plan, "wish.measure.CM07").set_value("kept").run())
    now = lift().agenda.request
    assert (now.targets, now.days_per_quarter, now.quarters) == ({"D2": "none"}, 37.5, 8)
    assert (now.refused, now.kept) == ({"CM16"}, {"CM07"})
    checked(group(plan, "wish.measure.CM16").set_value("free").run())
    assert lift().agenda.request.refused == frozenset()


def test_a_budget_in_money_is_kept_as_percent_of_revenue_and_shown_both_ways(
    plan: AppTest, lift: Firm
) -> None:
    revenue = float(str(lift().answers.reply("fin_revenue").value))
    app = typed(plan, "wish.money", f"{revenue / 40:.2f}")
    assert lift().agenda.request.budget == pytest.approx(2.5, abs=0.01)
    assert app.text_input(key="wish.budget").value == "2.5"
    app = typed(app, "wish.budget", "3")
    assert lift().agenda.request.budget == 3.0
    assert float(app.text_input(key="wish.money").value) == pytest.approx(revenue * 0.03)
    app = typed(app, "wish.money", "")
    assert lift().agenda.request.budget is None
    assert app.text_input(key="wish.budget").value == ""


@pytest.mark.parametrize("text", ["much", "-3", "2-4"])
def test_what_is_no_single_number_is_not_saved_and_stays_in_its_field(
    plan: AppTest, lift: Firm, words: dict[str, Catalogue], text: str
) -> None:
    app = typed(plan, "wish.budget", text)
    assert app.text_input(key="wish.budget").value == text
    assert words["en"].text("plan_page.not_a_number") in [e.value for e in app.error]
    assert lift().agenda.request is None
    app = typed(app, "wish.budget", "4")
    assert not app.error
    assert lift().agenda.request.budget == 4.0


def test_all_measures_are_named_and_those_out_of_reach_say_why(plan: AppTest, lift: Firm, say: Say) -> None:
    told, closed = text_of(plan), standing(lift()).closed
    asked = {b.key.removeprefix("wish.measure.") for b in plan.get("button_group") if "wish.measure" in b.key}
    assert asked == set(lift().edition.countermeasures) - set(closed)
    for measure in closed:
        assert f"{say.measure(measure)}: " in told
    assert say.texts.text("countermeasures.CM13.not_when.in_place") in told or "CM13" not in closed


# --- the plan ---------------------------------------------------------------------------------------------


def test_the_plan_found_is_the_plan_of_the_engine_and_grows_old_with_the_wishes(
    plan: AppTest, lift: Firm, say: Say, words: dict[str, Catalogue]
) -> None:
    assert "plan-found" not in text_of(plan)
    app = pressed(plan, "find")
    here = standing(lift())
    outlook = find_plan(lift(), here.result, here.proposed)
    assert options.verdict_text(say, outlook) in text_of(app)
    for measure in outlook.proposal.measures:
        assert f"<b>{say.measure(measure.measure)}</b>" in text_of(app)
    app = checked(group(app, "wish.measure.CM16").set_value("refused").run())
    assert words["en"].text("plan_page.stale") in text_of(app)
    assert not [b for b in app.button if b.key == "take"]
    app = pressed(app, "find")
    assert words["en"].text("plan_page.stale") not in text_of(app)
    assert f"<b>{say.measure('CM16')}</b>" not in text_of(app)


def test_whoever_said_what_they_want_sees_the_plan_again_in_a_new_browser(
    visit: Visit, lift: Firm, bench: Bench
) -> None:
    answering.keep(bench, lift().record, agenda.wish(PlanRequest({"D1": "emerging"})))
    assert "plan-found" in text_of(visit(page="plan", lang="zh"))


def test_a_reader_sees_the_plan_and_can_change_nothing(
    visit: Visit, lift: Firm, bench: Bench, cookies: list[str]
) -> None:
    answering.keep(bench, lift().record, agenda.note_actions([Action("CM16", owner="A <b>*name*</b>")]))
    cookies[:] = [bench.store.new_link(lift().record, READ)]
    app = pressed(visit(page="plan", lang="en"), "find")
    assert "plan-found" in text_of(app)
    assert [b.key for b in app.get("button_group")] == ["language"]
    assert not app.text_input and not [b for b in app.button if b.key.startswith("take")]
    app = visit(page="actions", lang="en")
    assert "<b>" not in "\n".join(m.value for m in app.markdown)
    assert not app.text_input and not app.selectbox and not app.text_area


# --- the register -----------------------------------------------------------------------------------------


@pytest.fixture
def register(plan: AppTest) -> AppTest:
    """The action register right after the plan was taken over."""
    return pressed(pressed(plan, "find"), "take")


def kept(firm: Firm) -> dict[str, Action]:
    return {a.measure: a for a in firm().agenda.actions}


def test_taking_over_makes_an_action_of_every_measure(register: AppTest, lift: Firm, say: Say) -> None:
    here = standing(lift())
    wanted = find_plan(lift(), here.result, here.proposed).proposal.measures
    assert set(kept(lift)) == {m.measure for m in wanted}
    assert register.query_params["page"] == "actions"
    for planned in wanted:
        action = kept(lift)[planned.measure]
        assert action.due == months_after(TODAY, 3 * (planned.quarters[1] + 1))
        role = say.texts.text(f"countermeasures.{planned.measure}.owner")
        assert register.text_input(key=f"action.owner.{planned.measure}").value == role
        assert all(k.target is not None for k in action.kpis)


def test_every_entry_of_a_line_is_saved_when_it_changes(register: AppTest, lift: Firm) -> None:
    typed(register, "action.owner.CM16", "Wei *Ling*")
    checked(register.selectbox(key="action.status.CM16").set_value(ActionStatus.BEGUN).run())
    checked(register.date_input(key="action.start.CM16").set_value(date(2026, 6, 1)).run())
    checked(register.date_input(key="action.due.CM16").set_value(None).run())
    app = checked(register.text_area(key="action.note.CM16").set_value("two\nlines").run())
    line = kept(lift)["CM16"]
    assert (line.owner, line.status, line.note) == ("Wei *Ling*", ActionStatus.BEGUN, "two\nlines")
    assert (line.start, line.due) == (date(2026, 6, 1), None)
    assert app.text_input(key="action.owner.CM16").value == "Wei *Ling*"
    app = typed(app, "action.owner.CM16", "")
    assert kept(lift)["CM16"].owner == ""
    assert app.text_input(key="action.owner.CM16").value != ""  # the catalogue's role again


def test_dates_that_do_not_fit_are_told(register: AppTest, words: dict[str, Catalogue]) -> None:
    app = checked(register.date_input(key="action.due.CM16").set_value(date(2026, 4, 1)).run())
    assert words["en"].text("actions.due_first") in text_of(app)
    app = checked(app.date_input(key="action.start.CM16").set_value(date(2026, 3, 1)).run())
    assert words["en"].text("actions.overdue") in text_of(app)
    app = checked(app.selectbox(key="action.status.CM16").set_value(ActionStatus.DONE).run())
    assert words["en"].text("actions.overdue") not in text_of(app)


def test_a_dropped_measure_leaves_the_list_keeps_its_history_and_comes_back(
    register: AppTest, lift: Firm, bench: Bench
) -> None:
    typed(register, "action.owner.CM16", "Wei")
    app = pressed(register, "drop.CM16")
    assert kept(lift)["CM16"].status is ActionStatus.DROPPED
    assert "action.owner.CM16" not in [t.key for t in app.text_input]
    assert len(bench.store.revisions(lift().record, "plan:action:CM16")) == 3
    app = pressed(app, "take-up.CM16")
    assert app.text_input(key="action.owner.CM16").value == "Wei"


def test_a_measure_that_is_not_in_the_plan_can_be_added(register: AppTest, lift: Firm) -> None:
    assert register.button(key="add-action").disabled
    app = checked(register.selectbox(key="action.add").set_value("CM01").run())
    app = pressed(app, "add-action")
    assert kept(lift)["CM01"].start == TODAY
    assert app.text_input(key="action.owner.CM01").value


def test_another_plan_is_taken_over_only_after_asking_and_keeps_what_people_wrote(
    visit: Visit, register: AppTest, lift: Firm, bench: Bench
) -> None:
    typed(register, "action.owner.CM23", "Ana")
    before = kept(lift)
    wish = PlanRequest({"D1": "emerging"}, refused=frozenset({"CM16"}))  # no other limit: CM23 stays in
    answering.keep(bench, lift().record, agenda.wish(wish))
    app = pressed(visit(page="plan", lang="en"), "ask-take")
    told = text_of(app)
    assert "Dropped, still on record" in told and "Stays, with owner" in told
    assert kept(lift) == before
    app = pressed(pressed(app, "leave-plan"), "ask-take")
    pressed(app, "take")
    after = kept(lift)
    assert after["CM16"].status is ActionStatus.DROPPED
    assert (after["CM23"].owner, after["CM23"].status) == ("Ana", ActionStatus.PLANNED)
    assert set(after) > set(before)


def test_while_the_store_fails_nothing_typed_is_lost_and_nothing_is_called_saved(
    register: AppTest, lift: Firm, words: dict[str, Catalogue], monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Store.save_answer

    def fail(*_args, **_more):
        raise NotSaved("disk full")

    monkeypatch.setattr(Store, "save_answer", fail)
    typed(register, "action.owner.CM16", "Wei")
    app = checked(register.text_area(key="action.note.CM16").set_value("agreed").run())
    assert words["en"].text("ui.save.pending") in text_of(app)
    assert app.text_input(key="action.owner.CM16").value == "Wei"
    assert kept(lift)["CM16"].owner == ""
    monkeypatch.setattr(Store, "save_answer", take)
    app = checked(app.run())
    assert words["en"].text("ui.save.pending") not in text_of(app)
    assert (kept(lift)["CM16"].owner, kept(lift)["CM16"].note) == ("Wei", "agreed")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", ["plan", "actions"])
def test_both_pages_are_drawn_before_anything_is_answered(
    visit: Visit, firm: Firm, words: dict[str, Catalogue], page: str, language: str
) -> None:
    told = text_of(visit(page=page, lang=language))
    table = "plan_page.not_yet" if page == "plan" else "actions.empty"
    assert words[language].text(table) in told
