"""Giving, changing and withdrawing answers. Each deed returns only once it is on disk.

`op_id` names one intended save; after `NotSaved` the same deed is repeated with the same `op_id`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assessment.model.answers import DONT_KNOW, NOT_ANSWERED, NotAnswered, NotApplicable, Reply
from assessment.store import Assessment, StoredAnswer
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.values import COMMENT, CONFIRMED, to_stored


@dataclass(frozen=True)
class Save:
    """One intended save of one or more fields; repeatable without effect beyond the first time."""

    values: Mapping[str, StoredAnswer]
    op_id: str


def new_save(values: Mapping[str, StoredAnswer]) -> Save:
    """A save with an id of its own."""
    return Save(dict(values), str(uuid.uuid4()))


def answer(field_id: str, reply: Reply) -> Save:
    """Answer one field."""
    return answer_rows({field_id: reply})


def answer_rows(replies: Mapping[str, Reply]) -> Save:
    """Answer several fields together: all of them are kept or none."""
    return new_save({field_id: to_stored(reply) for field_id, reply in replies.items()})


def mark_dont_know(opened: Opened, fields: Iterable[str]) -> Save:
    """Say "don't know" for the fields that have no answer yet."""
    return answer_rows(dict.fromkeys(_open_among(opened, fields), DONT_KNOW))


def mark_not_applicable(opened: Opened, fields: Iterable[str], reason: str) -> Save:
    """Say that the question does not fit, for the fields without an answer or marked so before."""
    taken = [f for f in fields if isinstance(opened.answers.reply(f), NotAnswered | NotApplicable)]
    return answer_rows(dict.fromkeys(taken, NotApplicable(reason)))


def withdraw(fields: Iterable[str]) -> Save:
    """Take answers back."""
    return answer_rows(dict.fromkeys(fields, NOT_ANSWERED))


def confirm(check_id: str, reason: str) -> Save:
    """Keep the answers a warning is about, with the reason that will stand in the report."""
    state = "answered" if reason.strip() else "not_answered"
    return new_save({CONFIRMED + check_id: StoredAnswer(state, reason=reason.strip())})


def comment(question_id: str, remark: str) -> Save:
    """Remark on a question, for the report's list of answers. An empty remark takes it back."""
    state = "answered" if remark.strip() else "not_answered"
    return new_save({COMMENT + question_id: StoredAnswer(state, comment=remark.strip())})


def keep(bench: Bench, record: Assessment, save: Save) -> datetime:
    """Carry out a save. Returns when it was on disk. Raises `NotSaved`, then repeat with the same save."""
    if not save.values:
        return datetime.now().astimezone()
    if len(save.values) == 1:
        ((field_id, value),) = save.values.items()
        return bench.store.save_answer(record, field_id, value, save.op_id).at
    saved = bench.store.save_answers(record, save.values, save.op_id)
    return max(s.at for s in saved.values())


def _open_among(opened: Opened, fields: Iterable[str]) -> list[str]:
    return [f for f in fields if isinstance(opened.answers.reply(f), NotAnswered)]
