"""The answers of one edition under another, forward to a newer one or back to an older one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import assert_never

from assessment.answering.limits import check_reply
from assessment.model.answers import Answered, Answers, Between, NotAnswered, NotAsked, Reply
from assessment.model.carrying import (
    ByFactor,
    ByOptions,
    BySteps,
    Carried,
    CarryOver,
    Cleared,
    Fate,
    Move,
    Moved,
    Rescaling,
    Why,
)
from assessment.model.edition import Edition

_BACK = {Fate.DROPPED: Fate.NEW, Fate.NEW: Fate.DROPPED}


def carry(answers: Answers, over: CarryOver, new: Edition) -> Carried:
    """The answers under `new`. `answers` stay as they are; no reply is invented.

    Raises `ValueError` if the answers or the edition are not those that `over` leads from and to.
    """
    if (answers.edition, new.id) != (over.before, over.after):
        raise ValueError(f"{over.before} -> {over.after} does not lead from {answers.edition} to {new.id}")
    sorting = _Sorting(answers, new)
    for move in over.moves:
        sorting.take(move)
    return sorting.carried(over)


def reversed_over(over: CarryOver) -> CarryOver:
    """The way back. Where several steps became one it leads to a range, where several options did to none."""
    moves = tuple(
        Move(_BACK.get(m.fate, m.fate), m.new, m.old, m.rescaling and _reversed(m.rescaling))
        for m in over.moves
    )
    return CarryOver(over.after, over.before, moves)


def _reversed(rescaling: Rescaling) -> Rescaling:
    match rescaling:
        case ByFactor(factor):
            return ByFactor(1 / factor)
        case BySteps(steps):
            top = max((span[1] for span in steps if span), default=-1)
            found = [[n for n, span in enumerate(steps) if span and span[0] <= s <= span[1]]
                     for s in range(top + 1)]  # fmt: skip
            return BySteps(tuple((min(f), max(f)) if f else None for f in found))
        case ByOptions(options):
            targets = list(options.values())
            return ByOptions({new: old for old, new in options.items() if targets.count(new) == 1})
        case _:
            assert_never(rescaling)


def rescaled(reply: Reply, rescaling: Rescaling) -> Reply | None:
    """A reply on the other scale; None if it has no counterpart there. States stay what they are."""
    if not isinstance(reply, (Answered, Between)):
        return reply
    match rescaling:
        case ByFactor(factor):
            return _times(reply, factor)
        case BySteps(steps):
            return _on_steps(reply, steps)
        case ByOptions(options):
            return _among(reply, options)
        case _:
            assert_never(rescaling)


def _times(reply: Answered | Between, factor: Decimal) -> Reply | None:
    if isinstance(reply, Between):
        return Between(reply.low * factor, reply.high * factor)
    if isinstance(reply.value, (str, tuple)):
        return None
    return Answered(Decimal(reply.value) * factor)


def _on_steps(reply: Answered | Between, steps: tuple[tuple[int, int] | None, ...]) -> Reply | None:
    ends = (reply.low, reply.high) if isinstance(reply, Between) else (reply.value, reply.value)
    if any(isinstance(end, (str, tuple)) or end not in range(len(steps)) for end in ends):
        return None
    spans = [steps[n] for n in range(int(ends[0]), int(ends[1]) + 1)]  # type: ignore[arg-type]
    known = [span for span in spans if span is not None]
    if len(known) < len(spans):
        return None
    low, high = min(s[0] for s in known), max(s[1] for s in known)
    return Answered(low) if low == high else Between(Decimal(low), Decimal(high))


def _among(reply: Answered | Between, options: Mapping[str, str]) -> Reply | None:
    if isinstance(reply, Between):
        return None
    if isinstance(reply.value, str):
        return Answered(options[reply.value]) if reply.value in options else None
    if not isinstance(reply.value, tuple) or any(v not in options for v in reply.value):
        return None
    return Answered(tuple(dict.fromkeys(options[v] for v in reply.value)))


@dataclass
class _Sorting:
    """Answers being sorted, move by move."""

    source: Answers
    edition: Edition
    replies: dict[str, Reply] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    renamed: list[Moved] = field(default_factory=list)
    rescaled: list[Moved] = field(default_factory=list)
    cleared: list[Cleared] = field(default_factory=list)

    def take(self, move: Move) -> None:
        reply = self.source.reply(move.old)
        if not move.old or isinstance(reply, (NotAnswered, NotAsked)):
            return
        after = reply if move.rescaling is None else rescaled(reply, move.rescaling)
        why = self._against(move, after)
        if why is not None or after is None:
            comment = self.source.comments.get(move.old, "")
            self.cleared.append(Cleared(move.old, move.new, reply, why or Why.NO_COUNTERPART, comment))
            return
        self.replies[move.new] = after
        match move.fate:
            case Fate.RENAMED:
                self.renamed.append(Moved(move.old, move.new, reply, after))
            case Fate.RESCALED:
                self.rescaled.append(Moved(move.old, move.new, reply, after))
            case _:
                self.kept.append(move.new)

    def _against(self, move: Move, after: Reply | None) -> Why | None:
        if not move.new:
            return Why.DROPPED
        if after is None:
            return Why.NO_COUNTERPART
        return Why.REFUSED if check_reply(self.edition.fields[move.new], after) else None

    def carried(self, over: CarryOver) -> Carried:
        known = {check.id for check in self.edition.checks}
        answers = replace(
            self.source,
            edition=self.edition.id,
            replies=self.replies,
            comments=_comments(self.source.comments, over),
            confirmed={k: why for k, why in self.source.confirmed.items() if k in known},
        )
        return Carried(
            self.source, answers, tuple(self.kept), tuple(self.renamed), tuple(self.rescaled),
            tuple(self.cleared), tuple(m.new for m in over.moves if m.fate is Fate.NEW),
        )  # fmt: skip


def _comments(comments: Mapping[str, str], over: CarryOver) -> dict[str, str]:
    """Remarks under their new field or question; those on what is gone stay with the old answers."""
    fields = {m.old: m.new for m in over.moves if m.old and m.new}
    questions = {old.partition(".")[0]: new.partition(".")[0] for old, new in fields.items()}
    places = {**questions, **fields}
    return {places[k]: text for k, text in comments.items() if k in places}
