"""How hard questions are: ratings of judges, and how many drivers answered right."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("judge", sa.String(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("share BETWEEN 0 AND 100", name=op.f("ck_rating_share_of_a_hundred")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_rating_version_id_version")),
        sa.PrimaryKeyConstraint("version_id", "judge", name=op.f("pk_rating")),
    )
    op.create_table(
        "answered",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.CheckConstraint('0 <= "right" AND "right" <= answered', name=op.f("ck_answered_right_among_answered")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_answered_version_id_version")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_answered")),
    )
    if op.get_context().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"""
                CREATE TRIGGER rating_refuses_{change.lower()} BEFORE {change} ON rating
                BEGIN SELECT RAISE(ABORT, 'rating is append-only'); END""")
        return
    op.execute("""
        CREATE FUNCTION rating_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'rating is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER rating_refuses_change BEFORE UPDATE OR DELETE ON rating
        FOR EACH ROW EXECUTE FUNCTION rating_refuses()""")
    op.execute("""
        CREATE TRIGGER rating_refuses_truncate BEFORE TRUNCATE ON rating
        FOR EACH STATEMENT EXECUTE FUNCTION rating_refuses()""")
