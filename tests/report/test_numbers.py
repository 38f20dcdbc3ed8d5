"""How numbers are written."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assessment.report import numbers

CUTS = (25.0, 50.0, 75.0)


@given(st.floats(0, 100))
def test_a_printed_severity_never_stands_on_the_other_side_of_a_cut(value: float):
    shown = int(numbers.score(value, CUTS))
    assert [shown >= cut for cut in CUTS] == [value >= cut for cut in CUTS]
    assert abs(shown - value) <= 1


@given(st.lists(st.floats(0, 60), min_size=1, max_size=8))
def test_printed_parts_add_up_to_the_printed_whole(parts: list[float]):
    total = round(sum(parts))
    shown = numbers.adding_up(parts, total)
    assert sum(shown) == total
    assert all(abs(a - b) < 2 for a, b in zip(shown, parts, strict=True))


def test_halves_are_rounded_up_and_thousands_are_grouped():
    assert numbers.number(2.5) == "3"
    assert numbers.number(-2.5) == "\u22123"
    assert numbers.number(1234567.891, 1) == "1\u202f234\u202f567.9"
    assert numbers.number(-0.4) == "0"


def test_a_typed_number_is_shown_in_full():
    assert numbers.exact(Decimal("12.50")) == "12.5"
    assert numbers.exact(Decimal("1234567.25")) == "1\u202f234\u202f567.25"
    assert numbers.exact(Decimal(-7)) == "\u22127"
    assert numbers.exact(Decimal(900)) == "900"


def test_a_share_short_of_all_is_never_shown_as_all():
    assert numbers.percent(0.999) == "99\u00a0%"
    assert numbers.percent(0.001) == "1\u00a0%"
    assert numbers.percent(1.0) == "100\u00a0%"
    assert numbers.percent(0.0) == "0\u00a0%"
