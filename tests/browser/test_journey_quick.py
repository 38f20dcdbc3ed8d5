"""The main journey: begin, answer by clicking and typing, check, see the placement, take the report along."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assessment.content.cases import Case
from assessment.scoring.assess import assess
from tests.browser.conftest import NewVisitor
from tests.browser.firms import case_named, on_path
from tests.browser.results import see_placement, take_report
from tests.browser.serving import Server
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def fill_in(visitor: Visitor, case: Case, sections: tuple[str, ...], *, quick: bool) -> None:
    """From the open section on: answer, see it saved and counted, press "next"."""
    for section in sections:
        visitor.arrives_at(section)
        visitor.settled()
        visitor.fill_section(section, case.answers, quick=quick)
        visitor.says_complete()
        visitor.press("next")


@pytest.mark.parametrize(
    ("language", "width", "name"),
    [("en", 1280, "contract_garment"), ("zh", 390, "price_competing_components")],
)
def test_a_firm_answers_the_quick_path_and_takes_its_report_to_the_board(
    language: str, width: int, name: str, server: Server, new_visitor: NewVisitor, tmp_path: Path
) -> None:
    visitor, case = new_visitor(server, language, width), case_named(name)
    visitor.open()
    link = visitor.begin()
    visitor.keyed("new_firm").locator("input").fill(case.firm[language])
    visitor.keyed("enter").get_by_role("button").click()
    visitor.keyed("go-on").wait_for()
    assert visitor.page.url == server.url + "/"
    assert case.firm[language] in visitor.title()

    visitor.press("go-on")
    fill_in(visitor, case, visitor.edition.sections, quick=True)
    assert visitor.title() == visitor.say("review.title")
    assert visitor.say("review.open") not in visitor.everything()
    visitor.press("to-results")
    answers = replace(case.answers, replies=on_path(visitor.edition, case.answers, quick=True))
    see_placement(visitor, case, assess(visitor.edition, answers))
    take_report(visitor, tmp_path)

    token = link.rpartition("/")[2]
    assert token not in server.log.read_text(encoding="utf-8")
    assert all(token not in url for url, _ in visitor.requests)
