"""The decided measures by quarter."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assessment.charts import marks
from assessment.charts.labels import BREAK, estimated_width, fitted, line_count
from assessment.charts.marks import Layer, Row, Scale
from assessment.charts.rows import AIR, TRACK
from assessment.charts.style import BLUE, GREY, LIGHT_BLUE, MARK_GREY, NAVY, Style
from assessment.report.document import Roadmap, RoadmapBar

KIND_COLOURS = {"quick": LIGHT_BLUE, "build": BLUE, "strategic": NAVY}
GAP = 5
LINE = 1.2
LABELS = 168.0  # wide: what the names of the measures take from the axis, in points
TOLD = 112.0  # wide: most room kept free right of the last quarter for what stands beside a bar
ROW = 27.0  # wide: least height of a row
EDGE = 9.0  # narrow: from the axis to the edge of the chart
STRIDES = (1, 2, 4, 8, 12)  # every so many quarters are named; four are a year


def roadmap(figure: Roadmap, width: float, style: Style) -> marks.Sheet:
    """One bar a measure over its quarters; its kind, which its shade shows too, and its note stand by it."""
    top = bottom = style.length(20)
    scale = Scale(0, _last(figure), *_ends(figure, width, style))
    rows: list[Row] = []
    for bar in figure.bars:
        rows.append((_above if style.narrow else _beside)(bar, bottom, scale, width, style))
        bottom += marks.number(rows[-1]["height"])
    stride = _stride(figure, scale, style)
    named = range(0, _last(figure) + 1, stride) if stride > 1 else (0,)
    layers = [
        marks.upright(range(_last(figure) + 1), scale, top, bottom),
        marks.upright(named, scale, top, bottom, colour=MARK_GREY),
        *_quarters(figure.quarters, stride, scale, width, style),
        *(_rows(rows, scale, style) if rows else []),
    ]
    return marks.sheet(layers, width, bottom + style.length(6), style)


def _last(figure: Roadmap) -> int:
    """The number of quarters shown: those named, or more if a bar goes beyond them."""
    return max(1, len(figure.quarters), *(math.ceil(bar.end) for bar in figure.bars))


def _ends(figure: Roadmap, width: float, style: Style) -> tuple[float, float]:
    """Where the axis begins and ends. Wide: what stands beside the last bar needs room."""
    if style.narrow:
        return style.length(EDGE), width - style.length(EDGE)
    words = [word for bar in figure.bars for word in (bar.kind_label, bar.note)]
    widest = max((estimated_width(word, style.small) * 1.06 for word in words), default=0)
    return style.length(LABELS), width - min(widest, style.length(TOLD)) - style.length(GAP)


def _beside(bar: RoadmapBar, top: float, scale: Scale, width: float, style: Style) -> Row:
    """Label, bar, and kind over note, in one row; all in the middle of it."""
    x = scale.place(min(bar.end, scale.high)) + style.length(GAP)
    kind = fitted(bar.kind_label, width - x, style.small, most=1)
    note = fitted(bar.note, width - x, style.small, most=2)
    lines = 1 + (line_count(note) if note else 0)
    line, tall = style.small * LINE, lines * style.small * LINE
    height = max(style.row(ROW), tall + style.length(4))
    middle = top + height / 2
    return _bar(bar, scale) | {
        "height": height,
        "label": fitted(bar.label, style.length(LABELS - 12), style.text, most=2),
        "label_y": middle,
        "bar_y": middle,
        "kind": kind,
        "kind_y": middle - (tall - line) / 2,
        "note": note,
        "note_y": middle + line / 2,
        "x": x,
        "word_end": x + max(estimated_width(part, style.small) for part in (kind, *note.split(BREAK))),
        "told": tall,
    }


def _above(bar: RoadmapBar, top: float, scale: Scale, width: float, style: Style) -> Row:
    """Label, kind with note, and bar under one another."""
    label = fitted(bar.label, width, style.text, most=3)
    said = " · ".join(word for word in (bar.kind_label, bar.note) if word)
    note = fitted(said, width, style.small, most=2)
    head, told = line_count(label) * style.text * LINE, line_count(note) * style.small * LINE
    start = top + AIR / 2
    return _bar(bar, scale) | {
        "height": round(AIR + head + told + TRACK, 2),
        "label": label,
        "label_y": start + head / 2,
        "note": note,
        "note_y": start + head + told / 2,
        "bar_y": start + head + told + TRACK / 2,
        "words": head + told,
        "words_y": start + (head + told) / 2,
        "left": 0,
        "right": width,
    }


def _bar(bar: RoadmapBar, scale: Scale) -> dict[str, object]:
    colour = KIND_COLOURS.get(bar.kind, BLUE)
    return {"start": max(bar.start, 0), "end": min(bar.end, scale.high), "colour": colour}


def _rows(rows: Sequence[Row], scale: Scale, style: Style) -> list[Layer]:
    """The words on white and the bars."""
    bars = marks.span(_at(rows, "bar_y"), scale, "start", "end", thickness=style.length(11))
    labels = marks.text(_at(rows, "label_y"), 0, "label", style)
    noted = _at([row for row in rows if row["note"]], "note_y")
    if style.narrow:
        white = [
            marks.backing([row], "left", "right", thickness=marks.number(row["words"]))
            for row in _at(rows, "words_y")
        ]
        return [*white, labels, bars, marks.text(noted, 0, "note", style, small=True, colour=GREY)]
    white = [
        marks.backing([row], "x", "word_end", thickness=marks.number(row["told"]))
        for row in _at(rows, "bar_y")
    ]
    kinds = marks.text(_at(rows, "kind_y"), "x", "kind", style, small=True, bold=True, colour=NAVY)
    notes = [marks.text(noted, "x", "note", style, small=True, colour=GREY)] if noted else []
    return [*white, labels, bars, kinds, *notes]


def _at(rows: Sequence[Row], height: str) -> list[Row]:
    """The rows with one of their heights as the place of a mark."""
    return [{**row, "y": row[height]} for row in rows]


def _stride(figure: Roadmap, scale: Scale, style: Style) -> int:
    """1 if every quarter has room for its name, else every how many have."""
    one = scale.place(1) - scale.place(0)
    widest = max((estimated_width(name, style.small) for name in figure.quarters), default=0)
    room = widest * 1.06 + style.length(4)
    return next((stride for stride in STRIDES if stride * one >= room), STRIDES[-1])


def _quarters(names: Sequence[str], stride: int, scale: Scale, width: float, style: Style) -> list[Layer]:
    """The names above the middle of their quarters; where only some have room, from their beginning on."""
    shift, align = (0.5, "center") if stride == 1 else (0.0, "left")
    rows: list[Row] = [
        {"x": scale.place(place + shift), "y": style.length(9), "label": name}
        for place, name in enumerate(names)
        if place % stride == 0
        and (stride == 1 or scale.place(place) + estimated_width(name, style.small) * 1.06 <= width)
    ]
    shown = marks.text(rows, "x", "label", style, align=align, small=True, bold=True, colour=NAVY)
    return [shown] if rows else []
