"""One firm at two dates: the answers of both are scored anew under the same rules; no stored score is used.

A dilemma has changed only if its intervals at the two dates are disjoint, or if enough of the settings common
to both dates agree on the direction. Money is not deflated: every amount enters as a ratio within its year.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessment.answering.carrying import carry, reversed_over
from assessment.answering.relevance import asked
from assessment.evaluation.columns import columns_of
from assessment.evaluation.values import Floats
from assessment.model.answers import DONT_KNOW, Answers, DontKnow, NotAnswered
from assessment.model.carrying import CarryOver
from assessment.model.comparison import (
    Change,
    Comparison,
    IndicatorMove,
    MeasureOutcome,
    Turn,
    YardstickSplit,
)
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell
from assessment.model.results import Known, Placement, Reading
from assessment.model.rules import Indicator, Reads
from assessment.scoring.attribution import attribution
from assessment.scoring.cohort import Scores, score
from assessment.scoring.place import DIGITS, placement, reading
from assessment.scoring.quality import by_other_column
from assessment.scoring.robustness import tried

Severities = Mapping[str, Floats]  # by dilemma, shape (draws,)


@dataclass(frozen=True, slots=True)
class CommonSettings:
    """Settings that are the same at both dates. `agree`: share that has to agree in sign, 0..1."""

    agree: float
    under: Callable[[Edition, Scores, int, Answers], Severities] = lambda e, s, row, a: (
        tried(e, s, row, a).scores
    )


def compare(
    edition: Edition,
    before: Answers,
    after: Answers,
    settings: CommonSettings | None = None,
    done: Sequence[str] = (),
) -> Comparison:
    """What moved between two sets of answers under `edition`. `done`: countermeasures done in between.

    Raises `ValueError` for answers under another edition: carry them over first, or use `compare_across`.
    """
    if {before.edition, after.edition} != {edition.id}:
        raise ValueError(f"answers under {before.edition}, {after.edition} compared under {edition.id}")
    first, second, known, either = known_at_both(edition, before, after)
    moves = indicator_moves(edition, before, after)
    by_id = {move.indicator: move for move in moves}
    kpis = {m: edition.countermeasures[m].kpi for m in done}
    return Comparison(
        edition=edition.id,
        changes=changes(edition, before, after, settings),
        shared=changes(edition, first, second, settings),
        known_at_both=known,
        asked=either,
        attribution=attribution(edition, before, after),
        indicators=moves,
        measures=tuple(MeasureOutcome(m, tuple(by_id[i] for i in kpi)) for m, kpi in kpis.items()),
    )


def compare_across(
    old: Edition,
    new: Edition,
    over: CarryOver,
    before: Answers,
    after: Answers,
    settings: CommonSettings | None = None,
    done: Sequence[str] = (),
) -> Comparison:
    """As `compare` under `new`, for `before` answered under `old`; with the part of the questionnaire."""
    carried = carry(before, over, new)
    back = carry(after, reversed_over(over), old).answers
    split = yardstick_split(old, new, (before, back), (carried.answers, after))
    found = compare(new, carried.answers, after, settings, done)
    return replace(found, split=split, carried=carried)


def yardstick_split(
    old: Edition, new: Edition, under_old: tuple[Answers, Answers], under_new: tuple[Answers, Answers]
) -> dict[str, YardstickSplit]:
    """The printed step of every dilemma both editions have. Pairs: answers of the earlier and later date."""
    then, now = _points(old, under_old), _points(new, under_new)
    out = {}
    for d in (d for d in new.dilemmas if d in then):
        (old_before, old_after), (new_before, new_after) = then[d], now[d]
        firm = ((new_after - new_before) + (old_after - old_before)) / 2.0
        questionnaire = ((new_before - old_before) + (new_after - old_after)) / 2.0
        out[d] = YardstickSplit(d, new_after - old_before, firm, questionnaire)
    return out


def _points(edition: Edition, pair: tuple[Answers, Answers]) -> dict[str, tuple[float, float]]:
    scores = _scores(edition, pair, edition.dilemmas)
    mids = {d: scores.indexes[d].mid for d in edition.dilemmas}
    return {d: (float(mid[0]), float(mid[1])) for d, mid in mids.items()}


def _scores(edition: Edition, pair: Sequence[Answers], indexes: Collection[str] | None = None) -> Scores:
    return score(edition, columns_of({f.id: f.cell for f in edition.fields.values()}, pair), indexes)


# --- dilemmas ---------------------------------------------------------------------------------------


def changes(
    edition: Edition, before: Answers, after: Answers, settings: CommonSettings | None = None
) -> dict[str, Change]:
    """The change of every dilemma."""
    scores = _scores(edition, (before, after))
    drawn = [] if settings is None else [settings.under(edition, scores, i, a)
                                         for i, a in enumerate((before, after))]  # fmt: skip
    out = {}
    for d in edition.dilemmas:
        places = [placement(edition, scores, i, d, a) for i, a in enumerate((before, after))]
        moved = drawn[1][d] - drawn[0][d] if drawn else None
        out[d] = _change(places[0], places[1], moved, settings)
    return out


def _change(
    before: Placement, after: Placement, moved: Floats | None, settings: CommonSettings | None
) -> Change:
    """`moved`: the change in every setting, shape (draws,)."""
    low, high = after.low - before.high, after.high - before.low
    turn, agree = _turn(low, high), None
    if moved is not None and settings is not None:
        rounded = np.round(moved, DIGITS)
        worse, better = float(np.mean(rounded > 0)), float(np.mean(rounded < 0))
        agree = max(worse, better)
        if turn is Turn.NOT_SHOWN and agree >= settings.agree:
            turn = Turn.WORSE if worse > better else Turn.BETTER
    return Change(before.dilemma, before, after, turn, after.score - before.score, low, high, agree)


def _turn(low: float, high: float) -> Turn:
    """The direction that bounds of a change prove."""
    if round(low, DIGITS) > 0:
        return Turn.WORSE
    return Turn.BETTER if round(high, DIGITS) < 0 else Turn.NOT_SHOWN


# --- questions known at both dates ------------------------------------------------------------------


def known_at_both(edition: Edition, before: Answers, after: Answers) -> tuple[Answers, Answers, int, int]:
    """Both sets of answers without what is known at one date only, so that a new gap is no change.

    With the number of fields known at both dates, and of fields asked at either.
    """
    asked_then, asked_now = asked(edition, before), asked(edition, after)
    open_then, open_now = _open(edition, before, asked_then), _open(edition, after, asked_now)
    hidden = dict.fromkeys(open_then ^ open_now, DONT_KNOW)
    known = len((asked_then - open_then) & (asked_now - open_now))
    first, second = (replace(a, replies={**a.replies, **hidden}) for a in (before, after))
    return first, second, known, len(asked_then | asked_now)


def _open(edition: Edition, answers: Answers, now: Collection[str]) -> frozenset[str]:
    """Fields that are asked and not known; a tick has its default, a row one of its columns."""
    return frozenset(
        name
        for name in now
        if isinstance(answers.reply(name), (DontKnow, NotAnswered))
        and not _by_default(edition, answers, name)
        and not by_other_column(edition, answers, name)
    )


def _by_default(edition: Edition, answers: Answers, name: str) -> bool:
    cell = edition.fields[name].cell
    silent = isinstance(answers.reply(name), NotAnswered)
    return silent and isinstance(cell, ChoiceCell) and cell.default is not None


# --- indicators -------------------------------------------------------------------------------------


def indicator_moves(edition: Edition, before: Answers, after: Answers) -> tuple[IndicatorMove, ...]:
    """Every indicator at both dates."""
    scores = _scores(edition, (before, after))
    pairs = ((i, [reading(edition, scores, n, i.id, a) for n, a in enumerate((before, after))])
             for i in edition.indicators.values())  # fmt: skip
    return tuple(IndicatorMove(i.id, then, now, _turn_of(i, then, now)) for i, (then, now) in pairs)


def _turn_of(rule: Indicator, then: Reading, now: Reading) -> Turn:
    """Moved only if the bounds are disjoint and the printed numbers differ."""
    if {then.known, now.known} - {Known.KNOWN, Known.PARTLY}:
        return Turn.NOT_SHOWN
    low, high = now.low - then.high, now.high - then.low
    same = _printed(rule, then.value) == _printed(rule, now.value) and then.value is not None
    if same or round(low, DIGITS) <= 0 <= round(high, DIGITS):
        return Turn.NOT_SHOWN
    match rule.reads:
        case Reads.UP:
            return Turn.BETTER if low > 0 else Turn.WORSE
        case Reads.DOWN:
            return Turn.WORSE if low > 0 else Turn.BETTER
        case Reads.CORRIDOR if rule.corridor is not None:
            (near_then, far_then), (near_now, far_now) = (_outside(rule.corridor, r) for r in (then, now))
            found = _turn(near_now - far_then, far_now - near_then)
            return Turn.MOVED if found is Turn.NOT_SHOWN else found
        case _:
            return Turn.MOVED


def _printed(rule: Indicator, value: float | None) -> int | None:
    """The value in units of its last printed digit, rounded half up."""
    return None if value is None else math.floor(value * 10**rule.decimals + 0.5)


def _outside(corridor: tuple[float, float], found: Reading) -> tuple[float, float]:
    """Least and greatest distance to the corridor within the bounds of a reading."""
    ends = [max(corridor[0] - x, x - corridor[1], 0.0) for x in (found.low, found.high)]
    inside = found.low <= corridor[1] and found.high >= corridor[0]
    return 0.0 if inside else min(ends), max(ends)
