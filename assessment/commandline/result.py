"""One firm's result: a table for a person, plain data for a program."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from assessment.commandline.tools import Tools, printable, table
from assessment.exchange import Incoming
from assessment.model.results import Assessment, ComponentResult, Known, Placement, Stated, TrendPosition
from assessment.report import numbers
from assessment.report.readings import reading_text, reads_text
from assessment.report.say import Say

FORMAT = "assessment-scores/1"
MOST_DECIDING = 3


def as_data(assessment: Assessment, entry: Incoming) -> dict[str, Any]:
    """Everything computed for one firm, as numbers; what is not known is null, never 0."""
    return {
        "format": FORMAT,
        "edition": assessment.edition,
        "edition_fingerprint": assessment.fingerprint,
        "firm": assessment.answers.firm,
        "file": entry.file,
        "row": entry.row or None,
        "answers_fingerprint": assessment.answers_fingerprint,
        "size": assessment.size,
        "size_assumed": assessment.size_assumed,
        "placements": {p.dilemma: _placement(p) for p in assessment.placements},
        "trends": {t.trend: _trend(t) for t in assessment.trends},
        "indicators": {name: _fields(r) for name, r in assessment.readings.items()},
        "recommendations": [_fields(r) for r in assessment.recommendations],
        "quality": asdict(assessment.quality),
        "problems": [_fields(p) for p in assessment.problems],
    }


def _placement(place: Placement) -> dict[str, Any]:
    data = _fields(place)
    data["components"] = [_fields(c) for c in place.components]
    if place.stated is not Stated.LEVEL:
        data["level"] = None  # a level that is not stated must not be read as one
    return data


def _trend(trend: TrendPosition) -> dict[str, Any]:
    data = _fields(trend)
    data["position"] = data["position"] if trend.assessable else None
    return data


def _fields(row: Any) -> dict[str, Any]:
    """The fields of a result as plain data."""
    return {key: _plain(value) for key, value in asdict(row).items()}


def _plain(value: Any) -> Any:
    """Numbers that JSON knows; bounds without a limit are null."""
    if isinstance(value, float):
        return None if not math.isfinite(value) or abs(value) > 1e15 else value
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value


def as_text(tools: Tools, assessment: Assessment, entry: Incoming) -> str:
    """Placement, indicators, trends and countermeasures as aligned tables."""
    say = tools.say(assessment.edition)
    parts = [
        printable(tools.name(entry)),
        _facts(tools, say, assessment),
        "",
        tools.text("score.dilemmas"),
        _placements(tools, say, assessment),
        *_deciding(tools, assessment),
        "",
        tools.text("score.indicators"),
        _indicators(tools, say, assessment),
        "",
        tools.text("score.trends"),
        _trends(tools, say, assessment),
        "",
        tools.text("score.measures"),
        _measures(tools, say, assessment),
    ]
    return "\n".join(parts)


def _facts(tools: Tools, say: Say, assessment: Assessment) -> str:
    quality = assessment.quality
    return tools.text(
        "score.facts",
        edition=assessment.edition,
        size=size_text(tools, say, assessment),
        grade=quality.grade or say("grade.unknown"),
        answered=quality.answered,
        asked=quality.asked,
    )


def size_text(tools: Tools, say: Say, assessment: Assessment) -> str:
    """The size class, marked where it had to be assumed."""
    if not assessment.size:
        return ""
    name = say.texts.text(f"sizes.{assessment.size}")
    return tools.text("score.size_assumed", size=name) if assessment.size_assumed else name


def level_text(say: Say, place: Placement) -> str:
    """The level as far as it can be stated."""
    low, high = say.level(place.low_level), say.level(place.high_level)
    match place.stated:
        case Stated.LEVEL:
            key = "place.borderline" if place.borderline else "place.level"
            return str(say(key, level=say.level(place.level)))
        case Stated.SPAN:
            return str(say("place.span", low=low, high=high))
        case Stated.NOT_PLACED:
            return str(say("place.not_placed"))


def score_text(say: Say, place: Placement) -> str:
    return "" if place.stated is Stated.NOT_PLACED else say.score(place.score)


def interval_text(say: Say, low: float, high: float) -> str:
    ends = say.score(low), say.score(high)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def heaviest(say: Say, place: Placement) -> str:
    """The component that adds most points."""
    drivers: tuple[ComponentResult, ...] = place.drivers
    return say.component(drivers[0].id) if drivers and place.stated is not Stated.NOT_PLACED else ""


def _placements(tools: Tools, say: Say, assessment: Assessment) -> str:
    head = [
        tools.text(f"score.{k}") for k in ("dilemma", "level", "severity", "interval", "coverage", "driver")
    ]
    rows = [
        (
            f"{p.dilemma} {say.dilemma(p.dilemma)}",
            level_text(say, p),
            score_text(say, p),
            interval_text(say, p.low, p.high),
            numbers.percent(p.coverage),
            heaviest(say, p),
        )
        for p in assessment.placements
    ]
    return table(head, rows, frozenset({2, 3, 4}))


def _deciding(tools: Tools, assessment: Assessment) -> list[str]:
    """For dilemmas without a level: the questions that would settle it, heaviest first."""
    return [
        f"{p.dilemma}: " + tools.text("score.deciding", questions=", ".join(p.deciding[:MOST_DECIDING]))
        for p in assessment.placements
        if p.stated is not Stated.LEVEL and p.deciding
    ]


def _indicators(tools: Tools, say: Say, assessment: Assessment) -> str:
    head = [tools.text(f"score.{k}") for k in ("indicator", "value", "reads")]
    rows = []
    for name, reading in assessment.readings.items():
        if reading.known is Known.NOT_APPLICABLE:
            continue
        rule = say.edition.indicators[name]
        label = f"{name} {say.texts.text(f'indicators.{name}.name')}"
        rows.append((label, reading_text(say, reading), reads_text(say, rule)))
    return table(head, rows, frozenset({1}))


def _trends(tools: Tools, say: Say, assessment: Assessment) -> str:
    head = [tools.text(f"score.{k}") for k in ("trend", "position", "interval", "coverage")]
    rows = [
        (
            f"{t.trend} {say.texts.text(f'trends.{t.trend}.name')}",
            numbers.score(t.position) if t.assessable else str(say("trends.unknown")),
            interval_text(say, t.low, t.high),
            numbers.percent(t.coverage),
        )
        for t in assessment.trends
    ]
    return table(head, rows, frozenset({1, 2, 3}))


def _measures(tools: Tools, say: Say, assessment: Assessment) -> str:
    head = [tools.text(f"score.{k}") for k in ("measure", "kind", "effort", "months", "benefit")]
    rows = [
        (
            f"{r.countermeasure} {say.measure(r.countermeasure)}",
            str(say(f"kind.{r.kind}")),
            r.effort,
            tools.text("score.span_months", start=r.start, end=r.end),
            numbers.number(r.benefit, 1),
        )
        for r in assessment.recommendations
        if r.chosen
    ]
    return table(head, rows, frozenset({4}))
