"""Colleagues of the editor, and the questions that these tests are about."""

from collections.abc import Callable

import pytest

from quiz.domain.roles import Role
from tests.conftest import signed_in
from tests.make import Make
from tests.page import Browser
from tests.web.editor import steps


def colleague(browse: Callable[[], Browser], make: Make, name: str, *roles: Role) -> Browser:
    """Somebody with these roles, signed in."""
    email = f"{name.replace(' ', '.').casefold()}@example.com"
    return signed_in(browse, make, *roles, email=email, name=name)


@pytest.fixture
def second(browse: Callable[[], Browser], make: Make) -> Browser:
    """Another editor."""
    return colleague(browse, make, "Sam Second", Role.EDITOR)


@pytest.fixture
def both(browse: Callable[[], Browser], make: Make) -> Browser:
    """An editor who is a safeguarding lead too."""
    return colleague(browse, make, "Bo Both", Role.EDITOR, Role.LEAD)


@pytest.fixture
def plain(make: Make) -> str:
    """A live question without an unsafe option."""
    return steps.live(make, critical=False)


@pytest.fixture
def critical(make: Make) -> str:
    """A live question with an unsafe option."""
    return steps.live(make, critical=True)
