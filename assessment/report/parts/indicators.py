"""All indicators with their way of reading and the yardsticks beside them."""

from __future__ import annotations

from functools import lru_cache

from assessment.model.edition import Edition
from assessment.model.formulas import fields_in
from assessment.model.results import Known
from assessment.model.rules import Indicator
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import Part, Row, Table, Tone, Words
from assessment.report.parts.answers import MATRIX
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
        column(say("indicators.indicator"), 2.3),
        column(say("indicators.firm"), 0.9, numeric=True),
        column(say("indicators.reads"), 1.4),
        column(say("indicators.yardstick"), 1.9),
        column(say("indicators.source"), 1.7),
    )
    return Table(
        "indicators",
        say("indicators.table"),
        columns,
        tuple(_row(view, r, tone.get(r.id)) for r in rules),
        compact=True,
    )


def _first(view: View, rule: Indicator) -> str:
    """The row of the first answer the indicator reads: a question, or a service function."""
    edition = view.say.edition
    fields = (edition.fields[f] for f in _read(edition, rule.id) if f in view.asked)
    return next((f"#{f.row if f.question in MATRIX else f.question}" for f in fields), "")


@lru_cache(maxsize=512)
def _read(edition: Edition, indicator: str) -> tuple[str, ...]:
    return fields_in(edition.indicators[indicator].formula)


def _hint(view: View, rule: Indicator) -> str:
    """Formula, standing and source, for whom the link is read aloud."""
    say = view.say
    values = {
        "name": say.indicator(rule.id),
        "formula": say.texts.text(f"indicators.{rule.id}.formula"),
        "standing": say(f"standing.{rule.standing}"),
        "source": say("list_comma").join(rule.source),
    }
    return say.words.text("chain.hint", **values)


def _row(view: View, rule: Indicator, tone: Tone | None) -> Row:
    say = view.say
    beside = view.assessment.yardsticks.get(rule.id, ())[:MARKS]
    marks = say("answers.separator").join(yardstick_text(say, say.edition.evidence[e]) for e in beside)
    return row(
        cell(say.indicator(rule.id), tone=tone),
        cell(
            reading_text(say, view.assessment.readings[rule.id]),
            link=_first(view, rule),
            hint=_hint(view, rule),
        ),
        reads_text(say, rule),
        cell(marks or say("none"), link=f"#{beside[0]}" if beside else ""),
        say("list_comma").join((*map(source_text, rule.source), say(f"standing.{rule.standing}"))),
    )
