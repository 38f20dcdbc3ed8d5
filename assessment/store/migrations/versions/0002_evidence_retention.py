"""Unit and evidence of an answer, retention of a workspace; no statistics on what firms wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# PostgreSQL keeps samples of columns for its planner, also of rows that are gone. Of these it must not.
WRITTEN = {
    "firm": ("name", "external_ref"),
    "respondent": ("label",),
    "capability": ("params",),
    "answer_revision": ("value", "comment", "reason", "confirmed", "unit", "evidence", "actor"),
}


def upgrade() -> None:
    op.add_column("answer_revision", sa.Column("unit", sa.Text(), nullable=False, server_default=""))
    op.add_column("answer_revision", sa.Column("evidence", sa.Text(), nullable=False, server_default=""))
    op.add_column("workspace", sa.Column("retain_days", sa.Integer(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in WRITTEN.items():
            for column in columns:
                op.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET STATISTICS 0')
