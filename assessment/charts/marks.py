"""The few marks all charts are made of. Rows carry `y` in chart units; `x` is a field or a fixed place.

No axes and no legends: ticks and labels are drawn as marks, so a chart is exactly as large as asked for
and nothing has to be measured to place it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from assessment.charts.labels import BREAK, line_count
from assessment.charts.style import GREY, INK, RULE, WHITE, Style

Row = Mapping[str, object]
Layer = alt.Chart


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight horizontal scale: values `low`..`high` onto places `left`..`right`."""

    low: float
    high: float
    left: float
    right: float

    def channel(self, field: str) -> alt.X:
        scale = alt.Scale(domain=[self.low, self.high], range=[self.left, self.right], nice=False, zero=False)
        return alt.X(field, type="quantitative", scale=scale, axis=None)

    def place(self, value: float) -> float:
        """Where a value stands, in chart units."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.left + share * (self.right - self.left), 3)


def _layer(rows: Sequence[Row]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=[dict(row) for row in rows]))


def _y(field: str = "y") -> alt.Y:
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def number(value: object) -> float:
    """A number of a row."""
    assert isinstance(value, float | int)
    return value


def text(
    rows: Sequence[Row],
    x: float | str,
    field: str,
    style: Style,
    *,
    align: str = "left",
    baseline: str = "middle",
    bold: bool = False,
    colour: str = INK,
    small: bool = False,
) -> Layer:
    """One label a row, at a fixed place or at the row's own place `x` (a field in chart units).

    Its middle stands at `y`. A browser puts the middle of the first line there, so on screen a label of
    several lines begins higher.
    """
    size = style.small if small else style.text
    rise = size * 0.6 if style.lines_hang else 0.0
    risen = [{**row, "y": number(row["y"]) - rise * (line_count(str(row[field])) - 1)} for row in rows]
    mark: alt.Chart = _layer(risen).mark_text(
        align=align,  # type: ignore[arg-type]
        baseline=baseline,  # type: ignore[arg-type]
        fontSize=size,
        lineHeight=round(size * 1.2, 2),
        lineBreak=BREAK,
        fontWeight=600 if bold else 400,
        color=colour,
    )
    place: Any = (
        alt.value(x) if isinstance(x, float | int) else alt.X(x, type="quantitative", scale=None, axis=None)
    )
    return mark.encode(x=place, y=_y(), text=alt.Text(field, type="nominal"))


def span(
    rows: Sequence[Row],
    scale: Scale,
    start: str,
    end: str,
    *,
    thickness: float,
    colour: str | None = None,
    dash: Sequence[float] | None = None,
) -> Layer:
    """A horizontal bar or line from `start` to `end`; without `colour` each row brings its own."""
    mark: alt.Chart = _layer(rows).mark_rule(
        strokeWidth=thickness, strokeDash=list(dash or []), strokeCap="butt"
    )
    stroke = alt.value(colour) if colour else alt.Stroke("colour", type="nominal", scale=None, legend=None)
    return mark.encode(x=scale.channel(start), x2=alt.X2(end), y=_y(), stroke=stroke)


def upright(
    places: Sequence[float],
    scale: Scale,
    top: float,
    bottom: float,
    *,
    colour: str = RULE,
    thickness: float = 0.6,
    dashed: bool = False,
) -> Layer:
    """Vertical lines at values of the scale: the light grid, or dashed thresholds."""
    mark: alt.Chart = _layer([{"x": place} for place in places]).mark_rule(
        stroke=colour, strokeWidth=thickness, strokeDash=[3, 2.5] if dashed else []
    )
    return mark.encode(x=scale.channel("x"), y=alt.value(top), y2=alt.value(bottom))


def shade(scale: Scale, start: float, end: float, top: float, bottom: float, colour: str) -> Layer:
    """A tinted zone of the scale."""
    mark: alt.Chart = _layer([{"start": start, "end": end}]).mark_rect(fill=colour, strokeWidth=0)
    return mark.encode(x=scale.channel("start"), x2=alt.X2("end"), y=alt.value(top), y2=alt.value(bottom))


def backing(rows: Sequence[Row], start: str, end: str, *, thickness: float) -> Layer:
    """White under a word, between places in chart units, so that no grid line runs through it."""
    mark: alt.Chart = _layer(rows).mark_rule(strokeWidth=thickness, stroke=WHITE)
    x = alt.X(start, type="quantitative", scale=None, axis=None)
    return mark.encode(x=x, x2=alt.X2(end), y=_y())


def strokes(
    rows: Sequence[Row], *, thickness: float, colour: str, dash: Sequence[float] = (), cap: str = "butt"
) -> Layer:
    """Straight lines from `x`, `y` to `x2`, `y2`, all in chart units."""
    mark: alt.Chart = _layer(rows).mark_rule(
        stroke=colour,
        strokeWidth=thickness,
        strokeDash=list(dash),
        strokeCap=cap,  # type: ignore[arg-type]
    )
    x = alt.X("x", type="quantitative", scale=None, axis=None)
    return mark.encode(x=x, x2=alt.X2("x2"), y=_y(), y2=alt.Y2("y2"))


def patches(rows: Sequence[Row]) -> Layer:
    """Rectangles from `x`, `y` to `x2`, `y2` in chart units, each filled with its own `colour`."""
    mark: alt.Chart = _layer(rows).mark_rect(strokeWidth=0)
    x = alt.X("x", type="quantitative", scale=None, axis=None)
    fill = alt.Fill("colour", type="nominal", scale=None, legend=None)
    return mark.encode(x=x, x2=alt.X2("x2"), y=_y(), y2=alt.Y2("y2"), fill=fill)


def points(
    rows: Sequence[Row],
    scale: Scale,
    field: str,
    *,
    shape: str,
    size: float,
    colour: str,
    filled: bool = True,
    outline: float = 0.9,
) -> Layer:
    """One symbol a row, with a white halo if filled; `size` is its area."""
    mark: alt.Chart = _layer(rows).mark_point(
        shape=shape,
        size=size,
        fill=colour if filled else WHITE,
        stroke=WHITE if filled else colour,
        strokeWidth=outline,
        opacity=1,
    )
    return mark.encode(x=scale.channel(field), y=_y())


def dots(rows: Sequence[Row], x: str, *, size: float, colour: str, filled: bool) -> Layer:
    """Small circles at places in chart units: the steps of a level."""
    mark: alt.Chart = _layer(rows).mark_point(
        shape="circle", size=size, fill=colour if filled else WHITE, stroke=colour, strokeWidth=0.8, opacity=1
    )
    return mark.encode(x=alt.X(x, type="quantitative", scale=None, axis=None), y=_y())


def ticks(scale: Scale, values: Sequence[float], y: float, style: Style) -> Layer:
    """The numbers under a scale."""
    rows = [{"x": scale.place(value), "y": y, "label": f"{abs(value):g}"} for value in values]
    return text(rows, "x", "label", style, align="center", small=True, colour=GREY)


def sheet(layers: Sequence[Layer], width: float, height: float, style: Style) -> alt.LayerChart:
    """The layers as one chart of exactly this size."""
    chart = alt.LayerChart(
        layer=list(layers), width=width, height=round(height, 2), autosize="none", padding=0
    )
    framed = chart.configure(font=style.font, background="transparent")
    done: alt.LayerChart = framed.configure_view(strokeWidth=0, fill=None)
    return done
