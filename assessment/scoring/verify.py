"""Works a trace out again from the replies, in plain arithmetic, and names every number that differs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assessment.model import formulas as f
from assessment.model.answers import Answers
from assessment.model.certainty import Node
from assessment.model.edition import Edition
from assessment.model.rules import Component, Index
from assessment.scoring.plainly import Number, Plain
from assessment.scoring.recommend import FLOOR, MIDDLE
from assessment.scoring.trace import LIMITLESS, parts_of

CLOSE = 1e-9  # relative, and absolute below 1: the two ways add in different orders


def verify(edition: Edition, answers: Answers, tree: Node) -> tuple[str, ...]:
    """What differs between a tree and the replies it is said to come from; empty if nothing does."""
    return tuple(_Verifier(edition, answers).faults(tree))


class _Verifier:
    def __init__(self, edition: Edition, answers: Answers) -> None:
        self._edition, self._answers, self._plain = edition, answers, Plain(edition, answers)

    def faults(self, node: Node) -> Iterator[str]:
        if node.kind == "indicator":
            yield from self._indicator(node)
        elif node.kind == "component":
            index = self._edition.indexes[self._edition.components[node.id]]
            rule = next(c for c in index.components if c.id == node.id)
            yield from self._component(node, rule, self._own_set())
            for part in node.parts:
                yield from self.faults(part)
        elif node.kind in ("question", "functions", "function"):
            yield from self._parts(node)
        elif node.kind == "evidence":
            found = self._edition.evidence[node.id]
            if (node.value, node.text, node.source) != (found.value, found.figure, (found.section,)):
                yield f"{node.id}: not as the edition has it"
        elif node.kind == "measure":
            yield from self._measure(node)
        else:
            yield from self._index(node)

    # --- indicators and what is below them -----------------------------------------------------------

    def _indicator(self, node: Node) -> Iterator[str]:
        rule = self._edition.indicators[node.id]
        if (node.standing, node.source) != (str(rule.standing), rule.source):
            yield f"{node.id}: standing or source is not that of the rule"
        yield from _differs(node.id, node, self.measured(node.id))
        yield from self._formula(node.id, node.parts[0], rule.formula)

    def measured(self, name: str) -> Number:
        """An indicator from the replies, cut to its limits."""
        rule = self._edition.indicators[name]
        found = self._plain.value(rule.formula)
        found = Number(0.0, 0.0, 0.0, found.dropped, found.undefined) if found.gone else found
        low, high, middle = (
            min(max(x, rule.limits[0]), rule.limits[1]) for x in (found.low, found.high, found.middle)
        )
        middle = found.middle if math.isnan(found.middle) else middle
        return Number(low, high, middle, found.dropped, found.undefined)

    def _formula(self, place: str, node: Node, rule: f.Formula | f.Condition) -> Iterator[str]:
        match rule:
            case f.FieldValue(name):
                yield from self._field(place, node, name)
                return
            case f.Points(name, _) | f.ChosenIn(name, _) | f.Ticked(name, _):
                yield from self._field(place, node.parts[0], name)
            case f.Split(names, _):
                for part, name in zip(node.parts, names, strict=True):
                    yield from self._field(place, part, name)
            case _:
                for part, inner in zip(node.parts, parts_of(rule), strict=True):
                    yield from self._formula(place, part, inner)
        if isinstance(rule, f.Condition):
            holds = self._plain.holds(rule)
            if (node.low, node.high) != (float(holds.must), float(holds.may)):
                yield f"{place}: {node.text} is not {holds}"
        else:
            yield from _differs(f"{place}: {node.text}", node, self._plain.value(rule))

    def _field(self, place: str, node: Node, name: str) -> Iterator[str]:
        if node.id != name or node.asked != self._plain.asked(self._edition.fields[name]).may:
            yield f"{place}: {node.id} stands for {name}, or is asked otherwise"
        elif node.state != "given":
            yield from _differs(f"{place}: {name}", node, self._plain.number(name))

    # --- questions, service functions, measures --------------------------------------------------------

    def _parts(self, node: Node) -> Iterator[str]:
        for part in node.parts:
            if part.kind == "function":
                yield from self._parts(part)
            elif part.id in self._edition.derived:
                yield from self._formula(part.id, part, self._edition.derived[part.id])
            else:
                yield from self._field(node.id, part, part.id)

    def _measure(self, node: Node) -> Iterator[str]:
        """Relief is a share of the severity above 25; what gets worse, a share of what is still sound."""
        rule, benefit = self._edition.countermeasures[node.id], 0.0
        if (node.standing, node.source) != (str(rule.standing), rule.source):
            yield f"{node.id}: standing or source is not that of the rule"
        for part in node.parts:
            index = self._edition.indexes[self._edition.components[part.id]]
            severities, weights = self._severities(index, self._own_set())
            middles = _middles(severities, weights)
            place = next(n for n, c in enumerate(index.components) if c.id == part.id)
            relief = rule.relieves.get(part.id)
            points = (
                max(middles[place] - FLOOR, 0.0) * relief
                if relief is not None
                else (100.0 - middles[place]) * rule.side_effects[part.id]
            )
            if not _close(part.value or 0.0, points):
                yield f"{node.id}: {points} for {part.id}, not {part.value}"
            benefit += points * weights[place] * _mixed(index, middles, weights) / MIDDLE
        if not _close(node.value or 0.0, benefit):
            yield f"{node.id}: a benefit of {benefit}, not {node.value}"

    # --- indexes -------------------------------------------------------------------------------------

    def _own_set(self) -> str:
        sizes = self._edition.sizes
        return "all" if sizes is None else sizes.weight_set[self._plain.size() or sizes.default]

    def _sets(self) -> list[str]:
        sizes = self._edition.sizes
        if sizes is None:
            return [next(s for i in self._edition.indexes.values() for c in i.components for s in c.weights)]
        return [self._own_set()] if self._plain.size() else list(dict.fromkeys(sizes.weight_set.values()))

    def _index(self, node: Node) -> Iterator[str]:
        index, own = self._edition.indexes[node.id], self._own_set()
        for part, rule in zip(node.parts, index.components, strict=True):
            yield from self._component(part, rule, own)
            for inner in part.parts:
                yield from self.faults(inner)
        severities, weights = self._severities(index, own)
        yield from self._bounds(node, index)
        points = [p.points or 0.0 for p in node.parts]
        if node.value is not None and not _close(math.fsum(points), node.value):
            yield f"{node.id}: the parts add up to {math.fsum(points)}, not to {node.value}"
        middles = _middles(severities, weights)
        if node.value is not None and not _close(_mixed(index, middles, weights), node.value):
            yield f"{node.id}: {_mixed(index, middles, weights)}, not {node.value}"
        for part, weight, middle in zip(node.parts, weights, middles, strict=True):
            if not _close(part.weight or 0.0, weight) or (weight and not _close(part.value or 0.0, middle)):
                yield f"{part.id}: weight {weight} and severity {middle}, not {part.weight} and {part.value}"

    def _bounds(self, node: Node, index: Index) -> Iterator[str]:
        if node.value is None:
            low, high = 0.0, 100.0
        else:
            by_set = [self._severities(index, s) for s in self._sets()]
            low = min(_mixed(index, [n.low for n in s], w) for s, w in by_set)
            high = max(_mixed(index, [n.high for n in s], w) for s, w in by_set)
        if not (_close(node.low or 0.0, low) and _close(node.high or 0.0, high)):
            yield f"{node.id}: {low} to {high}, not {node.low} to {node.high}"

    def _component(self, node: Node, rule: Component, own: str) -> Iterator[str]:
        if (node.standing, node.source) != (str(rule.standing), rule.source):
            yield f"{node.id}: standing or source is not that of the rule"
        if node.anchors != tuple(zip(rule.anchors.get(own, ()), rule.scores, strict=False)):
            yield f"{node.id}: other anchors"
        if node.state != "not_applicable":
            found = self._severity(rule, own)
            if not (_close(node.low or 0.0, found.low) and _close(node.high or 0.0, found.high)):
                yield f"{node.id}: {found.low} to {found.high}, not {node.low} to {node.high}"

    def _severities(self, index: Index, chosen: str) -> tuple[list[Number], list[float]]:
        """Severities of the components and their renormalised weights."""
        severities = [self._severity(c, chosen) for c in index.components]
        own = [
            0.0 if n.gone else c.weights[chosen] for n, c in zip(severities, index.components, strict=True)
        ]
        total = math.fsum(own) or 1.0
        return severities, [w / total for w in own]

    def _severity(self, rule: Component, chosen: str) -> Number:
        value = self.measured(rule.indicator)
        if value.gone:
            return Number(0.0, 0.0, 0.0, value.dropped, value.undefined)
        ends = [_through(rule, chosen, x) for x in (value.low, value.high)]
        low, high = min(ends), max(ends)
        middle = low if low == high else _through(rule, chosen, value.middle)
        return Number(low, high, middle)


def _through(rule: Component, chosen: str, value: float) -> float:
    """A value through the anchors: straight between two, flat beyond the ends."""
    if math.isnan(value):
        return value
    marks = [math.log(a) if rule.logarithm else a for a in rule.anchors[chosen]]
    seen = math.log(max(value, 1e-300)) if rule.logarithm else value
    points = sorted(zip(marks, rule.scores, strict=True))
    if seen <= points[0][0]:
        return points[0][1]
    for (left, first), (right, last) in pairwise(points):
        if seen <= right:
            return first + (last - first) * (seen - left) / (right - left)
    return points[-1][1]


def _middles(severities: Sequence[Number], weights: Sequence[float]) -> list[float]:
    """Point severities: an unknown one takes the mean of the known, cut to its own bounds."""
    known = [(n.middle, w) for n, w in zip(severities, weights, strict=True) if not math.isnan(n.middle)]
    weight = math.fsum(w for _, w in known)
    typical = math.fsum(m * w for m, w in known) / weight if weight else 50.0
    return [min(max(typical, n.low), n.high) if math.isnan(n.middle) else n.middle for n in severities]


def _mixed(index: Index, severities: Sequence[float], weights: Sequence[float]) -> float:
    if index.aggregator == "geometric":
        return math.exp(
            math.fsum(w * math.log(max(s, 1e-12)) for s, w in zip(severities, weights, strict=True))
        )
    mean = math.fsum(w * s for s, w in zip(severities, weights, strict=True))
    worst = max((s for s, w in zip(severities, weights, strict=True) if w > 0), default=0.0)
    return (1.0 - index.worst_share) * mean + index.worst_share * worst


def _differs(place: str, node: Node, found: Number) -> Iterator[str]:
    """The state and the numbers of a node against those worked out."""
    state = "undefined" if found.undefined else "not_applicable" if found.dropped else "known"
    if not found.gone and found.low != found.high:
        state = "unknown" if math.isnan(found.middle) else "partly"
    value = None if state in ("undefined", "not_applicable", "unknown") else found.middle
    value = found.low if state == "known" else value
    if found.gone and node.state == state:
        return
    if (
        state == "unknown" and node.state == "partly"
    ):  # an indicator whose bounds are narrower than its limits
        state = "partly"
    same = [_same(a, b) for a, b in ((node.value, value), (node.low, found.low), (node.high, found.high))]
    if node.state != state or not all(same):
        yield f"{place}: {state} {found.low} to {found.high}, not {node.state} {node.low} to {node.high}"


def _same(shown: float | None, found: float | None) -> bool:
    if found is not None and abs(found) >= LIMITLESS:
        found = None
    return shown is found if shown is None or found is None else _close(shown, found)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= CLOSE * max(1.0, abs(one), abs(other))
