"""A second year in the browser: begun from the first, two answers changed, what moved; the first stays."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from assessment.model.answers import Answered
from tests.browser.conftest import NewVisitor
from tests.browser.firms import case_named
from tests.browser.serving import Server
from tests.browser.test_accessible import faults, too_wide
from tests.browser.visitor import Visitor, same

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "contract_garment"
NEW = {"fin_gm": Answered(Decimal(9)), "chn_tech": Answered(3)}


def looked(visitor: Visitor, name: str) -> None:
    """The page has no serious fault and does not scroll sideways on a phone."""
    size = visitor.page.viewport_size
    assert size is not None
    assert faults(visitor) == [], name
    assert too_wide(visitor) == [], name
    visitor.page.set_viewport_size(size)
    visitor.settled()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_a_second_year_is_begun_from_the_first_and_told_what_moved(
    language: str, width: int, server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor, first = new_visitor(server, language, width), tokens[f"again.{language}"]
    visitor.join(first)
    visitor.open(f"/?page=results&lang={language}")
    visitor.press("to-again")
    looked(visitor, "again")
    visitor.press("again")
    codes = visitor.page.locator("[data-testid=stCode] code")
    expect(codes).to_have_count(2)
    links = codes.all_inner_texts()
    second, earlier = (address.strip().rsplit("/", 1)[1] for address in links)
    looked(visitor, "links")
    enters(visitor)
    changes_two_answers(visitor)
    tells_what_moved(visitor)
    keeps_first(visitor, first, earlier)
    assert server.kept(second)["chn_tech"].value == 3


def enters(visitor: Visitor) -> None:
    """From the page with the links into the new assessment."""
    before = visitor.token()
    visitor.keyed("enter").get_by_role("button").click()
    visitor.keyed("go-on").wait_for()
    visitor.settled()
    assert visitor.token() != before


def changes_two_answers(visitor: Visitor) -> None:
    """Each field shows last time's value; where an answer is changed, it says so."""
    say, fields = visitor.words.text, visitor.edition.fields
    carried = say("since.last.carried", value="").strip()
    changed = say("since.last.changed", value="").rpartition("·")[2].strip().strip("*")
    for name, reply in NEW.items():
        question = visitor.edition.question[fields[name].question]
        visitor.section(question.section)
        place = visitor.keyed(f"question-{question.id}")
        expect(place.get_by_text(carried).first).to_be_visible()
        visitor.answer(question, fields[name], reply)
        expect(place.get_by_text(changed, exact=True)).to_be_visible()
        expect(place.get_by_text(carried)).to_have_count(0)
        looked(visitor, f"section-{question.section}")


def tells_what_moved(visitor: Visitor) -> None:
    """The page of what moved names the dilemma that changed, and both answers."""
    visitor.open(f"/?page=results&lang={visitor.language}")
    visitor.press("to-since")
    name = visitor.texts.text("dilemmas.D1.name")
    assert name in visitor.title()
    told = visitor.everything()
    for question in NEW:
        assert visitor.texts.text(f"questions.{question}.label").rstrip("?？") in told
    assert visitor.words.text("since.turn.better") in told
    assert re.search(visitor.words.text("since.page.carried", count=r"\d+").replace("\\\\", "\\"), told)
    looked(visitor, "since")


def keeps_first(visitor: Visitor, *links: str) -> None:
    """Both links to the first assessment open it with its answers."""
    answers = case_named(CASE).answers
    for token in links:
        visitor.join(token)
        kept = visitor.server.kept(token)
        assert all(same(kept[f].state, kept[f].value, answers.reply(f)) for f in NEW)
        visitor.open(f"/?page=since&lang={visitor.language}")
        assert visitor.words.text("since.page.nothing") in visitor.everything()
