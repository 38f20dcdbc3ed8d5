"""What else has to be known of a plan: what it leads to, what stands against it, what it cannot use."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.model.agenda import Outlook
from assessment.model.plans import Dip, End, PlanProposal
from assessment.report import numbers
from assessment.report.blocks import cell, column, row
from assessment.report.document import Cell, Table, Tone, Words
from assessment.report.options import level_word, quoted, say_option
from assessment.report.replies import part_text
from assessment.report.say import Say
from assessment.scoring.place import level_number

NAMED = 2  # open questions that are named; the rest are counted


def remarks(say: Say, outlook: Outlook) -> tuple[Words, ...]:
    """What else has to be known of the plan: wishes not met, what gets worse first, hidden effects, gap."""
    plan = outlook.proposal
    made = (
        _kept_out(say, plan),
        dips_text(say, plan.dips),
        unknown_text(say, outlook),
        gap_text(say, outlook),
    )
    return tuple(text for text in made if text)


def _kept_out(say: Say, plan: PlanProposal) -> Words:
    """Measures the firm insists on that cannot be planned."""
    left = sorted(plan.request.kept - set(plan.chosen.measures))
    items = [
        say_option(
            say,
            "kept_item",
            measure=say.measure(m),
            reason=why_not(say, plan.unavailable, m, plan.request.quarters)
            or say_option(say, "kept_no_room"),
        )
        for m in left
    ]
    return say_option(say, "kept_out", list=say("gap").join(items)) if items else Words()


def dips_text(say: Say, dips: tuple[Dip, ...]) -> Words:
    """What gets worse before it gets better; empty if nothing does."""
    items = [
        say_option(
            say, "dip_item", name=_name(say, d.id), points=numbers.number(d.points, 1), quarter=d.quarter
        )
        for d in dips
    ]
    return say_option(say, "dips", list=say("answers.separator").join(items)) if items else Words()


def _name(say: Say, id_: str) -> str:
    return say.dilemma(id_) if id_ in say.edition.dilemmas else say.component(id_)


def unknown_text(say: Say, outlook: Outlook) -> Words:
    """Open answers that hide effects; empty if there are none."""
    names = [say("quoted", text=_asked(say, id_)) for id_ in outlook.proposal.unknown]
    more = len(names) - NAMED
    if more > 0:
        names = [*names[:NAMED], say_option(say, "unknown_more", count=more)]
    return say_option(say, "unknown", list=say.listed(names)) if names else Words()


def _asked(say: Say, id_: str) -> str:
    field = say.edition.fields[id_]
    part, label = part_text(say, field), say.label(field.question)
    return say_option(say, "unknown_part", label=label, part=part) if part else label


def gap_text(say: Say, outlook: Outlook) -> Words:
    """How far the plan may be from the cheapest, if the search could not prove it; empty if it did."""
    plan = outlook.proposal
    if plan.chosen.gap is None:
        return say_option(say, "gap_open")
    if plan.chosen.gap > 0:
        return say_option(say, "gap", percent=numbers.percent(plan.chosen.gap))
    if any(best.gap is None for best in plan.best.values()):
        return say_option(say, "gap_ends")
    return Words() if plan.exact else say_option(say, "gap_added")


def reach_table(say: Say, outlook: Outlook) -> Table:
    """Each dilemma: level today, goal, and where the plan leads at each end of its effects."""
    plan = outlook.proposal
    rows = tuple(
        row(cell(say.dilemma(d), strong=True), _placed(say, plan.today[d]), _goal(say, plan, d),
            *(_placed(say, plan.at[end].severity[d]) for end in End))
        for d in plan.limits
    )  # fmt: skip
    titles = ("dilemma", "today", "goal", *End)
    columns = tuple(column(say_option(say, f"reach.{t}"), 2.2 if t == "dilemma" else 1.55) for t in titles)
    return Table(
        "reach",
        say_option(say, "reach.title"),
        columns,
        rows,
        note=say_option(say, "reach.note"),
        compact=True,
    )


def _placed(say: Say, severity: float) -> Cell:
    rules = say.edition.placement
    tone = Tone(rules.levels[level_number(severity, rules)])
    text = say_option(say, "reach.level", level=level_word(say, severity), score=say.score(severity))
    return cell(text, tone=tone)


def _goal(say: Say, plan: PlanProposal, dilemma: str) -> str:
    target = plan.request.targets.get(dilemma)
    return say_option(say, "reach.hold") if target is None else say.level(target)


def why_not(say: Say, closed: Mapping[str, str], measure: str, quarters: int) -> Words:
    """Why a measure cannot be planned in so many quarters; empty if it can. `closed`: reason by measure."""
    reason = closed.get(measure, "")
    own = say.texts.maybe(f"countermeasures.{measure}.not_when.{reason}") if reason else ""
    if own or not reason:
        return Words(own)
    if reason == "after":
        waits = [m for m in say.edition.countermeasures[measure].after if m in closed]
        return say("held.after", measures=quoted(say, waits))
    if reason in ("refused", "horizon"):
        return say_option(say, f"unavailable.{reason}", quarters=quarters)
    return say(f"held.{reason}")


def unavailable_table(say: Say, outlook: Outlook) -> Table:
    """Measures that are not open to the firm, in the order of the catalogue, with the reason."""
    plan = outlook.proposal
    rows = tuple(
        row(cell(say.measure(m), strong=True), why_not(say, plan.unavailable, m, plan.request.quarters))
        for m in say.edition.countermeasures
        if m in plan.unavailable
    )
    columns = (
        column(say_option(say, "measures.measure"), 2.0),
        column(say_option(say, "unavailable.why"), 4.0),
    )
    return Table("unavailable", say_option(say, "unavailable.title"), columns, rows)
