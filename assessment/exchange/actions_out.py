"""The action register as a workbook and as a calendar."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import xlsxwriter
from icalendar import Calendar, Event, vText
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assessment.model.agenda import Action, ActionStatus
from assessment.model.results import Reading
from assessment.report.actions import kpi_lines, owner_text, say_action, status_text
from assessment.report.say import Say

PRODUCT: Final = "-//Service Integration Check//Action register//EN"
DOMAIN: Final = "service-integration-check"  # after the @ of a UID: no address, a name of our own
COLUMNS: Final = {
    "measure": 38, "owner": 24, "start": 12, "due": 12, "status": 14, "note": 44,
    "kpi": 34, "baseline": 16, "today": 16, "target": 16, "id": 8,
}  # fmt: skip
_WRAP: Final = {"text_wrap": True, "valign": "top"}
_LONGEST_CELL: Final = 32_000
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What both files are written from. `key`: the assessment in a calendar, the same each time."""

    say: Say
    firm: str
    actions: Sequence[Action]
    readings: Mapping[str, Reading]
    today: date
    key: str


# --- workbook -------------------------------------------------------------------------------------------


def write_actions_sheet(register: RegisterFile) -> bytes:
    """A row an action: real dates, a list to choose the status from. No text can become a formula."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#12304A", "font_color": "#FFFFFF", **_WRAP}),
        "text": book.add_format(_WRAP),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **_WRAP}),
    }
    say = register.say
    sheet = book.add_worksheet(say_action(say, "sheet")[:31])
    for number, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, say_action(say, f"columns.{name}"), styles["head"])
    for number, action in enumerate(register.actions, 1):
        _write_action(sheet, number, register, action, styles)
    last = max(len(register.actions), 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(1, 1)
    _offer_status(sheet, last, say)
    book.set_properties({"title": say_action(say, "title"), "created": _noon(register.today)})
    book.close()
    return target.getvalue()


def _write_action(
    sheet: Worksheet, number: int, register: RegisterFile, action: Action, styles: Mapping[str, Format]
) -> None:
    say, kpis = register.say, kpi_lines(register.say, action, register.readings)
    texts = {
        "measure": say.measure(action.measure),
        "owner": owner_text(say, action),
        "status": status_text(say, action.status),
        "note": action.note,
        "kpi": "\n".join(k.name for k in kpis),
        "baseline": "\n".join(k.baseline for k in kpis),
        "today": "\n".join(k.today for k in kpis),
        "target": "\n".join(k.target for k in kpis),
        "id": action.measure,
    }
    for column, name in enumerate(COLUMNS):
        if name in texts:
            sheet.write_string(number, column, texts[name][:_LONGEST_CELL], styles["text"])
            continue
        day = action.start if name == "start" else action.due
        if day is None:
            sheet.write_blank(number, column, None, styles["day"])
        else:
            sheet.write_datetime(number, column, _noon(day), styles["day"])


def _noon(day: date) -> datetime:
    """The day as the file format wants it, which knows no time zone."""
    return datetime.combine(day, time())


def _offer_status(sheet: Worksheet, last: int, say: Say) -> None:
    column = list(COLUMNS).index("status")
    words = [status_text(say, status) for status in ActionStatus]
    sheet.data_validation(1, column, last, column, {"validate": "list", "source": words})


# --- calendar -------------------------------------------------------------------------------------------


def write_actions_calendar(register: RegisterFile) -> bytes:
    """RFC 5545: two all-day events an action, its start and its due day. Dropped actions are left out.

    Events, not to-dos: what common calendars do with VTODO is to leave it out. A file exported again moves
    the same events, as their UIDs stay.
    """
    say = register.say
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = say_action(say, "calendar", firm=register.firm).strip()
    calendar.add("x-wr-calname", _Text(name), parameters=_spoken(say))
    for action in register.actions:
        days = {"start": action.start, "due": action.due}
        for moment, day in days.items():
            if day is not None and action.status is not ActionStatus.DROPPED:
                calendar.add_component(_event(register, action, moment, day))
    return bytes(calendar.to_ical())


def _event(register: RegisterFile, action: Action, moment: str, day: date) -> Event:
    say = register.say
    title = say_action(say, f"event.{moment}", measure=say.measure(action.measure))
    event = Event()
    event.add("uid", f"{register.key}-{action.measure}-{moment}@{DOMAIN}")
    event.add("dtstamp", datetime.combine(register.today, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _Text(title), parameters=_spoken(say))
    event.add("description", _Text(_told(register, action)), parameters=_spoken(say))
    event.add("transp", "TRANSPARENT")  # the day stays free
    return event


class _Text(vText):
    """A text escaped as RFC 5545, 3.3.11 has it; the library takes a typed backslash and N for a new line.

    Control characters, those that turn the direction of writing included, are left out.
    """

    def to_ical(self) -> bytes:
        plain = _CONTROL.sub("", self.replace("\r\n", "\n"))
        for sign in "\\;,":
            plain = plain.replace(sign, f"\\{sign}")
        return plain.replace("\n", "\\n").encode()


def _spoken(say: Say) -> dict[str, str]:
    return {"LANGUAGE": {"en": "en", "zh": "zh-CN"}.get(say.words.language, say.words.language)}


def _told(register: RegisterFile, action: Action) -> str:
    """Owner, status, note and indicators of an action, a line each."""
    say, colon = register.say, register.say("colon")
    lines = [
        f"{say_action(say, 'columns.owner')}{colon}{owner_text(say, action)}",
        f"{say_action(say, 'columns.status')}{colon}{status_text(say, action.status)}",
    ]
    lines += [
        say_action(say, "event.kpi", name=k.name, baseline=k.baseline, target=k.target)
        for k in kpi_lines(say, action, register.readings)
    ]
    return "\n".join([*lines, *([action.note] if action.note else [])])
