"""The one way in which a rule says no."""


class Refused(Exception):
    """A rule refuses. `code` is stable and documented; `message` is for the reader, in plain words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
