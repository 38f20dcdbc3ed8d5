"""What one change on the questionnaire page costs, against a change on an empty Streamlit page.

Both pages are served by one app in this process, store and save included; a tab without a browser speaks
Streamlit's protocol with it, so the figures hold the work of all threads, and little for reading messages.
"""

from __future__ import annotations

import contextlib
import tempfile
import uuid
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

from starlette.testclient import TestClient
from streamlit import config

from assessment.content.cases import load_cases
from assessment.settings import read
from assessment.store import Store
from assessment.ui.notices import notice
from assessment.ui.server import build_app
from assessment.ui.services import Services
from assessment.ui.warming import warm_up
from assessment.workflow.answering import answer_rows
from assessment.workflow.bench import Bench, edition
from assessment.workflow.opening import start_assessment
from tests.bench.tab import Tab
from tests.bench.timing import side_by_side

PAGE = Path(__file__).with_name("page.py")
CASE = "own_brand_machine_maker"
RUNS = 61
# What is measured -> the address of the page, the input that changes, and its two values.
CHANGES = {
    "empty page": ("page=empty", "in.field", ("1", "2")),
    "amount on the finance page": ("page=section&section=finance&lang=en", "in.fin_revenue", ("101", "102")),
    "amount in a function card": ("page=section&section=functions&lang=en", "in.mtx_in.LOG", ("11", "12")),
}


def reruns() -> None:
    """A change of one answer, saved and drawn, against a change on an empty page."""
    with contextlib.ExitStack() as stack:
        client = stack.enter_context(served())
        works = {}
        for name, (query, key, values) in CHANGES.items():
            tab = stack.enter_context(contextlib.closing(Tab(client, query)))
            works[name] = partial(_change, tab, key, cycle(values))
            works[name]()
        found = side_by_side(works, RUNS)
    print(f"One change on a page, processor time of the server, median of {RUNS}:")
    floor = found["empty page"]
    for name, milliseconds in found.items():
        aim = "" if milliseconds == floor else f", {milliseconds / floor:.1f} empty pages  (aim: at most 2)"
        print(f"  {name}: {milliseconds:.1f} ms{aim}")


def _change(tab: Tab, key: str, values: Iterator[str]) -> None:
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
        with TestClient(app, base_url="http://127.0.0.1:8501", cookies={"assessment": token}) as client:
            yield client


def _no_file(*_: object) -> tuple[str, str, bytes]:
    return "", "", b""
