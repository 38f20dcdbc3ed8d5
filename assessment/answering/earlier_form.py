"""The plain form of an earlier assessment, as in JSON files and in the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from assessment.answering.agenda_form import read_agenda, write_action
from assessment.answering.form import read_form, write_reply
from assessment.model.agenda import Action, Earlier
from assessment.model.answers import Answers, NotAnswered, NotAsked
from assessment.model.edition import Edition
from assessment.model.problems import Problem

KEYS: Final = ("date", "edition", "firm", "answers", "comments", "confirmed", "actions")


def write_earlier(earlier: Earlier) -> dict[str, Any]:
    """The earlier assessment as JSON can carry it; empty parts are left out. Same value, same form."""
    answers = earlier.answers
    told = {f: r for f, r in sorted(answers.replies.items()) if not isinstance(r, (NotAnswered, NotAsked))}
    parts: dict[str, Any] = {
        "date": earlier.on.isoformat() if earlier.on else None,
        "edition": answers.edition,
        "firm": answers.firm,
        "answers": {f: write_reply(reply) for f, reply in told.items()},
        "comments": dict(sorted(answers.comments.items())),
        "confirmed": dict(sorted(answers.confirmed.items())),
        "actions": {a.measure: write_action(a) for a in earlier.actions},
    }
    return {k: v for k, v in parts.items() if v or k in ("date", "answers")}


def read_earlier(edition: Edition, raw: Mapping[str, Any]) -> Earlier:
    """What `write_earlier` wrote and the store kept. What this edition cannot read is left out."""
    replies, _ = read_form(edition, raw.get("answers") or {}, "")
    answers = Answers(
        edition.id,
        str(raw.get("firm") or ""),
        replies,
        dict(raw.get("comments") or {}),
        dict(raw.get("confirmed") or {}),
    )
    return Earlier(answers, read_day(raw.get("date")), read_actions(edition, raw, "")[0])


def read_actions(
    edition: Edition, raw: Mapping[str, Any], where: str
) -> tuple[tuple[Action, ...], list[Problem]]:
    """The action register of the earlier assessment. `where` names the file."""
    agenda, problems = read_agenda(edition, {"actions": raw.get("actions") or {}}, where)
    return agenda.actions, problems


def read_day(raw: object) -> date | None:
    """A day as YYYY-MM-DD. Raises `ValueError`."""
    return None if raw is None else date.fromisoformat(str(raw))
