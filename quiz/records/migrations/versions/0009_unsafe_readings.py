"""Readings of results with an unsafe answer, written once. A mark can say after which decision it was made."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('void', 'another-try', 'extend', 'revoke-certificate', 'replace-certificate', 'unsafe-upheld', "
    "'unsafe-withdrawn', 'mark-again', 'accept-elsewhere', 'end-elsewhere')"
)


def upgrade() -> None:
    op.add_column("mark", sa.Column("because", sa.String(), nullable=True))
    with op.batch_alter_table("decision") as table:
        table.drop_constraint(op.f("ck_decision_known_kind"), type_="check")
        table.create_check_constraint(op.f("ck_decision_known_kind"), KINDS)
    op.create_index(op.f("ix_decision_attempt_id"), "decision", ["attempt_id"], unique=False)
    op.create_table(
        "unsafe_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("capacity IN ('officer', 'lead')", name=op.f("ck_unsafe_reading_known_capacity")),
        sa.CheckConstraint("verdict IN ('upheld', 'withdrawn')", name=op.f("ck_unsafe_reading_known_verdict")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_unsafe_reading_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsafe_reading")),
    )
    op.create_index(op.f("ix_unsafe_reading_attempt_id"), "unsafe_reading", ["attempt_id"], unique=False)
    if op.get_context().dialect.name == "sqlite":
        for name in ("decision", "unsafe_reading"):  # altering a table on SQLite makes it anew, without its triggers
            for change in ("UPDATE", "DELETE"):
                op.execute(f"""
                    CREATE TRIGGER {name}_refuses_{change.lower()} BEFORE {change} ON {name}
                    BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END""")
        return
    op.execute("""
        CREATE FUNCTION unsafe_reading_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'unsafe_reading is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER unsafe_reading_refuses_change BEFORE UPDATE OR DELETE ON unsafe_reading
        FOR EACH ROW EXECUTE FUNCTION unsafe_reading_refuses()""")
    op.execute("""
        CREATE TRIGGER unsafe_reading_refuses_truncate BEFORE TRUNCATE ON unsafe_reading
        FOR EACH STATEMENT EXECUTE FUNCTION unsafe_reading_refuses()""")
