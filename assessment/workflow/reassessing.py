"""Assessing again: a new assessment from the one at hand, which stays as it is; and what moved since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from assessment.answering.carrying import carry
from assessment.answering.earlier_form import write_earlier
from assessment.content.carry_over import load_carry_over, predecessor
from assessment.content.load import EDITIONS
from assessment.model.agenda import Earlier
from assessment.model.answers import Answers, NotAnswered
from assessment.model.carrying import Carried, CarryOver
from assessment.model.comparison import Comparison
from assessment.model.edition import Edition
from assessment.scoring.since import since
from assessment.store import StoredAnswer
from assessment.workflow.answering import Save, new_save
from assessment.workflow.bench import Bench, edition
from assessment.workflow.opening import Opened
from assessment.workflow.values import BEFORE, to_stored


@dataclass(frozen=True)
class Again:
    """What assessing again would do. `carried`: None where the questionnaire is the same as last time.

    `possible`: False if nobody said what became of the questions of the old edition.
    """

    edition: Edition
    carried: Carried | None = None
    possible: bool = True

    def answers(self, opened: Opened) -> Answers:
        """The answers the new assessment begins with."""
        return self.carried.answers if self.carried else opened.answers


def preview(bench: Bench, opened: Opened) -> Again:
    """What would be kept, renamed, rescaled and cleared. Nothing is written."""
    under = edition(bench.current)
    if under.id == opened.edition.id:
        return Again(under)
    found = way_from(opened.edition.id, under.id)
    if found is None:
        return Again(under, possible=False)
    return Again(under, carry(opened.answers, found[1], under))


def assess_again(bench: Bench, opened: Opened, language: str) -> str:
    """Open a new assessment that begins with the answers of this one. Returns the token of its link.

    The answers stand in it as given last time, to be changed or left; remarks and confirmed warnings do not:
    they were about last time. All of it is kept beside the new answers. Raises `ValueError` if no way leads
    to the edition of today.
    """
    planned = preview(bench, opened)
    if not planned.possible:
        raise ValueError(f"nothing says what became of the questions of {opened.edition.id}")
    under, record = planned.edition, opened.record
    _id, token = bench.store.create_assessment(
        under.id, under.fingerprint, language, record.path, record.firm_name, after=record
    )
    made = bench.store.assessment_for(token)
    assert made is not None
    earlier = Earlier(opened.answers, last_saved(bench, opened), opened.agenda.actions)
    save = beginning(planned.answers(opened), earlier)
    bench.store.save_answers(made, save.values, save.op_id)
    return token


def beginning(answers: Answers, earlier: Earlier) -> Save:
    """The first save of an assessment that is not the first. The earlier one comes last: what has a higher
    number was looked at since.
    """
    given = {f: to_stored(r) for f, r in answers.replies.items() if not isinstance(r, NotAnswered)}
    return new_save({**given, BEFORE: StoredAnswer("answered", write_earlier(earlier))})


def last_saved(bench: Bench, opened: Opened) -> date | None:
    """The day of the latest answer; None if there is none."""
    answers = {f: kept.seq for f, kept in opened.stored.items() if f in opened.edition.fields}
    if not answers:
        return None
    latest = max(answers, key=lambda f: answers[f])
    return bench.store.revisions(opened.record, latest)[-1].at.astimezone().date()


@cache
def way_from(old: str, new: str) -> tuple[Edition, CarryOver] | None:
    """The old edition, and what became of its fields under the new one; None if the new one does not say."""
    if predecessor(EDITIONS / new) != old:
        return None
    return edition(old), load_carry_over(edition(old), edition(new))


# --- beside the answers of now ----------------------------------------------------------------------


def last_time(opened: Opened) -> Answers | None:
    """The earlier answers under the edition of now, as far as they have a counterpart; None without any."""
    if opened.earlier is None:
        return None
    then = opened.earlier.answers
    if then.edition == opened.edition.id:
        return then
    found = way_from(then.edition, opened.edition.id)
    return None if found is None else carry(then, found[1], opened.edition).answers


def not_looked_at(opened: Opened) -> frozenset[str]:
    """Fields that still hold what was carried over: neither changed nor said to be right."""
    before = opened.stored.get(BEFORE)
    if before is None or before.state != "answered":
        return frozenset()
    fields = opened.edition.fields
    return frozenset(f for f, kept in opened.stored.items() if f in fields and 0 < kept.seq < before.seq)


def still_right(opened: Opened, fields: frozenset[str]) -> Save:
    """Say that these carried answers hold: they are saved again as they are."""
    return new_save({f: opened.stored[f] for f in sorted(fields & not_looked_at(opened))})


def moved_since(opened: Opened) -> Comparison | None:
    """What moved since the assessment this one was begun from; None if there is none."""
    return compared(opened.edition, opened.answers, opened.earlier)


def compared(under: Edition, answers: Answers, earlier: Earlier | None) -> Comparison | None:
    """The same for answers that lie in no store, as in files."""
    return since(under, answers, earlier, lambda old: way_from(old, under.id))
