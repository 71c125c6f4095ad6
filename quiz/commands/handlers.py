"""Which function does each kind of long work."""

from collections.abc import Mapping

from quiz.actions import importing
from quiz.actions.exporting import KIND as RESULTS
from quiz.actions.inviting import KIND as INVITATIONS
from quiz.actions.reporting import KIND as REPORT
from quiz.commands import importing as lists
from quiz.commands import inviting, report_issue, results_file
from quiz.commands.working import Handler

HANDLERS: Mapping[str, Handler] = {
    importing.READ: lists.read,
    importing.APPLY: lists.apply,
    importing.DISCARD: lists.discard,
    RESULTS: results_file.make,
    REPORT: report_issue.issue,
    INVITATIONS: inviting.invite,
}
