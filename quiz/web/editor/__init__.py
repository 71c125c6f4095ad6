"""The question editors' pages: read, write, review, agree, suspend and bring back."""

from flask import Response
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import Conflict

from quiz.web import errors


def overtaken(_error: IntegrityError) -> Response:
    """Two people pressed at the same moment and the database kept the first: the second is told to look again."""
    return errors.plain(Conflict())
