"""Impossible answers are refused by name and never cut to fit (property 14 of the scoring specification)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from assessment.answering.validation import check_answers, check_reply, impossible, refused_rows
from assessment.evaluation.columns import NumberColumn, columns_of
from assessment.model.answers import Answered, Answers, Between
from assessment.model.edition import Edition
from assessment.model.fields import Kind, NumberCell, Unit
from tests.scoring.random_firms import firm

TODAY = date(2026, 7, 1)


def named(edition: Edition, answers: Answers) -> set[str]:
    return {name for p in impossible(check_answers(edition, answers, TODAY)) for name in p.fields}


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "-Infinity", "-1000", "1e20"])
def test_no_number_field_takes_what_cannot_be_a_number_of_its_kind(edition: Edition, wrong: str):
    numbers = [f for f in edition.fields.values() if isinstance(f.cell, NumberCell)]
    assert len(numbers) > 50
    for field in numbers:
        assert any(field.id in p.fields for p in check_reply(field, Answered(Decimal(wrong)))), field.id
        assert any(
            field.id in p.fields for p in check_reply(field, Between(Decimal(wrong), Decimal(wrong)))
        ), field.id


def test_no_share_above_a_hundred_is_taken(edition: Edition):
    shares = [
        f for f in edition.fields.values() if isinstance(f.cell, NumberCell) and f.cell.unit is Unit.PERCENT
    ]
    assert len(shares) > 15
    for field in shares:
        assert check_reply(field, Answered(Decimal("100.5"))), field.id


@pytest.mark.parametrize("extra", ["2", "-2"])
def test_a_split_that_does_not_add_up_is_refused_with_its_parts(edition: Edition, extra: str):
    known = firm(edition, 5)
    splits = [q for q in edition.questions if q.kind is Kind.SPLIT]
    assert splits
    for question in splits:
        part = max(question.fields, key=lambda f: known.replies[f.id].value)  # type: ignore[union-attr]
        shifted = Answered(Decimal(str(known.replies[part.id].value)) + Decimal(extra))  # type: ignore[union-attr]
        if extra == "2":
            others = [f for f in question.fields if f is not part]
            shifted, part = Answered(Decimal(str(known.replies[others[0].id].value)) + 2), others[0]  # type: ignore[union-attr]
        wrong = replace(known, replies={**known.replies, part.id: shifted})
        assert {f.id for f in question.fields} <= named(edition, wrong), question.id


def test_a_firm_without_revenue_is_refused_at_the_revenue(edition: Edition):
    known = firm(edition, 5)
    assert named(edition, known) == set()
    wrong = replace(known, replies={**known.replies, "fin_revenue": Answered(Decimal(0))})
    assert "fin_revenue" in named(edition, wrong)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -1.0, 150.0])
def test_a_batch_refuses_the_rows_that_hold_an_impossible_number(edition: Edition, wrong: float):
    columns = columns_of(
        {f.id: f.cell for f in edition.fields.values()}, [firm(edition, s) for s in range(40)]
    )
    before = refused_rows(edition, columns, TODAY)
    assert not before.any()
    row = 17
    numbers = columns.fields["fin_newrev"]
    assert isinstance(numbers, NumberColumn)
    low = numbers.low.copy()
    low[row] = wrong
    high = np.where(np.arange(40) == row, wrong, numbers.high)
    spoiled = replace(
        columns, fields={**columns.fields, "fin_newrev": NumberColumn(low, high, numbers.mid, numbers.open)}
    )
    after = refused_rows(edition, spoiled, TODAY)
    assert after[row]
    assert (after == (before | (np.arange(40) == row))).all()
