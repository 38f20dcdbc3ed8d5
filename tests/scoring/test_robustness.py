"""Robustness: settings drawn once for all firms, shares that another sampler finds too."""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from assessment.content.cases import Case
from assessment.content.load import EDITIONS
from assessment.content.reading import Faults, Table, read_toml
from assessment.content.robustness import read_robustness
from assessment.model.answers import Answered, Answers, Between
from assessment.model.certainty import Hold, Robustness, whole_percent
from assessment.model.edition import Edition
from assessment.model.results import ComponentResult, Placement
from assessment.model.rules import RobustnessRules
from assessment.scoring import draws
from assessment.scoring.moves import relevant
from assessment.scoring.robustness import robustness, tried, weight_free
from tests.conftest import EDITION
from tests.scoring.firms import Firm, score_all, scored


@pytest.fixture(scope="module")
def firms(edition: Edition, cases: tuple[Case, ...]) -> dict[str, Firm]:
    return {case.id: scored(edition, case.answers) for case in cases}


def ranges_of(edition: Edition, firm: Firm) -> dict[str, Between]:
    read = relevant(edition)
    return {n: r for n, r in firm.answers.replies.items() if isinstance(r, Between) and n in read}


def under(edition: Edition, firm: Firm) -> dict[str, Robustness]:
    trial = tried(edition, firm.scores, 0, firm.answers)
    return {d: robustness(edition, p, trial.scores[d]) for d, p in firm.placed.items()}


def rules_of(edition: Edition) -> RobustnessRules:
    assert edition.robustness is not None
    return edition.robustness


def test_the_settings_come_from_the_seed_alone(edition: Edition, firms: dict[str, Firm]):
    first = {name: under(edition, firm) for name, firm in firms.items()}
    draws.uniform.cache_clear()
    draws.settings_of.cache_clear()
    again = {name: under(edition, firms[name]) for name in reversed(firms)}
    assert repr(first) == repr({name: again[name] for name in first})
    other = replace(edition, robustness=replace(rules_of(edition), seed=rules_of(edition).seed + 1))
    assert repr(first) != repr({name: under(other, firm) for name, firm in firms.items()})


def test_a_firm_among_others_has_the_shares_it_has_alone(edition: Edition, firms: dict[str, Firm]):
    together = score_all(edition, [firm.answers for firm in firms.values()])
    for row, firm in enumerate(firms.values()):
        alone = tried(edition, firm.scores, 0, firm.answers).scores
        among = tried(edition, together, row, firm.answers).scores
        assert all(np.array_equal(alone[d], among[d]) for d in edition.dilemmas)


def test_shares_are_shares_and_never_printed_as_none_or_all(edition: Edition, firms: dict[str, Firm]):
    found = [r for firm in firms.values() for r in under(edition, firm).values()]
    assert all(0.0 <= r.same <= r.within_one <= 1.0 for r in found)
    assert all(1 <= r.percent <= 99 and 0.0 <= r.low <= r.high <= 100.0 for r in found)
    assert (whole_percent(1.0), whole_percent(0.0), whole_percent(0.895)) == (99, 1, 90)


def test_settings_without_width_leave_every_level_as_it_is(edition: Edition, firms: dict[str, Firm]):
    (share,) = {edition.indexes[d].worst_share for d in edition.dilemmas}
    still = replace(
        rules_of(edition), weight_factor=(1.0, 1.0), worst_share=(share, share), aggregations=("mixed",),
        inner_anchors=0.0, best_anchor=(0.0, 0.0),
    )  # fmt: skip
    fixed = replace(edition, robustness=still)
    known = [f for f in firms.values() if all(p.low == p.high for p in f.placed.values())]
    assert len(known) > 15
    for firm in known:
        trial = tried(fixed, firm.scores, 0, firm.answers)
        for d, place in firm.placed.items():
            assert np.allclose(trial.scores[d], place.score, rtol=0, atol=1e-9)
            assert robustness(fixed, place, trial.scores[d]).same == 1.0


