"""The map: three dilemmas on one scale."""

from __future__ import annotations

from assessment.model.results import Placement, Stated
from assessment.report import numbers
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import Block, FigureBlock, Part, Table, Words
from assessment.report.figures import level_text, placement_map, score_text, tone_of
from assessment.report.view import View


def placements(view: View) -> Part:
    """Where the firm stands on the three dilemmas."""
    say = view.say
    blocks: list[Block] = [paragraph(say("map.lead"), lead=True), map_figure(view)]
    notes = [n for n in (_na_note(view, p) for p in view.assessment.placements) if n]
    if notes:
        blocks.append(paragraph(say("map.na_note", text=say("answers.separator").join(notes))))
    return Part("map", say("map.kicker"), (map_headline(view),), tuple(blocks), say("map.short"))


def map_headline(view: View) -> Words:
    """How many dilemmas call for a plan."""
    say, calling = view.say, view.calling
    names = [say.inner(say.dilemma(p.dilemma)) for p in calling]
    if len(calling) == 1:
        return say("map.headline_one", name=names[0])
    if len(calling) == 2:
        return say("map.headline_two", name=names[0], second=names[1])
    if len(calling) > 2:
        return say("map.headline_three", name=names[0])
    if view.main.stated is not Stated.LEVEL:
        return say("map.headline_open")
    return (
        say("map.headline_none")
        if view.main.level == "none"
        else say("map.headline_watch", name=say.inner(say.dilemma(view.main.dilemma)))
    )


def map_figure(view: View) -> FigureBlock:
    """The placement map with the table behind it."""
    say = view.say
    alt = "".join(
        say("map.alt", name=say.dilemma(p.dilemma), score=score_text(say, p), level=level_text(say, p))
        for p in view.assessment.placements
    )
    return FigureBlock(
        "placement-map",
        placement_map(say, view.assessment),
        say("map.caption"),
        alt,
        placement_table(view),
        show_table=True,
    )


def placement_table(view: View) -> Table:
    """Severity, level, meaning and what would decide it, dilemma by dilemma."""
    say = view.say
    rows = tuple(
        row(
            cell(say.dilemma(p.dilemma), strong=True),
            score_text(say, p),
            cell(level_text(say, p), tone=tone_of(p)),
            numbers.percent(p.coverage),
            _meaning(view, p),
        )
        for p in view.assessment.placements
    )
    columns = (
        column(say("map.dilemma"), 1.7),
        column(say("map.severity"), 1.0, numeric=True),
        column(say("map.level"), 1.2),
        column(say("map.coverage"), 0.7, numeric=True),
        column(say("map.meaning"), 3.2),
    )
    return Table("placements", say("map.table"), columns, rows)


def _meaning(view: View, placement: Placement) -> Words:
    say = view.say
    if placement.stated is Stated.LEVEL:
        return say.text(f"dilemmas.{placement.dilemma}.meaning_{placement.level}")
    names = [say("quoted", text=say.label(q)) for q in placement.deciding[:4]]
    return Words(f"{say('map.deciding')}{say('colon')}{say('list_comma').join(names)}")


def _na_note(view: View, placement: Placement) -> str:
    """What "not applicable" may hide, where it would widen the interval."""
    same = abs(placement.na_low - placement.low) < 0.5 and abs(placement.na_high - placement.high) < 0.5
    if same or (
        not any(not c.applies and c.low != c.high for c in placement.components)
        and placement.stated is Stated.NOT_PLACED
    ):
        return ""
    low, high = view.say.score(placement.na_low), view.say.score(placement.na_high)
    return f"{view.say.dilemma(placement.dilemma)} {low}–{high}"
