"""One attempt as the record shows it: what came of it, when its clock stood still, and what went on around it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz.domain import adjustments, calendar, results
from quiz.domain import attempt as rules
from quiz.domain.blueprint import Blueprint
from quiz.domain.marking import Tally, Why
from quiz.domain.sittings import IDENTITY_WORDS, INCIDENT_WORDS, WHERE_WORDS, Identity, Incident, Where
from quiz.records import marks, papers, sittings
from quiz.records.adjustments import Adjustment
from quiz.records.attempts import Attempt
from quiz.records.marks import Marking
from quiz.records.papers import BlueprintRow
from quiz.records.pauses import Pause
from quiz.records.results import Sat
from quiz.web.staff import words


@dataclass(frozen=True, slots=True)
class SatShown:
    """One attempt. Topics and groups are pairs of name and count; empty while nothing is marked."""

    attempt: Attempt
    came_of_it: str
    score: str
    reasons: tuple[str, ...]
    groups: tuple[tuple[str, Tally], ...]
    topics: tuple[tuple[str, Tally], ...]
    used: str
    ended: str
    adjusted: tuple[str, ...]
    changed: tuple[str, ...]
    repeated: int
    running: bool
    pauses: tuple[str, ...]
    supervised: str
    session: str
    noted: tuple[str, ...]
    mode: str


def sat(
    found: Sat,
    versions: Sequence[BlueprintRow],
    held: sittings.Sat | None,
    adjusted: Sequence[Adjustment],
    names: Mapping[str, str],
    at: datetime,
) -> SatShown:
    """An attempt under the rules with which it was begun, when its clock stood still, and the session it was sat in."""
    one, mark = found.attempt, found.mark
    blueprint = papers.read(next(row.text for row in versions if row.id == one.blueprint_id))
    return SatShown(
        attempt=one,
        came_of_it=results.said(rules.state(one, at), mark.outcome if mark else None),
        score=f"{mark.score} of {mark.of}" if mark else "",
        reasons=tuple(_reasons(mark, blueprint)) if mark else (),
        groups=_counts(mark.groups, {group.key: group.name for group in blueprint.groups}) if mark else (),
        topics=_counts(mark.topics, {topic.code: topic.name for topic in blueprint.topics}) if mark else (),
        used=rules.left_words(one.finished_at - one.started_at) if one.finished_at else "",
        ended=words.ENDS.get("stopped" if one.stopped_by else one.finished_how or "", ""),
        adjusted=tuple(adjustments.WORDS[pair] for pair in adjustments.read(one.adjusted).items()),
        repeated=one.repeated or 0,
        running=rules.is_running(one, at),
        changed=tuple(_changed(one, adjusted, names)),
        pauses=tuple(_pause(pause, at) for pause in found.pauses),
        supervised=words.SUPERVISED[one.supervised],
        session=_session(held, names),
        noted=tuple(_noted(note, names) for note in held.incidents) if held else (),
        mode=words.MODES[one.mode],
    )


def _changed(one: Attempt, adjusted: Iterable[Adjustment], names: Mapping[str, str]) -> Iterator[str]:
    """What was agreed or ended while the test ran."""
    for change in adjusted:
        what = adjustments.WORDS[adjustments.Kind(change.kind), change.amount]
        for moment, by, did in (
            (change.agreed_at, change.agreed_by, "agreed"),
            (change.ended_at, change.ended_by, "ended"),
        ):
            if moment and one.started_at < moment and (one.finished_at is None or moment <= one.finished_at):
                yield f"{what}: {did} on {calendar.moment(moment)} by {words.actor(by or '', names)}"


def _pause(pause: Pause, at: datetime) -> str:
    """“21 November 2026 at 9:05am, 4 minutes”; a pause that is going on says so."""
    ended = pause.ended_at or pause.until
    lasted = "until now" if at < ended else rules.left_words(ended - pause.began_at)
    return f"{calendar.moment(pause.began_at)}, {lasted}"


def _counts(kept: str, names: Mapping[str, str]) -> tuple[tuple[str, Tally], ...]:
    """In the order of the rules."""
    found = marks.counts(kept)
    return tuple((name, found[key]) for key, name in names.items() if key in found)


def _session(held: sittings.Sat | None, names: Mapping[str, str]) -> str:
    if held is None:
        return ""
    seen = IDENTITY_WORDS[Identity(held.seat.identity)].lower() if held.seat.identity else "nothing"
    who = words.actor(held.seat.let_in_by or "", names)
    place = f"{held.sitting.place} ({WHERE_WORDS[Where(held.sitting.where)].lower()})"
    return f"{place}, {calendar.moment(held.sitting.starts_at)}. Let in by {who}, who saw: {seen}."


def _noted(note: sittings.IncidentNote, names: Mapping[str, str]) -> str:
    reason = INCIDENT_WORDS[Incident(note.reason)]
    return f"{calendar.moment(note.at)}: {reason}. {note.words} ({words.actor(note.by, names)})"


def _reasons(mark: Marking, blueprint: Blueprint) -> list[str]:
    unsafe = len(mark.unsafe.split(","))
    below = [blueprint.group(key).name for key in mark.below.split(",") if key]
    said = {
        Why.SCORE: f"{mark.score} right answers, {blueprint.pass_mark} were needed",
        Why.UNSAFE: "1 unsafe answer" if unsafe == 1 else f"{unsafe} unsafe answers",
        Why.MINIMUM: "Too few right answers in: " + ", ".join(below),
    }
    return [said[Why(key)] for key in mark.reasons.split(",") if key]
