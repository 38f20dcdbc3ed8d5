"""The dilemmas on one severity scale, and the trends on one position scale."""

from __future__ import annotations

from assessment.charts import marks
from assessment.charts.labels import BOLD, line_count, wrapped
from assessment.charts.marks import Layer, Row, Scale
from assessment.charts.rows import Layout, above, backed, beside, moved
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
    WHITE,
    Style,
)  # fmt: skip
from assessment.report.document import PlacementMap, TrendPositions

FULL = (0.0, 100.0)
VALUE = 94  # points: the column of severity and level beside a bar


def placement_map(figure: PlacementMap, width: float, style: Style) -> marks.Sheet:
    """Three intervals with the firm's diamond, between dashed cuts; level words above the zones."""
    labels, values = [bar.label for bar in figure.bars], [bar.value_label for bar in figure.bars]
    if style.narrow:
        layout = above(width, style, labels, values)
    else:
        layout = beside(width, style, label=132, value=VALUE + 10, room=122, row=42)
    scale, top = Scale(*FULL, *layout.scale), style.length(20)
    bottom = top + layout.step * len(figure.bars)
    rows: list[Row] = [
        {
            "y": layout.middle(top, place),
            "label": wrapped(bar.label, layout.label[1], style.text),
            "low": bar.low,
            "high": bar.high,
            "point": bar.point,
            "value": bar.value_label,
            "level": bar.level_label,
            "colour": TONE_COLOURS[bar.level],
        }
        for place, bar in enumerate(figure.bars)
    ]
    layers = [
        *zones(figure.cuts, figure.level_labels, scale, (top, bottom), style),
        *backed(rows, layout, width),
        marks.text(moved(rows, layout.to_label), 0, "label", style, bold=True),
        *intervals(moved(rows, layout.to_bar), scale, style, thickness=7, size=130),
        *_outcome(rows, layout, width, style),
        *footing(scale, (0, *figure.cuts, 100), bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


def _outcome(rows: list[Row], layout: Layout, width: float, style: Style) -> list[Layer]:
    """The severity and the level: under one another beside the bar, or at both ends of the line above it.

    Beside the bar a long level has further lines, and the severity moves up by half of them.
    """
    if style.narrow:
        told = moved(rows, layout.to_value)
        level = marks.text(told, width, "level", style, bold=True, align="right")
        return [marks.text(told, 0, "value", style, bold=True, colour=RED), level]
    room, half = style.length(VALUE), style.text * 0.62
    told = [{**row, "level": wrapped(str(row["level"]), room, style.text * BOLD)} for row in rows]
    heads = [one for row in told for one in moved([row], -half * line_count(str(row["level"])))]
    return [
        marks.text(heads, width - room, "value", style, bold=True, colour=RED),
        marks.text(moved(told, half), width - room, "level", style, bold=True),
    ]


def trend_positions(figure: TrendPositions, width: float, style: Style) -> marks.Sheet:
    """One line a trend: light track, interval, the firm's diamond; end words above the scale."""
    if style.narrow:
        layout = above(width, style, [b.label for b in figure.bars], [b.value_label for b in figure.bars])
    else:
        layout = beside(width, style, label=178, value=88, room=166, row=25)
    scale, top = Scale(*FULL, *layout.scale), style.length(20)
    bottom = top + layout.step * len(figure.bars)
    value = width if style.narrow else style.length(78)
    rows: list[Row] = [
        {
            "y": layout.middle(top, place),
            "label": wrapped(bar.label, layout.label[1], style.text, most=2),
            "low": bar.low,
            "high": bar.high,
            "point": bar.point,
            "value": wrapped(bar.value_label, value, style.text, most=2),
            "start": 0,
            "end": 100,
        }
        for place, bar in enumerate(figure.bars)
    ]
    bars = moved(rows, layout.to_bar)
    layers = [
        marks.upright((0, 50, 100), scale, top, bottom),
        *backed(rows, layout, width),
        marks.span(bars, scale, "start", "end", thickness=style.length(0.8), colour=RULE),
        marks.text(moved(rows, layout.to_label), 0, "label", style),
        *intervals(bars, scale, style, thickness=6, size=95),
        marks.text(moved(rows, layout.to_value), width - value, "value", style),
        *_ends(figure, scale, style),
        *footing(scale, (0, 50, 100), bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


def _ends(figure: TrendPositions, scale: Scale, style: Style) -> list[Layer]:
    """What low and high positions mean, above the ends of the scale."""
    y = style.length(8)
    return [
        marks.text([{"y": y, "label": word}], place, "label", style, align=align, bold=True, colour=GREY)
        for place, align, word in (
            (scale.left, "left", figure.low_label),
            (scale.right, "right", figure.high_label),
        )
    ]


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


def zones(
    cuts: tuple[float, ...],
    names: tuple[str, ...],
    scale: Scale,
    reach: tuple[float, float],
    style: Style,
) -> list[Layer]:
    """The levels of severity over the height `reach`: tinted, parted by dashed cuts, named above."""
    named = [(low, high, name) for (low, high, _), name in zip(tinted(cuts), names, strict=False)]
    words: list[Row] = [
        {"x": scale.place((low + high) / 2), "y": style.length(9), "label": word} for low, high, word in named
    ]
    return [
        *[marks.shade(scale, low, high, *reach, tint) for low, high, tint in tinted(cuts) if tint != WHITE],
        marks.upright((0, 100), scale, *reach),
        marks.upright(cuts, scale, *reach, colour=MARK_GREY, thickness=style.length(0.9), dashed=True),
        marks.text(words, "x", "label", style, align="center", bold=True, colour=NAVY, small=True),
    ]


def tinted(cuts: tuple[float, ...]) -> list[tuple[float, float, str]]:
    """Start, end and tint of each level."""
    edges = (0.0, *cuts, 100.0)
    return list(zip(edges, edges[1:], (WHITE, TINT, WHITE, WARM_TINT), strict=False))


def footing(scale: Scale, values: tuple[float, ...], bottom: float, label: str, style: Style) -> list[Layer]:
    """The numbers under a scale and what they count; a narrow scale may be shorter than these words."""
    place, align = (scale.right, "right") if style.narrow else ((scale.left + scale.right) / 2, "center")
    title: list[Row] = [{"y": bottom + style.length(22), "label": label}]
    return [
        marks.ticks(scale, values, bottom + style.length(8), style),
        marks.text(title, place, "label", style, align=align, small=True, colour=GREY),
    ]
