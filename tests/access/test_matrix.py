"""Who sees what: every role on every page, in what is really sent, with other people's ids in hand."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any, TypeVar

import httpx
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.place import PAGES
from assessment.ui.services import SAMPLE_COOKIE
from assessment.ui.shell import READ
from tests.access.two_offices import CASE, FIGURE, MARKS, Offices, found_offices
from tests.browser.serving import Server
from tests.load import tab as tabs
from tests.load.frames import digits_only, sayings
from tests.load.tab import Tab

pytestmark = pytest.mark.slow
T = TypeVar("T")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Offices]]:
    data = tmp_path_factory.mktemp("offices")
    offices = found_offices(data)
    server = Server(data)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOSTED", "1")
        server.start()
    try:
        yield server, offices
    finally:
        server.stop()


def play(scene: Coroutine[Any, Any, T]) -> T:
    """Run a scene in a loop of its own, whatever runs in this thread already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, scene).result()


def addresses(offices: Offices) -> list[str]:
    """Every page of the app, each with everything in its address that could lead to somebody's data."""
    of_others = "&".join(f"assessment={id_}&firm={id_}&workshop={id_}" for id_ in offices.ids.values())
    rest = f"&section=finance&q={FIGURE}&of=I01&at=drivers-D1&{of_others}"
    every_page = [f"page={page}{rest}" for page in PAGES]
    return every_page + [f"page=office&of={id_}" for id_ in offices.ids.values()]


def marks_in(frames: list[bytes]) -> set[str]:
    """The marks that stand anywhere in what was sent."""
    said = "\n".join(text for frame in frames for text in sayings(ForwardMsg.FromString(frame)))
    plain = digits_only(said)
    return {mark for mark in MARKS if mark in said or mark in plain}


async def look_around(server: Server, offices: Offices, who: str) -> tuple[list[bytes], list[str]]:
    """One browser opens every page, as by a link: each is a session of its own. What was sent, and faults."""
    frames, faults = [], []
    for address in addresses(offices):
        at = Tab(server.url, address, offices.callers[who].cookies, keep=True)
        await at.open()
        await at.close()
        frames += at.frames
        faults += at.faults
    return frames, faults


WHO = (
    "nobody", "a guessed link", "an expired link", "a revoked link", "a disabled account",
    "a removed account", "programme A", "consultant A", "consultant B", "owner A1", "owner B1", "reader A1",
    "respondent A1",
)  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_everybody_sees_their_own_on_some_page_and_nothing_else_on_any(
    who: str, house: tuple[Server, Offices]
) -> None:
    server, offices = house
    frames, faults = play(look_around(server, offices, who))
    assert faults == []
    assert marks_in(frames) == offices.callers[who].sees


def test_the_table_of_callers_is_complete(house: tuple[Server, Offices]) -> None:
    assert set(WHO) == set(house[1].callers)


# Files -----------------------------------------------------------------------------------------------------


def files_of(server: Server, offices: Offices, who: str) -> list[str]:
    """The addresses of the files the results page offers."""

    async def scene() -> list[str]:
        at = Tab(server.url, "page=results", offices.callers[who].cookies, keep=True)
        await at.open()
        await at.close()
        said = "\n".join(text for frame in at.frames for text in sayings(ForwardMsg.FromString(frame)))
        return re.findall(r"/dl/[A-Za-z0-9_-]+", said)

    return play(scene())


def test_a_file_goes_to_the_browser_it_was_offered_to_and_to_nobody_else(
    house: tuple[Server, Offices],
) -> None:
    server, offices = house
    files = files_of(server, offices, "owner A1")
    assert files
    asked = {who: caller.cookies for who, caller in offices.callers.items()}
    asked["the same link elsewhere"] = {**asked["owner A1"], BROWSER_COOKIE: "another browser"}
    got = {who: httpx.get(server.url + files[0], cookies=cookies) for who, cookies in asked.items()}
    assert {who for who, answer in got.items() if answer.status_code != 404} == {"owner A1"}
    assert got["owner A1"].content.startswith(b"%PDF")


# Messages --------------------------------------------------------------------------------------------------


def kept(server: Server) -> list[tuple[object, ...]]:
    """All that anybody could change in the store by a message."""
    queries = (
        "SELECT count(*) FROM answer_revision",
        "SELECT id, status, language, path FROM assessment ORDER BY id",
        "SELECT id, name FROM firm ORDER BY id",
        "SELECT id, role FROM account JOIN membership ON account_id = id ORDER BY id",
        "SELECT count(*) FROM account_session WHERE revoked_at IS NULL",
        "SELECT count(*) FROM capability WHERE scope IN ('answer', 'read', 'vote') AND revoked_at IS NULL",
    )
    with closing(sqlite3.connect(f"file:{server.database}?mode=ro", uri=True, timeout=10)) as raw:
        return [row for query in queries for row in raw.execute(query).fetchall()]


OWN_PAGES = ("page=section&section=finance", "page=sharing", "page=workshop", "page=office", "page=home")


@pytest.fixture(scope="module")
def theirs(house: tuple[Server, Offices]) -> list[tabs.Widget]:
    """Everything that can be pressed or changed on the pages of a consultant who works on A1."""
    server, offices = house

    async def scene() -> dict[str, tabs.Widget]:
        at = Tab(server.url, OWN_PAGES[0], offices.callers["consultant A"].cookies)
        await at.open()
        found = {}
        for address in OWN_PAGES:
            at.widgets.clear()
            await at.visit(address)
            found |= at.widgets
        await at.close()
        return found

    return list(play(scene()).values())


