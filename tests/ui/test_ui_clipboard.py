"""Text on its way into a terminal's clipboard."""

from base64 import b64decode
from pathlib import Path

import pytest

from bounce_tui.ui import clipboard
from bounce_tui.ui.clipboard import LONGEST, osc_52, tmux_buffer


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


@pytest.mark.parametrize(
    ("script", "taken"), [("cat > $0.got", True), ("exit 1", False), ("exec sleep 600", False)]
)
async def test_tmux_takes_the_text_or_it_is_known_that_it_did_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, taken: bool
) -> None:
    program = tmp_path / "tmux"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("TMUX", "/tmp/none,1,0")
    monkeypatch.setattr(clipboard, "TMUX_S", 0.05 if "sleep" in script else 60.0)
    assert await tmux_buffer("Straße") is taken
    assert not taken or (tmp_path / "tmux.got").read_text() == "Straße"
