"""A pasted reply read as the product reads it, and our own files read from TOML once."""

import pickle
import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Diagnosis
from bounce_tui.parsing.single_reply import read_reply


@pytest.fixture(scope="module", autouse=True)
def _known_toml() -> Iterator[None]:
    """Dozens of tests compile all rules anew, each with a file of its own beside ours: what tomllib makes of
    the same text is kept, a new copy for each."""
    parse = tomllib.loads
    packed = lru_cache(maxsize=200)(lambda text: pickle.dumps(parse(text)))

    def loads(text: str, **options: Any) -> dict[str, Any]:
        kept: dict[str, Any] = parse(text, **options) if options else pickle.loads(packed(text))
        return kept

    tomllib.loads = loads
    yield
    tomllib.loads = parse


@pytest.fixture(scope="session")
def explain() -> Callable[[str], Diagnosis]:
    """What `bounce-tui explain TEXT` says."""

    def explained(text: str) -> Diagnosis:
        return diagnose(read_reply(text), Bounce())

    return explained
