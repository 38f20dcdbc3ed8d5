"""The what-if page in a browser: a switch moves the tiles, a saved scenario comes back, all can use it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from assessment.model.agenda import Scenario
from assessment.model.plans import End
from assessment.report.numbers import score
from assessment.scoring.whatif import scenario_result
from tests.browser.conftest import NewVisitor
from tests.browser.firms import case_named
from tests.browser.serving import Server
from tests.browser.test_accessible import faults, too_wide
from tests.browser.visitor import Visitor, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "contract_garment"
TRIED = ("CM10", "CM07")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_a_measure_moves_the_tiles_and_a_scenario_is_there_after_a_reload(
    language: str, width: int, server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(server, language, width)
    visitor.join(tokens[f"tried.{language}"])
    visitor.open(f"/?page=whatif&lang={language}")
    before = {name: kept for name, kept in server.kept(visitor.token()).items() if ":" not in name}
    for number, measure in enumerate(TRIED, start=1):
        visitor.keyed(f"try.{measure}").locator("label").click()
        shows(visitor, TRIED[:number])
    stays_in_view(visitor)
    assert [*faults(visitor), *too_wide(visitor)] == []

    name = visitor.keyed("try-name").locator("input")
    name.fill("Contracts & research")
    visitor.keyed("try-save").get_by_role("button").click()
    until(lambda: scenarios(server, visitor) == 1, "the scenario on disk")
    visitor.says_saved()
    visitor.page.reload()
    visitor.settled()
    shows(visitor, ())
    expect(visitor.page.locator("#side-by-side")).to_contain_text("Contracts & research")
    visitor.choose_from_list(visitor.keyed("try-open"), "Contracts & research")
    shows(visitor, TRIED)
    assert [*faults(visitor), *too_wide(visitor)] == []
    after = {name: kept for name, kept in server.kept(visitor.token()).items() if ":" not in name}
    assert after == before


def shows(visitor: Visitor, measures: tuple[str, ...]) -> None:
    """Every tile has the engine's severity and level with these measures."""
    answers = case_named(CASE).answers
    found = scenario_result(visitor.edition, answers, Scenario("", "", measures))
    cuts = visitor.edition.placement.cuts
    for dilemma in visitor.edition.dilemmas:
        severity = found.severity[End.MID][dilemma]
        assert severity is not None
        tile = visitor.page.locator(f".tile[data-dilemma={dilemma}]")
        expect(tile.locator(".value")).to_have_text(re.compile(rf"(^|→ ){score(severity, cuts)}$"))
        level = visitor.texts.text(f"levels.{found.levels[End.MID][dilemma]}")
        expect(tile).to_contain_text(level, ignore_case=True)


def stays_in_view(visitor: Visitor) -> None:
    """The tiles are on the screen while the last measure is."""
    last = visitor.keyed("try-name")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    for tile in visitor.page.locator(".tiles.trying .tile").all():
        expect(tile).to_be_in_viewport()


def scenarios(server: Server, visitor: Visitor) -> int:
    """Scenarios in the database, counted without the store's own code."""
    kept = server.kept(visitor.token())
    return sum(name.startswith("plan:scenario:") and k.state == "answered" for name, k in kept.items())
