"""Indicator values, anchors and yardsticks in words."""

from __future__ import annotations

from assessment.model.results import ComponentResult, Known, Reading
from assessment.model.rules import Evidence, Indicator, Reads
from assessment.report import numbers
from assessment.report.say import Say


def value_text(say: Say, indicator: Indicator, value: float) -> str:
    """One value of an indicator with its unit."""
    return say.with_unit(numbers.number(value, indicator.decimals), indicator.unit)


def reading_text(say: Say, reading: Reading) -> str:
    """What is known of an indicator: a value, a range, or that nothing is."""
    rule = say.edition.indicators[reading.indicator]
    match reading.known:
        case Known.KNOWN:
            return value_text(say, rule, reading.low)
        case Known.PARTLY:
            low, high = (numbers.number(x, rule.decimals) for x in (reading.low, reading.high))
            if reading.high > 1e12:
                return say("drivers.unknown_part")
            return say.with_unit(low if low == high else f"{low}–{high}", rule.unit)
        case Known.UNKNOWN:
            return say("drivers.unknown_part")
        case Known.NOT_APPLICABLE | Known.UNDEFINED:
            return say("none")


def anchor_text(say: Say, part: ComponentResult, reading: Reading) -> str:
    """The two anchors between which the firm's number lies, better one first; or beyond which one."""
    if not part.anchors or reading.known is Known.UNKNOWN:
        return say("none")
    rule = say.edition.indicators[part.indicator]
    better_first = part.anchors if part.scores[0] < part.scores[-1] else part.anchors[::-1]
    value = reading.low if reading.value is None else reading.value
    rising = better_first[0] < better_first[-1]  # worse lies to the right
    passed = [a for a in better_first if (value >= a if rising else value <= a)]
    if not passed:
        return say("drivers.anchor_best", value=value_text(say, rule, better_first[0]))
    if len(passed) == len(better_first):
        beyond = value != better_first[-1]
        last = value_text(say, rule, better_first[-1])
        return say("drivers.anchor_worst", value=last) if beyond else last
    if value == passed[-1]:
        return value_text(say, rule, passed[-1])
    worse = better_first[len(passed)]
    ends = (numbers.number(passed[-1], rule.decimals), value_text(say, rule, worse))
    return say("drivers.anchor_between", better=ends[0], worse=ends[1])


def reads_text(say: Say, rule: Indicator) -> str:
    """How an indicator is read."""
    if rule.reads is Reads.CORRIDOR and rule.corridor:
        low, high = (numbers.number(x, rule.decimals) for x in rule.corridor)
        return say("indicators.corridor", low=low, high=say.with_unit(high, rule.unit))
    return say(f"indicators.{rule.reads}")


def yardstick_text(say: Say, evidence: Evidence) -> str:
    """A figure with its year and section."""
    key = "yardstick_item" if evidence.year else "yardstick_item_undated"
    return say(f"indicators.{key}", figure=evidence.figure, year=evidence.year, section=evidence.section)


def quarter(part: ComponentResult, cuts: tuple[float, ...], levels: tuple[str, ...]) -> str:
    """The level a component alone would have."""
    return levels[sum(round(part.severity, 9) >= cut for cut in cuts)]
