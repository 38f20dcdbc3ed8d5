"""The figures of a report as data."""

from __future__ import annotations

from assessment.model.results import Assessment, Placement, Recommendation, Stated, TrendPosition
from assessment.report import numbers
from assessment.report.document import (
    DriverBar,
    DriverBars,
    FunctionBar,
    FunctionPicture,
    PlacementBar,
    PlacementMap,
    Tone,
    Traced,
    TrendBar,
    TrendPositions,
)
from assessment.report.readings import quarter
from assessment.report.replies import money_unit
from assessment.report.say import Say


def level_text(say: Say, placement: Placement) -> str:
    """The placement in words: a level, a level close to the line, a span, or not placed."""
    match placement.stated:
        case Stated.LEVEL:
            key = "place.borderline" if placement.borderline else "place.level"
            return say(key, level=say.level(placement.level))
        case Stated.SPAN:
            low, high = (say.inner(say.level(x)) for x in (placement.low_level, placement.high_level))
            return say("place.span", low=low, high=high)
        case Stated.NOT_PLACED:
            return say("place.not_placed")


def score_text(say: Say, placement: Placement) -> Traced:
    """Severity with its interval where there is one; only the interval where no level is stated."""
    low, high, point = (say.score(x) for x in (placement.low, placement.high, placement.score))
    if placement.stated is not Stated.LEVEL:
        text = say("place.interval", low=low, high=high)
    elif low == high:
        text = say("place.exact", score=point)
    else:
        text = say("place.with_interval", score=point, low=low, high=high)
    return Traced(text, placement.dilemma)


def tone_of(placement: Placement) -> Tone:
    return Tone(placement.level) if placement.stated is Stated.LEVEL else Tone.UNKNOWN


def placement_map(say: Say, assessment: Assessment) -> PlacementMap:
    """The dilemmas on one scale."""
    bars = tuple(
        PlacementBar(
            say.dilemma(p.dilemma),
            p.low,
            None if p.stated is Stated.NOT_PLACED else p.score,
            p.high,
            score_text(say, p),
            tone_of(p),
            level_text(say, p),
        )
        for p in assessment.placements
    )
    rules = say.edition.placement
    return PlacementMap(bars, rules.cuts, tuple(say.level(level) for level in rules.levels), say("map.axis"))


def driver_points(say: Say, placement: Placement) -> dict[str, int]:
    """Points of each component as whole numbers that add up to the severity shown."""
    parts = placement.drivers
    total = int(say.score(placement.score).replace(numbers.MINUS, "-"))
    return dict(zip((p.id for p in parts), numbers.adding_up([p.points for p in parts], total), strict=True))


def driver_bars(say: Say, placement: Placement) -> DriverBars:
    """Components of one dilemma, most points first."""
    rules, points = say.edition.placement, driver_points(say, placement)
    bars = tuple(
        DriverBar(
            label=say.component(p.id),
            severity=p.severity if p.high - p.low < 100 else None,
            low=p.low,
            high=p.high,
            points=float(points[p.id]),
            value_label=f"+{numbers.number(points[p.id])}",
            level=Tone(quarter(p, rules.cuts, rules.levels)) if p.high - p.low < 100 else Tone.UNKNOWN,
        )
        for p in placement.drivers
    )
    return DriverBars(bars, say("drivers.axis"))


def function_picture(say: Say, assessment: Assessment) -> FunctionPicture:
    """Every service function: spend inside and outside, set-up level."""
    bars = tuple(
        FunctionBar(
            label=say.function(row.function),
            mode_label=say.short("mtx_mode", row.mode) if row.mode else say("drivers.unknown_part"),
            inside=row.inside,
            outside=row.outside,
            setup=row.setup,
            setup_label="" if row.setup is None else str(row.setup),
            core=bool(row.core),
        )
        for row in assessment.functions
    )
    unit = money_unit(say, assessment.answers)
    return FunctionPicture(
        bars,
        say("functions.inside"),
        say("functions.outside"),
        say("functions.setup"),
        say("functions.axis", unit=unit),
    )


def trend_value(say: Say, trend: TrendPosition) -> str:
    """Position with its interval, or that it is not known."""
    if not trend.assessable:
        return say("trends.unknown")
    low, high, point = (numbers.score(x) for x in (trend.low, trend.high, trend.position))
    return point if low == high else say("place.with_interval", score=point, low=low, high=high)


def trend_positions(say: Say, assessment: Assessment) -> TrendPositions:
    """The nine trend positions in the order of the sources."""
    bars = tuple(
        TrendBar(
            say.trend(t.trend),
            t.low,
            t.position if t.assessable else None,
            t.high,
            trend_value(say, t),
        )
        for t in assessment.trends
    )
    return TrendPositions(bars, say("trends.axis"), say("trends.low"), say("trends.high"))


def in_time(chosen: tuple[Recommendation, ...]) -> tuple[Recommendation, ...]:
    """Chosen measures by start, then end, then id."""
    return tuple(sorted(chosen, key=lambda r: (r.start, r.end, r.countermeasure)))
