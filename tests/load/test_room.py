"""Thirty respondents and a facilitator in one room: quick enough, and nobody is sent what is hidden.

What is hidden is looked for in every message the server sends, whatever it is wrapped in. How quick is
enough is a second on a machine that draws an almost empty page within `USUAL`; where that takes longer, as
on a machine that others use too, it is longer by as much.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import pytest

from tests.browser.serving import Server
from tests.load.crowd import Told, come_in, share
from tests.load.frames import numbers_in
from tests.load.people import People, gather
from tests.load.tab import Run, Tab

pytestmark = pytest.mark.slow
PEOPLE = 30
PACE = 5.0  # seconds in which everybody gives each of their answers once
USUAL = 0.025  # seconds of an almost empty page on two quiet cores
SLOWEST = 1.0 / USUAL  # almost empty pages an answer may take: a second
HIDDEN = ("in.fin_revenue", "in.fin_opcost")
FINANCE = "page=section&section=finance&lang=en"


def said(person: int, key: str) -> int:
    """An amount that only this person gives, and that occurs nowhere else."""
    return 48_151_623 + 1_000_003 * person + 7_919 * HIDDEN.index(key)


@dataclass
class Room:
    """Tabs with all they were sent, how long answers took, and an almost empty page before and after."""

    tabs: list[Tab] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    floors: list[float] = field(default_factory=list)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    data = tmp_path_factory.mktemp("room")
    people = gather(data, PEOPLE, every="finance")
    server = Server(data)
    try:
        server.start()
        yield asyncio.run(votes(server, people))
    finally:
        server.stop()


async def votes(server: Server, people: People) -> Room:
    found = Room()
    found.floors.append(await almost_empty(server))
    tabs = [Tab(server.url, FINANCE, cookies, keep=True) for cookies in people.respondents]
    found.tabs = await come_in(tabs, found.told)
    runs = await asyncio.gather(*(vote(n, tab) for n, tab in enumerate(found.tabs)))
    found.told.runs += [run for some in runs for run in some]
    found.floors.append(await almost_empty(server))
    await asyncio.gather(*(tab.close() for tab in found.tabs))
    return found


async def almost_empty(server: Server) -> float:
    """How long drawing the page for joining again takes, in the middle."""
    tab = Tab(server.url, "page=join&lang=en", {})
    await tab.open()
    times = [(await tab.again()).seconds for _ in range(9)]
    await tab.close()
    return statistics.median(times)


async def vote(person: int, tab: Tab) -> list[Run]:
    """Everything hidden is said once, at a time of one's own."""
    rng, runs = Random(person), list[Run]()
    for key in HIDDEN:
        wait = rng.uniform(0, PACE)
        await asyncio.sleep(wait)
        runs.append(await tab.change(key, str(said(person, key))))
        await asyncio.sleep(PACE - wait)
    return runs


def sent(tab: Tab) -> frozenset[int]:
    """All long numbers the server sent to this page."""
    return frozenset().union(*map(numbers_in, tab.frames))


def test_everybody_is_served_without_an_error(room: Room) -> None:
    assert room.told.errors == []
    assert [fault for tab in room.tabs for fault in tab.faults] == []
    assert len(room.told.runs) == PEOPLE * len(HIDDEN)


def test_an_answer_is_saved_and_drawn_within_a_second(room: Room) -> None:
    slow = share([run.seconds for run in room.told.runs], 0.95)
    assert slow < SLOWEST * max(USUAL, *room.floors), (slow, room.floors)


def test_respondents_are_sent_their_own_answers_and_no_others(room: Room) -> None:
    everything = {said(person, key) for person in range(PEOPLE) for key in HIDDEN}
    for person, tab in enumerate(room.tabs):
        own = {said(person, key) for key in HIDDEN}
        assert sent(tab) & everything == own, person
