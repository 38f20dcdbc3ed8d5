"""A sample firm is one click away; whatever a firm writes about itself is shown as it was written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from assessment.scoring.assess import assess
from assessment.ui.pages.start import SAMPLE
from tests.browser.conftest import NewVisitor
from tests.browser.firms import case_named
from tests.browser.reading import squeezed
from tests.browser.serving import Server
from tests.browser.visitor import Visitor, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "=1+1 <img src=x onerror=alert(1)> **Fett** & [z](http://x.example) :red[r] $a$ 😀 灯"
REASON = "<script>alert(2)</script> 'we' \"make\" to_drawing_only & `x` =SUM(A1) 😀"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sample_firm_is_one_click_away_and_can_be_left(
    language: str, server: Server, new_visitor: NewVisitor
) -> None:
    visitor, case = new_visitor(server, language), case_named(SAMPLE)
    visitor.open()
    visitor.page.get_by_role("link", name=visitor.say("start.sample")).click()
    visitor.page.locator(".tile").first.wait_for()
    visitor.settled()
    assert visitor.page.url == server.url + "/"
    assert case.firm[language] in visitor.title()
    for placement in assess(visitor.edition, case.answers).placements:
        _, level = visitor.tiles()[visitor.texts.text(f"dilemmas.{placement.dilemma}.name")]
        assert visitor.texts.text(f"levels.{case.expected[placement.dilemma]}").lower() in level.lower()
    visitor.page.get_by_role("button", name=visitor.say("nav.leave_sample")).click()
    visitor.keyed("start-quick").wait_for()


def test_a_hostile_name_and_reason_are_shown_literally_everywhere(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor, tmp_path: Path
) -> None:
    visitor = new_visitor(server)
    visitor.page.on("dialog", lambda dialog: pytest.fail(f"a script of the firm ran: {dialog.message}"))
    visitor.join(tokens["hostile"])
    name = visitor.keyed("firm_name").locator("input")
    name.fill(NAME)
    name.press("Enter")
    expect(visitor.page.locator("[data-testid=stSidebar]")).to_contain_text("onerror")
    visitor.settled()  # the sidebar is drawn before the title
    assert NAME in visitor.title()
    assert NAME in visitor.read(visitor.page.locator("[data-testid=stSidebar]"))
    give_reason(visitor, tokens["hostile"])
    visitor.open("/?page=results&lang=en")
    assert NAME in visitor.title()
    assert visitor.page.locator("img[src=x], a[href*='x.example']").count() == 0
    visitor.page.locator("summary", has_text=visitor.words.text("report.answers.short")).click()
    expect(visitor.page.locator(".stMain")).to_contain_text(REASON)
    paper_says(visitor, tmp_path)
    workbook_says(visitor, tmp_path)
    visitor.open("/?page=results&lang=zh")
    assert NAME in visitor.title()


def give_reason(visitor: Visitor, token: str) -> None:
    """Say of a question that it does not apply, and why.

    The page has called the click before saved already, so what is waited for is the reason itself on disk.
    """
    visitor.section("capabilities")
    visitor.keyed("clear.ppl_service_fte").get_by_role("button").click()
    visitor.keyed("mark.ppl_service_fte").get_by_text(visitor.say("not_applicable")).click()
    reason = visitor.keyed("reason.ppl_service_fte").locator("input")
    reason.fill(REASON)
    reason.press("Enter")
    until(lambda: visitor.server.kept(token)["ppl_service_fte"].reason == REASON, "the reason is on disk")
    visitor.page.reload()
    visitor.settled()
    expect(visitor.keyed("reason.ppl_service_fte").locator("input")).to_have_value(REASON)


def paper_says(visitor: Visitor, into: Path) -> None:
    """The PDF holds name and reason; what its fonts lack stands as a sign for it."""
    text = squeezed("".join(page.extract_text() for page in PdfReader(taken(visitor, "pdf_en", into)).pages))
    for part in (*NAME.split("😀"), *REASON.split("😀")):
        assert squeezed(part) in text, part


def workbook_says(visitor: Visitor, into: Path) -> None:
    """The workbook holds the reason as text, and no formula."""
    with zipfile.ZipFile(taken(visitor, "xlsx", into)) as book:
        parts = {n: book.read(n).decode("utf-8") for n in book.namelist() if n.endswith(".xml")}
    assert not any("<f>" in text for name, text in parts.items() if name.startswith("xl/worksheets/"))
    assert any("&lt;script&gt;alert(2)&lt;/script&gt;" in text for text in parts.values())


def taken(visitor: Visitor, link: str, into: Path) -> Path:
    """The file behind a link of the results page."""
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name=visitor.say(f"results.{link}")).click()
    file = into / link
    download.value.save_as(file)
    return file
