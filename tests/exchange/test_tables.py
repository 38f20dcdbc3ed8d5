"""Tables of many firms: every doubt is asked back with its row and column, the other rows count."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import xlsxwriter

from assessment.evaluation.columns import columns_of
from assessment.exchange.columns import columns_of_batch
from assessment.exchange.many import batches, open_csv, open_text
from assessment.exchange.many_out import write_table
from assessment.model.answers import Answered, NotApplicable
from assessment.scoring.cohort import score

HEAD = "firm,prf_headcount,fin_gm,prf_period.currency,prf_period.unit,fin_revenue\n"


def faults(entries):
    return [(f.place.row, f.field, f.code) for entry in entries for f in entry.faults]


def test_each_fault_has_its_row_and_field(read):
    rows = 'A,120,35,CNY,wan,6400\nB,"1,200",0.35,CNY,wan,$5\nC,many,35%,CNY,wan,1.2亿\nD,1.200,n/a,,,3万\n'
    entries = read("a.csv", HEAD + rows)
    assert faults(entries) == [
        (3, "prf_headcount", "unclear-decimal"),
        (3, "fin_gm", "fraction"),
        (3, "fin_revenue", "other-currency"),
        (4, "prf_headcount", "no-number"),
        (5, "prf_headcount", "unclear-decimal"),
        (5, "fin_gm", "blank-word"),
        (5, "fin_revenue", "unit-unknown"),
    ]
    assert entries[2].answers.reply("fin_revenue") == Answered(12000)


def test_the_user_settles_doubts_for_the_whole_file(read, tools):
    settled = replace(tools, decimal="point", percent="points")
    entry = read("a.csv", HEAD + 'B,"1,200",0.35,CNY,wan,5\n', settled)[0]
    assert not entry.faults
    assert entry.answers.reply("prf_headcount") == Answered(1200)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_unicode_encodings_are_recognised(read, delimiter, encoding):
    text = (HEAD + "灯笼,120,12.5,CNY,wan,6400\n").replace(",", delimiter)
    entry = read("a.csv", text.encode(encoding))[0]
    assert not entry.faults
    assert entry.answers.firm == "灯笼"


def test_other_encodings_are_refused_until_they_are_named(read, tools):
    body = (HEAD + "灯笼制衣,120,12.5,CNY,wan,6400\n").encode("gb18030")
    entry = read("a.csv", body)[0]
    assert [f.code for f in entry.faults] == ["not-utf8-file"]
    assert "--encoding gb18030" in str(tools.problem(entry.faults[0]))
    assert read("a.csv", body, replace(tools, encoding="gb18030"))[0].answers.firm == "灯笼制衣"
    assert [f.code for f in read("a.csv", body, replace(tools, encoding="rot"))[0].faults] == ["no-encoding"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name,fin_gm\nA,5\n", "no-firm-column"),
        ("firm,fin_gm,fin_gm\nA,5,6\n", "column-twice"),
        ("", "no-firm-column"),
        ('firm,fin_gm\nA,"5\n', "bad-csv"),
        ("firm,fin_gm\nA,5\x00\n", "no-number"),
        ("firm,fin_gmm\nA,5\n", "unknown-column-near"),
        ("firm,fin_gm\nA,5,6\n", "too-many-values"),
        ("firm,edition\nA,other/1\n", "other-edition"),
    ],
)
def test_a_broken_table_is_named(read, text, code):
    found = [f.code for entry in read("a.csv", text) for f in entry.faults]
    assert found == [code]


def test_states_are_words_and_an_empty_cell_is_not_an_answer(read):
    rows = "A,dont_know,not_applicable: a trader,CNY,wan,\n"
    answers = read("a.csv", HEAD + rows)[0].answers
    assert answers.reply("fin_gm") == NotApplicable("a trader")
    assert "fin_revenue" not in answers.replies


def test_a_workbook_of_many_firms_reads_like_the_csv(read):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Firms")
    date_format = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, ["firm", "prf_headcount", "fin_gm", "prf_role"])
    page.write_row(1, 0, ["A", 120, 35, "own_brand"])
    page.write_row(2, 0, ["B", 1.5, 0.35, "We make and sell products under our own brand"])
    page.write_number(3, 1, 45000, date_format)
    page.write_formula(3, 2, "=1/0", None, "#DIV/0!")
    page.write_string(3, 0, "C")
    book.close()
    entries = read("a.xlsx", out.getvalue())
    assert faults(entries) == [
        (3, "fin_gm", "fraction"),
        (4, "", "error-cell"),
        (4, "prf_headcount", "date-cell"),
    ]
    assert entries[1].answers.reply("prf_role") == Answered("own_brand")


def test_columns_built_from_cells_score_as_the_answers_do(cases, edition, tools, tmp_path):
    file = tmp_path / "many.csv"
    file.write_text("".join(write_table(edition, [c.answers for c in cases])), encoding="utf-8", newline="")
    wanted = score(
        edition, columns_of({f.id: f.cell for f in edition.fields.values()}, [c.answers for c in cases])
    )
    with open_text(file, "") as stream:
        found = [
            score(edition, columns_of_batch(edition, b))
            for b in batches(open_csv(file, tools.desk, stream), 5)
        ]
    for index in edition.dilemmas:
        low = [x for part in found for x in part.indexes[index].low]
        assert low == list(wanted.indexes[index].low)
