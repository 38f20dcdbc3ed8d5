"""A chart before anything draws it: marks with their rows on a sheet of exactly one size.

The screen's chart is made from it by Altair, paper draws it as it is. Units: points on paper, else pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: values `low`..`high` onto places `left`..`right`."""

    low: float
    high: float
    left: float
    right: float

    def place(self, value: float) -> float:
        """Where a value stands, in chart units."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.left + share * (self.right - self.left), 3)


@dataclass(frozen=True, slots=True)
class Along:
    """A place that each row brings: a field in chart units, or in units of `scale`."""

    field: str
    scale: Scale | None = None


Place = float | Along


@dataclass(frozen=True, slots=True)
class Layer:
    """Marks of one kind, one a row. `look`: properties of the mark as Vega-Lite names them.

    `places`: x, y and, where a mark has a second end, x2, y2. `text`: the field of a label. `paint`: the
    property that takes its colour from the field `colour` of each row.
    """

    mark: str  # text | rule | rect | point
    rows: tuple[Row, ...]
    places: Mapping[str, Place]
    look: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    paint: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All layers, the lowest first. `font`: names of families, the first one that is there counts."""

    layers: Sequence[Layer]
    width: float
    height: float
    font: str
