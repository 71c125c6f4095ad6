"""Stored keys in the words of the office."""

from collections.abc import Mapping

from quiz.domain import results
from quiz.domain.certificate import Standing
from quiz.domain.decisions import Kind

OUTCOMES = results.OUTCOME_WORDS
ENDS = {
    "sent-in": "The driver sent it in",
    "time": "Time ran out. The answers saved until then were marked",
    "stopped": "The invigilator ended it. The answers saved until then were marked",
}
MODES = {"live": "", "pilot": "Pilot", "sample": "Sample"}
SUPERVISED = results.SUPERVISED_WORDS
ASKED = {True: "Supervision asked for", False: "Unsupervised"}
STANDINGS = {
    Standing.CURRENT: "Valid",
    Standing.EXPIRED: "Expired",
    Standing.WITHDRAWN: "Withdrawn",
    Standing.REPLACED: "Replaced by a newer one",
}
DECISIONS = {
    Kind.VOID: "Test set aside",
    Kind.ANOTHER_TRY: "Another try allowed",
    Kind.EXTEND: "More time given",
    Kind.REVOKE: "Certificate withdrawn",
    Kind.REPLACE: "Certificate replaced",
    Kind.UPHELD: "Unsafe answer read: the result stands",
    Kind.WITHDRAWN: "Unsafe answer read: the unsafe mark is withdrawn",
    Kind.MARK_AGAIN: "Marked again: a question was wrong",
    Kind.ACCEPT: "Certificate from elsewhere accepted",
    Kind.END_ACCEPTED: "Certificate from elsewhere does not count any more",
}
KINDS = {
    "person": "A driver",
    "cli": "The command line",
    "service": "The service",
    "public": "Somebody not signed in",
}
EVENTS = {
    "person.added": "Driver added",
    "person.corrected": "Details corrected",
    "person.read": "Record opened",
    "phone-list.read": "List with telephone numbers opened",
    "licence.added": "Licence added",
    "licence.corrected": "Licence corrected",
    "invitation.made": "Invited to take the test",
    "code.issued": "Access code issued",
    "invitations.asked-for": "Asked to invite a whole list",
    "letter.written": "Letter written, to be sent, printed or told",
    "letter.sent": "Letter sent by e-mail",
    "letter.unknown": "Letter: nobody knows whether it was sent",
    "letter.refused": "Letter refused by the mail server",
    "letter.came-back": "Letter came back: the service could not deliver it",
    "letter.code-erased": "Access code in a letter erased: too old",
    "code.withdrawn": "Access code withdrawn: nobody had printed or sent it",
    "letter.again": "Letter to be sent again",
    "letter.printed": "Letter printed",
    "letter.rung": "Told by telephone instead of a letter",
    "letter.given-up": "Letter not sent",
    "letter-text.saved": "Words of a letter changed",
    "group.made": "Group of other people made",
    "membership.added": "Put into a group",
    "membership.ended": "Taken out of a group",
    "letter.made": "Letter with the access code made",
    "driver.signed-in": "Signed in",
    "driver.signed-out": "Signed out",
    "attempt.started": "Test started",
    "attempt.finished": "Test ended and marked",
    "attempt.marked-again": "Test marked again",
    "attempt.paused": "Clock stopped",
    "attempt.resumed": "Clock started again",
    "sitting.opened": "Test session opened",
    "sitting.closed": "Test session closed",
    "seat.added": "Put on the list of a test session",
    "seat.removed": "Taken off the list of a test session",
    "seat.let-in": "Let in to a test session",
    "seat.put-back": "Not let in after all",
    "training.planned": "Training session planned",
    "training.changed": "Training session changed",
    "training.cancelled": "Training session cancelled",
    "training.listed": "Put on the list of a training session",
    "training.unlisted": "Taken off the list of a training session",
    "training.noted": "Attendance of a training session noted",
    "training.accepted": "Attendance elsewhere accepted",
    "training.ended": "Attendance elsewhere does not count any more",
    "training.printed": "List or certificates of a training session made",
    "scan.kept": "Scan of a certificate kept",
    "scan.taken": "Scan of a certificate downloaded",
    "scans.swept": "Files of scans that were not kept erased",
    "signal.answered": "The driver answered what a computer noticed",
    "incident.noted": "Note about a test session",
    "keys.rotated": "New key for signing",
    "keys.given-up": "Key for signing given up",
    "certificate.issued": "Certificate issued",
    "certificate.replaced": "Certificate replaced",
    "certificate.withdrawn": "Certificate withdrawn",
    "decision.made": "Decision made",
    "unsafe.read": "Unsafe answer read",
    "adjustment.agreed": "Adjustment agreed",
    "adjustment.ended": "Adjustment ended",
    "results.exported": "Results made into a file or printed",
    "results.taken": "File of results downloaded",
    "results.erased": "File of results erased",
    "evidence.made": "Evidence pack made",
    "evidence.taken": "Evidence pack downloaded",
    "work.asked-for": "Long work asked for",
    "work.ended": "Long work ended",
    "report.issued": "Monitoring report issued",
    "report.taken": "Monitoring report downloaded",
    "action.added": "Added to the action plan",
    "action.changed": "Action of the plan changed",
    "action.moved": "Action plan put into another order",
    "contact.changed": "Contact changed",
    "contact.confirmed": "Contact confirmed",
    "staff.added": "Staff account added",
    "staff.roles-changed": "Roles changed",
    "staff.password-reset": "Password reset",
    "staff.password-changed": "Own password changed",
    "staff.deactivated": "Account switched off",
    "staff.reactivated": "Account switched on again",
    "staff.signed-in": "Signed in",
    "staff.signed-out": "Signed out",
    "question.written": "Question written",
    "question.sent-to-review": "Question sent to review",
    "question.reviewed": "Question reviewed",
    "question.approved": "Question approved",
    "question.rated": "Question rated by a judge",
    "question.suspended": "Question suspended",
    "question.restore-asked": "Asked to bring a question back",
    "question.found-wrong": "Question found wrong: tests marked again",
    "question.restored": "Question brought back",
    "agreement.recorded": "Agreement on unsafe answers recorded",
    "agreement.withdrawn": "Agreement on unsafe answers withdrawn",
    "questions.packed": "Review pack made",
    "blueprint.saved": "Rules of the test saved",
    "keys.backed-up": "Keys backed up",
    "service.installed": "Service set up",
    "clock.renewed": "The machine’s clock, which was moved, counts again",
    "service.live": "Service went live",
}


def event(key: str) -> str:
    """What happened; a key that has no words yet is shown as it is."""
    return EVENTS.get(key, key)


def actor(key: str, names: Mapping[str, str]) -> str:
    """Who did it: staff by name, everybody else by what they are."""
    if key in names:
        return names[key]
    return KINDS.get(key.partition(":")[0], key)
