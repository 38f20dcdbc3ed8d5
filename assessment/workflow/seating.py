"""A place in a workshop: the assessment as one respondent sees it, who never sees an answer of the firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, Final

from assessment.answering.progress import SectionProgress, progress
from assessment.answering.relevance import asked
from assessment.model.answers import Reply
from assessment.model.edition import Edition
from assessment.model.fields import Question
from assessment.store import StoredAnswer
from assessment.store.places import Shown, Sitting
from assessment.store.votes import Seat
from assessment.workflow.answering import Save
from assessment.workflow.bench import Bench, edition
from assessment.workflow.opening import Opened
from assessment.workflow.values import answers_from, from_stored

ASSIGNED, TABLE = "assigned", "table"
FUNCTIONS: Final = "functions"  # the section, and the row list of the questions that are asked in it
AMOUNTS: Final = ("prf_period.currency", "prf_period.unit")  # no amount can be given without them
SHOWN: Final = Shown((ASSIGNED, TABLE), AMOUNTS)


@dataclass(frozen=True)
class Place(Opened):
    """A workshop as one respondent sees it. `sections` are theirs, in page order; `closed`: the fields that
    are revealed; `table`: the question or section that is spoken of now. `told`: currency and unit of the
    firm, where the respondent is not asked for them. `over`: the session has ended since it was read.
    """

    token: str = field(repr=False)
    sitting: Sitting = field(repr=False)
    sections: tuple[str, ...]
    told: Mapping[str, Reply]
    over: bool = False

    @property
    def seat(self) -> Seat:
        return self.sitting.seat

    @property
    def replies(self) -> Mapping[str, Reply]:
        """What this respondent has answered."""
        return self.answers.replies

    @property
    def closed(self) -> frozenset[str]:
        return self.sitting.decided.revealed

    @property
    def table(self) -> str:
        return str(self.sitting.decided.entries.get(TABLE) or "")

    @cached_property
    def asked(self) -> frozenset[str]:
        """Fields of their sections, unless their own answers rule them out. Revealed ones are among them."""
        return _theirs(self.edition, self.sections, asked(self.edition, self.answers))

    @cached_property
    def progress(self) -> tuple[SectionProgress, ...]:
        """How far they are with what is open to them; no section of which all is revealed."""
        parts = progress(self.edition, self.answers, self.quick, self.asked - self.closed)
        return tuple(part for part in parts if part.section in self.sections)


@lru_cache(maxsize=256)
def _theirs(under: Edition, sections: tuple[str, ...], now: frozenset[str]) -> frozenset[str]:
    """The fields asked `now` that belong to these sections.

    Questions over the functions are asked with the section of that name, wherever they belong.
    """

    def section(question: Question) -> str:
        return FUNCTIONS if question.row_list == FUNCTIONS else question.section

    return now.intersection(f.id for q in under.questions if section(q) in sections for f in q.fields)


def take_place(bench: Bench, token: str, before: Opened | None = None) -> Place | None:
    """What the respondent with this token sees now; None once the session is over.

    `before`, the place as it was read earlier, saves reading again what has not changed; if nothing has, it
    is `before` itself that comes back.
    """
    known = before if isinstance(before, Place) and before.token == token else None
    found = bench.store.workshops.sitting(token, SHOWN, known.sitting if known else None) if token else None
    if found is None:
        return None
    if known is not None and not known.over and _unchanged(known.sitting, found):
        return known
    record = found.seat.record
    under = edition(record.edition)
    shares = assigned(found.decided.entries.get(ASSIGNED))
    mine = shares.get(found.seat.role, under.sections)
    return Place(
        record=record,
        edition=under,
        answers=answers_from(under, record.firm_name, found.own),
        stored=found.own,
        token=token,
        sitting=found,
        sections=tuple(s for s in under.sections if s in mine),
        told=_told(under, found, mine),
    )


def cast(bench: Bench, place: Place, save: Save) -> datetime:
    """Carry out a save made by `answering`, for this seat. Returns when it was on disk.

    Raises `Refused` where the session is over or a field was revealed meanwhile; `NotSaved`, then repeat.
    """
    if not save.values:
        return datetime.now().astimezone()
    saved = bench.store.workshops.vote(place.token, save.values, save.op_id)
    return max(s.at for s in saved.values())


def ended(place: Place) -> Place:
    """The place as it was seen last, now that its session is over."""
    return place if place.over else replace(place, over=True)


def assigned(value: Any) -> dict[str, tuple[str, ...]]:
    """Sections by role, as the facilitator set them; a role that is not named answers all."""
    return {role: tuple(sections) for role, sections in (value or {}).items()}


def _unchanged(before: Sitting, now: Sitting) -> bool:
    """A number stands for one entry, so equal numbers are equal answers."""
    same = {f: kept.seq for f, kept in before.own.items()} == {f: kept.seq for f, kept in now.own.items()}
    return same and (before.seat, before.decided) == (now.seat, now.decided)


def _told(under: Edition, found: Sitting, mine: tuple[str, ...]) -> dict[str, Reply]:
    """Currency and unit of the firm for those who are not asked for them themselves."""
    entries = found.decided.entries
    wanted = (under.fields[name] for name in AMOUNTS if name in under.fields and name in entries)
    return {
        one.id: from_stored(one, StoredAnswer("answered", entries[one.id]))
        for one in wanted
        if under.question[one.question].section not in mine
    }
