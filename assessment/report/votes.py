"""The revealed answers to one field as a figure and a table: group by group, nobody named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessment.model.answers import Answered, Answers, Between, Reply
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell
from assessment.model.workshop import Agreement, Spread
from assessment.report import numbers
from assessment.report.blocks import cell, column, row
from assessment.report.document import (
    Row,
    Table,
    Text,
    Typed,
    VoteCount,
    VoteLine,
    VoteSpread,
    VoteTally,
    Words,
)
from assessment.report.replies import money_unit, option_text, reply_parts
from assessment.report.say import Say

STEPS = 4  # parts of a scale of numbers


def role_text(say: Say, role: str) -> Text:
    """The name of a role; of all of them together where it is empty."""
    if not role:
        return Words(say.words.text("votes.everybody"))
    known = say.texts.maybe(f"workshop_roles.{role}")
    return Words(known) if known else Typed(role)


def votes_figure(say: Say, field: Field, found: Agreement, answers: Answers) -> VoteSpread | VoteTally | None:
    """None where nobody knows."""
    if not found.known:
        return None
    if isinstance(field.cell, (ChoiceCell, MultiCell)):
        return _tally(say, field, found)
    lines = [_line(say, s) for s in (found.overall, *found.by_role)]
    whole = [n for n in lines if n is not None]
    dots = tuple(
        sorted(Counter(_middle(r) for r in found.replies if isinstance(r, (Answered, Between))).items())
    )
    first = VoteLine(whole[0].label, whole[0].low, whole[0].middle, whole[0].high, whole[0].value_label, dots)
    return VoteSpread((first, *whole[1:]), _ticks(field, first), _axis(say, field, answers))


def _line(say: Say, spread: Spread) -> VoteLine | None:
    """A group on the scale; None if none of it knows."""
    if spread.low is None or spread.middle is None or spread.high is None:
        return None
    told = say.words.text("votes.middle", value=_number(spread.middle))
    if spread.low != spread.high:
        ends = {"low": _number(spread.low), "high": _number(spread.high)}
        told = say.words.text("votes.range", value=_number(spread.middle), **ends)
    return VoteLine(role_text(say, spread.role), spread.low, spread.middle, spread.high, told)


def _number(value: float) -> str:
    exact = Decimal(repr(value))
    return numbers.exact(exact.quantize(Decimal("0.1")) if exact != exact.to_integral_value() else exact)


def _middle(reply: Reply) -> float:
    if isinstance(reply, Between):
        return float(reply.low + reply.high) / 2
    assert isinstance(reply, Answered), reply
    assert not isinstance(reply.value, (str, tuple)), reply
    return float(reply.value)


def _ticks(field: Field, whole: VoteLine) -> tuple[tuple[float, str], ...]:
    """Every level of a scale; for numbers a few round places that hold all answers."""
    if isinstance(field.cell, LevelCell):
        return tuple((float(n), str(n)) for n in range(field.cell.steps))
    low, high = whole.low, whole.high
    if (
        isinstance(field.cell, NumberCell)
        and field.cell.maximum is not None
        and field.cell.minimum is not None
    ):
        low, high = field.cell.minimum, field.cell.maximum
    step = _step((high - low) / STEPS if high > low else max(abs(high), 1.0) / STEPS)
    start = step * (low // step)
    places = [start + step * n for n in range(STEPS + 3)]
    last = next(n for n, place in enumerate(places) if place >= high and n > 0)
    return tuple((place, numbers.exact(Decimal(f"{place:.10g}"))) for place in places[: last + 1])


def _step(least: float) -> float:
    """The next of 1, 2, 2.5 and 5 times a power of ten."""
    power = 10.0 ** (len(f"{int(least)}") - 1) if least >= 1 else 10.0**-3
    steps = (power * factor * ten for ten in (1, 10, 100, 1000) for factor in (1, 2, 2.5, 5))
    return next(step for step in steps if step >= least * (1 - 1e-9))


def _axis(say: Say, field: Field, answers: Answers) -> str:
    if isinstance(field.cell, LevelCell):
        return say.words.text("votes.levels")
    assert isinstance(field.cell, NumberCell)
    named = say.words.maybe(f"report.units.{field.cell.unit}")
    return money_unit(say, answers) if field.cell.unit == "money" else named


def _tally(say: Say, field: Field, found: Agreement) -> VoteTally:
    """Options that somebody chose, most often first."""
    tally = found.overall.tally
    most = max(tally.values(), default=0)
    ordered = sorted(tally.items(), key=lambda pair: -pair[1])
    bars = tuple(
        VoteCount(option_text(say, field, o), n, say.words.text("votes.people", count=n), n == most)
        for o, n in ordered
    )
    return VoteTally(bars, found.overall.people, say.words.text("votes.axis_people"))


def votes_table(say: Say, field: Field, found: Agreement) -> Table:
    """The same as numbers: how many answered and know, what they said, whole and by role."""
    rows = tuple(_group(say, field, s) for s in (found.overall, *found.by_role))
    heads = ("group", "said", "known", "unknown")
    columns = tuple(column(say.words.text(f"votes.head_{h}"), numeric=h in heads[2:]) for h in heads)
    note = say("agreement.withheld", people=found.withheld) if found.withheld and found.by_role else Words()
    return Table("votes", Words(say.words.text("votes.table")), columns, rows, note=note)


def _group(say: Say, field: Field, spread: Spread) -> Row:
    said = _said(say, field, spread)
    group = cell(role_text(say, spread.role), strong=not spread.role)
    return row(group, said, str(spread.known), str(spread.people - spread.known))


def _said(say: Say, field: Field, spread: Spread) -> Words:
    if isinstance(field.cell, (ChoiceCell, MultiCell, LevelCell)) and spread.tally:
        return Words("\n".join(_counted(say, field, spread.tally)))
    if spread.low is None or spread.high is None:
        return say("none")
    low, high = (Decimal(repr(end)) for end in (spread.low, spread.high))
    reply: Reply = Answered(low) if low == high else Between(low, high)
    return Words("".join(reply_parts(say, field, reply)))


def levels_said(say: Say, field: Field, found: Agreement) -> Sequence[str]:
    """Each level that somebody chose in words, with how many did."""
    return _counted(say, field, found.overall.tally)


def _counted(say: Say, field: Field, tally: Mapping[str, int]) -> Sequence[str]:
    def name(option: str) -> str:
        if isinstance(field.cell, LevelCell):
            return "".join(reply_parts(say, field, Answered(int(option))))
        return option_text(say, field, option)

    return [say.words.text("votes.counted", option=name(o), count=n) for o, n in tally.items()]