class Meddler(Tab):
    """Sends messages that its own page would not, or all that it would."""

    async def try_everything(self, query: str) -> int:
        """Change every input and press every button of a page, one after the other. Returns how many."""
        await self.visit(query)
        tried = [key for key in self.widgets if not key.startswith("nav.")]
        for key in tried:
            if self.query != query or key not in self.widgets:
                await self.visit(query)
            widget = self.widgets.get(key)
            if widget is None:  # stands there only after something else was pressed
                continue
            if widget.kind == "button":
                await self.press(key)
            else:
                await self.change(key, self._another(widget))
        return len(tried)

    def _another(self, widget: tabs.Widget) -> object:
        """A value that the input does not show."""
        now, kind = self.value(widget.key), tabs.VALUES[widget.kind]
        if kind == "bool_value":
            return not now
        shown = now if isinstance(now, list) else [now]
        others = [option for option in widget.options if option not in shown]
        if kind == "string_array_value":
            return others[:1]
        return next(iter(others), "7") if kind == "string_value" else 7.0

    async def meddle(self, widgets: list[tabs.Widget]) -> None:
        """Press and change everything at once, as if it were on this page."""
        message = self._message()
        for widget in widgets:
            state = message.rerun_script.widget_states.widgets.add(id=widget.id)
            if widget.kind == "button":
                state.trigger_value = True
            elif tabs.VALUES[widget.kind] == "string_value":
                state.string_value = "7"
        await self._run("meddle", message)


@pytest.mark.parametrize(
    "who", ["nobody", "programme A", "consultant B", "owner B1", "reader A1", "respondent A1"]
)
def test_buttons_of_other_peoples_pages_do_nothing_in_ones_own_session(
    who: str, house: tuple[Server, Offices], theirs: list[tabs.Widget]
) -> None:
    """Messages are sent as they would be by somebody who has seen the other page and knows all its ids."""
    server, offices = house

    async def scene() -> Tab:
        at = Meddler(server.url, "page=method", offices.callers[who].cookies, keep=True)
        await at.open()
        await at.meddle([widget for widget in theirs if not widget.key.startswith("nav.")])
        await at.again()
        await at.close()
        return at

    before = kept(server)
    at = play(scene())
    assert len([widget for widget in theirs if widget.kind == "button"]) > 10
    assert marks_in(at.frames) <= offices.callers[who].sees
    assert kept(server) == before


@pytest.mark.parametrize("who", ["reader A1", "sample"])
def test_whoever_reads_changes_nothing_by_anything_on_their_pages(
    who: str, house: tuple[Server, Offices]
) -> None:
    """Every input of every page is changed, every button pressed."""
    server, offices = house
    cookies, pages = offices.callers["reader A1"].cookies, (*READ, "sharing", "home", "join")
    if who == "sample":
        answer = httpx.get(f"{server.url}/sample/{CASE}.en", headers={"Accept": "text/html"})
        cookies = {SAMPLE_COOKIE: answer.cookies[SAMPLE_COOKIE], BROWSER_COOKIE: "a visitor"}
        pages = ("plan", "actions", "whatif")

    async def scene() -> tuple[int, list[str]]:
        at = Meddler(server.url, "page=results", cookies)
        await at.open()
        tried = [await at.try_everything(f"page={page}") for page in pages]
        await at.close()
        return sum(tried), at.faults

    before = kept(server)
    tried, faults = play(scene())
    assert (tried > 20, faults) == (True, [])
    assert kept(server) == before


def test_who_names_another_persons_session_gets_nothing_of_it(
    house: tuple[Server, Offices], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The id of a session is no key: what it remembers ends when other cookies come with it."""
    server, offices = house

    async def scene() -> Tab:
        theirs = Tab(
            server.url, "page=section&section=finance", offices.callers["owner A1"].cookies, keep=True
        )
        await theirs.open()
        begun = (ForwardMsg.FromString(frame) for frame in theirs.frames)
        session = next(f.new_session.initialize.session_id for f in begun if f.HasField("new_session"))
        await theirs.close()
        plain = tabs.connect

        def naming(*args: Any, **options: Any) -> Any:
            return plain(*args, **{**options, "subprotocols": ["streamlit", "PLACEHOLDER", session]})

        monkeypatch.setattr(tabs, "connect", naming)
        mine = Tab(server.url, "page=section&section=finance", offices.callers["owner B1"].cookies, keep=True)
        await mine.open()
        again = (ForwardMsg.FromString(frame) for frame in mine.frames)
        assert session in {f.new_session.initialize.session_id for f in again if f.HasField("new_session")}
        for address in addresses(offices):
            mine.widgets.clear()
            await mine.visit(address)
        await mine.close()
        return mine

    assert marks_in(play(scene()).frames) == offices.callers["owner B1"].sees


def test_no_secret_and_no_answer_stands_in_the_log(house: tuple[Server, Offices]) -> None:
    server, offices = house
    httpx.get(f"{server.url}/join/{offices.tokens['A1']}")
    log = server.log.read_text(encoding="utf-8")
    secrets = {token for caller in offices.callers.values() for token in caller.cookies.values()}
    assert [secret for secret in (*secrets, *MARKS) if secret in log] == []
