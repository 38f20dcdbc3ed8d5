"""The plan: what to do when, why, and what was considered and waits."""

from __future__ import annotations

from assessment.model.results import Recommendation
from assessment.report import numbers
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import Block, FigureBlock, Part, Row, Table, Text, Words
from assessment.report.figures import in_time, plan_timeline
from assessment.report.say import months_later
from assessment.report.view import View

SHOWN = 11  # measures on the page of reasons, chosen and waiting together
FEW = 2  # measures whose reasons fit on the page of the plan
RELIEF_SHOWN = 3  # components a measure relieves, most first


def plan(view: View) -> Part:
    """The chosen measures over time, with first step, KPI and owner."""
    say = view.say
    blocks: list[Block] = [paragraph(say("plan.lead"), lead=True)]
    if view.chosen:
        blocks += [plan_figure(view)]
    if len(view.chosen) <= FEW:
        blocks += reason_tables(view)
    return Part("plan", say("plan.kicker"), (plan_headline(view),), tuple(blocks), say("plan.short"))


def plan_headline(view: View) -> Words:
    """How many measures of each kind."""
    say = view.say
    counts = {kind: sum(r.kind == kind for r in view.chosen) for kind in ("quick", "build", "strategic")}
    return (
        say("plan.headline", count=len(view.chosen), **counts) if view.chosen else say("plan.headline_none")
    )


def plan_figure(view: View) -> FigureBlock:
    """The timeline with the table behind it."""
    say = view.say
    items = [
        say("plan.alt_item", label=say.measure(r.countermeasure), start=r.start, end=r.end)
        for r in in_time(view.chosen)
    ]
    alt = say("plan.alt", list=say("answers.separator").join(items))
    return FigureBlock(
        "plan", plan_timeline(say, view.chosen), say("plan.caption"), alt, plan_table(view), show_table=True
    )


def plan_table(view: View) -> Table:
    """Measures by kind with first step, owner, effort and dates."""
    say = view.say
    kinds = ("quick", "build", "strategic")
    rows = [_row(view, r) for kind in kinds for r in in_time(view.chosen) if r.kind == kind]
    columns = (
        column(say("plan.measure"), 4.8),
        column(say("plan.owner"), 1.4),
        column(say("plan.kind"), 0.9),
        column(say("plan.effort"), 0.6),
        column(say("plan.when"), 1.9),
    )
    return Table("plan", say("plan.table"), columns, tuple(rows))


def _row(view: View, r: Recommendation) -> Row:
    say, key = view.say, f"countermeasures.{r.countermeasure}"
    name, step = say.measure(r.countermeasure), say.texts.text(f"{key}.first_step")
    when = f"{say.month(months_later(view.today, r.start))} – {say.month(months_later(view.today, r.end))}"
    return row(
        cell(name, f"\n{step}"),
        view.owner(r),
        say(f"kind.{r.kind}"),
        say(f"effort.{r.effort}_short"),
        when,
    )


def plan_reasons(view: View) -> Part:
    """Why these measures, and what waits."""
    say = view.say
    return Part(
        "plan-reasons",
        say("plan.kicker_detail"),
        (say("plan.headline_detail"),),
        tuple(reason_tables(view)),
        say("plan.short_detail"),
    )


def reason_tables(view: View) -> list[Table]:
    """Why the chosen measures were chosen, and what waits; tables without rows are left out."""
    return [t for t in (reasons_table(view), later_table(view)) if t.rows]


def reasons_table(view: View) -> Table:
    """Each chosen measure with what it answers, how it is measured and what it may relieve."""
    say = view.say
    rows = tuple(
        row(
            cell(say.measure(r.countermeasure), strong=True),
            cell(*_why(view, r)),
            say.text(f"countermeasures.{r.countermeasure}.kpi"),
            _relief(view, r),
        )
        for r in view.chosen
    )
    columns = (
        column(say("plan.measure"), 1.5),
        column(say("plan.reason"), 3.4),
        column(say("plan.kpi"), 2.2),
        column(say("plan.relief"), 1.6),
    )
    return Table("reasons", say("plan.why"), columns, rows)


def _why(view: View, r: Recommendation) -> tuple[Text, ...]:
    why = view.say.text(f"countermeasures.{r.countermeasure}.why")
    asks = view.say.edition.countermeasures[r.countermeasure].actor == "ask"
    return (why, view.say("gap"), view.say("plan.ask")) if asks else (why,)


def _relief(view: View, r: Recommendation) -> Words:
    say = view.say
    heaviest = sorted(r.relieves, key=lambda item: (-abs(item[1]), item[0]))[:RELIEF_SHOWN]
    items = [
        say(
            "plan.relief_item" if points > 0 else "plan.worsen_item",
            component=say.component(c),
            points=numbers.number(abs(points)),
        )
        for c, points in heaviest
        if abs(points) >= 0.5
    ]
    return Words(say("answers.separator").join(items) or say("none"))


def later_table(view: View) -> Table:
    """Measures considered and not chosen, those of most relief first, with the reason."""
    say = view.say
    waiting = [
        r for r in view.assessment.recommendations if not r.chosen and r.held_by != "size" and _told(r)
    ]
    waiting.sort(key=lambda r: (-r.benefit, r.countermeasure))
    rows = tuple(
        row(cell(say.measure(r.countermeasure), strong=True), held_text(view, r))
        for r in waiting[: SHOWN - len(view.chosen)]
    )
    return Table(
        "later", say("plan.later"), (column(say("plan.measure"), 2.0), column(say("plan.reason"), 4.0)), rows
    )


def _told(r: Recommendation) -> bool:
    """Leave out what would relieve nothing: there is no reason to weigh it."""
    return r.benefit > 0 and r.held_by != "no_effect"


def held_text(view: View, r: Recommendation) -> Words:
    """Why a measure waits, in words."""
    say = view.say
    own = say.texts.maybe(f"countermeasures.{r.countermeasure}.not_when.{r.held_by}")
    if own:
        return Words(own)
    names = say.listed([say.measure(m) for m in r.waits_for])
    return say(f"held.{r.held_by or 'no_effect'}", **({"measures": names} if r.held_by == "after" else {}))
