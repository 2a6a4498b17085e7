"""What every test gets: a home and a cache of the tests' own, so that no run reads or leaves anything in
the developer's, and signals that the programs it starts hear."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No test asserts a time, on a busy machine least of all, and a run finds what the last one found.  To look
# for what nobody has seen yet: pytest --hypothesis-profile explore
NO_TIME = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("explore", derandomize=False, **NO_TIME)
settings.register_profile("house", derandomize=True, **NO_TIME)
settings.load_profile("house")

LONG_FIRST = ("hostile", "tests", "plain", "scan", "ui", "checks")
"""The packages (`tests` is the top) whose tests take seconds, or wait; the others' take a moment each."""


def pytest_xdist_auto_num_workers() -> int | None:
    """Half as many workers again as processors: much of the suite waits, for processes and terminals."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + (processors + 1) // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts programs and terminals comes first, so that no worker is left alone with it at the end."""

    def place(item: pytest.Item) -> int:
        room = item.path.parent.name
        return LONG_FIRST.index(room) if room in LONG_FIRST else len(LONG_FIRST)

    items.sort(key=place)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs_shared(path): reads `path`, which lies beside the checkout")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test without what it reads skips.  In CI it fails: there nobody would see that it was never run.

    CI on a machine that cannot have ../shared says so with BOUNCE_TUI_NO_SHARED=yes, as .ci/run does aloud.
    """
    for mark in item.iter_markers("needs_shared"):
        if mark.args[0].exists():
            continue
        if os.environ.get("CI") == "true" and os.environ.get("BOUNCE_TUI_NO_SHARED") != "yes":
            pytest.fail(f"{mark.args[0]} is not here, and CI must have it")
        pytest.skip(f"{mark.args[0]} is not here")


@pytest.fixture(scope="session", autouse=True)
def _heard_signals() -> None:
    # A shell's background job and nohup have them ignored, which every program that a test starts inherits.
    for number, handler in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGQUIT, signal.SIG_DFL),
        (signal.SIGHUP, signal.SIG_DFL),
    ):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


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
