"""From a number on the results page down to the answer it comes from, and back, with a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.serving import Server
from tests.browser.test_accessible import faults, too_wide
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def follow(visitor: Visitor, name: str, *, within: str = ".stMain") -> None:
    """Click a link of the page, and wait until the other page stands there."""
    before = visitor.page.url
    visitor.page.locator(within).get_by_role("link", name=name, exact=True).first.click()
    visitor.page.wait_for_url(lambda url: url != before)
    visitor.settled()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_a_number_is_followed_to_its_answer_and_back(
    language: str, width: int, server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(server, language, width)
    say, texts = visitor.words.text, visitor.texts
    visitor.join(tokens[f"looked.{language}"])
    visitor.open(f"/?page=results&lang={language}")
    table = visitor.page.locator("table.report", has_text=texts.text("components.D1a.name")).first
    row = table.get_by_role("row").filter(has_text=texts.text("components.D1a.name"))
    row.get_by_role("link").first.click()
    visitor.page.wait_for_url("**/?page=trace&of=D1a&at=drivers-D1**")
    visitor.settled()
    assert visitor.title() == texts.text("components.D1a.name")
    assert faults(visitor) == []
    follow(visitor, texts.text("indicators.I10.name"), within="td")
    assert visitor.title() == texts.text("indicators.I10.name")
    assert faults(visitor) == []
    follow(visitor, say("chain.to_form"))
    expect(visitor.keyed("question-chn_mix")).to_be_in_viewport()
    visitor.page.go_back()
    visitor.settled()
    follow(visitor, say("chain.back"))
    expect(visitor.page.locator("#drivers-D1")).to_be_in_viewport()
    assert too_wide(visitor) == []


@pytest.mark.parametrize("of", ["D2", "I02", "RND", "functions", "CM12", "prf_regime", "nothing"])
def test_every_kind_of_page_fits_a_phone_and_has_no_serious_fault(
    of: str, server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(server, "zh", 390)
    visitor.join(tokens["looked.zh"])
    visitor.open(f"/?page=trace&of={of}&lang=zh")
    assert [*faults(visitor), *too_wide(visitor)] == []
