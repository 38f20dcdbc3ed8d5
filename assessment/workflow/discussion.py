"""What to speak of next: questions that matter most and divide most, then those that matter most."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assessment.answering.relevance import questions_on_path
from assessment.model.edition import Edition
from assessment.model.workshop import Accord, Agreement, Ballot, Clash
from assessment.scoring.leverage import stakes
from assessment.workflow.room import Room


class Topic(StrEnum):
    """How far a question is in the discussion, in the order in which they are listed. Text keys."""

    DIVIDED = "divided"
    HIDDEN = "hidden"
    PARKED = "parked"
    AGREED = "agreed"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the agenda. `points` of severity hang on the answers given, or on the question while
    `dilemma` is empty. `found`: agreement on its revealed fields that somebody answered, least agreed first.
    """

    question: str
    topic: Topic
    points: float
    dilemma: str
    ballot: Ballot
    found: tuple[Agreement, ...] = ()

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Kinds of clash on any of its fields, most telling first."""
        seen = {clash for one in self.found for clash in one.clashes}
        return tuple(clash for clash in Clash if clash in seen)


def discussion(room: Room) -> tuple[Item, ...]:
    """The questions of the path: first those that divide, then hidden ones, by what is at stake."""
    weigh = weights(room.edition)
    divided = {d.question: (d.points, d.dilemma) for d in room.divides()}
    parked = {p.question for p in room.parked}
    items = []
    for question in questions_on_path(room.edition, room.opened.quick):
        found = agreements(room, question.id)
        points, dilemma = divided.get(question.id, (weigh.get(question.id, 0.0), ""))
        topic = _topic(room, question.id, found, parked)
        items.append(Item(question.id, topic, points, dilemma, room.ballot(question.id), found))
    order = list(Topic)
    return tuple(sorted(items, key=lambda i: (order.index(i.topic), -i.points, -_index(i))))


def agreements(room: Room, question: str) -> tuple[Agreement, ...]:
    """Agreement on each revealed field of a question that somebody answered, least agreed first."""
    fields = (f.id for f in room.edition.question[question].fields)
    found = [a for f in fields if (a := room.agreement(f)) is not None and a.overall.people]
    return tuple(sorted(found, key=lambda a: (not a.clashes, -(a.index or 0.0))))


def differ(found: Agreement) -> bool:
    """Whether there is something to speak about."""
    return bool(found.clashes) or found.accord in (Accord.PARTLY, Accord.APART)


@lru_cache(maxsize=4)
def weights(edition: Edition) -> dict[str, float]:
    """What is at stake, by question."""
    return stakes(edition)


def _topic(room: Room, question: str, found: tuple[Agreement, ...], parked: set[str]) -> Topic:
    open_ = [a for a in found if a.field not in room.settlements]
    if question in parked:
        return Topic.PARKED
    if found and not open_:
        return Topic.SETTLED
    if any(differ(a) for a in open_):
        return Topic.DIVIDED
    return Topic.AGREED if found else Topic.HIDDEN


def _index(item: Item) -> float:
    return max((a.index or 0.0 for a in item.found), default=0.0)
