"""The recommended measures over the months after the report date."""

from __future__ import annotations

import math

from assessment.charts import marks
from assessment.charts.labels import estimated_width, wrapped
from assessment.charts.marks import Row, Scale
from assessment.charts.placement import footing
from assessment.charts.rows import above, backed, beside, moved
from assessment.charts.style import BLUE, GREY, LIGHT_BLUE, NAVY, Style
from assessment.report.document import PlanTimeline

KIND_COLOURS = {"quick": LIGHT_BLUE, "build": BLUE, "strategic": NAVY}
GAP = 5


def plan_timeline(figure: PlanTimeline, width: float, style: Style) -> marks.Sheet:
    """One bar a measure from start to end; its kind is written at the bar's end and shown by its shade."""
    months = max((bar.end for bar in figure.bars), default=12)
    step = next(size for size in (1, 3, 6, 12, 24, 60) if months / size <= 8 or size == 60)
    last = step * math.ceil(months / step)
    kind_width = max((estimated_width(bar.kind_label, style.small) for bar in figure.bars), default=0)
    end = width - kind_width - style.length(GAP + 4)
    if style.narrow:
        layout = above(width, style, [bar.label for bar in figure.bars], ())
    else:
        layout = beside(width, style, label=206, value=0, room=194, row=26)
    scale, top = Scale(0, last, layout.scale[0], end), style.length(4)
    bottom = top + layout.step * len(figure.bars)
    words: list[Row] = [
        {
            "y": layout.middle(top, place),
            "label": wrapped(bar.label, layout.label[1], style.text, most=2),
            "start": bar.start,
            "end": bar.end,
            "kind": bar.kind_label,
            "x": scale.place(bar.end) + style.length(GAP),
            "word_end": scale.place(bar.end)
            + style.length(GAP)
            + estimated_width(bar.kind_label, style.small),
            "colour": KIND_COLOURS.get(bar.kind, BLUE),
        }
        for place, bar in enumerate(figure.bars)
    ]
    rows = moved(words, layout.to_bar)
    grid = tuple(float(step * count) for count in range(last // step + 1))
    layers = [
        marks.upright(grid, scale, top, bottom),
        *backed(words, layout, width),
        marks.text(moved(words, layout.to_label), 0, "label", style),
        marks.span(rows, scale, "start", "end", thickness=style.length(11)),
        marks.backing(rows, "x", "word_end", thickness=style.length(10)),
        marks.text(rows, "x", "kind", style, small=True, colour=GREY),
        *footing(scale, grid, bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)
