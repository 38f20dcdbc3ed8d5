"""How far a firm has come: the state of every question, and settled questions by section."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assessment.answering.relevance import asked, questions_on_path
from assessment.model.answers import Answered, Answers, Between, DontKnow, NotApplicable, NotAsked
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, Kind, NumberCell, Question

State = Literal["answered", "dont_know", "not_applicable", "partly", "open"]
Slot = tuple[Field, ...]  # fields of which one answer is enough: a row in money or in posts


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """Questions of one section that are asked on the path, and how many of them are settled."""

    section: str
    asked: int
    settled: int


def progress(
    edition: Edition, answers: Answers, quick: bool = False, now: Collection[str] | None = None
) -> tuple[SectionProgress, ...]:
    """One entry a section of the edition that has a question on the path, in page order.

    `now`: ids of the fields that are asked, if they are at hand.
    """
    now = asked(edition, answers) if now is None else now
    counts = {section: [0, 0] for section in edition.sections}
    for section, each in _asked_slots(edition, quick, frozenset(now)):
        counts[section][0] += 1
        counts[section][1] += not any(_slot_state(answers, slot) == "open" for slot in each)
    return tuple(SectionProgress(s, *pair) for s, pair in counts.items() if pair[0])


@lru_cache(maxsize=256)
def _asked_slots(
    edition: Edition, quick: bool, now: frozenset[str]
) -> tuple[tuple[str, tuple[Slot, ...]], ...]:
    """Section and slots of each question that is asked: what is asked changes with few answers."""
    each = ((q.section, tuple(slots(q, now))) for q in questions_on_path(edition, quick))
    return tuple((section, found) for section, found in each if found)


def question_state(edition: Edition, answers: Answers, question: Question) -> State:
    """The state of one question. A question that other answers make moot does not apply."""
    return state_among(answers, question, asked(edition, answers))


def state_among(answers: Answers, question: Question, now: Collection[str]) -> State:
    """As `question_state`, when the ids of the fields asked `now` are at hand."""
    states = [_slot_state(answers, slot) for slot in slots(question, now)]
    if not states:
        return "not_applicable"
    if "open" in states:
        # A tick that only stands at its default does not make a question begun.
        return "open" if set(states) <= {"open", "default"} else "partly"
    given = {s for s in states if s != "default"}
    if given == {"dont_know"}:
        return "dont_know"
    return "not_applicable" if given == {"not_applicable"} else "answered"


def open_fields(answers: Answers, question: Question, now: Collection[str]) -> tuple[str, ...]:
    """The asked fields of a question that still wait for an answer: the first of each open slot."""
    return tuple(slot[0].id for slot in slots(question, now) if _slot_state(answers, slot) == "open")


def slots(question: Question, now: Collection[str]) -> Iterator[Slot]:
    """The asked fields, with the number columns of one row taken together."""
    done = set[str]()
    for field in question.fields:
        if field.id not in now or field.id in done:
            continue
        slot = (field,) if question.kind is not Kind.ROWS else _with_other_numbers(question, field, now)
        done.update(f.id for f in slot)
        yield slot


def _with_other_numbers(question: Question, field: Field, now: Collection[str]) -> Slot:
    if not isinstance(field.cell, NumberCell):
        return (field,)
    return tuple(
        f for f in question.fields if f.row == field.row and f.id in now and isinstance(f.cell, NumberCell)
    )


def _slot_state(
    answers: Answers, slot: Slot
) -> Literal["answered", "dont_know", "not_applicable", "default", "open"]:
    found = {type(answers.reply(field.id)) for field in slot}
    if Answered in found or Between in found:
        return "answered"
    if DontKnow in found:
        return "dont_know"
    if NotApplicable in found or NotAsked in found:
        return "not_applicable"
    cell = slot[0].cell
    return "default" if isinstance(cell, ChoiceCell) and cell.default is not None else "open"
