"""The clock of a test can stand still. Until when stands on the attempt, so that the hot path reads one row."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempt", sa.Column("pause_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "pause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until > began_at", name=op.f("ck_pause_runs_forwards")),
        sa.CheckConstraint(
            "ended_at IS NULL OR (ended_at >= began_at AND ended_at <= until)", name=op.f("ck_pause_ends_within")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_pause_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index(op.f("ix_pause_attempt_id"), "pause", ["attempt_id"], unique=False)
