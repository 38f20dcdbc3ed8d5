"""Numbers as people write them: read right, or asked back, never misread."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from assessment.exchange.cells import Misread, Money, Reader, exact, write_cell, written
from assessment.exchange.quantities import NotANumber, Quantity, Unclear, read_quantity
from assessment.model.answers import Answered, Between

READ = {
    "0": "0",
    "1200": "1200",
    "007": "7",
    "12.5": "12.5",
    "12,5": "12.5",
    "0.350": "0.350",
    "0,350": "0.350",
    "1234.567": "1234.567",
    "1234,567": "1234.567",
    "1,200.5": "1200.5",
    "1.200,5": "1200.5",
    "1 200,5": "1200.5",
    "1 200.5": "1200.5",
    "1'234.56": "1234.56",
    "1’234,56": "1234.56",
    "1\u00a0234": "1234",
    "1\u202f234,5": "1234.5",
    "12 345 678": "12345678",
    "1,234,567": "1234567",
    "1.234.567": "1234567",
    "1.234.567,8": "1234567.8",
    "１２００": "1200",
    "１．５亿": "150000000",
    "1.2亿": "120000000",
    "3.5万": "35000",
    "3.5萬": "35000",
    "２百万": "2000000",
    "5千万": "50000000",
    "12k": "12000",
    "1.5 Mio. €": "1500000",
    "2 mn": "2000000",
    "3 million": "3000000",
    "1 bn": "1000000000",
    "(500)": "-500",
    "(1,234.5)": "-1234.5",
    "-500": "-500",
    "−500": "-500",
    "－５": "-5",
    "35%": "35",
    "35 %": "35",
    "３５％": "35",
    "-3,5 %": "-3.5",
    "¥300": "300",
    "300元": "300",
    "€ 1.234,50": "1234.50",
    "-¥5": "-5",
    ".5": "0.5",
    ",5": "0.5",
    "  42  ": "42",
    "٣٤": "34",
}
RANGES = {
    "18-22": ("18", "22"),
    "18–22": ("18", "22"),
    "18~22": ("18", "22"),
    "18～22": ("18", "22"),
    "18 至 22": ("18", "22"),
    "18到22": ("18", "22"),
    "18 to 22": ("18", "22"),
    "18..22": ("18", "22"),
    "18-22%": ("18", "22"),
    "18%-22%": ("18", "22"),
    "18-22万": ("180000", "220000"),
    "1.5-2.5亿": ("150000000", "250000000"),
    "-5-3": ("-5", "3"),
    "-5--3": ("-5", "-3"),
    "10,5-12,5": ("10.5", "12.5"),
}
UNCLEAR = {
    "1,234": ("1234", "1.234"),
    "1.234": ("1.234", "1234"),
    "１，２３４": ("1234", "1.234"),
    "-1.234": ("-1.234", "-1234"),
    "1,234 €": ("1234", "1.234"),
    "1,234-1,500": ("1234", "1.234"),
    "5m": ("5000", "5000000"),
    "3 billion": ("3000000000", "3000000000000"),
    "1,234万": ("1234", "1.234"),
}
REFUSED = (
    "",
    " ",
    "abc",
    "n/a",
    "N/A",
    "-",
    "--",
    "nan",
    "NaN",
    "inf",
    "∞",
    "True",
    "1e5",
    "1E-3",
    "0x10",
    "1_000",
    "1,23,456",
    "1.23.456",
    "1,234,56",
    "1 23",
    "12 34 567",
    "1''234",
    "1,.2",
    "1..",
    "5-",
    "-",
    "~5",
    "约5",
    ">5",
    "<5",
    "5+",
    "1-2-3",
    "2024-05-01",
    "18万-22",
    "(-5)",
    "-(5)",
    "(5",
    "5)",
    "--5",
    "5²",
    "½",
    "3 ½",
    "5‰",
    "35%%",
    "¥5元",
    "5 kg",
    "1亿2000万",
    "三十五",
    "%",
    "万",
    "=1+1",
    "1/2",
    "12:30",
    "#REF!",
    "9" * 61,
)


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_a_number_is_read_as_it_is_meant(text, value):
    found = read_quantity(text)
    assert isinstance(found, Quantity)
    assert (found.low, found.high) == (D(value), D(value))


@pytest.mark.parametrize(("text", "ends"), RANGES.items())
def test_a_range_is_read_with_both_ends(text, ends):
    found = read_quantity(text)
    assert isinstance(found, Quantity)
    assert (found.low, found.high) == (D(ends[0]), D(ends[1]))


@pytest.mark.parametrize(("text", "readings"), UNCLEAR.items())
def test_what_may_be_two_numbers_is_asked_back_with_both(text, readings):
    found = read_quantity(text)
    assert isinstance(found, Unclear)
    assert {D(found.first), D(found.second)} == {D(r) for r in readings}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotANumber):
        read_quantity(text)


def test_there_are_more_than_sixty_vectors():
    assert len(READ) + len(RANGES) + len(UNCLEAR) + len(REFUSED) > 60


def test_naming_the_decimal_mark_settles_the_doubt():
    assert read_quantity("1,234", "point").low == D(1234)
    assert read_quantity("1,234", "comma").low == D("1.234")
    assert read_quantity("1.234", "comma").low == D(1234)
    with pytest.raises(NotANumber):
        read_quantity("12.5", "comma")


def reply(tools, field, text, money=Money("CNY", "wan"), **options):
    reader = Reader(tools.say().edition, **options)
    return reader.reply(reader.edition.fields[field], text, money)


def code(tools, field, text, money=Money("CNY", "wan")):
    with pytest.raises(Misread) as fault:
        reply(tools, field, text, money)
    return fault.value.code


def test_words_for_ten_thousand_are_turned_into_the_unit_of_the_firm(tools):
    assert reply(tools, "fin_revenue", "1.2亿") == Answered(D(12000))
    assert reply(tools, "fin_revenue", "3500万", Money("CNY", "million")) == Answered(D(35))
    assert reply(tools, "fin_revenue", "6400") == Answered(D(6400))
    assert code(tools, "fin_revenue", "1.2亿", Money("CNY", "")) == "unit-unknown"


def test_a_currency_mark_must_be_that_of_the_firm(tools):
    assert reply(tools, "fin_revenue", "¥6400") == Answered(D(6400))
    assert code(tools, "fin_revenue", "$6400") == "other-currency"
    assert code(tools, "fin_revenue", "€6400") == "other-currency"
    assert code(tools, "fin_revenue", "€6400", Money()) == "currency-unknown"
    assert code(tools, "prf_headcount", "€6400") == "currency-here"


def test_a_fraction_in_a_field_of_percent_is_asked_back(tools):
    assert code(tools, "fin_gm", "0.35") == "fraction"
    assert code(tools, "fin_gm", 0.35) == "fraction"
    assert code(tools, "fin_gm", 1.0) == "fraction"
    assert reply(tools, "fin_gm", "0.35%") == Answered(D("0.35"))
    assert reply(tools, "fin_gm", "0.35", percent="points") == Answered(D("0.35"))
    assert reply(tools, "fin_gm", "0") == Answered(D(0))
    assert reply(tools, "fin_gm", "0.5-2") == Between(D("0.5"), D(2))


def test_a_percent_sign_or_a_word_for_thousands_is_refused_where_it_does_not_belong(tools):
    assert code(tools, "prf_headcount", "35%") == "percent-here"
    assert code(tools, "fin_gm", "3千") == "scale-here"
    assert code(tools, "fin_revenue", "22-18") == "range-order"
    assert code(tools, "prf_headcount", True) == "boolean"
    assert code(tools, "fin_revenue", 1e300) == "too-large"
    assert code(tools, "fin_revenue", float("nan")) == "too-large"
    assert code(tools, "fin_revenue", "n/a") == "blank-word"


def test_levels_and_choices_take_ids_and_words_only(tools):
    assert reply(tools, "chn_tech", "2") == Answered(2)
    assert reply(tools, "chn_tech", 2.0) == Answered(2)
    assert reply(tools, "chn_tech", "1-3") == Between(D(1), D(3))
    for bad in ("5", "-1", "2.5", 2.5, "two"):
        assert code(tools, "chn_tech", bad) == "no-level"
    assert code(tools, "prf_role", "own brand") == "no-option"
    assert reply(tools, "int_reasons", "habit; cheaper") == Answered(("cheaper", "habit"))


@pytest.mark.parametrize("number", ["0.5", "1", "1.234", "-1.234", "1234.5", "0.001", "-3", "99"])
def test_what_is_written_into_a_table_is_read_back_as_the_same_number(tools, number):
    field = tools.say().edition.fields["fin_gm"]
    for sent in (Answered(D(number)), Between(D(number), D(number) + 1)):
        cell = write_cell(field, sent)
        text = cell if isinstance(cell, str) else written(cell)
        assert Reader(tools.say().edition).reply(field, text, Money()) == sent


def test_a_spreadsheet_number_keeps_fifteen_digits():
    assert exact(0.1 + 0.2) == D("0.3")
    assert exact(6400.0) == D(6400)
