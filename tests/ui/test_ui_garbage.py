"""The garbage collector during the start and after it."""

import gc

import pytest
from ui_session import threads_end

from bounce_tui.ui.garbage_collection import collect_again, uncollected


@pytest.fixture(autouse=True)
async def _own_collector() -> None:
    """A reader that another test left to end may hold the collector, and a session there leaves it frozen."""
    await threads_end("loading")
    gc.enable()
    gc.unfreeze()


def test_the_start_is_not_collected_and_what_comes_later_is() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        collect_again()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_start_that_breaks_off_leaves_the_collector_as_it_was() -> None:
    with uncollected():
        pass
    assert gc.isenabled()


def test_where_nothing_was_held_back_nothing_is_frozen() -> None:
    frozen = gc.get_freeze_count()
    collect_again()
    assert gc.get_freeze_count() == frozen


def test_a_collector_that_a_reader_of_mail_holds_back_is_left_to_it() -> None:
    frozen = gc.get_freeze_count()
    gc.disable()
    try:
        collect_again()
        assert not gc.isenabled()
        assert gc.get_freeze_count() == frozen
    finally:
        gc.enable()
