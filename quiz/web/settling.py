"""The council as issuer, and settling what ran out of time: what every page about results needs first."""

from uuid import UUID

from quiz.actions import sitting
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.web.parts import parts
from quiz.web.request import now, separately


def issuer() -> Issuer:
    """Who issues, by the settings, and the key that signs now."""
    settings = parts().settings
    return Issuer(settings.council.name, settings.service.base_url, parts().signing().signer)


def settle(attempt_id: UUID) -> None:
    """Mark an attempt that ran out of time, in a short transaction of its own. Does nothing twice."""
    held = parts()
    with separately() as session:
        sitting.settle(Work(session, "service", now(), held.chance, held.pepper), attempt_id, issuer())
