"""Every table in one place, for migrations, backups and the drift test."""

from sqlalchemy import MetaData

from quiz.records import (
    action_plan,
    adjustments,
    answers,
    attempts,
    audit,
    certificates,
    contacts,
    decisions,
    elsewhere,
    evidence,
    found_wrong,
    groups,
    imports,
    invitations,
    jobs,
    letters,
    levels,
    limits,
    marks,
    papers,
    pauses,
    people,
    questions,
    replies,
    reports,
    scans,
    service,
    sessions,
    sittings,
    staff,
    standing,
    training,
    unsafe,
)
from quiz.records.base import Record

MODULES = (
    action_plan, adjustments, answers, attempts, audit, certificates, contacts, decisions, elsewhere, evidence,
    found_wrong, groups, imports, invitations, jobs, letters, levels, limits, marks,
    papers, pauses, people, questions, replies, reports, scans, service, sessions, sittings, staff, standing, unsafe,
    adjustments, answers, attempts, audit, certificates, contacts, decisions, elsewhere, evidence, found_wrong,
    invitations, jobs, letters, levels, limits, marks,
    papers, pauses, people, questions, replies, service, sessions, sittings, staff, standing, training, unsafe,
)  # fmt: skip

# Rows of these tables are written once. Triggers refuse to change or remove them on both engines.
APPEND_ONLY = (
    "audit_entry", "contact_set", "contact", "version", "review_request", "review", "approval",
    "paper_slot", "answer", "mark", "decision", "evidence_pack", "incident", "rating", "reply", "unsafe_reading",
    "found_wrong", "letter_text", "report", "action_change",
    "found_wrong", "letter_text", "attendance_note",
)  # fmt: skip

METADATA: MetaData = Record.metadata
