"""The dilemmas at two dates: where they stood, where they stand, and whether that is a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from assessment.charts import marks
from assessment.charts.labels import estimated_width, fitted, line_count
from assessment.charts.marks import Layer, Row, Scale
from assessment.charts.placement import FULL, footing, intervals, tinted, zones
from assessment.charts.rows import Layout, above, backed, beside, moved
from assessment.charts.style import GREY, INK, MARK_GREY, RED, Style
from assessment.report.document import ChangeBar, ChangeBars

LINE = 1.2
LANE = 8.0  # the earlier date stands this far above the middle of a row, the later one below; in points
NAMED = 17.0  # from a lane to the name of its date
LABELS, VALUES = 122.0, 106.0
NOT_SHOWN = "not_shown"


def change_bars(figure: ChangeBars, width: float, style: Style) -> marks.Sheet:
    """Hollow circle and thin line: then. Diamond and band: now. An arrow only where the change is shown."""
    labels, values = [bar.label for bar in figure.bars], [_outcome(bar) for bar in figure.bars]
    if style.narrow:
        track = style.length(2 * (LANE + NAMED) + 10)
        layout = above(width, style, labels, [fitted(value, width, style.text, 2) for value in values], track)
    else:
        layout = beside(width, style, label=LABELS + 10, value=VALUES + 10, room=LABELS, row=54)
    scale, top = Scale(*FULL, *layout.scale), style.length(20)
    bottom = top + layout.step * len(figure.bars)
    rows = [
        _row(bar, layout, width, style) | {"y": layout.middle(top, place)}
        for place, bar in enumerate(figure.bars)
    ]
    bars = moved(rows, layout.to_bar)
    layers = [
        *zones(figure.cuts, figure.level_labels, scale, (top, bottom), style),
        *backed(rows, layout, width),
        *_dates(figure, bars, scale, style),
        marks.text(moved(rows, layout.to_label), 0, "label", style, bold=True),
        *_before(moved(bars, -style.length(LANE)), scale, style),
        *_after(moved(bars, style.length(LANE)), scale, style),
        *_arrows(bars, scale, style),
        *_outcomes(rows, layout, width, style),
        *footing(scale, (0, *figure.cuts, 100), bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


def _outcome(bar: ChangeBar) -> str:
    """Both in one text, for where they do not fit into one line."""
    return " · ".join(word for word in (bar.value_label, bar.turn_label) if word)


def _row(bar: ChangeBar, layout: Layout, width: float, style: Style) -> dict[str, object]:
    room = width if style.narrow else style.length(VALUES)
    return {
        "label": fitted(bar.label, layout.label[1], style.text, most=3),
        "before": bar.before,
        "before_low": bar.before_low,
        "before_high": bar.before_high,
        "point": bar.after,
        "low": bar.after_low,
        "high": bar.after_high,
        "value": fitted(bar.value_label, room, style.text, most=2),
        "turn": fitted(bar.turn_label, room, style.text, most=2),
        "outcome": fitted(_outcome(bar), width, style.text, most=2),
        "short": estimated_width(_outcome(bar), style.text) * 1.06 <= width,
        "shown": bar.turn != NOT_SHOWN,
    }


def _before(rows: Sequence[Row], scale: Scale, style: Style) -> list[Layer]:
    """Then: a thin line over the interval and a hollow circle; dashed, without a circle, if unknown."""
    known = [row for row in rows if row["before"] is not None]
    unknown = [row for row in rows if row["before"] is None]
    low, high = "before_low", "before_high"
    dash, thin = (style.length(3), style.length(3)), style.length(1.4)
    layers = []
    if unknown:
        layers.append(marks.span(unknown, scale, low, high, thickness=thin, colour=MARK_GREY, dash=dash))
    if known:
        layers.append(marks.span(known, scale, low, high, thickness=thin, colour=GREY))
        area = 62 * style.unit**2
        layers.append(
            marks.points(known, scale, "before", shape="circle", size=area, colour=GREY, filled=False,
                         outline=style.length(1.4))
        )  # fmt: skip
    return layers


def _after(rows: Sequence[Row], scale: Scale, style: Style) -> list[Layer]:
    """Now: the band and the diamond of the placement."""
    return intervals(list(rows), scale, style, thickness=6, size=105)


def _arrows(bars: Sequence[Row], scale: Scale, style: Style) -> list[Layer]:
    """From the circle to the diamond, with an open head."""
    lane, lines = style.length(LANE), []
    for row in bars:
        if row["shown"] and row["before"] is not None and row["point"] is not None:
            y = marks.number(row["y"])
            start = scale.place(marks.number(row["before"])), y - lane
            end = scale.place(marks.number(row["point"])), y + lane
            lines += list(_arrow(start, end, style))
    return [marks.strokes(lines, thickness=style.length(1.3), colour=INK, cap="round")] if lines else []


def _arrow(start: tuple[float, float], end: tuple[float, float], style: Style) -> Iterator[Row]:
    """A line from the edge of one symbol to that of the other, and the two strokes of its head."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    across, down = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    x, y = start[0] + across * style.length(4.6), start[1] + down * style.length(4.6)
    x2, y2 = end[0] - across * style.length(6), end[1] - down * style.length(6)
    yield {"x": x, "y": y, "x2": x2, "y2": y2}
    head = style.length(3.4)
    for side in (-0.7, 0.7):
        back, aside = head * across, head * side
        yield {"x": x2 - back - aside * down, "y": y2 - head * down + aside * across, "x2": x2, "y2": y2}


