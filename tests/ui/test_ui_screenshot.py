"""The README's pictures show the app as it is.

Each is taken here; with BOUNCE_TUI_TAKE_PICTURES=1 in the environment this file writes them anew.  Look at
them before you commit.
"""

import html
import os
import re
from pathlib import Path

import pytest
from ui_session import Opening

PICTURES = Path(__file__).parent / "screens"


def words(svg: str) -> list[str]:
    """The text of a picture, without what differs from run to run: ports, times, and padding."""
    found = [
        html.unescape(text).replace("\xa0", " ") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    ]
    masked = [re.sub(r"127\.0\.0\.1:\d+|\d+ ms", "#", text) for text in found]
    return [text.strip() for text in masked if text.strip()]


@pytest.mark.parametrize(
    ("name", "size", "search", "title"),
    [
        ("demo-120x40", (120, 40), "ib508", "Auth failure"),
        ("demo-80x24", (80, 24), "ib104", "Blocklisted"),
        ("demo-60x20", (60, 20), "ib108", "Require PTR"),
    ],
)
async def test_the_picture_in_the_readme_is_the_app_as_it_is(
    opening: Opening, mail: Path, name: str, size: tuple[int, int], search: str, title: str
) -> None:
    async with opening(mail, size=size, title="bounce-tui demo") as session:
        await session.press("slash", *search, "enter")
        await session.until(lambda: f" {title} " in session.text, "the bounce is open")
        await session.press("escape", "c")
        if size[0] < 80:
            # Narrow: detail and checks take turns.
            await session.press("tab", "tab")
        await session.until(lambda: "STILL HOLDS" in session.text, "the verdict")
        taken = session.app.export_screenshot()
    picture = PICTURES / f"{name}.svg"
    if os.environ.get("BOUNCE_TUI_TAKE_PICTURES"):
        picture.write_text(taken)
    assert words(picture.read_text()) == words(taken)


def test_the_readme_shows_no_picture_that_is_not_compared() -> None:
    shown = set(
        re.findall(
            r"tests/ui/screens/([\w-]+)\.svg", Path(__file__).parents[2].joinpath("README.md").read_text()
        )
    )
    assert shown == {path.stem for path in PICTURES.glob("*.svg")}
    assert shown
