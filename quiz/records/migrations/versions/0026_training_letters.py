"""How often a training session was moved, and scans of attendance elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("training_session", sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("scan") as table:
        table.add_column(sa.Column("attendance_id", sa.Uuid(), nullable=True))
        table.alter_column("pass_id", existing_type=sa.Uuid(), nullable=True)
        table.create_foreign_key(
            op.f("fk_scan_attendance_id_accepted_attendance"), "accepted_attendance", ["attendance_id"], ["id"]
        )
        table.create_unique_constraint(op.f("uq_scan_attendance_id"), ["attendance_id"])
        table.create_check_constraint(op.f("ck_scan_of_one"), "(pass_id IS NULL) <> (attendance_id IS NULL)")
