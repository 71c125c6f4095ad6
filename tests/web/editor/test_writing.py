"""Writing a question: the checker's words on their fields, nothing lost, nobody's work undone."""

from datetime import date

from quiz.actions import editing
from quiz.domain.question import Option
from tests.make import draft
from tests.web.editor.steps import NEW_WHY, correct, here, newest, typed


def test_a_new_question_is_a_draft(editor, make):
    editor.open("/editor/questions/new")
    page = editor.press("Save", **typed(draft()))
    assert (page.heading, "draft" in page.text) == ("t01-made-up", True)
    assert "No version of this question is approved" in page.text
    assert newest(make, "t01-made-up").draft == draft()


def test_choose_two_and_unsafe_options_are_written(editor, make):
    options = (
        Option("Ring 999 from where you stand", right=True),
        Option(
            "Go after them until the police come",
            unsafe=True,
            harm="You or others may be hurt.",
            source="RECOMMENDATION",
            why="It feels brave.",
        ),
        Option("Write it down when you are at home", why="It is late by then."),
        Option("Ask the people nearby what happened", why="They may not know."),
    )
    made = draft("t07-made-up", topic="T7", options=options, foes=("t07-car-drives-away",), local=True)
    editor.open("/editor/questions/new")
    editor.press("Save", **typed(made), foes="t07-car-drives-away", local="y")
    assert newest(make, "t07-made-up").draft == made


def test_every_problem_stands_on_its_field_and_nothing_typed_is_lost(editor, plain, make):
    editor.open(here(plain) + "/edit")
    wrong = {
        "stem": "Do NOT ring 01257 515151.",
        "options-1-text": "None of the above",
        "options-2-text": " ".join(["word"] * 15),
        "why": "",
        "sources": "NO-SUCH\nOSCB",
        "foes": "t99-nothing",
        "review_by-year": "2020",
    }
    page = editor.press("Save", **wrong)
    assert {field: page.field_for(field).get_text().strip() for field in ("Question", "Sources")} == {
        "Question": wrong["stem"],
        "Sources": wrong["sources"],
    }
    assert page.soup.select_one("#options-2-text").get_text().strip() == wrong["options-2-text"]
    assert page.soup.select_one("#review_by-year")["value"] == "2020"
    told = {
        found["id"].removesuffix("-error"): " ".join(found.get_text().split())
        for found in page.soup.select("main [id$=-error]")
    }
    assert "NOT or EXCEPT" in told["stem"] and "{number:KEY}" in told["stem"]
    assert "Option 3" in told["options-2-text"] and "15 words" in told["options-2-text"]
    assert told["why"].endswith("Say why the right answer is right")
    assert "NO-SUCH" in told["sources"]
    assert "t99-nothing" in told["foes"]
    assert told["review_by"].endswith("The day must be in the future")
    assert newest(make, plain).number == 1


def test_an_option_tells_its_own_problems(editor, critical, make):
    unsafe = next(n for n, option in enumerate(newest(make, critical).draft.options) if option.unsafe)
    editor.open(here(critical) + "/edit")
    page = editor.press("Save", **{f"options-{unsafe}-harm": ""})
    assert [words[:9] for words in page.errors] == [f"Option {unsafe + 1}:"]
    assert page.soup.select_one(f"#options-{unsafe}-harm-error")


def test_an_empty_form_says_all_that_is_missing(editor):
    editor.open("/editor/questions/new")
    page = editor.press("Save")
    assert page.errors[0].startswith("Give the question an id")
    assert "Write the question" in page.errors
    assert "Enter the day by which somebody must look at this question again" in page.errors
    assert "A single-answer question has 4 options; this one has 0" in page.errors


def test_a_name_that_is_taken_is_refused(editor, plain):
    editor.open("/editor/questions/new")
    page = editor.press("Save", **typed(draft(plain)))
    assert "There is already a question with this name; choose another" in page.errors


def test_nearly_the_same_question_is_refused(editor, plain, make):
    stem = newest(make, plain).draft.stem
    editor.open("/editor/questions/new")
    page = editor.press("Save", **typed(draft(stem=stem)))
    assert page.errors == [f"This is nearly the same question as “{plain}”; ask something else"]


def test_a_day_that_does_not_exist_is_kept_and_named(editor, plain):
    editor.open(here(plain) + "/edit")
    page = editor.press("Save", **{"review_by-day": "31", "review_by-month": "2"})
    assert page.errors == ["Look at this question again by must be a real date, for example 21 11 2026"]
    assert page.soup.select_one("#review_by-day")["value"] == "31"


def test_saving_twice_makes_one_version(editor, plain, make):
    editor.open(here(plain) + "/edit")
    form = editor.page
    assert "Version 2 is saved as a draft" in editor.press("Save", why=NEW_WHY).text
    editor.page = form
    assert "it is version 2" in editor.press("Save", why=NEW_WHY).text
    assert newest(make, plain).number == 2


def test_saving_without_a_change_makes_no_version(editor, plain, make):
    editor.open(here(plain) + "/edit")
    assert "it is version 1" in editor.press("Save").text
    assert newest(make, plain).number == 1


def test_a_colleague_was_quicker(editor, second, plain, make):
    editor.open(here(plain) + "/edit")
    correct(second, plain, "Words of the colleague.")
    page = editor.press("Save", why=NEW_WHY)
    assert page.status == 409
    assert page.errors == [
        "Version 2 was saved while you were writing, so your text is not saved yet. "
        "Compare the two, then press “Save” again"
    ]
    assert page.field_for("Why the right answer is right").get_text().strip() == NEW_WHY
    gone, came = (" ".join(words.get_text() for words in page.soup.select(tag)) for tag in ("del", "ins"))
    assert "colleague." in gone and "changed." in came
    assert newest(make, plain).number == 2
    assert "Version 3 is saved" in editor.press("Save").text
    assert newest(make, plain).draft.why == NEW_WHY


def test_what_has_gone_from_the_lists_stays_chosen(editor, make):
    with make.work("staff:somebody") as work:
        editing.add_version(work, draft(section="start-here#gone"), "driver", "written")
    page = editor.open(here("t01-made-up") + "/edit")
    assert page.soup.select_one("#section option[selected]")["value"] == "start-here#gone"
    assert editor.press("Save", why=NEW_WHY).errors == [
        "There is no handbook section “start-here#gone”; write chapter#section"
    ]


def test_spaces_and_line_ends_are_tidied(editor, plain, make):
    editor.open(here(plain) + "/edit")
    editor.press("Save", why="Two \r\n lines\x0b and   spaces. ", sources=" OSCB,\r\nOSCB ", **{"review_by-year": 2030})
    saved = newest(make, plain).draft
    assert (saved.why, saved.sources, saved.review_by.year) == ("Two lines and spaces.", ("OSCB",), 2030)
    assert isinstance(saved.review_by, date)
