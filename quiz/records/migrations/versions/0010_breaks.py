"""When a pause began stands on the attempt, and a pause says whether it was for help or an agreed break."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempt", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("pause", sa.Column("kind", sa.String(), nullable=True))
