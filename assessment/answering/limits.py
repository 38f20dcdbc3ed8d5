"""What one reply may be: numbers within their limits, options that exist, ranges the right way round."""

from __future__ import annotations

from decimal import Decimal

from assessment.answering.plain import plain
from assessment.model.answers import Answered, Between, Reply
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Unit
from assessment.model.problems import AnswerProblem, Severity

TOO_LARGE = Decimal(10) ** 15  # beyond this a 64-bit float no longer holds a tenth
ALONE = "none"  # the option of a multi field that excludes the others

Fault = tuple[str, dict[str, str]]  # key below `faults`, values of its placeholders


def check_reply(field: Field, reply: Reply) -> tuple[AnswerProblem, ...]:
    """Everything impossible about one reply by itself. Empty for unknown replies."""
    match reply:
        case Answered(value):
            faults = _faults_of(field, value)
        case Between(low, high):
            faults = _faults_of_range(field, low, high)
        case _:
            faults = []
    return tuple(
        AnswerProblem(f"faults.{code}", Severity.REFUSE, (field.id,), tuple(values.items()))
        for code, values in faults
    )


def number_limits(cell: NumberCell) -> tuple[float, float | None]:
    """Lowest and highest number. Unless the edition says so, none is negative and no share above 100."""
    low = 0.0 if cell.minimum is None else cell.minimum
    return low, 100.0 if cell.maximum is None and cell.unit is Unit.PERCENT else cell.maximum


def _faults_of(field: Field, value: object) -> list[Fault]:
    match field.cell:
        case NumberCell() as cell:
            return _faults_of_number(cell, value)
        case LevelCell(_, steps):
            whole = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
            fits = whole and value in range(steps)  # a Decimal 2 is in range(5), a Decimal 2.5 is not
            return [] if fits else [("no_such_level", {"high": str(steps - 1)})]
        case ChoiceCell(options, _):
            return (
                []
                if isinstance(value, str) and value in options
                else [("no_such_option", {"left": str(value)})]
            )
        case MultiCell(options, at_most):
            return _faults_of_several(options, at_most, value)


def _faults_of_number(cell: NumberCell, value: object) -> list[Fault]:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return [("no_number", {"left": str(value)})]
    number = Decimal(str(value))
    if not number.is_finite():
        return [("no_number", {"left": str(value)})]
    if abs(number) > TOO_LARGE:
        return [("too_large", {})]
    low, high = number_limits(cell)
    if number < low or (cell.exclusive and number == Decimal(low)):
        return [
            ("not_above" if cell.exclusive else "too_low", {"left": plain(float(number)), "low": plain(low)})
        ]
    if high is not None and number > high:
        return [("too_high", {"left": plain(float(number)), "high": plain(high)})]
    if cell.integer and number != number.to_integral_value():
        return [("not_whole", {"left": plain(float(number))})]
    return []


def _faults_of_range(field: Field, low: Decimal, high: Decimal) -> list[Fault]:
    if not isinstance(field.cell, (NumberCell, LevelCell)):
        return [("no_range", {})]
    ends = [fault for end in (low, high) for fault in _faults_of(field, end)]
    if ends or low <= high:
        return ends[:1]
    return [("range_reversed", {"low": plain(float(low)), "high": plain(float(high))})]


def _faults_of_several(options: tuple[str, ...], at_most: int, value: object) -> list[Fault]:
    if not isinstance(value, tuple):
        return [("no_such_option", {"left": str(value)})]
    unknown = [str(v) for v in value if v not in options]
    if unknown:
        return [("no_such_option", {"left": ", ".join(unknown)})]
    if at_most and len(set(value)) > at_most:
        return [("too_many", {"left": str(len(set(value))), "high": str(at_most)})]
    return [("none_with_others", {})] if ALONE in value and len(set(value)) > 1 else []
