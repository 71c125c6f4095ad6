"""What lists of licence holders filter by, in one row for each; and who is no longer on the council's list."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
DAYS = ("due_on", "covered_until", "needs_on", "tested_on", "waiting_since", "invited_until", "retry_on", "stuck_until",
        "lapses_on", "adjusted_until")  # fmt: skip
FEW = {"needs_on": (), "waiting_since": ("invited_until",), "retry_on": ("stuck_until",), "stuck_until": (),
       "lapses_on": (), "adjusted_until": ()}  # fmt: skip


def upgrade() -> None:
    op.add_column("licence", sa.Column("unlisted_since", sa.Date(), nullable=True))
    op.create_table(
        "standing",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column("email_key", KEY, nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        *(sa.Column(name, sa.Date(), nullable=True) for name in DAYS),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_standing_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_standing")),
    )
    op.create_index("ix_standing_name", "standing", ["name_key", "person_id"], unique=False)
    op.create_index("ix_standing_email", "standing", ["email_key"], unique=False)
    for name, column in (("due", "due_on"), ("covered", "covered_until"), ("tested", "tested_on")):
        op.create_index(f"ix_standing_{name}", "standing", [column, "person_id"], unique=False)
    for column, more in FEW.items():
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_standing_{column}", "standing", [column, "person_id", *more], unique=False,
                        sqlite_where=there, postgresql_where=there)  # fmt: skip
    op.create_index("ix_standing_unlisted", "standing", ["person_id"], unique=False,
                    sqlite_where=sa.text("listed IS 0"), postgresql_where=sa.text("listed IS false"))  # fmt: skip
    some = sa.text("unsafe != ''")
    op.create_index("ix_mark_unsafe", "mark", ["attempt_id"], unique=False, sqlite_where=some, postgresql_where=some)
    # Searched by its beginning, whatever language the database speaks.
    if op.get_context().dialect.name == "postgresql":
        op.execute('ALTER TABLE licence ALTER COLUMN number_key TYPE VARCHAR COLLATE "C"')
