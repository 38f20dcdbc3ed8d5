"""A firm, its facilitator and everybody's seat, in the store before the server starts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from assessment.store import Store
from assessment.ui.services import ACCESS_COOKIE, SEAT_COOKIE
from assessment.workflow.answering import answer_rows
from assessment.workflow.bench import Bench, edition
from assessment.workflow.opening import resume, start_assessment
from assessment.workflow.workshop import join, open_workshop
from tests.browser.firms import case_named, on_path

CASE = "own_brand_machine_maker"
ROLES = ("management", "finance", "operations", "engineering", "sales", "service")


@dataclass(frozen=True)
class People:
    """The cookies of a facilitator and of respondents, who are spread over the roles."""

    facilitator: dict[str, str]
    respondents: tuple[dict[str, str], ...]
    workshop: str


def gather(data: Path, count: int, *, without: tuple[str, ...] = (), every: str = "") -> People:
    """Begin a firm with the answers of a worked case, open a workshop on it and seat people.

    `without`: sections the firm has not answered; `every`: everybody's role, each role in turn if none.
    """
    data.mkdir(parents=True, exist_ok=True)
    with Store(f"sqlite:///{data / 'assessment.sqlite3'}") as store:
        bench = Bench(store)
        token = start_assessment(bench, quick=False, language="en", firm="Example")
        replies = on_path(edition(bench.current), case_named(CASE).answers, quick=False, without=without)
        record = store.assessment_for(token)
        assert record is not None
        store.save_answers(record, answer_rows(replies).values, str(uuid.uuid4()))
        opened = resume(bench, token)
        assert opened is not None
        which, code = open_workshop(bench, opened)
        roles = cycle((every,) if every else ROLES)
        seats = [join(bench, code, role=role) for role, _ in zip(roles, range(count), strict=False)]
        respondents = tuple({SEAT_COOKIE: seat} for seat in seats if seat is not None)
        assert len(respondents) == count
        return People({ACCESS_COOKIE: token}, respondents, which.id)
