"""One server and one Chromium a worker; a browser of their own for every visitor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, expect

from assessment.model.edition import Edition
from tests.browser.firms import Begun, put
from tests.browser.serving import Server
from tests.browser.visitor import PATIENCE, Visitor

LOCALES = {"en": ("en-GB", "Europe/Berlin"), "zh": ("zh-CN", "Asia/Shanghai")}
HEIGHTS = {1280: 900, 390: 844}  # of the windows: a desk, a phone

# Assessments begun before the server starts. A test that changes one has one of its own.
BEGUN = {
    "desk.zh": Begun("well_run_subcontractor", "zh", quick=False, without=("capabilities",)),
    "phone.en": Begun("many_dont_knows", "en", quick=False, without=("finance", "services")),
    "quick.zh": Begun(
        "price_competing_components", "zh", without=("chain", "functions", "partners", "direction")
    ),
    "switch": Begun("contract_garment", "en"),
    "resume": Begun("contract_garment", "en"),
    "typed": Begun("machining_job_shop", "en", without=("chain", "partners", "capabilities")),
    "keyboard": Begun("contract_garment", "en", without=("partners",)),
    "refused": Begun("contract_garment", "en"),
    "unusual": Begun("contract_garment", "en"),
    "hostile": Begun("contract_garment", "en"),
    "tried.en": Begun("contract_garment", "en", quick=False),
    "tried.zh": Begun("contract_garment", "zh", quick=False),
    "plan.en": Begun("licensed_lift_maker", "en", quick=False),
    "plan.zh": Begun("licensed_lift_maker", "zh", quick=False),
    "looked.en": Begun("machining_job_shop", "en", quick=False, without=("services",)),
    "looked.zh": Begun("machining_job_shop", "zh", quick=False, without=("services",)),
    "again.en": Begun("contract_garment", "en", quick=False),
    "again.zh": Begun("contract_garment", "zh", quick=False),
    "handed.en": Begun("contract_garment", "en", quick=False, without=("partners",)),
    "handed.zh": Begun("contract_garment", "zh", quick=False, without=("partners",)),
    "workshop": Begun("contract_garment", "en", quick=False),
}

NewVisitor = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def patience() -> None:
    """How long an expectation waits: a loaded machine draws a page late."""
    expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """The server all tests share, and the tokens of the assessments it knows."""
    data = tmp_path_factory.mktemp("browser")
    tokens = put(data, BEGUN)
    server = Server(data)
    try:
        server.start()
        yield server, tokens
    finally:
        server.stop()


@pytest.fixture
def server(house: tuple[Server, dict[str, str]]) -> Server:
    return house[0]


@pytest.fixture
def tokens(house: tuple[Server, dict[str, str]]) -> dict[str, str]:
    return house[1]


@pytest.fixture
def new_visitor(chromium: Browser, edition: Edition) -> Iterator[NewVisitor]:
    """Make visitors, each with own cookies. In the end: no complaint in a console, no request outside."""
    made: list[tuple[Visitor, BrowserContext]] = []

    def make(server: Server, language: str = "en", width: int = 1280) -> Visitor:
        locale, zone = LOCALES[language]
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS[width]}, locale=locale, timezone_id=zone,
            is_mobile=width < 600, has_touch=width < 600, accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE * 1000)
        visitor = Visitor(context.new_page(), server, edition, language)
        _listen(visitor, context)
        made.append((visitor, context))
        return visitor

    yield make
    for visitor, context in made:
        context.close()
        assert visitor.complaints == []
        assert [
            url for url, _ in visitor.requests if not url.startswith((visitor.server.url, "data:", "blob:"))
        ] == []


# Streamlit says so when a field is left by a click into another question. Both callbacks run: test_resume.
NOT_OURS = ("Multiple different fragmentIds detected in a single batch of widget updates",)


def _listen(visitor: Visitor, context: BrowserContext) -> None:
    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(known in message.text for known in NOT_OURS):
            visitor.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def asked_for(request: Request) -> None:
        visitor.requests.append((request.url, request.headers.get("referer", "")))

    context.on("console", heard)
    context.on("weberror", lambda error: visitor.complaints.append(str(error.error)))
    context.on("request", asked_for)
