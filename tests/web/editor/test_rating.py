"""Judges rate blind: what others said is shown to whoever has spoken."""

from quiz.actions import rating
from quiz.records import bank


def test_a_judge_sees_the_others_only_after_their_own_word(editor, make):
    with make.reading() as session:
        version = bank.live_versions(session, "driver")[0]
    with make.work("staff:other") as work:
        rating.rate(work, version.id, 37)
    editor.open(f"/editor/questions/{version.question_id}")
    page = editor.follow("Rate how hard it is")
    assert "37" not in page.text and "You see what others said" in page.text
    assert editor.press("Keep my rating", share="a lot").errors == ["Enter a whole number from 0 to 100"]
    page = editor.press("Keep my rating", share=" 63 % ")
    assert "You said: 63 of 100." in page.text and "37" in page.text and "The mean is 50.0." in page.text
    assert "No driver has answered it yet." in page.text
