"""The audit log: one chain, whoever appends at the same time; what is changed behind its back is found."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text, update

from quiz.domain import chain
from quiz.records import audit
from quiz.records.audit import AuditHead
from tests.make import Make

THREADS, EACH = 4, 20


def append(make: Make, subject: str = "person:1", event: str = "made-up") -> None:
    with make.work() as work:
        work.record(event, subject, n=1)


def first_break(make: Make) -> int | None:
    with make.reading() as session:
        return audit.first_break(session)


def without_trigger(make: Make, change: str) -> None:
    """What somebody with the rights of an owner could do."""
    with make.work() as work:
        if work.session.get_bind().dialect.name == "sqlite":
            work.session.execute(text("DROP TRIGGER audit_entry_refuses_update"))
            work.session.execute(text("DROP TRIGGER audit_entry_refuses_delete"))
        else:
            work.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        work.session.execute(text(change))


def test_the_chain_of_a_new_service_holds(make):
    assert first_break(make) is None


def test_the_chain_holds_when_many_append_at_once(make):
    with make.reading() as session:
        before = audit.head(session).sequence
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda n: [append(make, f"person:{n}") for _ in range(EACH)], range(THREADS)))
    with make.reading() as session:
        assert audit.head(session).sequence == before + THREADS * EACH
        assert [len(audit.about(session, f"person:{n}")) for n in range(THREADS)] == [EACH] * THREADS
    assert first_break(make) is None


def test_an_entry_of_a_transaction_that_fails_is_not_there(make):
    with pytest.raises(RuntimeError), make.work() as work:
        work.record("made-up", "person:1")
        raise RuntimeError
    append(make)
    assert first_break(make) is None


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE audit_entry SET content = replace(content, '\"cli:test\"', '\"cli:root\"') WHERE sequence = 3", 3),
        ("UPDATE audit_entry SET hash = '0' WHERE sequence = 4", 4),
        ("DELETE FROM audit_entry WHERE sequence = 5", 5),
    ],
    ids=["words", "hash", "one entry"],
)
def test_what_is_changed_behind_its_back_is_found(make, change, found):
    without_trigger(make, change)
    assert first_break(make) == found


def test_entries_missing_at_the_end_are_found(make):
    append(make)
    with make.reading() as session:
        end = audit.head(session).sequence
    without_trigger(make, f"DELETE FROM audit_entry WHERE sequence = {end}")  # noqa: S608
    assert first_break(make) == end


def test_a_head_that_was_set_back_is_found(make):
    append(make)
    with make.work() as work:
        work.session.execute(update(AuditHead).values(hash=chain.START))
    assert first_break(make) is not None


def test_an_empty_log_with_a_head_that_knows_more_is_found(make):
    without_trigger(make, "DELETE FROM audit_entry")
    assert first_break(make) is not None


def test_entries_are_read_newest_first_page_by_page(make):
    for n in range(5):
        append(make, f"person:{n}")
    with make.reading() as session:
        first = audit.page(session, size=3)
        second = audit.page(session, before=first[-1].sequence, size=3)
    assert [one.subject for one in (*first, *second)][:5] == [f"person:{n}" for n in (4, 3, 2, 1, 0)]
    assert len({one.sequence for one in (*first, *second)}) == 6


def test_what_happened_to_one_subject_newest_first(make):
    for event in ("one", "two", "three"):
        append(make, "person:7", event)
    append(make, "person:8")
    with make.reading() as session:
        assert [one.event for one in audit.about(session, "person:7", limit=2)] == ["three", "two"]


def test_no_name_and_no_number_of_a_person_stands_in_the_log(make):
    made = make.driver(name="Zoë Findable", number="FIND123", email="zoe@example.org")
    make.attempt(made)
    with make.reading() as session:
        everything = " ".join(link.content for link in audit.links(session)).casefold()
    assert [word for word in ("zoë", "findable", "find123", "example.org") if word in everything] == []
