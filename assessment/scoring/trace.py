"""The chain behind any number of one firm: index, component, indicator, formula, answers, as one tree.

The numbers come from the scores themselves; `verify.py` works them out again from the replies alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from assessment.answering.form import write_reply
from assessment.evaluation.columns import columns_of
from assessment.evaluation.values import Truth, Values
from assessment.model import formulas as f
from assessment.model.answers import Answers
from assessment.model.certainty import Node
from assessment.model.edition import Edition
from assessment.model.fields import LevelCell, NumberCell
from assessment.model.results import ComponentResult, Placement, TrendPosition
from assessment.model.rules import Component
from assessment.scoring.cohort import Scores, score
from assessment.scoring.functions import CORE, INSIDE, MODE, OUTSIDE, QUALITY, ROWS
from assessment.scoring.place import is_asked, placement, reading, trend_position
from assessment.scoring.recommend import recommend

LIMITLESS = 1e15  # bounds beyond this are none


class UnknownTarget(KeyError):
    """Nothing a number of the edition could come from bears this id."""


def trace(edition: Edition, scores: Scores, row: int, answers: Answers, target: str) -> Node:
    """The tree of an index, component, indicator, service function, measure, question or outside figure.

    `scores`: with everything in them. Raises `UnknownTarget`.
    """
    tracer = _Tracer(edition, scores, row, answers)
    if target in edition.question:
        return tracer.question(target)
    if target in edition.countermeasures:
        return tracer.measure(target)
    if target in edition.evidence:
        found = edition.evidence[target]
        return Node(target, "evidence", found.value, None, None, text=found.figure, source=(found.section,))
    if target in (ROWS, *edition.rows.get(ROWS, ())):
        return tracer.functions() if target == ROWS else tracer.function(target)
    if target in edition.indicators:
        return tracer.indicator(target)
    if target in edition.indexes:
        return tracer.index(target)
    if target in edition.components:
        whole = tracer.index(edition.components[target])
        return next(part for part in whole.parts if part.id == target)
    raise UnknownTarget(target)


def traces(edition: Edition, scores: Scores, row: int, answers: Answers) -> tuple[Node, ...]:
    """The trees of all dilemmas and trends, and of the indicators that none of them reads."""
    tracer = _Tracer(edition, scores, row, answers)
    indexes = tuple(tracer.index(i) for i in edition.indexes)
    read = {node.id for tree in indexes for node in tree.walk() if node.kind == "indicator"}
    return (*indexes, *(tracer.indicator(i) for i in edition.indicators if i not in read))


def traced(edition: Edition, answers: Answers, targets: Iterable[str]) -> tuple[Node, ...]:
    """The trees of one firm by itself, one for each target."""
    scores = score(edition, columns_of({x.id: x.cell for x in edition.fields.values()}, [answers]))
    return tuple(trace(edition, scores, 0, answers, target) for target in targets)


def as_data(node: Node) -> dict[str, Any]:
    """A tree ready for JSON, without what a node does not have."""
    kept = {e.name: getattr(node, e.name) for e in fields(node) if e.name != "parts"}
    data = {k: list(v) if isinstance(v, tuple) else v for k, v in kept.items() if v not in (None, "", ())}
    return {**data, "parts": [as_data(part) for part in node.parts]} if node.parts else data


class _Tracer:
    """One firm of a batch of scores."""

    def __init__(self, edition: Edition, scores: Scores, row: int, answers: Answers) -> None:
        self._edition, self._scores, self._row, self._answers = edition, scores, row, answers

    def index(self, index_id: str) -> Node:
        index = self._edition.indexes[index_id]
        found: Placement | TrendPosition
        if index_id in self._edition.dilemmas:
            found = placement(self._edition, self._scores, self._row, index_id, self._answers)
            kind, value = "dilemma", found.score
        else:
            found = trend_position(self._edition, self._scores, self._row, index_id)
            kind, value = "trend", found.position
        unstated = bool(self._scores.indexes[index_id].unstated[self._row])
        share = index.worst_share
        text = (
            f"{1 - share:g} * mean + {share:g} * worst" if index.aggregator == "mixed" else index.aggregator
        )
        return Node(
            id=index_id, kind=kind, value=None if unstated else value, low=found.low, high=found.high,
            state="not_applicable" if unstated else "known" if found.low == found.high else "partly",
            text=text, source=index.source, reason=index.reason,
            parts=tuple(map(self._component, index.components, found.components)),
        )  # fmt: skip

    def _component(self, rule: Component, result: ComponentResult) -> Node:
        inner = self.index(rule.index) if rule.index else self.indicator(rule.indicator)
        known = "known" if result.low == result.high else "partly"
        return Node(
            id=rule.id, kind="component", value=result.severity if result.applies else None,
            low=result.low, high=result.high, state=known if result.applies else "not_applicable",
            anchors=tuple(zip(result.anchors, result.scores, strict=False)), weight=result.weight,
            points=result.points, standing=str(rule.standing), source=rule.source, reason=rule.reason,
            parts=(inner,),
        )  # fmt: skip

    def indicator(self, name: str) -> Node:
        rule = self._edition.indicators[name]
        _, value, low, high = self._seen(self._scores.indicators[name])
        known = reading(self._edition, self._scores, self._row, name, self._answers).known
        return Node(
            id=name, kind="indicator", value=value, low=low, high=high, state=str(known),
            text=formula_text(rule.formula), standing=str(rule.standing), source=rule.source,
            reason=rule.reason, parts=(self._formula(rule.formula),),
        )  # fmt: skip

    def question(self, name: str) -> Node:
        """The answers to one question: where every chain ends."""
        parts = tuple(self._field(field.id) for field in self._edition.question[name].fields)
        return Node(name, "question", None, None, None, "given", parts=parts)

    def functions(self) -> Node:
        """All service functions, which the totals of spending are made of."""
        parts = tuple(map(self.function, self._edition.rows[ROWS]))
        return Node(ROWS, "functions", None, None, None, parts=parts)

    def function(self, name: str) -> Node:
        """What a service function costs inside and outside, and how it is done and set up."""
        spent = [f"{what}.{name}" for what in (INSIDE, OUTSIDE)]
        sums = [
            replace(self._formula(self._edition.derived[s]), id=s)
            for s in spent
            if s in self._edition.derived
        ]
        told = [f"{question}.{name}" for question in (MODE, CORE, QUALITY)]
        given = [self._field(field) for field in told if field in self._edition.fields]
        return Node(name, "function", None, None, None, parts=(*sums, *given))

    def measure(self, name: str) -> Node:
        """What a measure may relieve, component by component, in points of severity; `weight`: the share."""
        rule, edition = self._edition.countermeasures[name], self._edition
        placed = tuple(
            placement(edition, self._scores, self._row, d, self._answers) for d in edition.dilemmas
        )
        found = next(
            r for r in recommend(edition, self._scores, self._row, placed) if r.countermeasure == name
        )
        shares = {**rule.relieves, **rule.side_effects}
        parts = tuple(
            Node(c, "relief", points, points, points, weight=shares[c]) for c, points in found.relieves
        )
        return Node(
            name, "measure", found.benefit, found.benefit, found.benefit, standing=str(rule.standing),
            source=rule.source, reason=rule.reason, parts=parts,
        )  # fmt: skip

    def _formula(self, formula: f.Formula | f.Condition) -> Node:
        match formula:
            case f.FieldValue(name) | f.Points(name, _) | f.ChosenIn(name, _) | f.Ticked(name, _):
                parts: tuple[Node, ...] = (self._field(name),)
            case f.Split(names, _):
                parts = tuple(self._field(name) for name in names)
            case _:
                parts = tuple(self._formula(part) for part in parts_of(formula))
        if isinstance(formula, f.FieldValue):
            return parts[0]
        if isinstance(formula, f.Condition):
            return self._condition(formula, parts)
        state, value, low, high = self._seen(self._scores.evaluator.values(formula))
        kind = _word(formula)
        return Node("", kind, value, low, high, state, formula_text(formula), parts=parts)

    def _condition(self, condition: f.Condition, parts: tuple[Node, ...]) -> Node:
        """A condition as 1 or 0; between them where it is not known."""
        truth: Truth = self._scores.evaluator.truth(condition)
        may, must = float(truth.may[self._row]), float(truth.must[self._row])
        known = may == must
        kind = _word(condition)
        return Node(
            "", kind, must if known else None, must, may, "known" if known else "unknown",
            formula_text(condition), parts=parts,
        )  # fmt: skip

    def _field(self, name: str) -> Node:
        field = self._edition.fields[name]
        asked = is_asked(self._edition, self._scores, self._row, name)
        reply = write_reply(self._answers.reply(name))
        if not isinstance(field.cell, (NumberCell, LevelCell)):
            return Node(name, "field", None, None, None, "given", reply=reply, asked=asked)
        state, value, low, high = self._seen(self._scores.evaluator.number(name))
        return Node(name, "field", value, low, high, state, reply=reply, asked=asked)

    def _seen(self, values: Values) -> tuple[str, float | None, float | None, float | None]:
        """State, value, low and high of one row."""
        low, high, mid = (float(a[self._row]) for a in (values.low, values.high, values.mid))
        bounds = (_bounded(low), _bounded(high))
        if values.undefined is not None and values.undefined[self._row]:
            return "undefined", None, *bounds
        if values.dropped is not None and values.dropped[self._row]:
            return "not_applicable", None, *bounds
        if low == high:
            return "known", low, *bounds
        return ("unknown", None, *bounds) if math.isnan(mid) else ("partly", mid, *bounds)


def _bounded(value: float) -> float | None:
    return value if abs(value) < LIMITLESS else None


def parts_of(node: f.Formula | f.Condition) -> Iterator[f.Formula | f.Condition]:
    """The formulas and conditions one is made of, in order."""
    for name in (entry.name for entry in fields(node)):
        value = getattr(node, name)
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part):
                yield part  # type: ignore[misc]


def formula_text(node: f.Formula | f.Condition) -> str:
    """A formula in the words of the edition format, rows shortened to the first: `ratio(a, b)`."""
    match node:
        case f.Constant(value):
            return f"{value:g}"
        case f.FieldValue(name):
            return name
        case f.Points(name, values):
            return _call("points", [name, *(f"{option} = {value:g}" for option, value in values)])
        case f.Split(names, weights):
            return f"split({', '.join(f'{w:g} * {n}' for n, w in zip(names, weights, strict=True))})"
        case f.ChosenIn(name, options):
            return f"{name} is {' or '.join(options)}"
        case f.Ticked(name, option):
            return f"{name}.{option} is ticked"
        case f.Compare(left, how, right):
            return f"{formula_text(left)} {how} {right:g}"
        case f.SizeIn(classes):
            return f"size is {' or '.join(classes)}"
        case f.Fixed(holds):
            return "always" if holds else "never"
        case _:
            return _call(_word(node), [formula_text(part) for part in parts_of(node)])


MOST_TERMS = 4
_WORDS = {
    f.SumOfRows: "sum_rows", f.ShareOfRows: "share_rows", f.CountOfRows: "count_rows",
    f.HighestRow: "highest_row", f.Compare: "value",
}  # fmt: skip


def _word(node: f.Formula | f.Condition) -> str:
    """What the edition format calls it."""
    return _WORDS.get(type(node)) or type(node).__name__.lower()


def _call(name: str, parts: list[str]) -> str:
    more = f", ... {len(parts)}" if len(parts) > MOST_TERMS else ""
    return f"{name}({', '.join(parts[:1] if more else parts)}{more})"
