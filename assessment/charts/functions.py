"""Service functions: spend inside to the left, spend outside to the right, the set-up level beside."""

from __future__ import annotations

import math

import altair as alt

from assessment.charts import marks
from assessment.charts.labels import wrapped
from assessment.charts.marks import Row, Scale
from assessment.charts.placement import footing
from assessment.charts.style import BLUE, GREY, LIGHT_BLUE, MARK_GREY, NAVY, Style
from assessment.report.document import FunctionBar, FunctionPicture

STEPS = 4  # set-up levels run from 0 to 4; each step reached is a filled dot


def function_picture(figure: FunctionPicture, width: float, style: Style) -> alt.LayerChart:
    """One line a function. Core functions bear a bold name; a function without spend shows its mode only."""
    top, step = style.length(22), style.row(19)
    bottom = top + step * len(figure.bars)
    largest = max((max(bar.inside or 0, bar.outside or 0) for bar in figure.bars), default=0)
    reach, grid = nice_reach(largest)
    scale = Scale(-reach, reach, style.length(126), width - style.length(186))
    rows = [_row(bar, top + step * (place + 0.5), style) for place, bar in enumerate(figure.bars)]
    core = [row for row in rows if row["core"]]
    support = [row for row in rows if not row["core"]]
    mode, setup = width - style.length(178), width - style.length(112)
    reached, missed = _dots(figure, top, step, setup, style)
    dot = 26 * style.unit**2
    heads: list[tuple[float, str, str]] = [
        (scale.place(0) - style.length(6), "right", figure.inside_label),
        (scale.place(0) + style.length(6), "left", figure.outside_label),
        (setup - style.length(3), "left", figure.setup_label),
    ]
    layers = [
        marks.upright(grid, scale, top, bottom),
        *([marks.text(core, 0, "label", style, bold=True)] if core else []),
        *([marks.text(support, 0, "label", style)] if support else []),
        marks.span(rows, scale, "left", "zero", thickness=style.length(9), colour=BLUE),
        marks.span(rows, scale, "zero", "right", thickness=style.length(9), colour=LIGHT_BLUE),
        marks.upright((0,), scale, top, bottom, colour=MARK_GREY, thickness=style.length(0.9)),
        marks.text(rows, mode, "mode", style, small=True, colour=GREY),
        *([marks.dots(reached, "x", size=dot, colour=NAVY, filled=True)] if reached else []),
        *([marks.dots(missed, "x", size=dot, colour=MARK_GREY, filled=False)] if missed else []),
        marks.text(rows, setup + style.length(38), "setup", style, small=True),
        *(
            marks.text(
                [{"y": style.length(9), "label": word}],
                place,
                "label",
                style,
                align=align,
                bold=True,
                small=True,
            )
            for place, align, word in heads
        ),
        *footing(scale, grid, bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


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
        "mode": wrapped(bar.mode_label, style.length(64), style.small, most=2),
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
