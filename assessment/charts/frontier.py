"""Cost against what is left to the goal: the sets of measures that no other set beats in both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assessment.charts import marks
from assessment.charts.callouts import Box, Callout, Spot, settle
from assessment.charts.labels import block_width, fitted, line_count
from assessment.charts.marks import Layer, Row, Scale
from assessment.charts.placement import footing
from assessment.charts.style import BLUE, GREY, MARK_GREY, NAVY, RULE, TINT, WHITE, Style
from assessment.report.document import CostFrontier, FrontierPoint

# Shape, area in square points, filled, colour: told apart without colour, and named besides.
SYMBOLS = {
    "other": ("circle", 22.0, True, BLUE),
    "nothing": ("circle", 80.0, False, NAVY),
    "runner_up": ("square", 60.0, True, BLUE),
    "plan": ("diamond", 190.0, True, NAVY),
}
HEIGHTS = (120.0, 160.0, 200.0, 240.0)  # of the plot, in points; the first in which all labels fit
STRIP = 19.0  # under the goal line, for its name
HEAD = 34.0  # over the highest point, for its name
NAMES = 126.0  # wide: the broadest name beside a point, and what is free for it right of the axis
INDENT = 13.0  # of the names under the chart
STEPS = 6  # of a scale, at most
LINE = 1.2


@dataclass(frozen=True, slots=True)
class Named:
    """A point with the words that stand beside it, broken into lines."""

    point: FrontierPoint
    label: str
    value: str

    def height(self, style: Style) -> tuple[float, float]:
        """Of its label and of its value."""
        lines = line_count(self.value) if self.value else 0
        return line_count(self.label) * style.text * LINE, lines * style.small * LINE

    def width(self, style: Style) -> float:
        # A plan's name is bold, which is a little wider than the estimate for regular type.
        return max(block_width(self.label, style.text) * 1.06, block_width(self.value, style.small))


@dataclass(frozen=True, slots=True)
class Standing:
    """Words at a place: `x` is their left end, or right one if so aligned; `top` their upper edge."""

    named: Named
    x: float
    top: float
    align: str = "left"

    def bottom(self, style: Style) -> float:
        return self.top + sum(self.named.height(style))


@dataclass(frozen=True, slots=True)
class Plot:
    """Where values stand. `down` leads from the goal upwards, so its `left` is the place of the goal."""

    across: Scale
    down: Scale

    def place(self, point: FrontierPoint) -> tuple[float, float]:
        return self.across.place(point.cost), self.down.place(point.left)


def cost_frontier(figure: CostFrontier, width: float, style: Style) -> marks.Sheet:
    """Steps down from doing nothing to the goal; the plan, its rivals and doing nothing are named beside.

    Where the names find no room beside their points, numbers stand there and the names under the chart.
    """
    title = fitted(figure.left_label, width, style.small, most=2)
    top = style.small * LINE * line_count(title) + style.length(4)
    named = [_named(point, width, style) for point in figure.points if point.label]
    plot, beside, spots = _settled(figure.points, named, (width, top), style)
    bottom = plot.down.left + style.length(STRIP)
    under = bottom + style.length(30)
    listed = [] if beside == named else _listed(named, width, under + style.length(4), style)
    layers = [
        marks.text([{"y": top / 2, "label": title}], 0, "label", style, small=True, colour=GREY),
        *_frame(figure.goal_label, plot, style),
        *_names(beside, spots, style),
        *_curve(figure.points, plot, style),
        *_symbols(figure.points, plot, style),
        *footing(plot.across, grid(plot.across.high), bottom, figure.cost_label, style),
        *_numbers(listed, style),
        *_written(listed, style),
    ]
    return marks.sheet(layers, width, max(one.bottom(style) for one in listed) if listed else under, style)


def grid(reach: float) -> tuple[float, ...]:
    """Round numbers from 0 to at least `reach`, at most seven: steps of 1, 2 or 5 times a power of ten."""
    if reach <= 0:
        return 0.0, 1.0
    power = 10.0 ** math.floor(math.log10(reach / STEPS))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor * STEPS >= reach * (1 - 1e-9))
    return tuple(step * number for number in range(math.ceil(reach / step - 1e-9) + 1))


def _named(point: FrontierPoint, width: float, style: Style) -> Named:
    room = width * 0.4 if style.narrow else style.length(NAMES)
    return Named(
        point, fitted(point.label, room, style.text, most=4), fitted(point.value_label, room, style.small, 3)
    )


def _settled(
    points: Sequence[FrontierPoint], named: Sequence[Named], size: tuple[float, float], style: Style
) -> tuple[Plot, Sequence[Named], tuple[Spot, ...]]:
    """The lowest plot in which every name has a place of its own; else every number; what has, and where."""
    numbers = [Named(one.point, f"{place}", "") for place, one in enumerate(named, 1)]
    width, top = size
    for words, strict in ((named, True), (numbers, True), (numbers, False)):
        for height in HEIGHTS:
            plot = _plot(points, width, top + style.length(HEAD), style.row(height), style)
            room = Box(plot.across.left + 2, top, width, plot.down.left - 2)
            callouts = [_callout(one, plot, style) for one in words]
            # Many points on one heap may leave numbers no place; then they may stand on points and lines.
            spots = settle(callouts, _marked(points, plot, style), room, strict=strict)
            if spots is not None:
                return plot, words, spots
    raise ValueError(f"no room for the numbers of {len(named)} points in {width:g}")


def _marked(points: Sequence[FrontierPoint], plot: Plot, style: Style) -> list[Box]:
    """What symbols and steps cover."""
    steps = [
        Box(min(x, x2) - 1, min(y, y2) - 1, max(x, x2) + 1, max(y, y2) + 1)
        for x, y, x2, y2 in _steps(points, plot)
    ]
    return [*(_around(point, plot, style) for point in points), *steps]


def _listed(named: Sequence[Named], width: float, top: float, style: Style) -> list[Standing]:
    """The names with their values under the chart, two beside one another; on a phone one."""
    beside = 1 if style.narrow else 2
    across, left = width / beside, style.length(INDENT)
    lines: list[Standing] = []
    for first in range(0, len(named), beside):
        line = [
            Standing(_within(one, across - left - style.length(8), style), place * across + left, top)
            for place, one in enumerate(named[first : first + beside])
        ]
        lines += line
        top = max(one.bottom(style) for one in line) + style.length(5)
    return lines


def _within(one: Named, room: float, style: Style) -> Named:
    label = fitted(one.point.label, room, style.text, most=3)
    return Named(one.point, label, fitted(one.point.value_label, room, style.small, most=2))


def _plot(points: Sequence[FrontierPoint], width: float, top: float, height: float, style: Style) -> Plot:
    costs, lefts = (
        grid(max((p.cost for p in points), default=0)),
        grid(max((p.left for p in points), default=0)),
    )
    right = width - style.length(12 if style.narrow else NAMES)
    return Plot(
        Scale(0, costs[-1], style.length(30), right), Scale(0, lefts[-1], round(top + height, 2), top)
    )


def _reach(point: FrontierPoint, style: Style) -> float:
    """How far the symbol of a point reaches from its middle."""
    return style.unit * math.sqrt(SYMBOLS.get(point.kind, SYMBOLS["other"])[1]) / 2 + 1


def _around(point: FrontierPoint, plot: Plot, style: Style) -> Box:
    (x, y), far = plot.place(point), _reach(point, style)
    return Box(x - far, y - far, x + far, y + far)


def _callout(named: Named, plot: Plot, style: Style) -> Callout:
    x, y = plot.place(named.point)
    return Callout(x, y, named.width(style), sum(named.height(style)), _reach(named.point, style))


def _steps(points: Sequence[FrontierPoint], plot: Plot) -> list[tuple[float, float, float, float]]:
    """Level until the next set can be paid, then down to what it leaves."""
    places = sorted(plot.place(point) for point in points)
    lines = []
    for (x, y), (x2, y2) in pairwise(places):
        lines += [(x, y, x2, y), (x2, y, x2, y2)]
    return lines


def _curve(points: Sequence[FrontierPoint], plot: Plot, style: Style) -> list[Layer]:
    rows: list[Row] = [{"x": x, "y": y, "x2": x2, "y2": y2} for x, y, x2, y2 in _steps(points, plot)]
    return [marks.strokes(rows, thickness=style.length(1.2), colour=BLUE, cap="square")] if rows else []


def _frame(goal_label: str, plot: Plot, style: Style) -> list[Layer]:
    """The grid with its numbers, the line of the goal, and the goal's name under it."""
    goal, (left, right) = plot.down.left, (plot.across.left, plot.across.right)
    levels = [(value, plot.down.place(value)) for value in grid(plot.down.high)]
    rows: list[Row] = [{"x": left, "x2": right, "y": y, "y2": y} for value, y in levels if value]
    numbers: list[Row] = [{"y": y, "label": f"{value:g}"} for value, y in levels]
    bottom = goal + style.length(STRIP)
    strip: list[Row] = [{"x": left, "x2": right, "y": goal, "y2": bottom, "colour": TINT}]
    name = fitted(goal_label, right - left - style.length(8), style.small, most=1)
    return [
        marks.patches(strip),
        *([marks.strokes(rows, thickness=0.6, colour=RULE)] if rows else []),
        marks.strokes(
            [{"x": left, "x2": right, "y": goal, "y2": goal}], thickness=style.length(1.2), colour=NAVY
        ),
        marks.text(numbers, left - style.length(8), "label", style, align="right", small=True, colour=GREY),
        marks.text([{"y": goal + style.length(STRIP * 0.58), "label": name}],
                   left + style.length(4), "label", style, bold=True, small=True, colour=NAVY),
    ]  # fmt: skip