def test_the_share_is_all_exactly_if_every_setting_agrees(edition: Edition, firms: dict[str, Firm]):
    cuts = [0.0, *edition.placement.cuts, 100.1]
    seen = set()
    for firm in firms.values():
        trial = tried(edition, firm.scores, 0, firm.answers)
        for d, place in firm.placed.items():
            low, high = cuts[n := edition.placement.levels.index(place.level)], cuts[n + 1]
            agree = low <= trial.scores[d].min() and trial.scores[d].max() < high
            found = robustness(edition, place, trial.scores[d])
            assert (found.same == 1.0) == bool(agree) == (found.other == "")
            seen.add(bool(agree))
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("same", "hold"),
    [
        (1000, Hold.FIRM),
        (895, Hold.FIRM),
        (894, Hold.FAIRLY_ROBUST),
        (695, Hold.FAIRLY_ROBUST),
        (694, Hold.FRAGILE),
    ],
)
def test_the_word_is_that_of_the_printed_percent(
    edition: Edition, firms: dict[str, Firm], same: int, hold: Hold
):
    place = replace(firms["eu_family_sme"].placed["D2"], level="pronounced")
    severities = np.array([60.0] * same + [80.0] * (1000 - same))
    found = robustness(edition, place, severities)
    assert (found.hold, found.other) == (hold, "" if same == 1000 else "acute")


def test_anchors_stay_in_order_and_the_best_only_eases(edition: Edition):
    for dilemma in edition.dilemmas:
        for chosen in ("sme", "large"):
            found = draws.settings_of(edition, dilemma, (chosen,))
            for component, scale in zip(edition.indexes[dilemma].components, found.scales, strict=True):
                assert scale is not None
                anchors = component.anchors[chosen]
                rising = 1.0 if anchors[0] < anchors[-1] else -1.0
                assert (np.diff(scale.anchors * rising, axis=0) > 0).all(), component.id
                assert (scale.anchors[-1] == anchors[-1]).all(), component.id
                assert ((scale.anchors[0] - anchors[0]) * rising >= 0).all(), component.id
                assert len(np.unique(scale.anchors[1])) > 900


def test_components_of_one_severity_give_that_severity_in_every_setting(edition: Edition):
    found = draws.settings_of(edition, "D2", ("sme",))
    for severity in (0.0, 37.5, 99.0):
        flat = np.full_like(found.weights, severity)
        assert np.allclose(draws.combined(found, flat, np.ones_like(flat)), severity, rtol=0, atol=1e-9)


def test_robustness_costs_one_firm_at_most_ten_milliseconds(edition: Edition, firms: dict[str, Firm]):
    def once(firm: Firm) -> float:
        start = time.perf_counter()
        under(edition, firm)
        return time.perf_counter() - start

    assert statistics.median(min(once(f) for _ in range(5)) for f in firms.values()) < 0.010


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("weight_factor", [1.5, 0.5], "wrong-type"),
        ("draws", "many", "wrong-type"),
        ("seed", None, "missing-key"),
        ("sead", 1, "unknown-key"),
        ("standing", "guessed", "unknown-standing"),
        ("reason", "", "no-reason"),
    ],
)
def test_settings_that_are_written_wrong_are_noted(key: str, value: object, code: str):
    file = EDITIONS / EDITION / "edition.toml"
    raw = read_toml(file, Faults(file.parent))
    faults = Faults(file.parent)
    read_robustness(Table(raw, file, "", faults))
    assert faults.found == []
    changed = {k: v for k, v in {**raw["robustness"], key: value}.items() if v is not None}
    read_robustness(Table({"robustness": changed}, file, "", faults))
    assert [p.code for p in faults.found] == [code]


# --- another sampler ----------------------------------------------------------------------------------


