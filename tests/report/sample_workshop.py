"""A workshop of nine people on a worked case: three roles of three, votes drawn around the firm's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from assessment.model.agenda import Dossier
from assessment.model.answers import DONT_KNOW, Answered, Answers, Reply
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell
from assessment.model.workshop import Respondent, Vote, WorkshopRecord
from assessment.store import StoredAnswer
from assessment.store.records import Assessment
from assessment.store.votes import Workshop, mark, reveal_key
from assessment.workflow.opening import Opened
from assessment.workflow.recording import keep_record, record
from assessment.workflow.room import Room
from assessment.workflow.values import from_stored
from assessment.workflow.workshop import freeze, park, settle

AT = datetime(2026, 5, 1, 10, 30, tzinfo=UTC)
DAY = date(2026, 5, 1)
WHICH = Workshop("w1", "a1", "open", AT, AT)
ROLES = ("management",) * 3 + ("finance",) * 3 + ("operations",) * 2 + ("sales",)
ASKED = (
    "chn_top1", "chn_tech", "fin_gm", "int_joint", "fin_newrev", "int_reasons", "prf_role", "chn_control",
    "svc_org", "dig_remote", "int_forms", "int_market", "svc_stair", "fin_rd_in", "int_cluster",
)  # fmt: skip
FACILITATOR = "Q. Facilitator (invented)"


def people() -> list[Respondent]:
    """Names that must never be seen in a report."""
    return [Respondent(f"p{n}", role, f"Secretname{n}") for n, role in enumerate(ROLES)]


def votes(edition: Edition, answers: Answers, questions: tuple[str, ...], seed: int = 1) -> list[Vote]:
    """Everybody's answer to every field of the questions: near the firm's own, some far off, some unknown."""
    rng, found = Random(seed), []
    for question in questions:
        width = rng.choice((0.0, 0.4, 1.0, 1.0))
        for field in edition.question[question].fields:
            for one in people():
                said = DONT_KNOW if rng.random() < 0.1 else _said(field, answers.reply(field.id), rng, width)
                found.append(Vote(one, field.id, said))
    return found


def _said(field: Field, own: Reply, rng: Random, width: float) -> Reply:
    kept = own if isinstance(own, Answered) else None
    if kept is not None and rng.random() > width:
        return kept
    match field.cell:
        case LevelCell(_, steps):
            return Answered(rng.randrange(steps))
        case ChoiceCell(options, _):
            return Answered(rng.choice(options))
        case MultiCell(options, most):
            return Answered(tuple(o for o in options if rng.random() < 0.5)[: most or None])
        case NumberCell():
            base = kept.value if kept is not None else Decimal(20)
            assert isinstance(base, Decimal | int)
            return Answered(Decimal(base) * Decimal(rng.choice(("0.5", "0.8", "1", "1.2"))).normalize())


def room(edition: Edition, answers: Answers, *, seed: int = 1, questions: tuple[str, ...] = ()) -> Room:
    """A room after the discussion: all revealed, four settled, two parked, frozen."""
    asked = questions or ASKED
    said = votes(edition, answers, asked, seed)
    fields = {v.field for v in said}
    settled = {f.id: r for q in asked[:4] for f in edition.question[q].fields[:1]
               if isinstance(r := answers.reply(f.id), Answered)}  # fmt: skip
    kept: dict[str, StoredAnswer] = {reveal_key(WHICH.id, f): StoredAnswer("answered", True) for f in fields}
    kept |= settle(WHICH, settled, "By last year’s ledger; 以去年台账为准.", "Secretname3", AT).values
    for question, note in zip(asked[4:6], ("Ask the three largest customers.", "向财务核实。"), strict=True):
        kept |= park(WHICH, question, note, "Secretname1", AT).values
    before = Opened(_cover(edition, answers), edition, answers, {})
    own = {k.removeprefix(mark(WHICH.id)): v for k, v in kept.items() if k.startswith(mark(WHICH.id))}
    now = Room(WHICH, before, tuple(people()), None, tuple(said), own, stamp=None)  # type: ignore[arg-type]
    frozen = freeze(now, "After the session", "Secretname2", AT).values
    own |= {k.removeprefix(mark(WHICH.id)): v for k, v in frozen.items()}
    return replace(now, stored=own)


def _cover(edition: Edition, answers: Answers) -> Assessment:
    return Assessment(
        "ws", "a1", "f1", answers.firm, edition.id, edition.fingerprint, "en", "full", "open", "", "answer"
    )


def dossier(edition: Edition, answers: Answers, **choice: Any) -> Dossier:
    """What a report is made from after the workshop: as if the record had been kept and read again."""
    told, stored = kept(edition, answers, **choice)
    replies = dict(answers.replies) | {
        f: from_stored(edition.fields[f], s) for f, s in stored.items() if f in edition.fields
    }
    return Dossier(replace(answers, replies=replies, disputed=dict(told.disputed)), workshop=told)


def kept(
    edition: Edition, answers: Answers, **choice: Any
) -> tuple[WorkshopRecord, Mapping[str, StoredAnswer]]:
    """The record, and the entries that keep it."""
    told = record(room(edition, answers, **choice), FACILITATOR, DAY)
    return told, keep_record(WHICH, told).values


def names() -> Iterator[str]:
    """What must not be in a record, a file or a report."""
    yield from (one.name for one in people())
