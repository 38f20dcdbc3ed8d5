"""What drives one dilemma: severity bars with their ranges, heaviest contribution first."""

from __future__ import annotations

from assessment.charts import marks
from assessment.charts.labels import wrapped
from assessment.charts.marks import Row, Scale
from assessment.charts.placement import footing
from assessment.charts.rows import above, backed, beside, moved
from assessment.charts.style import INK, MARK_GREY, TONE_COLOURS, Style
from assessment.report.document import DriverBars

CUTS = (25.0, 50.0, 75.0)


def driver_bars(figure: DriverBars, width: float, style: Style) -> marks.Sheet:
    """One bar a component from 0 to its severity; a thin line shows the range of an unsure answer."""
    if style.narrow:
        layout = above(width, style, [b.label for b in figure.bars], [b.value_label for b in figure.bars])
    else:
        layout = beside(width, style, label=168, value=112, room=156, row=27)
    scale, top = Scale(0, 100, *layout.scale), style.length(4)
    bottom = top + layout.step * len(figure.bars)
    value = width if style.narrow else style.length(104)
    words: list[Row] = [
        {
            "y": layout.middle(top, place),
            "label": wrapped(bar.label, layout.label[1], style.text, most=2),
            "value": wrapped(bar.value_label, value, style.text, most=2),
            "low": bar.low,
            "high": bar.high,
            "severity": bar.severity,
            "zero": 0,
            "colour": TONE_COLOURS[bar.level],
        }
        for place, bar in enumerate(figure.bars)
    ]
    rows = moved(words, layout.to_bar)
    known = [row for row in rows if row["severity"] is not None]
    unsure = [row for row in known if row["low"] != row["high"]]
    unknown = [row for row in rows if row["severity"] is None]
    dash = (style.length(3), style.length(3))
    thin = style.length(1.4)
    layers = [
        marks.upright((0, 100), scale, top, bottom),
        marks.upright(CUTS, scale, top, bottom, colour=MARK_GREY, dashed=True),
        *backed(words, layout, width),
        marks.text(moved(words, layout.to_label), 0, "label", style),
        *([marks.span(known, scale, "zero", "severity", thickness=style.length(12))] if known else []),
        *([marks.span(unsure, scale, "low", "high", thickness=thin, colour=INK)] if unsure else []),
        *(
            [marks.span(unknown, scale, "low", "high", thickness=thin, colour=MARK_GREY, dash=dash)]
            if unknown
            else []
        ),
        marks.text(moved(words, layout.to_value), width - value, "value", style),
        *footing(scale, (0, *CUTS, 100), bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)
