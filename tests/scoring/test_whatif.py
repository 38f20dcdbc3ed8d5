"""What-if: a scenario says what the engine says of the same answers and measures, and sums stay sums."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answering.relevance import asked
from assessment.answering.sums import beside, sums
from assessment.content.cases import Case
from assessment.model.agenda import Scenario
from assessment.model.answers import DONT_KNOW, Answered, Answers, Between, Reply
from assessment.model.edition import Edition
from assessment.model.fields import Kind, LevelCell
from assessment.model.plans import End, Keeps, PlanRequest
from assessment.model.results import Stated
from assessment.scoring.assess import assess
from assessment.scoring.available import Available
from assessment.scoring.effects import Ground, alone
from assessment.scoring.leverage import leverage
from assessment.scoring.optimise import propose
from assessment.scoring.search import Search
from assessment.scoring.whatif import cost_of, moved, scenario_result, switched
from tests.scoring.planning import excluding
from tests.scoring.random_firms import STEADY, firm

NOTHING = Scenario("", "")
SEED = st.integers(0, 2**32 - 1)


def named(cases: tuple[Case, ...], name: str) -> Answers:
    return next(c.answers for c in cases if c.id == name)


def some(edition: Edition, seed: int) -> tuple[str, ...]:
    rng = Random(seed)
    return tuple(rng.sample(list(edition.countermeasures), rng.randint(1, 8)))


def agrees(edition: Edition, answers: Answers) -> None:
    found = scenario_result(edition, answers, NOTHING)
    for placement in assess(edition, answers).placements:
        placed = placement.stated is not Stated.NOT_PLACED
        for end in End:
            severity = found.severity[end][placement.dilemma]
            assert severity == (pytest.approx(placement.score, abs=1e-9) if placed else None)
            assert found.levels[end][placement.dilemma] == (placement.level if placed else "")
    assert found.cost == 0.0


def test_where_nothing_is_changed_a_scenario_says_what_the_result_says(edition, cases) -> None:
    for case in cases:
        agrees(edition, case.answers)


@STEADY
@given(seed=SEED)
def test_where_nothing_is_changed_random_firms_stand_where_they_stand(edition, seed) -> None:
    agrees(edition, firm(edition, seed))


def test_where_too_little_is_known_no_level_is_said(edition) -> None:
    found = scenario_result(edition, Answers(edition.id), Scenario("", "", ("CM10",)))
    for end in End:
        assert set(found.severity[end].values()) == {None} and set(found.levels[end].values()) == {""}
    assert found.cost > 0


@pytest.mark.parametrize("name", ["contract_garment", "own_brand_machine_maker"])
def test_the_measures_of_a_plan_lead_where_the_plan_says(edition, cases, name) -> None:
    answers = named(cases, name)
    plan = propose(edition, answers, PlanRequest({"D3": "emerging"}, quarters=16))
    assert plan.chosen.measures
    found = scenario_result(edition, answers, Scenario("", "", plan.chosen.measures))
    for end in End:
        assert found.severity[end] == pytest.approx(plan.at[end].severity, abs=1e-9)
    assert found.cost == pytest.approx(plan.chosen.cost)


@STEADY
@given(seed=SEED)
def test_the_order_of_measures_does_not_matter(edition, seed) -> None:
    answers, measures = firm(edition, seed), some(edition, seed)
    one = scenario_result(edition, answers, Scenario("", "", measures))
    other = scenario_result(edition, answers, Scenario("", "", measures[::-1]))
    assert (one.cost, one.severity, one.levels) == (other.cost, other.severity, other.levels)


@STEADY
@given(seed=SEED)
def test_the_low_end_never_leads_further_than_the_high_end_unless_an_effect_hurts(edition, seed) -> None:
    answers = firm(edition, seed)
    relief = alone(Ground.of(edition, answers))
    hurting = {
        m for m, found in relief.items() if any(a.low < -1e-9 or a.low > a.high for a in found.values())
    }
    measures = tuple(m for m in edition.countermeasures if m not in hurting)
    found = scenario_result(edition, answers, Scenario("", "", measures)).severity
    assert len(measures) > 5
    for dilemma in edition.dilemmas:
        low, mid, high = (found[end][dilemma] for end in (End.LOW, End.MID, End.HIGH))
        assert low is not None and mid is not None and high is not None
        assert high - 1e-9 <= mid <= low + 1e-9


@STEADY
@given(seed=SEED)
def test_moved_answers_count_before_the_measures(edition, seed) -> None:
    answers, other = firm(edition, seed), firm(edition, seed + 1)
    replies = {name: other.reply(name) for name in ("chn_tech", "int_joint", "svc_org")}
    measures = some(edition, seed)
    found = scenario_result(edition, answers, Scenario("", "", measures, replies))
    told = replace(answers, replies={**answers.replies, **replies})
    search = Search.of(edition, told, PlanRequest({}))
    for end in End:
        assert found.severity[end] == pytest.approx(search.outcome(measures, end).severity, abs=1e-9)
    assert answers == firm(edition, seed)


def test_a_measure_the_edition_does_not_have_is_refused(edition, cases) -> None:
    with pytest.raises(ValueError, match="CM99"):
        scenario_result(edition, cases[0].answers, Scenario("", "", ("CM99",)))
    with pytest.raises(ValueError, match="CM01"):
        cost_of(replace(edition, efforts={}), ["CM01"])


# --- switching --------------------------------------------------------------------------------------------


def opened(edition: Edition, cases: tuple[Case, ...]) -> Available:
    return Search.of(edition, named(cases, "contract_garment"), PlanRequest({}, quarters=40)).open


def test_a_measure_brings_what_comes_first_and_takes_along_what_needs_it(edition, cases) -> None:
    open_ = opened(edition, cases)
    first, later = next((f, m) for m, before in open_.after.items() for f in before)
    chosen = switched(edition, open_, (), later, on=True)
    assert first in chosen and later in chosen
    assert switched(edition, open_, chosen, first, on=False) == tuple(
        m for m in chosen if m not in (first, later) and first not in open_.after[m]
    )
    assert first in switched(edition, open_, chosen, later, on=False)


def test_a_measure_drives_out_what_may_not_be_done_beside_it(edition, cases) -> None:
    open_ = opened(edition, cases)
    for one, other in (("CM10", "CM16"), ("CM16", "CM10")):
        under = excluding(edition, "CM10", "CM16")
        assert switched(under, open_, (one, "CM22"), other, on=True) == tuple(sorted((other, "CM22")))


# --- moving -----------------------------------------------------------------------------------------------


def shares(edition: Edition, answers: Answers, question: str) -> dict[str, Decimal]:
    return {f.id: answers.reply(f.id).value for f in edition.question[question].fields}  # type: ignore[union-attr]


@STEADY
@given(seed=SEED, held=st.sampled_from((Keeps.AMOUNT, Keeps.SHARE)))
def test_a_split_still_adds_up_after_a_move(edition, seed, held) -> None:
    answers, rng = firm(edition, seed), Random(seed)
    for question in (q for q in edition.questions if q.kind is Kind.SPLIT):
        name = rng.choice(question.fields).id
        value = Answered(Decimal(rng.randint(0, 100)))
        found = moved(edition, answers, name, value, held)
        after = shares(edition, replace(answers, replies={**answers.replies, **found}), question.id)
        assert after[name] == value.value and sum(after.values()) == 100
        assert all(0 <= share <= 100 for share in after.values())


def with_split(edition: Edition, **points: str) -> Answers:
    return Answers(edition.id, replies={f"chn_mix.{p}": Answered(Decimal(v)) for p, v in points.items()})


def test_in_a_split_shares_keep_their_proportion_or_the_largest_makes_room(edition) -> None:
    answers, to = with_split(edition, own="20", odm="20", oem="60"), Answered(Decimal(40))
    assert moved(edition, answers, "chn_mix.own", to, Keeps.SHARE) == {
        "chn_mix.own": to, "chn_mix.odm": Answered(Decimal("15.0")), "chn_mix.oem": Answered(Decimal("45.0")),
    }  # fmt: skip
    assert moved(edition, answers, "chn_mix.own", to, Keeps.AMOUNT) == {
        "chn_mix.own": to, "chn_mix.oem": Answered(Decimal(40)),
    }  # fmt: skip
    most = Answered(Decimal(95))
    assert moved(edition, answers, "chn_mix.own", most, Keeps.AMOUNT) == {
        "chn_mix.own": most, "chn_mix.odm": Answered(Decimal(5)), "chn_mix.oem": Answered(Decimal(0)),
    }  # fmt: skip


def test_what_a_whole_share_leaves_free_is_spread_evenly(edition) -> None:
    answers = with_split(edition, own="100", odm="0", oem="0")
    found = moved(edition, answers, "chn_mix.own", Answered(Decimal(40)), Keeps.SHARE)
    assert found["chn_mix.odm"] == found["chn_mix.oem"] == Answered(Decimal("30.0"))


def test_an_unknown_share_is_not_made_up(edition) -> None:
    answers = with_split(edition, own="20", odm="20")
    to = Answered(Decimal(40))
    for held in (Keeps.AMOUNT, Keeps.SHARE):
        assert moved(edition, answers, "chn_mix.own", to, held) == {"chn_mix.own": to}


def test_of_a_sum_the_others_stay_or_move_in_proportion(edition) -> None:
    replies: dict[str, Reply] = {
        "fin_inputs": Answered(Decimal(24)), "fin_inputs_services": Between(Decimal(2), Decimal(3)),
        "fin_rd_out": Answered(Decimal("0.6")), "fin_opcost": Answered(Decimal(36)),
    }  # fmt: skip
    answers, to = Answers(edition.id, replies=replies), Answered(Decimal(36))
    assert moved(edition, answers, "fin_inputs", to, Keeps.AMOUNT) == {"fin_inputs": to}
    assert moved(edition, answers, "fin_inputs", to, Keeps.SHARE) == {
        "fin_inputs": to,
        "fin_inputs_services": Between(Decimal(3), Decimal("4.5")),
        "fin_rd_out": Answered(Decimal("0.9")),
    }


def test_nothing_moves_along_with_an_answer_that_was_not_known(edition, cases) -> None:
    answers = replace(cases[0].answers, replies={**cases[0].answers.replies, "fin_rd_in": DONT_KNOW})
    to = Answered(Decimal(5))
    assert moved(edition, answers, "fin_rd_in", to, Keeps.SHARE) == {"fin_rd_in": to}


def test_an_answer_put_back_is_no_move(edition, cases) -> None:
    for name in ("fin_revenue", "chn_mix.own", "chn_tech"):
        for held in (Keeps.AMOUNT, Keeps.SHARE):
            assert moved(edition, cases[0].answers, name, cases[0].answers.reply(name), held) == {}


@STEADY
@given(seed=SEED)
def test_more_research_never_makes_a_dilemma_worse_while_the_share_bought_is_held(edition, seed) -> None:
    answers = firm(edition, seed)
    spent = answers.reply("fin_rd_in")
    assert isinstance(spent, Answered) and isinstance(spent.value, Decimal)
    replies = moved(edition, answers, "fin_rd_in", Answered(spent.value * 2), Keeps.SHARE)
    before = scenario_result(edition, answers, NOTHING).severity[End.MID]
    after = scenario_result(edition, answers, Scenario("", "", (), replies)).severity[End.MID]
    assert all(after[d] <= before[d] + 1e-9 for d in edition.dilemmas)  # type: ignore[operator]


def test_the_sums_are_those_the_checks_speak_of(edition) -> None:
    found = {(one.whole, one.parts) for one in sums(edition)}
    assert ("fin_revenue", ("fin_rd_in", "fin_rd_out")) in found
    assert ("", ("mtx_in.LOG", "mtx_in.LOG.fte", "mtx_out.LOG")) in found
    assert beside(edition, "fin_inputs") == ("fin_inputs_services", "fin_rd_out")
    assert beside(edition, "chn_mix.odm") == ("chn_mix.oem", "chn_mix.own")
    assert beside(edition, "chn_tech") == ()


# --- leverage ---------------------------------------------------------------------------------------------


def test_the_strongest_answers_come_first_and_move_as_far_as_is_said(edition, cases) -> None:
    answers = named(cases, "contract_garment")
    found = leverage(edition, answers, asked(edition, answers))
    assert list(found.values()) == sorted(found.values(), reverse=True)
    before = scenario_result(edition, answers, NOTHING).severity[End.MID]
    cell = edition.fields["chn_tech"].cell
    assert isinstance(cell, LevelCell)
    swings = []
    for level in range(cell.steps):
        tried = Scenario("", "", (), {"chn_tech": Answered(level)})
        after = scenario_result(edition, answers, tried).severity[End.MID]
        swings.append(max(abs(after[d] - before[d]) for d in edition.dilemmas))  # type: ignore[operator]
    assert found["chn_tech"] == pytest.approx(max(swings), abs=1e-9)
