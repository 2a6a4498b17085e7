"""A pasted reply read as the product reads it."""

from collections.abc import Callable

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Diagnosis
from bounce_tui.parsing.replies import read_reply


@pytest.fixture(scope="session")
def explain() -> Callable[[str], Diagnosis]:
    """What `bounce-tui explain TEXT` says."""

    def explained(text: str) -> Diagnosis:
        return diagnose(read_reply(text), Bounce())

    return explained
