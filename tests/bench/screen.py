"""What one change on the questionnaire page costs, against a change on an empty Streamlit page.

Both pages are served by one app in this process, store and save included; a tab without a browser speaks
Streamlit's protocol with it, so the figures hold the work of all threads, and little for reading messages.
"""

from __future__ import annotations

import contextlib
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import cycle
from pathlib import Path

from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime import Runtime

from assessment.content.cases import load_cases
from assessment.settings import read
from assessment.store import Store
from assessment.ui.notices import notice
from assessment.ui.server import build_app
from assessment.ui.services import ACCESS_COOKIE, SEAT_COOKIE, Services, services
from assessment.ui.warming import warm_up
from assessment.workflow.answering import answer_rows
from assessment.workflow.bench import Bench, edition
from assessment.workflow.opening import resume, start_assessment
from assessment.workflow.workshop import join, open_workshop
from tests.bench.tab import Tab
from tests.bench.timing import side_by_side

PAGE = Path(__file__).with_name("page.py")
CASE = "own_brand_machine_maker"
RUNS = 61
FINANCE, FUNCTIONS = (f"page=section&section={one}&lang=en" for one in ("finance", "functions"))
# What is measured -> the address of the page, the input that changes, and its two values.
CHANGES = {
    "empty page": ("page=empty", "in.field", ("1", "2")),
    "amount on the finance page": (FINANCE, "in.fin_revenue", ("101", "102")),
    "amount in a function card": (FUNCTIONS, "in.mtx_in.LOG", ("11", "12")),
}
# The same for a respondent of a workshop; no input: the look by which the page finds out what was decided.
OF_A_SEAT = {
    "empty page": CHANGES["empty page"],
    "amount of a respondent": CHANGES["amount on the finance page"],
    "look of a respondent": (FINANCE, "", ()),
    "choice of a respondent in a card": (FUNCTIONS, "in.mtx_mode.LOG", (["Ourselves"], ["Both"])),
}


def reruns() -> None:
    """A change of one answer by the firm, saved and drawn, against a change on an empty page."""
    _measure("One change on a page", CHANGES, seated=False)


def seats() -> None:
    """The same by a respondent of a workshop, and their looks at what the facilitator decided."""
    _measure("One change or look of a respondent", OF_A_SEAT, seated=True)


def _measure(what: str, changes: Mapping[str, tuple[str, str, tuple[object, ...]]], *, seated: bool) -> None:
    with contextlib.ExitStack() as stack:
        client = stack.enter_context(served())
        cookies = {SEAT_COOKIE: take_seat(client)} if seated else None
        works = {}
        for name, (query, key, values) in changes.items():
            tab = stack.enter_context(contextlib.closing(Tab(client, query, cookies)))
            works[name] = partial(_change, tab, key, cycle(values)) if key else tab.look
            works[name]()
        found = side_by_side(works, RUNS)
    print(f"{what}, processor time of the server, median of {RUNS}:")
    floor = found["empty page"]
    for name, milliseconds in found.items():
        aim = "" if milliseconds == floor else f", {milliseconds / floor:.1f} empty pages  (aim: at most 2)"
        print(f"  {name}: {milliseconds:.1f} ms{aim}")


def _change(tab: Tab, key: str, values: Iterator[object]) -> None:
    tab.change(key, next(values))


@contextlib.contextmanager
def served(name: str = CASE) -> Iterator[TestClient]:
    """The app with one firm whose answers are those of a worked case, and its browser."""
    with tempfile.TemporaryDirectory() as place:
        store = Store(f"sqlite:///{place}/assessment.sqlite3")
        bench = Bench(store)
        token = start_assessment(bench, quick=False, language="en")
        record = store.assessment_for(token)
        case = next(c for c in load_cases(edition(bench.current)) if c.id == name)
        assert record is not None
        store.save_answers(record, answer_rows(case.answers.replies).values, str(uuid.uuid4()))
        config.set_option("runner.postScriptGC", False)  # as .streamlit/config.toml has it
        app = build_app(
            str(PAGE), Services(read({}), store, _no_file, notice, warm_up=partial(warm_up, bench))
        )
        with TestClient(app, base_url="http://127.0.0.1:8501", cookies={ACCESS_COOKIE: token}) as client:
            yield client
        Runtime._instance = None  # Streamlit has one in a process, and does not let go of it


def take_seat(client: TestClient) -> str:
    """The token of a new respondent, in a workshop of the firm this client works on."""
    bench = Bench(services().store)
    opened = resume(bench, client.cookies[ACCESS_COOKIE])
    assert opened is not None
    _, code = open_workshop(bench, opened)
    token = join(bench, code, role="finance")
    assert token is not None
    return token


def _no_file(*_: object) -> tuple[str, str, bytes]:
    return "", "", b""
