"""The workshop as this browser session saw it last, and how what its facilitator does is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from assessment.report.say import Say
from assessment.store import StoredAnswer
from assessment.store.records import ANSWER
from assessment.store.votes import OPEN, Workshop
from assessment.ui import access, saving
from assessment.ui.frame import Frame, Locked
from assessment.ui.session import opened, read_again
from assessment.workflow.answering import Save
from assessment.workflow.room import Room, look
from assessment.workflow.workshop import workshops_of

SLOT: Final = "workshop.chair"
PART: Final = "workshop-part"  # key of the choice between the parts of the page


@dataclass
class Chair:
    """`drawn`: what the facilitator had decided, and who was there, when the page was drawn last."""

    room: Room | None = None
    drawn: tuple[object, ...] = ()
    refused: dict[str, str] = field(default_factory=dict)  # field, or what is missing -> why it was not kept


def chair() -> Chair:
    """What this browser session keeps of the workshop it leads."""
    found = st.session_state.get(SLOT)
    if not isinstance(found, Chair):
        found = st.session_state[SLOT] = Chair()
    return found


def room_now() -> Room | None:
    """The workshop that is on, else the last one, as it is now; None if there was none.

    Raises `Locked` for whoever may not lead one.
    """
    now, kept = opened(), chair()
    if now is None or now.record.scope != ANSWER:
        raise Locked
    every = workshops_of(access.bench(), now)
    which = next((w for w in reversed(every) if is_on(w)), every[-1] if every else None)
    kept.room = None if which is None else look(access.bench(), now, which, kept.room)
    return kept.room


def is_on(which: Workshop) -> bool:
    """Whether people may come in and answer."""
    return which.state == OPEN and which.until > datetime.now(UTC)


def drawn(room: Room | None) -> None:
    """Remember what the page that is being drawn shows."""
    chair().drawn = _decided(room)


def turned(room: Room | None) -> bool:
    """Whether something was decided elsewhere since the page was drawn: then all of it is drawn again."""
    return chair().drawn != _decided(room)


def _decided(room: Room | None) -> tuple[object, ...]:
    if room is None:
        return ()
    entries: dict[str, StoredAnswer] = dict(room.stored)
    return (room.workshop, is_on(room.workshop), entries)


def save(*saves: Save) -> None:
    """Keep what the facilitator decided; what is asked from here on shows it."""
    for one in saves:
        saving.save(one)
    read_again()


def keep(*saves: Save) -> None:
    """The same, and then draw the page again. For use in a callback."""
    save(*saves)
    st.rerun()


def say_of(frame: Frame) -> Say:
    """The words of a report, for numbers and names that read as on paper."""
    return Say(frame.edition, frame.texts, frame.words)
