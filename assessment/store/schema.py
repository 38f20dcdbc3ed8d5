"""The tables. Every tenant table carries `workspace_id`, and foreign keys include it.

A row can therefore not point across workspaces, whatever a query forgets. Public ids are random.
Times are UTC text of fixed width, so they sort as they read on every database.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

from assessment.store.records import PATHS, STATES


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, stored as `2026-07-01T12:00:00.000000Z`."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%f%z")


def _one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
Id = String(36)
Digest = String(64)  # SHA-256, hexadecimal

workspace = Table(
    "workspace",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("retain_days", Integer),  # how long a firm's data stay after its last change; NULL: until erased
)

account = Table(
    "account",
    metadata,
    Column("id", Id, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text),
    Column("at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

membership = Table(
    "membership",
    metadata,
    Column("workspace_id", Id, ForeignKey("workspace.id"), primary_key=True),
    Column("account_id", Id, ForeignKey("account.id"), primary_key=True),
    Column("role", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

firm = Table(
    "firm",
    metadata,
    Column("workspace_id", Id, ForeignKey("workspace.id"), nullable=False),
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("external_ref", Text),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "external_ref"),
)

pack = Table(  # an edition by its content; immutable, shared by all workspaces
    "pack",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("edition", Text, nullable=False),
    Column("body", LargeBinary),
    Column("at", Moment, nullable=False),
)

assessment = Table(
    "assessment",
    metadata,
    Column("workspace_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("firm_id", Id, nullable=False),
    Column("edition", Text, nullable=False),
    Column("fingerprint", Text, ForeignKey("pack.fingerprint"), nullable=False),
    Column("language", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("locked_at", Moment),
    PrimaryKeyConstraint("workspace_id", "id"),
    ForeignKeyConstraint(["workspace_id", "firm_id"], ["firm.workspace_id", "firm.id"]),
    _one_of("path", PATHS),
)

workshop = Table(
    "workshop",
    metadata,
    Column("workspace_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("assessment_id", Id, nullable=False),
    Column("code_sha256", Digest, unique=True),
    Column("code_expires", Moment),
    Column("state", Text, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "id"),
    ForeignKeyConstraint(["workspace_id", "assessment_id"], ["assessment.workspace_id", "assessment.id"]),
)

respondent = Table(  # who answers; a firm that answers alone has one
    "respondent",
    metadata,
    Column("workspace_id", Id, nullable=False),
    Column("assessment_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("workshop_id", Id),
    Column("label", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "assessment_id", "id"),
    ForeignKeyConstraint(["workspace_id", "assessment_id"], ["assessment.workspace_id", "assessment.id"]),
    ForeignKeyConstraint(["workspace_id", "workshop_id"], ["workshop.workspace_id", "workshop.id"]),
)

_RESPONDENT = ["workspace_id", "assessment_id", "respondent_id"]
_RESPONDENT_KEY = ["respondent.workspace_id", "respondent.assessment_id", "respondent.id"]

answer_revision = Table(  # append-only: nothing here is ever updated
    "answer_revision",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("workspace_id", Id, nullable=False),
    Column("assessment_id", Id, nullable=False),
    Column("respondent_id", Id, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),  # JSON
    Column("state", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("confirmed", Text, nullable=False),  # JSON
    Column("op_id", Text, nullable=False, unique=True),
    Column("base_seq", Integer),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("unit", Text, nullable=False, server_default=""),
    Column("evidence", Text, nullable=False, server_default=""),
    ForeignKeyConstraint(_RESPONDENT, _RESPONDENT_KEY),
    _one_of("state", STATES),
    Index("ix_answer_revision_history", "workspace_id", "assessment_id", "respondent_id", "field", "seq"),
    sqlite_autoincrement=True,  # a number once given is never given again
)

answer_current = Table(  # which revision counts; rebuildable from answer_revision
    "answer_current",
    metadata,
    Column("workspace_id", Id, nullable=False),
    Column("assessment_id", Id, nullable=False),
    Column("respondent_id", Id, nullable=False),
    Column("field", Text, nullable=False),
    Column("seq", Integer, ForeignKey("answer_revision.seq"), nullable=False),
    PrimaryKeyConstraint("workspace_id", "assessment_id", "respondent_id", "field"),
    ForeignKeyConstraint(_RESPONDENT, _RESPONDENT_KEY),
)

capability = Table(  # a link, a ticket: whoever shows the token may do `scope`. Only its hash is kept
    "capability",
    metadata,
    Column("token_sha256", Digest, primary_key=True),
    Column("workspace_id", Id, nullable=False),
    Column("assessment_id", Id, nullable=False),
    Column("respondent_id", Id, nullable=False),
    Column("scope", Text, nullable=False),
    Column("params", Text, nullable=False),  # JSON
    Column("expires", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(_RESPONDENT, _RESPONDENT_KEY),
    Index("ix_capability_expires", "expires"),
)

rate_bucket = Table(
    "rate_bucket",
    metadata,
    Column("scope", Text, nullable=False),
    Column("key_sha256", Digest, nullable=False),
    Column("window", Integer, nullable=False),  # number of the time window since 1970
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("scope", "key_sha256", "window"),
)

artefact = Table(  # a file that was made from the answers
    "artefact",
    metadata,
    Column("workspace_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("assessment_id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sha256", Digest, nullable=False),
    Column("size", Integer, nullable=False),
    Column("storage_key", Text, nullable=False),
    Column("engine_version", Text, nullable=False),
    Column("input_seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "id"),
    ForeignKeyConstraint(["workspace_id", "assessment_id"], ["assessment.workspace_id", "assessment.id"]),
)

audit = Table(  # who did what to what; never an answer or a name, so erasing a firm leaves the chain whole
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("workspace_id", Id, ForeignKey("workspace.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("prev_hash", Digest, nullable=False),
    Column("hash", Digest, nullable=False),
    UniqueConstraint("workspace_id", "prev_hash"),  # the chain cannot fork
    sqlite_autoincrement=True,
)
