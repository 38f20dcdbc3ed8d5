"""What would be: a scenario scored by the engine, and one answer moved with what hangs on it.

Nothing here touches the answers of the firm: every function takes them and gives back something new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from assessment.answering.limits import number_limits
from assessment.answering.sums import beside
from assessment.model.agenda import Scenario, ScenarioResult
from assessment.model.answers import Answered, Answers, Between, Reply
from assessment.model.edition import Edition
from assessment.model.fields import Kind, NumberCell
from assessment.model.plans import End, Keeps
from assessment.model.results import Stated
from assessment.scoring.available import Available
from assessment.scoring.effects import Ground
from assessment.scoring.place import level_number, placement

WHOLE = Decimal(100)  # what the shares of a split add up to
TENTH = Decimal("0.1")  # shares that move along are written to a tenth of a point
SIGNIFICANT = 6  # digits of an amount that moves along

# --- where a scenario leads -----------------------------------------------------------------------------


def scenario_result(edition: Edition, answers: Answers, scenario: Scenario) -> ScenarioResult:
    """Cost, severity and level of every dilemma: first the answers that were moved, then the measures.

    Raises `ValueError` for a measure the edition does not have or cannot tell the cost of.
    """
    told = after_moves(answers, scenario)
    return result_on(Ground.of(edition, told), told, scenario)


def after_moves(answers: Answers, scenario: Scenario) -> Answers:
    """The answers with those of the scenario in their place, before any measure."""
    return replace(answers, replies={**answers.replies, **scenario.replies}) if scenario.replies else answers


def result_on(ground: Ground, answers: Answers, scenario: Scenario) -> ScenarioResult:
    """The same on a ground that is there already: of all measures, and of `answers` as `after_moves` gives
    them.
    """
    edition = ground.edition
    cost = cost_of(edition, scenario.measures)
    rows = np.array([[m in scenario.measures for m in ground.measures]] * len(End))
    found = ground.lead_to(rows, np.arange(len(End)))
    placed = _placed(ground, answers)
    severity: dict[End, dict[str, float | None]] = {}
    levels: dict[End, dict[str, str]] = {}
    for end, row in zip(End, found, strict=True):
        scores = dict(zip(ground.dilemmas, map(float, row), strict=True))
        severity[end] = {d: s if placed[d] else None for d, s in scores.items()}
        levels[end] = {
            d: edition.placement.levels[level_number(s, edition.placement)] if placed[d] else ""
            for d, s in scores.items()
        }
    return ScenarioResult(scenario, cost, severity, levels)


def cost_of(edition: Edition, measures: Iterable[str]) -> float:
    """Middle cost of measures, percent of one year's revenue. Raises `ValueError` as `scenario_result`
    does.
    """
    names = tuple(measures)
    unknown = [
        m
        for m in names
        if m not in edition.countermeasures or edition.countermeasures[m].effort not in edition.efforts
    ]
    if unknown:
        raise ValueError(f"not of {edition.id}, or without a cost: {', '.join(sorted(unknown))}")
    return round(sum(edition.efforts[edition.countermeasures[m].effort].money.mid for m in names), 6)


def _placed(ground: Ground, answers: Answers) -> dict[str, bool]:
    """Dilemmas of which enough is known to say a level."""
    found = (placement(ground.edition, ground.scores, 0, d, answers) for d in ground.dilemmas)
    return {p.dilemma: p.stated is not Stated.NOT_PLACED for p in found}


# --- switching a measure --------------------------------------------------------------------------------


def switched(
    edition: Edition, open_: Available, measures: Sequence[str], measure: str, *, on: bool
) -> tuple[str, ...]:
    """The measures after one was switched, in the order of the edition.

    With a measure comes what has to be done before it, and goes what may not be done beside it; without it
    goes what needs it first.
    """
    chosen = set(measures)
    if not on:
        return _in_order(edition, _without(open_, chosen, measure))
    new = _needed(open_, measure) - chosen
    for other in sorted(chosen):
        if any(_apart(edition, one, other) for one in new):
            chosen = _without(open_, chosen, other)
    return _in_order(edition, chosen | new)


def _needed(open_: Available, measure: str) -> set[str]:
    return {measure}.union(*(_needed(open_, first) for first in open_.after.get(measure, ())))


def _without(open_: Available, chosen: set[str], measure: str) -> set[str]:
    rest = chosen - {measure}
    for other in sorted(rest):
        if other in rest and measure in open_.after.get(other, ()):
            rest = _without(open_, rest, other)
    return rest


def _apart(edition: Edition, one: str, other: str) -> bool:
    """Whether two measures may not be done together."""
    pairs = ((one, other), (other, one))
    return any(a in edition.effects and b in edition.effects[a].excludes for a, b in pairs)


def _in_order(edition: Edition, chosen: set[str]) -> tuple[str, ...]:
    return tuple(m for m in edition.countermeasures if m in chosen)


# --- moving an answer -----------------------------------------------------------------------------------


def moved(edition: Edition, answers: Answers, field: str, value: Reply, held: Keeps) -> dict[str, Reply]:
    """The replies that differ once one answer is moved: its own, and those that have to move along.

    In a split the rest is shared out anew: by SHARE in proportion, by AMOUNT from the largest others only.
    Of amounts that are added up, SHARE moves the other parts and the own parts in the same proportion; AMOUNT
    leaves them as they are. Raises `KeyError` for a field the edition does not have.
    """
    if edition.question[edition.fields[field].question].kind is Kind.SPLIT:
        along = _rest_of_split(edition, answers, field, value, held)
    elif held is Keeps.SHARE:
        along = _in_proportion(edition, answers, field, value)
    else:
        along = {}
    return {name: r for name, r in {field: value, **along}.items() if r != answers.reply(name)}


def _rest_of_split(
    edition: Edition, answers: Answers, field: str, value: Reply, held: Keeps
) -> Mapping[str, Reply]:
    """What is left of 100 among the other shares; nothing where one of them is not known."""
    new = _number(value)
    others = {name: _number(answers.reply(name)) for name in beside(edition, field)}
    known = {name: share for name, share in others.items() if share is not None}
    if new is None or len(known) < len(others) or not 0 <= new <= WHOLE:
        return {}
    share_out = _evenly if held is Keeps.SHARE else _from_the_largest
    return {name: Answered(share) for name, share in share_out(known, WHOLE - new).items()}


def _evenly(shares: Mapping[str, Decimal], left: Decimal) -> dict[str, Decimal]:
    """The shares in their proportion to one another, alike if all were 0; the largest takes the rounding."""
    total = sum(shares.values(), Decimal(0))
    parts = {
        name: (left * share / total if total else left / len(shares)).quantize(TENTH, ROUND_HALF_UP)
        for name, share in shares.items()
    }
    largest = max(parts, key=lambda name: parts[name])
    parts[largest] += left - sum(parts.values(), Decimal(0))
    return parts


def _from_the_largest(shares: Mapping[str, Decimal], left: Decimal) -> dict[str, Decimal]:
    """As many shares as can be stay what they are: the largest gives or takes, then the next."""
    parts, short = dict(shares), left - sum(shares.values(), Decimal(0))
    for name in sorted(shares, key=lambda n: -shares[n]):
        step = max(short, -parts[name])
        parts[name] += step
        short -= step
    return parts


def _in_proportion(edition: Edition, answers: Answers, field: str, value: Reply) -> Mapping[str, Reply]:
    old, new = _number(answers.reply(field)), _number(value)
    if old is None or new is None or old <= 0 or new < 0:
        return {}
    scaled = {name: _times(edition, name, answers.reply(name), new / old) for name in beside(edition, field)}
    return {name: reply for name, reply in scaled.items() if reply is not None}


def _times(edition: Edition, name: str, reply: Reply, factor: Decimal) -> Reply | None:
    cell = edition.fields[name].cell
    if not isinstance(cell, NumberCell):
        return None
    if isinstance(reply, Between):
        return Between(_written(cell, reply.low * factor), _written(cell, reply.high * factor))
    number = _number(reply)
    return None if number is None else Answered(_written(cell, number * factor))


def _written(cell: NumberCell, number: Decimal) -> Decimal:
    """A number that moved along, as a person would write it, within the limits of its field."""
    _, most = number_limits(cell)
    rounded = Decimal(f"{number:.{SIGNIFICANT}g}") if number else number
    whole = rounded.to_integral_value(ROUND_HALF_UP) if cell.integer else rounded
    return whole if most is None else min(whole, Decimal(str(most)))


def _number(reply: Reply) -> Decimal | None:
    return reply.value if isinstance(reply, Answered) and isinstance(reply.value, Decimal) else None
