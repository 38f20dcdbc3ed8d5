"""Appendix: the outside figures shown. Those deliberately not used are the same for every firm: on screen."""

from __future__ import annotations

from assessment.model.rules import Evidence
from assessment.report.blocks import cell, column, row
from assessment.report.document import Part, Table
from assessment.report.parts.drivers import source_text
from assessment.report.parts.indicators import MARKS
from assessment.report.say import Say
from assessment.report.view import View


def sources(view: View) -> Part:
    """Where the figures come from and which ones were left out."""
    say = view.say
    return Part(
        "sources",
        say("sources.kicker"),
        (say("sources.headline"),),
        (used_table(view),),
        say("sources.short"),
        appendix=True,
    )


def _shown(view: View) -> list[Evidence]:
    """The outside figures that stand beside this firm's indicators, in the order of the edition."""
    beside = {e for ids in view.assessment.yardsticks.values() for e in ids[:MARKS]}
    return [e for e in view.say.edition.evidence.values() if e.id in beside]


def used_table(view: View) -> Table:
    """Figures that stand beside the firm's numbers."""
    say = view.say
    rows = tuple(
        row(
            cell(e.figure, strong=True),
            say.text(f"evidence.{e.id}.claim"),
            say(f"sources.{e.use}"),
            source_text(e.section),
            of=e.id,
        )
        for e in _shown(view)
    )
    columns = (
        column(say("sources.figure"), 0.7),
        column(say("sources.claim"), 5.4),
        column(say("sources.use"), 1.9),
        column(say("sources.section"), 0.7),
    )
    return Table("sources-used", say("sources.used"), columns, rows, note=say("sources.lead"), compact=True)


def unused_table(say: Say) -> Table:
    """Figures of the two sources that are not used as marks, with the reason; the same for every firm."""
    rows = tuple(
        row(
            cell(e.figure or say("none"), strong=True),
            say.text(f"evidence.{e.id}.use_reason"),
            source_text(e.section),
            of=e.id,
        )
        for e in say.edition.evidence.values()
        if e.use == "unusable" and e.document != "outside"
    )
    columns = (
        column(say("sources.figure"), 0.8),
        column(say("sources.why"), 5.0),
        column(say("sources.section"), 0.7),
    )
    return Table("sources-unused", say("sources.unused"), columns, rows, compact=True)
