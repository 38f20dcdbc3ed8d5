"""A hosted installation in the browser: sign in, add a firm, hand it a link, withdraw it; a provider."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assessment.model.edition import Edition
from assessment.store import Store
from assessment.ui.services import ACCOUNT_COOKIE
from tests.browser.conftest import NewVisitor
from tests.browser.provider import Provider
from tests.browser.serving import Server
from tests.browser.test_again import looked
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANA, PIA, PASSWORD = "ana@office.example", "pia@programme.example", "four unrelated words"
FIRM = "Lantern & <b>Sons</b> (invented)"


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Provider]]:
    """A server with accounts, and a provider it trusts."""
    data = tmp_path_factory.mktemp("office")
    with Store(f"sqlite:///{data / 'assessment.sqlite3'}") as store:
        store.accounts.add(ANA, "Ana (invented)", "consultant", PASSWORD, "Office")
        store.accounts.add(PIA, "Pia (invented)", "programme", PASSWORD, "Office")
    secrets = data / "secrets.toml"
    server = Server(data, settings={"HOSTED": "1"}, secrets=secrets)
    with Provider() as provider:
        secrets.write_text(provider.secrets(server.url), encoding="utf-8")
        server.start()
        yield server, provider
        server.stop()


def sign_in(visitor: Visitor, login: str, password: str) -> None:
    """Fill in the form and send it."""
    visitor.open(f"/?page=signin&lang={visitor.language}")
    for label, text in (("signin.login", login), ("signin.password", password)):
        visitor.page.get_by_label(visitor.words.text(label), exact=True).fill(text)
    with visitor.page.expect_navigation():
        visitor.page.locator("form.door button").click()
    visitor.settled()


def cookie(context: BrowserContext, name: str) -> str:
    return next((str(c["value"]) for c in context.cookies() if c["name"] == name), "")


def test_a_consultant_signs_in_adds_a_firm_hands_it_a_link_and_withdraws_it(
    hosted: tuple[Server, Provider], new_visitor: NewVisitor
) -> None:
    server, _ = hosted
    visitor, firm = new_visitor(server), new_visitor(server)
    say = visitor.words.text
    visitor.open()
    looked(visitor, "hosted start")
    sign_in(visitor, ANA, "guessed wrongly")
    expect(visitor.page.get_by_text(say("signin.told.wrong"))).to_be_visible()
    looked(visitor, "told at signing in")
    sign_in(visitor, ANA, PASSWORD)
    visitor.keyed("office.add.name").locator("input").fill(FIRM)
    visitor.keyed("add-firm").get_by_role("button").click()
    way = visitor.page.get_by_role("link", name=FIRM)
    way.wait_for()
    looked(visitor, "office")
    way.click()
    visitor.keyed("hand-make").get_by_role("button").click()
    code = visitor.page.locator("[data-testid=stCode] code")
    code.wait_for()
    looked(visitor, "link handed out")
    firm.open(code.inner_text().removeprefix(server.url))
    firm.keyed("go-on").wait_for()
    visitor.keyed("open-firm").get_by_role("button").click()
    visitor.keyed("to-sharing").wait_for()
    visitor.settled()
    visitor.press("to-sharing")
    visitor.page.get_by_role("button", name=say("sharing.withdraw"), exact=True).click()
    looked(visitor, "links")
    visitor.page.get_by_role("button", name=say("sharing.sure"), exact=True).click()
    expect(visitor.page.get_by_text(say("sharing.none"))).to_be_visible()
    firm.open()
    assert firm.keyed("to-signin").count() == 1  # the door, and nothing of the firm
    with visitor.page.expect_navigation():
        visitor.page.locator(".who form button").click()
    visitor.settled()
    expect(visitor.page.get_by_text(say("signin.told.left"))).to_be_visible()
    visitor.open()
    assert visitor.keyed("to-signin").count() == 1


def test_the_programme_looks_after_accounts_and_takes_the_trail_home(
    hosted: tuple[Server, Provider], new_visitor: NewVisitor
) -> None:
    server, _ = hosted
    visitor = new_visitor(server, "zh", 390)
    sign_in(visitor, PIA, PASSWORD)
    for part in ("people", "keeping", "password", "trail"):
        visitor.open(f"/?page=office&at={part}&lang=zh")
        looked(visitor, part)
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name=visitor.words.text("office.trail.csv")).click()
    kept = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert kept.splitlines()[0].startswith("seq,at,actor,verb") and "sign in" in kept
    assert httpx.get(f"{server.url}/audit/audit.csv").status_code == 404


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A browser that also visits the provider."""
    context = chromium.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def test_a_provider_vouches_for_who_signs_in_and_signing_out_ends_both(
    hosted: tuple[Server, Provider], page: Page, edition: Edition
) -> None:
    server, provider = hosted
    visitor = Visitor(page, server, edition, "en")
    say = visitor.words.text

    def by_provider() -> None:
        visitor.open("/?page=signin&lang=en")
        page.get_by_role("button", name=say("signin.with_default")).click()

    provider.person.email = "stranger@elsewhere.example"
    by_provider()
    expect(page.get_by_text(say("signin.told.unknown"))).to_be_visible()
    assert not cookie(page.context, ACCOUNT_COOKIE) and not cookie(page.context, "_streamlit_user")
    provider.person.email, provider.person.verified = ANA, False
    by_provider()
    expect(page.get_by_text(say("signin.unverified"))).to_be_visible()
    assert not cookie(page.context, ACCOUNT_COOKIE)
    provider.person.verified = True
    by_provider()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("office.title_of", name="Office"))
    session = cookie(page.context, ACCOUNT_COOKIE)
    assert session
    page.locator(".who form button").click()
    visitor.keyed("to-signin").wait_for()
    assert provider.asked[-1] == "/end"
    assert not cookie(page.context, ACCOUNT_COOKIE) and not cookie(page.context, "_streamlit_user")
    page.context.add_cookies([{"name": ACCOUNT_COOKIE, "value": session, "url": server.url}])
    visitor.open("/?page=office&lang=en")
    assert page.locator("form.door").count() == 1  # ended in the store too
    log = server.log.read_text(encoding="utf-8")
    assert not re.search(r"code=|provider=|eyJ", log) and session not in log
