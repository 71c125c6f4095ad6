"""What drivers answer to what a computer noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_reply_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_attempt_id"), "reply", ["attempt_id"], unique=False)
    if op.get_context().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"""
                CREATE TRIGGER reply_refuses_{change.lower()} BEFORE {change} ON reply
                BEGIN SELECT RAISE(ABORT, 'reply is append-only'); END""")
        return
    op.execute("""
        CREATE FUNCTION reply_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'reply is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER reply_refuses_change BEFORE UPDATE OR DELETE ON reply
        FOR EACH ROW EXECUTE FUNCTION reply_refuses()""")
    op.execute("""
        CREATE TRIGGER reply_refuses_truncate BEFORE TRUNCATE ON reply
        FOR EACH STATEMENT EXECUTE FUNCTION reply_refuses()""")
