"""The closed vocabulary of formulas and conditions, with rows already written out.

A formula names field ids; a condition is three-valued (true, false, unknown). Reading an edition
turns TOML into these values; `scoring` evaluates them over columns.
"""

from __future__ import annotations

from dataclasses import dataclass

# --- formulas --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    value: float


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The number or level of a field."""

    field: str


@dataclass(frozen=True, slots=True)
class Sum:
    terms: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class SumOfRows:
    """Sum over rows where a condition holds. A row that does not apply adds nothing."""

    terms: tuple[Formula, ...]
    where: tuple[Condition | None, ...]


@dataclass(frozen=True, slots=True)
class Minus:
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Times:
    factors: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Not assessable where the denominator is zero."""

    over: Formula
    under: Formula


@dataclass(frozen=True, slots=True)
class Share:
    """part / (part + rest); exact bounds although `part` stands twice."""

    part: Formula
    rest: Formula


@dataclass(frozen=True, slots=True)
class Larger:
    terms: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    terms: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """The first where it is answered, otherwise the second."""

    first: Formula
    second: Formula


@dataclass(frozen=True, slots=True)
class Points:
    """A choice turned into a number."""

    field: str
    values: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Weighted mean of shares that add up to 100: exact under that tie."""

    fields: tuple[str, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ShareOfRows:
    """Rows with `hit` among the rows with `of`."""

    hit: tuple[Condition, ...]
    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class CountOfRows:
    hit: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class HighestRow:
    """Position (1..n) of the last row that holds, 0 if none does."""

    hit: tuple[Condition, ...]


Formula = (
    Constant | FieldValue | Sum | SumOfRows | Minus | Times | Ratio | Share | Larger | Mean | Either
    | Points | Split | ShareOfRows | CountOfRows | HighestRow
)  # fmt: skip


# --- conditions ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fixed:
    """True or false whatever is answered (a row is in a list)."""

    holds: bool


@dataclass(frozen=True, slots=True)
class ChosenIn:
    """The choice is one of these options."""

    field: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """The option of a multi field is ticked."""

    field: str
    option: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A formula against a number: at_least, at_most, above, below."""

    left: Formula
    how: str
    right: float


@dataclass(frozen=True, slots=True)
class SizeIn:
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition


Condition = Fixed | ChosenIn | Ticked | Compare | SizeIn | All | Any | Not


def fields_in(node: Formula | Condition) -> tuple[str, ...]:
    """The field ids a formula or condition reads, in order, with repeats."""
    match node:
        case Constant() | Fixed() | SizeIn():
            return ()
        case FieldValue(field) | Points(field, _) | ChosenIn(field, _) | Ticked(field, _):
            return (field,)
        case Split(fields, _):
            return fields
        case Sum(terms) | Larger(terms) | Mean(terms):
            return _of(*terms)
        case SumOfRows(terms, where):
            return _of(*terms, *(c for c in where if c is not None))
        case Minus(a, b) | Ratio(a, b) | Share(a, b) | Either(a, b):
            return _of(a, b)
        case Times(factors):
            return _of(*factors)
        case ShareOfRows(hit, of):
            return _of(*hit, *of)
        case CountOfRows(hit) | HighestRow(hit):
            return _of(*hit)
        case Compare(left, _, _):
            return fields_in(left)
        case All(conditions) | Any(conditions):
            return _of(*conditions)
        case Not(condition):
            return fields_in(condition)


def _of(*nodes: Formula | Condition) -> tuple[str, ...]:
    return tuple(name for node in nodes for name in fields_in(node))


def reads_size(node: Formula | Condition) -> bool:
    """Whether the size class of the firm changes the result."""
    match node:
        case SizeIn():
            return True
        case All(cs) | Any(cs) | CountOfRows(cs) | HighestRow(cs):
            return any(reads_size(c) for c in cs)
        case Not(c):
            return reads_size(c)
        case Compare(left, _, _):
            return reads_size(left)
        case ShareOfRows(hit, of):
            return any(reads_size(c) for c in (*hit, *of))
        case SumOfRows(terms, where):
            return any(reads_size(n) for n in (*terms, *(c for c in where if c is not None)))
        case Sum(ts) | Larger(ts) | Mean(ts) | Times(ts):
            return any(reads_size(t) for t in ts)
        case Minus(a, b) | Ratio(a, b) | Share(a, b) | Either(a, b):
            return reads_size(a) or reads_size(b)
        case _:
            return False
