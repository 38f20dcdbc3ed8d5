"""Respondents who answer at a steady pace, each on a page of their own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from tests.load.tab import NotDrawn, Run, Tab, Widget

SECTIONS = ("finance", "chain", "functions", "partners", "services", "capabilities", "direction")
ROOM = "page=room&lang=en"  # what the facilitator shows to all
ANSWERS_A_PAGE = 6  # then on to the next section
AT_ONCE = 8  # pages opened together: people come in through a door


@dataclass
class Told:
    """What the respondents met with. Runs of pages turned are `press` and `visit`, of answers `change`."""

    opened: list[Run] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def share(seconds: Sequence[float], part: float) -> float:
    """The value that this part of the values does not exceed (nearest rank); NaN of none."""
    ranked = sorted(seconds)
    return ranked[min(len(ranked) - 1, int(part * len(ranked)))] if ranked else float("nan")


def address(number: int) -> str:
    """Where a respondent begins: spread over the sections."""
    return f"page=section&section={SECTIONS[number % len(SECTIONS)]}&lang={('en', 'zh')[number % 5 == 4]}"


async def come_in(tabs: Sequence[Tab], told: Told) -> list[Tab]:
    """Open all pages, a few at a time. Returns those that were drawn."""
    door = asyncio.Semaphore(AT_ONCE)

    async def enter(tab: Tab) -> Tab | None:
        async with door:
            try:
                told.opened.append(await tab.open())
            except (NotDrawn, OSError) as why:
                told.errors.append(f"open: {why}")
                return None
            return tab

    return [tab for tab in await asyncio.gather(*map(enter, tabs)) if tab is not None]


async def answer_all(tabs: Sequence[Tab], told: Told, *, every: float, seconds: float) -> None:
    """Everybody answers once in `every` seconds, out of step with one another, for this long."""
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_respond(tab, Random(n), told, every, end) for n, tab in enumerate(tabs)))
    told.errors += [fault for tab in tabs for fault in tab.faults]


async def _respond(tab: Tab, rng: Random, told: Told, every: float, end: float) -> None:
    due = time.perf_counter() + rng.uniform(0, every)
    for number in count(1 + rng.randrange(ANSWERS_A_PAGE)):  # not all turn the page at once
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        if time.perf_counter() >= end:
            return
        try:
            told.runs.append(await step(tab, rng, number))
        except NotDrawn as why:
            told.errors.append(str(why))
            return
        due += every


async def step(tab: Tab, rng: Random, number: int) -> Run:
    """Answer something on the page; after some answers go on to the next section."""
    inputs = [w for key, w in tab.widgets.items() if key.startswith("in.")]
    if number % ANSWERS_A_PAGE == 0 and "next" in tab.widgets:
        return await tab.press("next")
    if not inputs:
        return await tab.visit(address(rng.randrange(len(SECTIONS))))
    widget = rng.choice(inputs)
    return await tab.change(widget.key, another(widget, tab.value(widget.key), rng))


def another(widget: Widget, now: object, rng: Random) -> object:
    """A value the input does not show now."""
    if widget.kind == "checkbox":
        return not now
    if not widget.options:
        return str(rng.choice([n for n in range(1, 100) if str(n) != now]))
    several = widget.kind in ("button_group", "multiselect")
    free = [o for o in widget.options if (now != [o] if several else now != o)]
    chosen = rng.choice(free)
    return [chosen] if several else chosen
