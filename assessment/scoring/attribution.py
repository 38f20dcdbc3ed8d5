"""Which answers a change comes from: each is put in alone, into the old answers and back into the new.

Its part is the mean of both effects; what is left belongs to no single answer. Answers that hang together
move together: shares that add up to 100, the columns of a row, and an answer with those it makes moot.
Amounts are put in relative to revenue: a firm that grew evenly has moved nothing, though each of its amounts
put in alone would; what revenue itself does, by the size class, is a part of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assessment.answering.carrying import rescaled
from assessment.evaluation.size import CURRENCY, MONEY_UNIT, REVENUE
from assessment.model.answers import Answered, Answers, Reply
from assessment.model.carrying import ByFactor
from assessment.model.comparison import AnswerPart, Attribution
from assessment.model.edition import Edition
from assessment.model.fields import Field, Kind, NumberCell, Unit
from assessment.model.formulas import fields_in
from assessment.scoring.cohort import score
from assessment.scoring.place import DIGITS
from assessment.scoring.variants import Base

Together = tuple[str, ...]  # fields that move together, in alphabetical order
Parts = Mapping[Together, float]  # points by fields


def attribution(edition: Edition, before: Answers, after: Answers) -> dict[str, Attribution]:
    """The change of every dilemma by answer. Points of severity; the way back has all signs turned."""
    forward, backward = _put_in(edition, before, after), _put_in(edition, after, before)
    first, last = (_severities(edition, answers, [{}]) for answers in (before, after))
    return {d: _of_dilemma(d, forward[d], backward[d], last[d][0] - first[d][0]) for d in edition.dilemmas}


def _of_dilemma(dilemma: str, forward: Parts, backward: Parts, total: float) -> Attribution:
    points = {
        unit: (forward.get(unit, 0.0) - backward.get(unit, 0.0)) / 2.0 for unit in {*forward, *backward}
    }
    parts = [AnswerPart(unit, p) for unit, p in points.items() if round(p, DIGITS) != 0]
    parts.sort(key=lambda part: (-abs(part.points), part.fields))
    return Attribution(dilemma, tuple(parts), total - math.fsum(p.points for p in parts))


def _put_in(edition: Edition, into: Answers, other: Answers) -> dict[str, Parts]:
    """What each answer of `other` does when put in alone, amounts at the scale of `other`."""
    scaled = at_scale(edition, into, other)
    units = changed_units(edition, scaled, other)
    rows: list[Mapping[str, Reply]] = [{}, *({f: other.reply(f) for f in unit} for unit in units)]
    found, start = _severities(edition, scaled, rows), _severities(edition, into, [{}])
    scale = tuple(f for f in sorted((CURRENCY, MONEY_UNIT, REVENUE)) if into.reply(f) != scaled.reply(f))
    out: dict[str, Parts] = {}
    for d in edition.dilemmas:
        first, *others = found[d]
        parts = {unit: severity - first for unit, severity in zip(units, others, strict=True)}
        out[d] = parts | ({scale: first - start[d][0]} if scale else {})
    return out


def at_scale(edition: Edition, answers: Answers, other: Answers) -> Answers:
    """The answers with all amounts multiplied so that revenue is that of `other`, in its currency and unit.

    As they are where revenue is not known at both dates.
    """
    own, wanted = answers.reply(REVENUE), other.reply(REVENUE)
    if not (_amount(own) and _amount(wanted)):
        return answers
    factor = ByFactor(_amount(wanted) / _amount(own))
    replies = {
        name: (rescaled(reply, factor) or reply) if _is_money(edition.fields.get(name)) else reply
        for name, reply in answers.replies.items()
    }
    same = {name: other.replies[name] for name in (CURRENCY, MONEY_UNIT, REVENUE) if name in other.replies}
    return replace(answers, replies={**replies, **same})


def _amount(reply: Reply) -> Decimal:
    """An amount that is known, otherwise 0."""
    return reply.value if isinstance(reply, Answered) and isinstance(reply.value, Decimal) else Decimal(0)


def _is_money(field: Field | None) -> bool:
    return field is not None and isinstance(field.cell, NumberCell) and field.cell.unit is Unit.MONEY


def _severities(
    edition: Edition, answers: Answers, rows: Sequence[Mapping[str, Reply]]
) -> Mapping[str, list[float]]:
    """Severity of each dilemma, once for each entry of `rows`, which holds the replies that differ."""
    scores = score(edition, Base.of(edition, answers).with_replies(edition, answers, rows), edition.dilemmas)
    return {d: [float(x) for x in scores.indexes[d].mid] for d in edition.dilemmas}


def changed_units(edition: Edition, before: Answers, after: Answers) -> tuple[Together, ...]:
    """The fields whose answers differ, those that hang together as one unit."""
    changed = [f for f in edition.fields.values() if before.reply(f.id) != after.reply(f.id)]
    names = {f.id for f in changed}
    owner = {name: {name} for name in names}
    for one in changed:
        for other in _tied(edition, one, names):
            joined = owner[one.id] | owner[other]
            owner |= dict.fromkeys(joined, joined)
    return tuple(sorted({tuple(sorted(unit)) for unit in owner.values()}))


def _tied(edition: Edition, one: Field, names: Iterable[str]) -> set[str]:
    """Changed fields that have to move with this one."""
    question = edition.question[one.question]
    near = set[str]()
    if question.kind is Kind.SPLIT:
        near = {f.id for f in question.fields}
    elif question.columns:
        near = {f.id for f in question.fields if f.row == one.row}
    gates = set() if one.asked_when is None else set(fields_in(one.asked_when))
    return (near | gates) & set(names)
