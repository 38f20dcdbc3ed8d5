"""An answer is saved the moment it is given; what is not saved is not called saved; no typed text is lost."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from unittest.mock import Mock

import pytest
from streamlit.testing.v1 import AppTest

from assessment.model.answers import DONT_KNOW, NOT_ANSWERED, Answered, Between, NotApplicable
from assessment.model.words import Catalogue
from assessment.store import NotSaved, Store, Unreachable
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened, resume, start_assessment
from tests.ui.conftest import Visit, checked, text_of

Firm = Callable[[], Opened]
Say = dict[str, Catalogue]


@pytest.fixture
def finance(visit: Visit, firm: Firm, bench: Bench) -> AppTest:
    """The finance section of a firm that reports in thousand yuan."""
    period = {"prf_period.unit": Answered("thousand"), "prf_period.currency": Answered("CNY")}
    answering.keep(bench, firm().record, answering.answer_rows(period))
    return visit(page="section", section="finance", lang="en")


def typed(app: AppTest, field: str, text: str) -> AppTest:
    """The page after a text was typed into a field: first its fragments are drawn, then all of it."""
    checked(app.text_input(key=f"in.{field}").set_value(text).run())
    return checked(app.run())


def test_a_typed_number_is_in_the_store_and_read_back_with_its_unit(finance: AppTest, firm: Firm) -> None:
    app = typed(finance, "fin_revenue", "3.5万")
    assert firm().answers.reply("fin_revenue") == Answered(Decimal(35))
    assert app.text_input(key="in.fin_revenue").value == "3.5万"
    assert any("35 thousand = 35\u202f000" in c.value for c in app.caption)


def test_saved_is_said_only_after_the_store_took_it(finance: AppTest, words: Say) -> None:
    said = words["en"].text("ui.save.saved", time="")
    assert said not in finance.get("progress")[0].proto.text
    assert said in typed(finance, "fin_revenue", "35").get("progress")[0].proto.text


def test_a_range_is_an_answer(finance: AppTest, firm: Firm) -> None:
    typed(finance, "fin_gm", "18-22")
    assert firm().answers.reply("fin_gm") == Between(Decimal(18), Decimal(22))


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [("fin_rd_in", "abc", "typed.no-number"), ("fin_gm", "120", ""), ("fin_revenue", "0", "")],
)
def test_an_impossible_value_is_refused_at_the_field_and_its_text_stays(
    finance: AppTest, firm: Firm, words: Say, field: str, text: str, code: str
) -> None:
    app = typed(typed(finance, field, "5"), field, text)
    assert firm().answers.reply(field) == Answered(Decimal(5))
    (error,) = app.error
    assert words["en"].text("ui.not_taken") in error.value
    assert not code or words["en"].text(code) in error.value
    app.query_params["section"] = "chain"
    checked(app.run())
    app.query_params["section"] = "finance"
    assert checked(app.run()).text_input(key=f"in.{field}").value == text


@pytest.mark.parametrize("text", ["1,234", "1.234"])
@pytest.mark.parametrize("meant", ["1.234", "1234"])
def test_a_number_with_two_readings_is_asked_back_and_the_chosen_one_is_saved(
    finance: AppTest, firm: Firm, text: str, meant: str
) -> None:
    app = typed(finance, "fin_revenue", text)
    assert firm().answers.reply("fin_revenue") == NOT_ANSWERED and len(app.error) == 1
    offered = {b.label.startswith("1.234 "): b for b in app.button if b.key.startswith("meant.")}
    assert len(offered) == 2
    app = checked(checked(offered[meant == "1.234"].click().run()).run())
    assert firm().answers.reply("fin_revenue") == Answered(Decimal(meant))
    assert app.text_input(key="in.fin_revenue").value == meant
    assert not app.error and not [b for b in app.button if b.key.startswith("meant.")]


def test_both_readings_of_a_range_are_offered(finance: AppTest) -> None:
    app = typed(finance, "fin_revenue", "1.200-1.500")
    labels = [b.label for b in app.button if b.key.startswith("meant.")]
    assert any(label.startswith("1.2–1.5 thousand") for label in labels)
    assert any(label.startswith("1\u202f200–1\u202f500 thousand") for label in labels)


def test_half_a_per_cent_is_not_asked_back(finance: AppTest, firm: Firm) -> None:
    typed(finance, "fin_newrev", "0.5")
    assert firm().answers.reply("fin_newrev") == Answered(Decimal("0.5"))


def test_a_remark_is_saved_beside_the_answer_and_stands_in_the_report(
    finance: AppTest, firm: Firm, visit: Visit
) -> None:
    remark = "<b>merger</b> & **more**"
    app = typed(finance, "fin_gm", "20")
    checked(app.text_area(key="remark.fin_gm").set_value(remark).run())
    assert firm().answers.comments == {"fin_gm": remark}
    assert firm().answers.reply("fin_gm") == Answered(Decimal(20))
    told = text_of(visit(page="results", lang="en"))
    assert "&lt;b&gt;merger&lt;/b&gt; &amp; **more**" in told and "<b>merger" not in told
    app = visit(page="section", section="finance", lang="en")
    assert app.text_area(key="remark.fin_gm").value == remark
    checked(app.text_area(key="remark.fin_gm").set_value(" ").run())
    assert firm().answers.comments == {}


def test_an_emptied_field_takes_the_answer_back(finance: AppTest, firm: Firm) -> None:
    typed(typed(finance, "fin_gm", "20"), "fin_gm", "")
    assert firm().answers.reply("fin_gm") == NOT_ANSWERED


def test_while_the_store_fails_the_answer_waits_and_is_sent_again_with_the_same_id(
    finance: AppTest, firm: Firm, bench: Bench, words: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    take = Store.save_answer

    def fail(self, assessment, field, value, op_id, *rest, **more):
        tried.append(op_id)
        raise NotSaved("disk full")

    monkeypatch.setattr(Store, "save_answer", fail)
    app = typed(finance, "fin_revenue", "35")
    status = app.get("progress")[0].proto.text
    assert (
        words["en"].text("ui.save.pending") in status
        and words["en"].text("ui.save.saved", time="") not in status
    )
    assert app.text_input(key="in.fin_revenue").value == "35"
    assert firm().answers.reply("fin_revenue") == NOT_ANSWERED

    monkeypatch.setattr(Store, "save_answer", take)
    app = checked(app.run())
    assert words["en"].text("ui.save.saved", time="") in app.get("progress")[0].proto.text
    assert firm().answers.reply("fin_revenue") == Answered(Decimal(35))
    assert len(set(tried)) == 1
    assert [r.op_id for r in bench.store.revisions(firm().record, "fin_revenue")] == tried[:1]


def test_what_is_typed_while_the_database_is_away_stays_and_is_saved_when_it_is_back(
    finance: AppTest, firm: Firm, words: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self, *given, **more):
        raise Unreachable("no connection")

    with monkeypatch.context() as outage:
        for deed in ("assessment_for", "load_answers", "save_answer"):
            outage.setattr(Store, deed, away)
        app = typed(finance, "fin_revenue", "35")
        assert words["en"].text("ui.save.pending") in app.get("progress")[0].proto.text
        assert app.text_input(key="in.fin_revenue").value == "35"
    app = checked(app.run())
    assert words["en"].text("ui.save.saved", time="") in app.get("progress")[0].proto.text
    assert firm().answers.reply("fin_revenue") == Answered(Decimal(35))


def marked(app: AppTest, question: str, mark: str) -> AppTest:
    """The page after one of the ways not to answer was pressed."""
    next(b for b in app.get("button_group") if b.key == f"mark.{question}").set_value(mark).run()
    return checked(app.run())


def test_dont_know_and_not_applicable_stand_beside_every_question(finance: AppTest, firm: Firm) -> None:
    app = marked(finance, "fin_gm", "dont_know")
    assert firm().answers.reply("fin_gm") == DONT_KNOW
    app = marked(app, "fin_gm", "not_applicable")
    checked(app.text_input(key="reason.fin_gm").set_value("a *new* firm").run())
    assert firm().answers.reply("fin_gm") == NotApplicable("a *new* firm")
    app = checked(app.run())
    checked(app.button(key="clear.fin_gm").click().run())
    assert firm().answers.reply("fin_gm") == NOT_ANSWERED


def test_a_later_number_replaces_dont_know(finance: AppTest, firm: Firm) -> None:
    typed(marked(finance, "fin_gm", "dont_know"), "fin_gm", "20")
    assert firm().answers.reply("fin_gm") == Answered(Decimal(20))


def test_another_session_of_the_same_firm_sees_the_answer(finance: AppTest, visit: Visit) -> None:
    typed(finance, "fin_revenue", "35")
    assert visit(page="section", section="finance").text_input(key="in.fin_revenue").value == "35"


def test_a_change_made_elsewhere_replaces_what_a_page_shows(
    finance: AppTest, firm: Firm, bench: Bench
) -> None:
    app = typed(finance, "fin_revenue", "35")
    answering.keep(bench, firm().record, answering.answer("fin_revenue", Answered(Decimal(36))))
    assert checked(app.run()).text_input(key="in.fin_revenue").value == "36"


def test_the_language_can_be_switched_at_any_time_and_keeps_every_answer(
    finance: AppTest, firm: Firm, words: Say
) -> None:
    app = typed(finance, "fin_revenue", "35")
    before = firm().answers.replies
    next(b for b in app.get("button_group") if b.key == "language").set_value("zh")
    app = checked(app.run())
    assert words["zh"].text("ui.about.title") in [e.label for e in app.expander]
    assert app.text_input(key="in.fin_revenue").value == "35"
    assert firm().record.language == "zh" and firm().answers.replies == before


def test_shares_show_what_is_left_to_give(visit: Visit, firm: Firm, words: Say) -> None:
    app = visit(page="section", section="chain", lang="en")
    app = typed(typed(app, "chn_mix.oem", "60"), "chn_mix.odm", "30")
    assert words["en"].text("ui.split.left", total="90", left="10") in text_of(app)
    app = typed(app, "chn_mix.own", "20")
    assert words["en"].text("ui.split.over", total="110", left="10") in text_of(app)
    assert words["en"].text("ui.split.done", total="100") in text_of(typed(app, "chn_mix.own", "10"))


def test_what_does_not_fit_is_told_at_the_question(finance: AppTest, words: Say) -> None:
    app = typed(typed(finance, "fin_inputs", "10"), "fin_inputs_services", "20")
    told = [w.value for w in app.warning if words["en"].text("ui.section.clash") in w.value]
    assert len(told) == 1 and "Purchased services (20)" in told[0]


def test_only_what_can_be_true_may_be_confirmed(finance: AppTest, visit: Visit) -> None:
    typed(typed(finance, "fin_inputs", "10"), "fin_inputs_services", "20")
    keys = {t.key for t in visit(page="review", lang="en").text_input}
    assert "confirm.services_within_inputs" not in keys


def test_a_warning_is_confirmed_with_a_reason(finance: AppTest, visit: Visit, firm: Firm) -> None:
    typed(typed(finance, "fin_revenue", "10"), "fin_opcost", "90")
    app = visit(page="review", lang="en")
    checked(app.text_input(key="confirm.cost_to_revenue").set_value("<b>merger</b>").run())
    assert firm().answers.confirmed["cost_to_revenue"] == "<b>merger</b>"
    assert "<b>merger" not in text_of(visit(page="review", lang="en"))


@pytest.mark.parametrize("what", ["typed", "waiting", "waiting, then shut out", "marked"])
def test_nothing_meant_for_one_firm_is_saved_for_another_that_the_browser_opened_meanwhile(
    finance: AppTest, bench: Bench, cookies: list[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A tab that lost its connection comes back with the cookies another tab has got."""
    app, other = finance, start_assessment(bench, quick=False, language="en", firm="Other (invented)")
    if what.startswith("waiting"):
        with monkeypatch.context() as patch:
            patch.setattr(answering, "keep", Mock(side_effect=NotSaved("the disk is full")))
            app = typed(app, "fin_revenue", "7")
    if what.endswith("shut out"):
        cookies[:] = []
        app = checked(app.run())
    cookies[:] = [other]
    if what == "typed":
        app.text_input(key="in.fin_revenue").set_value("7")
    elif what == "marked":
        mark = next(g for g in app.button_group if str(g.key).startswith("mark."))
        mark.set_value("dont_know")
    checked(app.run())
    found = resume(bench, other)
    assert found is not None and dict(found.stored) == {}
