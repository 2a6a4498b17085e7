"""The man page says what the commands say, and is set without a fault."""

import shutil
import subprocess

import pytest
from man_page import PAGE, man_page


def test_the_man_page_is_that_of_the_commands() -> None:
    assert PAGE.read_text(encoding="utf-8") == man_page(), "python tests/man_page.py --write"


@pytest.mark.parametrize(
    "words", ["bounce\\-tui check", "\\-\\-nameserver IP[:PORT]", "rules search", "130", "config.toml"]
)
def test_every_kind_of_what_is_to_be_known_stands_in_it(words: str) -> None:
    assert words in PAGE.read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff, which sets man pages")
def test_it_is_set_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tascii", "-ww", "-z", str(PAGE)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
