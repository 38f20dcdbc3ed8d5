"""Between a reply and the form in which the store keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, assert_never

from assessment.answering.agenda_form import read_agenda
from assessment.answering.earlier_form import read_earlier
from assessment.answering.form import FormFault, read_reply, write_reply
from assessment.model.agenda import Agenda, Earlier
from assessment.model.answers import (
    DONT_KNOW,
    NOT_ANSWERED,
    Answered,
    Answers,
    Between,
    DontKnow,
    NotAnswered,
    NotApplicable,
    NotAsked,
    Reply,
)
from assessment.model.edition import Edition
from assessment.model.fields import Field
from assessment.store import StoredAnswer

CONFIRMED: Final = "confirmed:"  # the stored field of a check id whose warning the firm confirmed
COMMENT: Final = "comment:"  # the stored field of a question id the firm remarked on
REQUEST: Final = "plan:request"
ACTION: Final = "plan:action:"
SCENARIO: Final = "plan:scenario:"
REPORTED: Final = "plan:reported"
BEFORE: Final = "before:dossier"  # the assessment this one was begun from


def to_stored(reply: Reply) -> StoredAnswer:
    """The stored form of a reply. Numbers are kept as exact text; a moot question has no reply of its own."""
    match reply:
        case Answered() | Between():
            return StoredAnswer("answered", write_reply(reply))
        case DontKnow():
            return StoredAnswer("dont_know")
        case NotApplicable(reason):
            return StoredAnswer("not_applicable", reason=reason)
        case NotAnswered() | NotAsked():
            return StoredAnswer("not_answered")
        case _:
            assert_never(reply)


def from_stored(field: Field, stored: StoredAnswer) -> Reply:
    """The reply kept in `stored`. What this edition cannot read counts as not answered."""
    match stored.state:
        case "dont_know":
            return DONT_KNOW
        case "not_applicable":
            return NotApplicable(stored.reason)
        case "answered":
            try:
                return read_reply(field, stored.value)
            except FormFault:
                return NOT_ANSWERED
        case _:
            return NOT_ANSWERED


def answers_from(edition: Edition, firm: str, stored: Mapping[str, StoredAnswer]) -> Answers:
    """All answers of a firm, with its remarks and the warnings it confirmed."""
    fields = edition.fields
    replies = {id_: from_stored(fields[id_], kept) for id_, kept in stored.items() if id_ in fields}
    confirmed = {check: kept.reason for check, kept in _beside(stored, CONFIRMED).items()}
    comments = {question: kept.comment for question, kept in _beside(stored, COMMENT).items()}
    return Answers(edition.id, firm, replies, comments, confirmed)


def _beside(stored: Mapping[str, StoredAnswer], mark: str) -> dict[str, StoredAnswer]:
    """What stands beside the answers under a mark, by the id after the mark."""
    return {
        id_.removeprefix(mark): kept
        for id_, kept in stored.items()
        if id_.startswith(mark) and kept.state == "answered"
    }


def agenda_from(edition: Edition, stored: Mapping[str, StoredAnswer]) -> Agenda:
    """The agenda that counts. What this edition cannot read is left out; it stays in the history."""
    kept = {id_: one.value for id_, one in stored.items() if one.state == "answered"}
    raw: dict[str, Any] = {"actions": _under(kept, ACTION), "scenarios": _under(kept, SCENARIO)}
    if REQUEST in kept:
        raw["request"] = kept[REQUEST]
    if REPORTED in kept:
        raw["reported"] = kept[REPORTED]
    return read_agenda(edition, raw, "")[0]


def earlier_from(stored: Mapping[str, StoredAnswer], edition_of: Callable[[str], Edition]) -> Earlier | None:
    """The assessment this one was begun from, read under its own edition; None if there is none."""
    kept = stored.get(BEFORE)
    if kept is None or kept.state != "answered" or not isinstance(kept.value, Mapping):
        return None
    return read_earlier(edition_of(str(kept.value["edition"])), kept.value)


def _under(kept: Mapping[str, object], mark: str) -> dict[str, object]:
    return {id_.removeprefix(mark): value for id_, value in sorted(kept.items()) if id_.startswith(mark)}
