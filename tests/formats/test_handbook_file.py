"""Handbook files: what is read from them, and everything that can be wrong with one."""

import pytest

from quiz.formats import handbook_file
from quiz.settings import ROOT

GOOD = {
    "01-first.md": "# First\n\nBefore.\n\n## One {#one}\n\nRing {number:police}. [Two](second#two), [one](#one).\n",
    "02-second.md": "# Second\n\n## Two {#two}\n\nIn {council}: {questions} questions.\n",
}


def messages(text: str, contacts: set[str] | None = None) -> list[str]:
    return [one.message for one in handbook_file.problems(GOOD | {"01-first.md": text}, contacts)]


def test_a_file_becomes_a_chapter_with_its_sections():
    first, second = handbook_file.read(GOOD)
    assert (first.number, first.slug, first.title, first.opening) == (1, "first", "First", "Before.")
    assert [(section.anchor, section.heading) for section in second.sections] == [("two", "Two")]
    assert first.sections[0].text.startswith("Ring {number:police}.")


def test_questions_may_cite_chapter_and_anchor():
    assert handbook_file.addresses(handbook_file.read(GOOD)) == {"first#one", "second#two"}


def test_the_digest_changes_with_any_letter():
    assert handbook_file.digest(GOOD) == handbook_file.digest(dict(reversed(GOOD.items())))
    assert handbook_file.digest(GOOD) != handbook_file.digest(GOOD | {"02-second.md": "# Second"})


def test_good_files_have_no_problem():
    assert list(handbook_file.problems(GOOD, {"police"})) == []


def test_the_handbook_that_is_committed_has_no_problem():
    files = {path.name: path.read_text("utf-8") for path in (ROOT / "question_bank" / "handbook").glob("*.md")}
    assert files
    assert list(handbook_file.problems(files)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("First\n## One {#one}\n", "Begin the file with its title"),
        ("# First\nNothing more.\n", "at least one section"),
        ("# First\n## One\n", "Write the section as"),
        ("# First\n## One {#One}\n", "Write the section as"),
        ("# First\n## One {#one}\n## More {#one}\n", "The anchor “one” stands twice"),
        ("# First\n## One {#one}\n# Again\n", "Only the first line may be a title"),
        ("# First\n## One {#one}\n[x](second#three)\n", "The link “second#three” leads nowhere"),
        ("# First\n## One {#one}\n[x](http://example.org)\n", "The link “http://example.org” leads nowhere"),
        ("# First\n## One {#one}\n<b>Bold</b>\n", "Markdown only, no HTML: “<b>”"),
        ("# First\n## One {#one}\n{number:nobody}\n", "There is no contact called “nobody”"),
        ("# First\n## One {#one}\n{pass mark}\n", "Nothing is known to put in place of “{pass mark}”"),
    ],
)
def test_what_is_wrong_is_named(text, words):
    assert any(words in message for message in messages(text, {"police"})), messages(text, {"police"})


def test_a_file_without_a_number_is_named():
    problems = list(handbook_file.problems(GOOD | {"notes.md": "# Notes"}))
    assert [(one.file, one.message.split(",")[0]) for one in problems] == [
        ("notes.md", "Name the file NN-words-with-dashes.md")
    ]


def test_two_chapters_cannot_share_a_number():
    problems = list(handbook_file.problems(GOOD | {"02-more.md": "# More\n## Three {#three}\n"}))
    assert [one.message for one in problems] == ["Two chapters have the number 2"]
