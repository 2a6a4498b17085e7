"""Files of Dovecot's sdbox and mdbox, and the index files that IMAP servers keep beside mail."""

import gzip

import pytest

from bounce_tui.mailbox import open_sources, read_message, read_span

_LINE = b"2 M1e C5f0c1a2b\n"


def _dbox(*mails: bytes) -> bytes:
    """A file as Dovecot writes it, with `mails`."""
    return _LINE + b"".join(
        b"\1\2N %8s %016x\n" % (b"", len(mail)) + mail + b"\n\1\3\nR5f0c1a2b\nG9a8b\nV1f4\n\n"
        for mail in mails
    )


def test_each_message_of_an_mdbox_is_a_mail_of_its_own(tmp_path, read, bounce):
    other = bounce.replace(b"gone@", b"lost@") + b"\n\1\3\n\n\1\2N no header of Dovecot's\n"
    file = tmp_path / "m.1"
    file.write_bytes(_dbox(bounce, other, bounce))
    reading = read(file)
    assert reading.raws == [bounce, other, bounce]
    assert [message.index for message, _ in reading.messages] == [0, 1, 2]
    assert reading.refusals == []
    assert [read_message(message) for message, _ in reading.messages] == reading.raws


def test_an_sdbox_and_what_dovecot_compressed_are_read(tmp_path, read, bounce):
    (tmp_path / "u.1").write_bytes(_dbox(bounce))
    (tmp_path / "u.2").write_bytes(_dbox(gzip.compress(bounce)))
    assert read(tmp_path).raws == [bounce, bounce]


@pytest.mark.parametrize("kept", [-1, -40, -len(_dbox(b"x" * 30))])
def test_a_dbox_that_is_cut_brings_what_comes_before(tmp_path, read, bounce, kept):
    file = tmp_path / "m.1"
    file.write_bytes(_dbox(bounce, b"Subject: cut\n\n" + b"x" * 90)[:kept])
    reading = read(file)
    assert reading.raws == [bounce]
    assert reading.reasons[str(file)].startswith("damaged, or still being written")


def test_a_message_of_an_mdbox_that_cannot_be_unpacked_hides_no_other(tmp_path, read, bounce):
    file = tmp_path / "m.1"
    file.write_bytes(_dbox(bounce, b"\x1f\x8b\x08 no gzip", bounce))
    reading = read(file)
    assert reading.raws == [bounce, bounce]
    assert [message.index for message, _ in reading.messages] == [0, 2]
    assert [refusal.file for refusal in reading.refusals] == [str(file)]
    assert read_message(reading.messages[1][0]) == bounce


def test_lines_of_dovecot_may_be_long(tmp_path, read, bounce):
    file = tmp_path / "m.1"
    file.write_bytes(_dbox(bounce, bounce).replace(b"\nV1f4\n", b"\nB" + b"f" * 5000 + b"\n"))
    assert read(file).raws == [bounce, bounce]


def test_a_dbox_of_absurd_lengths_ends(tmp_path, read):
    for number, raw in enumerate(
        [b"2 M0 C1\n" + b"\1\2" * 9, _LINE + b"\1\2N          ffffffffffffffff\nx" * 9]
    ):
        file = tmp_path / f"m.{number}"
        file.write_bytes(raw)
        reading = read(file)
        assert reading.messages == []
        assert list(reading.reasons) == [str(file)]


def test_a_dbox_on_standard_input_or_in_an_archive_is_no_single_mail(tmp_path, read, bounce):
    file = tmp_path / "m.1.gz"
    file.write_bytes(gzip.compress(_dbox(bounce, bounce)))
    assert read(file).messages == []
    assert "dbox" in read(file).reasons[str(file)]


def test_the_index_files_of_dovecot_and_cyrus_are_passed_over_in_silence(tmp_path, read, bounce):
    own = [
        "dovecot.index",
        "dovecot.index.cache",
        "dovecot.map.index.log.2",
        "dovecot-uidlist",
        "cyrus.header",
    ]
    for name in own:
        (tmp_path / name).write_bytes(b"\0\1\2\3" * 9)
    (tmp_path / "1.").write_bytes(bounce)
    reading = read(tmp_path)
    assert (reading.raws, reading.refusals) == ([bounce], [])
    assert list(read(tmp_path / "cyrus.header").reasons.values()) == ["binary data, not a mail"]


def test_a_mail_that_is_named_like_an_index_is_a_mail(tmp_path, read, bounce):
    (tmp_path / "cyrus.down.eml").write_bytes(bounce)
    assert read(tmp_path).raws == [bounce]


def test_one_span_of_a_dbox_can_be_read_by_any_process(tmp_path, bounce):
    file = tmp_path / "m.1"
    file.write_bytes(_dbox(bounce, bounce))
    spans = list(open_sources([str(file)]))
    file.unlink()
    assert [raw for span in spans for _, raw in read_span(span)] == [bounce, bounce]