def _symbols(points: Sequence[FrontierPoint], plot: Plot, style: Style) -> list[Layer]:
    layers = []
    for kind, (shape, size, filled, colour) in SYMBOLS.items():
        rows: list[Row] = [
            {"cost": point.cost, "y": plot.place(point)[1]}
            for point in points
            if (point.kind if point.kind in SYMBOLS else "other") == kind
        ]
        if rows:
            area = size * style.unit**2
            layers.append(
                marks.points(rows, plot.across, "cost", shape=shape, size=area, colour=colour, filled=filled)
            )
    return layers


def _names(named: Sequence[Named], spots: Sequence[Spot], style: Style) -> list[Layer]:
    """Each point's words in their box on white, and a thin line to it where it is not close by."""
    far: list[Row] = [
        dict(zip(("x", "y", "x2", "y2"), spot.leader(), strict=True))
        for spot in spots
        if spot.distance > style.length(8)
    ]
    standing = []
    for one, spot in zip(named, spots, strict=True):
        ends = spot.box.right <= spot.callout.x
        x, align = (spot.box.right, "right") if ends else (spot.box.left, "left")
        standing.append(Standing(one, x, spot.box.top, align))
    behind: list[Row] = [
        {"x": box.left, "x2": box.right, "y": box.top, "y2": box.bottom, "colour": WHITE}
        for box in (spot.box for spot in spots)
    ]
    ground = [marks.patches(behind)] if behind else []
    leaders = [marks.strokes(far, thickness=style.length(0.7), colour=MARK_GREY)] if far else []
    return [*ground, *leaders, *_written(standing, style)]


def _numbers(listed: Sequence[Standing], style: Style) -> list[Layer]:
    rows: list[Row] = [
        {
            "x": one.x - style.length(INDENT),
            "y": one.top + style.text * LINE / 2,
            "label": f"{place}",
        }
        for place, one in enumerate(listed, 1)
    ]
    return [marks.text(rows, "x", "label", style, bold=True)] if rows else []


def _written(standing: Sequence[Standing], style: Style) -> list[Layer]:
    """Labels over values, the plan's label bold."""
    layers: list[Layer] = []
    for one in standing:
        label, value = one.named.height(style)
        bold = one.named.point.kind == "plan" or not one.named.value
        row: Row = {"x": one.x, "y": one.top + label / 2, "label": one.named.label}
        layers.append(marks.text([row], "x", "label", style, align=one.align, bold=bold))
        if one.named.value:
            row = {"x": one.x, "y": one.top + label + value / 2, "label": one.named.value}
            layers.append(marks.text([row], "x", "label", style, align=one.align, small=True, colour=GREY))
    return layers
