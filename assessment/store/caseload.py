"""The firms of a workspace: how far each is, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Subquery, and_, func, select

from assessment.store import access, audit
from assessment.store.database import upsert
from assessment.store.records import ANSWER, Assessment, Refused
from assessment.store.schema import (
    account,
    answer_current,
    answer_revision,
    assessment,
    capability,
    firm,
    in_charge,
    respondent,
    workshop,
)
from assessment.store.sessions import Member
from assessment.store.tokens import digest
from assessment.store.votes import OPEN


@dataclass(frozen=True, slots=True)
class FirmLine:
    """An assessment of a firm, without anything of what was answered.

    `answered`: fields with an answer. `last`: when something was last answered, or the assessment begun.
    `links`: in force. `workshops`: that are on. `account`, `consultant`: id and name of who is in charge.
    """

    firm: str
    name: str
    assessment: str
    edition: str
    status: str
    answered: int
    last: datetime
    links: int
    workshops: int
    account: str
    consultant: str


def lines(connection: Connection, home: str, at: datetime) -> list[FirmLine]:
    """Every assessment of a workspace, by name of the firm, newest first."""
    given, links, sessions = _answered(home), _links(home, at), _workshops(home, at)
    query = (
        select(
            firm.c.id,
            firm.c.name,
            assessment.c.id,
            assessment.c.edition,
            assessment.c.status,
            func.coalesce(given.c.n, 0),
            func.coalesce(given.c.last, assessment.c.at),
            func.coalesce(links.c.n, 0),
            func.coalesce(sessions.c.n, 0),
            func.coalesce(account.c.id, ""),
            func.coalesce(account.c.name, ""),
        )
        .join(
            assessment,
            (assessment.c.workspace_id == firm.c.workspace_id) & (assessment.c.firm_id == firm.c.id),
        )
        .outerjoin(
            in_charge, (in_charge.c.workspace_id == firm.c.workspace_id) & (in_charge.c.firm_id == firm.c.id)
        )
        .outerjoin(account, account.c.id == in_charge.c.account_id)
        .where(firm.c.workspace_id == home)
        .order_by(firm.c.name, firm.c.id, assessment.c.at.desc(), assessment.c.id)
    )
    for counted in (given, links, sessions):
        query = query.outerjoin(counted, counted.c.assessment_id == assessment.c.id)
    return [FirmLine(*row) for row in connection.execute(query)]


def _answered(home: str) -> Subquery:
    """Of each assessment: fields that the firm has answered, and when last. Fields bear no colon."""
    here = and_(
        respondent.c.workspace_id == answer_current.c.workspace_id,
        respondent.c.assessment_id == answer_current.c.assessment_id,
        respondent.c.id == answer_current.c.respondent_id,
        respondent.c.workshop_id.is_(None),
    )
    return (
        select(
            answer_current.c.assessment_id,
            func.count().label("n"),
            func.max(answer_revision.c.at).label("last"),
        )
        .join(answer_revision, answer_revision.c.seq == answer_current.c.seq)
        .join(respondent, here)
        .where(
            answer_current.c.workspace_id == home,
            answer_current.c.field.not_like("%:%"),
            answer_revision.c.state != "not_answered",
        )
        .group_by(answer_current.c.assessment_id)
        .subquery()
    )


def _links(home: str, at: datetime) -> Subquery:
    """Of each assessment: links that open it to anybody who holds them."""
    return (
        select(capability.c.assessment_id, func.count().label("n"))
        .where(
            capability.c.workspace_id == home,
            capability.c.scope.in_(access.OPENS),
            capability.c.origin.is_(None),
            capability.c.account_id.is_(None),
            access.in_force(capability, at),
        )
        .group_by(capability.c.assessment_id)
        .subquery()
    )


def _workshops(home: str, at: datetime) -> Subquery:
    """Of each assessment: workshops that are on."""
    on = (workshop.c.workspace_id == home, workshop.c.state == OPEN, workshop.c.code_expires > at)
    return (
        select(workshop.c.assessment_id, func.count().label("n"))
        .where(*on)
        .group_by(workshop.c.assessment_id)
        .subquery()
    )


def assessment_of(connection: Connection, member: Member, token: str, id_: str) -> Assessment:
    """An assessment of the member's workspace, to answer, as its firm. Raises Refused for any other id."""
    row = (
        connection.execute(
            select(assessment, firm.c.name.label("firm_name"), respondent.c.id.label("respondent_id"))
            .join(
                firm, (firm.c.workspace_id == assessment.c.workspace_id) & (firm.c.id == assessment.c.firm_id)
            )
            .join(
                respondent,
                (respondent.c.workspace_id == assessment.c.workspace_id)
                & (respondent.c.assessment_id == assessment.c.id)
                & respondent.c.workshop_id.is_(None),
            )
            .where(assessment.c.workspace_id == member.workspace, assessment.c.id == id_)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise Refused("no such assessment")
    return access.as_assessment(
        {
            **row,
            "scope": ANSWER,
            "account_id": member.account,
            "account_name": member.name,
            "session_sha256": digest(token),
            "origin": None,
        }
    )


def put_in_charge(connection: Connection, home: str, firm_id: str, account_id: str, at: datetime) -> None:
    """Let the account be the consultant of the firm."""
    values = {"account_id": account_id, "at": at}
    first = upsert(connection, in_charge).values(workspace_id=home, firm_id=firm_id, **values)
    connection.execute(first.on_conflict_do_update(index_elements=("workspace_id", "firm_id"), set_=values))


def take_charge(connection: Connection, member: Member, firm_id: str, at: datetime) -> None:
    """The same for a firm of the member's workspace. Raises Refused for any other id."""
    own = (firm.c.workspace_id == member.workspace, firm.c.id == firm_id)
    if connection.scalar(select(firm.c.id).where(*own)) is None:
        raise Refused("no such firm")
    put_in_charge(connection, member.workspace, firm_id, member.account, at)
    audit.note(connection, member.workspace, at, "take charge", firm_id, member.account)
