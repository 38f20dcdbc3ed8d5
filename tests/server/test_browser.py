"""The whole way in a real browser: begin, a clean address, a chart, a file, a fault, leave."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.server.conftest import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def browser(chromium: Browser) -> Iterator[BrowserContext]:
    """A person's browser: its own cookies, its own history."""
    context = chromium.new_context(accept_downloads=True)
    yield context
    context.close()


def _history(page: Page) -> list[str]:
    """The addresses one can go back to. What was typed or clicked the browser keeps to itself."""
    entries = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    return [entry["url"] for entry in entries]


def test_a_firm_begins_takes_its_file_and_leaves_without_a_token_showing_anywhere(
    served: Served, browser: BrowserContext
) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    requests: list[tuple[str, str, dict[str, str]]] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    browser.on("request", lambda request: requests.append((request.method, request.url, request.headers)))

    page.goto(served.url)
    page.get_by_text("open: nothing").wait_for()
    page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("open: Lantern Garments (invented) answer").wait_for()
    token = next(cookie["value"] for cookie in browser.cookies() if cookie["name"] == "assessment")
    assert page.url == served.url + "/"
    assert set(_history(page)) == {"about:blank", served.url + "/"}
    assert token not in page.content() + page.evaluate("document.cookie")

    page.get_by_role("button", name="File").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the file").click()
    assert download.value.suggested_filename == "报告 – Lantern Garments (invented).txt"

    page.get_by_role("button", name="Fail").click()
    page.get_by_text("Title page_failed").wait_for()
    assert "inner detail" not in page.content()
    assert "Traceback" not in page.content()

    page.get_by_role("button", name="Leave").click()
    page.get_by_text("open: nothing").wait_for()

    assert complaints == []  # no breach of the content security policy, no error
    assert [url for _, url, _ in requests if not url.startswith((served.url, "data:", "blob:"))] == []
    assert all(token not in url for _, url, _ in requests)
    assert {headers.get("referer", "") for _, _, headers in requests} == {""}
    assert token not in served.log.read_text()


def test_a_link_leads_to_the_page_and_stays_out_of_the_history(
    served: Served, browser: BrowserContext
) -> None:
    page = browser.new_page()
    page.goto(served.url)
    token = page.request.get(f"{served.url}/test/make").json()["token"]
    page.goto(f"{served.url}/join/{token}")
    page.get_by_text("open: Lantern Garments (invented) answer").wait_for()
    assert page.url == served.url + "/"
    assert set(_history(page)) == {"about:blank", served.url + "/"}
    assert token not in page.content()
