"""A firm whose answers fit, and a way to change one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessment.answering.form import read_form
from assessment.answering.validation import check_answers
from assessment.content.cases import Case
from assessment.model.answers import NOT_ANSWERED, Answers
from assessment.model.edition import Edition
from assessment.model.problems import AnswerProblem

TODAY = date(2026, 5, 1)

Change = Callable[..., Answers]
Found = Callable[..., dict[str, AnswerProblem]]


@pytest.fixture
def firm(cases: tuple[Case, ...]) -> Answers:
    """A machine maker reporting 2025 in million yuan, without any problem."""
    return next(c.answers for c in cases if c.id == "own_brand_machine_maker")


@pytest.fixture
def changed(edition: Edition, firm: Answers) -> Change:
    """The firm with some answers replaced, in the plain form; None takes an answer away."""

    def change(answers: dict[str, Any]) -> Answers:
        replies, problems = read_form(edition, answers, "test")
        assert not problems, problems
        kept = {k: r for k, r in {**firm.replies, **replies}.items() if r != NOT_ANSWERED}
        return replace(firm, replies=kept)

    return change


@pytest.fixture
def found(edition: Edition, changed: Change) -> Found:
    """Problems by code after some answers were replaced."""

    def find(answers: dict[str, Any], today: date = TODAY) -> dict[str, AnswerProblem]:
        return {p.code: p for p in check_answers(edition, changed(answers), today)}

    return find
