"""The record of a workshop that counts, read from the history of the firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from assessment.answering.workshop_form import read_record
from assessment.model.answers import Answered, Answers
from assessment.model.edition import Edition
from assessment.model.workshop import WorkshopRecord
from assessment.store import StoredAnswer
from assessment.store.votes import mark

RECORD: Final = "record"  # the entry of a workshop that holds its record
WORKSHOPS: Final = mark("").removesuffix(":")  # what the entries of all workshops begin with


def with_workshop(
    under: Edition, answers: Answers, stored: Mapping[str, StoredAnswer]
) -> tuple[Answers, WorkshopRecord | None]:
    """The record that was kept last; the answers, marked where people differed then and the firm has not
    answered since.
    """
    kept = [s for k, s in stored.items() if k.startswith(WORKSHOPS) and k.endswith(f":{RECORD}")]
    kept = [s for s in kept if s.state == "answered"]
    if not kept:
        return answers, None
    last = max(kept, key=lambda s: s.seq)
    value: Any = last.value
    told, _ = read_record(under, value, "")
    since = {f for f, s in stored.items() if s.seq > last.seq}
    still = {f: r for f, r in told.disputed.items() if f not in since and f in stored}
    loose = {f: r for f, r in still.items() if not isinstance(answers.reply(f), Answered)}
    return replace(answers, disputed=loose), told
