"""Who may do what, in words: change this table only when the council's list of duties changes."""

from itertools import combinations

import pytest

from quiz.domain import roles
from quiz.domain.roles import GRANTS, STAFF_ROLES, Permission, Role

EXPECTED = {
    "driver": {"sit a test"},
    "officer": {
        "manage one's own staff account",
        "see attempts and results",
        "find drivers and open their records",
        "add drivers and correct their details",
        "import lists of licence holders",
        "issue access codes",
        "change the words of letters",
        "hold test sessions",
        "plan training sessions and note attendance",
        "decide about attempts and certificates",
        "download results",
        "keep groups of other people and their tests",
        "make evidence packs",
        "read monitoring reports",
        "issue monitoring reports and keep the action plan",
        "read results with an unsafe answer",
        "mark tests again after a question was found wrong",
        "see contacts",
        "change and confirm contacts",
        "see the go-live list",
    },
    "invigilator": {"manage one's own staff account", "hold test sessions", "see contacts"},
    "editor": {
        "manage one's own staff account",
        "read questions and their answers",
        "write questions and send them to review",
        "approve or return a question",
        "suspend a question now",
        "bring back a suspended question",
        "see contacts",
    },
    "safeguarding lead": {
        "manage one's own staff account",
        "read questions and their answers",
        "approve or return a question",
        "approve critical questions and record agreements",
        "read results with an unsafe answer",
        "read monitoring reports",
        "suspend a question now",
        "bring back a suspended question",
        "see contacts",
        "change and confirm contacts",
        "see the go-live list",
    },
    "administrator": {
        "manage one's own staff account",
        "see contacts",
        "change and confirm contacts",
        "see the go-live list",
        "go live",
        "keep groups of other people and their tests",
        "change the words of letters",
        "read monitoring reports",
        "manage staff accounts",
    },
    "auditor": {
        "manage one's own staff account",
        "see attempts and results",
        "find drivers and open their records",
        "read questions and their answers",
        "see contacts",
        "see the go-live list",
        "read the audit log",
        "read monitoring reports",
    },
}
CHANGING = {
    Permission.ADD_DRIVERS, Permission.IMPORT_DRIVERS, Permission.ISSUE_CODES, Permission.WRITE_QUESTIONS,
    Permission.REVIEW_QUESTIONS,
    Permission.APPROVE_CRITICAL, Permission.SUSPEND_QUESTIONS, Permission.RESTORE_QUESTIONS,
    Permission.EDIT_CONTACTS, Permission.EDIT_LETTERS, Permission.GO_LIVE, Permission.MANAGE_STAFF,
    Permission.ISSUE_REPORTS,
}  # fmt: skip
QUESTION_WORK = {Permission.SEE_QUESTIONS, Permission.WRITE_QUESTIONS, Permission.REVIEW_QUESTIONS}


def test_the_table_of_duties():
    assert {str(role): set(map(str, granted)) for role, granted in GRANTS.items()} == EXPECTED


def test_every_permission_is_somebodys():
    assert set(Permission) == frozenset().union(*GRANTS.values())


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_all_staff_manage_their_own_account_and_never_sit_a_test(role):
    assert Permission.OWN_ACCOUNT in GRANTS[role]
    assert Permission.SIT_TEST not in GRANTS[role]


def test_a_driver_does_nothing_but_sit_the_test():
    assert GRANTS[Role.DRIVER] == {Permission.SIT_TEST}


def test_nobody_writes_questions_and_approves_critical_ones():
    both = {Permission.WRITE_QUESTIONS, Permission.APPROVE_CRITICAL}
    assert not [role for role in Role if both <= GRANTS[role]]


def test_nobody_issues_codes_and_reads_the_answers():
    assert not [role for role in Role if {Permission.ISSUE_CODES, Permission.SEE_QUESTIONS} <= GRANTS[role]]


def test_an_auditor_changes_nothing():
    assert not GRANTS[Role.AUDITOR] & CHANGING


def test_who_manages_accounts_neither_sees_drivers_nor_questions():
    seen = QUESTION_WORK | {Permission.FIND_DRIVERS, Permission.SEE_ATTEMPTS, Permission.EXPORT_RESULTS}
    assert not [role for role in Role if Permission.MANAGE_STAFF in GRANTS[role] and GRANTS[role] & seen]


def test_who_works_on_questions_sees_no_drivers_unless_to_audit():
    found = {role for role in Role if GRANTS[role] & QUESTION_WORK and Permission.FIND_DRIVERS in GRANTS[role]}
    assert found == {Role.AUDITOR}


def test_somebody_with_two_roles_may_do_what_either_may():
    for one, other in combinations(Role, 2):
        granted = {permission for permission in Permission if roles.may([one, other], permission)}
        assert granted == GRANTS[one] | GRANTS[other]


def test_nobody_may_nothing():
    assert not [permission for permission in Permission if roles.may([], permission)]
