"""Sending only what changed shows the same screen, under an emulator, as sending everything."""

import os
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pty_session import cells, emulate

from bounce_tui.ui.driver.changes import Changes, Everything
from bounce_tui.ui.driver.look import PLAIN, after_sgr, transition
from bounce_tui.ui.terminal import VT100, Abilities

WIDTH, HEIGHT = 16, 5
LOOKS = (
    "0",
    "1;31",
    "2;3;4",
    "7",
    "9;38;5;208",
    "48;2;0;0;90",
    "1;97;104",
    "22;39",
    "24;27",
    "49",
    "38;2;1;2;3;7",
)
# Characters whose width Rich and pyte's wcwidth agree on.
TEXTS = st.text("ab z─█é郵箱한ーЖe\u0301", min_size=0, max_size=10).map(lambda text: text.lstrip("\u0301"))


def fitting(text: str, x: int) -> str:
    """As much of `text` as fits from column `x` on: Textual never writes past the edge."""
    kept = ""
    for character in text:
        width = 0 if character == "\u0301" else 2 if character in "郵箱한ー" else 1
        if x + width > WIDTH:
            break
        kept, x = kept + character, x + width
    return kept


@st.composite
def writes(draw: st.DrawFn) -> str:
    """What the compositor sends: move, styled text reset afterwards; sometimes a move for the cursor."""
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        x, y = draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1))
        parts.append(f"\x1b[{y + 1};{x + 1}H\x1b[{draw(st.sampled_from(LOOKS))}m")
        parts.append(fitting(draw(TEXTS), x) + "\x1b[0m")
    parts.append(draw(st.sampled_from(["", "\x1b[1;1H", "\x07", "\x1b]52;c;YQ==\x07", "\x1b[?25h\x1b[3;4H"])))
    return "".join(parts)


FRAME = (
    "".join(f"\x1b[{y + 1};1H\x1b[38;5;{y}m{'frame':<{WIDTH}}\x1b[0m" for y in range(HEIGHT)) + "\x1b[1;1H"
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.lists(writes(), min_size=1, max_size=3), min_size=1, max_size=6),
    # pyte erases in the background colour.
    st.builds(Abilities, st.booleans(), st.just(True), st.booleans(), st.booleans()),
)
def test_the_screen_is_the_same_after_every_frame(frames: list[list[str]], abilities: Abilities) -> None:
    everything, changes = Everything(), Changes(WIDTH, HEIGHT, abilities)
    sent = {everything: "", changes: ""}
    for frame in [[f"\x1b[?7l{FRAME}"], *frames]:
        for outgoing in sent:
            for data in frame:
                outgoing.write(data)
            sent[outgoing] += outgoing.take()
        whole, least = (emulate(data.encode(), (WIDTH, HEIGHT)) for data in sent.values())
        assert cells(whole) == cells(least)
        assert (min(whole.cursor.x, WIDTH - 1), whole.cursor.y) == (least.cursor.x, least.cursor.y)
        assert whole.cursor.hidden == least.cursor.hidden
    beyond = {r"\x1b\[(K|\d+X)": abilities.erases, r"\x1b\[\d+G": abilities.cha, r"\x1b\[\d+d": abilities.vpa}
    for sequence, promised in beyond.items():
        assert promised or not re.search(sequence, sent[changes])


@pytest.mark.parametrize(
    ("term", "promised"),
    [
        ("xterm-256color", Abilities(erases=True, colours_erased=True, cha=True, vpa=True)),
        ("linux", Abilities(erases=True, colours_erased=True, cha=True, vpa=True)),
        ("screen", Abilities(cha=True, vpa=True)),
        ("vt100", VT100),
        ("of-nobody", VT100),
    ],
)
def test_a_terminal_is_asked_for_what_its_description_promises(term: str, promised: Abilities) -> None:
    # A process reads one description only.
    words = "from bounce_tui.ui.terminal import abilities; print(*abilities())"
    done = subprocess.run(
        [sys.executable, "-c", words],
        env=os.environ | {"TERM": term},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(one) for one in promised]


def screen_of(*sent: str) -> list[str]:
    return emulate("".join(sent).encode(), (WIDTH, HEIGHT)).display


def changes_showing_the_frame() -> Changes:
    changes = Changes(WIDTH, HEIGHT)
    changes.write(FRAME)
    changes.take()
    return changes


SGR_CODES = "0 1 2 3 4 5 6 7 8 9 21 22 23 24 25 27 28 29 31 39 44 49 51 53 54 55 97 107"
SGR_COLOURS = "38;5;8 38;2;9;8;7 48;5;0 48;2;1;1;1"
SGR = st.lists(st.sampled_from(f"{SGR_CODES} {SGR_COLOURS}".split()), max_size=6).map(";".join)


