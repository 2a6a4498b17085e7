"""Standard input: read once, in bounded memory, and kept when asked."""

import bz2
import gzip
import io
import lzma
import os
import threading
import time
from functools import partial

import pytest

from bounce_tui.mailbox import Refusal, StandardInput, UnreadableSource, open_sources, read_message, read_span
from bounce_tui.mailbox.span import MESSAGE_LIMIT
from bounce_tui.model import Message

LINE = b"From MAILER-DAEMON Mon Feb  9 12:36:39 2009\n"


class Trickle(io.RawIOBase):
    """A stream that gives its bytes a few at a time."""

    def __init__(self, content, step):
        self._content, self._step = content, step

    def readable(self):
        return True

    def read(self, size=-1):
        piece, self._content = self._content[: self._step], self._content[self._step :]
        return piece


def test_a_message_comes_from_standard_input(read, bounce):
    reading = read("-", stdin=io.BytesIO(bounce))
    assert reading.messages == [(Message("-", 0, 0, len(bounce)), bounce)]


def test_pasted_text_comes_from_standard_input(read):
    assert read("-", stdin=io.BytesIO(b"550 5.1.1 user unknown")).raws == [b"550 5.1.1 user unknown"]


@pytest.mark.parametrize("step", [1, 7, 4096, 1 << 20])
def test_an_mbox_from_standard_input_is_cut_like_the_same_mbox_in_a_file(tmp_path, read, bounce, step):
    box = b"".join(LINE + bounce + b">From me\n" * (n % 3) + b"\n" for n in range(150))
    (tmp_path / "inbox").write_bytes(box)
    streamed, filed = read("-", stdin=Trickle(box, step)), read(tmp_path / "inbox")
    assert streamed.raws == filed.raws
    places = [(m.index, m.offset, m.length) for m, _ in filed.messages]
    assert [(m.index, m.offset, m.length) for m, _ in streamed.messages] == places


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
@pytest.mark.parametrize("step", [7, 1 << 20])
def test_packed_mail_on_standard_input_is_read_like_the_same_file(tmp_path, read, bounce, pack, step):
    box = b"".join(LINE + f"Subject: {n}\n".encode() + bounce + b"\n" for n in range(150))
    (tmp_path / "inbox").write_bytes(pack(box))
    streamed, filed = read("-", stdin=Trickle(pack(box), step)), read(tmp_path / "inbox")
    assert streamed.raws == filed.raws
    assert len(streamed.raws) == 150
    assert not streamed.reasons
    one = read("-", stdin=Trickle(pack(bounce), step))
    assert one.raws == [bounce]


@pytest.mark.parametrize(
    "pack",
    [gzip.compress, bz2.compress, partial(lzma.compress, preset=0)],
    ids=["gzip", "bzip2", "xz"],
)
def test_packed_mail_that_breaks_off_is_read_as_far_as_it_goes(read, pack):
    box = b"".join(LINE + b"Subject: 1\n\n" + os.urandom(500).hex().encode() + b"\n\n" for _ in range(4000))
    packed = pack(box)
    cut = read("-", stdin=io.BytesIO(packed[: len(packed) * 2 // 3]))
    assert "damaged or cut" in cut.reasons["-"]
    assert 0 < len(cut.raws) < 4000


def test_packed_mail_on_standard_input_can_be_opened_again():
    box = b"".join(LINE + f"Subject: {n}\n\nx\n\n".encode() for n in range(9))
    stdin = StandardInput(io.BytesIO(gzip.compress(box)), keep=True)
    mails = [one for span in open_sources(["-"], stdin) for one in read_span(span)]
    assert [read_message(message, stdin) for message, _ in mails] == [raw for _, raw in mails]


def test_nothing_on_standard_input_is_said(read):
    assert read("-", stdin=io.BytesIO(b"")).reasons == {"-": "nothing came on standard input"}
    assert "white space" in read("-", stdin=io.BytesIO(b"\n" * 100_000)).reasons["-"]


def test_binary_data_on_standard_input_is_said(read):
    assert "damaged" in read("-", stdin=io.BytesIO(b"\x1f\x8b\x08\0\0\0")).reasons["-"]
    assert "ZIP" in read("-", stdin=io.BytesIO(b"PK\x03\x04" + bytes(500))).reasons["-"]


def test_standard_input_asked_for_twice_is_said(read, bounce):
    reading = read("-", "-", stdin=io.BytesIO(bounce))
    assert len(reading.messages) == 1
    assert "once" in reading.reasons["-"]


def test_standard_input_that_is_not_there_is_said(read):
    assert "no standard input" in read("-").reasons["-"]


def test_a_closed_standard_input_is_said(read):
    stream = io.BytesIO(b"x")
    stream.close()
    assert "cannot be read" in read("-", stdin=stream).reasons["-"]


def test_a_standard_input_that_fails_is_said(read):
    source, sink = os.pipe()
    with os.fdopen(source, "rb"), os.fdopen(sink, "wb") as stream:
        assert "cannot be read" in read("-", stdin=stream).reasons["-"]


def test_kept_mail_can_be_opened_again(bounce):
    box = b"".join(LINE + b"X-Number: %d\n" % n + bounce + b"\n" for n in range(200))
    stdin = StandardInput(io.BytesIO(box), keep=True)
    spans = list(open_sources(["-"], stdin))
    found = [found for span in spans for found in read_span(span)]
    assert len(found) == 200
    for message, raw in found:
        assert read_message(message, stdin) == raw


def test_mail_that_was_not_kept_is_refused_in_words(bounce):
    stdin = StandardInput(io.BytesIO(bounce))
    ((message, _),) = [found for span in open_sources(["-"], stdin) for found in read_span(span)]
    for holder in (stdin, None):
        with pytest.raises(UnreadableSource, match="save it to a file"):
            read_message(message, holder)


def test_an_endless_message_among_others_is_cut_short_and_the_rest_is_found():
    class Long(io.RawIOBase):
        def __init__(self):
            self._pieces = iter(
                [
                    LINE + b"Subject: 1\n\na\n\n" + LINE + b"Subject: 2\n\n",
                    *[b"x" * (1 << 20)] * (MESSAGE_LIMIT // (1 << 20) + 40),
                    b"\n\n" + LINE + b"Subject: 3\n\nc\n",
                ]
            )

        def readable(self):
            return True

        def read(self, size=-1):
            return next(self._pieces, b"")

    found = []
    for span in open_sources(["-"], Long()):
        assert span.data is None or len(span.data) <= MESSAGE_LIMIT + (3 << 20)
        found += read_span(span)
    assert [raw[:10] for _, raw in found] == [b"Subject: 1", b"Subject: 2", b"Subject: 3"]
    assert len(found[1][1]) <= MESSAGE_LIMIT
    assert found[1][0].length > MESSAGE_LIMIT + (40 << 20)
    assert found[2][0].offset == found[1][0].offset + found[1][0].length
    assert found[2][1] == b"Subject: 3\n\nc\n"


def test_a_reader_that_waits_for_a_silent_pipe_can_be_called_off():
    source, sink = os.pipe()
    cancelled = threading.Event()
    found = []
    with os.fdopen(source, "rb") as stream:
        thread = threading.Thread(
            target=lambda: found.extend(open_sources(["-"], stream, cancelled=cancelled))
        )
        thread.start()
        time.sleep(0.05)
        cancelled.set()
        thread.join(60)
        assert not thread.is_alive()
    os.close(sink)
    assert all(isinstance(one, Refusal) for one in found)
