"""The outbox, the words of letters, and many who were invited together."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("test", sa.String(), nullable=False),
        sa.Column("chosen", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("supervised", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('application', 'renewal', 'refresher', 'required')",
            name=op.f("ck_invitation_batch_known_reason"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_batch")),
    )
    _letters()
    op.create_table(
        "letter_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_text")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_letter_text_kind_version")),
    )
    if op.get_context().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"""
                CREATE TRIGGER letter_text_refuses_{change.lower()} BEFORE {change} ON letter_text
                BEGIN SELECT RAISE(ABORT, 'letter_text is append-only'); END""")
        return
    op.execute("""
        CREATE FUNCTION letter_text_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'letter_text is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER letter_text_refuses_change BEFORE UPDATE OR DELETE ON letter_text
        FOR EACH ROW EXECUTE FUNCTION letter_text_refuses()""")
    op.execute("""
        CREATE TRIGGER letter_text_refuses_truncate BEFORE TRUNCATE ON letter_text
        FOR EACH STATEMENT EXECUTE FUNCTION letter_text_refuses()""")


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'claimed', 'unknown', 'refused', 'paper', 'phone', 'sent', 'printed', 'rung', "
            "'given-up')",
            name=op.f("ck_letter_known_state"),
        ),
        sa.CheckConstraint(
            "sealed IS NULL OR state NOT IN ('sent', 'printed', 'rung', 'given-up')",
            name=op.f("ck_letter_no_code_when_over"),
        ),
        sa.CheckConstraint(
            "(state = 'claimed') = (claimed_until IS NOT NULL)", name=op.f("ck_letter_claimed_until_some_time")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (next_try_at IS NOT NULL)", name=op.f("ck_letter_waiting_for_some_time")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["invitation_batch.id"], name=op.f("fk_letter_batch_id_invitation_batch")
        ),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name=op.f("fk_letter_invitation_id_invitation")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
        sa.UniqueConstraint("person_id", "kind", "about", name=op.f("uq_letter_person_id_kind_about")),
    )
    op.create_index("ix_letter_batch_id_state", "letter", ["batch_id", "state"], unique=False)
    op.create_index(op.f("ix_letter_invitation_id"), "letter", ["invitation_id"], unique=False)
    op.create_index("ix_letter_state_next_try_at", "letter", ["state", "next_try_at"], unique=False)
