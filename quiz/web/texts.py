"""Texts of approved versions: they never change, so each is read once per process."""

from collections.abc import Sequence
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from quiz.domain.question import Draft
from quiz.records import bank
from quiz.web.parts import parts
from quiz.web.request import session

_known: WeakKeyDictionary[Engine, dict[UUID, Draft]] = WeakKeyDictionary()


def of(versions: Sequence[UUID]) -> list[Draft]:
    """The texts of these versions, in this order; one statement for those not yet known."""
    known = _known.setdefault(parts().engine, {})
    missing = [version for version in versions if version not in known]
    if missing:
        known.update(bank.drafts(session(), missing))
    return [known[version] for version in versions]
