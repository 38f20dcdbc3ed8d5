"""What several people said to one field: a range a group with every answer as a dot, or a bar an option."""

from __future__ import annotations

from math import ceil

from assessment.charts import marks
from assessment.charts.labels import BOLD, estimated_width, wrapped
from assessment.charts.marks import Layer, Row, Scale
from assessment.charts.placement import footing
from assessment.charts.rows import Layout, above, backed, beside, moved
from assessment.charts.style import BLUE, GREY, LIGHT_BLUE, NAVY, RED, RULE, Style
from assessment.report.document import VoteLine, VoteSpread, VoteTally

DOT, MEDIAN = 34.0, 105.0  # areas in square points: of one answer, of the diamond in the middle
LARGEST = 9  # answers from which on a dot grows no more


def vote_spread(figure: VoteSpread, width: float, style: Style) -> marks.Sheet:
    """One line a group: pale band from lowest to highest, diamond at the median; dots are single answers."""
    layout = _layout([(n.label, n.value_label) for n in figure.lines], width, style, row=29, value=116)
    places = [place for place, _ in figure.ticks]
    scale, top = Scale(places[0], places[-1], *layout.scale), style.length(6)
    bottom = top + layout.step * len(figure.lines)
    words = [_words(n.label, n.value_label, layout, top, at, style) for at, n in enumerate(figure.lines)]
    ends = [
        {**row, "low": n.low, "high": n.high, "middle": n.middle, "start": places[0], "end": places[-1]}
        for row, n in zip(words, figure.lines, strict=True)
    ]
    bars = moved(ends, layout.to_bar)
    wide = [row for row in bars if row["low"] != row["high"]]
    area = style.unit**2
    layers = [
        marks.upright(places, scale, top, bottom),
        *backed(words, layout, width),
        marks.span(bars, scale, "start", "end", thickness=style.length(0.8), colour=RULE),
        *(
            [marks.span(wide, scale, "low", "high", thickness=style.length(8), colour="#C9DDEB")]
            if wide
            else []
        ),
        *_dots(figure.lines, bars, scale, area),
        marks.points(bars, scale, "middle", shape="diamond", size=MEDIAN * area, colour=RED),
        *_told(words, layout, style),
        *_foot(figure, scale, bottom, width, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


def _dots(lines: tuple[VoteLine, ...], bars: list[Row], scale: Scale, area: float) -> list[Layer]:
    """The answers of a line; the more people gave one, the larger its dot."""
    rows: dict[int, list[Row]] = {}
    for line, bar in zip(lines, bars, strict=True):
        for value, count in line.dots:
            rows.setdefault(min(count, LARGEST), []).append({"y": bar["y"], "value": value})
    return [
        marks.points(
            found, scale, "value", shape="circle", size=DOT * count * area, colour=NAVY, filled=False
        )
        for count, found in sorted(rows.items(), reverse=True)
    ]


def _foot(figure: VoteSpread, scale: Scale, bottom: float, width: float, style: Style) -> list[Layer]:
    """The numbers under the scale as they are spoken, and what they count."""
    y, longest = bottom + style.length(8), max(_wide(word, style) for _, word in figure.ticks)
    over = max(scale.right + longest / 2 - width, 0.0)  # the last one moves in by this much
    apart = (scale.right - scale.left) / max(len(figure.ticks) - 1, 1)
    every = max(ceil((longest + over) / apart), 1)
    named: list[Row] = [
        {"x": _inside(scale.place(place), _wide(word, style), width), "y": y, "label": word}
        for place, word in figure.ticks[::every]
    ]
    middle = (scale.left + scale.right) / 2
    title: list[Row] = [{"y": bottom + style.length(22), "label": figure.axis_label}]
    place, align = (scale.right, "right") if style.narrow else (middle, "center")
    return [
        marks.text(named, "x", "label", style, align="center", small=True, colour=GREY),
        marks.text(title, place, "label", style, align=align, small=True, colour=GREY),
    ]


def _wide(word: str, style: Style) -> float:
    """Width of a number under the scale with the air it needs."""
    return estimated_width(f" {word} ", style.small)


def _inside(x: float, wide: float, width: float) -> float:
    """Where the middle of a word of this width stands so that none of it is cut off."""
    return min(max(x, wide / 2), width - wide / 2)


def vote_tally(figure: VoteTally, width: float, style: Style) -> marks.Sheet:
    """One bar an option; the most frequent ones are darker."""
    named = [(b.label, b.value_label) for b in figure.bars]
    layout = _layout(named, width, style, row=38, label=190, value=48)
    scale, top = Scale(0, max(figure.people, 1), *layout.scale), style.length(6)
    bottom = top + layout.step * len(figure.bars)
    words = [_words(b.label, b.value_label, layout, top, at, style) for at, b in enumerate(figure.bars)]
    rows = [
        {**row, "zero": 0, "count": bar.count, "colour": BLUE if bar.most else LIGHT_BLUE}
        for row, bar in zip(words, figure.bars, strict=True)
    ]
    bars = [row for row in moved(rows, layout.to_bar) if row["count"]]
    layers = [
        marks.upright((0, figure.people), scale, top, bottom),
        *backed(words, layout, width),
        *([marks.span(bars, scale, "zero", "count", thickness=style.length(12))] if bars else []),
        *_told(words, layout, style),
        *footing(scale, (0, float(figure.people)), bottom, figure.axis_label, style),
    ]
    return marks.sheet(layers, width, bottom + style.length(30), style)


def _layout(
    named: list[tuple[str, str]], width: float, style: Style, *, row: float, value: float, label: float = 148
) -> Layout:
    if style.narrow:
        return above(width, style, [name for name, _ in named], [told for _, told in named])
    return beside(width, style, label=label, value=value, room=label - 12, row=row)


def _words(label: str, value: str, layout: Layout, top: float, at: int, style: Style) -> Row:
    return {
        "y": layout.middle(top, at),
        "label": wrapped(label, layout.label[1], style.text * BOLD, most=3),
        "value": wrapped(value, layout.value[1] - style.length(10), style.text, most=2),
    }


def _told(words: list[Row], layout: Layout, style: Style) -> list[Layer]:
    """The name of each row and what is said of it."""
    left = layout.value[0] + (0 if style.narrow else style.length(10))
    return [
        marks.text(moved(words, layout.to_label), 0, "label", style, bold=True),
        marks.text(moved(words, layout.to_value), left, "value", style),
    ]
