"""The garbage collector during the start and after it."""

import gc

from bounce_tui.ui.garbage import collect_again, uncollected


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
    collect_again()
    assert gc.get_freeze_count() == 0
