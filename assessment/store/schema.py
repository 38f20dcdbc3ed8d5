"""The tables. Every tenant table carries `workspace_id`, and foreign keys include it.

A row can therefore not point across workspaces, whatever a query forgets. Public ids are random.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from assessment.store import columns
from assessment.store.columns import Digest, Id, Moment, one_of
from assessment.store.records import PATHS, STATES

metadata = columns.metadata

workspace = Table(
    "workspace",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("retain_days", Integer),  # how long a firm's data stay after its last change; NULL: until erased
    Index("uq_workspace_name", "name", unique=True),
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
    Column("seen_at", Moment),  # when its last session began
)

membership = Table(  # what an account may do, and where; an account works in one workspace
    "membership",
    metadata,
    Column("workspace_id", Id, ForeignKey("workspace.id"), primary_key=True),
    Column("account_id", Id, ForeignKey("account.id"), primary_key=True),
    Column("role", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("removed_at", Moment),  # the row stays: firms and brands point to it
    Index("uq_membership_account_id", "account_id", unique=True),
)

_MEMBER = ["membership.workspace_id", "membership.account_id"]

account_session = Table(  # an account that is signed in; only the hash of its token is kept
    "account_session",
    metadata,
    Column("token_sha256", Digest, primary_key=True),
    Column("workspace_id", Id, nullable=False),
    Column("account_id", Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("revoked_at", Moment),
    ForeignKeyConstraint(["workspace_id", "account_id"], _MEMBER),
    UniqueConstraint("workspace_id", "account_id", "token_sha256"),
)

brand = Table(  # what the reports of a consultant's firms bear
    "brand",
    metadata,
    Column("workspace_id", Id, nullable=False),
    Column("account_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("colour", Text, nullable=False),
    Column("logo", LargeBinary, nullable=False),  # PNG; empty: none
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "account_id"),
    ForeignKeyConstraint(["workspace_id", "account_id"], _MEMBER),
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

in_charge = Table(  # the consultant of a firm
    "in_charge",
    metadata,
    Column("workspace_id", Id, nullable=False),
    Column("firm_id", Id, nullable=False),
    Column("account_id", Id, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "firm_id"),
    ForeignKeyConstraint(["workspace_id", "firm_id"], ["firm.workspace_id", "firm.id"]),
    ForeignKeyConstraint(["workspace_id", "account_id"], _MEMBER),
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
    one_of("path", PATHS),
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
    one_of("state", STATES),
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
    Column("id", Id, nullable=False, unique=True),  # names it in lists; opens nothing
    Column("origin", Id),  # the link whose holder it was made for: it ends with that one
    Column("account_id", Id),  # an account's, good as long as the session of the account; NULL: anybody's
    Column("session_sha256", Digest),
    Column("label", Text, nullable=False, server_default=""),
    ForeignKeyConstraint(_RESPONDENT, _RESPONDENT_KEY),
    ForeignKeyConstraint(
        ["workspace_id", "account_id", "session_sha256"],
        ["account_session.workspace_id", "account_session.account_id", "account_session.token_sha256"],
    ),
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
