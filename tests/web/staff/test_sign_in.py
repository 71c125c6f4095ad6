"""Staff come in and go out."""


def test_an_officer_signs_in(officer):
    assert officer.page.heading == "Staff pages"
