"""Supervised sittings: the session, its list, and what was noted. An attempt and a pause keep which
invigilator ended or made it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("attempt", sa.Column("stopped_by", sa.String(), nullable=True))
    op.add_column("pause", sa.Column("by", sa.String(), nullable=True))
    op.create_table(
        "sitting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("test", sa.String(), nullable=False),
        sa.Column("place_kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("start_word", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.CheckConstraint("place_kind IN ('place', 'video')", name=op.f("ck_sitting_known_place_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
    )
    op.create_index(op.f("ix_sitting_starts_at"), "sitting", ["starts_at"], unique=False)
    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("let_in_at", MOMENT, nullable=True),
        sa.Column("let_in_by", sa.String(), nullable=True),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.CheckConstraint("(identity IS NULL) = (let_in_at IS NULL)", name=op.f("ck_seat_let_in_with_identity")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_seat_sitting_id_sitting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_person_id_person")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name=op.f("fk_seat_invitation_id_invitation")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_seat_attempt_id_attempt")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_seat_attempt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_sitting_id"), "seat", ["sitting_id"], unique=False)
    op.create_index(op.f("ix_seat_person_id"), "seat", ["person_id"], unique=False)
    op.create_index(op.f("ix_seat_invitation_id"), "seat", ["invitation_id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_incident_sitting_id_sitting")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_incident_seat_id_seat")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_incident_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_sitting_id"), "incident", ["sitting_id"], unique=False)
    op.create_index(op.f("ix_incident_attempt_id"), "incident", ["attempt_id"], unique=False)
    _append_only()


def _append_only() -> None:
    if op.get_context().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"""
                CREATE TRIGGER incident_refuses_{change.lower()} BEFORE {change} ON incident
                BEGIN SELECT RAISE(ABORT, 'incident is append-only'); END""")
        return
    op.execute("""
        CREATE FUNCTION incident_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'incident is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER incident_refuses_change BEFORE UPDATE OR DELETE ON incident
        FOR EACH ROW EXECUTE FUNCTION incident_refuses()""")
    op.execute("""
        CREATE TRIGGER incident_refuses_truncate BEFORE TRUNCATE ON incident
        FOR EACH STATEMENT EXECUTE FUNCTION incident_refuses()""")
