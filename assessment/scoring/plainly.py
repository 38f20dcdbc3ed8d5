"""Formulas and conditions for one firm in plain arithmetic, from the replies alone.

Nothing here is shared with the column engine: it says a second time, one number after the other, what a
formula means, so that `verify.py` can hold the two against each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from assessment.model import formulas as f
from assessment.model.answers import (
    Answered,
    Answers,
    Between,
    DontKnow,
    NotAnswered,
    NotApplicable,
    NotAsked,
)
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, NumberCell
from assessment.model.rules import SizeBound, SizeRegime

Operation = Callable[[list[float]], float]

NAN, HUGE = float("nan"), 1e30
NONE, OPEN = "", "?"  # a choice that does not apply, and one that may be any option


@dataclass(frozen=True, slots=True)
class Number:
    """Bounds and middle of one number; `middle` NaN where not known."""

    low: float
    high: float
    middle: float
    dropped: bool = False
    undefined: bool = False

    @property
    def gone(self) -> bool:
        return self.dropped or self.undefined

    def settled(self) -> Number:
        return replace(self, middle=self.low) if self.low == self.high else self


def exact(value: float) -> Number:
    return Number(value, value, value)


@dataclass(frozen=True, slots=True)
class Holds:
    """A condition that may hold, and one that must."""

    may: bool
    must: bool


class Plain:
    """The replies of one firm."""

    def __init__(self, edition: Edition, answers: Answers) -> None:
        self.edition, self.answers = edition, answers
        self._size: str | None = None
        self._values: dict[int, Number] = {}  # by identity: formulas belong to the edition
        self._truths: dict[int, Holds] = {}

    # --- answers ---------------------------------------------------------------------------------

    def asked(self, field: Field) -> Holds:
        return Holds(may=True, must=True) if field.asked_when is None else self.holds(field.asked_when)

    def number(self, name: str) -> Number:
        field, reply = self.edition.fields[name], self.answers.reply(name)
        asked = self.asked(field)
        if not asked.may:
            return (
                Number(0.0, 0.0, 0.0, dropped=True)
                if field.not_asked_value is None
                else exact(field.not_asked_value)
            )
        match reply:
            case Answered(value):
                return exact(float(value))  # type: ignore[arg-type]
            case Between(low, high):
                return Number(float(low), float(high), float((low + high) / 2)).settled()
            case NotApplicable() | NotAsked():
                return Number(0.0, 0.0, 0.0, dropped=True)
            case DontKnow() | NotAnswered():
                return self._open(field, asked)

    def _open(self, field: Field, asked: Holds) -> Number:
        low, high = 0.0, HUGE
        if isinstance(field.cell, LevelCell):
            high = field.cell.steps - 1.0
        elif isinstance(field.cell, NumberCell):
            low = field.cell.minimum or 0.0
            high = HUGE if field.cell.maximum is None else field.cell.maximum
        if not asked.must and field.not_asked_value is not None:
            low, high = min(low, field.not_asked_value), max(high, field.not_asked_value)
        return Number(low, high, NAN).settled()

    def choice(self, name: str) -> str:
        field, reply = self.edition.fields[name], self.answers.reply(name)
        assert isinstance(field.cell, ChoiceCell), name
        if not self.asked(field).may:
            return field.cell.default or NONE
        match reply:
            case Answered(value):
                return str(value)
            case NotAnswered():
                return field.cell.default or OPEN
            case NotApplicable() | NotAsked():
                return NONE
            case DontKnow() | Between():
                return OPEN

    # --- conditions ------------------------------------------------------------------------------

    def holds(self, condition: f.Condition) -> Holds:
        """Whether a condition holds."""
        found = self._truths.get(id(condition))
        if found is None:
            found = self._truths[id(condition)] = self._holds(condition)
        return found

    def _holds(self, condition: f.Condition) -> Holds:
        match condition:
            case f.Fixed(holds):
                return Holds(holds, holds)
            case f.ChosenIn(name, options):
                cell = self.edition.fields[name].cell
                assert isinstance(cell, ChoiceCell), name
                return _among(self.choice(name), options, cell.options)
            case f.Ticked(name, option):
                reply = self.answers.reply(name)
                if isinstance(reply, (NotApplicable, NotAsked)):
                    return Holds(may=False, must=False)
                if not isinstance(reply, Answered):
                    return Holds(may=True, must=False)
                ticked = isinstance(reply.value, tuple) and option in reply.value
                return Holds(ticked, ticked)
            case f.Compare(left, how, right):
                return _compared(self.value(left), how, right)
            case f.SizeIn(classes):
                names = tuple(self.edition.sizes.weight_set) if self.edition.sizes else ()
                return _among(self.size() or OPEN, classes, names)
            case f.All(parts):
                found = [self.holds(p) for p in parts]
                return Holds(all(h.may for h in found), all(h.must for h in found))
            case f.Any(parts):
                found = [self.holds(p) for p in parts]
                return Holds(any(h.may for h in found), any(h.must for h in found))
            case f.Not(inner):
                found_inner = self.holds(inner)
                return Holds(not found_inner.must, not found_inner.may)
            case _:
                assert_never(condition)

    # --- formulas --------------------------------------------------------------------------------

    def value(self, formula: f.Formula) -> Number:
        """What a formula gives."""
        found = self._values.get(id(formula))
        if found is None:
            found = self._values[id(formula)] = self._value(formula)
        return found

    def _value(self, formula: f.Formula) -> Number:
        match formula:
            case f.Constant(value):
                return exact(value)
            case f.FieldValue(name):
                return self.number(name)
            case f.Sum(terms):
                return _rising(math.fsum, [self.value(t) for t in terms])
            case f.Times(factors):
                return _rising(math.prod, [self.value(t) for t in factors])
            case f.Minus(left, right):
                a, b = self.value(left), self.value(right)
                return Number(
                    a.low - b.high,
                    a.high - b.low,
                    a.middle - b.middle,
                    a.dropped or b.dropped,
                    a.undefined or b.undefined,
                )
            case f.Ratio(over, under):
                return _ratio(self.value(over), self.value(under)).settled()
            case f.Share(part, rest):
                return _share(self.value(part), self.value(rest)).settled()
            case f.Larger(terms):
                return _over_present(max, [self.value(t) for t in terms])
            case f.Mean(terms):
                return _over_present(_mean, [self.value(t) for t in terms])
            case f.Either(first, second):
                return _either(self.value(first), self.value(second)).settled()
            case f.Points(name, values):
                return self._points(name, dict(values)).settled()
            case f.Split(names, weights):
                return _split([self.number(n) for n in names], weights).settled()
            case _:
                return self._over_rows(formula)

    def _over_rows(self, formula: f.SumOfRows | f.ShareOfRows | f.CountOfRows | f.HighestRow) -> Number:
        match formula:
            case f.SumOfRows(terms, where):
                return self._sum_of_rows(terms, where).settled()
            case f.ShareOfRows(hit, of):
                return _share_of_rows([self.holds(h) for h in hit], [self.holds(o) for o in of]).settled()
            case f.CountOfRows(hit):
                found = [self.holds(h) for h in hit]
                return _whole(sum(h.must for h in found), sum(h.may for h in found))
            case f.HighestRow(hit):
                found = [self.holds(h) for h in hit]
                places = (
                    [n for n, h in enumerate(found, 1) if h.must],
                    [n for n, h in enumerate(found, 1) if h.may],
                )
                return _whole(max(places[0], default=0), max(places[1], default=0))
            case _:
                assert_never(formula)

    def _points(self, name: str, values: dict[str, float]) -> Number:
        option = self.choice(name)
        if option == OPEN:
            return Number(min(values.values()), max(values.values()), NAN)
        return exact(values[option]) if option in values else Number(0.0, 0.0, 0.0, dropped=True)

    def _sum_of_rows(self, terms: Sequence[f.Formula], where: Sequence[f.Condition | None]) -> Number:
        low = high = middle = 0.0
        found = [self.value(t) for t in terms]
        for number, condition in zip(found, where, strict=True):
            holds = Holds(may=True, must=True) if condition is None else self.holds(condition)
            part = exact(0.0) if number.gone or not holds.may else number
            if holds.may and not holds.must and not number.gone:
                part = Number(min(part.low, 0.0), max(part.high, 0.0), NAN).settled()
            low, high, middle = low + part.low, high + part.high, middle + part.middle
        return Number(low, high, middle, dropped=all(n.gone for n in found))

    # --- size ------------------------------------------------------------------------------------

    def size(self) -> str:
        """The size class; "" where the answers leave it open or the edition has none."""
        if self._size is None:
            regime = self.choice("prf_regime.regime") if self.edition.sizes else OPEN
            rules = self.edition.sizes.regimes.get(regime) if self.edition.sizes else None
            self._size = self._class(rules) if rules is not None else ""
        return self._size

    def _class(self, regime: SizeRegime) -> str:
        people = self.number("prf_headcount")
        if regime.group_counts and self.choice("prf_regime.group") == "yes":
            group = self.number("prf_regime.group_headcount")
            people = Number(max(people.low, group.low), max(people.high, group.high), NAN)
        for bound in regime.bounds[:-1]:
            met = self._meets(bound, regime, people)
            if met.must:
                return bound.size
            if met.may:
                return ""
        return regime.bounds[-1].size

    def _meets(self, bound: SizeBound, regime: SizeRegime, people: Number) -> Holds:
        many = Holds(people.high >= bound.headcount, people.low >= bound.headcount)
        unit = self.choice("prf_period.unit")
        if (
            bound.revenue is None
            or self.choice("prf_period.currency") != regime.currency
            or unit in (NONE, OPEN)
        ):
            return many
        revenue, factor = self.number("fin_revenue"), float(self.edition.money_units[unit])
        ends = [
            x * factor > bound.revenue if regime.strictly else x * factor >= bound.revenue
            for x in (revenue.high, revenue.low)
        ]
        if regime.any_bound:
            return Holds(many.may or ends[0], many.must or ends[1])
        return Holds(many.may and ends[0], many.must and ends[1])


def _among(option: str, wanted: Sequence[str], options: Sequence[str]) -> Holds:
    if option == OPEN:
        named = [o for o in options if o in wanted]
        return Holds(bool(named), len(named) == len(options) > 0)
    return Holds(option in wanted, option in wanted)


def _compared(number: Number, how: str, limit: float) -> Holds:
    tests = {
        "at_least": lambda x: x >= limit, "at_most": lambda x: x <= limit,
        "above": lambda x: x > limit, "below": lambda x: x < limit,
    }  # fmt: skip
    if number.gone:
        return Holds(may=False, must=False)
    ends = tests[how](number.low), tests[how](number.high)
    return Holds(any(ends), all(ends))


def _rising(operation: Operation, parts: Sequence[Number]) -> Number:
    return Number(
        operation([p.low for p in parts]), operation([p.high for p in parts]),
        operation([p.middle for p in parts]), any(p.dropped for p in parts), any(p.undefined for p in parts),
    )  # fmt: skip


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def _over_present(operation: Operation, parts: Sequence[Number]) -> Number:
    here = [p for p in parts if not p.gone]
    if not here:
        return Number(0.0, 0.0, 0.0, dropped=True)
    middle = NAN if any(math.isnan(p.middle) for p in here) else operation([p.middle for p in here])
    return Number(operation([p.low for p in here]), operation([p.high for p in here]), middle)


def _divided(over: float, under: float, at_zero: float) -> float:
    return over / under if under > 0 else NAN if math.isnan(under) else at_zero


def _ratio(over: Number, under: Number) -> Number:
    dropped, undefined = over.dropped or under.dropped, over.undefined or under.undefined or under.high <= 0
    small = max(under.low, 0.0)
    low = _divided(over.low, under.high, 0.0) if over.low >= 0 else _divided(over.low, small, -HUGE)
    top = HUGE if over.high > 0 else 0.0
    high = _divided(over.high, small, top) if over.high >= 0 else _divided(over.high, under.high, 0.0)
    certain = over.low == over.high and under.low == under.high
    middle = low if certain else _divided(over.middle, under.middle, NAN)
    return Number(low, min(high, HUGE), middle, dropped, undefined)


def _share(part: Number, rest: Number) -> Number:
    dropped = part.dropped or rest.dropped
    undefined = part.undefined or rest.undefined or part.high + rest.high <= 0
    low = _divided(part.low, part.low + rest.high, 1.0)
    high = _divided(part.high, part.high + rest.low, 0.0)
    if part.low == part.high and rest.low == rest.high:
        low = high = _divided(part.low, part.low + rest.low, 0.0)
    return Number(low, high, _divided(part.middle, part.middle + rest.middle, NAN), dropped, undefined)


def _either(first: Number, second: Number) -> Number:
    knows = [not math.isnan(n.middle) and not n.gone for n in (first, second)]
    used = second if knows[1] and not knows[0] else first
    return replace(used, dropped=first.gone and not any(knows), undefined=False)


def _split(parts: Sequence[Number], weights: Sequence[float]) -> Number:
    gone = all(p.gone for p in parts)
    parts = [exact(0.0) if p.gone else p for p in parts]
    pairs = list(zip(parts, weights, strict=True))
    middle = sum(p.middle * w for p, w in pairs) / 100.0
    if all(p.low == p.high for p in parts):
        return Number(middle, middle, middle, dropped=gone)
    light = sorted(pairs, key=lambda pair: pair[1])
    return Number(_filled(light), _filled(light[::-1]), middle, dropped=gone)


def _filled(pairs: Sequence[tuple[Number, float]]) -> float:
    rest, total = max(100.0 - sum(p.low for p, _ in pairs), 0.0), sum(p.low * w for p, w in pairs)
    for part, weight in pairs:
        given = min(rest, part.high - part.low)
        total, rest = total + given * weight, rest - given
    return total / 100.0


def _share_of_rows(hit: Sequence[Holds], of: Sequence[Holds]) -> Number:
    pairs = list(zip(hit, of, strict=True))
    sure_hit, may_hit = sum(o.must and h.must for h, o in pairs), sum(o.may and h.may for h, o in pairs)
    sure_miss, may_miss = (
        sum(o.must and not h.may for h, o in pairs),
        sum(o.may and not h.must for h, o in pairs),
    )
    low = sure_hit / (sure_hit + may_miss) if sure_hit + may_miss else float(may_hit > 0)
    high = may_hit / (may_hit + sure_miss) if may_hit + sure_miss else 0.0
    known = sure_hit == may_hit and sure_miss == may_miss
    return Number(low, high, low if known else NAN, undefined=may_hit + may_miss == 0)


def _whole(low: int, high: int) -> Number:
    return Number(float(low), float(high), float(low) if low == high else NAN)
