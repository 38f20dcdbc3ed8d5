"""What holds of every firm: the numbered properties are those of the scoring specification.

1 signs, 2 continuity, 3 currency, 4 order, 5 and 6 bounds, 7 batch and chunk, 10 contributions, 15 signs on
bounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answering.validation import check_answers, impossible
from assessment.content.cases import Case
from assessment.evaluation.columns import columns_of, natural_bounds
from assessment.model.answers import DONT_KNOW, Answered, Answers, Between, Reply
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, LevelCell, NumberCell, Unit
from assessment.model.formulas import FieldValue, fields_in
from assessment.model.results import Stated
from assessment.scoring.assess import assess, assess_many
from assessment.scoring.cohort import score, score_chunks
from tests.bench.firms import firms
from tests.scoring.random_firms import SEEDS, SIZE, STEADY, ends, firm, scores_of, veiled

NOISE = 1e-9

# --- what a dilemma reads ------------------------------------------------------------------------


def read_by(edition: Edition, dilemma: str) -> Counter[str]:
    """Field -> how often the components of a dilemma read it, with what decides whether it is asked."""
    counts: Counter[str] = Counter()
    for component in edition.indexes[dilemma].components:
        names = Counter(fields_in(edition.indicators[component.indicator].formula))
        for name in tuple(names):
            asked = edition.fields[name].asked_when
            names.update(fields_in(asked) if asked is not None else ())
        counts.update(names)
    return counts


def outer(edition: Edition, dilemma: str) -> set[str]:
    """Fields whose unknown answers give bounds that may be wider than needed: they stand twice, are tied to
    the other shares of a split, or decide the size and so every weight.
    """
    twice = {name for name, times in read_by(edition, dilemma).items() if times > 1}
    tied = {f.id for q in edition.questions if q.kind == "split" for f in q.fields}
    return twice | tied | {f.id for q in SIZE for f in edition.question[q].fields}


def test_bounds_may_be_outer_bounds_only_for_these_questions(edition: Edition):
    twice = {
        d: {edition.fields[n].question for n, times in read_by(edition, d).items() if times > 1}
        for d in edition.dilemmas
    }
    assert twice["D1"] == set()
    assert twice["D2"] <= {
        "mtx_mode", "mtx_in", "mtx_out", "fin_opcost", "fin_inputs", "fin_inputs_services", "prf_headcount",
    }  # fmt: skip
    assert twice["D3"] <= {
        "mtx_mode", "mtx_core", "mtx_in", "mtx_out", "fin_opcost", "fin_inputs", "prf_headcount",
    }  # fmt: skip


# --- 1 and 15: signs -----------------------------------------------------------------------------

# What lies at the better end of an answer, by dilemma: -1 more is better, 1 more is worse. Answers without an
# entry are mixed (more work helps D2 and D3f, but inside the firm or its group it hinders D3a).
SIGNS = {
    "D1": {"fin_gm": -1, "chn_top1": 1, "chn_tech": -1},
    "D2": {"fin_rd_in": -1, "fin_rd_out": -1, "fin_newrev": -1, "mtx_quality": -1, "mtx_out": -1,
           "mtx_in": -1},
    "D3": {"int_alliance": -1, "int_joint": -1, "int_market": -1, "con_unfunded.amount": 1},
}  # fmt: skip
BEST = {
    "D1": {"chn_control": "we", "chn_stages": "run"},
    "D2": {},
    "D3": {"int_reach": "yes"},
}
BETTER_SHARE = {
    "D1": ("chn_mix", "oem", "own"),
    "D2": ("chn_win", "price", "quality"),
    "D3": ("int_forms", "spot", "shared_gain"),
}


def improved(edition: Edition, dilemma: str, answers: Answers, rng: Random) -> Answers:
    """One known answer of the firm moved to the better side for this dilemma."""
    kind = rng.choice(("number", "number", "choice", "share"))
    known = {k: r for k, r in answers.replies.items() if isinstance(r, Answered)}
    if kind == "share":
        question, worse, better = BETTER_SHARE[dilemma]
        pair = known.get(f"{question}.{worse}"), known.get(f"{question}.{better}")
        if pair[0] and pair[1]:
            moved = Decimal(str(pair[0].value)) / 2
            return _with(answers, {
                f"{question}.{worse}": Answered(Decimal(str(pair[0].value)) - moved),
                f"{question}.{better}": Answered(Decimal(str(pair[1].value)) + moved),
            })  # fmt: skip
    best = {n: v for q, v in BEST[dilemma].items() for n in known if n.startswith(q + ".")}
    if kind == "choice" and best:
        name = rng.choice(sorted(best))
        return _with(answers, {name: Answered(best[name])})
    numbers = sorted(n for n in known if _sign(edition, dilemma, n))
    if not numbers:
        return answers
    name = rng.choice(numbers)
    return _with(answers, {name: _moved(edition, name, known[name], _sign(edition, dilemma, name), rng)})


def _difference(before: list[Answers], after: list[Answers], rows: np.ndarray) -> list[object]:
    """Firm, and each reply that differs, before and after."""
    pairs = [(a, b) for a, b, row in zip(before, after, rows, strict=True) if row]
    return [
        (a.firm, [(k, a.replies[k], r) for k, r in b.replies.items() if a.replies[k] != r]) for a, b in pairs
    ]


def _sign(edition: Edition, dilemma: str, name: str) -> int:
    signs, field = SIGNS[dilemma], edition.fields[name]
    return signs.get(name, 0 if field.column else signs.get(field.question, 0))


def _moved(edition: Edition, name: str, reply: Answered, sign: int, rng: Random) -> Answered:
    cell = edition.fields[name].cell
    assert isinstance(cell, (NumberCell, LevelCell))
    low, high = natural_bounds(cell)
    value = float(str(reply.value))
    end = low if sign > 0 else min(high, 2 * value + 10)
    if isinstance(cell, LevelCell):
        return Answered(int(end) if rng.random() < 0.5 else max(int(value), min(int(value) + 1, int(end))))
    return Answered(Decimal(repr(value + (end - value) * rng.choice((0.01, 0.5, 1.0)))))


def _with(answers: Answers, replies: dict[str, Reply]) -> Answers:
    return replace(answers, replies={**answers.replies, **replies})


@STEADY
@given(seeds=SEEDS, share=st.sampled_from((0.0, 0.1, 0.4)))
def test_a_better_answer_never_worsens_a_dilemma_nor_either_end_of_its_bounds(
    edition: Edition, seeds: list[int], share: float
):
    for dilemma in edition.dilemmas:
        before = [veiled(edition, firm(edition, s), s, share) for s in seeds]
        after = [improved(edition, dilemma, a, Random(s)) for s, a in zip(seeds, before, strict=True)]
        assert sum(a != b for a, b in zip(before, after, strict=True)) > len(seeds) / 4
        old, new = ends(scores_of(edition, before), dilemma), ends(scores_of(edition, after), dilemma)
        looked_at = (0, 1, 2) if share == 0.0 else (0, 2)  # a display centre may move with open answers
        for end in looked_at:
            worse = new[end] > old[end] + NOISE
            assert not worse.any(), (dilemma, end, _difference(before, after, worse))


@STEADY
@given(seeds=SEEDS)
def test_an_answer_a_dilemma_does_not_read_leaves_it_the_same_to_the_last_bit(
    edition: Edition, seeds: list[int]
):
    size = {f.id for q in SIZE for f in edition.question[q].fields}
    before = [firm(edition, s) for s in seeds]
    other = [firm(edition, s + 1) for s in seeds]
    for dilemma in edition.dilemmas:
        kept = set(read_by(edition, dilemma)) | size
        after = [
            _with(o, {k: r for k, r in a.replies.items() if k in kept})
            for a, o in zip(before, other, strict=True)
        ]
        after = [
            replace(n, replies={k: r for k, r in n.replies.items() if k not in kept or k in a.replies})
            for n, a in zip(after, before, strict=True)
        ]
        old, new = ends(scores_of(edition, before), dilemma), ends(scores_of(edition, after), dilemma)
        assert (old == new).all()


# --- 2: continuity -------------------------------------------------------------------------------


def _numbers(edition: Edition) -> list[str]:
    """Numbers on which a dilemma depends without a step: size bounds are steps, and splits move in pairs."""
    moot = {f.id for q in SIZE for f in edition.question[q].fields}
    return sorted(
        n
        for n in set().union(*(read_by(edition, d) for d in edition.dilemmas)) - moot
        if isinstance(edition.fields[n].cell, NumberCell)
        and edition.question[edition.fields[n].question].kind != "split"
    )


@STEADY
@given(seeds=SEEDS)
def test_a_tiny_change_of_a_number_moves_no_dilemma_by_a_jump(edition: Edition, seeds: list[int]):
    before, after = [], []
    for seed in seeds:
        rng, known = Random(seed), firm(edition, seed)
        for name in rng.sample(
            [n for n in _numbers(edition) if isinstance(known.replies.get(n), Answered)], 6
        ):
            start = _at_an_anchor(edition, name, known, rng)
            value = Decimal(str(start.replies[name].value))  # type: ignore[union-attr]
            step = max(abs(value), Decimal(1)) * Decimal("1e-7")
            low, high = natural_bounds(edition.fields[name].cell)  # type: ignore[arg-type]
            ways = [way for way in (step, -step) if low <= float(value + way) <= high]
            before += [start] * len(ways)
            after += [_with(start, {name: Answered(value + way)}) for way in ways]
    one, other = scores_of(edition, before), scores_of(edition, after)
    for dilemma in edition.dilemmas:
        jump = np.abs(ends(one, dilemma) - ends(other, dilemma)).max()
        assert jump < 1e-3, (dilemma, jump)


def _at_an_anchor(edition: Edition, name: str, answers: Answers, rng: Random) -> Answers:
    """The number as it is, at zero, or exactly on an anchor of the component that reads it alone."""
    marks = [
        Decimal(repr(a))
        for i in edition.dilemmas for c in edition.indexes[i].components
        if edition.indicators[c.indicator].formula == FieldValue(name) for s in c.anchors.values() for a in s
    ]  # fmt: skip
    at = rng.choice((None, *marks)) if marks else rng.choice((None, None, Decimal(0)))
    unsafe = name in ("fin_opcost", "fin_inputs")  # zero would take the base of a ratio away
    return answers if at is None or unsafe else _with(answers, {name: Answered(at)})


# --- 3: currency ---------------------------------------------------------------------------------


@STEADY
@given(seeds=SEEDS, factor=st.sampled_from(("2", "0.5", "7.1", "1000", "0.013")))
def test_the_currency_of_the_accounts_does_not_matter(edition: Edition, seeds: list[int], factor: str):
    money = {
        n for n, f in edition.fields.items() if isinstance(f.cell, NumberCell) and f.cell.unit is Unit.MONEY
    }
    # Regime "other" knows no revenue bound, so size is the same in every currency.
    before = [veiled(edition, firm(edition, s, regime="other"), s, 0.1) for s in seeds]
    after = [
        replace(
            a, replies={n: _scaled(r, Decimal(factor)) if n in money else r for n, r in a.replies.items()}
        )
        for a in before
    ]
    one, other = scores_of(edition, before), scores_of(edition, after)
    for index in edition.indexes:
        difference = np.abs(ends(one, index) - ends(other, index)).max()
        assert difference == 0.0 if factor in ("2", "0.5") else difference < 1e-10, index


def _scaled(reply: Reply, factor: Decimal) -> Reply:
    match reply:
        case Answered(value):
            return Answered(Decimal(str(value)) * factor)
        case Between(low, high):
            return Between(low * factor, high * factor)
        case _:
            return reply


# --- 4 and 7: order, batch and chunk -------------------------------------------------------------


@STEADY
@given(seeds=SEEDS, share=st.sampled_from((0.0, 0.15)), order=st.randoms(use_true_random=False))
def test_neither_chunks_nor_company_nor_order_change_a_bit(
    edition: Edition, seeds: list[int], share: float, order: Random
):
    batch = [veiled(edition, firm(edition, s), s, share, na=0.08) for s in seeds]
    whole = _bits(edition, batch, chunk=16_384)
    assert _bits(edition, batch, chunk=1) == whole
    assert _bits(edition, batch, chunk=7) == whole
    places = list(range(len(batch)))
    order.shuffle(places)
    shuffled = _bits(edition, [_reordered(batch[p], order) for p in places], chunk=7)
    assert shuffled == [whole[p] for p in places]


def _reordered(answers: Answers, order: Random) -> Answers:
    items = list(answers.replies.items())
    order.shuffle(items)
    return replace(answers, replies=dict(items))


def _bits(edition: Edition, batch: list[Answers], chunk: int) -> list[bytes]:
    """Everything computed for each firm, as bytes."""
    columns = columns_of({f.id: f.cell for f in edition.fields.values()}, batch)
    out = []
    for _, found in score_chunks(edition, columns, chunk):
        for row in range(found.rows):
            numbers = [
                part[row]
                for i in found.indexes.values()
                for part in (
                    i.low, i.mid, i.high, i.coverage, i.na_low, i.na_high, *i.shown, *i.weights,
                    *(end for c in i.components for end in (c.low, c.high)),
                )
            ] + [end[row] for v in found.indicators.values() for end in (v.low, v.mid, v.high)]  # fmt: skip
            out.append(np.array(numbers).tobytes() + bytes([int(found.size[row]) & 0xFF]))
    return out


def test_the_large_chunk_and_the_single_firm_agree_on_generated_columns(edition: Edition):
    columns = firms(edition, 1_000, seed=3)
    whole = score(edition, columns)
    alone = [s for _, s in score_chunks(edition, columns.part(0, 60), chunk=1)]
    for index in edition.indexes:
        single = np.concatenate([ends(s, index) for s in alone], axis=1)
        assert single.tobytes() == ends(whole, index)[:, :60].tobytes()


# --- 5 and 6: bounds -----------------------------------------------------------------------------


@STEADY
@given(seeds=SEEDS, share=st.sampled_from((0.05, 0.2, 0.6)))
def test_whatever_the_unknown_answers_are_the_score_lies_within_its_bounds(
    edition: Edition, seeds: list[int], share: float
):
    # Posts are left out: an amount estimated from posts is a figure of the firm and need not be the true one.
    truth = [firm(edition, s, posts=False) for s in seeds]
    hidden = scores_of(edition, [veiled(edition, a, s, share) for s, a in zip(seeds, truth, strict=True)])
    shown = scores_of(edition, truth)
    for index in edition.indexes:
        low, point, high = ends(hidden, index)
        true = shown.indexes[index].mid
        assert (low <= true + NOISE).all() and (true <= high + NOISE).all(), index
        assert (low <= point + NOISE).all() and (point <= high + NOISE).all(), index
        assert (low >= 0).all() and (high <= 100).all(), index


@STEADY
@given(seeds=SEEDS, share=st.sampled_from((0.2, 0.6, 1.0)))
def test_an_answer_to_an_open_question_never_widens_the_bounds(
    edition: Edition, seeds: list[int], share: float
):
    truth = [firm(edition, s, posts=False) for s in seeds]
    before = [veiled(edition, a, s, share) for s, a in zip(seeds, truth, strict=True)]
    after = []
    for seed, known, now in zip(seeds, truth, before, strict=True):
        loose = sorted(n for n, r in now.replies.items() if r != known.replies[n])
        some = Random(seed).sample(loose, min(len(loose), Random(seed).choice((1, 5, 40))))
        after.append(_with(now, {n: known.replies[n] for n in some}))
    one, other = scores_of(edition, before), scores_of(edition, after)
    for index in edition.indexes:
        (low, _, high), (new_low, _, new_high) = ends(one, index), ends(other, index)
        assert (new_low >= low - NOISE).all() and (new_high <= high + NOISE).all(), index


def test_without_answers_every_score_is_possible_and_nothing_is_placed(edition: Edition):
    result = assess(edition, Answers(edition.id))
    for placement in result.placements:
        assert (placement.low, placement.high) == (0.0, 100.0)
        assert placement.stated is Stated.NOT_PLACED
        assert placement.coverage == 0.0
        assert placement.deciding
    assert not any(trend.assessable for trend in result.trends)


@STEADY
@given(seeds=st.lists(st.integers(0, 2**32 - 1), min_size=3, max_size=3, unique=True), up=st.booleans())
def test_each_end_of_the_bounds_is_reached_by_some_answers(edition: Edition, seeds: list[int], up: bool):
    """Step by step each open answer takes an end of its range, or an option, that keeps the bound."""
    for seed in seeds:
        for dilemma in edition.dilemmas:
            _reach(edition, dilemma, seed, pick=np.argmax if up else np.argmin, end=2 if up else 0)


def _reach(
    edition: Edition, dilemma: str, seed: int, pick: Callable[[np.ndarray], np.intp], end: int
) -> None:
    known = firm(edition, seed, posts=False)
    candidates = sorted(set(read_by(edition, dilemma)) - outer(edition, dilemma))
    rng = Random(seed)
    open_ = [n for n in candidates if n in known.replies and rng.random() < 0.5]
    assert open_
    now = _with(known, {n: _opened(edition, n, known.replies[n]) for n in open_})
    goal = ends(scores_of(edition, [now]), dilemma)[end, 0]
    for name in open_:
        tries = [_with(now, {name: reply}) for reply in _ends_of(edition, name, now.replies[name])]
        reached = ends(scores_of(edition, tries), dilemma)[end]
        now = tries[int(pick(reached))]
    final = ends(scores_of(edition, [now]), dilemma)[:, 0]
    assert final[0] == final[2]
    assert abs(final[1] - goal) < NOISE, (dilemma, seed)


def _opened(edition: Edition, name: str, reply: Reply) -> Reply:
    """Unknown; a number without an upper limit becomes a range, since infinity is no answer."""
    cell = edition.fields[name].cell
    if isinstance(cell, NumberCell) and cell.maximum is None and isinstance(reply, Answered):
        value = Decimal(str(reply.value))
        return Between(value / 2, value * 2 + 1)
    return DONT_KNOW


def _ends_of(edition: Edition, name: str, reply: Reply) -> list[Reply]:
    cell = edition.fields[name].cell
    if isinstance(reply, Between):
        return [Answered(reply.low), Answered(reply.high)]
    if isinstance(cell, ChoiceCell):
        return [Answered(option) for option in cell.options]
    assert isinstance(cell, (NumberCell, LevelCell))
    low, high = natural_bounds(cell)
    return [Answered(Decimal(repr(low))), Answered(Decimal(repr(high)))]


# --- 10: contributions ---------------------------------------------------------------------------


@STEADY
@given(seeds=SEEDS, share=st.sampled_from((0.0, 0.2, 0.7)))
def test_the_points_of_the_components_add_up_to_the_score(edition: Edition, seeds: list[int], share: float):
    batch = [veiled(edition, firm(edition, s), s, share, na=0.05) for s in seeds]
    for result in assess_many(edition, batch):
        for part in (*result.placements,):
            assert abs(sum(c.points for c in part.components) - part.score) < NOISE
            assert abs(sum(c.weight for c in part.components) - 1.0) < NOISE
            assert all(c.low <= c.severity + NOISE and c.severity <= c.high + NOISE for c in part.components)


def test_the_same_answers_give_the_same_result_to_the_last_digit(edition: Edition, cases: tuple[Case, ...]):
    for case in cases:
        assert repr(assess(edition, case.answers)) == repr(assess(edition, case.answers))


@pytest.mark.parametrize("seed", range(3))
def test_the_random_firms_are_firms_the_checks_let_pass(edition: Edition, seed: int):
    assert impossible(check_answers(edition, firm(edition, seed), date(2026, 7, 1))) == ()
