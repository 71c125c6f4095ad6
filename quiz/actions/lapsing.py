"""Drivers whose licence ends before their next try: the sum of the rule over everybody, without opening records."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from quiz.domain import calendar, eligibility, tries
from quiz.domain.eligibility import NextTry
from quiz.records import lapsing, papers
from quiz.records.lapsing import Candidate


@dataclass(frozen=True, slots=True)
class Lapsing:
    """One driver: when a licence ends, and when the next try is possible. `may_decide`: an officer may allow it now."""

    who: Candidate
    ends: date
    next: NextTry
    may_decide: bool


def found(session: Session, test: str, mark: str, now: datetime) -> list[Lapsing]:
    """Everybody whose licence still runs and ends before the next try, the first to end first. Two statements."""
    rules, today, mode = papers.current(session, test), calendar.day_of(now), tries.MODES[mark]
    longest_wait = timedelta(days=max(rules.waits_days, default=0))
    since = calendar.start_of(calendar.add_months(today, -rules.window_months) - longest_wait)
    rows = []
    for one in lapsing.candidates(session, test, mode, since, today):
        following = tries.next_of(one.history, rules, mode, now)
        ends = eligibility.lapsing(following, (licence.expires_on for licence in one.licences), today)
        if ends is not None:
            rows.append(Lapsing(one, ends, following, "decision" in rules.resets))
    return sorted(rows, key=lambda row: row.ends)
