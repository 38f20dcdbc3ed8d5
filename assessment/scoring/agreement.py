"""How far several people agree on one field, and what kind of clash it is where they do not.

Levels, shares and amounts: mean absolute deviation from the median (AD, Burke and Dunlap 2002), a range by
its nearer end. Choices and years: share of other answers than the most frequent one. Ticks: mean distance
from the ticks of the majority (one minus common ticks over all ticks). All of them are mean distances from
the answer in the middle, so that they are read alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from statistics import median

from assessment.answering.form import write_reply
from assessment.answering.limits import number_limits
from assessment.evaluation.size import GROUP_HEADCOUNT, HEADCOUNT
from assessment.model.answers import (
    Answered,
    Answers,
    Between,
    DontKnow,
    NotAnswered,
    NotApplicable,
    NotAsked,
    Reply,
)
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Unit
from assessment.model.workshop import Accord, Agreement, AgreementRules, Clash, Respondent, Spread, Vote

Span = tuple[float, float]


def agreement(
    edition: Edition, field: str, votes: Iterable[Vote], beside: Answers | None = None
) -> Agreement:
    """Spread and agreement of all votes on one field. `beside`: what the firm said of its size, if anything.

    Raises `ValueError` for an edition without rules of agreement.
    """
    rules, asked = rules_of(edition), edition.fields[field]
    given = [v for v in votes if v.field == field and not isinstance(v.reply, (NotAnswered, NotAsked))]
    replies = sorted((v.reply for v in given), key=_order)
    known = known_among(replies)
    deviation, index = _index(asked, known)
    named = len(known) >= rules.least
    shown, withheld = shown_roles({v.respondent for v in given}, rules.least)
    return Agreement(
        field=field,
        replies=tuple(NotApplicable() if isinstance(r, NotApplicable) else r for r in replies),
        known=len(known),
        dont_know=sum(isinstance(r, DontKnow) for r in replies),
        not_applicable=sum(isinstance(r, NotApplicable) for r in replies),
        overall=_spread(asked, "", replies),
        deviation=deviation if named else None,
        index=index if named else None,
        accord=_accord(rules, asked, index) if named else None,
        clashes=tuple(_clashes(edition, asked, replies, index, beside)),
        by_role=tuple(_spread(asked, r, [v.reply for v in given if v.respondent.role == r]) for r in shown),
        withheld=withheld,
    )


def rules_of(edition: Edition) -> AgreementRules:
    """The rules of agreement of an edition. Raises `ValueError` if it has none."""
    if edition.agreement is None:
        raise ValueError(f"{edition.id} has no [agreement]")
    return edition.agreement


def known_among(replies: Iterable[Reply]) -> list[Answered | Between]:
    """The replies of those who know."""
    return [r for r in replies if isinstance(r, (Answered, Between))]


def shown_roles(respondents: Iterable[Respondent], least: int) -> tuple[tuple[str, ...], int]:
    """Roles that may be shown by themselves, by name, and how many people are left over.

    A role is shown if it has `least` people: in a room a role of one is a person, also nameless. What is left
    over is never one or two people: they could be found by taking the roles shown from the whole.
    """
    groups: dict[str, list[Respondent]] = {}
    for one in respondents:
        groups.setdefault(one.role, []).append(one)
    shown = [role for role, group in groups.items() if role and len(group) >= least]
    rest = sum(len(group) for role, group in groups.items() if role not in shown)
    for role in sorted(shown, key=lambda r: (len(groups[r]), r)):
        if rest == 0 or rest >= least:
            break
        shown.remove(role)
        rest += len(groups[role])
    return tuple(sorted(shown)), rest


# --- the measure ------------------------------------------------------------------------------------


def measure_of(field: Field) -> str:
    """How distance is measured: "scale", "amount" or "choice"."""
    match field.cell:
        case LevelCell():
            return "scale"
        case NumberCell(unit=unit) as cell:
            if unit is Unit.YEAR:
                return "choice"
            return "amount" if number_limits(cell)[1] is None else "scale"
        case ChoiceCell() | MultiCell():
            return "choice"


def _index(field: Field, known: Sequence[Answered | Between]) -> tuple[float, float]:
    """Mean distance from the middle in the field's unit, and against its scale: 0..1."""
    if not known:
        return 0.0, 0.0
    if measure_of(field) == "choice":
        share = _of_ticks(known) if isinstance(field.cell, MultiCell) else _of_choices(known)
        return share, share
    spans = [span_of(r) for r in known]
    middle = median(_middle(s) for s in spans)
    deviation = sum(max(low - middle, middle - high, 0.0) for low, high in spans) / len(spans)
    whole = _whole(field, spans)
    return deviation, min(deviation / whole, 1.0) if whole > 0 else 0.0


def _whole(field: Field, spans: Sequence[Span]) -> float:
    """What a deviation is measured against: options of a scale, span of its limits, or the mean amount."""
    if isinstance(field.cell, LevelCell):
        return float(field.cell.steps)
    assert isinstance(field.cell, NumberCell), field.id
    low, high = number_limits(field.cell)
    return sum(abs(_middle(s)) for s in spans) / len(spans) if high is None else high - low


def _of_choices(known: Sequence[Answered | Between]) -> float:
    counts = Counter(repr(write_reply(r)) for r in known)
    return 1.0 - max(counts.values()) / len(known)


def _of_ticks(known: Sequence[Answered | Between]) -> float:
    ticked = [set(ticks_of(r)) for r in known]
    majority = set(most_ticked(ticked))
    return sum(_apart(ticks, majority) for ticks in ticked) / len(ticked)


