"""One person doing one thing: who, when, by what chance, in which transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quiz.records import audit


@dataclass(frozen=True)
class Work:
    """What every action is given. `actor` is an opaque key such as "person:…", "staff:…" or "cli:root".

    `pepper` is the instance's secret for digests of codes and of sign-in sessions (32 bytes).
    """

    session: Session
    actor: str
    now: datetime
    chance: Random
    pepper: bytes

    def record(self, event: str, subject: str, **detail: object) -> None:
        """Append an audit entry in this transaction. `subject` and `detail` hold opaque keys, never names."""
        audit.append(self.session, self.now, self.actor, event, subject, detail)

    def record_all(self, entries: Iterable[tuple[str, str, Mapping[str, object]]]) -> None:
        """The same for many entries (event, subject, detail) at once."""
        audit.append_all(self.session, self.now, self.actor, entries)
