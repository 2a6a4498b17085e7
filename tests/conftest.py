"""What every test gets: a home and a cache of the tests' own, so that no run reads or leaves anything in
the developer's."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# No test asserts a time, on a busy machine least of all.
settings.register_profile("house")
settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("home")
    before = dict(os.environ)
    # The program is started hundreds of times: half of each start would be compiling it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["HOME"] = str(home)
    for name in ("CACHE", "CONFIG", "STATE", "DATA"):
        os.environ[f"XDG_{name}_HOME"] = str(Path(home, name.lower()))
    yield
    os.environ.clear()
    os.environ.update(before)
