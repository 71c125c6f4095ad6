"""What a question is. Files, the editor's form, practice and imports all make this value."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer.

    `unsafe` says that choosing it shows dangerous practice, `harm` to whom and how, `source` on what that rests: the
    key RECOMMENDATION there means that agreement of a body outside is still wanted. `why` tells what tempts a decent
    driver and why it is wrong.
    """

    text: str
    right: bool = False
    unsafe: bool = False
    harm: str = ""
    source: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as it is written: the same value from a file, a form or an import."""

    id: str
    topic: str
    stem: str
    options: tuple[Option, ...]
    why: str
    sources: tuple[str, ...]
    section: str
    review_by: date
    two: bool = False
    local: bool = False
    foes: tuple[str, ...] = ()

    @property
    def critical(self) -> bool:
        """A critical question has at least one unsafe option."""
        return any(option.unsafe for option in self.options)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: the field it stands in and the sentence to show.

    Of one option: its number (from 1) and which `part` of it; 0 is the field as a whole.
    """

    field: str
    message: str
    option: int = 0
    part: str = "text"

    def __str__(self) -> str:
        return f"Option {self.option}: {self.message}" if self.option else self.message


@dataclass(frozen=True, slots=True)
class Known:
    """What a question may refer to."""

    topics: Set[str] = field(default_factory=frozenset)
    sources: Set[str] = field(default_factory=frozenset)
    sections: Set[str] = field(default_factory=frozenset)
    contacts: Set[str] = field(default_factory=frozenset)
    critical_topics: Set[str] = field(default_factory=frozenset)
    everyday: Set[str] = field(default_factory=frozenset)
