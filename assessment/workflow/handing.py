"""Answers handed in as a file: read, compared with what stands there, kept as far as somebody agrees."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from assessment.answering.carrying import carry
from assessment.answering.earlier_form import write_earlier
from assessment.answering.limits import check_reply
from assessment.exchange import Desk, Fault, FileFault, Reader, option_labels
from assessment.exchange.handed import file_name, read_handed
from assessment.model.agenda import NO_AGENDA, Agenda, Earlier
from assessment.model.answers import Answers, NotAnswered, NotAsked, Reply
from assessment.model.carrying import Carried
from assessment.model.edition import Edition
from assessment.model.problems import AnswerProblem
from assessment.report.say import Say
from assessment.store import StoredAnswer
from assessment.workflow import agenda
from assessment.workflow.answering import Save, new_save
from assessment.workflow.bench import Bench, edition, texts, words
from assessment.workflow.opening import Opened
from assessment.workflow.reassessing import way_from
from assessment.workflow.reporting import known
from assessment.workflow.values import BEFORE, COMMENT, CONFIRMED, from_stored, to_stored

DOUBTS: Final = {"which-characters": "encoding", "unclear-decimal": "decimal", "fraction": "percent"}


@dataclass(frozen=True)
class Settled:
    """How whoever handed in a file settled what it leaves open; empty: not asked yet."""

    encoding: str = ""
    decimal: str = ""  # "point" or "comma"
    percent: str = ""  # "points"


UNSETTLED: Final = Settled()


@dataclass(frozen=True)
class Handed:
    """A file that was read, for an assessment under `edition`. `answers`: the sound ones among those in it.

    `problems`: answers that were read and are impossible; `carried`: None where the file is of this edition.
    """

    file: str
    edition: Edition
    answers: Answers
    faults: tuple[Fault, ...] = ()
    problems: tuple[AnswerProblem, ...] = ()
    carried: Carried | None = None
    agenda: Agenda = NO_AGENDA
    earlier: Earlier | None = None

    @property
    def read_under(self) -> Edition:
        """The edition of the file, which its faults and problems speak of."""
        return edition(self.carried.source.edition) if self.carried else self.edition

    @property
    def given(self) -> dict[str, Reply]:
        """The fields the file says something about."""
        silent = NotAnswered | NotAsked
        return {f: r for f, r in self.answers.replies.items() if not isinstance(r, silent)}

    @property
    def plan(self) -> dict[str, StoredAnswer]:
        """Wishes, action register and what-ifs, as the store keeps them."""
        return _plan(self.agenda)

    @property
    def doubts(self) -> frozenset[str]:
        """Which of `Settled` the faults of the file ask for."""
        return frozenset(DOUBTS[fault.code] for fault in self.faults if fault.code in DOUBTS)


# --- reading -----------------------------------------------------------------------------------


def take_in(name: str, body: bytes, under: Edition, settled: Settled = UNSETTLED) -> Handed:
    """The answers of one firm in a file, for an assessment under `under`. Raises `FileFault`."""
    file = file_name(name)
    found = read_handed(file, body, desk(under.id, settled))
    answers, problems = _sound(edition(found.answers.edition), found.answers)
    if answers.edition == under.id:
        return Handed(file, under, answers, found.faults, problems, None, found.agenda, found.earlier)
    way = way_from(answers.edition, under.id)
    if way is None:
        raise FileFault("no-way", found=answers.edition, wanted=under.id)
    carried = carry(answers, way[1], under)  # its plan speaks of measures of the old edition: it stays there
    return Handed(file, under, carried.answers, found.faults, problems, carried, earlier=found.earlier)


def take_in_earlier(name: str, body: bytes, under: Edition, settled: Settled = UNSETTLED) -> Handed:
    """The same for an earlier assessment, which stays under the edition it was given under."""
    file = file_name(name)
    found = read_handed(file, body, desk(under.id, settled))
    own = edition(found.answers.edition)
    if own.id != under.id and way_from(own.id, under.id) is None:
        raise FileFault("no-way", found=own.id, wanted=under.id)
    answers, problems = _sound(own, found.answers)
    return Handed(file, own, answers, found.faults, problems, None, found.agenda, found.earlier)


def desk(default: str, settled: Settled) -> Desk:
    """What reading needs: options and states may be written in any language of the edition."""
    return Desk(lambda id_: _reader(id_, settled), default, settled.encoding)


def _reader(id_: str, settled: Settled) -> Reader:
    under = known(id_)
    return Reader(under, _labels(id_), _states(under.languages), settled.decimal, settled.percent)


@cache
def _labels(id_: str) -> dict[str, dict[str, str]]:
    under = edition(id_)
    return option_labels(*(Say(under, texts(id_, language), words(language)) for language in under.languages))


@cache
def _states(languages: tuple[str, ...]) -> dict[str, str]:
    states = ("dont_know", "not_applicable")
    return {words(one).text(f"exchange.states.{s}").lower(): s for one in languages for s in states}


def _sound(under: Edition, answers: Answers) -> tuple[Answers, tuple[AnswerProblem, ...]]:
    """The answers their fields can take, and what is wrong with the others."""
    problems = {f: check_reply(under.fields[f], reply) for f, reply in answers.replies.items()}
    kept = {f: reply for f, reply in answers.replies.items() if not problems[f]}
    return replace(answers, replies=kept), tuple(p for found in problems.values() for p in found)


# --- beginning ---------------------------------------------------------------------------------


def begin_from(bench: Bench, handed: Handed, language: str) -> str:
    """Open an assessment that begins with what the file holds. Returns the token of its link."""
    under = handed.edition
    quick = all(under.question[under.fields[f].question].quick for f in handed.given)
    _id, token = bench.store.create_assessment(
        under.id, under.fingerprint, language, "quick" if quick else "full", handed.answers.firm
    )
    made = bench.store.assessment_for(token)
    assert made is not None
    values = {key: kept for part in _parts(handed) for key, kept in part.values.items()}
    if values:
        save = new_save(_earlier_first(values))
        bench.store.save_answers(made, save.values, save.op_id)
    return token


def _earlier_first(values: Mapping[str, StoredAnswer]) -> dict[str, StoredAnswer]:
    """What stands before the earlier assessment in the history counts as carried over from it."""
    before = {BEFORE: values[BEFORE]} if BEFORE in values else {}
    return {**before, **values}


# --- filling in --------------------------------------------------------------------------------


class Standing(StrEnum):
    """How an entry of a file stands to the assessment. Text keys."""

    NEW = "new"
    DIFFERENT = "different"
    SAME = "same"


class Kind(StrEnum):
    """What an entry is. Text keys."""

    ANSWER = "answer"
    REMARK = "remark"
    REASON = "reason"
    PLAN = "plan"
    BEFORE = "before"


@dataclass(frozen=True)
class Entry:
    """Something a file holds that is taken over as a whole. `of`: field, question or check; else empty.

    `seen`: number of each stored value at the time of comparing, 0 where there was none.
    """

    kind: Kind
    of: str
    values: Mapping[str, StoredAnswer]
    standing: Standing = Standing.NEW
    seen: Mapping[str, int] | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.of}"


def _parts(handed: Handed) -> list[Entry]:
    """All a file holds."""
    answers = handed.answers
    found = [Entry(Kind.ANSWER, f, {f: to_stored(reply)}) for f, reply in handed.given.items()]
    found += [
        Entry(Kind.REMARK, of, {COMMENT + of: StoredAnswer("answered", comment=remark.strip())})
        for of, remark in answers.comments.items()
        if remark.strip()
    ]
    found += [
        Entry(Kind.REASON, check, {CONFIRMED + check: StoredAnswer("answered", reason=reason.strip())})
        for check, reason in answers.confirmed.items()
        if reason.strip()
    ]
    found += [Entry(Kind.PLAN, "", handed.plan)] if handed.plan else []
    if handed.earlier is not None:
        before = StoredAnswer("answered", write_earlier(handed.earlier))
        found.append(Entry(Kind.BEFORE, "", {BEFORE: before}))
    return found


def _plan(of: Agenda) -> dict[str, StoredAnswer]:
    saves = [agenda.note_actions(of.actions), *(agenda.name_scenario(s) for s in of.scenarios)]
    saves += [agenda.wish(of.request)] if of.request is not None else []
    saves += [agenda.report_scenario(of.reported)] if of.reported else []
    return {key: kept for save in saves for key, kept in save.values.items()}


def compare(opened: Opened, handed: Handed) -> tuple[Entry, ...]:
    """Every entry of the file beside what stands there now, answers in page order. Nothing is written."""
    return tuple(_beside(opened, entry) for entry in _parts(handed))


def _beside(opened: Opened, entry: Entry) -> Entry:
    stored = {key: opened.stored.get(key) for key in entry.values}
    seen = {key: kept.seq if kept else 0 for key, kept in stored.items()}
    if all(_silent(kept) for kept in stored.values()):
        standing = Standing.NEW
    else:
        standing = Standing.SAME if _same(opened, entry, stored) else Standing.DIFFERENT
    return replace(entry, standing=standing, seen=seen)


def _silent(kept: StoredAnswer | None) -> bool:
    return kept is None or kept.state == "not_answered"


def _same(opened: Opened, entry: Entry, stored: Mapping[str, StoredAnswer | None]) -> bool:
    if entry.kind is Kind.ANSWER:  # 12 and 12.0 are one answer
        given = from_stored(opened.edition.fields[entry.of], entry.values[entry.of])
        return opened.answers.reply(entry.of) == given
    return stored == entry.values


def take_over(now: Opened, shown: Collection[Entry]) -> tuple[Save, int]:
    """What to save of the entries that were agreed to, and how many are left out.

    Left out is what somebody else has changed since it was compared: nothing is overwritten unseen.
    """
    fresh = [e for e in shown if e.seen == _beside(now, e).seen]
    values = {key: kept for entry in fresh for key, kept in entry.values.items()}
    return new_save(_with_present(now, values)), len(shown) - len(fresh)


def set_earlier(now: Opened, handed: Handed, on: date | None) -> Save:
    """Keep a file of answers as the assessment before this one."""
    earlier = Earlier(handed.answers, on, handed.agenda.actions)
    return new_save(_with_present(now, {BEFORE: StoredAnswer("answered", write_earlier(earlier))}))


def _with_present(now: Opened, values: Mapping[str, StoredAnswer]) -> dict[str, StoredAnswer]:
    """With an earlier assessment the answers of now are written again after it: they are not carried over."""
    if BEFORE not in values:
        return dict(values)
    fields = now.edition.fields
    return _earlier_first({**{f: k for f, k in now.stored.items() if f in fields}, **values})
