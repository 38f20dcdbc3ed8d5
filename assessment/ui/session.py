"""What this browser session works on. Everything here can be lost and is then rebuilt from the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from assessment.answering.progress import SectionProgress
from assessment.exchange.cells import Misread
from assessment.model.answers import Answered, Between, Reply
from assessment.model.problems import AnswerProblem
from assessment.store import Assessment, Unreachable
from assessment.ui import access
from assessment.ui.place import Place
from assessment.workflow.answering import Save
from assessment.workflow.opening import Opened, open_record
from assessment.workflow.reviewing import how_far, relevant_fields
from assessment.workflow.values import answers_from

if TYPE_CHECKING:
    from assessment.ui.handing import Tray
    from assessment.ui.widgets.sheet import Sheet


@dataclass
class Session:
    """The cache of one browser session."""

    shown: dict[str, Reply] = field(default_factory=dict)  # widget key -> the reply it was last filled with
    refused: dict[str, Refusal] = field(default_factory=dict)  # field id -> what was typed and why not taken
    pending: list[Save] = field(default_factory=list)  # saves the store has not acknowledged, oldest first
    saved_at: datetime | None = None
    last_place: Place | None = None
    turns: int = 0  # pages turned so far
    fresh: Opened | None = None  # read in this very run of the page, or of the fragments after a change
    before: Opened | None = None  # as the store gave it last; what has not changed since is not read again
    whole: bool = False  # the whole page is being drawn
    problems: tuple[Opened, tuple[AnswerProblem, ...]] | None = None  # what is wrong with those answers
    progress: tuple[Opened, tuple[SectionProgress, ...]] | None = None  # how far those answers go
    relevant: tuple[Opened, frozenset[str]] | None = None  # what is asked as those answers stand
    sheet: Sheet | None = None  # what the inputs need, for the answers it was made from
    tray: Tray | None = None  # a file that was handed in on this page; gone when the page is left


@dataclass(frozen=True)
class Refusal:
    """A typed text that was not taken; the text stays in its field. `readings`: the numbers it may mean."""

    text: str
    why: AnswerProblem | Misread
    readings: tuple[Answered | Between, ...] = ()


def session() -> Session:
    """The cache of this browser session, empty after a restart."""
    found = st.session_state.get("session")
    if not isinstance(found, Session):
        found = st.session_state["session"] = Session()
    return found


def opened() -> Opened | None:
    """The assessment of this browser: capability checked and answers read anew in every run."""
    cache = session()
    if cache.fresh is not None:
        return cache.fresh
    try:
        record = holder()
        cache.before = None if record is None else open_record(access.bench(), record, cache.before)
    except Unreachable:  # a database elsewhere is away: go on with what this browser was shown last
        if cache.before is None:
            raise
    return None if cache.before is None else _with_pending(cache.before, cache.pending)


def holder() -> Assessment | None:
    """What this browser's cookies give access to, asked of the store anew."""
    store = access.bench().store
    tried = (store.assessment_for(token) for token in access.shown_tokens())
    return next((one for one in tried if one is not None), None)


def counts() -> dict[str, SectionProgress]:
    """Section -> progress of the answers as they were read last; empty before any was counted."""
    known = session().progress
    return {part.section: part for part in known[1]} if known else {}


def progress_now(now: Opened) -> tuple[SectionProgress, ...]:
    """Progress by section, counted once for the same answers."""
    cache = session()
    if cache.progress is None or cache.progress[0] is not now:
        cache.progress = (now, how_far(now, relevant_now(now)))
    return cache.progress[1]


def relevant_now(now: Opened) -> frozenset[str]:
    """The fields that are asked, found once for the same answers."""
    cache = session()
    if cache.relevant is None or cache.relevant[0] is not now:
        cache.relevant = (now, relevant_fields(now))
    return cache.relevant[1]


def _with_pending(found: Opened, pending: list[Save]) -> Opened:
    """Answers that wait for the store are shown as given."""
    if not pending:
        return found
    stored = dict(found.stored)
    for save in pending:
        stored.update(save.values)
    return replace(found, stored=stored, answers=answers_from(found.edition, found.record.firm_name, stored))


@contextmanager
def one_reading() -> Iterator[Opened | None]:
    """Within this block, the drawing of a whole page, the answers are read once."""
    cache = session()
    cache.whole = True
    try:
        yield read_again()
    finally:
        cache.fresh, cache.whole = None, False


def read_again() -> Opened | None:
    """Check the capability and read the answers anew; what is drawn from here on shows them."""
    cache = session()
    cache.fresh = None
    cache.fresh = opened()
    return cache.fresh
