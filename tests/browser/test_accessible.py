"""Every page can be used by everybody: axe finds nothing serious of ours, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from assessment.model.answers import Answered
from tests.browser.conftest import NewVisitor
from tests.browser.firms import case_named
from tests.browser.serving import Server
from tests.browser.visitor import Visitor, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def pages(visitor: Visitor, token: str) -> Iterator[str]:
    """Open every page, one after the other."""
    visitor.open()
    yield "start"
    visitor.open("/?page=method")
    yield "method"
    visitor.open()
    visitor.begin()
    yield "link"
    visitor.join(token)
    yield "home"
    for section in visitor.edition.sections:
        visitor.section(section)
        yield f"section {section}"
    for page in ("review", "results"):
        visitor.open(f"/?page={page}&lang={visitor.language}")
        yield page


def faults(visitor: Visitor) -> list[str]:
    """Serious and critical violations."""
    found = Axe().run(visitor.page).response["violations"]
    return [
        f"{violation['id']} at {node['target'][0]}: {node['html'][:200]}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_no_page_has_a_serious_fault_or_scrolls_sideways(
    language: str, width: int, server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(server, language, width)
    found = {}
    for name in pages(visitor, tokens[f"looked.{language}"]):
        found[name] = [*faults(visitor), *too_wide(visitor)]
    assert {name: list_ for name, list_ in found.items() if list_} == {}


def too_wide(visitor: Visitor) -> list[str]:
    """What makes the page wider than a phone."""
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    return visitor.page.evaluate(
        "() => [document.documentElement, document.querySelector('.stMain')]"
        ".filter((e) => e.scrollWidth > e.clientWidth)"
        ".map((e) => `${e.className || e.tagName}: ${e.scrollWidth} > ${e.clientWidth}`)"
    )


def test_the_check_itself_finds_a_fault_that_was_put_in(server: Server, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(server)
    visitor.open()
    visitor.page.evaluate(
        "document.querySelector('.stMain h1').insertAdjacentHTML('afterend',"
        " '<p style=\"color: #ccc; width: 9999px\">pale and wide</p><button></button>')"
    )
    found = " ".join(faults(visitor))
    assert "color-contrast" in found and "button-name" in found
    assert too_wide(visitor) != []


def test_a_section_is_answered_with_the_keyboard_alone(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor, answers = new_visitor(server), case_named("contract_garment").answers
    visitor.join(tokens["keyboard"])
    visitor.section("partners")
    for part in visitor.edition.question["int_forms"].fields:
        tab_to(visitor, visitor.field_input(part.id))
        visitor.page.keyboard.type(typed(answers.reply(part.id)))
    for part in visitor.edition.question["int_forms"].fields:
        visitor.acknowledged(part.id, answers.reply(part.id))
    for one in visitor.edition.question["int_alliance"].fields:
        levels = visitor.keyed(f"in.{one.id}").locator("input[type=radio]")
        reply = answers.reply(one.id)
        assert isinstance(reply, Answered)
        tab_to(visitor, levels.first)
        visitor.page.keyboard.press("Space")
        for _ in range(int(str(reply.value))):
            visitor.page.keyboard.press("ArrowDown")
        visitor.acknowledged(one.id, reply)
    visitor.says_complete()
    tab_to(visitor, visitor.keyed("next").get_by_role("button"))
    visitor.page.keyboard.press("Enter")
    visitor.arrives_at("services")


def tab_to(visitor: Visitor, place: Locator) -> None:
    """Press Tab until the focus stands there, and see that it can be seen."""
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        if place.evaluate("(e) => e === document.activeElement"):
            shown = place.locator("xpath=ancestor-or-self::*[self::label or self::button or @type='text'][1]")
            expect(shown).to_be_in_viewport()  # the round mark of a radio is drawn by its label
            return
    raise AssertionError("the keyboard does not get there")
