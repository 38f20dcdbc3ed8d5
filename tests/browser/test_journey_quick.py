"""The main journey: begin, answer by clicking and typing, check, see the placement, take the report along."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assessment.content.cases import Case
from assessment.scoring.assess import assess
from tests.browser.conftest import BEGUN, NewVisitor
from tests.browser.firms import case_named, on_path
from tests.browser.results import see_placement, take_report
from tests.browser.serving import Server
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def fill_in(visitor: Visitor, case: Case, left: tuple[str, ...]) -> None:
    """From the first section on: answer what is left, see it saved and counted, press "next"."""
    for section in visitor.edition.sections:
        visitor.arrives_at(section)
        visitor.settled()
        if section in left:
            visitor.fill_section(section, case.answers, quick=True)
            visitor.says_complete()
        visitor.press("next")


def reaches_the_board(visitor: Visitor, case: Case, into: Path) -> None:
    """From the check of the answers to the placement and the paper, which say what the engine says."""
    assert visitor.title() == visitor.say("review.title")
    assert visitor.say("review.open") not in visitor.everything()
    visitor.press("to-results")
    answers = replace(case.answers, replies=on_path(visitor.edition, case.answers, quick=True))
    see_placement(visitor, case, assess(visitor.edition, answers))
    take_report(visitor, into)


def test_a_firm_answers_the_quick_path_and_takes_its_report_to_the_board(
    server: Server, new_visitor: NewVisitor, tmp_path: Path
) -> None:
    language, case = "en", case_named("contract_garment")
    visitor = new_visitor(server, language)
    visitor.open()
    link = visitor.begin()
    visitor.keyed("new_firm").locator("input").fill(case.firm[language])
    visitor.keyed("enter").get_by_role("button").click()
    visitor.keyed("go-on").wait_for()
    assert visitor.page.url == server.url + "/"
    assert case.firm[language] in visitor.title()

    visitor.press("go-on")
    fill_in(visitor, case, visitor.edition.sections)
    reaches_the_board(visitor, case, tmp_path)

    token = link.rpartition("/")[2]
    assert token not in server.log.read_text(encoding="utf-8")
    assert all(token not in url for url, _ in visitor.requests)


def test_a_firm_goes_on_with_the_quick_path_on_a_phone(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor, tmp_path: Path
) -> None:
    """What it answers there are the sections that no other journey fills in on a phone."""
    visitor, begun = new_visitor(server, "zh", 390), BEGUN["quick.zh"]
    case = case_named(begun.case)
    visitor.join(tokens["quick.zh"])
    visitor.section(visitor.edition.sections[0])
    fill_in(visitor, case, begun.without)
    reaches_the_board(visitor, case, tmp_path)
