"""The settings of an edition: weights, anchors and aggregations a result is tried under, drawn once.

Every quantity has a stream of its own, named after it, so that a component added to an edition leaves the
draws of the others as they were. Each stream is stratified: one draw falls in each of `draws` equal parts of
0..1, in random order. Shares found over such settings scatter less than over free draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np

from assessment.evaluation.values import Floats
from assessment.model.edition import Edition
from assessment.model.rules import Component, RobustnessRules, Standing

MIXED, POWER, HEALTH = "mixed", "power", "health"


@dataclass(frozen=True, slots=True)
class Scale:
    """Anchors of one component in every setting, shape (anchors, draws), in the order of the edition."""

    anchors: Floats
    inverse: Floats  # 1 / distance to the next anchor
    steps: Floats  # difference of scores to the next anchor, shape (anchors - 1, 1)
    first: float  # score at the first anchor
    logarithm: bool

    def severity(self, values: Floats | float) -> Floats:
        """Values of the indicator, one for all settings or one a setting, as severity. Shape (draws,)."""
        seen = np.log(np.maximum(values, 1e-300)) if self.logarithm else values
        passed = np.clip((seen - self.anchors[:-1]) * self.inverse, 0.0, 1.0)
        return np.asarray(self.first + (passed * self.steps).sum(axis=0))


@dataclass(frozen=True, slots=True)
class Settings:
    """One dilemma in every setting. `weights`: shape (components, draws), not yet renormalised."""

    weights: Floats
    scales: tuple[Scale | None, ...]  # None: the component is an index of its own
    share: Floats
    power: Floats
    floor: float
    rows: dict[str, np.ndarray]  # aggregation -> the settings that use it


@lru_cache(maxsize=2048)
def uniform(seed: int, draws: int, name: str) -> Floats:
    """Stratified draws between 0 and 1 of the quantity called `name`, shape (draws,)."""
    chance = np.random.Generator(np.random.PCG64([seed, crc32(name.encode())]))
    found = (chance.permutation(draws) + chance.random(draws)) / draws
    found.setflags(write=False)
    return np.asarray(found)


def between(rules: RobustnessRules, name: str, low: float, high: float) -> Floats:
    """Draws of a quantity between two numbers, shape (draws,)."""
    return low + (high - low) * uniform(rules.seed, rules.draws, name)


@lru_cache(maxsize=64)
def settings_of(edition: Edition, dilemma: str, sets: tuple[str, ...]) -> Settings:
    """The settings of one dilemma. Several weight sets: the size is open, each setting takes one of them."""
    rules, index = edition.robustness, edition.indexes[dilemma]
    assert rules is not None, edition.id
    chosen = _parted(rules, "weight set", len(sets))
    kind = _parted(rules, "aggregation", len(rules.aggregations))
    factors = [between(rules, f"weight {c.id}", *rules.weight_factor) for c in index.components]
    weights = [
        np.array([c.weights[s] for s in sets])[chosen] * f
        for c, f in zip(index.components, factors, strict=True)
    ]
    return Settings(
        weights=np.array(weights),
        scales=tuple(_scale(rules, c, sets, chosen) for c in index.components),
        share=between(rules, "worst share", *rules.worst_share),
        power=between(rules, "power", *rules.power),
        floor=rules.health_floor,
        rows={name: np.flatnonzero(kind == n) for n, name in enumerate(rules.aggregations)},
    )


def _parted(rules: RobustnessRules, name: str, parts: int) -> np.ndarray:
    """0..parts-1 in equal parts of all settings."""
    return (uniform(rules.seed, rules.draws, name) * parts).astype(np.intp)


def _scale(
    rules: RobustnessRules, component: Component, sets: tuple[str, ...], chosen: np.ndarray
) -> Scale | None:
    if not component.anchors:
        return None
    table = np.array([component.anchors[s] for s in sets])
    table = np.log(table) if component.logarithm else table
    anchors = table[chosen].T.copy()
    if component.standing is Standing.ASSUMED:
        anchors = _shifted(rules, component, anchors)
    scores = np.array(component.scores)
    return Scale(
        anchors,
        1.0 / np.diff(anchors, axis=0),
        np.diff(scores)[:, np.newaxis],
        float(scores[0]),
        component.logarithm,
    )


def _shifted(rules: RobustnessRules, component: Component, anchors: Floats) -> Floats:
    """Inner anchors moved either way, the best one towards the worst; back in order where two would cross."""
    best, worst = (0, -1) if component.scores[0] <= component.scores[-1] else (-1, 0)
    span = anchors[worst] - anchors[best]
    moved = anchors.copy()
    moved[best] += span * between(rules, f"best anchor {component.id}", *rules.best_anchor)
    for inner in range(1, len(anchors) - 1):
        reach = rules.inner_anchors
        moved[inner] += np.abs(span) * between(rules, f"anchor {component.id} {inner}", -reach, reach)
    rising = anchors[0, 0] < anchors[-1, 0]
    return np.sort(moved, axis=0) if rising else -np.sort(-moved, axis=0)


def combined(settings: Settings, severities: Floats, present: Floats) -> Floats:
    """The dilemma in every setting. `severities`, `present` (1 or 0): shape (components, draws)."""
    weights = settings.weights * present
    total = weights.sum(axis=0)
    weights = weights / np.where(total > 0, total, 1.0)
    out = np.empty(weights.shape[1])
    for name, rows in settings.rows.items():
        out[rows] = _aggregated(name, settings, severities[:, rows], weights[:, rows], rows)
    return np.clip(out, 0.0, 100.0)  # rounding may leave the scale by its last bit


def _aggregated(
    name: str, settings: Settings, severities: Floats, weights: Floats, rows: np.ndarray
) -> Floats:
    if name == MIXED:
        worst = np.where(weights > 0, severities, 0.0).max(axis=0)
        share = settings.share[rows]
        return np.asarray((1.0 - share) * (weights * severities).sum(axis=0) + share * worst)
    if name == POWER:
        power = settings.power[rows]
        return np.asarray(((weights * severities**power).sum(axis=0)) ** (1.0 / power))
    if name == HEALTH:
        health = np.log(np.maximum(100.0 - severities, settings.floor))
        return np.asarray(100.0 - np.exp((weights * health).sum(axis=0)))
    raise ValueError(f"unknown aggregation {name}")
