"""Access codes in letters that nobody printed or sent: they do not lie here for ever."""

from quiz.actions import letters
from quiz.actions.work import Work
from quiz.domain import codes, numbers, posting
from quiz.domain.errors import Refused
from quiz.domain.posting import State
from quiz.records import invitations
from quiz.records import letters as rows
from quiz.records.letters import Letter

AT_ONCE = 20
TOO_OLD = f"Nobody printed it for {posting.CODE_KEPT.days} days, so its access code was erased."
NO_MORE = "Its access code stopped working before anybody printed it, and was erased."
ERASED = "The access code in it was erased: it was too old."


def some(work: Work) -> int:
    """Erase some codes that are too old or work no more; how many. To be asked again until there is none.

    A letter that was to be printed is over with it. One that somebody still has to decide about stays, and can be sent
    again with a new code.
    """
    found = rows.with_old_codes(work.session, work.now, AT_ONCE)
    for letter in found:
        if letter.state == State.PAPER:
            old = letter.made_at <= work.now - posting.CODE_KEPT
            if old:
                _withdraw(work, letter)
            letters.end(work, letter, State.GIVEN_UP, TOO_OLD if old else NO_MORE)
        else:
            letter.sealed, letter.words = None, f"{letter.words} {ERASED}".strip()
            work.record("letter.code-erased", f"person:{letter.person_id}", letter=letter.id, kind=letter.kind)
    work.session.flush()
    return len(found)


def _withdraw(work: Work, letter: Letter) -> None:
    """Nobody ever read that code. Without it the driver counts as not invited, so that a list invites again."""
    try:
        code = letters.code_of(work, letter)
    except Refused:
        return
    digest = codes.digest(work.pepper, "code", numbers.read(code) or "")
    held = work.session.get_one(invitations.AccessCode, digest)
    held.withdrawn_at = work.now
    work.record("code.withdrawn", f"person:{letter.person_id}", invitation=held.invitation_id)
