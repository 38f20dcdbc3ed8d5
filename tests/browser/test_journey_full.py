"""The full path, most of it answered before: the rest is typed, the result is the case's own to the digit."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.scoring.assess import assess
from tests.browser.conftest import BEGUN, NewVisitor
from tests.browser.firms import case_named
from tests.browser.results import see_placement, take_report
from tests.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(("language", "width", "name"), [("zh", 1280, "desk.zh"), ("en", 390, "phone.en")])
def test_a_firm_completes_the_full_path_and_takes_its_report_to_the_board(
    language: str, width: int, name: str, server: Server, tokens: dict[str, str], new_visitor: NewVisitor,
    tmp_path: Path,
) -> None:  # fmt: skip
    visitor, begun = new_visitor(server, language, width), BEGUN[name]
    case = case_named(begun.case)
    visitor.join(tokens[name])
    for section in begun.without:
        visitor.section(section)
        visitor.fill_section(section, case.answers, quick=False)
        visitor.says_complete()
    visitor.open(f"/?page=review&lang={language}")
    assert visitor.say("review.open") not in visitor.everything()
    visitor.press("to-results")
    see_placement(visitor, case, assess(visitor.edition, case.answers))
    take_report(visitor, tmp_path)
