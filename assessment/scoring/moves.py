"""Changes of single answers as paths: from the answer given (0) to the end of what is admissible (1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from assessment.answering.limits import number_limits
from assessment.evaluation.size import GROUP_HEADCOUNT, HEADCOUNT, REVENUE
from assessment.model.answers import Answered, Answers
from assessment.model.certainty import FieldChange
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, Kind, LevelCell, NumberCell, Question, Unit
from assessment.model.formulas import fields_in

NEAR_ZERO = 1e-3  # a limit that itself is refused is approached to this part of the way
SIZE_FIELDS = (HEADCOUNT, REVENUE, GROUP_HEADCOUNT)


@dataclass(frozen=True, slots=True)
class Part:
    """One field on a path. A `glides` part takes every value between; others jump at once."""

    field: str
    start: float  # number, level, or option number
    end: float
    glides: bool

    def at(self, way: float) -> float:
        """The value part of the way along; a jump is made as soon as the path is entered."""
        return (
            self.start + way * (self.end - self.start)
            if self.glides
            else (self.end if way > 0 else self.start)
        )


@dataclass(frozen=True, slots=True)
class Move:
    """One answer, a share against another, or two answers, along a path."""

    parts: tuple[Part, ...]
    answers: int = 1

    @property
    def glides(self) -> bool:
        return any(p.glides for p in self.parts)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(p.field for p in self.parts)


@lru_cache(maxsize=8)
def relevant(edition: Edition) -> tuple[str, ...]:
    """Fields that can move a dilemma: read by its indicators, or deciding what is asked or the size."""
    parts = (c for d in edition.dilemmas for c in edition.indexes[d].components if c.indicator)
    found = dict.fromkeys(f for c in parts for f in fields_in(edition.indicators[c.indicator].formula))
    gates = [edition.fields[name].asked_when for name in found]
    found |= dict.fromkeys(f for gate in gates if gate is not None for f in fields_in(gate))
    found |= dict.fromkeys(name for name in SIZE_FIELDS if name in edition.fields)
    facts = edition.robustness.facts if edition.robustness else ()
    return tuple(
        name for name, field in edition.fields.items() if name in found and field.question not in facts
    )


def single_moves(edition: Edition, answers: Answers, asked: frozenset[str]) -> list[Move]:
    """Every change of one answer that was given as one value, in page order."""
    most = largest(edition, answers)
    moves: list[Move] = []
    seen: set[str] = set()
    for name in relevant(edition):
        field, reply = edition.fields[name], answers.reply(name)
        question = edition.question[field.question]
        if question.kind is Kind.SPLIT:
            if question.id not in seen:
                seen.add(question.id)
                moves += _shares(question, answers)
        elif name in asked and isinstance(reply, Answered):
            moves += _moves_of(field, reply, most, edition.robustness.reach if edition.robustness else 1.0)
    return moves


def largest(edition: Edition, answers: Answers) -> dict[Unit, float]:
    """The largest number given in each unit: how far an amount that is 0 is tried up to."""
    out: dict[Unit, float] = {}
    for name, field in edition.fields.items():
        reply = answers.reply(name)
        if isinstance(field.cell, NumberCell) and isinstance(reply, Answered):
            out[field.cell.unit] = max(out.get(field.cell.unit, 0.0), number_of(reply))
    return out


def number_of(reply: Answered) -> float:
    """The number or level that was answered."""
    assert not isinstance(reply.value, (str, tuple))
    return float(reply.value)


def _moves_of(field: Field, reply: Answered, largest: Mapping[Unit, float], reach: float) -> Iterator[Move]:
    match field.cell:
        case NumberCell() as cell:
            yield from _number_moves(field.id, cell, number_of(reply), largest, reach)
        case LevelCell(_, steps):
            here = number_of(reply)
            yield from (
                Move((Part(field.id, here, float(n), glides=False),)) for n in range(steps) if n != here
            )
        case ChoiceCell(options, _):
            here = float(options.index(str(reply.value)))
            yield from (
                Move((Part(field.id, here, float(n), glides=False),))
                for n in range(len(options))
                if n != here
            )
        case _:
            return


def _number_moves(
    name: str, cell: NumberCell, value: float, largest: Mapping[Unit, float], reach: float
) -> Iterator[Move]:
    low, high = number_limits(cell)
    lowest = low + NEAR_ZERO * (value - low) if cell.exclusive else low
    # A share without a stated limit ends at 100; other amounts have none, and are tried within reach.
    highest = high if high is not None else (reach * value if value > 0 else largest.get(cell.unit, 0.0))
    yield from (Move((Part(name, value, end, glides=True),)) for end in (lowest, highest) if end != value)


def _shares(question: Question, answers: Answers) -> Iterator[Move]:
    """Points taken from one share and given to another, for every pair of shares that were given."""
    given = [(f.id, number_of(r)) for f in question.fields if isinstance(r := answers.reply(f.id), Answered)]
    if len(given) < len(question.fields):
        return
    for (taker, more), (giver, less) in permutations(given, 2):
        points = min(less, 100.0 - more)
        if points > 0:
            yield Move(
                (Part(taker, more, more + points, glides=True), Part(giver, less, less - points, glides=True))
            )


def changes(edition: Edition, move: Move, way: float) -> tuple[FieldChange, ...]:
    """The answers of a move part of the way along, in the reader's terms."""
    return tuple(_change(edition.fields[p.field], p, way) for p in move.parts)


def _change(field: Field, part: Part, way: float) -> FieldChange:
    old: float | str = part.start
    new: float | str = part.at(way)
    if isinstance(field.cell, ChoiceCell):
        old, new = field.cell.options[int(part.start)], field.cell.options[int(part.at(way))]
    elif isinstance(field.cell, NumberCell) and field.cell.integer:
        new = _outward(part, float(new))
    return FieldChange(field.id, field.question, old, new)


def _outward(part: Part, value: float) -> float:
    """The next whole number on the way."""
    up = part.end > part.start
    whole = float(round(value))
    if abs(value - whole) < 1e-9:
        return whole
    return float(int(value) + 1) if up else float(int(value))


def size_of(edition: Edition, move: Move, way: float) -> float:
    """How large a change is, 0..1 an answer: part of the span; without a limit, part of the larger amount.

    A level or option counts as a step of the span that all its levels or options make. A share counts once.
    """
    shares = {
        edition.question[edition.fields[p.field].question].id for p in move.parts if _is_share(edition, p)
    }
    single = [p for p in move.parts if not _is_share(edition, p)]
    total = sum(_part_size(edition.fields[p.field], p, way) for p in single)
    for question in shares:
        moved = (abs(p.at(way) - p.start) for p in move.parts if edition.fields[p.field].question == question)
        total += max(moved) / 100.0
    return total


def _is_share(edition: Edition, part: Part) -> bool:
    return edition.question[edition.fields[part.field].question].kind is Kind.SPLIT


def _part_size(field: Field, part: Part, way: float) -> float:
    new = part.at(way)
    moved = abs(new - part.start)
    match field.cell:
        case LevelCell(_, steps):
            return moved / max(steps - 1, 1)
        case ChoiceCell(options, _):
            return 1.0 / max(len(options) - 1, 1)
        case NumberCell() as cell:
            low, high = number_limits(cell)
            return (
                moved / (high - low) if high is not None else moved / max(abs(new), abs(part.start), 1e-300)
            )
        case _:
            return 0.0
