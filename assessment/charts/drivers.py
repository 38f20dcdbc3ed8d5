"""What drives one dilemma: severity bars with their ranges, heaviest contribution first."""

from __future__ import annotations

import altair as alt

from assessment.charts import marks
from assessment.charts.labels import wrapped
from assessment.charts.marks import Row, Scale
from assessment.charts.placement import footing
from assessment.charts.style import INK, MARK_GREY, TONE_COLOURS, Style
from assessment.report.document import DriverBars

CUTS = (25.0, 50.0, 75.0)


def driver_bars(figure: DriverBars, width: float, style: Style) -> alt.LayerChart:
    """One bar a component from 0 to its severity; a thin line shows the range of an unsure answer."""
    scale = Scale(0, 100, style.length(168), width - style.length(112))
    top, step = style.length(4), style.row(27)
    bottom = top + step * len(figure.bars)
    rows: list[Row] = [
        {
            "y": top + step * (place + 0.5),
            "label": wrapped(bar.label, style.length(156), style.text, most=2),
            "value": wrapped(bar.value_label, style.length(104), style.text, most=2),
            "low": bar.low,
            "high": bar.high,
            "severity": bar.severity,
            "zero": 0,
            "colour": TONE_COLOURS[bar.level],
        }
        for place, bar in enumerate(figure.bars)
    ]
    known = [row for row in rows if row["severity"] is not None]
    unsure = [row for row in known if row["low"] != row["high"]]
    unknown = [row for row in rows if row["severity"] is None]
    dash = (style.length(3), style.length(3))
    thin = style.length(1.4)
    layers = [
        marks.upright((0, 100), scale, top, bottom),
        marks.upright(CUTS, scale, top, bottom, colour=MARK_GREY, dashed=True),
        marks.text(rows, 0, "label", style),
        *([marks.span(known, scale, "zero", "severity", thickness=style.length(12))] if known else []),
        *([marks.span(unsure, scale, "low", "high", thickness=thin, colour=INK)] if unsure else []),
        *(
            [marks.span(unknown, scale, "low", "high", thickness=thin, colour=MARK_GREY, dash=dash)]
            if unknown
            else []
        ),
        marks.text(rows, width - style.length(104), "value", style),
        *footing(scale, (0, *CUTS, 100), bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)
