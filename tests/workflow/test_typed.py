"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.model.answers import Answered, Between
from assessment.model.fields import NumberCell, Unit
from assessment.workflow.typed import Misread, read_number

MONEY, PERCENT, PEOPLE = NumberCell(Unit.MONEY), NumberCell(Unit.PERCENT), NumberCell(Unit.FTE)
THOUSAND = 1000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", "1200"),
        ("1.200,5", "1200.5"),
        ("1,200.5", "1200.5"),
        ("1'234.56", "1234.56"),
        ("1 234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("12.5", "12.5"),
        ("3.5万", "35"),
        ("１．５亿", "150000"),
        ("1.5 mio.", "1500"),
        ("¥ 1,200", "1200"),
        ("(500)", "-500"),
        ("-5", "-5"),
    ],
)
def test_an_amount_is_read_in_the_unit_of_the_firm(text: str, value: str) -> None:
    assert read_number(text, MONEY, THOUSAND) == Answered(Decimal(value))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("18-22", 18, 22),
        ("18–22", 18, 22),
        ("18 to 22", 18, 22),
        ("18至22", 18, 22),
        ("-5--3", -5, -3),
        ("18-22万", 180, 220),
    ],
)
def test_a_range_is_read_as_two_ends(text: str, low: int, high: int) -> None:
    assert read_number(text, MONEY, THOUSAND) == Between(Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["abc", "", "1,23,456", "1e5", "nan", "--3", "5-", "1.2.3", "9" * 61, "∞"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert read_number(text, MONEY, THOUSAND) == Misread("not_a_number")


def test_a_number_that_could_mean_two_is_refused_with_both_readings() -> None:
    assert read_number("1.200", MONEY, THOUSAND) == Misread(
        "ambiguous", (("first", "1200"), ("second", "1.2"))
    )


def test_a_large_unit_word_needs_the_unit_of_the_amounts_first() -> None:
    assert read_number("3.5万", MONEY, None) == Misread("unit_first")
    assert read_number("3.5万人", PEOPLE) == Answered(Decimal(35000))


def test_a_share_may_bear_its_sign_but_no_large_unit_word() -> None:
    assert read_number("35 %", PERCENT) == Answered(Decimal(35))
    assert read_number("3万", PERCENT) == Misread("not_a_number")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_plain_number_is_read_as_itself(value: Decimal) -> None:
    assert read_number(format(value, "f"), MONEY, THOUSAND) == Answered(value)


@given(st.decimals(min_value=1000, max_value=10**12, places=1))
def test_every_grouped_number_is_read_as_itself(value: Decimal) -> None:
    assert read_number(format(value, ",f"), MONEY, THOUSAND) == Answered(value)


@given(st.text(max_size=80))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert isinstance(read_number(text, MONEY, THOUSAND), Answered | Between | Misread)
