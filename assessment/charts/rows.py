"""Where the words of a row stand: beside its bar, or above it where the chart is as narrow as a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.charts import marks
from assessment.charts.labels import line_count, wrapped
from assessment.charts.marks import Layer, Row
from assessment.charts.style import Style

AIR, TRACK = 10, 21  # narrow: what keeps two rows apart, and the height of a bar with its ends, in pixels


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a chart of rows, in chart units. Wide: label, scale, value. Narrow: each as wide as all.

    `label`, `value`: left edge and width of the column; `scale`: its ends. `step`: distance of two rows.
    The offsets lead from the middle of a row to the middle of its label, value and bar.
    """

    label: tuple[float, float]
    value: tuple[float, float]
    scale: tuple[float, float]
    step: float
    to_label: float = 0.0
    to_value: float = 0.0
    to_bar: float = 0.0
    words: tuple[float, float] = (
        0.0,
        0.0,
    )  # narrow: from the middle of the row to that of its words; their height

    def middle(self, top: float, place: int) -> float:
        """The middle of a row, counted from 0."""
        return top + self.step * (place + 0.5)


def beside(width: float, style: Style, *, label: float, value: float, room: float, row: float) -> Layout:
    """The wide layout, in points. `label`, `value`: what both take from the scale; `room`: for the label."""
    left, right = style.length(label), width - style.length(value)
    return Layout((0, style.length(room)), (right, style.length(value)), (left, right), style.row(row))


def above(
    width: float, style: Style, labels: Sequence[str], values: Sequence[str], track: float = TRACK
) -> Layout:
    """The narrow layout: label, then value, then bar. All rows are as high as the one with most lines."""
    line = style.text * 1.2
    heads = max((line_count(wrapped(text, width, style.text)) for text in labels), default=1) * line
    facts = max((line_count(wrapped(text, width, style.text)) for text in values), default=0) * line
    step = round(AIR + heads + facts + track, 2)
    start = -step / 2 + AIR / 2
    edge = style.length(9)
    return Layout(
        label=(0, width),
        value=(0, width),
        scale=(edge, width - edge),
        step=step,
        to_label=round(start + heads / 2, 2),
        to_value=round(start + heads + facts / 2, 2),
        to_bar=round(start + heads + facts + track / 2, 2),
        words=(round(start + (heads + facts) / 2, 2), round(heads + facts, 2)),
    )


def moved(rows: Sequence[Row], by: float) -> list[Row]:
    """The same rows, `by` further down."""
    return [{**row, "y": marks.number(row["y"]) + by} for row in rows]


def backed(rows: Sequence[Row], layout: Layout, width: float) -> list[Layer]:
    """Narrow: white behind the words of each row, so that no line of the grid runs through them."""
    offset, height = layout.words
    lying = [{"y": row["y"], "from": 0, "to": width} for row in moved(rows, offset)]
    return [marks.backing(lying, "from", "to", thickness=height)] if height else []
