"""The audit log."""

import pytest
from sqlalchemy import Engine, text


def test_the_log_says_who_did_what_and_leads_to_the_driver(auditor, officer, made):
    officer.open(f"/staff/drivers/{made.person_id}")
    page = auditor.open("/staff/audit")
    first = " ".join(page.soup.select_one("main tbody tr").get_text().split())
    assert "23 November 2026 at 9:00am Robin Officer Record opened A driver" in first
    assert f"/staff/drivers/{made.person_id}" in page.links.values()


def test_no_name_of_a_driver_is_in_the_log(auditor, make):
    make.driver(name="Zoë Ng", number="PH8888")
    text = auditor.open("/staff/audit").text
    assert "Zoë" not in text and "PH8888" not in text


def test_the_log_goes_on_at_older_entries_down_to_the_first(auditor):
    auditor.open("/staff/audit")
    for _ in range(20):
        older = next((way for words, way in auditor.page.links.items() if "Older" in words), None)
        if older is None:
            break
        auditor.open(older)
    assert "Service set up" in auditor.page.text


@pytest.mark.parametrize("before", ["-1", "x", "9" * 40, "٣"])
def test_nonsense_in_the_address_is_the_first_page(auditor, before):
    assert "Signed in" in auditor.open(f"/staff/audit?before={before}").text


@pytest.mark.both_engines
def test_a_whole_chain_is_said_to_hold(auditor, make):
    make.attempt(make.driver())
    auditor.open("/staff/audit")
    page = auditor.press("Check the chain now")
    assert page.heading == "The chain holds" and "entries fit together" in page.text


def test_a_change_behind_the_programs_back_is_found(auditor, engine: Engine):
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_refuses_update"))
        connection.execute(text("UPDATE audit_entry SET content = replace(content, 'cli:test', 'cli:other')"
                                " WHERE sequence = 7"))  # fmt: skip
    auditor.open("/staff/audit")
    page = auditor.press("Check the chain now")
    assert page.heading == "The chain does not hold" and "It breaks at entry 7" in page.text


def test_entries_cut_off_at_the_end_are_found(auditor, engine: Engine):
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_refuses_delete"))
        connection.execute(text("DELETE FROM audit_entry WHERE sequence = (SELECT max(sequence) FROM audit_entry)"))
    auditor.open("/staff/audit")
    assert auditor.press("Check the chain now").heading == "The chain does not hold"


def test_only_an_auditor_reads_the_log(officer, administrator):
    assert [one.open("/staff/audit").status for one in (officer, administrator)] == [403, 403]


def test_the_log_takes_at_most_12_statements(auditor, cost):
    assert cost(auditor, "/staff/audit") <= 12
