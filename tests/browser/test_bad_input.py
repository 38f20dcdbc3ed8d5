"""What cannot be is refused where it was typed; what is unlikely is confirmed, and the board reads why."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from assessment.model.answers import Answered
from tests.browser.conftest import NewVisitor
from tests.browser.reading import squeezed
from tests.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    ("section", "field", "text"),
    [
        ("finance", "fin_revenue", "about six million"),
        ("finance", "fin_revenue", "-5"),
        ("finance", "fin_opcost", "1.234"),  # 1234 or 1.234?
        ("chain", "chn_mix.oem", "120"),
        ("profile", "prf_headcount", "<b>0</b>"),
    ],
)
def test_an_impossible_value_is_refused_at_its_field_and_the_typed_text_stays(
    section: str, field: str, text: str, server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor, token = new_visitor(server), tokens["refused"]
    before = server.kept(token)[field]
    visitor.join(token)
    visitor.section(section)
    visitor.type_number(field, text)
    question = visitor.keyed(f"question-{visitor.edition.fields[field].question}")
    expect(question.get_by_role("alert")).to_contain_text(visitor.say("not_taken"))
    expect(visitor.field_input(field)).to_have_value(text)
    assert server.kept(token)[field] == before

    visitor.type_number(field, str(before.value))
    expect(question.get_by_role("alert")).to_have_count(0)
    expect(visitor.field_input(field)).to_have_value(str(before.value))


def test_a_refused_text_is_still_there_after_leaving_the_page_and_coming_back(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(server)
    visitor.join(tokens["refused"])
    visitor.section("finance")
    visitor.type_number("fin_inputs", "some")
    question = visitor.keyed("question-fin_inputs")
    expect(question.get_by_role("alert")).to_be_visible()
    visitor.press("next")
    visitor.arrives_at("chain")
    visitor.press("back")
    visitor.arrives_at("finance")
    expect(visitor.field_input("fin_inputs")).to_have_value("some")
    expect(question.get_by_role("alert")).to_contain_text(visitor.say("not_taken"))


def test_an_unlikely_value_is_confirmed_with_a_reason_that_reaches_the_report(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor, tmp_path: Path
) -> None:
    visitor, token = new_visitor(server), tokens["unusual"]
    reason = "A <b>merger</b> & =1+1 in **that** year"
    visitor.join(token)
    visitor.section("finance")
    visitor.type_number("fin_revenue", "640000")  # a slip by a hundred
    visitor.acknowledged("fin_revenue", Answered(Decimal(640000)))
    visitor.open("/?page=review&lang=en")
    assert visitor.say("review.warnings") in visitor.everything()
    problem = visitor.texts.text("checks.revenue_per_head.problem", left="20000000")
    assert problem in visitor.everything().replace(",", "")
    confirmation = visitor.keyed("confirm.revenue_per_head").locator("input")
    confirmation.fill(reason)
    confirmation.press("Enter")
    expect(visitor.page.get_by_text(visitor.say("review.confirmed", reason="A"))).to_be_visible()
    assert visitor.say("review.confirmed", reason=reason) in visitor.everything()
    assert server.kept(token)["confirmed:revenue_per_head"].reason == reason
    visitor.press("to-results")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name=visitor.say("results.pdf_en")).click()
    download.value.save_as(tmp_path / "report.pdf")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages)
    assert squeezed(reason) in squeezed(text)
