"""Decisions beside the facts, written once. An attempt can stop counting as a try; a certificate can be replaced."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempt", sa.Column("uncounted_at", sa.DateTime(timezone=True), nullable=True))
    # A replacement is a further issue for the same attempt.
    with op.batch_alter_table("certificate") as table:
        table.add_column(sa.Column("issue", sa.Integer(), nullable=False, server_default="1"))
        table.drop_constraint(op.f("uq_certificate_attempt_id"), type_="unique")
        table.create_unique_constraint(op.f("uq_certificate_attempt_id_issue"), ["attempt_id", "issue"])
    with op.batch_alter_table("certificate") as table:
        table.alter_column("issue", server_default=None)
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("certificate", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('void', 'another-try', 'extend', 'revoke-certificate', 'replace-certificate')",
            name=op.f("ck_decision_known_kind"),
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_decision_attempt_id_attempt")),
        sa.ForeignKeyConstraint(
            ["certificate"], ["certificate.number"], name=op.f("fk_decision_certificate_certificate")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_decision_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_person_id"), "decision", ["person_id"], unique=False)
    if op.get_context().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"""
                CREATE TRIGGER decision_refuses_{change.lower()} BEFORE {change} ON decision
                BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END""")
        return
    op.execute("""
        CREATE FUNCTION decision_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'decision is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER decision_refuses_change BEFORE UPDATE OR DELETE ON decision
        FOR EACH ROW EXECUTE FUNCTION decision_refuses()""")
    op.execute("""
        CREATE TRIGGER decision_refuses_truncate BEFORE TRUNCATE ON decision
        FOR EACH STATEMENT EXECUTE FUNCTION decision_refuses()""")
