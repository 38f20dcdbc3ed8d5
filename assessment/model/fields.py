"""Questions and their fields. A field is the smallest thing that is answered and stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assessment.model.formulas import Condition


class Unit(StrEnum):
    """What a number counts. Money is in the currency and unit the firm chose once."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    FTE = "fte"
    DAYS = "days"
    HOURS = "hours"
    YEAR = "year"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number, or a range low-high. `exclusive`: the minimum itself is refused."""

    unit: Unit
    minimum: float | None = None
    maximum: float | None = None
    exclusive: bool = False
    integer: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceCell:
    """One of several options. `default` is what an untouched tick means; never used for amounts."""

    options: tuple[str, ...]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class MultiCell:
    """Several of several options, at most `at_most` (0: no limit)."""

    options: tuple[str, ...]
    at_most: int = 0


@dataclass(frozen=True, slots=True)
class LevelCell:
    """A step 0..steps-1 of a named scale with one description a step."""

    scale: str
    steps: int


Cell = NumberCell | ChoiceCell | MultiCell | LevelCell


class Kind(StrEnum):
    """How the fields of a question hang together on the page."""

    NUMBER = "number"
    CHOICE = "choice"
    MULTI = "multi"
    LEVEL = "level"
    SPLIT = "split"
    ROWS = "rows"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Field:
    """One stored answer. `not_asked_value`: what it stands for when another answer makes it moot."""

    id: str
    question: str
    cell: Cell
    part: str = ""
    row: str = ""
    column: str = ""
    asked_when: Condition | None = None
    not_asked_value: float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the firm sees it, with the fields it stores."""

    id: str
    section: str
    kind: Kind
    fields: tuple[Field, ...]
    quick: bool = False
    required: bool = False
    estimate: bool = False
    source: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    row_list: str = ""
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    tolerance: float = 1.0
    extra: Mapping[str, str] = field(default_factory=dict)