def _dates(figure: ChangeBars, bars: Sequence[Row], scale: Scale, style: Style) -> list[Layer]:
    """The names of the two dates once: over the first earlier mark, under the first current one."""
    if not bars:
        return []
    first = next((row for row in bars if row["before"] is not None), bars[0])
    last = next((row for row in bars if row["point"] is not None), bars[0])
    away = style.length(LANE + NAMED - 3)
    named = (
        (figure.before_label, _middle(first, "before_low", "before", "before_high"), first, -away),
        (figure.after_label, _middle(last, "low", "point", "high"), last, away),
    )
    rows: list[Row] = []
    for word, value, row, by in named:
        label = fitted(word, scale.right - scale.left, style.small, most=1)
        half = estimated_width(label, style.small) / 2 + 2
        x = min(max(scale.place(value), scale.left + half), scale.right - half)
        rows.append({"x": x, "y": marks.number(row["y"]) + by, "label": label, "half": half})
    return [
        marks.patches([patch for row in rows for patch in _patches(figure.cuts, row, scale, style)]),
        marks.text(rows, "x", "label", style, align="center", small=True, bold=True),
    ]


def _middle(row: Row, low: str, point: str, high: str) -> float:
    if row[point] is not None:
        return marks.number(row[point])
    return (marks.number(row[low]) + marks.number(row[high])) / 2


def _patches(cuts: tuple[float, ...], word: Row, scale: Scale, style: Style) -> Iterator[Row]:
    """The tints of the levels again, so that no dashed cut runs through the word."""
    x, y, half = (marks.number(word[name]) for name in ("x", "y", "half"))
    rise = style.small * LINE / 2
    for low, high, tint in tinted(cuts):
        left, right = max(x - half, scale.place(low)), min(x + half, scale.place(high))
        if left < right:
            yield {"x": left, "x2": right, "y": y - rise, "y2": y + rise, "colour": tint}


def _outcomes(rows: Sequence[Row], layout: Layout, width: float, style: Style) -> list[Layer]:
    """Both values and the turn: under one another beside the bar, or at the ends of the line above it."""
    if style.narrow:
        return _ends(rows, layout, width, style)
    left, line = width - style.length(VALUES), style.text * LINE
    values: list[Row] = []
    turns: list[Row] = []
    for row in rows:
        value, turn = line_count(str(row["value"])), line_count(str(row["turn"]))
        top = marks.number(row["y"]) - (value + turn) * line / 2
        values.append({**row, "y": top + value * line / 2})
        turns.append({**row, "y": top + (value + turn / 2) * line})
    return [
        marks.text(values, left, "value", style, bold=True, colour=RED),
        marks.text(turns, left, "turn", style, bold=True),
    ]


def _ends(rows: Sequence[Row], layout: Layout, width: float, style: Style) -> list[Layer]:
    """Narrow: value to the left, turn to the right; in one text over two lines if one is too short."""
    told = moved(rows, layout.to_value)
    if not all(row["short"] for row in rows):
        return [marks.text(told, 0, "outcome", style, bold=True)]
    turn = marks.text(told, width, "turn", style, bold=True, align="right")
    return [marks.text(told, 0, "value", style, bold=True, colour=RED), turn]
