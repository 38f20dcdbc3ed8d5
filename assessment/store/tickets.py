"""Tickets: for one browser to come in, for one file to be fetched."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import Connection

from assessment.store import access
from assessment.store.records import Redeemed
from assessment.store.tokens import digest

_SAME = ("workspace_id", "id", "respondent_id")


def enter(connection: Connection, ticket: str, browser: str, at: datetime, life: timedelta) -> str | None:
    """Exchange an entry ticket for a token of its browser; None if unknown, used, too old or another's."""
    row = access.find(connection, ticket, at, (access.ENTRY,))
    if row is None or access.params_of(row)["browser"] != digest(browser):
        return None
    if not access.revoke(connection, ticket, at):  # another process was faster
        return None
    scope = str(access.params_of(row)["scope"])
    return access.issue(connection, access.as_assessment(row), scope, at, at + life)


def fetch(connection: Connection, ticket: str, token: str, browser: str, at: datetime) -> Redeemed | None:
    """What a download ticket stands for, if it is this browser's and the token opens the same assessment."""
    row = access.find(connection, ticket, at, (access.DOWNLOAD,))
    holder = access.find(connection, token, at)
    if row is None or holder is None or any(row[key] != holder[key] for key in _SAME):
        return None
    content = json.loads(row["params"])
    if content.get("browser") != digest(browser):
        return None
    return Redeemed(access.as_assessment(holder), content["kind"], content["params"])
