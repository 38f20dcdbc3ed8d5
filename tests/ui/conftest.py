"""The app in Streamlit's own test harness: one firm, its own store, a browser with its cookie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.settings import read
from assessment.store import Store
from assessment.ui import access, services
from assessment.ui.notices import notice
from assessment.ui.services import Services
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened, resume, start_assessment

TODAY = date(2026, 5, 1)
SCRIPT = str(Path(__file__).parents[2] / "assessment" / "ui" / "script.py")

Visit = Callable[..., AppTest]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the store lies; what lies there already is opened."""
    return tmp_path / "assessment.sqlite3"


@pytest.fixture
def bench(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with Store(f"sqlite:///{database}") as store:
        bench = Bench(store, today=lambda: TODAY)
        given = Services(read({}), store, produce=lambda *_: ("", "", b""), notice=notice)
        monkeypatch.setattr(services, "_current", [given])
        monkeypatch.setattr(access, "bench", lambda: bench)
        yield bench


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch, bench: Bench) -> list[str]:
    """The tokens this browser shows; empty before anything is begun."""
    held: list[str] = []
    monkeypatch.setattr(access, "shown_tokens", lambda: list(held))
    return held


@pytest.fixture
def firm(bench: Bench, cookies: list[str]) -> Callable[[], Opened]:
    """An assessment on the full path that this browser holds; gives what the store says of it now."""
    cookies.append(start_assessment(bench, quick=False, language="en", firm="Lantern Garments (invented)"))

    def now() -> Opened:
        found = resume(bench, cookies[0])
        assert found is not None
        return found

    return now


@pytest.fixture
def visit(cookies: list[str]) -> Visit:
    """Open the app at an address, as a browser would: with an empty session, or with what `chosen` holds."""

    def go(chosen: Mapping[str, object] | None = None, **query: str) -> AppTest:
        app = AppTest.from_file(SCRIPT, default_timeout=30)
        for name, choice in (chosen or {}).items():
            app.session_state[name] = choice
        for name, value in query.items():
            app.query_params[name] = value
        return checked(app.run())

    return go


def checked(app: AppTest) -> AppTest:
    """The app, after making sure that nothing was raised while drawing it."""
    assert not app.exception, app.exception[0].stack_trace
    return app


def text_of(app: AppTest) -> str:
    """All running text on the page."""
    kinds = (app.title, app.header, app.markdown, app.caption, app.warning, app.error, app.success)
    drawn = [element.value for kind in kinds for element in kind]
    return "\n".join([*drawn, *(html.proto.body for html in app.get("html"))])
