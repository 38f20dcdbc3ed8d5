"""Two dates: what has changed, by which answers, and what is only the questionnaire.

The second year is a worked case with small changes, written here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from assessment.answering.carrying import carry
from assessment.answering.form import read_form
from assessment.content.carry_over import load_carry_over
from assessment.content.cases import Case
from assessment.content.load import load_edition
from assessment.model.answers import DONT_KNOW, Answered, Answers, Between
from assessment.model.carrying import CarryOver
from assessment.model.comparison import Change, Comparison, Turn
from assessment.model.edition import Edition
from assessment.model.fields import NumberCell, Unit
from assessment.scoring.attribution import at_scale, attribution, changed_units
from assessment.scoring.compare import CommonSettings, changes, compare, compare_across, known_at_both
from tests.scoring.random_firms import SEEDS, STEADY, changed, firm, veiled

SETTINGS = CommonSettings(agree=0.95)
NextYear = Callable[..., tuple[Answers, Answers]]


@pytest.fixture(scope="module")
def by_name(cases: tuple[Case, ...]) -> Mapping[str, Answers]:
    return {case.id: case.answers for case in cases}


@pytest.fixture(scope="module")
def next_year(edition: Edition, by_name: Mapping[str, Answers]) -> NextYear:
    """A worked case, and the same a year later with some answers replaced, in the plain form."""

    def later(name: str, answers: dict[str, Any]) -> tuple[Answers, Answers]:
        replies, problems = read_form(edition, answers, "test")
        assert not problems, problems
        before = by_name[name]
        return before, replace(before, replies={**before.replies, **replies})

    return later


@pytest.fixture(scope="module")
def later_edition() -> Edition:
    return load_edition("servitization/2026-2")


@pytest.fixture(scope="module")
def over(edition: Edition, later_edition: Edition) -> CarryOver:
    return load_carry_over(edition, later_edition)


def points(found: Comparison, dilemma: str) -> dict[tuple[str, ...], float]:
    return {part.fields: part.points for part in found.attribution[dilemma].parts}


def adds_up(found: Comparison) -> bool:
    return all(
        math.isclose(
            math.fsum([*(p.points for p in a.parts), a.joint]), found.changes[d].points, abs_tol=1e-12
        )
        for d, a in found.attribution.items()
    )


# --- worked second years ----------------------------------------------------------------------------


def test_a_step_towards_own_design_is_a_change_and_is_put_down_to_that_answer(edition, next_year):
    before, after = next_year("contract_garment", {"chn_mix": {"oem": 80, "odm": 15, "own": 5}})
    found = compare(edition, before, after, SETTINGS)
    assert found.changes["D1"].turn is Turn.BETTER
    assert found.changes["D2"].turn is found.changes["D3"].turn is Turn.NOT_SHOWN
    split = ("chn_mix.odm", "chn_mix.oem", "chn_mix.own")
    assert points(found, "D1") == {split: pytest.approx(found.changes["D1"].points)}
    assert found.attribution["D1"].joint == pytest.approx(0, abs=1e-9)
    assert points(found, "D2") == {}


def test_two_answers_of_different_dilemmas_are_kept_apart(edition, next_year):
    before, after = next_year("contract_garment", {"chn_tech": 2, "int_joint": 0})
    found = compare(edition, before, after, SETTINGS)
    assert (found.changes["D1"].turn, found.changes["D3"].turn) == (Turn.BETTER, Turn.WORSE)
    assert list(points(found, "D1")) == [("chn_tech",)]
    assert list(points(found, "D3")) == [("int_joint",)]


def test_what_two_answers_do_only_together_is_joint(edition, next_year):
    before, after = next_year("own_brand_machine_maker", {"fin_newrev": 0, "fin_rd_in": 0, "fin_rd_out": 0})
    found = compare(edition, before, after)
    assert set(points(found, "D2")) == {("fin_newrev",), ("fin_rd_in",), ("fin_rd_out",)}
    assert found.attribution["D2"].joint != pytest.approx(0, abs=1e-3)
    assert adds_up(found)


def test_a_function_given_to_a_provider_is_one_answer_with_its_amounts(edition, next_year):
    change = {"mtx_mode.WHS": "outside", "mtx_in.WHS": None, "mtx_in.WHS.fte": None, "mtx_out.WHS": 40}
    before, after = next_year("contract_garment", change)
    (unit,) = [u for u in changed_units(edition, before, after) if "mtx_mode.WHS" in u]
    assert {"mtx_mode.WHS", "mtx_out.WHS"} <= set(unit)
    assert [u for u in changed_units(edition, before, after) if "mtx_out.WHS" in u] == [unit]


def test_a_new_gap_is_no_change_on_the_questions_known_at_both_dates(edition, next_year):
    before, after = next_year("contract_garment", {"int_joint": {"state": "dont_know"}})
    found = compare(edition, before, after, SETTINGS)
    assert found.changes["D3"].points != 0
    assert found.changes["D3"].turn is Turn.NOT_SHOWN
    assert found.shared["D3"].points == 0
    assert found.known_at_both == found.asked - 1


def test_a_real_change_stays_one_on_the_questions_known_at_both_dates(edition, next_year):
    before, after = next_year("contract_garment", {"int_joint": {"state": "dont_know"}, "chn_tech": 3})
    found = compare(edition, before, after, SETTINGS)
    assert found.shared["D1"].turn is Turn.BETTER
    assert found.shared["D3"].points == 0


def test_a_row_answered_in_posts_instead_of_money_is_known_at_both_dates(edition, by_name):
    before = changed(by_name["contract_garment"], mtx_in__LOG__fte=DONT_KNOW)
    after = changed(by_name["contract_garment"], mtx_in__LOG=DONT_KNOW)
    first, second, known, asked = known_at_both(edition, before, after)
    assert first.replies == before.replies and second.replies == after.replies
    assert known == known_at_both(edition, before, before)[2] <= asked


def test_an_evenly_growing_firm_has_moved_nothing_and_no_answer_is_made_to_say_so(edition, by_name):
    before = by_name["contract_garment"]
    grown = {
        name: Answered(reply.value * Decimal("1.07")) if _is_money(edition, name) else reply
        for name, reply in before.replies.items()
        if isinstance(reply, Answered) or not _is_money(edition, name)
    }
    after = replace(before, replies={**before.replies, **grown})
    assert at_scale(edition, before, after).replies == after.replies
    found = compare(edition, before, after, SETTINGS)
    assert all(c.points == pytest.approx(0, abs=1e-9) for c in found.changes.values())
    assert all(c.turn is Turn.NOT_SHOWN for c in found.changes.values())
    assert all(not a.parts for a in found.attribution.values())


def test_another_unit_of_money_is_no_change_and_no_answer(edition, by_name):
    before = by_name["contract_garment"]
    unit = before.reply("prf_period.unit")
    assert isinstance(unit, Answered) and unit.value in ("wan", "million", "thousand", "one")
    factor = Decimal(edition.money_units[str(unit.value)])
    single = {
        name: _times(reply, factor) if _is_money(edition, name) else reply
        for name, reply in before.replies.items()
    }
    after = replace(before, replies={**single, "prf_period.unit": Answered("one")})
    found = compare(edition, before, after, SETTINGS)
    assert all(c.points == pytest.approx(0, abs=1e-9) for c in found.changes.values())
    assert all(not a.parts for a in found.attribution.values())


def _times(reply: Any, factor: Decimal) -> Any:
    if isinstance(reply, Between):
        return Between(reply.low * factor, reply.high * factor)
    return Answered(reply.value * factor) if isinstance(reply, Answered) else reply


def _is_money(edition: Edition, name: str) -> bool:
    cell = edition.fields[name].cell
    return isinstance(cell, NumberCell) and cell.unit is Unit.MONEY


# --- when a dilemma has changed ---------------------------------------------------------------------


def test_overlapping_intervals_show_no_change_unless_the_settings_agree(edition, next_year):
    answers = {"chn_tech": 2, "chn_top1": {"state": "dont_know"}}
    _, after = next_year("contract_garment", answers)
    before = replace(after, replies={**after.replies, "chn_tech": Answered(1)})
    without, found = compare(edition, before, after).changes["D1"], compare(edition, before, after, SETTINGS)
    assert without.low < 0 < without.high
    assert (without.turn, without.agree) == (Turn.NOT_SHOWN, None)
    assert found.changes["D1"].turn is Turn.BETTER
    assert found.changes["D1"].agree >= 0.95


@pytest.mark.parametrize(
    ("worse", "back", "turn"),
    [
        (0.96, False, Turn.WORSE),
        (0.94, False, Turn.NOT_SHOWN),
        (0.06, True, Turn.NOT_SHOWN),
        (0.04, True, Turn.BETTER),
        (0.04, False, Turn.NOT_SHOWN),  # the points printed go the other way
        (0.96, True, Turn.NOT_SHOWN),
    ],
)
def test_the_settings_decide_at_the_share_that_was_asked_for(edition, next_year, worse, back, turn):
    pair = next_year("contract_garment", {"chn_tech": {"state": "dont_know"}})
    before, after = reversed(pair) if back else pair

    def drawn(_edition, _scores, row, _answers, _again):
        signs = np.where(np.arange(100) < 100 * worse, 1.0, -1.0)
        return dict.fromkeys(edition.dilemmas, 50.0 + row * signs)

    change = changes(edition, before, after, CommonSettings(0.95, drawn))["D1"]
    assert change.low < 0 < change.high
    assert (change.points > 0) is not back
    assert change.turn is turn
    assert change.agree == pytest.approx(max(worse, 1 - worse))


def test_disjoint_intervals_are_a_change_whatever_else(edition, next_year):
    before, after = next_year("contract_garment", {"chn_tech": 4})
    change = compare(edition, before, after).changes["D1"]
    assert change.after.high < change.before.low
    assert change.turn is Turn.BETTER
    assert change.low <= change.points <= change.high < 0


# --- the error of the figures themselves ------------------------------------------------------------


def graded(answers: Answers, grade: str) -> Answers:
    """The same, with every section answered in this grade."""
    sections = [name for name in answers.replies if name.startswith("meta_quality.") and "_by" not in name]
    return changed(answers, **{name.replace(".", "__"): Answered(grade) for name in sections})


def retyped(answers: Answers, edition: Edition, by: float) -> Answers:
    """Every figure up or down by this part of itself, one after the other."""
    names = sorted(
        n for n, r in answers.replies.items()
        if isinstance(r, Answered) and _is_money(edition, n) and n != "fin_revenue"
    )  # fmt: skip
    factors = {n: Decimal(str(1 + (by if place % 2 else -by))) for place, n in enumerate(names)}
    return replace(
        answers, replies={**answers.replies, **{n: _times(answers.reply(n), f) for n, f in factors.items()}}
    )


def test_estimates_given_anew_within_their_own_error_are_no_change(edition, cases):
    for case in cases[:6]:
        before = graded(case.answers, "estimate")
        found = compare(edition, before, retyped(before, edition, 0.03), SETTINGS)
        assert any(c.points != 0 for c in found.changes.values()), case.id
        assert {c.turn for c in found.changes.values()} == {Turn.NOT_SHOWN}, case.id
        assert {m.turn for m in found.indicators} == {Turn.NOT_SHOWN}, case.id


def test_the_same_step_of_audited_figures_is_a_change(edition, by_name):
    before = graded(by_name["contract_garment"], "audited")
    found = compare(edition, before, retyped(before, edition, 0.03), SETTINGS)
    assert any(c.turn is not Turn.NOT_SHOWN for c in found.changes.values())
    assert turns(found)


def test_a_step_beyond_the_error_of_an_estimate_is_a_change(edition, by_name):
    before = changed(graded(by_name["contract_garment"], "estimate"), chn_top1=Answered(Decimal(80)))
    assert turns(compare(edition, before, changed(before, chn_top1=Answered(Decimal(70))))) == {}
    assert turns(compare(edition, before, changed(before, chn_top1=Answered(Decimal(30))))) == {
        "I21": Turn.BETTER
    }


def test_figures_that_are_the_same_at_both_dates_blur_nothing(edition, by_name):
    before = graded(by_name["contract_garment"], "estimate")
    change = compare(edition, before, changed(before, chn_tech=Answered(2)), SETTINGS).changes["D1"]
    assert change.turn is Turn.BETTER
    assert (change.low, change.high) == (
        change.after.low - change.before.high,
        change.after.high - change.before.low,
    )


# --- properties -------------------------------------------------------------------------------------


def pairs(edition: Edition, seeds: list[int]) -> list[tuple[Answers, Answers]]:
    """Two years of random firms, some answers open, all others as different as they can be."""
    firms = [veiled(edition, firm(edition, seed), seed, 0.15) for seed in seeds[:6]]
    return list(zip(firms[::2], firms[1::2], strict=True))


@given(SEEDS)
@STEADY
def test_the_way_back_is_the_way_there_with_all_signs_turned(edition: Edition, seeds: list[int]):
    opposite = {Turn.WORSE: Turn.BETTER, Turn.BETTER: Turn.WORSE}
    for before, after in pairs(edition, seeds):
        there, back = compare(edition, before, after, SETTINGS), compare(edition, after, before, SETTINGS)
        for d in edition.dilemmas:
            for one, other in ((there.changes[d], back.changes[d]), (there.shared[d], back.shared[d])):
                assert one.points == -other.points
                assert (one.low, one.high) == (-other.high, -other.low)
                assert one.turn is opposite.get(other.turn, other.turn)
            assert points(back, d) == pytest.approx({k: -v for k, v in points(there, d).items()})
        assert [m.turn for m in there.indicators] == [opposite.get(m.turn, m.turn) for m in back.indicators]


@given(SEEDS)
@STEADY
def test_the_parts_and_the_joint_rest_add_up_to_the_change(edition: Edition, seeds: list[int]):
    for before, after in pairs(edition, seeds):
        assert adds_up(compare(edition, before, after))


@given(SEEDS)
@STEADY
def test_a_firm_compared_with_itself_has_not_moved(edition: Edition, seeds: list[int]):
    for one, _ in pairs(edition, seeds):
        found = compare(edition, one, one, SETTINGS)
        assert {(c.points, c.turn) for c in found.changes.values()} == {(0.0, Turn.NOT_SHOWN)}
        assert all(a.parts == () and a.joint == 0 for a in found.attribution.values())
        assert {m.turn for m in found.indicators} == {Turn.NOT_SHOWN}


@given(SEEDS)
@STEADY
def test_the_order_of_questions_and_answers_is_irrelevant(edition: Edition, seeds: list[int]):
    turned = replace(edition, questions=edition.questions[::-1])
    for before, after in pairs(edition, seeds)[:1]:
        other = replace(before, replies=dict(reversed(before.replies.items())))
        found, again = attribution(edition, before, after), attribution(turned, other, after)
        for d in edition.dilemmas:
            assert {p.fields: p.points for p in found[d].parts} == {
                p.fields: p.points for p in again[d].parts
            }
            assert found[d].joint == again[d].joint
        first, second = compare(edition, before, after), compare(turned, other, after)
        assert _told(first.changes) == _told(second.changes)
        assert _told(first.shared) == _told(second.shared)


def _told(found: Mapping[str, Change]) -> dict[str, tuple[float, float, float, Turn]]:
    return {d: (c.points, c.low, c.high, c.turn) for d, c in found.items()}


# --- the part that is the questionnaire -------------------------------------------------------------


def test_the_same_answers_under_a_new_edition_are_a_change_of_the_questionnaire_alone(
    edition, later_edition, over, cases
):
    for case in cases:
        again = carry(case.answers, over, later_edition).answers
        found = compare_across(edition, later_edition, over, case.answers, again)
        for d, split in found.split.items():
            assert found.changes[d].points == 0
            assert split.firm == pytest.approx(0, abs=1e-9), (case.id, d)
            assert split.questionnaire == pytest.approx(split.printed, abs=1e-9)
        assert found.split["D3"].questionnaire != 0  # a new question is open: D3 is seen less clearly
        assert found.split["D1"].questionnaire == 0


def test_firm_and_questionnaire_add_up_to_the_step_between_the_printed_numbers(
    edition, later_edition, over, next_year
):
    before, later = next_year("contract_garment", {"chn_tech": 3, "int_joint": 3})
    after = changed(carry(later, over, later_edition).answers, int_exchange=Answered("reviews"))
    found = compare_across(edition, later_edition, over, before, after, SETTINGS)
    for d, split in found.split.items():
        assert split.firm + split.questionnaire == pytest.approx(split.printed, abs=1e-12)
        printed_then = compare(edition, before, before).changes[d].before.score
        assert split.printed == pytest.approx(found.changes[d].after.score - printed_then)
    assert found.split["D1"].questionnaire == 0
    assert found.split["D1"].firm == pytest.approx(found.changes["D1"].points)
    assert found.split["D3"].firm < 0
    assert found.carried is not None and found.carried.new == ("int_exchange",)


def test_stored_answers_of_another_edition_are_refused(edition, later_edition, by_name):
    before = by_name["contract_garment"]
    with pytest.raises(ValueError, match="compared under"):
        compare(later_edition, before, before)


# --- indicators and measures ------------------------------------------------------------------------


def turns(found: Comparison) -> dict[str, Turn]:
    return {m.indicator: m.turn for m in found.indicators if m.turn is not Turn.NOT_SHOWN}


def test_indicators_are_judged_as_they_are_read(edition, next_year):
    worse = {"chn_top1": 95, "fin_gm": 4, "chn_time": {"order_to_cash": 200, "production": 10}}
    found = turns(compare(edition, *next_year("contract_garment", worse)))
    assert found == {"I21": Turn.WORSE, "I24": Turn.WORSE, "I31": Turn.MOVED}


def test_an_indicator_moves_only_if_its_printed_number_does(edition, next_year):
    answers = {"chn_top1": 20, "meta_quality.chain": "audited"}
    _, after = next_year("own_brand_machine_maker", answers)
    before = after
    near = replace(before, replies={**before.replies, "chn_top1": Answered(Decimal("20.4"))})
    assert "I21" not in turns(compare(edition, near, after))
    far = replace(before, replies={**before.replies, "chn_top1": Answered(Decimal("20.6"))})
    assert turns(compare(edition, far, after)) == {"I21": Turn.BETTER}


def test_a_range_that_overlaps_the_other_date_has_not_moved(edition, next_year):
    before, after = next_year("own_brand_machine_maker", {"chn_top1": {"low": 10, "high": 60}})
    fixed = replace(before, replies={**before.replies, "chn_top1": Answered(Decimal(50))})
    assert "I21" not in turns(compare(edition, fixed, after))


def test_towards_a_corridor_is_better_and_within_it_only_moved(edition, next_year):
    answers = {"fin_rd_in": 90, "fin_rd_out": 10}
    _, inside = next_year("own_brand_machine_maker", answers)
    other = changed(inside, fin_rd_in=Answered(Decimal(80)), fin_rd_out=Answered(Decimal(20)))
    above = changed(inside, fin_rd_in=Answered(Decimal(20)), fin_rd_out=Answered(Decimal(80)))
    assert turns(compare(edition, inside, other))["I08"] is Turn.MOVED
    assert turns(compare(edition, above, inside))["I08"] is Turn.BETTER
    assert turns(compare(edition, inside, above))["I08"] is Turn.WORSE


def test_a_measure_that_was_done_stands_beside_the_indicators_it_is_followed_by(edition, next_year):
    before, after = next_year("contract_garment", {"int_joint": 3, "fin_gm": 4})
    found = compare(edition, before, after, done=["CM09"])
    (outcome,) = found.measures
    assert [(m.indicator, m.turn) for m in outcome.followed] == [("I17J", Turn.BETTER)]
    assert {m.indicator for m in found.without_measure} == {"I17", "I24"}