class Sampler:
    """The same settings drawn freely and worked out in another way: the check on the shares."""

    def __init__(self, edition: Edition, firm: Firm, count: int, seed: int) -> None:
        self._edition, self._firm, self._count = edition, firm, count
        self._rules, self._chance = rules_of(edition), np.random.default_rng(seed)
        self._kinds = self._chance.integers(0, 3, count)
        self._shares, self._powers = self.even(*self._rules.worst_share), self.even(*self._rules.power)
        self._scores = score_all(edition, list(self._answers(random.Random(seed))))

    def even(self, low: float, high: float) -> np.ndarray:
        return self._chance.uniform(low, high, self._count)

    def _answers(self, chance: random.Random) -> Iterator[Answers]:
        """The firm, once if it gave no range; otherwise with its ranges drawn each time."""
        ranges = ranges_of(self._edition, self._firm)
        for _ in range(self._count if ranges else 1):
            new = {
                n: Answered(r.low + (r.high - r.low) * Decimal(chance.random())) for n, r in ranges.items()
            }
            yield replace(self._firm.answers, replies={**self._firm.answers.replies, **new})

    def share(self, place: Placement) -> float:
        here = [c for c in place.components if c.applies]
        severities = [self._severity(c) for c in here]
        weights = [c.weight * self.even(*self._rules.weight_factor) for c in here]
        found = self._dilemma(np.array(severities), np.array(weights) / sum(weights))
        cuts = self._edition.placement.cuts
        here_level = self._edition.placement.levels.index(place.level)
        return float(np.mean(np.digitize(np.round(found, 9), cuts) == here_level))

    def _severity(self, part: ComponentResult) -> np.ndarray:
        anchors = np.array(part.anchors)
        span = anchors[-1] - anchors[0]
        moved = np.tile(anchors, (self._count, 1))
        moved[:, 0] += span * self.even(*self._rules.best_anchor)
        for n in range(1, len(anchors) - 1):
            moved[:, n] += span * self.even(-self._rules.inner_anchors, self._rules.inner_anchors)
        moved = np.sort(moved if span > 0 else -moved, axis=1)
        scores, sign = np.array(part.scores), 1.0 if span > 0 else -1.0
        values = self._scores.indicators[part.indicator]
        ends = [
            _along(np.broadcast_to(sign * end, self._count), moved, scores)
            for end in (values.low, values.high)
        ]
        return ends[0] + (ends[1] - ends[0]) * self._chance.random(self._count)

    def _dilemma(self, severities: np.ndarray, weights: np.ndarray) -> np.ndarray:
        mean, worst = (weights * severities).sum(0), severities.max(0)
        mixed = mean + self._shares * (worst - mean)
        power = np.power((weights * np.power(severities, self._powers)).sum(0), 1 / self._powers)
        health = 100 - np.prod(np.maximum(100 - severities, self._rules.health_floor) ** weights, axis=0)
        return np.choose(self._kinds, [mixed, power, health])


@pytest.mark.slow
def test_another_sampler_finds_the_same_shares_within_two_points(edition: Edition, firms: dict[str, Firm]):
    off = {}
    for number, (name, firm) in enumerate(firms.items()):
        count = 3000 if ranges_of(edition, firm) else 12000
        other = Sampler(edition, firm, count, seed=number)
        for d, found in under(edition, firm).items():
            off[name, d] = abs(other.share(firm.placed[d]) - found.same)
    assert max(off.values()) <= 0.02, sorted(off.items(), key=lambda item: -item[1])[:5]


def _along(values: np.ndarray, anchors: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Each value through its own rising anchors: looked up, then a straight line."""
    left = np.clip((anchors <= values[:, np.newaxis]).sum(1) - 1, 0, anchors.shape[1] - 2)
    rows = np.arange(len(values))
    first, last = anchors[rows, left], anchors[rows, left + 1]
    part = np.clip((values - first) / (last - first), 0.0, 1.0)
    return scores[left] + part * (scores[left + 1] - scores[left])


# --- whatever the weights ------------------------------------------------------------------------------


def test_no_corner_of_the_box_of_weights_lies_beyond_the_weight_free_ends(
    edition: Edition, firms: dict[str, Firm]
):
    low, high = rules_of(edition).weight_factor
    for firm in firms.values():
        for d, place in firm.placed.items():
            here = [c for c in place.components if c.applies]
            share = edition.indexes[d].worst_share
            corners = []
            for factors in itertools.product((low, high), repeat=len(here)):
                weights = [f * c.weight for f, c in zip(factors, here, strict=True)]
                mean = sum(w * c.severity for w, c in zip(weights, here, strict=True)) / sum(weights)
                corners.append((1 - share) * mean + share * max(c.severity for c in here))
            found = weight_free(edition, place)
            assert found is not None
            assert (found.low, found.high) == pytest.approx((min(corners), max(corners)), abs=1e-9)
            assert found.low <= place.score <= found.high
