"""What several people said as the answers of one firm: what they settled, else the range of what they said.

Disagreement is never averaged away: it stays in the answers as a range, or as an open answer where people
chose differently, so that the bounds of the engine carry it into the placement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from statistics import median, median_low

from assessment.model.answers import (
    DONT_KNOW,
    Answered,
    Answers,
    Between,
    NotAnswered,
    NotApplicable,
    NotAsked,
    Reply,
)
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, Kind, LevelCell, MultiCell, NumberCell
from assessment.model.workshop import AgreementRules, Vote
from assessment.scoring.agreement import known_among, most_ticked, rules_of, ticks_of

Known = Answered | Between


def pooled(
    edition: Edition,
    votes: Iterable[Vote],
    settled: Mapping[str, Reply] | None = None,
    beside: Answers | None = None,
) -> Answers:
    """The answers of a firm from those of several people. `settled`: replies agreed on, by field.

    `beside`: what the firm answered otherwise; it stands where nobody voted. Don't-knows do not widen what
    others know. Where the question fits for some and not for others, the answer is open.
    """
    whole = beside or Answers(edition.id)
    agreed = {k: r for k, r in (settled or {}).items() if k in edition.fields}
    given = {k: r for k, r in by_field(edition, votes).items() if k not in agreed}
    rules = rules_of(edition)
    found = {k: _pool(edition, edition.fields[k], r, rules) for k, r in given.items()}
    disputed = {k: centre(edition, edition.fields[k], given[k]) for k in found if _differ(given[k], found[k])}
    return replace(whole, replies={**whole.replies, **found, **agreed}, disputed=disputed)


def by_field(edition: Edition, votes: Iterable[Vote]) -> dict[str, list[Reply]]:
    """All that was said to each field, in page order."""
    found: dict[str, list[Reply]] = {}
    for vote in votes:
        if vote.field in edition.fields and not isinstance(vote.reply, (NotAnswered, NotAsked)):
            found.setdefault(vote.field, []).append(vote.reply)
    return {name: found[name] for name in edition.fields if name in found}


def centre(edition: Edition, field: Field, replies: Sequence[Reply]) -> Reply:
    """The reply in the middle: median; mean of a share of a split, so that they still add up; most frequent
    option, the first of equals; ticks of the majority. Not applicable if more say so than know.
    """
    known, moot = known_among(replies), [r for r in replies if isinstance(r, NotApplicable)]
    if not known:
        return _moot(moot) if moot else DONT_KNOW
    if len(moot) > len(known):
        return _moot(moot)
    match field.cell:
        case ChoiceCell(options, _):
            counts = Counter(r.value for r in known if isinstance(r, Answered))
            return Answered(max(options, key=lambda o: counts[o]))
        case MultiCell(options, _):
            often = most_ticked([ticks_of(r) for r in known])
            return Answered(tuple(o for o in options if o in often))
        case LevelCell():
            return Answered(int(median_low(_middle(r) for r in known)))
        case NumberCell(integer=True):
            return Answered(median_low(_middle(r).to_integral_value(ROUND_FLOOR) for r in known))
        case NumberCell():
            middles = [_middle(r) for r in known]
            split = edition.question[field.question].kind is Kind.SPLIT
            return Answered(sum(middles, Decimal(0)) / len(middles) if split else median(middles))


def _pool(edition: Edition, field: Field, replies: Sequence[Reply], rules: AgreementRules) -> Reply:
    known, moot = known_among(replies), [r for r in replies if isinstance(r, NotApplicable)]
    if not known:
        return _moot(moot) if moot else DONT_KNOW
    if moot:
        return DONT_KNOW
    if all(r == known[0] for r in known):
        return known[0]
    many = len(known) >= rules.trim_from
    if isinstance(field.cell, (ChoiceCell, MultiCell)):
        return _chosen(known, rules.trim if many else 0.0)
    whole = edition.question[field.question].kind is Kind.SPLIT  # trimmed shares need not reach 100
    return _range(field, known, Decimal(repr(rules.trim)) if many and not whole else Decimal(0))


def _chosen(known: Sequence[Known], trim: float) -> Reply:
    """The only option that more than a few have given; open if there are several."""
    counts = Counter(r.value for r in known if isinstance(r, Answered))
    often = [value for value, n in counts.items() if n > trim * len(known)]
    return Answered(often[0]) if len(often) == 1 else DONT_KNOW


def _range(field: Field, known: Sequence[Known], trim: Decimal) -> Reply:
    low = _quantile([_ends(r)[0] for r in known], trim)
    high = _quantile([_ends(r)[1] for r in known], 1 - trim)
    if isinstance(field.cell, LevelCell) or (isinstance(field.cell, NumberCell) and field.cell.integer):
        low, high = low.to_integral_value(ROUND_FLOOR), high.to_integral_value(ROUND_CEILING)
    if low < high:
        return Between(low, high)
    return Answered(int(low) if isinstance(field.cell, LevelCell) else low)


def _quantile(values: Sequence[Decimal], part: Decimal) -> Decimal:
    """Straight between neighbours, the usual definition (type 7)."""
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _differ(replies: Sequence[Reply], found: Reply) -> bool:
    """Whether those who do not say "don't know" said different things, and something is left open by it."""
    said = [r for r in replies if isinstance(r, (Answered, Between, NotApplicable))]
    plain = [NotApplicable() if isinstance(r, NotApplicable) else r for r in said]
    return any(r != plain[0] for r in plain) and not isinstance(found, Answered)


def _moot(replies: Sequence[NotApplicable]) -> NotApplicable:
    """Not applicable, with every reason once, in an order that does not tell who spoke first."""
    return NotApplicable("; ".join(sorted({r.reason for r in replies if r.reason})))


def _ends(reply: Known) -> tuple[Decimal, Decimal]:
    if isinstance(reply, Between):
        return reply.low, reply.high
    assert not isinstance(reply.value, (str, tuple)), reply
    value = Decimal(reply.value)
    return value, value


def _middle(reply: Known) -> Decimal:
    low, high = _ends(reply)
    return (low + high) / 2
