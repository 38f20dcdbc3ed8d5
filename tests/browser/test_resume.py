"""Answers outlive a change of language, a reload, a tab and a browser; the token that leads to them hides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from assessment.model.answers import Answered
from tests.browser.conftest import NewVisitor
from tests.browser.firms import case_named, on_path
from tests.browser.serving import Server
from tests.browser.visitor import Visitor, same, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "contract_garment"
SHOWN = ("profile", "finance", "chain", "partners")  # sections whose inputs are compared one by one


def shows_all(visitor: Visitor, sections: tuple[str, ...] = SHOWN) -> None:
    """Every input of these sections shows the answer of the case."""
    replies = on_path(visitor.edition, case_named(CASE).answers, quick=True)
    for section in sections:
        visitor.section(section)
        for question in visitor.edition.in_section(section, quick=True):
            for one in question.fields:
                if one.id in replies:
                    visitor.shows(question, one, replies[one.id])


def keeps_all(visitor: Visitor, token: str) -> None:
    """The database holds every answer of the case."""
    kept = visitor.server.kept(token)
    replies = on_path(visitor.edition, case_named(CASE).answers, quick=True)
    assert {
        f for f, r in replies.items() if f not in kept or not same(kept[f].state, kept[f].value, r)
    } == set()


def test_a_change_of_language_midway_keeps_every_answer(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(server)
    visitor.join(tokens["switch"])
    visitor.section("finance")
    field = visitor.field_input("fin_opcost")
    field.click()
    field.press("End")
    field.press_sequentially("7")  # typed, and not left
    visitor.keyed("language").get_by_text(visitor.say("languages.zh")).click()
    visitor.language = "zh"
    visitor.arrives_at("finance")
    visitor.settled()
    assert visitor.page.evaluate("document.documentElement.lang") == "zh-CN"
    expect(visitor.field_input("fin_opcost")).to_have_value("61507")
    visitor.type_number("fin_opcost", typed(case_named(CASE).answers.reply("fin_opcost")))
    visitor.acknowledged("fin_opcost", case_named(CASE).answers.reply("fin_opcost"))
    shows_all(visitor)
    keeps_all(visitor, tokens["switch"])
    visitor.open("/")  # the choice is kept with the assessment
    assert visitor.say("nav.review") in visitor.page.locator("[data-testid=stSidebar]").inner_text()


def test_reload_a_closed_tab_and_another_browser_show_every_answer(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor, token = new_visitor(server), tokens["resume"]
    visitor.join(token)
    assert visitor.page.url == server.url + "/"
    shows_all(visitor, ("finance",))
    visitor.page.reload()
    visitor.settled()
    expect(visitor.field_input("fin_revenue")).to_have_value("6400")
    visitor.page.close()
    visitor.page = visitor.page.context.new_page()
    shows_all(visitor, ("chain",))

    other = new_visitor(server)
    other.join(token)
    shows_all(other)
    keeps_all(other, token)
    hides(visitor, token)
    hides(other, token)


def hides(visitor: Visitor, token: str) -> None:
    """The token stands in no address but the link's own, in no page, no script's reach and no log."""
    page = visitor.page
    history = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    assert [entry["url"] for entry in history if token in entry["url"]] == []
    assert token not in page.content() + page.evaluate("document.cookie + JSON.stringify({...localStorage})")
    own = f"{visitor.server.url}/join/{token}"
    assert [url for url, _ in visitor.requests if token in url and url != own] == []
    assert [referrer for _, referrer in visitor.requests if token in referrer] == []
    assert token not in visitor.server.log.read_text(encoding="utf-8")


def test_typing_faster_than_the_server_answers_loses_nothing(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor, answers = new_visitor(server), case_named("machining_job_shop").answers
    visitor.join(tokens["typed"])
    visitor.section("chain")
    visitor.field_input("chn_mix.oem").click()
    parts = [f"chn_mix.{part}" for part in ("oem", "odm", "own")]
    for part in parts:
        visitor.page.keyboard.type(typed(answers.reply(part)))
        visitor.page.keyboard.press("Tab")
    for part in parts:
        visitor.acknowledged(part, answers.reply(part))
        expect(visitor.field_input(part)).to_have_value(typed(answers.reply(part)))


def test_leaving_a_number_by_a_click_into_another_question_takes_both_answers(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor, token = new_visitor(server), tokens["typed"]
    visitor.join(token)
    visitor.section("profile")
    question = visitor.edition.question["prf_role"]
    field = visitor.field_input("prf_headcount")
    field.click()
    field.press("ControlOrMeta+a")
    field.press_sequentially("77")
    visitor.choose("prf_role", visitor.wording(question, question.fields[0], "own_brand"))
    visitor.acknowledged("prf_headcount", Answered(Decimal(77)))
    visitor.acknowledged("prf_role", Answered("own_brand"))
    expect(visitor.field_input("prf_headcount")).to_have_value("77")
    visitor.shows(question, question.fields[0], Answered("own_brand"))


def test_a_number_that_was_typed_and_not_left_is_saved_on_the_way_to_the_next_section(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor, answers = new_visitor(server), case_named("machining_job_shop").answers
    visitor.join(tokens["typed"])
    visitor.section("capabilities")
    visitor.field_input("ppl_service_fte").press_sequentially(typed(answers.reply("ppl_service_fte")))
    visitor.keyed("next").get_by_role("button").click()
    visitor.arrives_at("direction")
    visitor.acknowledged("ppl_service_fte", answers.reply("ppl_service_fte"))


def test_a_link_that_is_not_in_force_opens_nothing(server: Server, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(server, "zh")
    visitor.page.goto(f"{server.url}/join/{'x' * 43}")
    assert visitor.words.text("ui.notice.link_not_valid.title") in visitor.page.inner_text("body")
    assert "assessment" not in {cookie["name"] for cookie in visitor.page.context.cookies()}
    visitor.complaints.clear()  # the browser itself remarks the 404
