"""The seventeen function cards."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from assessment.model.answers import DONT_KNOW, Answered
from assessment.model.edition import Edition
from assessment.model.words import Catalogue
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from tests.ui.conftest import Visit, checked, text_of

Firm = Callable[[], Opened]


@pytest.fixture
def cards(visit: Visit, firm: Firm) -> AppTest:
    return visit(page="section", section="functions", lang="en")


def pressed(app: AppTest, key: str, option: str) -> AppTest:
    """The page after an option of a card was pressed."""
    next(b for b in app.get("button_group") if b.key == key).set_value(option).run()
    return checked(app.run())


def inputs(app: AppTest, row: str) -> set[str]:
    """The questions of a card that have a number field."""
    return {t.key.removeprefix("in.").split(".")[0] for t in app.text_input if f".{row}" in t.key}


def test_there_is_a_card_for_every_function_and_only_the_mode_is_asked_first(
    cards: AppTest, edition: Edition
) -> None:
    modes = [b.key for b in cards.get("button_group") if b.key.startswith("in.mtx_mode.")]
    assert modes == [f"in.mtx_mode.{row}" for row in edition.rows["functions"]]
    assert not any(t.key.startswith("in.mtx_") for t in cards.text_input)


@pytest.mark.parametrize(
    ("mode", "follows"),
    [
        ("not_needed", set()),
        ("not_done", set()),
        ("inside", {"mtx_in"}),
        ("outside", {"mtx_out"}),
        ("both", {"mtx_in", "mtx_out"}),
    ],
)
def test_inputs_follow_only_where_they_apply(
    cards: AppTest, firm: Firm, mode: str, follows: set[str]
) -> None:
    app = pressed(cards, "in.mtx_mode.LOG", mode)
    assert firm().answers.reply("mtx_mode.LOG") == Answered(mode)
    assert inputs(app, "LOG") == follows and inputs(app, "WHS") == set()


def test_totals_run_with_the_amounts(cards: AppTest, words: dict[str, Catalogue]) -> None:
    app = pressed(cards, "in.mtx_mode.LOG", "both")
    for field, amount in (("mtx_in.LOG", "120"), ("mtx_out.LOG", "1300")):
        checked(app.text_input(key=f"in.{field}").set_value(amount).run())
        app = checked(app.run())
    assert "**Inside 120** · **outside 1\u202f300**" in text_of(app)


def test_an_amount_that_no_longer_applies_is_kept_but_not_counted(cards: AppTest, firm: Firm) -> None:
    app = pressed(cards, "in.mtx_mode.LOG", "inside")
    checked(app.text_input(key="in.mtx_in.LOG").set_value("120").run())
    app = pressed(checked(app.run()), "in.mtx_mode.LOG", "outside")
    assert "**Inside 0**" in text_of(app)
    assert "mtx_in" not in inputs(app, "LOG")
    app = pressed(app, "in.mtx_mode.LOG", "inside")
    assert app.text_input(key="in.mtx_in.LOG").value == "120"
    assert firm().answers.reply("mtx_in.LOG") == Answered(Decimal(120))


def test_an_unknown_amount_is_no_zero(cards: AppTest, firm: Firm) -> None:
    app = pressed(cards, "in.mtx_mode.LOG", "inside")
    checked(app.checkbox(key="unknown.mtx_in.LOG").check().run())
    assert firm().answers.reply("mtx_in.LOG") == DONT_KNOW


def test_the_rest_can_be_marked_as_not_needed_at_once(cards: AppTest, firm: Firm, edition: Edition) -> None:
    app = pressed(cards, "in.mtx_mode.LOG", "both")
    checked(app.button(key="rest-not-needed").click().run())
    replies = {row: firm().answers.reply(f"mtx_mode.{row}") for row in edition.rows["functions"]}
    assert replies.pop("LOG") == Answered("both")
    assert set(replies.values()) == {Answered("not_needed")}


def test_core_functions_are_suggested(cards: AppTest) -> None:
    app = pressed(pressed(cards, "in.mtx_mode.RND", "inside"), "in.mtx_mode.LOG", "inside")
    chosen = {b.key: b.value for b in app.get("button_group") if b.key.startswith("in.mtx_core.")}
    assert chosen["in.mtx_core.RND"] == "core" and chosen["in.mtx_core.LOG"] == "support"


def test_a_provider_of_ones_own_group_is_ticked(cards: AppTest, firm: Firm) -> None:
    app = pressed(cards, "in.mtx_mode.LOG", "outside")
    checked(app.checkbox(key="in.mtx_out.LOG.own_group").check().run())
    assert firm().answers.reply("mtx_out.LOG.own_group") == Answered("yes")


def test_on_the_quick_path_a_card_asks_less(visit: Visit, bench: Bench, firm: Firm) -> None:
    bench.store.set_path(firm().record, "quick")
    app = pressed(visit(page="section", section="functions", lang="en"), "in.mtx_mode.LOG", "both")
    keys = {b.key for b in app.get("button_group")} | {s.key for s in app.selectbox}
    assert "in.mtx_quality.LOG" in keys and not keys & {
        "in.mtx_core.LOG",
        "in.mtx_intent.LOG",
        "in.int_reach.LOG",
    }
