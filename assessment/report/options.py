"""The plan and what stands beside it, in words: one text and one rounding for screen and paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assessment.model.agenda import Outlook
from assessment.model.plans import Amount, End, Outcome, PlannedMeasure, PlanProposal, Verdict
from assessment.report import numbers
from assessment.report.blocks import cell, column, row
from assessment.report.costs import Purse, cost_range, cost_text, percent, short
from assessment.report.document import CostFrontier, FigureBlock, FrontierPoint, Row, Table, Words
from assessment.report.say import Say
from assessment.scoring.place import level_number

RELIEF_SHOWN = 3  # components a measure relieves, most first; what it makes worse is always said
SEEN = 0.5  # points from which a relief is worth a word


def say_option(say: Say, key: str, /, **values: object) -> Words:
    """A sentence about plans."""
    return Words(say.words.text(f"options.{key}", **values))


def quoted(say: Say, measures: Iterable[str]) -> str:
    """Measures inside a sentence: their names hold commas of their own."""
    return say.listed([say("quoted", text=say.measure(m)) for m in measures])


# --- the plan as a whole ----------------------------------------------------------------------------------


def headline(say: Say, outlook: Outlook, purse: Purse | None = None) -> Words:
    """How many measures for how much."""
    chosen = outlook.proposal.chosen
    if not chosen.measures:
        return say_option(say, "headline_none")
    cost = cost_text(say, chosen.cost, purse)
    if len(chosen.measures) == 1:
        return say_option(say, "headline_single", cost=cost)
    return say_option(say, "headline", count=len(chosen.measures), cost=cost)


def verdict_text(say: Say, outlook: Outlook) -> Words:
    """How sure the plan is to be enough, or what is reachable if nothing is."""
    plan = outlook.proposal
    if plan.verdict is not Verdict.NOTHING_TO_DO and plan.at[End.LOW].reached:
        return say_option(say, f"verdict.{Verdict.SURE}")
    match plan.verdict:
        case Verdict.NOTHING_TO_DO | Verdict.SURE:
            return say_option(say, f"verdict.{plan.verdict}")
        case Verdict.LIKELY | Verdict.HOPED:
            return say_option(say, f"verdict.{plan.verdict}", short=_missed(say, plan, End.LOW))
        case Verdict.SHORT:
            reached = _listed(say, plan, plan.at[End.LOW], plan.request.targets)
            why = _why_short(outlook)
            cost = percent(_enough(outlook) or 0.0)
            return say_option(say, f"verdict.{why}", reached=reached, cost=cost)


def _why_short(outlook: Outlook) -> str:
    """What stands in the way. A search that ran out of time has shown nothing."""
    plan = outlook.proposal
    if any(best.gap is None for best in plan.best.values()):
        return "short_unsolved"
    if plan.request.budget is not None and _enough(outlook) is not None:
        return "short_budget"
    limited = plan.request.budget is not None or plan.request.days_per_quarter is not None
    return "short_limits" if limited else "short"


def _enough(outlook: Outlook) -> float | None:
    """The least cost of a set that keeps the limits, whatever the budget; None if there is none."""
    return min((o.cost for o in outlook.frontier.points if o.reached), default=None)


def _missed(say: Say, plan: PlanProposal, end: End) -> str:
    """Dilemmas that pass their limit, with the level they are left at."""
    left = plan.at[end].severity
    return _listed(say, plan, plan.at[end], [d for d, limit in plan.limits.items() if left[d] > limit])


def _listed(say: Say, plan: PlanProposal, outcome: Outcome, dilemmas: Iterable[str]) -> str:
    chosen = set(dilemmas)
    items = [
        say_option(
            say, "level_item", dilemma=say.dilemma(d), level=say.inner(level_word(say, s)), score=say.score(s)
        )
        for d, s in outcome.severity.items()
        if d in chosen and d in plan.limits
    ]
    return say("answers.separator").join(items)


def level_word(say: Say, severity: float) -> str:
    rules = say.edition.placement
    return say.level(rules.levels[level_number(severity, rules)])


# --- its measures -----------------------------------------------------------------------------------------


def measure_table(say: Say, outlook: Outlook, purse: Purse | None = None) -> Table:
    """The measures of the plan by start: cost, own days, quarters, what each relieves, why it is needed."""
    plan = outlook.proposal
    widths = {"measure": 2.4, "cost": 1.3, "days": 0.8, "quarters": 0.9, "relief": 2.2, "without": 2.4}
    columns = tuple(column(say_option(say, f"measures.{name}"), width) for name, width in widths.items())
    rows = measure_rows(say, outlook, purse)
    title, note = (say_option(say, f"measures.{key}") for key in ("title", "note"))
    return Table("plan-measures", title, columns, rows, note=note if plan.measures else Words())


def measure_rows(say: Say, outlook: Outlook, purse: Purse | None = None) -> tuple[Row, ...]:
    """A row a measure, and one for all of them together."""
    measures = outlook.proposal.measures
    rows = [_measure_row(say, outlook.proposal, m, purse) for m in measures]
    if len(measures) > 1:
        cost, days = (_together(m.cost for m in measures), _together(m.days for m in measures))
        total = cell(say_option(say, "measures.together"), strong=True)
        rows.append(row(total, cost_range(say, cost, purse), _days(say, days), "", "", "", tinted=True))
    return tuple(rows)


def _measure_row(say: Say, plan: PlanProposal, measure: PlannedMeasure, purse: Purse | None) -> Row:
    return row(
        cell(say.measure(measure.measure), strong=True),
        cost_range(say, measure.cost, purse),
        _days(say, measure.days),
        quarters_text(say, measure.quarters),
        relief_text(say, measure.relief),
        without_text(say, plan, measure),
    )


def _together(amounts: Iterable[Amount]) -> Amount:
    found = tuple(amounts)
    return Amount(sum(a.low for a in found), sum(a.mid for a in found), sum(a.high for a in found))


def _days(say: Say, days: Amount) -> str:
    return say("place.interval", low=numbers.number(days.low), high=numbers.number(days.high))


def quarters_text(say: Say, quarters: tuple[int, int]) -> Words:
    """First and last quarter of a measure, counted from 1."""
    first, last = (q + 1 for q in quarters)
    return say_option(say, "quarter" if first == last else "quarters", first=first, last=last)


def relief_text(say: Say, relief: Mapping[str, Amount]) -> Words:
    """Points a measure takes off components, most first, and all that it makes worse."""
    ordered = sorted(relief.items(), key=lambda item: (-abs(item[1].mid), item[0]))
    better = [i for i in ordered if i[1].mid >= SEEN][:RELIEF_SHOWN]
    worse = [i for i in ordered if i[1].mid <= -SEEN]
    items = [f"{say.component(c)} {_span(say, -a.low, -a.high)}" for c, a in better]
    items += [
        say_option(say, "measures.worse", component=say.component(c), points=_span(say, -a.low, -a.high))
        for c, a in worse
    ]
    return Words(say("answers.separator").join(items) or say("none"))


def _span(say: Say, first: float, last: float) -> str:
    """Points with their sign: what is taken off has a minus."""
    ends = [("+" if round(x) > 0 else "") + numbers.number(x) for x in (first, last)]
    return ends[0] if ends[0] == ends[1] else say("range", low=ends[0], high=ends[1])


def without_text(say: Say, plan: PlanProposal, measure: PlannedMeasure) -> Words:
    """What fails without a measure, what builds on it, and what the best plan without it costs."""
    told = []
    if measure.fails_without:
        names = say.listed([say.dilemma(d) for d in measure.fails_without])
        told.append(
            say_option(
                say, "without.further" if plan.verdict is Verdict.SHORT else "without.fails", names=names
            )
        )
    if measure.needed_by:
        told.append(say_option(say, "without.needed_by", names=quoted(say, measure.needed_by)))
    if measure.measure in plan.request.kept:
        told.append(say_option(say, "without.kept"))
    elif measure.cost_without is None:
        told.append(say_option(say, "without.no_other"))
    else:
        more = measure.cost_without - plan.chosen.cost
        key = "without.same" if more < 0.05 else "without.cost"
        told.append(say_option(say, key, cost=percent(measure.cost_without)))
    return Words(say("gap").join(told))


# --- what else there is -------------------------------------------------------------------------------------


def runner_up_texts(say: Say, outlook: Outlook, purse: Purse | None = None) -> tuple[Words, ...]:
    """The runner-up sets, each by what it has instead of what, and its cost."""
    return tuple(_runner_up(say, outlook.proposal.chosen, o, purse) for o in outlook.proposal.runners_up)


def _runner_up(say: Say, chosen: Outcome, other: Outcome, purse: Purse | None) -> Words:
    added, left = (
        [m for m in a.measures if m not in b.measures] for a, b in ((other, chosen), (chosen, other))
    )
    more = other.cost - chosen.cost
    key = "runner_up_same" if more < 0.05 else "runner_up"
    return say_option(
        say, key, cost=cost_text(say, other.cost, purse), more=percent(more),
        added=quoted(say, added), left=quoted(say, left),
    )  # fmt: skip


def nothing_text(say: Say, outlook: Outlook) -> Words:
    """Where the firm stays if it does nothing."""
    plan = outlook.proposal
    over = [d for d, limit in plan.limits.items() if plan.today[d] > limit]
    today = Outcome((), 0.0, plan.today, 0.0)
    return (
        say_option(say, "nothing", list=_listed(say, plan, today, over))
        if over
        else say_option(say, "nothing_kept")
    )


def cost_frontier(say: Say, outlook: Outlook) -> CostFrontier:
    """Cost against what is left to the goal: the frontier with the plan, its runners-up and doing nothing."""
    points = sorted(_points(say, outlook), key=lambda p: (-p.cost, p.left, p.kind))
    labels = (say_option(say, f"frontier.{name}") for name in ("cost", "left", "goal"))
    return CostFrontier(tuple(points), *labels)


def _points(say: Say, outlook: Outlook) -> list[FrontierPoint]:
    plan, frontier = outlook.proposal, outlook.frontier
    named = [(o, _kind(outlook, number)) for number, o in enumerate(frontier.points)]
    if frontier.chosen is None and plan.chosen.measures:
        named.append((plan.chosen, "plan"))
    known = {o.measures for o, _ in named}
    named += [(o, "runner_up") for o in plan.runners_up if o.measures not in known]
    return [_point(say, o, kind) for o, kind in named]


def _kind(outlook: Outlook, number: int) -> str:
    point = outlook.frontier.points[number]
    if not point.measures:
        return "nothing"
    if number == outlook.frontier.chosen:
        return "plan"
    return "runner_up" if point.measures in {o.measures for o in outlook.proposal.runners_up} else "other"


def _point(say: Say, outcome: Outcome, kind: str) -> FrontierPoint:
    value = say_option(say, "frontier.value", cost=percent(outcome.cost), left=short(outcome.overshoot))
    label = "" if kind == "other" else say_option(say, f"frontier.{kind}")
    return FrontierPoint(outcome.cost, outcome.overshoot, value, label, kind)


def frontier_block(say: Say, outlook: Outlook) -> FigureBlock:
    """The frontier with its caption, its words for those who cannot see it, and the numbers behind it."""
    figure = cost_frontier(say, outlook)
    items = [
        say_option(say, "frontier.alt_item", label=p.label, value=p.value_label)
        for p in figure.points
        if p.label
    ]
    alt = say_option(say, "frontier.alt", count=len(figure.points), list=say("answers.separator").join(items))
    return FigureBlock(
        "frontier", figure, say_option(say, "frontier.caption"), alt, frontier_table(say, outlook)
    )


def frontier_table(say: Say, outlook: Outlook) -> Table:
    """Every set on the frontier, dearest first. A set is explained from its first measure on, doing nothing
    from the first dilemma.
    """
    rows = [
        row(
            cell(
                _point(say, o, _kind(outlook, n)).label or say_option(say, "frontier.set", number=n + 1),
                strong=True,
            ),
            percent(o.cost),
            short(o.overshoot),
            say("answers.separator").join(say.measure(m) for m in o.measures) or say("none"),
            of=o.measures[0] if o.measures else next(iter(o.severity)),
        )
        for n, o in enumerate(outlook.frontier.points)
    ]
    widths = {
        "which": (1.2, False),
        "cost_short": (0.8, True),
        "left_short": (0.8, True),
        "measures": (5.0, False),
    }
    columns = tuple(column(say_option(say, f"frontier.{k}"), w, numeric=n) for k, (w, n) in widths.items())
    note = Words() if outlook.frontier.complete else say_option(say, "frontier.incomplete")
    return Table("frontier", say_option(say, "frontier.title"), columns, tuple(rows), note=note)
