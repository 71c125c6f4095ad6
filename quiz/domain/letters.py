"""What a letter says, before it is set in type."""

from dataclasses import dataclass
from datetime import date

from quiz.domain.blueprint import Reason
from quiz.domain.letter_layout import Block
from quiz.domain.posting import MEMBERS, OF_TRAINING, Kind

REASONS = {
    Reason.APPLICATION: "You asked for a licence.",
    Reason.RENEWAL: "You asked to renew your licence.",
    Reason.REFRESHER: "Every driver takes this test again from time to time.",
    Reason.REQUIRED: "The council asks you to take this test.",
}
PLACES = {
    True: "You take the test at the council’s office, under supervision. Ring us for a time.",
    False: "You can take the test where and when it suits you.",
}
MARKS = {
    "SAMPLE": "SAMPLE. This is not a real letter.",
    "PILOT": "PILOT. The council is trying out this test. A pass does not count for a licence.",
}
TRAINING_MARKS = MARKS | {"PILOT": "PILOT. The council is trying out this service. The training itself is real."}
MEMBER_MARKS = MARKS | {"PILOT": "PILOT. The council is trying out this test. A pass does not count."}


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter on paper that brings an access code, addressed by name and licence only.

    `known_by` stands under the name: what to sign in with, a licence or a reference. `title` and `body` are the words
    of the staff with everything in its place but the code, which may be typed with or without its dashes. `address`
    opens the service; `mark` is "", "SAMPLE" or "PILOT", and `mark_words` says what that means.
    """

    council: str
    holder: str
    known_by: tuple[str, ...]
    title: str
    body: tuple[Block, ...]
    code: str
    address: str
    issued_on: date
    mark: str = ""
    mark_words: str = ""


def mark_words(kind: Kind, mark: str) -> str:
    """What a mark means, for the reader of such a letter: people of groups read nothing of licences, and training is
    real in a pilot too.
    """
    words = MEMBER_MARKS if kind in MEMBERS else TRAINING_MARKS if kind in OF_TRAINING else MARKS
    return words.get(mark, mark)
