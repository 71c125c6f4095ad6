"""What lists of results filter by, repeated on the attempt, and the index that holds it."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0016"
branch_labels = None
depends_on = None

AT_ONCE = 1000

ATTEMPT = sa.table(
    "attempt", sa.column("id", sa.Uuid()), sa.column("invitation_id", sa.Uuid()), sa.column("reason", sa.String()),
    sa.column("outcome", sa.String()), sa.column("weak", sa.String()),
)  # fmt: skip
INVITATION = sa.table("invitation", sa.column("id", sa.Uuid()), sa.column("reason", sa.String()))
MARK = sa.table(
    "mark", sa.column("attempt_id", sa.Uuid()), sa.column("number", sa.Integer()), sa.column("outcome", sa.String()),
    sa.column("groups", sa.Text()),
)  # fmt: skip


def upgrade() -> None:
    for name in ("reason", "outcome", "weak"):
        op.add_column("attempt", sa.Column(name, sa.String(), nullable=True))
    held = op.get_bind()
    reason = sa.select(INVITATION.c.reason).where(INVITATION.c.id == ATTEMPT.c.invitation_id).scalar_subquery()
    held.execute(ATTEMPT.update().values(reason=reason))
    change = ATTEMPT.update().where(ATTEMPT.c.id == sa.bindparam("its_id"))
    change = change.values(outcome=sa.bindparam("its_outcome"), weak=sa.bindparam("its_weak"))
    # A later mark of the same attempt comes after the first one, so it has the last word.
    wanted = sa.select(MARK).order_by(MARK.c.attempt_id, MARK.c.number)
    for some in held.execute(wanted, execution_options={"yield_per": AT_ONCE}).partitions():
        held.execute(
            change,
            [{"its_id": one.attempt_id, "its_outcome": one.outcome, "its_weak": _weak(one.groups)} for one in some],
        )
    columns = ["started_at", "id", "voided_at", "finished_at", "outcome", "supervised", "reason", "weak"]
    op.create_index("ix_attempt_list", "attempt", columns, unique=False)


def _weak(groups: str) -> str:
    """The groups in which fewer than half were right, each between commas."""
    found = [key for key, (right, of) in json.loads(groups).items() if 2 * right < of]
    return f",{','.join(found)}," if found else ""
