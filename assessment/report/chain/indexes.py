"""The chain of a dilemma or trend, and of one of its components."""

from __future__ import annotations

import math
from collections.abc import Iterator

from assessment.model.certainty import Node
from assessment.model.rules import Index
from assessment.report import numbers
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.chain.grounds import grounds, name_of, opened, tell
from assessment.report.document import Block, Row, Table, Tile, Tiles, Tone, Traced, Words
from assessment.report.figures import level_text, score_text, tone_of, trend_value
from assessment.report.parts.trends import in_words
from assessment.report.readings import reading_text, value_text
from assessment.report.say import Say
from assessment.report.view import View


def index_blocks(view: View, node: Node) -> Iterator[Block]:
    """Value and level, how it is put together, its components, how firm it is, what it rests on."""
    say, rule = view.say, view.say.edition.indexes[node.id]
    yield Tiles((_head(view, node),))
    yield paragraph(_formula(say, rule))
    known = all(t.assessable for t in view.assessment.trends if t.trend == node.id)
    yield components_table(say, node, known=known)
    yield paragraph(tell(say, "index.settled", percent=numbers.percent(settled(node))))
    found = view.assessment.certainty
    robust = found.dilemmas[node.id].robustness if found and node.id in found.dilemmas else None
    if found and robust:
        values = {"percent": robust.percent, "draws": numbers.number(found.draws), "seed": found.seed}
        spread = {"low": numbers.score(robust.low), "high": numbers.score(robust.high)}
        hold = say(f"certainty.{robust.hold}")
        yield paragraph(tell(say, "index.robust", hold=hold, **values, **spread))
    yield from grounds(say, node)


def _head(view: View, node: Node) -> Tile:
    say = view.say
    for place in view.assessment.placements:
        if place.dilemma == node.id:
            label = tell(say, "component.severity")
            return Tile(score_text(say, place), label, Words(level_text(say, place)), tone_of(place))
    trend = next(t for t in view.assessment.trends if t.trend == node.id)
    return Tile(
        Traced(trend_value(say, trend), node.id), tell(say, "component.position"), in_words(view, trend)
    )


def _formula(say: Say, rule: Index) -> Words:
    if rule.aggregator != "mixed":
        return tell(say, f"index.{rule.aggregator}")
    if not rule.worst_share:
        return tell(say, "index.mean")
    return tell(say, "index.mixed", **_shares(rule))


def _shares(rule: Index) -> dict[str, str]:
    return {"mean": numbers.percent(1 - rule.worst_share), "worst": numbers.percent(rule.worst_share)}


def shared_points(say: Say, index: Node) -> dict[str, int]:
    """Points of each component as whole numbers that add up to the value shown, as in the report."""
    parts = _heaviest_first(index)
    cuts = say.edition.placement.cuts if index.kind == "dilemma" else ()
    total = int(numbers.score(index.value or 0.0, cuts).replace(numbers.MINUS, "-"))
    whole = numbers.adding_up([part.points or 0.0 for part in parts], total)
    return dict(zip((part.id for part in parts), whole, strict=True))


def _heaviest_first(index: Node) -> list[Node]:
    applying = [part for part in index.parts if part.state != "not_applicable"]
    return sorted(applying, key=lambda part: (-(part.points or 0.0), part.id))


def components_table(say: Say, index: Node, *, known: bool = True) -> Table:
    """Severity, weight and points of every component that applies, with the sum; no points if not known."""
    points = shared_points(say, index)
    rows = [
        row(
            opened(say, part.id),
            severity_text(say, part),
            numbers.percent(part.weight or 0.0),
            numbers.number(points[part.id]) if known else say("none"),
        )
        for part in _heaviest_first(index)
    ]
    if known:
        total = cell(Traced(numbers.number(sum(points.values())), index.id), strong=True)
        rows.append(row(cell(tell(say, "index.total"), strong=True), "", "", total, of=index.id))
    columns = (
        column(tell(say, "index.component"), 3.0),
        column(tell(say, f"index.{measured(index)}"), 1.2, numeric=True),
        column(tell(say, "index.weight"), 0.8, numeric=True),
        column(tell(say, "index.points"), 0.8, numeric=True),
    )
    return Table("chain-components", tell(say, "index.table"), columns, tuple(rows))


