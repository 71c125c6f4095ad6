"""Which function does each kind of long work."""

from collections.abc import Mapping

from quiz.actions.exporting import KIND as RESULTS
from quiz.commands import results_file
from quiz.commands.working import Handler

HANDLERS: Mapping[str, Handler] = {
    RESULTS: results_file.make,
}
