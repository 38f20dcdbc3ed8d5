"""From a wish to a decided plan in other people's calendars, at a desk and on a phone."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import NewVisitor
from tests.browser.serving import Server
from tests.browser.test_accessible import faults, too_wide
from tests.browser.visitor import Visitor, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MEASURE = "CM16"
OWNER = "Wei <b>*Ling*</b>; =1+1"


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_a_firm_finds_its_plan_decides_on_it_and_takes_the_register_away(
    language: str, width: int, server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(server, language, width)
    visitor.join(tokens[f"plan.{language}"])
    visitor.open(f"/?page=plan&lang={language}")
    wish(visitor)
    looked_at(visitor, width)
    find(visitor)
    looked_at(visitor, width)
    visitor.press("take")
    edit(visitor)
    looked_at(visitor, width)
    visitor.page.reload()
    visitor.settled()
    still_there(visitor)
    check_workbook(visitor)
    check_calendar(visitor)


def wish(visitor: Visitor) -> None:
    """No limit of money or days; each change is on disk before the next."""
    for field, name in (("wish.budget", "budget"), ("wish.days", "days_per_quarter")):
        visitor.keyed(field).locator("input").fill("")
        visitor.keyed(field).locator("input").press("Tab")
        until(lambda name=name: request(visitor).get(name, 0) is None, f"no {name} on disk")
        visitor.settled()
    visitor.says_saved()


def request(visitor: Visitor) -> dict:
    found = visitor.server.kept(visitor.token()).get("plan:request")
    return dict(found.value) if found else {}


def find(visitor: Visitor) -> None:
    visitor.keyed("find").get_by_role("button").click()
    visitor.keyed("taking").wait_for()
    visitor.settled()
    name = visitor.texts.text(f"countermeasures.{MEASURE}.name")
    expect(visitor.page.locator("table.report b", has_text=name).first).to_be_visible()
    assert visitor.words.text("options.verdict.sure") in visitor.everything()


def looked_at(visitor: Visitor, width: int) -> None:
    """Nothing serious to complain of, and nothing wider than a phone."""
    assert faults(visitor) == []
    assert too_wide(visitor) == []
    visitor.page.set_viewport_size({"width": width, "height": 900})


# --- the register -----------------------------------------------------------------------------------------


def line(visitor: Visitor) -> dict:
    return dict(visitor.server.kept(visitor.token())[f"plan:action:{MEASURE}"].value)


def edit(visitor: Visitor) -> None:
    """Owner, status, due date and note, each until it is on disk."""
    until(lambda: "plan:action:CM16" in visitor.server.kept(visitor.token()), "the plan on disk")
    owner = visitor.keyed(f"action.owner.{MEASURE}").locator("input")
    expect(owner).to_have_value(visitor.texts.text(f"countermeasures.{MEASURE}.owner"))
    owner.fill(OWNER)
    until(lambda: line(visitor)["owner"] == OWNER, "the owner on disk without leaving the field")
    visitor.settled()
    visitor.choose_from_list(visitor.keyed(f"action.status.{MEASURE}"), status(visitor, "begun"))
    until(lambda: line(visitor)["status"] == "begun", "the status on disk")
    visitor.settled()
    visitor.keyed(f"action.due.{MEASURE}").get_by_role("spinbutton").first.click()
    visitor.page.keyboard.type("20290115")
    for _ in ("to the button of the calendar", "out of the field"):
        visitor.page.keyboard.press("Tab")
    until(lambda: line(visitor)["due"] == "2029-01-15", "the due date on disk")
    visitor.settled()
    note = visitor.keyed(f"action.note.{MEASURE}").locator("textarea")
    note.fill("first talk held")
    note.press("Tab")
    until(lambda: line(visitor)["note"] == "first talk held", "the note on disk")
    visitor.settled()
    visitor.says_saved()


def status(visitor: Visitor, name: str) -> str:
    return visitor.words.text(f"actions.status.{name}")


def still_there(visitor: Visitor) -> None:
    expect(visitor.keyed(f"action.owner.{MEASURE}").locator("input")).to_have_value(OWNER)
    expect(visitor.keyed(f"action.status.{MEASURE}").get_by_role("combobox")).to_have_value(
        status(visitor, "begun")
    )
    expect(visitor.keyed(f"action.note.{MEASURE}").locator("textarea")).to_have_value("first talk held")
    days = visitor.keyed(f"action.due.{MEASURE}").get_by_role("spinbutton")
    assert [days.nth(n).inner_text() for n in range(3)] == ["2029", "01", "15"]


# --- files ------------------------------------------------------------------------------------------------


def downloaded(visitor: Visitor, kind: str) -> bytes:
    label = visitor.words.text(f"actions.files_{kind}")
    with visitor.page.expect_download() as caught:
        visitor.page.get_by_role("link", name=label).click()
    assert visitor.words.text("actions.file") in caught.value.suggested_filename
    return Path(caught.value.path()).read_bytes()


def check_workbook(visitor: Visitor) -> None:
    body = downloaded(visitor, "actions_xlsx")
    _, *rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    row = next(row for row in rows if row[-1] == MEASURE)
    assert (row[1], row[3], row[4]) == (OWNER, date(2029, 1, 15), status(visitor, "begun"))


def check_calendar(visitor: Visitor) -> None:
    body = downloaded(visitor, "actions_ics")
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    due = next(e for e in events if f"-{MEASURE}-due@" in e["uid"])
    assert due.decoded("dtstart") == date(2029, 1, 15)
    assert OWNER in due["description"]
