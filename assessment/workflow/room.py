"""What people see of a workshop: the facilitator the room, a respondent their own place in it.

What the facilitator decided stands in the history of the firm under `workshop:<id>:`; the answers of a
respondent in a history of their own. The room holds votes on revealed fields alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from assessment.answering.form import FormFault, read_reply
from assessment.model.answers import Answers, Reply
from assessment.model.edition import Edition
from assessment.model.fields import Field
from assessment.model.workshop import (
    Agreement,
    Ballot,
    Divide,
    Milestone,
    Parked,
    Respondent,
    RoleView,
    Settlement,
    Vote,
)
from assessment.scoring.agreement import agreement
from assessment.scoring.dividing import by_role, divides
from assessment.scoring.pooling import pooled
from assessment.store import StoredAnswer
from assessment.store.votes import Cast, Seat, Workshop, mark, reveal_key
from assessment.workflow.bench import Bench, edition
from assessment.workflow.opening import Opened
from assessment.workflow.values import from_stored

SETTLED, PARKED, MILESTONE, ASSIGNED = "settled:", "parked:", "milestone:", "assigned"


@dataclass(frozen=True)
class Room:
    """A workshop as the facilitator may see it. `votes`: of revealed fields alone."""

    workshop: Workshop
    opened: Opened
    respondents: tuple[Respondent, ...]
    voted: frozenset[tuple[str, str]]  # ids of respondents and fields
    votes: tuple[Vote, ...]
    stored: Mapping[str, StoredAnswer]  # entries of this workshop, by key after the mark

    @property
    def edition(self) -> Edition:
        return self.opened.edition

    @cached_property
    def revealed(self) -> frozenset[str]:
        """The fields that are revealed."""
        before = reveal_key("", "").removeprefix(mark(""))
        return frozenset(k.removeprefix(before) for k in self.stored if k.startswith(before))

    @cached_property
    def settlements(self) -> Mapping[str, Settlement]:
        """What was settled, by field."""
        found = (
            (f, self.edition.fields[f], kept) for f, kept in self._under(SETTLED) if f in self.edition.fields
        )
        return {name: one for name, field, kept in found if (one := _settlement(field, kept))}

    @property
    def parked(self) -> tuple[Parked, ...]:
        """The questions put off, in page order."""
        kept = dict(self._under(PARKED))
        return tuple(Parked(q, kept[q].reason, *_by(kept[q])) for q in self.edition.question if q in kept)

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The states that were frozen, oldest first."""
        return tuple(sorted((_milestone(kept) for _, kept in self._under(MILESTONE)), key=lambda m: m.at))

    @property
    def assigned(self) -> Mapping[str, tuple[str, ...]]:
        """Sections by role; a role that is not named answers all."""
        return _assigned(self.stored.get(ASSIGNED))

    def _under(self, key: str) -> Iterable[tuple[str, StoredAnswer]]:
        return ((k.removeprefix(key), kept) for k, kept in self.stored.items() if k.startswith(key))

    @property
    def settled(self) -> dict[str, Reply]:
        """The answers of the firm, as they are now, where they were settled."""
        return {name: self.opened.answers.reply(name) for name in self.settlements}

    def ballot(self, subject: str) -> Ballot:
        """How far voting on a question or a section is."""
        fields = fields_of(self.edition, subject)
        people = {who for who, field in self.voted if field in fields}
        return Ballot(subject, fields, len(people), bool(fields) and self.revealed.issuperset(fields))

    def agreement(self, field: str) -> Agreement | None:
        """How far people agree on a field; None before it is revealed."""
        if field not in self.revealed:
            return None
        return agreement(self.edition, field, self.votes, self.opened.answers)

    @cached_property
    def answers(self) -> Answers:
        """The answers of the firm with what was revealed and settled."""
        return pooled(self.edition, self.votes, self.settled, self.opened.answers)

    def divides(self) -> tuple[Divide, ...]:
        """Revealed questions that matter most and divide most, first."""
        return divides(self.edition, self.votes, self.settled, self.opened.answers)

    def by_role(self) -> Mapping[str, RoleView]:
        """Where each role alone would place the firm, from what is revealed."""
        return by_role(self.edition, self.votes, self.settled, self.opened.answers)


@dataclass(frozen=True)
class Place:
    """A workshop as one respondent sees it: their own replies, and which sections are theirs."""

    seat: Seat
    edition: Edition
    replies: Mapping[str, Reply]
    sections: tuple[str, ...]


def look(bench: Bench, opened: Opened, which: Workshop) -> Room:
    """The workshop as the facilitator may see it now."""
    store, record = bench.store.workshops, opened.record
    people = {id_: Respondent(id_, role, name) for id_, name, role in store.seats(record, which)}
    votes = (_vote(opened.edition, people, cast) for cast in store.revealed(record, which))
    before = mark(which.id)
    own = {k.removeprefix(before): s for k, s in opened.stored.items() if k.startswith(before)}
    given = {k: s for k, s in own.items() if s.state == "answered"}
    voted = store.voted(record, which)
    return Room(which, opened, tuple(people.values()), voted, tuple(v for v in votes if v), given)


def take_place(bench: Bench, token: str) -> Place | None:
    """What the respondent with this token sees; None once the session is over."""
    seat = bench.store.workshops.seat(token) if token else None
    if seat is None:
        return None
    under = edition(seat.record.edition)
    own = bench.store.workshops.own(seat)
    replies = {f: from_stored(under.fields[f], kept) for f, kept in own.items() if f in under.fields}
    kept = bench.store.workshops.entry(seat, ASSIGNED)
    return Place(seat, under, replies, _assigned(kept).get(seat.role, under.sections))


def fields_of(under: Edition, subject: str) -> tuple[str, ...]:
    """The fields of a question or a section. Raises `KeyError` if it is neither."""
    if subject in under.sections:
        return tuple(f.id for q in under.in_section(subject) for f in q.fields)
    return tuple(f.id for f in under.question[subject].fields)


def _vote(under: Edition, people: Mapping[str, Respondent], cast: Cast) -> Vote | None:
    if cast.field not in under.fields or cast.respondent not in people:
        return None
    return Vote(people[cast.respondent], cast.field, from_stored(under.fields[cast.field], cast.answer))


def _by(kept: StoredAnswer) -> tuple[str, datetime]:
    value: Any = kept.value
    return str(value["by"]), datetime.fromisoformat(value["at"])


def _settlement(field: Field, kept: StoredAnswer) -> Settlement | None:
    """What was settled; None if this edition cannot read it."""
    value: Any = kept.value
    try:
        return Settlement(field.id, read_reply(field, value["reply"]), kept.reason, *_by(kept))
    except FormFault:
        return None


def _milestone(kept: StoredAnswer) -> Milestone:
    value: Any = kept.value
    return Milestone(value["name"], *_by(kept), value["fingerprint"], value["settled"], value["parked"])


def _assigned(kept: StoredAnswer | None) -> dict[str, tuple[str, ...]]:
    value: Any = kept.value if kept is not None and kept.state == "answered" else {}
    return {role: tuple(sections) for role, sections in value.items()}
