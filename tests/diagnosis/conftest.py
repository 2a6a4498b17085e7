"""A cache folder of the tests' own, and a pasted reply read as the product reads it."""

import os
from collections.abc import Callable, Iterator

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Diagnosis
from bounce_tui.parsing.replies import read_reply


@pytest.fixture(scope="session", autouse=True)
def _cache_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    kept = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if kept is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = kept


@pytest.fixture(scope="session")
def explain() -> Callable[[str], Diagnosis]:
    """What `bounce-tui explain TEXT` says."""

    def explained(text: str) -> Diagnosis:
        return diagnose(read_reply(text), Bounce())

    return explained
