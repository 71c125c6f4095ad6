"""Lists of licence holders on their way into the records."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "import_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False)
          for name in ("name", "digest", "authority", "uploaded_by", "header", "examples", "notes", "match")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("size", "rows")),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True)
          for name in ("compared_at", "applied_at", "settled_at", "cleared_at")),
        sa.Column("applied_by", sa.String(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )  # fmt: skip
    op.create_table(
        "import_match",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("match", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_import_match")),
    )
    op.create_table(
        "import_row",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False)
          for name in ("category", "question", "choice", "reason", "authority", "kind", "licence", "name", "name_key",
                       "email", "phone")),
        sa.Column("number_key", KEY, nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("was_name", "was_email", "was_phone")),
        *(sa.Column(name, sa.Date(), nullable=True)
          for name in ("expires_on", "unlisted_since", "was_expires_on", "was_unlisted_since")),
        *(sa.Column(name, sa.Uuid(), nullable=True) for name in ("licence_id", "person_id", "own_id", "other_id")),
        *(sa.Column(name, sa.Boolean(), nullable=False)
          for name in ("taken", "adds_person", "adds_licence", "changes")),
        sa.ForeignKeyConstraint(["import_id"], ["import_file.id"], name=op.f("fk_import_row_import_id_import_file")),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_row")),
    )  # fmt: skip
    op.create_index("ix_import_row_category", "import_row", ["import_id", "category", "number"], unique=False)
    op.create_index("ix_import_row_licence", "import_row", ["import_id", "number_key"], unique=False)