def most_ticked(ticked: Sequence[Iterable[str]]) -> tuple[str, ...]:
    """The options that more than half have ticked."""
    counts = Counter(option for ticks in ticked for option in ticks)
    return tuple(sorted(option for option, n in counts.items() if 2 * n > len(ticked)))


def _apart(one: set[str], other: set[str]) -> float:
    return 1.0 - len(one & other) / len(one | other) if one | other else 0.0


def ticks_of(reply: Reply) -> tuple[str, ...]:
    """The ticks of a reply to a field of several options."""
    return reply.value if isinstance(reply, Answered) and isinstance(reply.value, tuple) else ()


def span_of(reply: Answered | Between) -> Span:
    """A number or level as a range of one point, or the range that was given."""
    if isinstance(reply, Between):
        return float(reply.low), float(reply.high)
    assert not isinstance(reply.value, (str, tuple)), reply
    return float(reply.value), float(reply.value)


def _middle(span: Span) -> float:
    return (span[0] + span[1]) / 2.0


def _accord(rules: AgreementRules, field: Field, index: float) -> Accord:
    measure = measure_of(field)
    if round(index, 9) <= rules.agreed[measure]:
        return Accord.AGREED
    return Accord.APART if round(index, 9) >= rules.apart[measure] else Accord.PARTLY


# --- the spread -------------------------------------------------------------------------------------


def _spread(field: Field, role: str, replies: Sequence[Reply]) -> Spread:
    """What a group said, as ends and middle, or as a tally."""
    known = known_among(replies)
    tally = Counter(option for r in known for option in _options(r))
    ordered = {k: tally[k] for k in sorted(tally)} if not isinstance(field.cell, NumberCell) else {}
    if not known or isinstance(field.cell, (ChoiceCell, MultiCell)):
        return Spread(role, len(replies), len(known), tally=ordered)
    spans = [span_of(r) for r in known]
    middle = median(_middle(s) for s in spans)
    low, high = min(s[0] for s in spans), max(s[1] for s in spans)
    return Spread(role, len(replies), len(known), low, middle, high, ordered)


def _options(reply: Answered | Between) -> tuple[str, ...]:
    if isinstance(reply, Between):
        return ()
    return reply.value if isinstance(reply.value, tuple) else (str(reply.value),)


def _order(reply: Reply) -> tuple[str, float, str]:
    """An order that tells nothing of who spoke first: kind, number, text."""
    known = isinstance(reply, (Answered, Between)) and not (
        isinstance(reply, Answered) and isinstance(reply.value, (str, tuple))
    )
    number = _middle(span_of(reply)) if known and isinstance(reply, (Answered, Between)) else 0.0
    return type(reply).__name__, number, repr(write_reply(reply))


# --- kinds of clash ---------------------------------------------------------------------------------


def _clashes(
    edition: Edition, field: Field, replies: Sequence[Reply], index: float, beside: Answers | None
) -> Iterable[Clash]:
    rules, known = rules_of(edition), known_among(replies)
    if known and any(isinstance(r, DontKnow) for r in replies):
        yield Clash.KNOWLEDGE
    differ = round(index, 9) > rules.agreed[measure_of(field)]
    slipped = _slipped(known, factors_for(edition, field, beside), rules.near)
    if slipped or (known and any(isinstance(r, NotApplicable) for r in replies)):
        yield Clash.SCOPE
    if differ and not slipped:
        yield Clash.JUDGEMENT


def factors_for(edition: Edition, field: Field, beside: Answers | None) -> tuple[float, ...]:
    """Factors between two answers to a number that speak of another unit, period, or of the group."""
    if not isinstance(field.cell, NumberCell) or field.cell.unit is Unit.YEAR:
        return ()
    unit = field.cell.unit
    found = set(rules_of(edition).factors.get(unit, ()))
    if unit is Unit.MONEY:
        found |= {b / a for a, b in combinations(sorted(map(float, edition.money_units.values())), 2)}
    if unit in (Unit.MONEY, Unit.FTE, Unit.COUNT) and beside is not None:
        found |= _group_factor(beside, rules_of(edition).near)
    return tuple(sorted(found))


def _group_factor(beside: Answers, near: float) -> set[float]:
    """How many times the firm its group is, by people; nothing where either is not known."""
    own, group = beside.reply(HEADCOUNT), beside.reply(GROUP_HEADCOUNT)
    if not isinstance(own, Answered) or not isinstance(group, Answered):
        return set()
    people, all_people = _middle(span_of(own)), _middle(span_of(group))
    return {all_people / people} if 0 < people * (1 + near) < all_people else set()


def _slipped(known: Sequence[Answered | Between], factors: Sequence[float], near: float) -> bool:
    """Whether one of the answers, times or divided by factors, gives all others that are not the same."""
    values = [_middle(span_of(r)) for r in known] if factors else []
    for base in values:
        others = [v for v in values if not _times(v, base, (1.0,), near)]
        if others and all(_times(v, base, factors, near) for v in others):
            return True
    return False


def _times(value: float, base: float, factors: Sequence[float], near: float) -> bool:
    """Whether one number is the other times one of the factors, nearly."""
    if value * base <= 0:
        return value == base
    ratio = max(value / base, base / value)
    return any(abs(ratio / f - 1.0) <= near for f in factors)


def indexes(edition: Edition, votes: Sequence[Vote]) -> Mapping[str, float]:
    """The index of every field that somebody knows, also where too few know to name agreement."""
    by_field: dict[str, list[Reply]] = {}
    for vote in votes:
        by_field.setdefault(vote.field, []).append(vote.reply)
    known = {name: known_among(by_field[name]) for name in edition.fields if name in by_field}
    return {name: _index(edition.fields[name], found)[1] for name, found in known.items() if found}
