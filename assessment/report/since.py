"""What moved since the assessment before: the page of the report, and the same on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from assessment.model.comparison import Attribution, Change, Comparison, IndicatorMove, MeasureOutcome, Turn
from assessment.model.results import Placement, Stated
from assessment.report import numbers
from assessment.report.answer_names import together_text
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import (
    Block,
    Cell,
    ChangeBar,
    ChangeBars,
    FigureBlock,
    Part,
    Row,
    Table,
    Words,
)
from assessment.report.figures import level_text, score_text, tone_of
from assessment.report.readings import reading_text
from assessment.report.say import Say

MOST_ANSWERS: Final = 3  # named for each dilemma; the others stand as one number
MOST_MEASURES: Final = 3
MOST_INDICATORS: Final = 4
SMALLEST: Final = 0.05  # points: less prints as 0.0
SHOWN: Final = (Turn.WORSE, Turn.BETTER)


def since_part(say: Say, found: Comparison, on: date | None) -> Part:
    """At most one page. `on`: when the earlier answers were given, None if that is not known."""
    blocks: list[Block] = [paragraph(lead(say, on)), change_block(say, found, on)]
    blocks += [table for table in (answers_table(say, found), measures_table(say, found)) if table.rows]
    return Part("since", _say(say, "kicker"), (headline(say, found),), tuple(blocks), _say(say, "short"))


def headline(say: Say, found: Comparison) -> Words:
    """Which dilemmas changed, for better or worse; a change is named only where it is one."""
    names = {turn: _names(say, found, turn) for turn in SHOWN}
    better, worse = names[Turn.BETTER], names[Turn.WORSE]
    turns = {change.turn for change in found.changes.values()}
    if len(turns) == 1 and turns <= {*SHOWN}:
        return _say(say, f"headline_all_{turns.pop()}")
    if better and worse:
        return _say(say, "headline_both", better=better, worse=worse)
    if better or worse:
        return _say(say, "headline_better" if better else "headline_worse", names=better or worse)
    return _say(say, "headline_none")


def _names(say: Say, found: Comparison, turn: Turn) -> str:
    changed = [c.dilemma for c in found.changes.values() if c.turn is turn]
    return say.listed([_say(say, "name", name=say.dilemma(d)) for d in changed])


def lead(say: Say, on: date | None) -> Words:
    """How the two dates were compared, and when a change is called one."""
    agree = "" if say.edition.robustness is None else str(say.edition.robustness.agree)
    return _say(say, "lead" if on else "lead_undated", day=say.day(on) if on else "", agree=agree)


def shared(say: Say, found: Comparison) -> Words:
    """The change on the answers known at both dates alone, where it is another; empty if all are known."""
    if found.known_at_both >= found.asked:
        return Words()
    other = [
        (d, c.points) for d, c in found.shared.items() if signed(c.points) != signed(found.changes[d].points)
    ]
    listed = _joined(say, [_say(say, "point", name=say.dilemma(d), points=signed(p)) for d, p in other])
    key = "shared" if other else "shared_same"
    return _say(say, key, known=found.known_at_both, asked=found.asked, list=listed)


def questionnaire(say: Say, found: Comparison) -> Words:
    """How the step between both printed numbers is split; empty where the questionnaire is the same."""
    if found.carried is None:
        return Words()
    listed = [
        _say(
            say,
            "split_one",
            name=say.dilemma(d),
            firm=signed(one.firm),
            questionnaire=signed(one.questionnaire),
        )
        for d, one in found.split.items()
        if signed(one.questionnaire) != "0"
    ]
    key = "split" if listed else "split_none"
    return _say(say, key, old=found.carried.source.edition, new=found.edition, list=_joined(say, listed))


def _name(say: Say, dilemma: str) -> Cell:
    """The dilemma at the head of a row: a change has no chain of its own that a number could lead to."""
    return cell(Words(str(say.dilemma(dilemma))), strong=True)


# --- the dilemmas -----------------------------------------------------------------------------------


def change_block(say: Say, found: Comparison, on: date | None) -> FigureBlock:
    """Every dilemma at both dates: the picture, and the numbers under it."""
    moves = found.changes.values()
    told = [
        _say(say, "alt", name=say.dilemma(c.dilemma), change=_both(say, c), turn=_turn(say, c.turn))
        for c in moves
    ]
    return FigureBlock(
        "since", change_bars(say, found, on), _say(say, "caption"), say("gap").join(told),
        changes_table(say, found, on), show_table=True,
    )  # fmt: skip


def change_bars(say: Say, found: Comparison, on: date | None) -> ChangeBars:
    """The dilemmas at both dates on one scale."""
    rules = say.edition.placement
    bars = tuple(_bar(say, change) for change in found.changes.values())
    levels = tuple(say.level(level) for level in rules.levels)
    return ChangeBars(bars, rules.cuts, levels, _then(say, on), _say(say, "now"), say("map.axis"))


def _bar(say: Say, change: Change) -> ChangeBar:
    first, last = change.before, change.after
    return ChangeBar(
        say.dilemma(change.dilemma), _point(first), first.low, first.high, _point(last), last.low, last.high,
        _both(say, change), _turn(say, change.turn), change.turn.value,
    )  # fmt: skip


def _point(place: Placement) -> float | None:
    return None if place.stated is Stated.NOT_PLACED else place.score


def _both(say: Say, change: Change) -> Words:
    """Both severities, without their intervals."""
    first, last = (_short(say, place) for place in (change.before, change.after))
    return _say(say, "both", before=first, after=last)


def _short(say: Say, place: Placement) -> str:
    return say.score(place.score) if place.stated is Stated.LEVEL else score_text(say, place)


def _then(say: Say, on: date | None) -> Words:
    return Words(say.month(on)) if on else _say(say, "then")


def changes_table(say: Say, found: Comparison, on: date | None) -> Table:
    """Level and severity at both dates, the change with its bounds, and what may be said of it."""
    columns = (
        column(say("map.dilemma"), 2.2),
        column(_then(say, on), 2.2),
        column(_say(say, "now"), 2.2),
        column(_say(say, "change"), 1.7, numeric=True),
        column(_say(say, "reading"), 1.5),
    )
    rows = tuple(_change_row(say, change) for change in found.changes.values())
    notes = [note for note in (shared(say, found), questionnaire(say, found)) if note]
    return Table(
        "since_changes", _say(say, "table"), columns, rows, Words(say("gap").join(notes)), compact=True
    )


def _change_row(say: Say, change: Change) -> Row:
    places = [
        cell(_say(say, "place", level=level_text(say, p), score=score_text(say, p)), tone=tone_of(p))
        for p in (change.before, change.after)
    ]
    points = signed(change.points)
    if round(change.high - change.low, 1):
        points = _say(say, "bounds", points=points, low=signed(change.low), high=signed(change.high))
    return row(
        _name(say, change.dilemma),
        *places,
        points,
        cell(_turn(say, change.turn), strong=change.turn in SHOWN),
    )


# --- why --------------------------------------------------------------------------------------------


def answers_table(say: Say, found: Comparison) -> Table:
    """The answers behind the change of each dilemma, largest first; what is left adds up to the change."""
    rows = tuple(
        row(_name(say, one.dilemma), _parts(say, one))
        for one in found.attribution.values()
        if any(abs(part.points) >= SMALLEST for part in one.parts) or abs(one.joint) >= SMALLEST
    )
    columns = (column(say("map.dilemma"), 1.6), column(_say(say, "answers"), 5.0))
    return Table("since_answers", _say(say, "answers_table"), columns, rows, compact=True)


def _parts(say: Say, one: Attribution) -> Words:
    first, others = one.parts[:MOST_ANSWERS], one.parts[MOST_ANSWERS:]
    told = [(together_text(say, part.fields), part.points) for part in first]
    told += [
        (_say(say, key), points)
        for key, points in (("others", sum(p.points for p in others)), ("joint", one.joint))
    ]
    shown = [(name, points) for name, points in told if abs(points) >= SMALLEST]
    return _joined(say, [_say(say, "point", name=name, points=signed(p)) for name, p in shown])


def measures_table(say: Say, found: Comparison) -> Table:
    """Measures beside the indicators they are followed by; last, what moved without a measure."""
    rows = [_measure(say, one) for one in found.measures[:MOST_MEASURES]]
    alone = found.without_measure
    if alone:
        told = _moves(say, alone[:MOST_INDICATORS], len(alone) - MOST_INDICATORS)
        rows.append(row(cell(_say(say, "without"), strong=True), told))
    notes = []
    if found.measures:
        left = len(found.measures) - MOST_MEASURES
        notes = [*([_say(say, "more_measures", count=left)] if left > 0 else ()), _say(say, "not_because")]
    columns = (column(_say(say, "measure"), 1.6), column(_say(say, "followed"), 5.0))
    note = Words(say("gap").join(notes))
    return Table("since_measures", _say(say, "measures"), columns, tuple(rows), note, compact=True)


def _measure(say: Say, one: MeasureOutcome) -> Row:
    told = _moves(say, one.followed) if one.followed else _say(say, "not_followed")
    return row(cell(say.measure(one.measure), strong=True), told)


def _moves(say: Say, moves: Sequence[IndicatorMove], left: int = 0) -> Words:
    told = [_move(say, move) for move in moves]
    return _joined(say, [*told, *([_say(say, "more", count=left)] if left > 0 else ())])


def _move(say: Say, move: IndicatorMove) -> Words:
    first, last = (reading_text(say, r) for r in (move.before, move.after))
    both = first if first == last else _say(say, "both", before=first, after=last)
    return _say(say, "move", name=say.indicator(move.indicator), both=both, turn=_turn(say, move.turn))


# --- words ------------------------------------------------------------------------------------------


def signed(points: float) -> str:
    """Points with one decimal and their sign; 0 without."""
    text = numbers.number(points, 1)
    if text.strip("0.") == "":
        return "0"
    return text if text.startswith(numbers.MINUS) else f"+{text}"


def _turn(say: Say, turn: Turn) -> Words:
    return _say(say, f"turn.{turn}")


def _joined(say: Say, items: Sequence[str]) -> Words:
    return Words(say("answers.separator").join(items))


def _say(say: Say, key: str, /, **values: object) -> Words:
    return Words(say.words.text(f"since.{key}", **values))
