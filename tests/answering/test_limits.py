"""What one reply may be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessment.answering.validation import check_reply
from assessment.model.answers import DONT_KNOW, NOT_ANSWERED, Answered, Between, NotApplicable, Reply
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Unit
from assessment.model.problems import Severity

MONEY = NumberCell(Unit.MONEY, 0.0)
REVENUE = NumberCell(Unit.MONEY, 0.0, exclusive=True)
SHARE = NumberCell(Unit.PERCENT)
MARGIN = NumberCell(Unit.PERCENT, -50.0, 95.0)
POSTS = NumberCell(Unit.COUNT, 0.0, integer=True)
LEVEL = LevelCell("setup", 5)
CHOICE = ChoiceCell(("yes", "no"))
MULTI = MultiCell(("a", "b", "c", "none"), at_most=2)


def number(text: str) -> Answered:
    return Answered(Decimal(text))


def span(low: str, high: str) -> Between:
    return Between(Decimal(low), Decimal(high))


# ruff: noqa: E501 -- a table: one case a line
REFUSED = [
    ("zero revenue", REVENUE, number("0"), "not_above", {"left": "0", "low": "0"}),
    ("a range that begins at zero revenue", REVENUE, span("0", "5"), "not_above", {"left": "0", "low": "0"}),
    ("a negative amount", MONEY, number("-0.01"), "too_low", {"left": "-0.01", "low": "0"}),
    ("a negative number without a minimum", NumberCell(Unit.NUMBER), number("-1"), "too_low", {"left": "-1", "low": "0"}),
    ("a share over 100", SHARE, number("100.5"), "too_high", {"left": "100.5", "high": "100"}),
    ("a range that ends over 100", SHARE, span("90", "101"), "too_high", {"left": "101", "high": "100"}),
    ("a margin below its minimum", MARGIN, number("-51"), "too_low", {"left": "-51", "low": "-50"}),
    ("half a post", POSTS, number("2.5"), "not_whole", {"left": "2.5"}),
    ("a reversed range", MONEY, span("9", "3"), "range_reversed", {"low": "9", "high": "3"}),
    ("no number", MONEY, Answered("many"), "no_number", {"left": "many"}),
    ("not a number", MONEY, number("NaN"), "no_number", {"left": "NaN"}),
    ("infinity", MONEY, number("Infinity"), "no_number", {"left": "Infinity"}),
    ("a range up to infinity", MONEY, span("1", "Infinity"), "no_number", {"left": "Infinity"}),
    ("more than a float holds", MONEY, number("1E+400"), "too_large", {}),
    ("a level off the scale", LEVEL, Answered(5), "no_such_level", {"high": "4"}),
    ("half a level", LEVEL, number("1.5"), "no_such_level", {"high": "4"}),
    ("an unknown option", CHOICE, Answered("maybe"), "no_such_option", {"left": "maybe"}),
    ("a range of options", CHOICE, span("0", "1"), "no_range", {}),
    ("an unknown tick", MULTI, Answered(("a", "x")), "no_such_option", {"left": "x"}),
    ("too many ticks", MULTI, Answered(("a", "b", "c")), "too_many", {"left": "3", "high": "2"}),
    ("none and another", MULTI, Answered(("a", "none")), "none_with_others", {}),
]  # fmt: skip

ACCEPTED = [
    (REVENUE, number("0.01")), (MONEY, number("0")), (MONEY, span("3", "3")), (SHARE, number("100")),
    (MARGIN, number("-50")), (POSTS, number("2.0")), (LEVEL, Answered(4)), (LEVEL, number("0")),
    (LEVEL, span("1", "2")), (CHOICE, Answered("no")), (MULTI, Answered(("none",))), (MULTI, Answered(())),
    (REVENUE, DONT_KNOW), (REVENUE, NotApplicable("new firm")), (REVENUE, NOT_ANSWERED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "reply", "code", "values"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_cannot_be_is_refused_at_the_field(
    cell, reply: Reply, code: str, values: dict[str, str]
) -> None:
    (problem,) = check_reply(Field("f", "q", cell), reply)
    assert (problem.code, problem.severity, problem.fields) == (f"faults.{code}", Severity.REFUSE, ("f",))
    assert dict(problem.values) == values


@pytest.mark.parametrize(("cell", "reply"), ACCEPTED)
def test_what_can_be_is_accepted_at_the_field(cell, reply: Reply) -> None:
    assert check_reply(Field("f", "q", cell), reply) == ()


def test_the_edition_refuses_zero_revenue_and_zero_people(edition: Edition) -> None:
    for name in ("fin_revenue", "fin_opcost", "prf_headcount"):
        (problem,) = check_reply(edition.fields[name], number("0"))
        assert problem.severity is Severity.REFUSE
