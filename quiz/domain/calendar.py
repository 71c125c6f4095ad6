"""Calendar days as people in England count them. Times are stored in UTC and shown in Europe/London."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """The London day on which a moment falls."""
    return moment.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """00:00 in London on that day, as an aware UTC time."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first moment after that day in London, as an aware UTC time."""
    return start_of(day + timedelta(days=1))


def add_months(day: date, months: int) -> date:
    """The same day so many months on (or back); 31 January plus one month is the last day of February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def words(day: date) -> str:
    """21 November 2026."""
    return f"{day.day} {day:%B %Y}"


def weekday(day: date) -> str:
    """Saturday 21 November 2026."""
    return f"{day:%A} {words(day)}"


def clock(moment: datetime) -> str:
    """3:05pm, in London; "midday" and "midnight" are words, because 12am and 12pm are misread."""
    local = moment.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def moment(at: datetime) -> str:
    """21 November 2026 at 3:05pm."""
    return f"{words(day_of(at))} at {clock(at)}"


def working_days_on(day: date, count: int) -> date:
    """So many days on, Saturdays and Sundays not counted. Bank holidays are, so a promise is never too late."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