def settled(index: Node) -> float:
    """Share of the weight that is settled: an interval as wide as the scale settles nothing."""
    wide = ((part.weight or 0.0) * ((part.high or 0.0) - (part.low or 0.0)) / 100.0 for part in index.parts)
    return 1.0 - math.fsum(wide)


def measured(index: Node) -> str:
    """What 0 to 100 means here: severity of a dilemma, position on a trend."""
    return "position" if index.kind == "trend" else "severity"


def severity_text(say: Say, part: Node) -> str:
    """Severity of a component, with its bounds where it is not known."""
    if part.value is None:
        return say("none")
    point, low, high = (say.score(x) for x in (part.value, part.low or 0.0, part.high or 0.0))
    return point if low == high else say("place.with_interval", score=point, low=low, high=high)


def component_blocks(view: View, index: Node, part: Node) -> Iterator[Block]:
    """What it adds and why, the anchors with the firm between them, the indicator, what it rests on."""
    say = view.say
    if part.value is None:
        yield paragraph(tell(say, "component.left_out"))
    else:
        yield Tiles(_tiles(say, index, part))
        yield paragraph(_adds(say, index, part))
    (inner,) = part.parts
    columns = (
        column(tell(say, "component.indicator"), 3.0),
        column(tell(say, "component.firm"), 1.0, numeric=True),
    )
    yield Table(
        "chain-made-of", tell(say, "component.made_of"),
        columns,
        (row(opened(say, inner.id), _value(view, inner)),),
    )  # fmt: skip
    if part.anchors:
        yield anchors_table(say, index, part, inner)
    yield from grounds(say, part)


def _tiles(say: Say, index: Node, part: Node) -> tuple[Tile, ...]:
    inside = tell(say, "component.of", name=name_of(say, index.id))
    points = numbers.number(shared_points(say, index)[part.id])
    label = tell(say, f"component.{measured(index)}")
    return (
        Tile(Traced(severity_text(say, part), part.id), label, Words("")),
        Tile(numbers.percent(part.weight or 0.0), tell(say, "index.weight"), inside),
        Tile(Traced(points, part.id), tell(say, "index.points"), inside, Tone.NEUTRAL),
    )


def _adds(say: Say, index: Node, part: Node) -> Words:
    rule = say.edition.indexes[index.id]
    values = {
        "weight": numbers.percent(part.weight or 0.0),
        "severity": numbers.number(part.value or 0.0, 1),
        "points": numbers.number(part.points or 0.0, 1),
    }
    if not rule.worst_share:
        return tell(say, "component.adds_mean", **values)
    worst = (part.value or 0.0) == max(p.value or 0.0 for p in index.parts)
    return tell(say, "component.adds_worst" if worst else "component.adds", **_shares(rule), **values)


def _value(view: View, inner: Node) -> str:
    reading = view.assessment.readings.get(inner.id)
    return reading_text(view.say, reading) if reading else numbers.score(inner.value or 0.0)


def anchors_table(say: Say, index: Node, part: Node, inner: Node) -> Table:
    """The anchors from best to worst, and the firm's own number where it lies."""
    rule = say.edition.indicators[inner.id]
    rows = [
        (score, row(value_text(say, rule, value), numbers.score(score), "")) for value, score in part.anchors
    ]
    if part.value is not None and inner.value is not None:
        rows.append((part.value, _firm_row(say, part, value_text(say, rule, inner.value))))
    columns = (
        column(tell(say, "component.value"), 1.4, numeric=True),
        column(tell(say, f"index.{measured(index)}"), 1.0, numeric=True),
        column("", 3.0),
    )
    ordered = tuple(line for _, line in sorted(rows, key=lambda pair: pair[0]))
    return Table(
        "chain-anchors", tell(say, "component.anchors"), columns, ordered, tell(say, "component.between")
    )


def _firm_row(say: Say, part: Node, value: str) -> Row:
    firm = cell(tell(say, "component.firm"), strong=True, tone=Tone.FIRM)
    return row(cell(value, strong=True), cell(severity_text(say, part), strong=True), firm, tinted=True)
