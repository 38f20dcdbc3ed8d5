"""Thirty respondents and a facilitator in one room: quick enough, and nobody is sent what is hidden.

What is hidden is looked for in every message the server sends, whatever it is wrapped in. How quick is
enough is a second on a machine that draws an almost empty page within `USUAL`; where that takes longer, as
on a machine that others use too, it is longer by as much.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from random import Random

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from assessment.content.load import app_words, load_texts
from assessment.workflow.bench import CURRENT_EDITION
from tests.browser.serving import Server
from tests.load.crowd import ROOM, Told, come_in, share
from tests.load.frames import numbers_in
from tests.load.people import People, gather
from tests.load.tab import Run, Tab

pytestmark = pytest.mark.slow
PEOPLE = 30
PACE = 5.0  # seconds in which everybody gives each of their answers once
USUAL = 0.025  # seconds of an almost empty page on two quiet cores
SLOWEST = 1.0 / USUAL  # almost empty pages an answer may take: a second
HIDDEN = ("in.fin_revenue", "in.fin_opcost")
QUESTION, COUNT = "fin_revenue", "workshop.live.voted"
LOOK = 1.0  # seconds between two looks of the page on the wall
WORDS = app_words("en")
FINANCE = "page=section&section=finance&lang=en"


def said(person: int, key: str) -> int:
    """An amount that only this person gives, and that occurs nowhere else."""
    return 48_151_623 + 1_000_003 * person + 7_919 * HIDDEN.index(key)


@dataclass
class Room:
    """Tabs with all they were sent, how long answers took, and an almost empty page before and after."""

    facilitator: list[Tab] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)
    before: list[int] = field(default_factory=list)  # frames of each page of the facilitator before revealing
    told: Told = field(default_factory=Told)
    floors: list[float] = field(default_factory=list)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    data = tmp_path_factory.mktemp("room")
    people = gather(data, PEOPLE, every="finance")
    server = Server(data)
    try:
        server.start()
        with ThreadPoolExecutor(1) as own:  # a browser of other tests may hold the loop of this thread
            yield own.submit(asyncio.run, votes(server, people)).result()
    finally:
        server.stop()


async def votes(server: Server, people: People) -> Room:
    found = Room()
    found.floors.append(await almost_empty(server))
    found.facilitator = [lead, wall] = [
        Tab(server.url, page, people.facilitator, keep=True) for page in ("page=workshop&lang=en", ROOM)
    ]
    await lay_on_the_table(lead)
    await wall.open()
    tabs = [Tab(server.url, FINANCE, cookies, keep=True) for cookies in people.respondents]
    found.tabs = await come_in(tabs, found.told)
    runs = await asyncio.gather(*(vote(n, tab) for n, tab in enumerate(found.tabs)))
    found.told.runs += [run for some in runs for run in some]
    found.floors.append(await almost_empty(server))
    await asyncio.sleep(2 * LOOK)  # the last count comes with the next look
    found.before = [len(tab.frames) for tab in found.facilitator]
    await lead.press(f"reveal.{QUESTION}")
    await asyncio.gather(*(tab.close() for tab in (*found.facilitator, *found.tabs)))
    return found


async def lay_on_the_table(lead: Tab) -> None:
    """The facilitator opens the discussion, and in it the question that is voted on."""
    await lead.open()
    await lead.change("workshop-part", [WORDS.text("workshop.part.talk")])
    label = load_texts(CURRENT_EDITION, "en").text(f"questions.{QUESTION}.label")
    options = lead.widgets["table."].options
    await lead.change("table.", next(option for option in options if label in option))


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
        run = await tab.change(key, str(said(person, key)))
        runs.append(replace(run, what=key.removeprefix("in.")))
        await asyncio.sleep(PACE - wait)
    return runs


def numbers_of(frames: list[bytes]) -> frozenset[int]:
    """All long numbers that frames say."""
    return frozenset().union(*map(numbers_in, frames))


def test_everybody_is_served_without_an_error(room: Room) -> None:
    assert room.told.errors == []
    assert [fault for tab in room.tabs for fault in tab.faults] == []
    assert len(room.told.runs) == PEOPLE * len(HIDDEN)


def test_an_answer_is_saved_and_drawn_within_a_second(room: Room) -> None:
    slow = share([run.seconds for run in room.told.runs], 0.95)
    assert slow < SLOWEST * max(USUAL, *room.floors), (slow, room.floors)


def test_a_vote_is_counted_on_the_wall_within_three_seconds(room: Room) -> None:
    saved = sorted(run.ended for run in room.told.runs if run.what == QUESTION)
    wall = room.facilitator[1]
    shown = [(at, counted(frame)) for frame, at in zip(wall.frames, wall.times, strict=True)]
    lags = [next(at for at, n in shown if n >= k) - when for k, when in enumerate(saved, start=1)]
    assert len(lags) == PEOPLE and max(lags) > 0
    assert max(lags) < 3 * SLOWEST * max(USUAL, *room.floors), (sorted(lags)[-3:], room.floors)


def counted(frame: bytes) -> int:
    """How many a frame says have answered what is on the table; -1 if it does not say."""
    element = ForwardMsg.FromString(frame).delta.new_element
    body = element.html.body if element.WhichOneof("type") == "html" else ""
    told = (n for n in range(PEOPLE + 1) if WORDS.text(COUNT, voted=n, invited=PEOPLE) in body)
    return max(told, default=-1)


def test_the_facilitator_is_sent_no_answer_before_revealing_and_answers_after(room: Room) -> None:
    everything = {said(person, key) for person in range(PEOPLE) for key in HIDDEN}
    for tab, before in zip(room.facilitator, room.before, strict=True):
        assert before > 0
        assert not everything & numbers_of(tab.frames[:before])
    lead, before = room.facilitator[0], room.before[0]
    told = everything & numbers_of(lead.frames[before:])
    assert told
    assert told <= {said(person, f"in.{QUESTION}") for person in range(PEOPLE)}, "more than was revealed"


def test_respondents_are_sent_their_own_answers_and_no_others(room: Room) -> None:
    everything = {said(person, key) for person in range(PEOPLE) for key in HIDDEN}
    for person, tab in enumerate(room.tabs):
        own = {said(person, key) for key in HIDDEN}
        assert numbers_of(tab.frames) & everything == own, person
