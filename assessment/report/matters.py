"""The questions of a workshop: how far apart people were on each, how much hung on it, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assessment.model.answers import Answered, Answers, Between
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell
from assessment.model.workshop import Agreement, Clash, WorkshopRecord
from assessment.report import numbers
from assessment.report.document import Words
from assessment.report.replies import option_text, part_text, reply_parts
from assessment.report.say import Say
from assessment.scoring.agreement import rules_of


class Kind(StrEnum):
    """What became of a question. Text keys."""

    SETTLED = "settled"
    PARKED = "parked"
    OPEN = "open"
    LATER = "later"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Matter:
    """A question that was talked about. `apart`: 0 all the same .. 1, of its field on which people were
    furthest apart, None where too few know; `points`: of severity that hung on the first answers.
    """

    question: str
    kind: Kind
    index: float | None
    points: float
    clashes: tuple[Clash, ...]

    @property
    def apart(self) -> float:
        return self.index or 0.0

    @property
    def differs(self) -> bool:
        """Whether it has a place on the map."""
        return self.index is not None and self.index > 0

    @property
    def loose(self) -> bool:
        """Whether it is neither settled nor agreed on."""
        return self.kind in (Kind.PARKED, Kind.OPEN)


def matters_of(edition: Edition, told: WorkshopRecord, answers: Answers) -> tuple[Matter, ...]:
    """All questions revealed or parked: most points first, then the furthest apart, then by page."""
    by_question: dict[str, list[Agreement]] = {p.question: [] for p in told.parked}
    for found in told.agreements:
        by_question.setdefault(edition.fields[found.field].question, []).append(found)
    points = {d.question: d.points for d in told.divides}
    made = [
        _matter(q.id, _kind(edition, told, answers, q.id), by_question[q.id], points.get(q.id, 0.0))
        for q in edition.questions
        if q.id in by_question
    ]
    return tuple(sorted(made, key=lambda m: (-round(m.points, 9), -round(m.apart, 9))))


def _matter(question: str, kind: Kind, found: list[Agreement], points: float) -> Matter:
    known = [a.index for a in found if a.index is not None]
    clashes = tuple(dict.fromkeys(c for a in found for c in a.clashes))
    return Matter(question, kind, max(known, default=None), points, clashes)


def _kind(edition: Edition, told: WorkshopRecord, answers: Answers, question: str) -> Kind:
    fields = {f.id for f in edition.question[question].fields}
    disputed = fields & told.disputed.keys()
    if any(p.question == question for p in told.parked):
        return Kind.PARKED
    if disputed & answers.disputed.keys():
        return Kind.OPEN
    if disputed:
        return Kind.LATER
    return Kind.SETTLED if fields & {s.field for s in told.settled} else Kind.OTHER


def name_of(say: Say, field: Field) -> Words:
    """A question, with its part where it has several."""
    part = part_text(say, field)
    question = say.label(field.question)
    return Words(say.words.text("workshop_report.part", question=question, part=part) if part else question)


def first_answers(say: Say, found: Agreement | None) -> Words:
    """The spread of what was said before anything was shown, without a hint at who said it."""
    if found is None:
        return say("none")
    parts = [_known(say, say.edition.fields[found.field], found)]
    counts = {"dont_know": found.dont_know, "not_applicable": found.not_applicable}
    parts += [say.words.text(f"workshop_report.{key}", count=n) for key, n in counts.items() if n]
    return Words(say("answers.separator").join(parts))


def _known(say: Say, field: Field, found: Agreement) -> str:
    spread = found.overall
    if isinstance(field.cell, ChoiceCell | MultiCell) and spread.tally:
        often = sorted(spread.tally.items(), key=lambda item: (-item[1], item[0]))
        return say("answers.separator").join(_tally(say, field, option, n) for option, n in often)
    if spread.low is None or spread.middle is None or spread.high is None:
        return say.words.text("workshop_report.few", least=rules_of(say.edition).least)
    low, middle, high = (_number(x) for x in (spread.low, spread.middle, spread.high))
    if low == high:
        return say.words.text("workshop_report.same", value=_plain(say, field, Answered(low)))
    whole = _plain(say, field, Between(low, high))
    return say.words.text("workshop_report.spread", range=whole, middle=numbers.exact(middle))


def _tally(say: Say, field: Field, option: str, count: int) -> str:
    options = field.cell.options if isinstance(field.cell, ChoiceCell | MultiCell) else ()
    name = (
        (say.short(field.question, option) or option_text(say, field, option))
        if option in options
        else option
    )
    return say.words.text("workshop_report.tally", option=name, count=count)


def _number(value: float) -> Decimal:
    """As it would have been typed: no digits that only arithmetic has left."""
    return Decimal(str(round(value, 6)))


def _plain(say: Say, field: Field, reply: Answered | Between) -> str:
    if isinstance(field.cell, LevelCell) and isinstance(reply, Answered):
        reply = Answered(int(Decimal(str(reply.value))))
    return "".join(reply_parts(say, field, reply))
