"""Versions that were found wrong, written once. A mark says which positions it leaves out for that."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mark", sa.Column("excused", sa.String(), nullable=True))
    op.create_table(
        "found_wrong",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_found_wrong_version_id_version")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_found_wrong")),
    )
    if op.get_context().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"""
                CREATE TRIGGER found_wrong_refuses_{change.lower()} BEFORE {change} ON found_wrong
                BEGIN SELECT RAISE(ABORT, 'found_wrong is append-only'); END""")
        return
    op.execute("""
        CREATE FUNCTION found_wrong_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'found_wrong is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER found_wrong_refuses_change BEFORE UPDATE OR DELETE ON found_wrong
        FOR EACH ROW EXECUTE FUNCTION found_wrong_refuses()""")
    op.execute("""
        CREATE TRIGGER found_wrong_refuses_truncate BEFORE TRUNCATE ON found_wrong
        FOR EACH STATEMENT EXECUTE FUNCTION found_wrong_refuses()""")
