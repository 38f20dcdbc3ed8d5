"""The few marks all charts are made of. Rows carry `y` in chart units; `x` is a field or a fixed place.

No axes and no legends: ticks and labels are drawn as marks, so a chart is exactly as large as asked for
and nothing has to be measured to place it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessment.charts.labels import BREAK, line_count
from assessment.charts.sheet import Along, Layer, Place, Row, Scale, Sheet
from assessment.charts.style import GREY, INK, RULE, WHITE, Style

__all__ = [
    "Layer", "Row", "Scale", "Sheet", "backing", "dots", "number", "patches", "points", "shade", "sheet",
    "span", "strokes", "text", "ticks", "upright",
]  # fmt: skip
Y = Along("y")
BOTH_ENDS = {"x": Along("x"), "x2": Along("x2"), "y": Y, "y2": Along("y2")}


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
    look = {
        "align": align,
        "baseline": baseline,
        "fontSize": size,
        "lineHeight": round(size * 1.2, 2),
        "lineBreak": BREAK,
        "fontWeight": 600 if bold else 400,
        "color": colour,
    }
    place: Place = Along(x) if isinstance(x, str) else x
    return Layer("text", tuple(risen), {"x": place, "y": Y}, look, text=field)


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
    look = {"strokeWidth": thickness, "strokeDash": list(dash or []), "strokeCap": "butt"}
    places = {"x": Along(start, scale), "x2": Along(end, scale), "y": Y}
    if colour:
        return Layer("rule", tuple(rows), places, {**look, "stroke": colour})
    return Layer("rule", tuple(rows), places, look, paint="stroke")


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
    look = {"stroke": colour, "strokeWidth": thickness, "strokeDash": [3, 2.5] if dashed else []}
    rows = tuple({"x": place} for place in places)
    return Layer("rule", rows, {"x": Along("x", scale), "y": top, "y2": bottom}, look)


def shade(scale: Scale, start: float, end: float, top: float, bottom: float, colour: str) -> Layer:
    """A tinted zone of the scale."""
    places: dict[str, Place] = {"x": Along("start", scale), "x2": Along("end", scale), "y": top, "y2": bottom}
    return Layer("rect", ({"start": start, "end": end},), places, {"fill": colour, "strokeWidth": 0})


def backing(rows: Sequence[Row], start: str, end: str, *, thickness: float) -> Layer:
    """White under a word, between places in chart units, so that no grid line runs through it."""
    look = {"strokeWidth": thickness, "stroke": WHITE}
    return Layer("rule", tuple(rows), {"x": Along(start), "x2": Along(end), "y": Y}, look)


def strokes(
    rows: Sequence[Row], *, thickness: float, colour: str, dash: Sequence[float] = (), cap: str = "butt"
) -> Layer:
    """Straight lines from `x`, `y` to `x2`, `y2`, all in chart units."""
    look = {"stroke": colour, "strokeWidth": thickness, "strokeDash": list(dash), "strokeCap": cap}
    return Layer("rule", tuple(rows), BOTH_ENDS, look)


def patches(rows: Sequence[Row]) -> Layer:
    """Rectangles from `x`, `y` to `x2`, `y2` in chart units, each filled with its own `colour`."""
    return Layer("rect", tuple(rows), BOTH_ENDS, {"strokeWidth": 0}, paint="fill")


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
    look = _symbol(shape, size, colour if filled else WHITE, WHITE if filled else colour, outline)
    return Layer("point", tuple(rows), {"x": Along(field, scale), "y": Y}, look)


def dots(rows: Sequence[Row], x: str, *, size: float, colour: str, filled: bool) -> Layer:
    """Small circles at places in chart units: the steps of a level."""
    look = _symbol("circle", size, colour if filled else WHITE, colour, 0.8)
    return Layer("point", tuple(rows), {"x": Along(x), "y": Y}, look)


def _symbol(shape: str, size: float, fill: str, stroke: str, outline: float) -> dict[str, object]:
    return {
        "shape": shape,
        "size": size,
        "fill": fill,
        "stroke": stroke,
        "strokeWidth": outline,
        "opacity": 1,
    }


def ticks(scale: Scale, values: Sequence[float], y: float, style: Style) -> Layer:
    """The numbers under a scale."""
    rows = [{"x": scale.place(value), "y": y, "label": f"{abs(value):g}"} for value in values]
    return text(rows, "x", "label", style, align="center", small=True, colour=GREY)


def sheet(layers: Sequence[Layer], width: float, height: float, style: Style) -> Sheet:
    """The layers as one chart of exactly this size."""
    return Sheet(tuple(layers), width, round(height, 2), style.font)
