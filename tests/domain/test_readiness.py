"""The go-live list: each missing thing is named and holds the service back."""

from dataclasses import replace

import pytest

from quiz.domain import readiness
from quiz.domain.errors import Refused
from quiz.domain.readiness import Facts

READY = Facts(0, 0, 0, (), True, (), True)


def test_a_service_with_everything_done_may_go_live():
    assert readiness.must_be_complete(readiness.checklist(READY)) is None


@pytest.mark.parametrize(
    ("changes", "key", "how"),
    [
        ({"unconfirmed_contacts": 1}, "contacts", "1 to confirm"),
        ({"unagreed_critical": 2}, "critical", "2 questions without an agreement"),
        ({"loaded_questions": 81}, "questions", "81 questions came with the program"),
        ({"privacy_missing": ("contact", "retention")}, "privacy", "contact, retention"),
        ({"blueprint_adopted": False}, "blueprint", "quiz blueprint adopt"),
        ({"unsupervised_unset": ("renewal",)}, "unsupervised", "Decide for: renewal"),
        ({"key_backup_made": False}, "keys", "quiz backup --keys"),
    ],
)
def test_what_is_missing_is_named_and_holds_the_service_back(changes, key, how):
    items = readiness.checklist(replace(READY, **changes))
    (missing,) = [item for item in items if not item.done]
    assert missing.key == key and how in missing.how
    with pytest.raises(Refused, match=missing.title):
        readiness.must_be_complete(items)


def test_a_new_service_is_told_everything_at_once():
    items = readiness.checklist(Facts(3, 15, 80, ("contact",), False, ("renewal",), False))
    with pytest.raises(Refused) as refused:
        readiness.must_be_complete(items)
    assert [item.title for item in items if item.title not in refused.value.message] == []
