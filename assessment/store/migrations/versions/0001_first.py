"""The first schema: workspaces, firms, assessments, answers, links, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("disabled_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "pack",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_pack")),
    )
    op.create_table(
        "rate_bucket",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key_sha256", "window", name=op.f("pk_rate_bucket")),
    )
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_audit_workspace_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sa.UniqueConstraint("workspace_id", "prev_hash", name=op.f("uq_audit_workspace_id_prev_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "firm",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("external_ref", sa.Text(), nullable=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_firm_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_firm")),
        sa.UniqueConstraint("workspace_id", "external_ref", name=op.f("uq_firm_workspace_id_external_ref")),
    )
    op.create_table(
        "membership",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_membership_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "account_id", name=op.f("pk_membership")),
    )
    op.create_table(
        "assessment",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("firm_id", sa.String(length=36), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("locked_at", sa.String(27), nullable=True),
        sa.CheckConstraint("path IN ('quick', 'full')", name=op.f("ck_assessment_path")),
        sa.ForeignKeyConstraint(
            ["fingerprint"], ["pack.fingerprint"], name=op.f("fk_assessment_fingerprint")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "firm_id"],
            ["firm.workspace_id", "firm.id"],
            name=op.f("fk_assessment_workspace_id_firm_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_assessment")),
    )
    op.create_table(
        "artefact",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.Text(), nullable=False),
        sa.Column("engine_version", sa.Text(), nullable=False),
        sa.Column("input_seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assessment_id"],
            ["assessment.workspace_id", "assessment.id"],
            name=op.f("fk_artefact_workspace_id_assessment_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_artefact")),
    )
    op.create_table(
        "workshop",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=True),
        sa.Column("code_expires", sa.String(27), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assessment_id"],
            ["assessment.workspace_id", "assessment.id"],
            name=op.f("fk_workshop_workspace_id_assessment_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_workshop_code_sha256")),
    )
    op.create_table(
        "respondent",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workshop_id", sa.String(length=36), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assessment_id"],
            ["assessment.workspace_id", "assessment.id"],
            name=op.f("fk_respondent_workspace_id_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "workshop_id"],
            ["workshop.workspace_id", "workshop.id"],
            name=op.f("fk_respondent_workspace_id_workshop_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "id", name=op.f("pk_respondent")),
    )
    op.create_table(
        "answer_revision",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("respondent_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Text(), nullable=False),
        sa.Column("op_id", sa.Text(), nullable=False),
        sa.Column("base_seq", sa.Integer(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.CheckConstraint(
            "state IN ('answered', 'dont_know', 'not_applicable', 'not_answered')",
            name=op.f("ck_answer_revision_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assessment_id", "respondent_id"],
            ["respondent.workspace_id", "respondent.assessment_id", "respondent.id"],
            name=op.f("fk_answer_revision_workspace_id_assessment_id_respondent_id"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_answer_revision")),
        sa.UniqueConstraint("op_id", name=op.f("uq_answer_revision_op_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_answer_revision_history",
        "answer_revision",
        ["workspace_id", "assessment_id", "respondent_id", "field", "seq"],
        unique=False,
    )
    op.create_table(
        "capability",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("respondent_id", sa.String(length=36), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("expires", sa.String(27), nullable=False),
        sa.Column("revoked_at", sa.String(27), nullable=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assessment_id", "respondent_id"],
            ["respondent.workspace_id", "respondent.assessment_id", "respondent.id"],
            name=op.f("fk_capability_workspace_id_assessment_id_respondent_id"),
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_capability")),
    )
    op.create_index("ix_capability_expires", "capability", ["expires"], unique=False)
    op.create_table(
        "answer_current",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("respondent_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["answer_revision.seq"], name=op.f("fk_answer_current_seq")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assessment_id", "respondent_id"],
            ["respondent.workspace_id", "respondent.assessment_id", "respondent.id"],
            name=op.f("fk_answer_current_workspace_id_assessment_id_respondent_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "assessment_id", "respondent_id", "field", name=op.f("pk_answer_current")
        ),
    )
