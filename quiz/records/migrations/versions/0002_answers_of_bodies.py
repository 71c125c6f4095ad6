"""What a body outside answers can be more than yes: it may ask for a change or reject. Older records all agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agreement") as table:
        table.add_column(sa.Column("answer", sa.String(), nullable=False, server_default="agree"))
        table.add_column(sa.Column("comment", sa.Text(), nullable=False, server_default=""))
        table.create_check_constraint(op.f("ck_agreement_known_answer"), "answer IN ('agree', 'change', 'reject')")
    with op.batch_alter_table("agreement") as table:
        table.alter_column("answer", server_default=None)
        table.alter_column("comment", server_default=None)
