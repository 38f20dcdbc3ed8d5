"""Deeds of a workshop: several people answer for one firm; the facilitator reveals, settles, parks, freezes.

What the facilitator decides is a save for `answering.keep`, in the history of the firm; see `room`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from assessment.answering.form import write_reply
from assessment.model.answers import Reply
from assessment.model.edition import Edition
from assessment.scoring.assess import answers_fingerprint
from assessment.store import Saved, StoredAnswer
from assessment.store.votes import Workshop, mark, reveal_key
from assessment.workflow.answering import Save, new_save
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.room import CHAIR, DOOR, MILESTONE, PARKED, SETTLED, TIMER, Room, fields_of
from assessment.workflow.seating import ASSIGNED, TABLE
from assessment.workflow.values import to_stored

USUAL_LIFE: Final = timedelta(hours=6)
NOTHING: Final = StoredAnswer("not_answered")


def open_workshop(bench: Bench, opened: Opened, life: timedelta = USUAL_LIFE) -> tuple[Workshop, str]:
    """Begin a workshop. Returns it and its code, shown only once."""
    return bench.store.workshops.open(opened.record, life)


def new_code(bench: Bench, opened: Opened, which: Workshop) -> str | None:
    """Another code instead of the one that was lost, shown only once; seats stay. None if it is over."""
    return bench.store.workshops.replace_code(opened.record, which)


def workshops_of(bench: Bench, opened: Opened) -> list[Workshop]:
    """The workshops of an assessment, oldest first."""
    return bench.store.workshops.all_of(opened.record)


def close_workshop(bench: Bench, opened: Opened, which: Workshop) -> None:
    """End it. Answers, settlements and milestones stay."""
    bench.store.workshops.close(opened.record, which)


def join(bench: Bench, code: str, *, role: str, name: str = "", address: str = "") -> str | None:
    """Take a seat. Returns its token; None for a code not in force. Raises `TooManyTries`, `NotSaved`."""
    return bench.store.workshops.join(code, role, name, address)


def vote(bench: Bench, token: str, save: Save) -> Mapping[str, Saved]:
    """Carry out a save made by `answering`, for this seat. Raises `Refused`, `NotSaved`."""
    return bench.store.workshops.vote(token, save.values, save.op_id)


# What the facilitator decides: saves for `answering.keep`.


def assign(which: Workshop, roles: Mapping[str, Iterable[str]]) -> Save:
    """Give sections to roles."""
    value = {role: list(sections) for role, sections in roles.items()}
    return new_save({mark(which.id) + ASSIGNED: StoredAnswer("answered", value)})


def lead(which: Workshop, name: str) -> Save:
    """Say who leads the workshop."""
    return _note(which, CHAIR, name.strip() or None)


def put_on_table(which: Workshop, subject: str) -> Save:
    """Speak of a question or a section; of none if empty."""
    return _note(which, TABLE, subject or None)


def set_timer(which: Workshop, until: datetime | None) -> Save:
    """Set when the time is up; None stops it."""
    return _note(which, TIMER, until.isoformat() if until else None)


def show_door(which: Workshop, shown: bool) -> Save:
    """Show address and code to the room, or no longer."""
    return _note(which, DOOR, shown)


def reveal(under: Edition, which: Workshop, subject: str) -> Save:
    """Show what was said to a question or a section; from then on nobody can vote on it."""
    return _reveal(under, which, subject, StoredAnswer("answered", True))


def hide(under: Edition, which: Workshop, subject: str) -> Save:
    """Vote on it again: what is said from now on is hidden, and so is what was said."""
    return _reveal(under, which, subject, NOTHING)


def settle(which: Workshop, replies: Mapping[str, Reply], reason: str, by: str, at: datetime) -> Save:
    """The values agreed on become the answers of the firm; the first answers stay with who gave them.

    Raises `ValueError` without a reason.
    """
    if not reason.strip():
        raise ValueError("what is settled needs its reason")
    said = {"by": by.strip(), "at": at.isoformat()}
    noted = {
        mark(which.id) + SETTLED + f: StoredAnswer(
            "answered", {**said, "reply": write_reply(r)}, reason.strip()
        )
        for f, r in replies.items()
    }
    return new_save({**{f: to_stored(r) for f, r in replies.items()}, **noted})


def unsettle(which: Workshop, fields: Iterable[str]) -> Save:
    """Take back that these were settled; the answer of the firm stays until it is changed."""
    return new_save({mark(which.id) + SETTLED + f: NOTHING for f in fields})


def park(which: Workshop, question: str, note: str, by: str, at: datetime) -> Save:
    """Put a question off."""
    value = {"by": by.strip(), "at": at.isoformat()}
    return new_save({mark(which.id) + PARKED + question: StoredAnswer("answered", value, note.strip())})


def unpark(which: Workshop, question: str) -> Save:
    """Take a question up again."""
    return new_save({mark(which.id) + PARKED + question: NOTHING})


def freeze(room: Room, name: str, by: str, at: datetime) -> Save:
    """Keep the state of the answers as a milestone."""
    value = {
        "name": name.strip(),
        "by": by.strip(),
        "at": at.isoformat(),
        "fingerprint": answers_fingerprint(room.edition, room.answers),
        "settled": len(room.settlements),
        "parked": len(room.parked),
    }
    key = f"{mark(room.workshop.id)}{MILESTONE}{at.isoformat()}"
    return new_save({key: StoredAnswer("answered", value)})


def _note(which: Workshop, key: str, value: object) -> Save:
    return new_save({mark(which.id) + key: NOTHING if value is None else StoredAnswer("answered", value)})


def _reveal(under: Edition, which: Workshop, subject: str, kept: StoredAnswer) -> Save:
    return new_save({reveal_key(which.id, f): kept for f in fields_of(under, subject)})
