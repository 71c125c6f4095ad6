"""What a real instance still needs before it may go live. Until then it is a pilot."""

from dataclasses import dataclass

from quiz.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts and settings, read from the records."""

    unconfirmed_contacts: int
    unagreed_critical: int
    loaded_questions: int
    privacy_missing: tuple[str, ...]
    blueprint_adopted: bool
    unsupervised_unset: tuple[str, ...]
    key_backup_made: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the go-live list."""

    key: str
    title: str
    done: bool
    how: str


def checklist(facts: Facts) -> tuple[Item, ...]:
    """The go-live list, in the order in which it is best done."""
    return (
        Item("contacts", "Local contacts are confirmed", not facts.unconfirmed_contacts,
             f"{facts.unconfirmed_contacts} to confirm: ring each number, then confirm it on the contacts page"),
        Item("critical", "Unsafe answers of critical questions are agreed", not facts.unagreed_critical,
             f"{facts.unagreed_critical} questions without an agreement with the police or the partnership"),
        Item("questions", "Loaded questions are reviewed here", not facts.loaded_questions,
             f"{facts.loaded_questions} questions came with the program and nobody here has reviewed them"),
        Item("privacy", "The privacy notice is written", not facts.privacy_missing,
             "Fill in under [privacy] in settings.toml: " + ", ".join(facts.privacy_missing)),
        Item("blueprint", "The blueprint is adopted", facts.blueprint_adopted,
             "Have the committee adopt the rules, then run: quiz blueprint adopt"),
        Item("unsupervised", "Whether a test at home counts is decided", not facts.unsupervised_unset,
             "Decide for: " + ", ".join(facts.unsupervised_unset) + "; then run: quiz blueprint adopt"),
        Item("keys", "A backup of the keys is made", facts.key_backup_made,
             "Run: quiz backup --keys FILE, and keep the file and its passphrase in two places"),
    )  # fmt: skip


def must_be_complete(items: tuple[Item, ...]) -> None:
    """Refuses to go live while anything is missing, and says what."""
    open_items = [item.title for item in items if not item.done]
    if open_items:
        raise Refused("not-ready", "Not yet: " + "; ".join(open_items) + ". The go-live list says how to do each.")
