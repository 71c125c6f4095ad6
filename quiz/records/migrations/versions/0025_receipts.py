"""Under which number a service keeps a letter that it took."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letter", sa.Column("receipt", sa.String(), nullable=True))
    op.create_index(op.f("ix_letter_receipt"), "letter", ["receipt"])
