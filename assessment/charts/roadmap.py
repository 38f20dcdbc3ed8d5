"""The decided measures by quarter."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt

from assessment.charts import marks
from assessment.charts.labels import BREAK, estimated_width, fitted, line_count
from assessment.charts.marks import Layer, Row, Scale
from assessment.charts.plan import GAP, KIND_COLOURS
from assessment.charts.rows import Layout, above, backed, beside, moved
from assessment.charts.style import BLUE, GREY, MARK_GREY, NAVY, Style
from assessment.report.document import Roadmap, RoadmapBar

LINE = 1.2
LABELS = 168.0  # wide: room for the names of the measures
TOLD = 112.0  # wide: most room kept free right of the last quarter for what stands beside a bar
STRIDES = (1, 2, 3, 4, 6, 12)


def roadmap(figure: Roadmap, width: float, style: Style) -> alt.LayerChart:
    """One bar a measure over its quarters; its kind, which its shade shows too, and its note stand by it."""
    top, last = style.length(20), _last(figure)
    layout = _above(figure, width, style) if style.narrow else _beside(figure, width, style)
    scale = Scale(0, last, *layout.scale)
    bottom = top + layout.step * len(figure.bars)
    words = [
        _row(bar, scale, layout, width, style) | {"y": layout.middle(top, place)}
        for place, bar in enumerate(figure.bars)
    ]
    layers = [
        marks.upright(range(last + 1), scale, top, bottom),
        marks.upright((0,), scale, top, bottom, colour=MARK_GREY, thickness=style.length(0.9)),
        *backed(words, layout, width),
        *_quarters(figure.quarters, scale, width, style),
        marks.text(moved(words, layout.to_label), 0, "label", style),
        marks.span(moved(words, layout.to_bar), scale, "start", "end", thickness=style.length(11)),
        *(_told(words, layout, style) if words else []),
    ]
    return marks.sheet(layers, width, bottom + style.length(6), style)


def _last(figure: Roadmap) -> int:
    """The number of quarters shown: those named, or more if a bar goes beyond them."""
    return max(1, len(figure.quarters), *(math.ceil(bar.end) for bar in figure.bars))


def _above(figure: Roadmap, width: float, style: Style) -> Layout:
    notes = [_line(bar, width, style) for bar in figure.bars]
    return above(width, style, [bar.label for bar in figure.bars], notes)


def _beside(figure: Roadmap, width: float, style: Style) -> Layout:
    """Rows are as high as the note with most lines asks for."""
    words = [word for bar in figure.bars for word in (bar.kind_label, bar.note)]
    widest = max((estimated_width(word, style.small) for word in words), default=0) / style.unit
    room = min(widest, TOLD) + GAP + 2
    lines = max((1 + line_count(_note(bar, style.length(room), style)) for bar in figure.bars), default=2)
    row = max(27.0, lines * style.small * LINE / style.unit / style.spread + 5)
    return beside(width, style, label=LABELS, value=room, room=LABELS - 12, row=row)


def _note(bar: RoadmapBar, room: float, style: Style) -> str:
    return fitted(bar.note, room - style.length(GAP), style.small, most=2)


def _line(bar: RoadmapBar, width: float, style: Style) -> str:
    """Kind and note in one line, or two."""
    said = " · ".join(word for word in (bar.kind_label, bar.note) if word)
    return fitted(said, width, style.text, most=2)


def _row(bar: RoadmapBar, scale: Scale, layout: Layout, width: float, style: Style) -> dict[str, object]:
    start, end = max(bar.start, 0), min(bar.end, scale.high)
    x = scale.place(end) + style.length(GAP)
    kind, note = fitted(bar.kind_label, width - x, style.small, most=1), _note(bar, width - x, style)
    ends = x + max(estimated_width(line, style.small) for line in (kind, *note.split(BREAK)))
    return {
        "label": fitted(bar.label, layout.label[1], style.text, most=3 if style.narrow else 2),
        "start": start,
        "end": end,
        "colour": KIND_COLOURS.get(bar.kind, BLUE),
        "x": x,
        "word_end": min(ends, width),
        "kind": kind,
        "note": note,
        "line": _line(bar, width, style),
    }


def _told(words: Sequence[Row], layout: Layout, style: Style) -> list[Layer]:
    """Kind over note, right of the bar on white; narrow: one after the other, above it."""
    if style.narrow:
        return [marks.text(moved(words, layout.to_value), 0, "line", style, colour=GREY)]
    line = style.small * LINE
    layers: list[Layer] = []
    for row in words:
        lines = line_count(str(row["note"])) if row["note"] else 0
        top = marks.number(row["y"]) - (1 + lines) * line / 2
        layers.append(marks.backing([row], "x", "word_end", thickness=(1 + lines) * line))
        kind = {**row, "y": top + line / 2}
        layers.append(marks.text([kind], "x", "kind", style, small=True, bold=True, colour=NAVY))
        if lines:
            note = {**row, "y": top + line * (1 + lines / 2)}
            layers.append(marks.text([note], "x", "note", style, small=True, colour=GREY))
    return layers


def _quarters(names: Sequence[str], scale: Scale, width: float, style: Style) -> list[Layer]:
    """The names above the quarters; where not all have room, every second, third ... at its beginning."""
    one = scale.place(1) - scale.place(0)
    widest = max((estimated_width(name, style.small) for name in names), default=0) + style.length(5)
    stride = next((stride for stride in STRIDES if stride * one >= widest), STRIDES[-1])
    shift, align = (0.5, "center") if stride == 1 else (0.0, "left")
    rows: list[Row] = [
        {"x": scale.place(place + shift), "y": style.length(9), "label": name}
        for place, name in enumerate(names)
        if place % stride == 0 and (stride == 1 or scale.place(place) + widest <= width + style.length(5))
    ]
    return (
        [marks.text(rows, "x", "label", style, align=align, small=True, bold=True, colour=NAVY)]
        if rows
        else []
    )
