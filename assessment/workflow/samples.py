"""Looking at an invented firm: its worked case as an assessment that can only be read."""

from __future__ import annotations

import threading
import uuid
from functools import cache

from assessment.content.cases import Case, load_cases
from assessment.store import Assessment
from assessment.store.records import READ
from assessment.workflow.answering import answer_rows
from assessment.workflow.bench import Bench, edition

_lock = threading.Lock()
_kept: dict[tuple[int, str], Assessment] = {}


@cache
def samples(edition_id: str) -> tuple[Case, ...]:
    """The worked cases that are offered for a look, read once per process."""
    return tuple(case for case in load_cases(edition(edition_id)) if case.sample)


def look_at_sample(bench: Bench, name: str) -> str | None:
    """A token that reads the worked case `name`, such as `contract_garment.zh`; None if there is none.

    The case is put into the store once per process and language; every visitor gets a token of their own.
    """
    case_id, _, language = name.partition(".")
    under = edition(bench.current)
    case = next((c for c in load_cases(under) if c.id == case_id), None)
    if case is None or language not in under.languages:
        return None
    with _lock:
        record = _kept.get((id(bench.store), name)) or _put(bench, case, language)
        _kept[id(bench.store), name] = record
    return bench.store.new_link(record, READ)


def _put(bench: Bench, case: Case, language: str) -> Assessment:
    under = edition(bench.current)
    firm = case.firm.get(language, case.id)
    _id, token = bench.store.create_assessment(
        under.id, under.fingerprint, language, "full", firm, sample=True
    )
    record = bench.store.assessment_for(token)
    assert record is not None
    bench.store.save_answers(record, answer_rows(case.answers.replies).values, str(uuid.uuid4()))
    return record
