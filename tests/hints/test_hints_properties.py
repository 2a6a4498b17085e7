"""What holds for any text that a stranger writes."""

import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bounce_tui.hints import tables
from bounce_tui.hints.content import content_notes
from bounce_tui.hints.hinting import hint
from bounce_tui.hints.lookalike import resembles
from bounce_tui.hints.quoted_sizes import quoted_sizes
from bounce_tui.hints.similar_addresses import Addresses
from bounce_tui.hints.stray_characters import without_strays
from bounce_tui.hints.typo import typo_between
from bounce_tui.model import Bounce, Case, Diagnosis, Evidence, Failure, Message
from bounce_tui.opened_message import Part, Returned
from bounce_tui.reporting.for_user import text_for_user
from bounce_tui.reporting.testmail import AddressError, commands, write_testmail

WORD = st.text("abc.-1", max_size=8)
TEXT = st.text(max_size=60)
ADDRESS = st.one_of(
    TEXT,
    st.builds(lambda local, domain: f"{local}@{domain}", TEXT, TEXT),
    st.builds(lambda local: f"{local}@gmial.com", st.text(max_size=10)),
)
REASON = st.sampled_from(
    ["user_unknown", "host_unknown", "bad_address", "spam_detected", "message_too_big", "no such"]
)


def diagnosis(reason: str) -> Diagnosis:
    return Diagnosis(reason, False, False, None, "rule", "low", Evidence("", ""), "cause", (), "sender")


@given(WORD, WORD)
def test_a_slip_is_one_step_of_optimal_string_alignment_and_nothing_else(typed: str, meant: str) -> None:
    assert (typo_between(typed, meant) is not None) == (OSA.distance(typed, meant) == 1)


@given(WORD, WORD)
def test_what_is_firm_is_likely(typed: str, meant: str) -> None:
    typo = typo_between(typed, meant)
    assert typo is None or typo.likely or not typo.firm


@given(TEXT, st.booleans())
def test_a_domain_never_resembles_itself(domain: str, gone: bool) -> None:
    found = resembles(domain, own=("school.org",), gone=gone)
    assert found is None or found.domain != domain.lower().strip(". ")


@given(ADDRESS)
def test_an_address_without_strays_has_none(text: str) -> None:
    stray = without_strays(text)
    if stray is not None:
        assert stray.address != text
        assert stray.address.isprintable()
        again = without_strays(stray.address)
        assert again is None or again.address != text


@given(st.lists(st.tuples(ADDRESS, REASON), max_size=20), ADDRESS)
def test_no_neighbour_is_the_address_itself(others: list[tuple[str, str]], address: str) -> None:
    listed = Addresses("also in this list")
    listed.add(others)
    assert address.lower() not in [one.address for one in listed.near(address)]


@given(ADDRESS, REASON, TEXT, TEXT)
def test_any_bounce_gets_hints_and_a_text_that_a_terminal_can_take(
    address: str, reason: str, reply: str, subject: str
) -> None:
    failure = Failure(recipient=address, diagnostic=reply)
    bounce = Bounce(kind="failed", failures=(failure,))
    case = Case(Message("a"), bounce, (diagnosis(reason),))
    returned = Returned(
        whole=True,
        headers=(("From", subject), ("To", address), ("Cc", reply)),
        parts=(Part(reply, subject, 5),),
        text=reply,
        html=subject,
    )
    found = hint(case, 0, returned)
    text = text_for_user(case, 0, found)
    assert text.replace("\n", "").replace("\xa0", "").isprintable() or all(
        char.isprintable() or char.isspace() for char in text
    )
    assert "What you can do" in text


@given(ADDRESS, st.text(max_size=30))
def test_an_address_is_refused_or_reaches_the_program_unchanged(address: str, path: str) -> None:
    try:
        mail = write_testmail(address, "ann@example.org", datetime(2026, 11, 20, tzinfo=UTC))
    except AddressError:
        return
    for command in commands(mail, path or "x", "mx.example.net"):
        assert mail.recipient in shlex.split("\n".join(command.lines).replace("\\\n", " "))
    head = mail.raw.partition(b"\n\n")[0]
    assert head.count(b"\n") == 7, "an address adds no header of its own"


@given(
    TEXT,
    st.from_regex(r"(\d{1,3}([.,' \xa0\u202f])\d{3}( ?[kmgKMG]?b?)? (limit |size )?){1,9}", fullmatch=True),
)
def test_sizes_are_read_from_any_reply(reply: str, numbers: str) -> None:
    for text in (reply, numbers):
        sizes = quoted_sizes(text)
        assert sizes.limit is None or sizes.limit > 0
        assert sizes.message is None or sizes.message >= (sizes.limit or 1)
        content_notes(None, "message_too_big", text)


def test_a_table_that_is_wrong_is_named_with_its_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "links.toml").write_text("shorteners = 3\n")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    tables.links.cache_clear()
    with pytest.raises(tables.TableError, match=r"links\.toml: .*shorteners"):
        tables.links()
    tables.links.cache_clear()
