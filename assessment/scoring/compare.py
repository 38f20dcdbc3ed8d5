"""One firm at two dates: the answers of both are scored anew under the same rules; no stored score is used.

A dilemma has changed only if its intervals at the two dates are disjoint, or if enough of the settings common
to both dates agree on the direction. A figure that differs may be off by the error of its data grade at
either date, each time on its own: what lies within that error is no change. A figure that is the same at both
dates is off by the same, so it is taken as it is. Money is not deflated: every amount enters as a ratio
within its year.
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
from assessment.model.answers import DONT_KNOW, Answers, Between, DontKnow, NotAnswered
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
from assessment.model.results import Known, Reading
from assessment.model.rules import Indicator, Reads
from assessment.scoring.attribution import attribution
from assessment.scoring.cohort import Scores, score
from assessment.scoring.doubt import widened
from assessment.scoring.place import DIGITS, placement, reading
from assessment.scoring.quality import by_other_column
from assessment.scoring.robustness import tried

Severities = Mapping[str, Floats]  # by dilemma, shape (draws,)


@dataclass(frozen=True, slots=True)
class CommonSettings:
    """Settings that are the same at both dates. `agree`: share that has to agree in sign, 0..1.

    `under` gives the severities in all settings; its last argument names the fields to draw a second time.
    """

    agree: float
    under: Callable[[Edition, Scores, int, Answers, Collection[str]], Severities] = (
        lambda e, s, row, a, again: tried(e, s, row, a, again=again).scores
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
    """Every dilemma at both dates."""
    pair, wide = (before, after), within_error(edition, before, after)
    scores, bounds = _scores(edition, pair), _scores(edition, wide, edition.dilemmas)
    moved = {} if settings is None else _moved(edition, bounds, wide, settings)
    out = {}
    for d in edition.dilemmas:
        then, now = (placement(edition, scores, i, d, a) for i, a in enumerate(pair))
        ends = bounds.indexes[d]
        low, high = float(ends.low[1]) - float(ends.high[0]), float(ends.high[1]) - float(ends.low[0])
        points = now.score - then.score
        turn, agree = _judged(points, (low, high), moved.get(d), settings)
        out[d] = Change(d, then, now, turn, points, low, high, agree)
    return out


def within_error(edition: Edition, before: Answers, after: Answers) -> tuple[Answers, Answers]:
    """Both sets of answers with every figure that differs as the range its data grade leaves open."""
    if edition.robustness is None:
        return before, after
    wide = [
        {n: r for n, r in widened(edition, one).items() if one.reply(n) != other.reply(n)}
        for one, other in ((before, after), (after, before))
    ]
    first, second = (
        replace(a, replies={**a.replies, **w}) for a, w in zip((before, after), wide, strict=True)
    )
    return first, second


def _moved(
    edition: Edition, scores: Scores, pair: tuple[Answers, Answers], settings: CommonSettings
) -> dict[str, Floats]:
    """The change of every dilemma in every setting.

    Ranges that differ are drawn for each date on its own. So each setting is tried twice, with the draws of
    the dates exchanged: the way back is then the way there with all signs turned.
    """
    apart = {
        name
        for name in {*pair[0].replies, *pair[1].replies}
        if (both := {a.reply(name) for a in pair})
        and len(both) == 2
        and any(isinstance(r, Between) for r in both)
    }
    under = [[settings.under(edition, scores, i, a, drawn) for i, a in enumerate(pair)]
             for drawn in ((), apart)[: 1 + bool(apart)]]  # fmt: skip
    once, twice = under[0], under[-1]
    ways = [(once[0], twice[1]), (twice[0], once[1])][: len(under)]
    return {d: np.concatenate([now[d] - then[d] for then, now in ways]) for d in edition.dilemmas}


def _judged(
    points: float, bounds: tuple[float, float], moved: Floats | None, settings: CommonSettings | None
) -> tuple[Turn, float | None]:
    """The direction, and the share of the settings that agree on it. `moved`: the change in every setting.

    What the settings agree on is not said where the points that are printed go the other way.
    """
    turn = _turn(*bounds)
    if moved is None or settings is None:
        return turn, None
    rounded = np.round(moved, DIGITS)
    worse, better = float(np.mean(rounded > 0)), float(np.mean(rounded < 0))
    agree = max(worse, better)
    told = _turn(points, points)
    if turn is Turn.NOT_SHOWN and agree >= settings.agree and (told is Turn.WORSE) == (worse > better):
        turn = told
    return turn, agree


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
    """Every indicator at both dates. Moved only if the printed numbers differ by more than their error."""
    pair, wide = (before, after), within_error(edition, before, after)
    scores, bounds = _scores(edition, pair), _scores(edition, wide)
    moves = []
    for rule in edition.indicators.values():
        then, now = (reading(edition, scores, n, rule.id, a) for n, a in enumerate(pair))
        ends = [reading(edition, bounds, n, rule.id, a) for n, a in enumerate(wide)]
        same = _printed(rule, then.value) == _printed(rule, now.value) and then.value is not None
        turn = Turn.NOT_SHOWN if same else _turn_of(rule, *ends)
        moves.append(IndicatorMove(rule.id, then, now, turn))
    return tuple(moves)


def _turn_of(rule: Indicator, then: Reading, now: Reading) -> Turn:
    """Moved only if the bounds are disjoint."""
    if {then.known, now.known} - {Known.KNOWN, Known.PARTLY}:
        return Turn.NOT_SHOWN
    low, high = now.low - then.high, now.high - then.low
    if round(low, DIGITS) <= 0 <= round(high, DIGITS):
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
