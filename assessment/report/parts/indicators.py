"""All indicators with their way of reading and the yardsticks beside them."""

from __future__ import annotations

from assessment.model.results import Known
from assessment.model.rules import Indicator
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import Part, Row, Table, Tone, Words
from assessment.report.parts.drivers import source_text
from assessment.report.readings import quarter, reading_text, reads_text, yardstick_text
from assessment.report.view import View

MARKS = 2  # outside figures beside one indicator; averages come first


def indicators(view: View) -> Part:
    """The table of indicators."""
    say = view.say
    return Part(
        "indicators",
        say("indicators.kicker"),
        (indicators_headline(view),),
        (paragraph(say("indicators.lead"), lead=True), indicators_table(view)),
        say("indicators.short"),
        appendix=True,
    )


def tones(view: View) -> dict[str, Tone]:
    """The level an indicator alone would have, for indicators that drive a dilemma and are known."""
    rules = view.say.edition.placement
    return {
        c.indicator: Tone(quarter(c, rules.cuts, rules.levels))
        for p in view.assessment.placements
        for c in p.components
        if c.applies and c.high == c.low
    }


def indicators_headline(view: View) -> Words:
    """How many judged indicators read well or badly."""
    found = list(tones(view).values())
    good, bad = sum(t is Tone.NONE for t in found), sum(t in (Tone.PRONOUNCED, Tone.ACUTE) for t in found)
    return view.say("indicators.headline", good=good, known=len(found), bad=bad)


def indicators_table(view: View) -> Table:
    """Every indicator that applies, in the order of the edition."""
    say, tone = view.say, tones(view)
    readings = view.assessment.readings
    rules = [r for r in say.edition.indicators.values() if readings[r.id].known is not Known.NOT_APPLICABLE]
    columns = (
        column(say("indicators.indicator"), 2.4),
        column(say("indicators.firm"), 1.0, numeric=True),
        column(say("indicators.reads"), 1.5),
        column(say("indicators.yardstick"), 2.0),
        column(say("indicators.source"), 1.2),
    )
    return Table(
        "indicators",
        say("indicators.table"),
        columns,
        tuple(_row(view, r, tone.get(r.id)) for r in rules),
        compact=True,
    )


def _row(view: View, rule: Indicator, tone: Tone | None) -> Row:
    say = view.say
    beside = view.assessment.yardsticks.get(rule.id, ())[:MARKS]
    marks = say("answers.separator").join(yardstick_text(say, say.edition.evidence[e]) for e in beside)
    return row(
        cell(say.indicator(rule.id), tone=tone),
        reading_text(say, view.assessment.readings[rule.id]),
        reads_text(say, rule),
        marks or say("none"),
        say("list_comma").join(source_text(s) for s in rule.source),
    )
