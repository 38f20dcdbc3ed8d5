"""The nine trend positions."""

from __future__ import annotations

from assessment.model.results import TrendPosition
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import FigureBlock, Part, Table, Words
from assessment.report.figures import trend_positions, trend_value
from assessment.report.parts.drivers import source_text
from assessment.report.view import View

LOW, HIGH = 100 / 3, 200 / 3  # thirds of the scale, for the words only


def trends(view: View) -> Part:
    """Where the firm stands on the trends of both sources."""
    say = view.say
    return Part(
        "trends",
        say("trends.kicker"),
        (trends_headline(view),),
        (paragraph(say("trends.lead"), lead=True), trends_figure(view)),
        say("trends.short"),
    )


def trends_headline(view: View) -> Words:
    """The trend furthest along and the one least."""
    say = view.say
    known = sorted((t for t in view.assessment.trends if t.assessable), key=lambda t: (-t.position, t.trend))
    if len(known) < 2:
        return say("trends.headline_open")
    high, low = (say.inner(say.trend(t.trend)) for t in (known[0], known[-1]))
    return say("trends.headline", high=high, low=low)


def trends_figure(view: View) -> FigureBlock:
    """Positions with the table behind them."""
    say = view.say
    items = [
        say("trends.alt_item", label=say.trend(t.trend), value=trend_value(say, t))
        for t in view.assessment.trends
    ]
    alt = say("trends.alt", list=say("answers.separator").join(items))
    return FigureBlock(
        "trends",
        trend_positions(say, view.assessment),
        say("trends.caption"),
        alt,
        trends_table(view),
        show_table=True,
    )


def trends_table(view: View) -> Table:
    """Position, words and source, trend by trend."""
    say = view.say
    rows = tuple(
        row(
            cell(say.trend(t.trend), strong=True),
            cell(trend_value(say, t), link=_heaviest(t)),
            in_words(view, t),
            say("list_comma").join(source_text(s) for s in say.edition.indexes[t.trend].source),
        )
        for t in view.assessment.trends
    )
    columns = (
        column(say("trends.trend"), 1.8),
        column(say("trends.position"), 1.0, numeric=True),
        column(say("trends.reading"), 4.0),
        column(say("trends.source"), 0.7),
    )
    return Table("trends", say("trends.table"), columns, rows)


def _heaviest(t: TrendPosition) -> str:
    """The row of the indicator that adds most to the position."""
    applying = [c for c in t.components if c.applies and c.indicator]
    return f"#{max(applying, key=lambda c: c.points).indicator}" if applying else ""


def in_words(view: View, t: TrendPosition) -> Words:
    if not t.assessable:
        return view.say("none")
    key = "low" if t.position < LOW else "high" if t.position >= HIGH else "middle"
    return view.say.text(f"trends.{t.trend}.{key}")
