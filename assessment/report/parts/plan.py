"""The plan: what to do when, why, and what was considered and waits."""

from __future__ import annotations

import math

from assessment.model.agenda import ActionStatus
from assessment.model.plans import Verdict
from assessment.model.results import Recommendation
from assessment.report import numbers
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import (
    Block,
    FigureBlock,
    Part,
    Roadmap,
    RoadmapBar,
    Row,
    Table,
    Text,
    Words,
)
from assessment.report.figures import in_time
from assessment.report.options import relief_text
from assessment.report.planned import QUARTER
from assessment.report.say import months_later
from assessment.report.view import View

SHOWN = 8  # measures named, those of the plan and those considered together
FEW = 4  # measures whose reasons always fit on one page with the roadmap
RELIEF_SHOWN = 3  # components a measure relieves, most first


def plan(view: View, *, brief: bool = False) -> Part:
    """The measures over time, each with its first step, reason, owner and KPI.

    `brief`: the report has a page more than others, so a long plan does without the reasons.
    """
    say = view.say
    blocks: list[Block] = [] if brief else [paragraph(say(_lead(view)), lead=True)]
    if view.chosen:
        blocks += [plan_figure(view, brief=brief and len(view.chosen) > FEW)]
    later = later_table(view)
    if later.rows and not brief:
        blocks.append(later)
    return Part("plan", say("plan.kicker"), (plan_headline(view),), tuple(blocks), say("plan.short"))


def _lead(view: View) -> str:
    """Key of the sentence on how the measures were chosen."""
    if view.actions:
        return "plan.lead_decided"
    if not view.plans or view.outlook is None:
        return "plan.lead"
    return "plan.lead_short" if view.outlook.proposal.verdict is Verdict.SHORT else "plan.lead_plan"


def plan_headline(view: View) -> Words:
    """How many measures, for how much or of which kind."""
    say = view.say
    if view.chosen and (view.plans or view.actions):
        key = "plan.headline_decided" if view.actions else "plan.headline_plan"
        key += "_single" if len(view.chosen) == 1 else ""
        return say(key, count=len(view.chosen), months=max(r.end for r in view.chosen))
    counts = {kind: sum(r.kind == kind for r in view.chosen) for kind in ("quick", "build", "strategic")}
    return (
        say("plan.headline", count=len(view.chosen), **counts) if view.chosen else say("plan.headline_none")
    )


def plan_figure(view: View, *, brief: bool = False) -> FigureBlock:
    """The roadmap by quarter with the table behind it."""
    say = view.say
    items = [
        say("plan.alt_item", label=say.measure(r.countermeasure), start=r.start, end=r.end)
        for r in in_time(view.chosen)
    ]
    alt = say("plan.alt", list=say("answers.separator").join(items))
    return FigureBlock(
        "plan", roadmap(view), say("plan.caption"), alt, plan_table(view, brief=brief), show_table=True
    )


def roadmap(view: View) -> Roadmap:
    """The measures by quarter from today, with their owners."""
    say = view.say
    bars = tuple(
        RoadmapBar(
            say.measure(r.countermeasure),
            r.start / QUARTER,
            r.end / QUARTER,
            str(view.owner(r)),
            say(f"kind.{r.kind}"),
            r.kind,
        )
        for r in in_time(view.chosen)
    )
    last = max((math.ceil(bar.end) for bar in bars), default=0)
    ticks = (say.month(months_later(view.today, q * QUARTER)) for q in range(last + 1))
    return Roadmap(bars, tuple(ticks))


def plan_table(view: View, *, brief: bool = False) -> Table:
    """Measures in the order of the roadmap: first step, why, relief, KPI, owner, dates, effort."""
    say = view.say
    columns = (
        column(say("plan.measure"), 6.6),
        column(say("plan.owner"), 1.8),
        column(say("plan.effort"), 0.7),
    )
    return Table(
        "plan", say("plan.table"), columns, tuple(_row(view, r, brief) for r in in_time(view.chosen))
    )


def _row(view: View, r: Recommendation, brief: bool) -> Row:
    say, key = view.say, f"countermeasures.{r.countermeasure}"
    name, step = say.measure(r.countermeasure), say.texts.text(f"{key}.first_step")
    kpi, relief = say.texts.text(f"{key}.kpi"), _relief(view, r)
    when = f"{say.month(months_later(view.today, r.start))} – {say.month(months_later(view.today, r.end))}"
    return row(
        cell(
            name,
            Words(f"\n{step} "),
            *(() if brief else _why(view, r)),
            Words(f" {say('plan.measured', relief=relief, kpi=kpi)}"),
        ),
        cell(view.owner(r), Words(f"\n{when}"), *_progress(view, r)),
        say(f"effort.{r.effort}_short"),
    )


def _progress(view: View, r: Recommendation) -> tuple[Text, ...]:
    """How far a decided measure is, once it has begun."""
    action = view.actions.get(r.countermeasure)
    if action is None or action.status is ActionStatus.PLANNED:
        return ()
    return (Words(f"\n{view.say(f'plan.status.{action.status}')}"),)


def _why(view: View, r: Recommendation) -> tuple[Text, ...]:
    why = view.say.text(f"countermeasures.{r.countermeasure}.why")
    asks = view.say.edition.countermeasures[r.countermeasure].actor == "ask"
    return (why, view.say("gap"), view.say("plan.ask")) if asks else (why,)


def _relief(view: View, r: Recommendation) -> Words:
    """Of a planned measure what its effects take off; of another what the catalogue guesses."""
    say = view.say
    if r.countermeasure in view.relief:
        return relief_text(say, view.relief[r.countermeasure])
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
    taken = {r.countermeasure for r in view.chosen}
    waiting = [
        r
        for r in view.assessment.recommendations
        if r.countermeasure not in taken and r.held_by != "size" and _told(r)
    ]
    waiting.sort(key=lambda r: (-r.benefit, r.countermeasure))
    rows = tuple(
        row(cell(say.measure(r.countermeasure), strong=True), held_text(view, r))
        for r in waiting[: max(SHOWN - len(view.chosen), 0)]
    )
    columns = (column(say("plan.considered"), 2.0), column(say("plan.reason"), 4.0))
    return Table("later", say("plan.later"), columns, rows, compact=True)


def _told(r: Recommendation) -> bool:
    """Leave out what would relieve nothing: there is no reason to weigh it."""
    return r.benefit > 0 and r.held_by != "no_effect"


def held_text(view: View, r: Recommendation) -> Words:
    """Why a measure waits, in words."""
    say = view.say
    if r.chosen:
        short = view.outlook is not None and view.outlook.proposal.verdict is Verdict.SHORT
        return say("held.no_room" if short else "held.spare")
    own = say.texts.maybe(f"countermeasures.{r.countermeasure}.not_when.{r.held_by}")
    if own:
        return Words(own)
    names = say.listed([say.measure(m) for m in r.waits_for])
    return say(f"held.{r.held_by or 'no_effect'}", **({"measures": names} if r.held_by == "after" else {}))
