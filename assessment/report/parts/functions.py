"""The service functions: who does them, what they cost, how they are set up."""

from __future__ import annotations

from assessment.model.results import FunctionRow
from assessment.report import numbers
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import FigureBlock, Part, Row, Table, Words
from assessment.report.figures import function_picture
from assessment.report.parts.matrix import matrix_table
from assessment.report.replies import money_unit
from assessment.report.view import View

ON_THE_SIDE = 1  # set-up levels up to here have neither method nor dedicated staff


def functions(view: View) -> Part:
    """In-house against outsourced, function by function."""
    say = view.say
    return Part(
        "functions",
        say("functions.kicker"),
        (functions_headline(view),),
        (paragraph(say("functions.lead"), lead=True), functions_figure(view), matrix_table(view)),
        say("functions.short"),
    )


def functions_headline(view: View) -> Words:
    """Share outside, functions missing and functions on the side."""
    say = view.say
    inside, outside = totals(view.assessment.functions)
    if inside is None or outside is None or inside + outside <= 0:
        return say("functions.headline_open")
    rows = view.assessment.functions
    gaps = sum(r.mode == "not_done" for r in rows)
    side = sum(r.mode == "inside" and r.setup is not None and r.setup <= ON_THE_SIDE for r in rows)
    return say(
        "functions.headline", outside=numbers.percent(outside / (inside + outside)), gaps=gaps, side=side
    )


def totals(rows: tuple[FunctionRow, ...]) -> tuple[float | None, float | None]:
    """Spend inside and outside over all functions; None if an amount is not known."""
    return _total([r.inside for r in rows]), _total([r.outside for r in rows])


def _total(values: list[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) else None


def functions_figure(view: View) -> FigureBlock:
    """The picture with the table behind it."""
    say = view.say
    inside, outside = totals(view.assessment.functions)
    shown = [say("drivers.unknown_part") if x is None else numbers.amount(x) for x in (inside, outside)]
    gaps = [
        say.texts.text(f"rows.functions.{r.function}")
        for r in view.assessment.functions
        if r.mode == "not_done"
    ]
    alt = say(
        "functions.alt", inside=shown[0], outside=shown[1], gaps=say.listed(gaps) or say("functions.nobody")
    )
    return FigureBlock(
        "functions",
        function_picture(say, view.assessment),
        say("functions.caption"),
        alt,
        functions_table(view),
    )


def functions_table(view: View) -> Table:
    """Every function with mode, role, amounts and set-up."""
    say = view.say
    rows = [_row(view, r) for r in view.assessment.functions]
    inside, outside = totals(view.assessment.functions)
    total = [say("none") if x is None else numbers.amount(x) for x in (inside, outside)]
    rows.append(
        row(
            cell(say("functions.total"), strong=True),
            "",
            "",
            cell(total[0], strong=True),
            cell(total[1], strong=True),
            "",
            of="functions",
        )
    )
    columns = (
        column(say("functions.function"), 2.2),
        column(say("functions.mode"), 1.2),
        column(say("functions.core"), 1.0),
        column(say("functions.inside"), 0.9, numeric=True),
        column(say("functions.outside"), 0.9, numeric=True),
        column(say("functions.setup"), 2.4),
    )
    note = say("functions.estimated") if any(r.estimated for r in view.assessment.functions) else Words("")
    unit = money_unit(say, view.answers)
    heading = Words(f"{say('functions.table')} ({unit})") if unit else say("functions.table")
    return Table("functions", heading, columns, tuple(rows), note)


def _row(view: View, r: FunctionRow) -> Row:
    say = view.say
    mode = say.short("mtx_mode", r.mode) if r.mode else say("drivers.unknown_part")
    role = "" if r.core is None else say.short("mtx_core", "core" if r.core else "support")
    setup = (
        say("none") if r.setup is None else f"{r.setup} · {say.texts.many('scales.setup.levels')[r.setup]}"
    )
    inside = say("none") if r.inside is None else numbers.amount(r.inside) + ("*" if r.estimated else "")
    outside = say("none") if r.outside is None else numbers.amount(r.outside)
    doubtful = r.mode == "not_done" or (r.setup is not None and r.setup <= ON_THE_SIDE)
    name = cell(say.function(r.function), strong=True)
    return row(name, mode, role, inside, outside, setup, tinted=doubtful)
