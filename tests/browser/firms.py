"""Assessments that are in the store before the server starts, so that a test begins where it matters."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessment.content.cases import Case, load_cases
from assessment.model.answers import Answers, Reply
from assessment.model.edition import Edition
from assessment.store import Store
from assessment.workflow.answering import answer_rows
from assessment.workflow.bench import CURRENT_EDITION, Bench, edition
from assessment.workflow.opening import start_assessment


@dataclass(frozen=True)
class Begun:
    """A worked case as far as it was answered before. `without`: sections still open."""

    case: str
    language: str = "en"
    quick: bool = True
    without: tuple[str, ...] = ()
    firm: str = ""


def case_named(name: str) -> Case:
    """The worked case of this id."""
    return next(case for case in load_cases(edition(CURRENT_EDITION)) if case.id == name)


def on_path(
    under: Edition, answers: Answers, *, quick: bool, without: tuple[str, ...] = ()
) -> dict[str, Reply]:
    """The replies of a case to the questions of the path, less those of some sections."""
    questions = (q for q in under.questions if (q.quick or not quick) and q.section not in without)
    fields = (f.id for q in questions for f in q.fields)
    return {f: answers.replies[f] for f in fields if f in answers.replies}


def put(data: Path, wanted: Mapping[str, Begun], url: str = "") -> dict[str, str]:
    """Write the assessments into a store, that of the directory if no other; returns the token of each."""
    data.mkdir(parents=True, exist_ok=True)
    with Store(url or f"sqlite:///{data / 'assessment.sqlite3'}") as store:
        return {name: _begin(Bench(store), one) for name, one in wanted.items()}


def _begin(bench: Bench, one: Begun) -> str:
    case = case_named(one.case)
    firm = one.firm or case.firm[one.language]
    token = start_assessment(bench, quick=one.quick, language=one.language, firm=firm)
    replies = on_path(edition(bench.current), case.answers, quick=one.quick, without=one.without)
    record = bench.store.assessment_for(token)
    assert record is not None
    if replies:
        bench.store.save_answers(record, answer_rows(replies).values, str(uuid.uuid4()))
    return token
