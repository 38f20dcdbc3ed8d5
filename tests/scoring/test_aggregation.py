"""What holds of an index whatever its components measure (property 8 of the scoring specification)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assessment.evaluation.values import Values
from assessment.model.rules import Component, Index
from assessment.scoring.indexes import Scored, aggregate, score_component
from tests.scoring.random_firms import STEADY

SCORES = st.lists(st.floats(0, 100), min_size=2, max_size=7)
SHARES = st.sampled_from((0.0, 0.15, 0.5, 1.0))
MANY = st.lists(st.floats(0.5, 40), min_size=7, max_size=7)


def index(weights: list[float], share: float) -> Index:
    parts = tuple(Component(f"c{i}", "", {"all": weight}) for i, weight in enumerate(weights))
    return Index("d", parts, worst_share=share)


def exact(number: float) -> Values:
    array = np.array([number])
    return Values(array, array, array)


def scored(scores: list[float], weights: list[float], share: float) -> Scored:
    whole = index(weights[: len(scores)], share)
    return aggregate(whole, tuple(map(exact, scores)), [c.weights["all"] for c in whole.components])


def value(scores: list[float], weights: list[float], share: float) -> float:
    return float(scored(scores, weights, share).mid[0])


@STEADY
@given(score=st.floats(0, 100), count=st.integers(2, 7), weights=MANY, share=SHARES)
def test_components_that_agree_are_the_score(score: float, count: int, weights: list[float], share: float):
    assert abs(value([score] * count, weights, share) - score) < 1e-9


@STEADY
@given(scores=SCORES, weights=MANY, share=SHARES)
def test_the_score_lies_between_the_mean_and_the_worst_and_rises_with_the_share_of_the_worst(
    scores: list[float], weights: list[float], share: float
):
    mean, worst = value(scores, weights, 0.0), max(scores)
    assert mean - 1e-9 <= value(scores, weights, share) <= worst + 1e-9
    assert value(scores, weights, min(share + 0.2, 1.0)) >= value(scores, weights, share) - 1e-9
    assert 0.0 <= value(scores, weights, share) <= 100.0 + 1e-9


@STEADY
@given(scores=SCORES, weights=MANY, share=SHARES)
def test_a_component_split_in_two_halves_changes_nothing(
    scores: list[float], weights: list[float], share: float
):
    used = weights[: len(scores)]
    split = value([scores[0], *scores], [used[0] / 2, used[0] / 2, *used[1:]], share)
    assert abs(split - value(scores, used, share)) < 1e-9


@STEADY
@given(scores=SCORES, weights=MANY, share=SHARES, factor=st.floats(0.01, 100))
def test_the_scale_of_the_weights_does_not_matter(
    scores: list[float], weights: list[float], share: float, factor: float
):
    assert abs(value(scores, [w * factor for w in weights], share) - value(scores, weights, share)) < 1e-9


@STEADY
@given(number=st.floats(-50, 150), cuts=st.lists(st.integers(0, 100), min_size=5, max_size=5, unique=True))
def test_reversing_a_number_and_its_anchors_changes_nothing(number: float, cuts: list[int]):
    anchors = tuple(float(c) for c in sorted(cuts))
    one = Component("c", "", {"all": 1.0}, {"all": anchors})
    mirrored = replace(one, anchors={"all": tuple(-a for a in anchors)})
    assert abs(_severity(one, number) - _severity(mirrored, -number)) < 1e-9
    backwards = replace(one, anchors={"all": anchors[::-1]}, scores=one.scores[::-1])
    assert abs(_severity(one, number) - _severity(backwards, number)) < 1e-9


def _severity(component: Component, number: float) -> float:
    return float(score_component(component, exact(number), "all").mid[0])


def test_anchors_give_their_scores_and_hold_beyond_their_ends():
    component = Component("c", "", {"all": 1.0}, {"all": (8.0, 6.0, 4.0, 2.0, 1.0)})
    expected = {
        9.0: 0.0,
        8.0: 0.0,
        7.0: 12.5,
        6.0: 25.0,
        4.0: 50.0,
        2.0: 75.0,
        1.5: 87.5,
        1.0: 100.0,
        0.0: 100.0,
    }
    assert {x: _severity(component, x) for x in expected} == expected
