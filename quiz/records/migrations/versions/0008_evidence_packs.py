"""Evidence packs as they were made, written once: for whom, why, by whom, and the signed file itself."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("copy", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint("copy IN ('internal', 'disclosed')", name=op.f("ck_evidence_pack_known_copy")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_evidence_pack_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_pack")),
    )
    op.create_index(op.f("ix_evidence_pack_attempt_id"), "evidence_pack", ["attempt_id"], unique=False)
    if op.get_context().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"""
                CREATE TRIGGER evidence_pack_refuses_{change.lower()} BEFORE {change} ON evidence_pack
                BEGIN SELECT RAISE(ABORT, 'evidence_pack is append-only'); END""")
        return
    op.execute("""
        CREATE FUNCTION evidence_pack_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'evidence_pack is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER evidence_pack_refuses_change BEFORE UPDATE OR DELETE ON evidence_pack
        FOR EACH ROW EXECUTE FUNCTION evidence_pack_refuses()""")
    op.execute("""
        CREATE TRIGGER evidence_pack_refuses_truncate BEFORE TRUNCATE ON evidence_pack
        FOR EACH STATEMENT EXECUTE FUNCTION evidence_pack_refuses()""")
