"""What measures do to answers: amounts, limits, rows, time; and that the engine scores what they change."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from assessment.content.lint import lint
from assessment.content.load import EDITIONS
from assessment.model.answers import DONT_KNOW, Answered, Answers
from assessment.model.edition import Edition
from assessment.model.plans import End, Standing
from assessment.scoring.after import answers_after
from assessment.scoring.assess import assess
from assessment.scoring.cohort import score
from assessment.scoring.effects import NOT_DONE, SETTLED, Ground, alone
from tests.conftest import EDITION


@pytest.fixture(scope="module")
def garment(cases) -> Answers:
    return next(c for c in cases if c.id == "contract_garment").answers


def value(answers: Answers, name: str) -> object:
    reply = answers.reply(name)
    assert isinstance(reply, Answered), name
    return float(reply.value) if isinstance(reply.value, (int, Decimal)) else reply.value


def with_(answers: Answers, **replies: object) -> Answers:
    """The firm with other replies; `__` stands for the dot of a field id."""
    new = {k.replace("__", "."): Answered(v) for k, v in replies.items()}
    return replace(answers, replies={**answers.replies, **new})


# --- kinds of effect ------------------------------------------------------------------------------


def test_points_move_within_a_split_and_its_sum_is_kept(edition, garment) -> None:
    for end, moved in ((End.LOW, 10), (End.MID, 17), (End.HIGH, 25)):
        after = answers_after(edition, garment, ["CM16"], end)
        assert value(after, "chn_mix.oem") == 94 - moved
        assert value(after, "chn_mix.odm") == 6 + moved
        assert value(after, "chn_mix.own") == 0


def test_no_more_is_taken_than_there_is(edition, garment) -> None:
    little = with_(garment, chn_mix__oem=Decimal(4), chn_mix__odm=Decimal(50), chn_mix__own=Decimal(46))
    after = answers_after(edition, little, ["CM16"], End.HIGH)
    assert (value(after, "chn_mix.oem"), value(after, "chn_mix.odm")) == (0, 54)


def test_an_effect_stops_at_its_limit_and_leaves_alone_what_lies_beyond(edition, garment) -> None:
    for before, expected in ((52, 32), (25, 20), (12, 12)):
        firm = with_(garment, chn_top1=Decimal(before))
        assert value(answers_after(edition, firm, ["CM18"], End.HIGH), "chn_top1") == expected


def test_a_level_rises_by_steps_up_to_the_stated_one(edition, garment) -> None:
    for before, low, high in ((0, 1, 2), (2, 3, 3), (4, 4, 4)):
        firm = with_(garment, int_joint=before)
        assert value(answers_after(edition, firm, ["CM09"], End.LOW), "int_joint") == low
        assert value(answers_after(edition, firm, ["CM09"], End.HIGH), "int_joint") == high


def test_an_amount_may_be_a_part_of_another_answer(edition, garment) -> None:
    after = answers_after(edition, garment, ["CM12"], End.MID)
    assert value(after, "fin_rd_in") == pytest.approx(9 + 0.005 * 6400)
    assert value(after, "mtx_in.RND") == pytest.approx(9 + 0.005 * 6400)
    assert value(after, "fin_opcost") == pytest.approx(6150 + 0.005 * 6400)
    assert value(after, "fin_rd_out") == 0


def test_an_amount_may_be_scaled(edition, garment) -> None:
    after = answers_after(edition, garment, ["CM14"], End.MID)
    assert value(after, "con_unfunded.amount") == pytest.approx(60 * 0.7)


def test_at_most_the_stated_rows_are_reached_core_first_then_the_dearest(edition, garment) -> None:
    # Done on the side inside: RND and SAL (core), WHS, HRM, CUS, TRN (support, by what they cost).
    def reached(end: End) -> set[str]:
        after = answers_after(edition, garment, ["CM27"], end)
        names = (f"mtx_quality.{row}" for row in edition.rows["functions"])
        return {n[-3:] for n in names if after.reply(n) != garment.reply(n)}

    assert reached(End.LOW) == {"SAL"}
    assert reached(End.MID) == {"SAL", "RND"}
    assert reached(End.HIGH) == {"SAL", "RND", "WHS", "HRM"}


def test_work_handed_out_keeps_what_a_function_costs(edition, cases) -> None:
    seen = 0
    for case in cases:
        after = answers_after(edition, case.answers, ["CM03"], End.MID)
        for row in edition.rows["functions"]:
            if after.reply(f"mtx_mode.{row}") == case.answers.reply(f"mtx_mode.{row}"):
                continue
            seen += 1
            assert value(after, f"mtx_mode.{row}") == "both"
            before = value(case.answers, f"mtx_in.{row}")
            assert value(after, f"mtx_in.{row}") == pytest.approx(0.7 * before)
            assert value(after, f"mtx_out.{row}") == pytest.approx(0.3 * before)
    assert seen >= 4


def test_a_function_nobody_did_is_opened_with_its_cost_and_set_up(edition, garment) -> None:
    after = answers_after(edition, garment, ["CM05"], End.MID)
    assert value(after, "mtx_mode.ICT") == "outside"
    assert value(after, "mtx_out.ICT") == pytest.approx(0.004 * 6400)
    assert value(after, "mtx_quality.ICT") == 2


def test_an_unknown_answer_stays_unknown_and_is_named(edition, garment) -> None:
    veiled = replace(garment, replies={**garment.replies, "chn_top1": DONT_KNOW})
    assert answers_after(edition, veiled, ["CM18"], End.HIGH).reply("chn_top1") == DONT_KNOW
    ground = Ground.of(edition, veiled)
    assert "chn_top1" in ground.unknown
    assert "D1f" not in alone(ground)["CM18"]


# --- time -----------------------------------------------------------------------------------------


def test_early_after_sales_lowers_the_margin_first_and_raises_it_later(edition, cases) -> None:
    answers = next(c for c in cases if c.id == "dealer_sold_pump_maker").answers
    ground = Ground.of(edition, answers, ["CM21"])
    margin = float(ground.base.columns.fields["fin_gm"].mid[0])
    months = np.array([[NOT_DONE], [3.0], [12.0], [18.0], [SETTLED]])
    found = ground.columns(months, np.ones(5, dtype=np.intp)).fields["fin_gm"].mid - margin
    assert found == pytest.approx([0, -1.0, -0.3, 0.7, 0.7])


# --- the engine scores what changed -----------------------------------------------------------------


def test_every_measure_alone_leads_where_the_engine_says_for_the_changed_answers(edition, garment) -> None:
    relief = alone(Ground.of(edition, garment))
    before = {p.dilemma: p.score for p in assess(edition, garment).placements}
    moved = 0
    for measure in edition.countermeasures:
        for end in End:
            after = assess(edition, answers_after(edition, garment, [measure], end))
            for placement in after.placements:
                amount = relief[measure].get(placement.dilemma)
                moved += amount is not None
                points = amount.at(end) if amount else 0.0
                assert before[placement.dilemma] - placement.score == pytest.approx(points, abs=1e-6)
    assert moved > 60


def test_side_effects_on_other_dilemmas_are_derived(edition, garment) -> None:
    dropped = alone(Ground.of(edition, garment))["CM32"]
    assert dropped["D1e"].low > 0 > dropped["D1f"].low  # margin up, weight of the largest customer up too
    assert alone(Ground.of(edition, garment))["CM27"]["D3a"].high < 0


def test_a_known_component_stays_known_whatever_is_done(edition, cases) -> None:
    for case in cases:
        ground = Ground.of(edition, case.answers)
        sets = np.eye(len(ground.measures), dtype=bool)
        columns = ground.columns(ground.since(sets), np.full(len(sets), 2))
        scores = score(edition, columns, edition.dilemmas)
        for dilemma in edition.dilemmas:
            parts = zip(
                ground.scores.indexes[dilemma].components, scores.indexes[dilemma].components, strict=True
            )
            for before, after in parts:
                lost = np.isnan(after.mid) & ~np.isnan(before.mid)
                unread = {m for m, gone in zip(ground.measures, lost, strict=True) if gone}
                assert not unread or ground.unknown, (case.id, dilemma, unread)


def test_a_set_among_many_is_scored_to_the_same_bits_as_alone(edition, garment) -> None:
    ground = Ground.of(edition, garment)
    sets = np.random.default_rng(5).random((64, len(ground.measures))) < 0.4
    ends = np.arange(64) % 3
    together = ground.lead_to(sets, ends)
    singly = np.concatenate([ground.lead_to(sets[n : n + 1], ends[n : n + 1]) for n in range(64)])
    assert np.array_equal(together, singly)


# --- content ----------------------------------------------------------------------------------------


def test_every_effect_bears_author_date_reason_and_standing(edition: Edition) -> None:
    assert set(edition.effects) == set(edition.countermeasures)
    effects = [e for entry in edition.effects.values() for e in entry.effects]
    assert len(effects) > 100
    assert all(e.author and e.date and e.reason and e.standing in Standing for e in effects)
    assert any(
        e.passing and e.fields == ("fin_gm",) and e.by.mid < 0 for e in edition.effects["CM21"].effects
    )


SPOILT = [
    ("CM18.toml", 'fields = ["chn_top1"]', 'fields = ["chn_top2"]', "chn_top2"),
    ("CM16.toml", 'keeps = "sum"', 'keeps = "share"', "keeps the sum"),
    ("CM05.toml", 'to = "outside"', 'to = "abroad"', "abroad"),
    ("CM09.toml", 'kind = "step"', 'kind = "add"', "int_joint"),
    ("CM03.toml", 'measure = "CM03"', 'measure = "CM03"\nexcludes = ["CM99"]', "CM99"),
    ("CM24.toml", "months = [18]", "months = [48]", "month 48"),
    ("effort.toml", "[effort.L]", "[effort.XL]", "`L`"),
]


@pytest.mark.parametrize(("file", "old", "new", "named"), SPOILT)
def test_an_effect_that_cannot_be_carried_out_is_a_fault(tmp_path, file, old, new, named) -> None:
    shutil.copytree(EDITIONS / EDITION, tmp_path / EDITION)
    path = tmp_path / EDITION / "effects" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [p for p in lint(tmp_path / EDITION) if p.code == "effect-shape"]
    assert any(named in p.what for p in found), found
    assert all(p.cure for p in found)
