"""What the facilitator sees of a workshop: the room. What a respondent sees stands in `seating`.

What the facilitator decided stands in the history of the firm under `workshop:<id>:`; the answers of a
respondent in a history of their own. The room holds votes on revealed fields alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

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
from assessment.store import StoredAnswer
from assessment.store.votes import Cast, Stamp, Workshop, mark, reveal_key
from assessment.workflow.bench import Bench
from assessment.workflow.heard import Heard
from assessment.workflow.opening import Opened
from assessment.workflow.seating import ASSIGNED, TABLE, assigned
from assessment.workflow.turnout import People, Turnout
from assessment.workflow.values import from_stored

SETTLED, PARKED, MILESTONE = "settled:", "parked:", "milestone:"
CHAIR, TIMER, DOOR = "chair", "timer", "door"
REVEALED: Final = reveal_key("", "").removeprefix(mark(""))


@dataclass(frozen=True)
class Room:
    """A workshop as the facilitator may see it. `votes`: of revealed fields alone."""

    workshop: Workshop
    opened: Opened
    respondents: tuple[Respondent, ...]
    turnout: Turnout
    votes: tuple[Vote, ...]
    stored: Mapping[str, StoredAnswer]  # entries of this workshop, by key after the mark
    stamp: Stamp
    before: Heard | None = field(default=None, compare=False)  # what was worked out for an earlier look

    @property
    def edition(self) -> Edition:
        return self.opened.edition

    @cached_property
    def revealed(self) -> frozenset[str]:
        """The fields that are revealed."""
        return frozenset(_reveals(self.stored))

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
        return assigned(self._value(ASSIGNED))

    def _under(self, key: str) -> Iterable[tuple[str, StoredAnswer]]:
        return ((k.removeprefix(key), kept) for k, kept in self.stored.items() if k.startswith(key))

    @property
    def settled(self) -> dict[str, Reply]:
        """The answers of the firm, as they are now, where they were settled."""
        return {name: self.opened.answers.reply(name) for name in self.settlements}

    def invited(self, subject: str) -> People:
        """Ids of the people who are to answer a question or a section."""
        section = subject if subject in self.edition.sections else self.edition.question[subject].section
        shares = self.assigned
        return frozenset(p.id for p in self.respondents if section in shares.get(p.role, (section,)))

    def ballot(self, subject: str) -> Ballot:
        """How far voting on a question or a section is."""
        fields, invited = fields_of(self.edition, subject), self.invited(subject)
        people = self.turnout.of(fields) & invited
        revealed = bool(fields) and self.revealed.issuperset(fields)
        return Ballot(subject, fields, len(people), revealed, len(invited))

    @property
    def leader(self) -> str:
        """The name of whoever leads the workshop; empty if not given."""
        return str(self._value(CHAIR) or "")

    @property
    def table(self) -> str:
        """The question or section that is spoken of now; empty if none."""
        subject = str(self._value(TABLE) or "")
        return subject if subject in self.edition.sections or subject in self.edition.question else ""

    @property
    def timer(self) -> datetime | None:
        """When the time that was set is up; None if none is set."""
        until = self._value(TIMER)
        return datetime.fromisoformat(until) if isinstance(until, str) else None

    @property
    def door(self) -> bool:
        """Whether address and code are to be shown to the room."""
        return self._value(DOOR) is not False

    def _value(self, key: str) -> Any:
        kept = self.stored.get(key)
        return None if kept is None else kept.value

    @cached_property
    def heard(self) -> Heard:
        """What the revealed votes come to; that of an earlier look if nothing it depends on has changed."""
        now = Heard(self.edition, self.votes, self.settled, self.opened.answers)
        return self.before if self.before is not None and self.before == now else now.knowing(self.before)

    def agreement(self, field: str) -> Agreement | None:
        """How far people agree on a field; None before it is revealed."""
        return self.heard.agreement(field) if field in self.revealed else None

    @property
    def answers(self) -> Answers:
        """The answers of the firm with what was revealed and settled."""
        return self.heard.answers

    def divides(self) -> tuple[Divide, ...]:
        """Revealed questions that matter most and divide most, first."""
        return self.heard.divides

    def by_role(self) -> Mapping[str, RoleView]:
        """Where each role alone would place the firm, from what is revealed."""
        return self.heard.by_role


def look(bench: Bench, opened: Opened, which: Workshop, before: Room | None = None) -> Room:
    """The workshop as the facilitator may see it now.

    `before`, the same workshop as it was seen earlier, saves reading again what has not changed; if nothing
    has, it is `before` itself that comes back.
    """
    store, record = bench.store.workshops, opened.record
    stamp = store.stamp(record, which)
    if before is not None and before.workshop.id != which.id:
        before = None
    if before is not None and (before.stamp, before.workshop) == (stamp, which) and before.opened is opened:
        return before
    start = mark(which.id)
    own = {k.removeprefix(start): s for k, s in opened.stored.items() if k.startswith(start)}
    given = {k: s for k, s in own.items() if s.state == "answered"}
    people = {id_: Respondent(id_, role, name) for id_, name, role in store.seats(record, which)}
    counted = before.turnout if before else Turnout()
    return Room(
        workshop=which,
        opened=opened,
        respondents=tuple(people.values()),
        turnout=counted.after(store.voted(record, which, counted.newest)),
        votes=_votes(bench, opened, which, people, given, before),
        stored=given,
        stamp=stamp,
        before=before.heard if before else None,
    )


def changed(bench: Bench, room: Room) -> bool:
    """Whether anything has happened in the workshop since this look at it."""
    return bench.store.workshops.stamp(room.opened.record, room.workshop) != room.stamp


def _votes(
    bench: Bench,
    opened: Opened,
    which: Workshop,
    people: Mapping[str, Respondent],
    given: Mapping[str, StoredAnswer],
    before: Room | None,
) -> tuple[Vote, ...]:
    """All votes on revealed fields. Nobody votes on a field that is revealed, so those seen before hold as
    long as it is revealed by the same entry.
    """
    shown, was = _reveals(given), _reveals(before.stored) if before else {}
    known = {f for f, seq in shown.items() if was.get(f) == seq}
    new = shown.keys() - known
    cast = bench.store.workshops.revealed(opened.record, which, new) if new else []
    read = [v for c in cast if (v := _vote(opened.edition, people, c))]
    kept = [v for v in before.votes if v.field in known] if before else []
    if not read:
        return tuple(kept)
    place = {name: n for n, name in enumerate(opened.edition.fields)}
    seat = {id_: n for n, id_ in enumerate(people)}
    return tuple(sorted([*kept, *read], key=lambda v: (place[v.field], seat[v.respondent.id])))


def _reveals(stored: Mapping[str, StoredAnswer]) -> dict[str, int]:
    """The fields that are revealed, with the number of the entry that does it."""
    return {k.removeprefix(REVEALED): s.seq for k, s in stored.items() if k.startswith(REVEALED)}


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
