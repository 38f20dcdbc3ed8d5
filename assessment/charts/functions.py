"""Service functions: spend inside to the left, spend outside to the right, the set-up level beside."""

from __future__ import annotations

import math
from dataclasses import dataclass

from assessment.charts import marks
from assessment.charts.labels import wrapped
from assessment.charts.marks import Row, Scale
from assessment.charts.placement import footing
from assessment.charts.rows import moved
from assessment.charts.style import BLUE, GREY, LIGHT_BLUE, MARK_GREY, NAVY, Style
from assessment.report.document import FunctionBar, FunctionPicture

STEPS = 4  # set-up levels run from 0 to 4; each step reached is a filled dot


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of a line stand, in chart units; wide in one line, narrow in two."""

    scale: tuple[float, float]
    mode: float
    setup: float
    step: float
    upper: float = 0.0  # from the middle of a row to its name and mode
    lower: float = 0.0  # from there to its bar and set-up


def _places(width: float, style: Style) -> _Places:
    if style.narrow:
        half = style.text * 0.68
        return _Places(
            (width * 0.47, width - style.length(9)), width, style.length(3), half * 4 + 8, -half, half
        )
    left, right = style.length(126), width - style.length(186)
    return _Places((left, right), width - style.length(178), width - style.length(112), style.row(14))


def function_picture(figure: FunctionPicture, width: float, style: Style) -> marks.Sheet:
    """One line a function. Core functions bear a bold name; a function without spend shows its mode only."""
    places, top = _places(width, style), style.length(22)
    bottom = top + places.step * len(figure.bars)
    largest = max((max(bar.inside or 0, bar.outside or 0) for bar in figure.bars), default=0)
    reach, grid = nice_reach(largest)
    scale = Scale(-reach, reach, *places.scale)
    rows = [_row(bar, top + places.step * (place + 0.5), style) for place, bar in enumerate(figure.bars)]
    names, bars = moved(rows, places.upper), moved(rows, places.lower)
    core = [row for row in names if row["core"]]
    support = [row for row in names if not row["core"]]
    reached, missed = _dots(figure, top + places.lower, places.step, places.setup, style)
    dot = 26 * style.unit**2
    layers = [
        marks.upright(grid, scale, top, bottom),
        *([_behind(names, width, style)] if style.narrow and names else []),
        *([marks.text(core, 0, "label", style, bold=True)] if core else []),
        *([marks.text(support, 0, "label", style)] if support else []),
        marks.span(bars, scale, "left", "zero", thickness=style.length(9), colour=BLUE),
        marks.span(bars, scale, "zero", "right", thickness=style.length(9), colour=LIGHT_BLUE),
        marks.upright((0,), scale, top, bottom, colour=MARK_GREY, thickness=style.length(0.9)),
        marks.text(
            names,
            places.mode,
            "mode",
            style,
            small=True,
            colour=GREY,
            align="right" if style.narrow else "left",
        ),
        *([marks.dots(reached, "x", size=dot, colour=NAVY, filled=True)] if reached else []),
        *([marks.dots(missed, "x", size=dot, colour=MARK_GREY, filled=False)] if missed else []),
        marks.text(bars, places.setup + style.length(38), "setup", style, small=True),
        *_heads(figure, scale.place(0), places.setup, style),
        *footing(scale, grid, bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


def _behind(names: list[Row], width: float, style: Style) -> marks.Layer:
    """White behind name and mode, so that no line of the grid runs through them."""
    lying = [{"y": row["y"], "from": 0, "to": width} for row in names]
    return marks.backing(lying, "from", "to", thickness=style.text * 1.2)


def _heads(figure: FunctionPicture, zero: float, setup: float, style: Style) -> list[marks.Layer]:
    """What the columns show, above them."""
    heads: list[tuple[float, str, str]] = [
        (zero - style.length(6), "right", figure.inside_label),
        (zero + style.length(6), "left", figure.outside_label),
        (max(setup - style.length(3), 0), "left", figure.setup_label),
    ]
    y = style.length(9)
    return [
        marks.text([{"y": y, "label": word}], place, "label", style, align=align, bold=True, small=True)
        for place, align, word in heads
    ]


def nice_reach(largest: float) -> tuple[float, tuple[float, ...]]:
    """The end of a symmetric scale that holds `largest`, and its grid: 1, 2 or 5 times a power of ten."""
    if largest <= 0:
        return 1.0, (-1.0, 0.0, 1.0)
    power = 10.0 ** math.floor(math.log10(largest / 2))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor * 2 >= largest)
    return 2 * step, (-2 * step, -step, 0.0, step, 2 * step)


def _row(bar: FunctionBar, y: float, style: Style) -> Row:
    return {
        "y": y,
        "label": wrapped(bar.label, style.length(116), style.text, most=1),
        "mode": wrapped(bar.mode_label, style.length(64), style.small, most=1 if style.narrow else 2),
        "setup": wrapped(bar.setup_label, style.length(74), style.small, most=2),
        "core": bar.core,
        "left": -(bar.inside or 0),
        "zero": 0,
        "right": bar.outside or 0,
    }


def _dots(
    figure: FunctionPicture, top: float, step: float, left: float, style: Style
) -> tuple[list[Row], list[Row]]:
    """Filled and empty dots of all functions with a known set-up."""
    reached: list[Row] = []
    missed: list[Row] = []
    for place, bar in enumerate(figure.bars):
        if bar.setup is None:
            continue
        for dot in range(STEPS):
            spot: Row = {"x": left + style.length(8.4) * dot, "y": top + step * (place + 0.5)}
            (reached if dot < bar.setup else missed).append(spot)
    return reached, missed
