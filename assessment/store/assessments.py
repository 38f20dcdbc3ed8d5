"""Assessments and their firms: making them, changing what is written on their cover."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Update, update

from assessment.store import audit
from assessment.store.database import storable, upsert
from assessment.store.records import ANSWER, Assessment, StoreError
from assessment.store.schema import assessment, firm, pack, respondent

LONGEST_NAME: Final = 200  # characters of a firm's name; a page lets one type fewer


def new_id() -> str:
    """A public id: random, so that none can be guessed from another."""
    return str(uuid.uuid4())


def new(
    workspace: str, edition: str, fingerprint: str, language: str, path: str, firm_name: str
) -> Assessment:
    """An assessment to be created: new firm, one respondent, open for answering."""
    return Assessment(
        workspace=workspace,
        id=new_id(),
        firm_id=new_id(),
        firm_name=storable(firm_name)[:LONGEST_NAME],
        edition=edition,
        fingerprint=fingerprint,
        language=language,
        path=path,
        status="open",
        respondent=new_id(),
        scope=ANSWER,
    )


def again(after: Assessment, edition: str, fingerprint: str, language: str, path: str) -> Assessment:
    """A further assessment of the same firm, by whoever holds `after`."""
    fresh = {"id": new_id(), "respondent": new_id(), "status": "open", "link": ""}
    cover = {"edition": edition, "fingerprint": fingerprint, "language": language, "path": path}
    return replace(after, **fresh, **cover)


def create(connection: Connection, made: Assessment, at: datetime, *, new_firm: bool = True) -> None:
    """Insert the firm, the assessment, its one respondent, and the edition's fingerprint if it is new."""
    home = {"workspace_id": made.workspace, "at": at}
    known = upsert(connection, pack).values(fingerprint=made.fingerprint, edition=made.edition, at=at)
    connection.execute(known.on_conflict_do_nothing())
    if new_firm:
        connection.execute(firm.insert().values(**home, id=made.firm_id, name=made.firm_name))
    connection.execute(
        assessment.insert().values(
            **home,
            id=made.id,
            firm_id=made.firm_id,
            edition=made.edition,
            fingerprint=made.fingerprint,
            language=made.language,
            path=made.path,
            status=made.status,
        )
    )
    connection.execute(
        respondent.insert().values(**home, assessment_id=made.id, id=made.respondent, label="", role="firm")
    )
    note(connection, made, at, "create")


def renaming(of: Assessment, name: str) -> Update:
    """The statement that renames the firm."""
    where = (firm.c.workspace_id == of.workspace, firm.c.id == of.firm_id)
    return update(firm).where(*where).values(name=storable(name)[:LONGEST_NAME])


def setting(of: Assessment, **values: Any) -> Update:
    """The statement that changes columns of the assessment."""
    where = (assessment.c.workspace_id == of.workspace, assessment.c.id == of.id)
    return update(assessment).where(*where).values(**values)


def change(
    connection: Connection, of: Assessment, what: Update, at: datetime, verb: str, detail: str
) -> None:
    """Carry out the statement and note it. Raises StoreError if the row is gone."""
    if connection.execute(what).rowcount != 1:
        raise StoreError("the assessment no longer exists")
    note(connection, of, at, verb, detail)


def note(connection: Connection, of: Assessment, at: datetime, verb: str, detail: str = "") -> None:
    """An audit entry about an assessment, by the account behind it or its respondent."""
    audit.note(connection, of.workspace, at, verb, of.id, of.account or of.respondent, detail)
