"""The formulas of an edition made ready to run: equal parts are one step, worked out once a batch.

An edition names the same condition (this function is needed) in many rules. Reading it anew for each rule
would cost more than the arithmetic, for one firm as for a million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from assessment.evaluation import conditions, operators
from assessment.evaluation.values import Truth, Values, combine, constant, settle
from assessment.model import formulas as f
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field

if TYPE_CHECKING:
    from assessment.evaluation.evaluator import Evaluator

NumberStep = Callable[["Evaluator"], Values]
TruthStep = Callable[["Evaluator"], Truth]
OverRows = f.SumOfRows | f.ShareOfRows | f.CountOfRows | f.HighestRow


class Plan:
    """Steps by number. A formula is found by its identity if it belongs to the edition, else by its value."""

    def __init__(self, edition: Edition) -> None:
        self.fields = edition.fields
        self.steps: list[NumberStep] = []
        self.tests: list[TruthStep] = []
        self._numbers: dict[f.Formula, int] = {}
        self._truths: dict[f.Condition, int] = {}
        self._reads: dict[int, tuple[str, ...]] = {}
        self._own = (
            tuple(_formulas(edition)),
            tuple(_conditions(edition)),
        )  # kept: their ids are the keys below
        self._number_ids = {id(node): self._number(node) for node in self._own[0]}
        self._truth_ids = {id(node): self._truth(node) for node in self._own[1]}

    def number(self, formula: f.Formula) -> int:
        """The step that computes a formula."""
        found = self._number_ids.get(id(formula))
        return self._number(formula) if found is None else found

    def truth(self, condition: f.Condition) -> int:
        """The test that decides a condition."""
        found = self._truth_ids.get(id(condition))
        return self._truth(condition) if found is None else found

    def reads(self, formula: f.Formula) -> tuple[str, ...]:
        """The fields a formula reads, each once, in order."""
        step = self.number(formula)
        found = self._reads.get(step)
        if found is None:
            found = self._reads[step] = tuple(dict.fromkeys(f.fields_in(formula)))
        return found

    def _number(self, formula: f.Formula) -> int:
        found = self._numbers.get(formula)
        if found is None:
            self.steps.append(self._step(formula))
            found = self._numbers[formula] = len(self.steps) - 1
        return found

    def _truth(self, condition: f.Condition) -> int:
        found = self._truths.get(condition)
        if found is None:
            self.tests.append(self._test(condition))
            found = self._truths[condition] = len(self.tests) - 1
        return found

    def _options(self, name: str) -> tuple[str, ...]:
        return options_of(self.fields[name])

    def _step(self, formula: f.Formula) -> NumberStep:
        match formula:
            case f.Constant(value):
                return lambda run: constant(value, run.rows)
            case f.FieldValue(name):
                return lambda run: run.number(name)
            case f.Sum(terms):
                return self._over(terms, lambda parts: combine(operators.add, parts))
            case f.Minus(left, right):
                return self._over((left, right), lambda parts: operators.minus(*parts))
            case f.Times(factors):
                return self._over(factors, lambda parts: combine(operators.multiply, parts))
            case f.Ratio(over, under):
                return self._over((over, under), lambda parts: settle(operators.ratio(*parts)))
            case f.Share(part, rest):
                return self._over((part, rest), lambda parts: settle(operators.share(*parts)))
            case f.Larger(terms):
                return self._over(terms, lambda parts: operators.over_present(parts, mean=False))
            case f.Mean(terms):
                return self._over(terms, lambda parts: operators.over_present(parts, mean=True))
            case f.Either(first, second):
                return self._over((first, second), lambda parts: operators.either_value(*parts))
            case f.Points(name, values):
                table = operators.point_table(self._options(name), dict(values))
                return lambda run: operators.points(run.option(name), table)
            case f.Split(names, weights):
                return lambda run: settle(operators.split([run.number(n) for n in names], weights))
            case _:
                return self._step_over_rows(formula)

    def _step_over_rows(self, formula: OverRows) -> NumberStep:
        match formula:
            case f.SumOfRows(terms, where):
                return self._sum_of_rows(terms, where)
            case f.ShareOfRows(hit, of):
                return self._share_of_rows(hit, of)
            case f.CountOfRows(hit):
                tests = [self._truth(c) for c in hit]
                return lambda run: settle(operators.count(run.decided(tests)))
            case f.HighestRow(hit):
                tests = [self._truth(c) for c in hit]
                return lambda run: settle(operators.highest(run.decided(tests), run.rows))
            case _:
                assert_never(formula)

    def _over(self, terms: Sequence[f.Formula], operation: Callable[[list[Values]], Values]) -> NumberStep:
        steps = [self._number(term) for term in terms]
        return lambda run: operation(run.computed(steps))

    def _sum_of_rows(self, terms: Sequence[f.Formula], where: Sequence[f.Condition | None]) -> NumberStep:
        steps = [self._number(term) for term in terms]
        tests = [None if c is None else self._truth(c) for c in where]
        return lambda run: settle(
            operators.sum_of_rows(run.computed(steps), [None if t is None else run.tested(t) for t in tests])
        )

    def _share_of_rows(self, hit: Sequence[f.Condition], of: Sequence[f.Condition]) -> NumberStep:
        hits, among = [self._truth(c) for c in hit], [self._truth(c) for c in of]
        return lambda run: settle(operators.share_of_rows(run.decided(hits), run.decided(among)))

    def _test(self, condition: f.Condition) -> TruthStep:
        match condition:
            case f.Fixed(holds):
                return lambda run: conditions.fixed(holds, run.rows)
            case f.ChosenIn(name, options):
                among = conditions.Among.of(self._options(name), options)
                return lambda run: conditions.chosen(run.option(name), among)
            case f.Ticked(name, option):
                return lambda run: conditions.ticked(run.flags(name, option))
            case f.Compare(left, how, right):
                step = self._number(left)
                return lambda run: conditions.compare(run.value(step), how, right)
            case f.SizeIn(classes):
                return lambda run: conditions.chosen(run.size, conditions.Among.of(run.size_names, classes))
            case f.All(parts):
                tests = [self._truth(c) for c in parts if c != f.Fixed(True)]
                if f.Fixed(False) in parts or not tests:
                    return lambda run: conditions.fixed(bool(not tests), run.rows)
                return lambda run: conditions.every(run.decided(tests))
            case f.Any(parts):
                tests = [self._truth(c) for c in parts]
                return lambda run: conditions.some(run.decided(tests))
            case f.Not(inner):
                test = self._truth(inner)
                return lambda run: conditions.negate(run.tested(test))
            case _:
                assert_never(condition)


def options_of(field: Field) -> tuple[str, ...]:
    """The options of a choice field."""
    assert isinstance(field.cell, ChoiceCell), field.id
    return field.cell.options


def _formulas(edition: Edition) -> Iterator[f.Formula]:
    yield from (i.formula for i in edition.indicators.values())
    yield from edition.derived.values()
    for check in edition.checks:
        yield from (
            side for side in (check.left, check.at_most, check.at_least, check.about) if side is not None
        )


def _conditions(edition: Edition) -> Iterator[f.Condition]:
    yield from (x.asked_when for x in edition.fields.values() if x.asked_when is not None)
    yield from (check.when for check in edition.checks if check.when is not None)
    for measure in edition.countermeasures.values():
        yield from (hold.when for hold in measure.holds)
        yield from (c for c in (measure.needs, measure.urgent) if c is not None)
    for effect in (e for entry in edition.effects.values() for e in entry.effects):
        if effect.when is not None:
            yield effect.when
        if effect.among is not None:
            yield from (*effect.among.where.values(), *effect.among.first.values())


@lru_cache(maxsize=8)
def plan_of(edition: Edition) -> Plan:
    """The plan of an edition, made once."""
    return Plan(edition)
