"""The action register as files: real dates, inert text, a calendar that others can read."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import icalendar
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from assessment.exchange.actions_out import (
    COLUMNS,
    RegisterFile,
    write_actions_calendar,
    write_actions_sheet,
)
from assessment.model.agenda import Action, ActionStatus, KpiTarget
from assessment.report.say import Say
from assessment.scoring.assess import assess

TODAY = date(2026, 11, 22)
HOSTILE = '=HYPERLINK("http://evil.example","x"),;\\N\\n\r\nBEGIN:VALARM\nEND:VCALENDAR\u202e@SUM(1+1)'
ACTIONS = (
    Action("CM16", "Wei Ling", date(2026, 11, 22), date(2028, 5, 22), ActionStatus.BEGUN, "two customers ask",
           (KpiTarget("I10", 97.0, 88.5),)),
    Action("CM27", HOSTILE, date(2027, 1, 1), None, ActionStatus.PLANNED, HOSTILE),
    Action("CM10", status=ActionStatus.DROPPED, start=date(2027, 1, 1), due=date(2027, 2, 1)),
)  # fmt: skip


@pytest.fixture(scope="module", params=["en", "zh"])
def register(request, edition, texts, words, cases) -> RegisterFile:
    case = next(c for c in cases if c.id == "contract_garment")
    say = Say(edition, texts[request.param], words[request.param])
    return RegisterFile(say, "灯笼 & Co; Ltd", ACTIONS, assess(edition, case.answers).readings, TODAY, "a1b2")


# --- workbook ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sheet(register) -> bytes:
    return write_actions_sheet(register)


def test_dates_are_dates_and_texts_stay_as_they_were_typed(register, sheet) -> None:
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert head == [register.say.words.text(f"actions.columns.{name}") for name in COLUMNS]
    first, second, third = (dict(zip(COLUMNS, row, strict=True)) for row in rows)
    assert (first["start"], first["due"]) == (date(2026, 11, 22), date(2028, 5, 22))
    assert (first["owner"], first["note"], first["id"]) == ("Wei Ling", "two customers ask", "CM16")
    assert [first[k].replace("\u00a0", " ") for k in ("baseline", "today", "target")] == [
        "97 %",
        "97 %",
        "89 %",
    ]
    assert second["due"] == ""
    assert second["note"].replace("_x000D_", "\r") == HOSTILE
    assert second["owner"] == " ".join(HOSTILE.split())
    assert third["owner"] == register.say.texts.text("countermeasures.CM10.owner")


def test_no_text_becomes_a_formula_or_a_link(sheet) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert kinds <= {"s", "d", "n"}
    parts = zipfile.ZipFile(io.BytesIO(sheet))
    assert not any(b"<f>" in parts.read(name) for name in parts.namelist())
    assert not any("hyperlink" in name or "externalLink" in name for name in parts.namelist())


def test_the_sheet_can_be_filtered_its_head_stays_and_the_status_is_chosen_from_a_list(
    register, sheet
) -> None:
    page = openpyxl.load_workbook(io.BytesIO(sheet)).active
    assert page.auto_filter.ref == "A1:K4"
    assert page.freeze_panes == "B2"
    (rule,) = page.data_validations.dataValidation
    offered = [register.say.words.text(f"actions.status.{s}") for s in ActionStatus]
    assert (rule.type, str(rule.sqref), rule.formula1) == ("list", "E2:E4", f'"{",".join(offered)}"')
    assert {page[f"E{row}"].value for row in (2, 3, 4)} <= set(offered)


def test_an_empty_register_still_opens(register) -> None:
    body = write_actions_sheet(replace(register, actions=()))
    assert CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).height == 1


def test_every_part_of_the_workbook_is_well_formed(sheet) -> None:
    parts = zipfile.ZipFile(io.BytesIO(sheet))
    for name in parts.namelist():
        ElementTree.fromstring(parts.read(name))


# --- calendar ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def calendar(register) -> bytes:
    return write_actions_calendar(register)


def events(body: bytes) -> dict[str, icalendar.Event]:
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}


def test_an_action_has_one_day_for_its_start_and_one_for_its_end(register, calendar) -> None:
    found = events(calendar)
    assert {uid.partition("@")[0] for uid in found} == {"a1b2-CM16-start", "a1b2-CM16-due", "a1b2-CM27-start"}
    due = next(event for uid, event in found.items() if "CM16-due" in uid)
    assert b"DTSTART;VALUE=DATE:20280522\r\nDTEND;VALUE=DATE:20280523\r\n" in calendar
    assert due.decoded("dtstart") == date(2028, 5, 22)
    assert due.decoded("dtend") == date(2028, 5, 22) + timedelta(days=1)
    name = register.say.texts.text("countermeasures.CM16.name")
    assert str(due["summary"]) == register.say.words.text("actions.event.due", measure=name)
    assert "Wei Ling" in due["description"] and "two customers ask" in due["description"]
    assert due["summary"].params["LANGUAGE"] == {"en": "en", "zh": "zh-CN"}[register.say.words.language]


def test_the_uids_stay_when_dates_owners_and_days_of_export_change(register, calendar) -> None:
    moved = tuple(replace(a, owner="Ana", start=a.start and a.start + timedelta(days=9)) for a in ACTIONS)
    later = write_actions_calendar(replace(register, actions=moved, today=date(2027, 3, 1)))
    assert set(events(later)) == set(events(calendar))
    assert set(events(write_actions_calendar(replace(register, key="c3d4")))).isdisjoint(events(calendar))


def test_lines_end_with_crlf_and_have_at_most_75_octets(calendar) -> None:
    assert calendar.endswith(b"END:VCALENDAR\r\n")
    lines = calendar.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    calendar.decode("utf-8")
    assert all(line.decode("utf-8") or not line for line in lines)  # no letter is torn apart by a fold


def test_what_was_typed_cannot_add_lines_of_its_own(calendar) -> None:
    unfolded = calendar.replace(b"\r\n ", b"")
    names = {line.partition(b":")[0].partition(b";")[0] for line in unfolded.split(b"\r\n") if line}
    assert b"BEGIN:VALARM" not in unfolded.split(b"\r\n")
    assert names == {
        b"BEGIN", b"END", b"PRODID", b"VERSION", b"CALSCALE", b"METHOD", b"X-WR-CALNAME",
        b"UID", b"DTSTAMP", b"DTSTART", b"DTEND", b"SUMMARY", b"DESCRIPTION", b"TRANSP",
    }  # fmt: skip
    escaped = rb"""=HYPERLINK("http://evil.example"\,"x")\,\;\\N\\n\nBEGIN:VALARM\nEND:VCALENDAR@SUM(1+1)"""
    assert unfolded.count(escaped) == 1
    hostile = next(event for uid, event in events(calendar).items() if "CM27" in uid)
    assert "BEGIN:VALARM" in hostile["description"]


def test_the_same_register_gives_the_same_bytes(register, calendar) -> None:
    assert write_actions_calendar(register) == calendar
