"""Passes from elsewhere that officers accept."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accepted_pass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("test", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_accepted_pass_ended_by_somebody")),
        sa.CheckConstraint("until >= passed_on", name=op.f("ck_accepted_pass_runs_forwards")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_accepted_pass_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_pass")),
    )
    op.create_index(op.f("ix_accepted_pass_person_id"), "accepted_pass", ["person_id"], unique=False)
