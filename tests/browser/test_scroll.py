"""What a link leads to comes into view however late it is drawn; the reader's own scrolling is not undone.

The script runs in a bare page, so that time can be turned on instead of waited for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from assessment.ui import style

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<style>body { margin: 0 } main { height: 600px; overflow: auto; overflow-anchor: none }
p, .above, .below { margin: 0; height: 2000px } #one, #two { height: 50px }</style>
<main class="stMain"></main>"""
BLOCKS = '<div class="above"></div><div id="one"></div><p></p><div id="two"></div><div class="below"></div>'


@dataclass
class Bare:
    """A page 600 px high with two targets, or none yet."""

    page: Page

    def draw(self, html: str) -> None:
        self.page.locator("main").evaluate("(main, html) => { main.innerHTML = html }", html)

    def grow(self, by: int, part: str = ".above") -> None:
        self.page.locator(part).evaluate("(e, by) => { e.style.height = `${e.offsetHeight + by}px` }", by)

    def scroll_to(self, target: str) -> None:
        """As `style.scroll_to` has it run."""
        self.page.evaluate(f"({style._scroll()})('{target}')")

    def after(self, seconds: float) -> None:
        self.page.clock.run_for(int(seconds * 1000))

    def top(self, target: str) -> float:
        """How many px below the upper edge it stands."""
        return float(self.page.locator(target).evaluate("(e) => e.getBoundingClientRect().top"))


@pytest.fixture
def bare(chromium: Browser) -> Iterator[Bare]:
    page = chromium.new_page(viewport={"width": 800, "height": 600})
    page.clock.install(time=0)
    page.set_content(PAGE)
    page.clock.pause_at(1000)
    yield Bare(page)
    page.close()


def test_what_is_drawn_late_is_brought_into_view(bare: Bare) -> None:
    bare.scroll_to("#one")
    bare.after(14)
    bare.draw(BLOCKS)
    bare.after(0.2)
    assert bare.top("#one") == 0


def test_what_moves_while_the_page_is_drawn_is_followed(bare: Bare) -> None:
    bare.draw(BLOCKS)
    bare.scroll_to("#one")
    bare.after(0.2)
    for _ in range(3):
        bare.grow(700)
        assert bare.top("#one") == 700
        bare.after(2.8)
        assert bare.top("#one") == 0


def test_what_could_not_reach_the_top_yet_gets_there_when_there_is_room(bare: Bare) -> None:
    bare.draw(BLOCKS)
    bare.grow(-2000, ".below")
    bare.scroll_to("#two")
    bare.after(0.2)
    assert bare.top("#two") == 550
    bare.grow(2000, ".below")
    bare.after(0.2)
    assert bare.top("#two") == 0


@pytest.mark.parametrize("deed", ["wheel", "touchstart", "pointerdown", "keydown"])
def test_whoever_takes_over_is_left_alone(bare: Bare, deed: str) -> None:
    bare.draw(BLOCKS)
    bare.scroll_to("#one")
    bare.after(0.2)
    bare.page.locator("#one").dispatch_event(deed)
    bare.grow(700)
    bare.after(20)
    assert bare.top("#one") == 700


def test_scrolling_that_no_event_tells_of_is_not_undone(bare: Bare) -> None:
    bare.draw(BLOCKS)
    bare.scroll_to("#one")
    bare.after(0.2)
    bare.page.locator("main").evaluate("(main) => { main.scrollTop -= 400 }")
    bare.after(20)
    assert bare.top("#one") == 400


def test_a_newer_call_ends_an_older_one(bare: Bare) -> None:
    bare.draw(BLOCKS)
    bare.scroll_to("#two")
    bare.scroll_to("#one")
    bare.after(0.2)
    assert bare.top("#one") == 0
    bare.grow(700, "p")  # moves the older target only
    bare.after(0.2)
    assert bare.top("#one") == 0


def test_once_the_page_is_quiet_it_is_left_alone(bare: Bare) -> None:
    bare.draw(BLOCKS)
    bare.scroll_to("#one")
    bare.after(4)
    bare.grow(700)
    bare.after(20)
    assert bare.top("#one") == 700
