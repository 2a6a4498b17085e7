"""Sending only what changed shows the same screen, under an emulator, as sending everything."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pty_session import cells, emulate

from bounce_tui.ui.driver_changes import Changes, Everything

WIDTH, HEIGHT = 16, 5
LOOKS = ("0", "1;31", "2;3;4", "7", "9;38;5;208", "48;2;0;0;90", "1;97;104", "22;39", "24;27", "49", "38;2;1;2;3;7")
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


FRAME = "".join(f"\x1b[{y + 1};1H\x1b[38;5;{y}m{'frame':<{WIDTH}}\x1b[0m" for y in range(HEIGHT)) + "\x1b[1;1H"


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(writes(), min_size=1, max_size=3), min_size=1, max_size=6), st.booleans())
def test_the_screen_is_the_same_after_every_frame(frames: list[list[str]], erases: bool) -> None:
    everything, changes = Everything(), Changes(WIDTH, HEIGHT, erases=erases, colours_erased=erases)
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
