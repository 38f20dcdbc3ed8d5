"""Answers survive every form they can travel in."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal as D

import openpyxl
import pytest

from assessment.exchange import write_json, write_sheet
from assessment.exchange.many_out import write_table
from assessment.exchange.template import json_template, xlsx_template
from assessment.model.answers import DONT_KNOW, Answered, Answers, Between, NotApplicable
from assessment.scoring.assess import assess

RISKY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "'=1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
    "<b>x</b>",
    "_x0041_",
    "a\nb",
    "😀",
    "; DROP",
    '"quoted"',
    "é 中文",
)


def same(found: Answers, sent: Answers) -> None:
    ids = {*found.replies, *sent.replies}
    assert {k: found.reply(k) for k in ids} == {k: sent.reply(k) for k in ids}


def test_json_to_xlsx_to_json_gives_the_same_bytes_replies_and_scores(cases, edition, say, read):
    for case in cases:
        first = write_json(edition, case.answers)
        from_json = read("a.json", first)[0]
        from_xlsx = read("a.xlsx", write_sheet(say, from_json.answers, edition.questions))[0]
        assert not from_json.faults and not from_xlsx.faults, case.id
        same(from_xlsx.answers, case.answers)
        again = read("b.json", write_json(edition, from_xlsx.answers))[0]
        assert write_json(edition, again.answers) == write_json(edition, from_json.answers)
        assert again.answers.firm == case.answers.firm
        assert again.answers.confirmed == dict(case.answers.confirmed)
        one, other = assess(edition, from_json.answers), assess(edition, again.answers)
        assert one.placements == assess(edition, case.answers).placements
        assert (one.placements, one.trends, one.recommendations) == (
            other.placements,
            other.trends,
            other.recommendations,
        )
        assert one.answers_fingerprint == other.answers_fingerprint


def test_a_table_of_many_firms_gives_the_same_replies(cases, edition, read):
    found = read("many.csv", "".join(write_table(edition, [c.answers for c in cases])))
    assert [f.answers.firm for f in found] == [c.answers.firm for c in cases]
    for entry, case in zip(found, cases, strict=True):
        assert not entry.faults
        same(entry.answers, case.answers)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_template_reads_back_as_no_answers_at_all(tools, read, language):
    say = replace(tools, language=language).say()
    for name, body in (
        ("t.xlsx", xlsx_template(say)),
        ("t.json", json_template(say)),
        ("q.json", json_template(say, quick=True)),
    ):
        entry = read(name, body)[0]
        assert not entry.faults
        assert entry.answers.edition == say.edition.id
        assert not any(isinstance(r, Answered) for r in entry.answers.replies.values())


def test_every_field_is_explained_in_the_template(say, edition):
    page = openpyxl.load_workbook(io.BytesIO(xlsx_template(say)))["Answers"]
    ids = [c.value for c in page[2]]
    rows = {row[ids.index("field")].value: row for row in page.iter_rows(min_row=3)}
    assert set(edition.fields) <= set(rows)
    for name in edition.fields:
        assert rows[name][ids.index("wording")].value
        assert rows[name][ids.index("allowed")].value
    for question in edition.questions:
        assert rows[question.id][ids.index("definition")].value
        assert rows[question.id][ids.index("example")].value


def test_unusual_replies_survive_the_workbook_and_the_table(edition, say, read):
    replies = {
        "fin_gm": Answered(D("0.5")),
        "fin_newrev": Between(D("0.2"), D("0.8")),
        "fin_svc_bundled": Between(D("0.5"), D(2)),
        "fin_revenue": Answered(D("123456789012.123456")),
        "fin_opcost": Between(D("1.234"), D("2.345")),
        "chn_tech": Between(D(1), D(3)),
        "int_reasons": Answered(()),
        "fin_inputs": DONT_KNOW,
        "fin_rd_in": NotApplicable("=none: really"),
        "prf_role": NotApplicable(),
    }
    sent = Answers(edition.id, "=Firm", replies, {"fin_gm": "=1+1", "chn_mix": "a remark"})
    found = read("a.xlsx", write_sheet(say, sent, edition.questions))[0]
    assert not found.faults
    same(found.answers, sent)
    assert (found.answers.firm, found.answers.comments) == (sent.firm, sent.comments)
    row = read("a.csv", "".join(write_table(edition, [sent])))[0]
    assert not row.faults
    same(row.answers, sent)
    assert row.answers.firm == "=Firm"


@pytest.mark.parametrize("text", RISKY)
def test_no_text_of_a_firm_becomes_a_formula(edition, say, read, text):
    sent = Answers(edition.id, text, {"fin_gm": NotApplicable(text)}, {"fin_gm": text})
    body = write_sheet(say, sent, edition.questions)
    book = openpyxl.load_workbook(io.BytesIO(body))
    kinds = {
        cell.data_type for page in book for row in page.iter_rows() for cell in row if cell.value is not None
    }
    assert "f" not in kinds
    found = read("a.xlsx", body)[0].answers
    assert (found.firm, found.comments["fin_gm"], found.reply("fin_gm")) == (text, text, NotApplicable(text))
    table = "".join(write_table(edition, [Answers(edition.id, text)]))
    firm = table.split("\r\n", 1)[1].lstrip('"')
    assert not firm.startswith(("=", "+", "-", "@", "\t", "＝"))
    assert read("a.csv", table)[0].answers.firm == text
