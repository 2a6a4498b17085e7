"""Text on its way into a terminal's clipboard."""

from base64 import b64decode

import pytest

from bounce_tui.ui.clipboard import LONGEST, osc_52


def held(sequence: str) -> bytes:
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    return b64decode(sequence[7:-1], validate=True)


@pytest.mark.parametrize("text", ["", "a line\nand another", "Straße 日本"])
def test_a_short_text_travels_whole(text: str) -> None:
    assert held(osc_52(text)) == text.encode()


@pytest.mark.parametrize("before", ["", "a", "aa"])
def test_a_long_text_is_cut_between_two_characters(before: str) -> None:
    kept = held(osc_52(before + "日" * LONGEST))
    assert LONGEST - 3 < len(kept) <= LONGEST
    assert kept.decode() == before + "日" * ((LONGEST - len(before)) // 3)
