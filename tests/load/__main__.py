"""Many respondents of one workshop against a server of its own: how long an answer takes, and what it costs.

`make load`, or `python -m tests.load 30 100 --seconds 20`. Keep the machine to yourself meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.browser.serving import Server
from tests.load.crowd import ROOM, SECTIONS, Told, address, answer_all, come_in, share
from tests.load.meter import lateness, memory_kb, processor_seconds
from tests.load.people import People, gather
from tests.load.tab import Tab

SIZES = (30, 50, 100, 200)
HEADINGS = (
    "people answers/s   p50   p95   p99  page95  open95 ms | errors | cpu/answer ms  cores | KB/session  MB "
    "| own lag ms"
)


@dataclass(frozen=True)
class Measured:
    """One size of room. Times in seconds, memory in KB; `late`: how late the measuring itself was."""

    people: int
    told: Told
    lasted: float
    processor: float
    before: int
    after: int
    peak: int
    late: float


def main(arguments: Sequence[str]) -> int:
    """Measure and print each size in turn. 1 if anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("people", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two answers of a person")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long they answer")
    given = parser.parse_args(arguments)
    print(f"Each answers once in {given.every:g} s for {given.seconds:g} s; one facilitator looks on.")
    print(HEADINGS)
    errors = 0
    for people in given.people:
        found = measure(people, given.every, given.seconds)
        print(line(found), flush=True)
        for error, times in Counter(found.told.errors).most_common(5):
            print(f"  {times} times: {error}")
        errors += len(found.told.errors)
    return 1 if errors else 0


def measure(people: int, every: float, seconds: float) -> Measured:
    """One room on a fresh server."""
    with tempfile.TemporaryDirectory() as place:
        who = gather(Path(place), people)
        server = Server(Path(place))
        server.start()
        try:
            return asyncio.run(_room(server, who, every, seconds))
        finally:
            server.stop()


async def _room(server: Server, who: People, every: float, seconds: float) -> Measured:
    assert server._process is not None
    pid, told, late = server._process.pid, Told(), list[float]()
    facilitator = Tab(server.url, ROOM, who.facilitator)
    await facilitator.open()
    for number in range(len(SECTIONS)):  # what is loaded once is not a session's
        await facilitator.visit(address(number))
    await facilitator.visit(ROOM)
    before = memory_kb(pid)
    tabs = await come_in(
        [Tab(server.url, address(n), cookies) for n, cookies in enumerate(who.respondents)], told
    )
    after, used, began = memory_kb(pid), processor_seconds(pid), time.perf_counter()
    watch = asyncio.create_task(lateness(late))
    await answer_all(tabs, told, every=every, seconds=seconds)
    watch.cancel()
    lasted, used = time.perf_counter() - began, processor_seconds(pid) - used
    peak = memory_kb(pid)
    await asyncio.gather(facilitator.close(), *(tab.close() for tab in tabs))
    return Measured(len(who.respondents), told, lasted, used, before, after, peak, share(late, 0.99))


def line(found: Measured) -> str:
    """The figures of one size under `HEADINGS`."""
    answers = [run.seconds for run in found.told.runs if run.what == "change"]
    turned = [run.seconds for run in found.told.runs if run.what != "change"]
    opened = [run.seconds for run in found.told.opened]
    times = (*(share(answers, p) for p in (0.5, 0.95, 0.99)), share(turned, 0.95), share(opened, 0.95))
    shown = "{:6.0f}{:6.0f}{:6.0f}{:8.0f}{:8.0f}".format(*(1000 * t for t in times))
    cost = 1000 * found.processor / max(1, len(found.told.runs))
    memory = f"{(found.after - found.before) / found.people:10.0f} {found.peak / 1024:4.0f}"
    return (
        f"{found.people:6d} {len(answers) / found.lasted:9.1f}{shown}    | {len(found.told.errors):6d} "
        f"| {cost:13.1f} {found.processor / found.lasted:6.2f} "
        f"| {memory}| {1000 * found.late:6.1f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
