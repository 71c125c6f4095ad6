"""Letters with codes that go on paper: set in type before anything is written, then noted, and given once."""

from collections.abc import Callable, Sequence

from flask import Response
from sqlalchemy.orm import Session

from quiz.actions import printing
from quiz.actions.printing import Sheet, Waiting
from quiz.documents import letter
from quiz.domain.errors import Refused
from quiz.web import downloads
from quiz.web.request import separately, work_in


def once(sheets: Sequence[Sheet], waiting: Callable[[Session], Waiting]) -> Response:
    """These letters as one file; with it their codes are erased, and what `waiting` finds too late is over.

    They are set in type before anything is written, so that whoever sits a test does not wait for it.
    """
    made = letter.pdf([one.text for one in sheets]) if sheets else b""
    with separately() as own:
        printing.over(work_in(own), waiting(own))
        printing.printed(work_in(own), sheets)
    if not sheets:
        raise Refused("nothing-to-print", "There is no letter to print. Each is printed once.")
    return downloads.attachment(made, "application/pdf", "access-code-letters.pdf")
