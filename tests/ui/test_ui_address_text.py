"""Addresses in few cells."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from several_failures import FULL, UNKNOWN, RecipientOutcome, report, write
from ui_session import Opening

from bounce_tui.ui.text.address_text import address_text


@pytest.mark.parametrize(
    ("address", "width", "more", "expected"),
    [
        ("bob@x.example", 24, 0, "bob@x.example"),
        ("bob@x.example", 24, 1, "bob@x.example +1"),
        ("bob@x.example", 13, 0, "bob@x.example"),
        ("christopher.longname@example.com", 24, 1, "christop…@example.com +1"),
        ("bob@mail.subsidiary.example.com", 24, 1, "bob@…iary.example.com +1"),
        ("christopher.longname@mail.subsidiary.example.com", 24, 1200, "chris…@…ample.com +1,200"),
        ("no address at all, but long", 10, 1, "no add… +1"),
        ("\u90f5\u4fbf\u7269\u90f5\u4fbf\u7269@example.com", 18, 0, "\u90f5\u4fbf…@example.com"),
    ],
)
def test_user_and_domain_of_a_long_address_can_both_be_told(
    address: str, width: int, more: int, expected: str
) -> None:
    assert address_text(address, width, more) == expected


@given(st.text("ab.@\u90f5\u0301\u202e", max_size=40), st.integers(4, 40), st.integers(0, 99))
def test_an_address_fits_its_place_and_how_many_more_there_are_always_stands(
    address: str, width: int, more: int
) -> None:
    text = address_text(address, width, more)
    assert cell_len(text) <= width
    assert not more or text.endswith(f" +{more}")


async def test_the_list_says_at_80_columns_that_a_mail_has_more_recipients(
    opening: Opening, tmp_path: Path
) -> None:
    long = RecipientOutcome(
        "christopher.longname@subsidiary.example.com", UNKNOWN.said, UNKNOWN.status, UNKNOWN.server
    )
    async with opening(write(tmp_path, report(long, FULL)), size=(80, 24)) as session:
        (line,) = [line for line in session.lines if line.startswith(">")]
        assert " christ" in line
        assert ".com +1 " in line
