"""Margins: the named change moves the level, 99 % of it does not, and nothing smaller does."""

from __future__ import annotations

import itertools
import random
from datetime import date

import pytest

from assessment.answering.crosschecks import fires
from assessment.content.cases import Case
from assessment.model.answers import Answers
from assessment.model.certainty import AnswerChange, Margin, Way, WeightMargin
from assessment.model.edition import Edition
from assessment.model.fields import Kind, LevelCell
from assessment.model.results import Placement
from assessment.scoring.margin import margins
from assessment.scoring.moves import changes, single_moves
from assessment.scoring.place import is_asked, level_number
from tests.scoring.firms import Firm, changed, score_all, scored


@pytest.fixture(scope="module")
def firms(edition: Edition, cases: tuple[Case, ...]) -> dict[str, Firm]:
    return {case.id: scored(edition, case.answers) for case in cases}


@pytest.fixture(scope="module")
def found(edition: Edition, firms: dict[str, Firm]) -> dict[tuple[str, str], Margin]:
    out = {}
    for name, firm in firms.items():
        for d, margin in margins(edition, firm.scores, 0, firm.answers, list(firm.placed.values())).items():
            out[name, d] = margin
    return out


def level_with(edition: Edition, place: Placement, factors: dict[str, float]) -> str:
    """The level with the weights multiplied by factors, worked out from the components."""
    here = [c for c in place.components if c.applies]
    weights = [c.weight * factors.get(c.id, 1.0) for c in here]
    mean = sum(w * c.severity for w, c in zip(weights, here, strict=True)) / sum(weights)
    share = edition.indexes[place.dilemma].worst_share
    score = (1.0 - share) * mean + share * max(c.severity for c in here)
    return edition.placement.levels[level_number(score, edition.placement)]


def factors_of(margin: WeightMargin, part: float = 1.0) -> dict[str, float]:
    t = margin.change * part
    return {**dict.fromkeys(margin.raised, 1.0 + t), **dict.fromkeys(margin.lowered, 1.0 - t)}


# --- weights ------------------------------------------------------------------------------------------


def test_the_named_weights_move_the_level_and_99_percent_of_them_do_not(edition: Edition, firms, found):
    named = {key: m.weights for key, m in found.items() if m.weights is not None}
    assert len(named) > 40
    assert {m.way for m in named.values()} == {Way.WORSE, Way.BETTER}
    for (name, d), margin in named.items():
        place = firms[name].placed[d]
        assert level_with(edition, place, factors_of(margin)) == margin.level != place.level, (name, d)
        assert level_with(edition, place, factors_of(margin, 0.99)) == place.level, (name, d)


def test_no_corner_of_a_smaller_box_of_weights_moves_the_level(edition: Edition, firms, found):
    for (name, d), margin in found.items():
        place = firms[name].placed[d]
        t = 0.999 * (margin.weights.change if margin.weights else 1.0)
        ids = [c.id for c in place.components if c.applies]
        for ends in itertools.product((1.0 - t, 1.0 + t), repeat=len(ids)):
            assert level_with(edition, place, dict(zip(ids, ends, strict=True))) == place.level, (name, d)


# --- answers ------------------------------------------------------------------------------------------


def levels(edition: Edition, batch: list[Answers], dilemma: str) -> list[str]:
    middle = score_all(edition, batch).indexes[dilemma].mid
    return [edition.placement.levels[level_number(float(x), edition.placement)] for x in middle]


def test_the_named_answers_move_the_level_and_99_percent_of_them_do_not(edition: Edition, firms, found):
    seen = 0
    for (name, d), margin in found.items():
        answers = firms[name].answers
        if not margin.changes:
            continue
        whole = [changed(edition, answers, c.fields) for c in margin.changes]
        assert levels(edition, whole, d) == [c.level for c in margin.changes], (name, d)
        glides = [c for c in margin.changes if any(_is_number(edition, f.field) for f in c.fields)]
        nearly = [changed(edition, answers, c.fields, 0.99) for c in glides]
        if nearly:
            assert set(levels(edition, nearly, d)) == {firms[name].placed[d].level}, (name, d)
        seen += len(glides)
    assert seen > 100


def _is_number(edition: Edition, name: str) -> bool:
    return type(edition.fields[name].cell).__name__ == "NumberCell"


def test_of_the_steps_of_a_scale_the_nearest_comes_first(edition: Edition, firms, found):
    seen = 0
    for (name, d), margin in found.items():
        for change in margin.changes:
            (first, *more) = change.fields
            if more or not isinstance(edition.fields[first.field].cell, LevelCell):
                continue
            step = 1.0 if first.new > first.old else -1.0
            before = [first.old + step * n for n in range(1, int(abs(first.new - first.old)))]
            same_way = [
                c.fields[0].new for c in margin.changes if c.fields[0].field == first.field and c.answers == 1
            ]
            batch = [
                changed(
                    edition, firms[name].answers, [type(first)(first.field, first.question, first.old, x)]
                )
                for x in before
            ]
            for value, level in zip(before, levels(edition, batch, d) if batch else [], strict=True):
                assert (level == firms[name].placed[d].level) or value in same_way, (name, d, first.field)
            seen += 1
    assert seen > 20


def test_shares_move_in_pairs_and_still_add_up(edition: Edition, found):
    seen = 0
    for margin in found.values():
        for change in margin.changes:
            shares = [f for f in change.fields if edition.question[f.question].kind is Kind.SPLIT]
            assert sum(f.new - f.old for f in shares) == pytest.approx(0.0, abs=1e-9)
            seen += bool(shares)
    assert seen > 20


def test_the_fewest_and_smallest_change_is_named_first(found):
    def order(change: AnswerChange) -> tuple[int, float]:
        return change.answers, change.size

    lists = [m.changes for m in found.values()]
    assert all(list(c) == sorted(c, key=order) for c in lists)
    assert all(m.single is None or m.single is m.changes[0] for m in found.values())
    assert {c.answers for m in found.values() for c in m.changes} == {1, 2}


def test_where_no_single_answer_is_named_none_moves_the_level(edition: Edition, firms, found):
    """Answers drawn at random move the level only where they contradict others or open questions."""
    stuck = [key for key, m in found.items() if m.single is None]
    assert len(stuck) >= 5
    for name, d in stuck:
        firm, chance = firms[name], random.Random(f"{name} {d}")
        asked = frozenset(n for n in edition.fields if is_asked(edition, firm.scores, 0, n))
        moves = single_moves(edition, firm.answers, asked)
        batch = [
            changed(edition, firm.answers, changes(edition, m, chance.random()))
            for m in moves
            for _ in range(4)
        ]
        scores = score_all(edition, batch)
        allowed = _contradicted(edition, scores)
        for row, x in enumerate(scores.indexes[d].mid):
            level = edition.placement.levels[level_number(float(x), edition.placement)]
            opens = scores.indexes[d].coverage[row] < firm.placed[d].coverage - 1e-9
            assert level == firm.placed[d].level or allowed[row] or opens, (name, d, row)


def _contradicted(edition: Edition, scores) -> list[bool]:
    hits = [
        fires(edition, c, scores.evaluator, date(2026, 6, 30))
        for c in edition.checks
        if c.severity == "refuse" or c.between or c.between_by
    ]
    return [any(bool(h[row]) for h in hits) for row in range(scores.rows)]


def test_facts_about_the_firm_are_never_changed(edition: Edition, found):
    assert edition.robustness is not None
    touched = {f.question for m in found.values() for c in m.changes for f in c.fields}
    assert touched.isdisjoint(edition.robustness.facts)
