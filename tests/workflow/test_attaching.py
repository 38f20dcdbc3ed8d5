"""From the screen, too: the PDF holds the answers unless the firm keeps them to itself, and is verified."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from assessment.content.cases import Case
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import open_record, resume, start_assessment
from assessment.workflow.publishing import FILES, WITHOUT_ANSWERS, produce
from assessment.workflow.verifying import verify


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pdf_from_the_screen_is_verified_with_its_answers_or_with_the_answers_file(
    bench: Bench, cases: tuple[Case, ...], language: str, quick: bool
) -> None:
    opened = resume(bench, start_assessment(bench, quick=quick, language="en", firm="海港 <b>&"))
    assert opened is not None
    case = next(c for c in cases if c.sample)
    answering.keep(bench, opened.record, answering.answer_rows(case.answers.replies))
    answering.keep(bench, opened.record, answering.comment("fin_gm", "before\x0b the audit 👍"))
    record = open_record(bench, opened.record).record
    kind, params = FILES[f"pdf_{language}"]
    _, _, data = produce(bench, record, kind, params)
    assert verify(data).verified
    kind, params = WITHOUT_ANSWERS[f"pdf_{language}"]
    _, _, bare = produce(bench, record, kind, params)
    assert not list(PdfReader(BytesIO(bare)).attachment_list)
    assert [code for code, _ in verify(bare).findings] == ["no-answers"]
    _, _, answers = produce(bench, record, "json", {})
    assert verify(bare, answers).verified
    assert verify(data, answers).verified


def test_only_pdfs_differ_between_the_two_offers() -> None:
    assert FILES.keys() == WITHOUT_ANSWERS.keys()
    assert {name for name in FILES if FILES[name] != WITHOUT_ANSWERS[name]} == {"pdf_en", "pdf_zh"}
