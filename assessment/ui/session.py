"""What this browser session works on. Everything here can be lost and is then rebuilt from the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
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
from assessment.workflow.seating import Place as Seated
from assessment.workflow.seating import ended, take_place
from assessment.workflow.values import answers_from

if TYPE_CHECKING:
    from assessment.ui.handing import Tray
    from assessment.ui.widgets.sheet import Sheet


Look = Callable[[], tuple[object, Mapping[str, Reply]]]


@dataclass
class Session:
    """The cache of one browser session."""

    shown: dict[str, Reply] = field(default_factory=dict)  # widget key -> the reply it was last filled with
    refused: dict[str, Refusal] = field(default_factory=dict)  # field id -> what was typed and why not taken
    late: dict[str, Reply] = field(default_factory=dict)  # field id -> what came after it was revealed
    offered: set[str] = field(default_factory=set)  # questions on this page that were drawn open for a vote
    pending: list[Save] = field(default_factory=list)  # saves the store has not acknowledged, oldest first
    saved_at: datetime | None = None
    last_place: Place | None = None
    turns: int = 0  # pages turned so far
    fresh: Opened | None = None  # read in this very run of the page, or of the fragments after a change
    before: Opened | None = None  # as the store gave it last; what has not changed since is not read again
    read_at: float = 0.0  # monotonic seconds of that reading
    whole: bool = False  # the whole page is being drawn
    problems: tuple[Opened, tuple[AnswerProblem, ...]] | None = None  # what is wrong with those answers
    counted: dict[str, SectionProgress] = field(default_factory=dict)  # as it stands beside the page
    drawn: dict[str, Drawn] = field(default_factory=dict)  # part of the page -> how it was drawn last
    progress: tuple[Opened, tuple[SectionProgress, ...]] | None = None  # how far those answers go
    relevant: tuple[Opened, frozenset[str]] | None = None  # what is asked as those answers stand
    sheet: Sheet | None = None  # what the inputs need, for the answers it was made from
    tray: Tray | None = None  # a file that was handed in on this page; gone when the page is left


@dataclass(frozen=True)
class Drawn:
    """How a part of the page was drawn: `replies` in its inputs, and `shape`, all else it depends on.

    `look` finds both as the answers stand now.
    """

    shape: object
    replies: Mapping[str, Reply]
    look: Look

    def but(self, chosen: str, now: Drawn) -> bool:
        """Whether it would be drawn the same `now`, but for the reply to one field."""
        others = ({k: v for k, v in one.replies.items() if k != chosen} for one in (self, now))
        return self.shape == now.shape and next(others) == next(others)


def drawn(key: str, look: Look) -> None:
    """Remember how this part of the page is drawn."""
    session().drawn[key] = Drawn(*look(), look)


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
        found = _read(cache.before)
    except Unreachable:  # a database elsewhere is away: go on with what this browser was shown last
        if cache.before is None:
            raise
        found = cache.before
    _make_way(cache, found)
    cache.before = found
    return None if found is None else _with_pending(found, cache.pending)


def _read(before: Opened | None) -> Opened | None:
    """The place in a workshop, else the assessment of the sample or the link; None if there is none.

    A place whose session is over goes on being shown as it was seen here, without its inputs.
    """
    token = access.seat_token()
    if not token:
        record = holder()
        return None if record is None else open_record(access.bench(), record, before)
    place = take_place(access.bench(), token, before)
    if place is None and isinstance(before, Seated) and before.token == token:
        return ended(before)
    return place


def _make_way(cache: Session, found: Opened | None) -> None:
    """Nothing that was typed for one person's answers goes to those of another, should cookies change."""
    now, then = (one.record if one else None for one in (found, cache.before))
    if then and (now is None or (now.id, now.respondent) != (then.id, then.respondent)):
        cache.pending, cache.saved_at, cache.before = [], None, None
        for kept in (cache.shown, cache.refused, cache.late):
            kept.clear()
        if not cache.whole:  # a button of the page before: what it would do is not meant for this one
            st.rerun()


def holder() -> Assessment | None:
    """What this browser's sample or link gives access to, asked of the store anew.

    None while it holds a place in a workshop, over or not: a vote must never become an answer of the firm.
    """
    if access.seat_token():
        return None
    store = access.bench().store
    tried = (store.assessment_for(token) for token in access.shown_tokens())
    return next((one for one in tried if one is not None), None)


def progress_now(now: Opened) -> tuple[SectionProgress, ...]:
    """Progress by section, counted once for the same answers."""
    cache = session()
    if cache.progress is None or cache.progress[0] is not now:
        parts = now.progress if isinstance(now, Seated) else how_far(now, relevant_now(now))
        cache.progress = (now, parts)
    return cache.progress[1]


def relevant_now(now: Opened) -> frozenset[str]:
    """The fields that are asked, found once for the same answers."""
    cache = session()
    if cache.relevant is None or cache.relevant[0] is not now:
        cache.relevant = (now, now.asked if isinstance(now, Seated) else relevant_fields(now))
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
    cache.drawn.clear()
    try:
        yield read_again()
    finally:
        cache.fresh, cache.whole = None, False


def read_again() -> Opened | None:
    """Check the capability and read the answers anew; what is drawn from here on shows them."""
    cache = session()
    cache.fresh = None
    cache.fresh, cache.read_at = opened(), monotonic()
    return cache.fresh


def read_since(seconds: float) -> Opened | None:
    """The answers, read anew if that is longer ago; for parts that are drawn again by the clock."""
    cache = session()
    return cache.fresh if cache.fresh and monotonic() - cache.read_at < seconds else read_again()
