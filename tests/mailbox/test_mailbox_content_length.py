"""mboxes whose messages tell their lengths and quote nothing (mboxcl2)."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.mailbox import open_sources, read_message, read_span
from bounce_tui.mailbox.from_lines import FromLines

LINE = b"From MAILER-DAEMON Mon Feb  9 12:36:39 2009\n"
INNER = b"\n" + LINE + b"Subject: quoted\n\nnot a mail of its own\n"


def mail(subject: str, body: bytes, length: int | None = None, name: str = "Content-Length") -> bytes:
    told = len(body) if length is None else length
    return LINE + f"Subject: {subject}\n{name}: {told}\n\n".encode() + body


def subjects(content: bytes, tmp_path) -> list[str]:
    """The subjects of the mails in an mbox, read as a file; piped, and opened again, they are the same."""
    path = tmp_path / "inbox"
    path.write_bytes(content)
    found = [one for span in open_sources([str(path)]) for one in read_span(span)]
    piped = [raw for span in open_sources(["-"], io.BytesIO(content)) for _, raw in read_span(span)]
    assert piped == [raw for _, raw in found] == [read_message(message) for message, _ in found]
    assert sum(message.length for message, _ in found) == len(content)
    return [raw.split(b"\n")[0].decode().removeprefix("Subject: ") for _, raw in found]


@pytest.mark.parametrize("blank", [b"\n", b"\r\n", b""])
@pytest.mark.parametrize("name", ["Content-Length", "content-length"])
def test_a_from_line_within_the_told_length_begins_nothing(tmp_path, blank, name):
    box = blank.join(
        [mail("1", b"a\n", name=name), mail("2", b"b\n" + INNER, name=name), mail("3", b"c\n", name=name)]
    )
    assert subjects(box + blank, tmp_path) == ["1", "2", "3"]


def test_the_last_mail_may_quote_too(tmp_path):
    assert subjects(mail("1", b"a\n") + b"\n" + mail("2", b"b\n" + INNER + INNER) + b"\n", tmp_path) == [
        "1",
        "2",
    ]


@pytest.mark.parametrize("wrong", [-30, -2, 6, 30, 10**6, 10**9])
def test_a_length_that_does_not_prove_itself_is_not_believed(tmp_path, wrong):
    body = b"b\n" + INNER
    box = mail("1", b"a\n") + b"\n" + mail("2", body, len(body) + wrong) + b"\n" + mail("3", b"c\n")
    assert subjects(box, tmp_path) == ["1", "2", "quoted", "3"]


def test_a_length_in_the_body_or_of_a_box_that_tells_none_is_not_read(tmp_path):
    told_inside = LINE + b"Subject: 1\n\nx\nContent-Length: 107\n\n" + INNER + b"\n" + mail("2", b"c\n")
    assert subjects(told_inside, tmp_path) == ["1", "quoted", "2"]


def test_a_length_that_reaches_over_other_mails_hides_them_only_to_the_byte(tmp_path):
    rest = mail("2", b"b\n") + b"\n" + mail("3", b"c\n") + b"\n"
    box = mail("1", b"a\n" + rest, len(rest) - 7) + mail("4", b"d\n")
    assert subjects(box, tmp_path) == ["1", "2", "3", "4"]


def test_quoted_lines_stay_with_their_mail(tmp_path):
    path = tmp_path / "inbox"
    path.write_bytes(
        mail("1", b"a\n", 400)
        + b"\n"
        + mail("2", b"b\n>From here\n")
        + b"\n"
        + mail("3", b"c\n" * 200 + b">From there\n")
    )
    raws = [raw for span in open_sources([str(path)]) for _, raw in read_span(span)]
    assert [raw.count(b"\nFrom ") for raw in raws] == [0, 1, 1]


def test_a_long_body_with_many_such_lines_is_one_mail(tmp_path):
    body = b"b\n" + (INNER + b"x" * 7000 + b"\n") * 300
    assert subjects(mail("1", b"a\n") + b"\n" + mail("2", body) + b"\n" + mail("3", b"c\n"), tmp_path) == [
        "1",
        "2",
        "3",
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([b"a\n", INNER, b"x" * 900 + b"\n", b">From \n" + INNER]), st.integers(-2, 40)
        )
    ),
    st.lists(st.integers(1, 5000), min_size=1, max_size=20),
)
def test_any_cut_of_the_pieces_finds_the_same_mails(bodies, sizes):
    box = mail("0", b"") + b"".join(b"\n" + mail("1", body, max(len(body) + off, 0)) for body, off in bodies)
    whole = FromLines(box)
    starts = whole.feed(box, last=True)
    pieces = FromLines(box)
    found, at = [], 0
    while at < len(box):
        size = sizes[len(found) % len(sizes)]
        found += pieces.feed(box[at : at + size], last=at + size >= len(box))
        at += size
    assert found == starts
    assert sorted(set(pieces.quoted)) == sorted(set(whole.quoted))
    assert starts == sorted(set(starts))
