"""Which function does each kind of long work, and what whoever asked must still be permitted when it begins."""

from collections.abc import Mapping

from quiz.actions import importing
from quiz.actions.exporting import KIND as RESULTS
from quiz.actions.inviting import KIND as INVITATIONS
from quiz.actions.reporting import KIND as REPORT
from quiz.commands import importing as lists
from quiz.commands import inviting, report_issue, results_file
from quiz.commands.working import Handler, Run
from quiz.domain.errors import Refused
from quiz.domain.roles import Permission
from quiz.records import staff

KINDS: Mapping[str, tuple[Permission, Handler]] = {
    importing.READ: (Permission.IMPORT_DRIVERS, lists.read),
    importing.APPLY: (Permission.IMPORT_DRIVERS, lists.apply),
    importing.DISCARD: (Permission.IMPORT_DRIVERS, lists.discard),
    RESULTS: (Permission.EXPORT_RESULTS, results_file.make),
    REPORT: (Permission.ISSUE_REPORTS, report_issue.issue),
    INVITATIONS: (Permission.ISSUE_CODES, inviting.invite),
}


def _permitted(permission: Permission, do: Handler) -> Handler:
    """Work may wait for long. It is not done for somebody who left, or has other duties, meanwhile."""

    def done(run: Run) -> str:
        with run.at.reading() as session:
            if not staff.may(session, run.job.asked_by, permission):
                raise Refused("not-permitted", "Whoever asked for this may not do it any more. Nothing was done.")
        return do(run)

    return done


HANDLERS: Mapping[str, Handler] = {kind: _permitted(*how) for kind, how in KINDS.items()}
