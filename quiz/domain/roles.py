"""Who may do what: one table, read by the guard, the menus and the tests."""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    """What a view may ask for. The value is the wording of the access list."""

    SIT_TEST = "sit a test"
    OWN_ACCOUNT = "manage one's own staff account"
    SEE_ATTEMPTS = "see attempts and results"
    FIND_DRIVERS = "find drivers and open their records"
    ADD_DRIVERS = "add drivers and correct their details"
    IMPORT_DRIVERS = "import lists of licence holders"
    ISSUE_CODES = "issue access codes"
    EDIT_LETTERS = "change the words of letters"
    SUPERVISE = "hold test sessions"
    MANAGE_TRAINING = "plan training sessions and note attendance"
    DECIDE = "decide about attempts and certificates"
    READ_UNSAFE = "read results with an unsafe answer"
    MARK_AGAIN = "mark tests again after a question was found wrong"
    MANAGE_GROUPS = "keep groups of other people and their tests"
    EXPORT_RESULTS = "download results"
    MAKE_EVIDENCE = "make evidence packs"
    SEE_REPORTS = "read monitoring reports"
    ISSUE_REPORTS = "issue monitoring reports and keep the action plan"
    SEE_QUESTIONS = "read questions and their answers"
    WRITE_QUESTIONS = "write questions and send them to review"
    REVIEW_QUESTIONS = "approve or return a question"
    APPROVE_CRITICAL = "approve critical questions and record agreements"
    SUSPEND_QUESTIONS = "suspend a question now"
    RESTORE_QUESTIONS = "bring back a suspended question"
    SEE_CONTACTS = "see contacts"
    EDIT_CONTACTS = "change and confirm contacts"
    SEE_READINESS = "see the go-live list"
    GO_LIVE = "go live"
    MANAGE_STAFF = "manage staff accounts"
    SEE_AUDIT = "read the audit log"


class Role(StrEnum):
    """What a person is to the service."""

    DRIVER = "driver"
    OFFICER = "officer"
    INVIGILATOR = "invigilator"
    EDITOR = "editor"
    LEAD = "safeguarding lead"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


STAFF_ROLES = tuple(role for role in Role if role is not Role.DRIVER)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.DRIVER: frozenset({Permission.SIT_TEST}),
    Role.OFFICER: frozenset(
        {
            Permission.OWN_ACCOUNT,
            Permission.SEE_ATTEMPTS,
            Permission.FIND_DRIVERS,
            Permission.ADD_DRIVERS,
            Permission.IMPORT_DRIVERS,
            Permission.ISSUE_CODES,
            Permission.EDIT_LETTERS,
            Permission.SUPERVISE,
            Permission.MANAGE_TRAINING,
            Permission.DECIDE,
            Permission.READ_UNSAFE,
            Permission.MARK_AGAIN,
            Permission.MANAGE_GROUPS,
            Permission.EXPORT_RESULTS,
            Permission.MAKE_EVIDENCE,
            Permission.SEE_REPORTS,
            Permission.ISSUE_REPORTS,
            Permission.SEE_CONTACTS,
            Permission.EDIT_CONTACTS,
            Permission.SEE_READINESS,
        }
    ),
    Role.INVIGILATOR: frozenset({Permission.OWN_ACCOUNT, Permission.SUPERVISE, Permission.SEE_CONTACTS}),
    Role.EDITOR: frozenset(
        {
            Permission.OWN_ACCOUNT,
            Permission.SEE_QUESTIONS,
            Permission.WRITE_QUESTIONS,
            Permission.REVIEW_QUESTIONS,
            Permission.SUSPEND_QUESTIONS,
            Permission.RESTORE_QUESTIONS,
            Permission.SEE_CONTACTS,
        }
    ),
    Role.LEAD: frozenset(
        {
            Permission.OWN_ACCOUNT,
            Permission.READ_UNSAFE,
            Permission.SEE_REPORTS,
            Permission.SEE_QUESTIONS,
            Permission.REVIEW_QUESTIONS,
            Permission.APPROVE_CRITICAL,
            Permission.SUSPEND_QUESTIONS,
            Permission.RESTORE_QUESTIONS,
            Permission.SEE_CONTACTS,
            Permission.EDIT_CONTACTS,
            Permission.SEE_READINESS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.OWN_ACCOUNT,
            Permission.SEE_REPORTS,
            Permission.SEE_CONTACTS,
            Permission.EDIT_CONTACTS,
            Permission.SEE_READINESS,
            Permission.GO_LIVE,
            Permission.EDIT_LETTERS,
            Permission.MANAGE_GROUPS,
            Permission.MANAGE_STAFF,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            Permission.OWN_ACCOUNT,
            Permission.SEE_ATTEMPTS,
            Permission.FIND_DRIVERS,
            Permission.SEE_REPORTS,
            Permission.SEE_QUESTIONS,
            Permission.SEE_CONTACTS,
            Permission.SEE_READINESS,
            Permission.SEE_AUDIT,
        }
    ),
}


def may(roles: Iterable[Role], permission: Permission) -> bool:
    """Whether any of these roles is granted the permission."""
    return any(permission in GRANTS[role] for role in roles)
