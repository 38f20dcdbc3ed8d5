"""The questions of a workshop: how far apart people were, and how much hung on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from assessment.charts import marks
from assessment.charts.callouts import Box, Callout, Spot, settle
from assessment.charts.frontier import grid
from assessment.charts.labels import block_width, estimated_width, fitted
from assessment.charts.marks import Layer, Row, Scale
from assessment.charts.placement import footing
from assessment.charts.style import GREY, INK, MARK_GREY, NAVY, RED, RULE, Style
from assessment.report.document import AgreementMap, AgreementPoint

# Shape, area in square points, filled, colour: told apart without colour; the last is drawn first.
SYMBOLS: Final = {
    "settled": ("circle", 80.0, True, NAVY),
    "parked": ("square", 76.0, False, NAVY),
    "open": ("diamond", 130.0, True, RED),
    "other": ("circle", 26.0, False, MARK_GREY),
}
HEIGHT: Final = 120.0  # of the plot, in points
LINE: Final = 1.2
APART: Final = (0.0, 25.0, 50.0, 75.0, 100.0)


def agreement_map(figure: AgreementMap, width: float, style: Style) -> marks.Sheet:
    """Right: far apart. Up: much hangs on it. A number leads to the row of the table."""
    across = Scale(APART[0], APART[-1], style.length(30), width - style.length(16))
    legend, top = _legend(figure.kinds, width, across, style)
    title = fitted(figure.points_label, width, style.small, most=2)
    lines = title.count("\n") + 1
    title_y = top + lines * style.small * LINE / 2
    top += lines * style.small * LINE + style.length(9)
    bottom = top + style.row(HEIGHT)
    reach = grid(max((p.points for p in figure.points), default=0.0))
    up = Scale(0, reach[-1], round(bottom, 2), round(top, 2))
    layers = [
        *legend,
        marks.text([{"y": title_y, "label": title}], 0, "label", style, small=True, colour=GREY),
        *_frame(reach, across, up, style),
        *_symbols(figure.points, across, up, style),
        *_numbers(figure.points, across, up, (width, top), style),
        *footing(across, APART, bottom, figure.apart_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


def _legend(
    kinds: Sequence[tuple[str, str]], width: float, across: Scale, style: Style
) -> tuple[list[Layer], float]:
    """Each kind's symbol with its word, in as many lines as needed; and where the next thing begins.

    A chart on screen has one scale along each edge, so the symbols stand on that of the plot.
    """
    layers: list[Layer] = []
    x, y, line = style.length(7), style.length(8), style.text * 1.7
    for kind, word in kinds:
        wide = style.length(11) + estimated_width(word, style.text) + style.length(16)
        if x > style.length(7) and x + wide - style.length(16) > width:
            x, y = style.length(7), y + line
        layers += _symbol(kind, [{"apart": _value(x, across), "y": y}], across, style)
        layers.append(marks.text([{"y": y, "label": word}], x + style.length(11), "label", style))
        x += wide
    return layers, y + line * 0.75 if kinds else 0.0


def _value(x: float, scale: Scale) -> float:
    """What would stand at a place; beyond the ends of the scale too."""
    return scale.low + (x - scale.left) / (scale.right - scale.left) * (scale.high - scale.low)


def _symbol(kind: str, rows: Sequence[Row], scale: Scale, style: Style) -> list[Layer]:
    shape, area, filled, colour = SYMBOLS[kind]
    size, line = area * style.unit**2, style.length(1.3)
    return [
        marks.points(
            rows, scale, "apart", shape=shape, size=size, colour=colour, filled=filled, outline=line
        )
    ]  # fmt: skip


def _frame(reach: Sequence[float], across: Scale, up: Scale, style: Style) -> list[Layer]:
    """The grid with the points at its left."""
    levels: list[Row] = [
        {"x": across.left, "x2": across.right, "y": up.place(v), "y2": up.place(v)} for v in reach
    ]
    numbers: list[Row] = [{"y": up.place(v), "label": f"{v:g}"} for v in reach]
    left = across.left - style.length(8)
    return [
        marks.upright(APART, across, up.right, up.left),
        marks.strokes(levels, thickness=0.6, colour=RULE),
        marks.text(numbers, left, "label", style, align="right", small=True, colour=GREY),
    ]


def _symbols(points: Sequence[AgreementPoint], across: Scale, up: Scale, style: Style) -> list[Layer]:
    layers: list[Layer] = []
    for kind in reversed(SYMBOLS):
        rows: list[Row] = [{"apart": p.apart, "y": up.place(p.points)} for p in points if p.kind == kind]
        layers += _symbol(kind, rows, across, style) if rows else []
    return layers


def _numbers(
    points: Sequence[AgreementPoint], across: Scale, up: Scale, size: tuple[float, float], style: Style
) -> list[Layer]:
    """Each named point's number close by, off the symbols and the other numbers where there is room."""
    covered = [_around(p, across, up, style) for p in points]
    room = Box(across.left + 1, size[1] - style.length(12), size[0], up.left - 1)
    spots: list[Spot] = []
    rows: list[Row] = []
    for point in (p for p in points if p.number):
        taken = [*covered, *(spot.box for spot in spots)]
        callout = _callout(point, across, up, style)
        found = settle([callout], taken, room) or settle([callout], taken, room, strict=False)
        for spot in found or ():
            spots.append(spot)
            middle = (spot.box.top + spot.box.bottom) / 2
            rows.append({"x": spot.box.left, "y": middle, "label": f"{point.number}"})
    far: list[Row] = [
        dict(zip(("x", "y", "x2", "y2"), spot.leader(), strict=True))
        for spot in spots
        if spot.distance > style.length(8)
    ]
    leaders = [marks.strokes(far, thickness=style.length(0.7), colour=MARK_GREY)] if far else []
    return [*leaders, *([marks.text(rows, "x", "label", style, bold=True, colour=INK)] if rows else [])]


def _reach(point: AgreementPoint, style: Style) -> float:
    return style.unit * math.sqrt(SYMBOLS[point.kind][1]) / 2 + 1


def _around(point: AgreementPoint, across: Scale, up: Scale, style: Style) -> Box:
    x, y, far = across.place(point.apart), up.place(point.points), _reach(point, style)
    return Box(x - far, y - far, x + far, y + far)


def _callout(point: AgreementPoint, across: Scale, up: Scale, style: Style) -> Callout:
    label = f"{point.number}"
    x, y = across.place(point.apart), up.place(point.points)
    return Callout(x, y, block_width(label, style.text) * 1.06, style.text, _reach(point, style))