@settings(deadline=None)
@given(SGR, SGR)
def test_a_transition_between_looks_leads_where_it_says(first: str, second: str) -> None:
    before = after_sgr(PLAIN, first)
    after = after_sgr(PLAIN, second)
    assert before is not None
    assert after is not None
    sequence = transition(before, after)
    parameters = sequence.removeprefix("\x1b[").removesuffix("m")
    assert (after_sgr(before, parameters) if sequence else before) == after
    assert after_sgr(before, transition(None, after).removeprefix("\x1b[").removesuffix("m")) == after


@pytest.mark.parametrize("parameters", ["38;5", "38;2;1;2", "38;7;1", "73", "38", "10"])
def test_a_look_that_is_not_known_is_not_guessed(parameters: str) -> None:
    assert after_sgr(PLAIN, parameters) is None


def test_a_frame_like_the_last_one_sends_nothing() -> None:
    changes = changes_showing_the_frame()
    changes.write(f"\x1b[?2026h{FRAME}\x1b[?2026l")
    assert changes.take() == ""


def test_one_letter_costs_a_move_a_letter_and_a_move_back() -> None:
    changes = changes_showing_the_frame()
    changes.write("\x1b[3;5H\x1b[38;5;2mX\x1b[0m\x1b[1;1H")
    assert changes.take() == "\x1b[3;5H\x1b[38;5;2mX\x1b[H"


def test_what_takes_long_to_arrive_is_held_back_until_it_is_whole() -> None:
    changes = changes_showing_the_frame()
    patches = "".join(
        f"\x1b[{y + 1};{x}H\x1b[38;5;{x + 99};48;2;{x};9;9mX" for y in range(HEIGHT) for x in range(2, 16)
    )
    changes.write(f"\x1b[?2026h{patches}\x1b[0m\x1b[?2026l")
    sent = changes.take()
    assert len(sent) > 1200
    assert sent.startswith("\x1b[?2026h")
    assert sent.endswith("\x1b[?2026l")


@pytest.mark.parametrize(
    "aside", ["\x07", "\x1b]2;a title\x1b\\", "\x1b]52;c;YQ==\x07", "\x1b[?25l", "\x1b[?2026$p", "\x1b[>1u"]
)
def test_what_draws_nothing_goes_out_as_it_is_and_the_screen_stays_known(aside: str) -> None:
    changes = changes_showing_the_frame()
    changes.write(aside)
    changes.write(FRAME)
    assert changes.take() == aside


@pytest.mark.parametrize(
    "unknown", ["\x1b[2J", "\x1b[2;3r", "\x1bM", "\x1b[?1049h", "\t", "\x1bP1$r0m\x1b\\", "\x1b[73m"]
)
def test_what_is_not_understood_goes_out_in_its_place_and_the_next_frame_is_sent_whole(unknown: str) -> None:
    changes = changes_showing_the_frame()
    changes.write("\x1b[1;1HX")
    changes.write(unknown)
    sent = changes.take()
    assert sent == f"\x1b[mX{unknown}"
    changes.write(FRAME)
    assert screen_of(changes.take()) == screen_of(FRAME)


def test_nothing_is_painted_by_itself_after_the_screen_was_forgotten() -> None:
    changes = changes_showing_the_frame()
    changes.write("\x1b[?1049l")
    changes.take()
    assert changes.take() == ""


@pytest.mark.parametrize("size", [(10, 5), (24, 5), (16, 3), (16, 8)])
def test_after_a_resize_what_the_app_draws_is_sent_whole(size: tuple[int, int]) -> None:
    changes = changes_showing_the_frame()
    changes.write("\x1b[1;1H郵箱郵箱郵箱")
    changes.take()
    changes.resize(*size)
    assert changes.take() == ""
    width, height = size
    lines = "\n".join(f"\x1b[{y + 1};1H{y:<{width}}" for y in range(height))
    changes.write(lines)
    assert emulate(changes.take().encode(), size).display == [f"{y:<{width}}" for y in range(height)]


@pytest.mark.parametrize(
    "grapheme", ["\U0001f469\u200d\U0001f467", "\u2764\ufe0f", "\u2709", "\U0001f600", "\U0001f1e9\U0001f1ea"]
)
@pytest.mark.parametrize("seen_as", ["#", "郵"])
def test_a_character_that_terminals_measure_differently_moves_nothing_else(
    grapheme: str, seen_as: str
) -> None:
    changes = changes_showing_the_frame()
    changes.write(f"\x1b[2;1H\x1b[0m{grapheme}\x1b[2;5Hmail\x1b[2;13Hend")
    screen = emulate((FRAME + changes.take().replace(grapheme, seen_as)).encode(), (WIDTH, HEIGHT))
    assert "".join(screen.buffer[1][x].data for x in range(4, WIDTH)) == "mail    end "


def test_a_link_ends_where_it_ended() -> None:
    changes = changes_showing_the_frame()
    changes.write("\x1b[1;1H\x1b]8;id=1;https://example.org\x1b\\here\x1b]8;;\x1b\\ not")
    assert changes.take() == "\x1b]8;id=1;https://example.org\x1b\\\x1b[mhere\x1b]8;;\x1b\\ not"
