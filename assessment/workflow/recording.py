"""What a report tells of a workshop: put together when its state is frozen, kept in the history of the firm.

The record names nobody but the facilitator. What was said and is not settled becomes an answer of the firm
with it: a range, or an open answer, where people still differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from assessment.answering.workshop_form import write_record
from assessment.model.results import Placement
from assessment.model.workshop import Agreement, Party, Respondent, RoleStand, RoleView, Stand, WorkshopRecord
from assessment.scoring.agreement import rules_of
from assessment.scoring.dividing import divides
from assessment.store import StoredAnswer
from assessment.store.votes import Workshop, mark
from assessment.workflow.answering import Save, new_save
from assessment.workflow.recorded import RECORD
from assessment.workflow.room import Room
from assessment.workflow.values import to_stored


def record(room: Room, facilitator: str, on: date) -> WorkshopRecord:
    """What is to be told of a workshop as it stands now."""
    under, by = room.edition, facilitator.strip()
    least, settled = rules_of(under).least, room.settlements
    heard = [a for f in under.fields if (a := room.agreement(f)) is not None and a.overall.people]
    answers = room.answers
    last = room.milestones[-1:]
    return WorkshopRecord(
        on=on,
        facilitator=by,
        parties=_parties(room.respondents, least),
        agreements=tuple(_nameless(a, least) for a in heard),
        divides=divides(under, room.votes, {}, room.opened.answers),
        by_role=tuple(_stand_of(view) for view in room.by_role().values() if view.people >= least),
        settled=tuple(replace(settled[f], by=by) for f in under.fields if f in settled),
        parked=tuple(replace(p, by=by) for p in room.parked),
        said={a.field: answers.reply(a.field) for a in heard if a.field not in settled},
        disputed=dict(answers.disputed),
        milestone=replace(last[0], by=by) if last else None,
    )


def keep_record(which: Workshop, told: WorkshopRecord) -> Save:
    """Keep the record, and what was said and not settled as answers of the firm. The record comes last: what
    has a higher number was answered since.
    """
    kept = StoredAnswer("answered", write_record(told))
    return new_save({**{f: to_stored(r) for f, r in told.said.items()}, mark(which.id) + RECORD: kept})


def _parties(people: Iterable[Respondent], least: int) -> tuple[Party, ...]:
    """Roles with enough people, largest first, then all others together."""
    counts = Counter(one.role for one in people)
    shown = [Party(role, n) for role, n in counts.items() if role and n >= least]
    shown.sort(key=lambda p: (-p.people, p.role))
    rest = sum(counts.values()) - sum(p.people for p in shown)
    return (*shown, Party("", rest)) if rest else tuple(shown)


def _nameless(found: Agreement, least: int) -> Agreement:
    """Without single replies and groups; without a spread that few people make up."""
    bare = replace(found, replies=(), by_role=(), withheld=0)
    if found.known >= least:
        return bare
    return replace(bare, overall=replace(found.overall, low=None, middle=None, high=None, tally={}))


def _stand_of(view: RoleView) -> RoleStand:
    return RoleStand(view.role, view.people, view.fields, tuple(_stand(p) for p in view.placements))


def _stand(p: Placement) -> Stand:
    return Stand(p.dilemma, p.stated, p.level, p.low_level, p.high_level, p.score, p.low, p.high)
