"""mboxes: what begins a message, whatever the cut."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.mailbox import Refusal, UnreadableSource, mbox, open_sources, read_message, read_span
from bounce_tui.mailbox.from_lines import FromLines

LINE = b"From MAILER-DAEMON Mon Feb  9 12:36:39 2009\n"


@pytest.fixture
def box(tmp_path, read):
    def write(content, name="inbox"):
        (tmp_path / name).write_bytes(content)
        return read(tmp_path / name)

    return write


def test_messages_are_counted_and_lie_where_it_is_said(tmp_path, box):
    one, two = LINE + b"Subject: 1\n\nfirst\n\n", LINE + b"Subject: 2\n\nsecond\n\n"
    reading = box(one + two)
    assert reading.raws == [b"Subject: 1\n\nfirst\n", b"Subject: 2\n\nsecond\n"]
    places = [(message.index, message.offset, message.length) for message, _ in reading.messages]
    assert places == [(0, 0, len(one)), (1, len(one), len(two))]
    assert [read_message(message) for message, _ in reading.messages] == reading.raws


@pytest.mark.parametrize(
    "line",
    [
        "From MAILER-DAEMON Mon Feb  9 12:36:39 2009",
        "From MAILER-DAEMON  Mon Feb  9 12:36:39 2009",
        "From sender@example.org Mon Feb  9 12:36 2009",
        "From sender@example.org Mon Feb 09 12:36:39 UTC 2009",
        "From 1570044@example.org Mon Feb 09 12:36:39 +0000 2009",
        "From sender@example.org Mon Feb  9 12:36:39 2009 +0100",
        "From ???@??? Mon Feb 09 12:36:39 2009",
        "From - Mon Feb 09 12:36:39 2009",
        "From sender@example.org Mon, 9 Feb 2009 12:36:39 +0100",
        "From sender@example.org 2009-02-09T12:36:39Z",
        'From "a b"@example.org Mon Feb  9 12:36:39 2009 remote from mx',
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_form_of_from_line_begins_a_message(box, line, end):
    one, two = f"Subject: 1{end}{end}a{end}", f"Subject: 2{end}{end}b{end}"
    whole = f"{line}{end}{one}{end}{line}{end}{two}{end}"
    assert box(whole.encode()).raws == [one.encode(), two.encode()]


@pytest.mark.parametrize(
    "text",
    [
        b"\nFrom here on it is quiet.\n",
        b"\nFrom the server at 12:30 we heard nothing.\n",
        b"\nFrom 2009 on, all was well.\n",
        b"said he.\nFrom a@example.org Mon Feb  9 12:36:39 2009\nand so on\n",
        b"\nFrom me to you\nSubject: not a header\n",
        b"\n From a@example.org Mon Feb  9 12:36:39 2009\nSubject: indented\n",
        b"\nfrom a@example.org Mon Feb  9 12:36:39 2009\nSubject: lower case\n",
        b"\nFrom: a@example.org Mon Feb  9 12:36:39 2009\nSubject: a header\n",
    ],
)
def test_a_line_of_text_that_begins_with_from_is_text(box, text):
    reading = box(LINE + b"Subject: 1\n\nHello\n" + text + b"\n" + LINE + b"Subject: 2\n\nb\n\n")
    assert reading.raws == [b"Subject: 1\n\nHello\n" + text, b"Subject: 2\n\nb\n"]


def test_messages_without_a_blank_line_between_them_are_told_apart(box):
    reading = box(LINE + b"Subject: 1\n\na\n" + LINE + b"Subject: 2\n\nb\n")
    assert reading.raws == [b"Subject: 1\n\na\n", b"Subject: 2\n\nb\n"]


def test_from_lines_without_a_date_begin_messages_in_an_mbox_of_such(box):
    reading = box(b"From a@example.org\nSubject: 1\n\nFrom me\n\nFrom b\nTo: c\n\nb\n")
    assert reading.raws == [b"Subject: 1\n\nFrom me\n", b"To: c\n\nb\n"]


def test_a_bounce_without_a_header_in_an_mbox_is_a_message(box):
    reading = box(LINE + b"\n550 5.1.1 user unknown\n\n" + LINE + b"\n554 no\n\n")
    assert reading.raws == [b"550 5.1.1 user unknown\n", b"554 no\n"]


def test_an_mbox_of_one_message_is_one_message(box):
    assert box(LINE + b"Subject: 1\n\na\n").raws == [b"Subject: 1\n\na\n"]


def test_blank_lines_before_the_first_message_are_no_message(box):
    reading = box(b"\n\r\n \n" + LINE + b"Subject: 1\n\na\n")
    assert reading.raws == [b"Subject: 1\n\na\n"]
    assert [message.index for message, _ in reading.messages] == [0]


def test_a_byte_order_mark_before_the_first_message_costs_nothing(tmp_path, read):
    box = b"\xef\xbb\xbf" + LINE + b"Subject: 1\n\na\n\n" + LINE + b"Subject: 2\n\nb\n"
    (tmp_path / "inbox").write_bytes(box)
    reading = read(tmp_path / "inbox")
    assert reading.raws == [b"Subject: 1\n\na\n", b"Subject: 2\n\nb\n"]
    assert [read_message(message) for message, _ in reading.messages] == reading.raws
    assert read("-", stdin=io.BytesIO(box)).raws == reading.raws


def test_quoted_text_without_a_header_is_not_taken_for_what_uucp_left(box):
    assert (
        box(LINE + b"\n>From here on: 550 no\n\n" + LINE + b"A: b\n\n").raws[0] == b"From here on: 550 no\n"
    )


def test_an_mbox_by_name_that_lost_its_first_line_keeps_its_first_message(box):
    reading = box(b"Subject: 0\n\nz\n\n" + LINE + b"Subject: 1\n\na\n", "old.mbox")
    assert reading.raws == [b"Subject: 0\n\nz\n", b"Subject: 1\n\na\n"]
    assert [read_message(message) for message, _ in reading.messages] == reading.raws


def test_quoted_from_lines_are_given_back_as_they_were(box):
    quoted = b">From a\n>>From b\n >From c\nx >From d\n>From: e\n"
    reading = box(LINE + b"Subject: 1\n\n" + quoted + b"\n" + LINE + b"Subject: 2\n\n>From z\n")
    assert reading.raws == [
        b"Subject: 1\n\nFrom a\n>From b\n >From c\nx >From d\n>From: e\n",
        b"Subject: 2\n\nFrom z\n",
    ]


def test_a_message_alone_and_in_an_mbox_is_the_same(box, bounce):
    assert box(bounce, "a.eml").raws == box(LINE + bounce + b"\n").raws == [bounce]


def test_an_mbox_with_bytes_of_every_kind_is_cut_without_loss(box):
    body = bytes(range(256)) * 20 + b"\n"
    assert box(LINE + b"X: y\n\n" + body + b"\n" + LINE + b"X: z\n\n" + body).raws == [
        b"X: y\n\n" + body,
        b"X: z\n\n" + body,
    ]


def test_spans_are_small_and_the_first_one_is_smaller(tmp_path):
    path = tmp_path / "inbox"
    message = LINE + b"Subject: x\n\n" + b"text\n" * 1000 + b"\n"
    path.write_bytes(message * 2000)
    spans = list(open_sources([str(path)]))
    assert len(spans[0].starts) == mbox.FIRST_MESSAGES
    assert max(span.length for span in spans) <= mbox.SPAN_BYTES + len(message)
    assert sum(len(span.starts) for span in spans) == 2000
    assert [span.index for span in spans[:3]] == [0, 64, 64 + len(spans[1].starts)]


def test_a_huge_message_among_small_ones_is_read_to_the_limit(tmp_path, read):
    path = tmp_path / "inbox"
    with path.open("wb") as file:
        file.write(LINE + b"Subject: 1\n\na\n\n" + LINE + b"Subject: 2\n\n")
        file.seek(200 << 20, 1)
        file.write(b"\n\n" + LINE + b"Subject: 3\n\nc\n")
    reading = read(path)
    assert [raw[:10] for raw in reading.raws] == [b"Subject: 1", b"Subject: 2", b"Subject: 3"]
    assert [len(raw) for raw in reading.raws][1] <= 64 << 20
    assert reading.messages[1][0].length > 200 << 20
    assert read_message(reading.messages[1][0]) == reading.raws[1]


def test_an_mbox_that_shrinks_while_it_is_read_is_named_once_and_keeps_what_was_read(tmp_path):
    path = tmp_path / "inbox"
    path.write_bytes((LINE + b"Subject: 1\n\na\n\n") * 300)
    spans = list(open_sources([str(path)]))
    found = list(read_span(spans[0]))
    path.write_bytes(b"short")
    (refusal,) = read_span(spans[1])
    assert "changed" in refusal.reason
    with pytest.raises(UnreadableSource, match="changed"):
        read_message(found[5][0])


def test_an_mbox_rewritten_while_it_is_read_is_named(tmp_path):
    path = tmp_path / "inbox"
    path.write_bytes((LINE + b"Subject: 1\n\na\n\n") * 10)
    (span,) = open_sources([str(path)])
    path.write_bytes(LINE + b"Subject: another\n\n" + b"b\n" * 1000)
    found = list(read_span(span))
    assert "changed" in found[-1].reason


def test_an_mbox_that_grows_while_it_is_read_keeps_to_the_size_it_had(tmp_path, monkeypatch):
    path = tmp_path / "inbox"
    path.write_bytes((LINE + b"Subject: 1\n\na\n\n") * 300)
    spans = open_sources([str(path)])
    first = next(spans)
    with path.open("ab") as file:
        file.write(LINE + b"Subject: half")
    assert sum(len(span.starts) for span in [first, *spans]) == 300


# Properties

_words = st.sampled_from(
    [
        b"From ",
        b">From ",
        b">>From ",
        b"\n",
        b"\n\n",
        b"\r\n",
        b"a: b\n",
        b"x",
        b" ",
        b"\0",
        b"\xff",
        LINE,
        LINE[:-1],
    ]
)
_bodies = st.lists(_words, max_size=12).map(b"".join)


def _quote(raw: bytes) -> bytes:
    return re.sub(rb"(?m)^(>*From )", rb">\1", raw)


@given(st.lists(_bodies, min_size=1, max_size=8))
def test_an_mbox_made_of_any_messages_gives_them_back(tmp_path_factory, bodies):
    messages = [b"Subject: x\n\n" + body + b"\n" for body in bodies]
    path = tmp_path_factory.getbasetemp() / "property.mbox"
    path.write_bytes(b"".join([LINE + _quote(message) + b"\n" for message in messages]))
    found = [found for span in open_sources([str(path)]) for found in read_span(span)]
    assert [raw for _, raw in found] == messages
    assert [read_message(message) for message, _ in found] == messages


@given(st.lists(_words, max_size=60).map(b"".join), st.lists(st.integers(1, 40), min_size=1, max_size=20))
def test_any_cut_into_pieces_finds_the_same_starts(content, cuts):
    content = LINE + content
    whole = FromLines(content).feed(content, last=True)
    lines, found, at, turn = FromLines(content), [], 0, 0
    while at < len(content):
        step = cuts[turn % len(cuts)]
        found += lines.feed(content[at : at + step])
        at, turn = at + step, turn + 1
    found += lines.feed(b"", last=True)
    assert found == whole


@given(st.lists(_bodies, min_size=2, max_size=8), st.data())
def test_any_halving_of_a_span_gives_the_same_messages(tmp_path_factory, bodies, data):
    path = tmp_path_factory.getbasetemp() / "halves.mbox"
    path.write_bytes(b"".join([LINE + b"S: x\n\n" + _quote(body) + b"\n\n" for body in bodies]))
    (span,) = open_sources([str(path)])
    whole = list(read_span(span))
    parts = [span]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(parts) - 1))
        parts[at : at + 1] = parts[at].halves()
    assert [found for part in parts for found in read_span(part)] == whole


@given(st.binary(max_size=300) | st.lists(_words, max_size=30).map(b"".join))
def test_any_bytes_bring_messages_or_one_refusal(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    found = []
    for item in open_sources([str(path)]):
        found += [item] if isinstance(item, Refusal) else read_span(item)
    refusals = [one for one in found if isinstance(one, Refusal)]
    assert found
    assert len(refusals) <= 1
    assert not refusals or len(found) == 1
