"""The dilemmas on one severity scale, and the trends on one position scale."""

from __future__ import annotations

import altair as alt

from assessment.charts import marks
from assessment.charts.labels import wrapped
from assessment.charts.marks import Layer, Row, Scale
from assessment.charts.style import (
    GREY,
    MARK_GREY,
    NAVY,
    PALE_RED,
    RED,
    RULE,
    TINT,
    TONE_COLOURS,
    WARM_TINT,
    Style,
)  # fmt: skip
from assessment.report.document import PlacementMap, TrendPositions

FULL = (0.0, 100.0)


def placement_map(figure: PlacementMap, width: float, style: Style) -> alt.LayerChart:
    """Three intervals with the firm's diamond, between dashed cuts; level words above the zones."""
    scale = Scale(*FULL, style.length(132), width - style.length(88))
    top, step = style.length(20), style.row(42)
    bottom = top + step * len(figure.bars)
    rows: list[Row] = [
        {
            "y": top + step * (place + 0.5),
            "label": wrapped(bar.label, style.length(122), style.text),
            "low": bar.low,
            "high": bar.high,
            "point": bar.point,
            "value": bar.value_label,
            "level": bar.level_label,
            "colour": TONE_COLOURS[bar.level],
        }
        for place, bar in enumerate(figure.bars)
    ]
    value_left = width - style.length(78)
    upper = [{**row, "y": _y(row) - style.text * 0.62} for row in rows]
    lower = [{**row, "y": _y(row) + style.text * 0.62} for row in rows]
    layers = [
        *_zones(figure, scale, top, bottom, style),
        marks.text(rows, 0, "label", style, bold=True),
        *intervals(rows, scale, style, thickness=7, size=130),
        marks.text(upper, value_left, "value", style, bold=True, colour=RED),
        marks.text(lower, value_left, "level", style, bold=True),
        *footing(scale, (0, *figure.cuts, 100), bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


def trend_positions(figure: TrendPositions, width: float, style: Style) -> alt.LayerChart:
    """One line a trend: light track, interval, the firm's diamond; end words above the scale."""
    scale = Scale(*FULL, style.length(178), width - style.length(88))
    top, step = style.length(20), style.row(25)
    bottom = top + step * len(figure.bars)
    rows: list[Row] = [
        {
            "y": top + step * (place + 0.5),
            "label": wrapped(bar.label, style.length(166), style.text, most=2),
            "low": bar.low,
            "high": bar.high,
            "point": bar.point,
            "value": wrapped(bar.value_label, style.length(78), style.text, most=2),
            "start": 0,
            "end": 100,
        }
        for place, bar in enumerate(figure.bars)
    ]
    ends: list[tuple[float, str, str]] = [
        (scale.left, "left", figure.low_label),
        (scale.right, "right", figure.high_label),
    ]
    layers = [
        marks.upright((0, 50, 100), scale, top, bottom),
        marks.span(rows, scale, "start", "end", thickness=style.length(0.8), colour=RULE),
        marks.text(rows, 0, "label", style),
        *intervals(rows, scale, style, thickness=6, size=95),
        marks.text(rows, width - style.length(78), "value", style),
        *(
            marks.text(
                [{"y": style.length(8), "label": word}],
                place,
                "label",
                style,
                align=align,
                bold=True,
                colour=GREY,
            )
            for place, align, word in ends
        ),
        *footing(scale, (0, 50, 100), bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


def intervals(rows: list[Row], scale: Scale, style: Style, *, thickness: float, size: float) -> list[Layer]:
    """Known places: pale band and red diamond. Unknown ones: a dashed grey line over what is possible."""
    known = [row for row in rows if row["point"] is not None]
    unknown = [row for row in rows if row["point"] is None]
    layers = []
    if unknown:
        dash = (style.length(3), style.length(3))
        layers.append(
            marks.span(
                unknown, scale, "low", "high", thickness=style.length(1.4), colour=MARK_GREY, dash=dash
            )
        )
    if known:
        layers.append(
            marks.span(known, scale, "low", "high", thickness=style.length(thickness), colour=PALE_RED)
        )
        area = size * style.unit**2
        layers.append(marks.points(known, scale, "point", shape="diamond", size=area, colour=RED))
    return layers


def _zones(figure: PlacementMap, scale: Scale, top: float, bottom: float, style: Style) -> list[Layer]:
    edges = (0.0, *figure.cuts, 100.0)
    zones = list(zip(edges, edges[1:], figure.level_labels, strict=False))
    tints = (None, TINT, None, WARM_TINT)
    shades = [
        marks.shade(scale, low, high, top, bottom, tint)
        for (low, high, _), tint in zip(zones, tints, strict=False)
        if tint
    ]
    words: list[Row] = [
        {"x": scale.place((low + high) / 2), "y": style.length(9), "label": word} for low, high, word in zones
    ]
    return [
        *shades,
        marks.upright((0, 100), scale, top, bottom),
        marks.upright(
            figure.cuts, scale, top, bottom, colour=MARK_GREY, thickness=style.length(0.9), dashed=True
        ),
        marks.text(words, "x", "label", style, align="center", bold=True, colour=NAVY, small=True),
    ]


def footing(scale: Scale, values: tuple[float, ...], bottom: float, label: str, style: Style) -> list[Layer]:
    middle = (scale.left + scale.right) / 2
    title: list[Row] = [{"y": bottom + style.length(22), "label": label}]
    return [
        marks.ticks(scale, values, bottom + style.length(8), style),
        marks.text(title, middle, "label", style, align="center", small=True, colour=GREY),
    ]


def _y(row: Row) -> float:
    value = row["y"]
    assert isinstance(value, float | int)
    return float(value)
