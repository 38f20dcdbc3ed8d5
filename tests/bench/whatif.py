"""What one change on the what-if page costs the server: a measure switched, an answer moved.

Every change is another scenario, so nothing remembered answers for the engine; tiles, measures, scenarios and
the plan from there are drawn anew.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from itertools import count, cycle
from statistics import median

from tests.bench.screen import served
from tests.bench.tab import Tab
from tests.bench.timing import processor_ms

CASES = ("contract_garment", "machining_job_shop", "own_brand_machine_maker")
RUNS = 31
QUERY = "page=whatif&lang=en"
LEAST, WIDTH = 100, 7  # amounts tried, one after the other, none of them twice


def tries() -> None:
    """A change on the what-if page, over three worked cases; a process each, for it serves one app only."""
    print(
        f"One change on the what-if page, processor time of the server, median of {RUNS} (aim: under 200 ms):"
    )
    for case in CASES:
        subprocess.run([sys.executable, "-m", "tests.bench.whatif", case], check=True)


def _of(case: str) -> None:
    with contextlib.ExitStack() as stack:
        client = stack.enter_context(served(case))
        tab = stack.enter_context(contextlib.closing(Tab(client, QUERY)))
        tab.change("try-field", "fin_rd_in")
        switched = _measured(partial(_switch, tab, cycle(_open(tab))))
        moved = _measured(partial(_move, tab, count(LEAST, WIDTH)))
    print(f"  {case}: a measure switched {switched}, an answer moved {moved}")


def _measured(work: partial[None]) -> str:
    times = sorted(processor_ms(work) for _ in range(RUNS))
    return f"{median(times):.0f} ms (most {times[-1]:.0f})"


def _open(tab: Tab) -> list[str]:
    """The switches that can be used."""
    return [key for key in tab.widgets if key.startswith("try.CM") and not tab.disabled(key)]


def _switch(tab: Tab, keys: Iterator[str]) -> None:
    key = next(keys)
    tab.change(key, not tab.value(key))


def _move(tab: Tab, amounts: Iterator[int]) -> None:
    tab.change("try-value.fin_rd_in", str(next(amounts) / 10))


if __name__ == "__main__":
    _of(sys.argv[1])
