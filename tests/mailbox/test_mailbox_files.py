"""One file given by name."""

import os
import socket

import pytest

from bounce_tui.mailbox import UnreadableSource, open_sources, read_message, read_span
from bounce_tui.model import Message


def test_a_file_with_one_message_is_read_as_it_is(tmp_path, read, bounce):
    (tmp_path / "a.eml").write_bytes(bounce)
    reading = read(tmp_path / "a.eml")
    assert reading.messages == [(Message(str(tmp_path / "a.eml"), 0, 0, len(bounce)), bounce)]
    assert reading.refusals == []


def test_the_path_stays_as_the_user_gave_it(tmp_path, read, bounce, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.eml").write_bytes(bounce)
    assert read("./box/../box/a.eml").files == ["./box/../box/a.eml"]
    assert read("box/").files == ["box/a.eml"]
    assert read(".").files == ["./box/a.eml"]


def test_a_file_named_twice_is_read_once(tmp_path, read, bounce):
    (tmp_path / "a.eml").write_bytes(bounce)
    (tmp_path / "link.eml").symlink_to("a.eml")
    again = tmp_path / "." / "a.eml"
    assert len(read(tmp_path / "a.eml", again, tmp_path / "link.eml").messages) == 1


@pytest.mark.parametrize(
    "before",
    [
        b"From MAILER-DAEMON Mon Feb  9 12:36:39 2009\n",
        b"From MAILER-DAEMON  Mon Feb  9 12:36:39 2009\r\n",
        b"From - Fri, 20 Nov 2026 09:14:02 +0000\n",
        b"From sender@example.org\n",
        b"From a@example.org Mon Feb  9 12:36:39 2009\n>From b Mon Feb  9 12:36:38 2009 remote from x\n",
        b"\n\n\n",
        b"   \t \r\n\r\n",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\n",
        b"\nFrom MAILER-DAEMON Mon Feb  9 12:36:39 2009\n",
    ],
)
def test_what_mail_programs_leave_in_front_of_a_message_is_not_part_of_it(tmp_path, read, bounce, before):
    (tmp_path / "a.eml").write_bytes(before + bounce)
    reading = read(tmp_path / "a.eml")
    assert reading.raws == [bounce]
    assert reading.messages[0][0].length == len(before + bounce)


def test_an_eml_that_begins_with_a_from_line_and_quotes_another_is_one_message(tmp_path, read, bounce):
    line = b"From MAILER-DAEMON Mon Feb  9 12:36:39 2009\n"
    whole = bounce + b"----- Original message -----\n\n" + line + b"Subject: the original\n\nHello\n"
    (tmp_path / "a.eml").write_bytes(line + whole)
    assert read(tmp_path / "a.eml").raws == [whole]


def test_a_bounce_pasted_without_headers_is_one_message(tmp_path, read):
    text = b"From the mail server:\n\n550 5.1.1 <gone@example.net>: user unknown\n"
    (tmp_path / "pasted.txt").write_bytes(text)
    assert read(tmp_path / "pasted.txt").raws == [text]


def test_a_message_that_was_pasted_with_an_indent_keeps_it_in_all_its_lines(tmp_path, read, bounce):
    indented = b"".join(b"    " + line for line in bounce.splitlines(keepends=True))
    (tmp_path / "a.eml").write_bytes(b"\n  \n" + indented)
    assert [raw for _, raw in read(tmp_path / "a.eml").messages] == [indented]


def test_a_message_with_cr_line_ends_is_one_message(tmp_path, read, bounce):
    raw = bounce.replace(b"\n", b"\r")
    (tmp_path / "a.eml").write_bytes(raw)
    (tmp_path / "b.txt").write_bytes(b"From MAILER-DAEMON Mon Feb  9 12:36:39 2009\r" + raw)
    assert read(tmp_path / "a.eml", tmp_path / "b.txt").raws == [raw, raw]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_text_saved_as_unicode_by_a_windows_program_is_read(tmp_path, read, codec):
    text = "The message could not be delivered: 550 5.1.1 user unknown\r\nEmpfänger: gone@example.net\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode(codec))
    if codec != "utf-16":
        text = "".join(char for char in text if char.isascii())
        (tmp_path / "a.txt").write_bytes(text.encode(codec))
    assert read(tmp_path / "a.txt").raws == [text.encode()]


def test_an_undecodable_file_name_is_carried_through(tmp_path, read, bounce):
    name = os.fsdecode(b"b\xfcro.eml")
    (tmp_path / name).write_bytes(bounce)
    reading = read(tmp_path)
    assert reading.files == [f"{tmp_path}/{name}"]
    assert read_message(reading.messages[0][0]) == bounce


def test_reading_leaves_no_trace(tmp_path, read, bounce):
    path = tmp_path / "inbox"
    path.write_bytes(b"From a@example.org Mon Feb  9 12:36:39 2009\n" + bounce)
    path.chmod(0o400)
    os.utime(path, ns=(1_000_000_000, 2_000_000_000))
    before = path.stat()
    assert len(read(path).messages) == 1
    after = path.stat()
    assert (after.st_atime_ns, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_atime_ns,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )
    assert list(tmp_path.iterdir()) == [path]


def _refused(reading, path) -> str:
    assert reading.messages == []
    assert list(reading.reasons) == [str(path)]
    assert len(reading.refusals) == 1
    assert "\n" not in reading.refusals[0].reason
    return reading.refusals[0].reason


def test_a_missing_path_is_named(tmp_path, read):
    assert "no such file" in _refused(read(tmp_path / "gone"), tmp_path / "gone")
    assert "no such file" in _refused(read(""), "")


def test_a_path_through_a_file_is_named(tmp_path, read):
    (tmp_path / "a").write_bytes(b"x")
    assert "no folder" in _refused(read(tmp_path / "a" / "b"), tmp_path / "a" / "b")


def test_a_name_that_no_file_can_have_is_named(tmp_path, read):
    assert "name" in _refused(read("a\0b"), "a\0b")
    assert "long" in _refused(read("a" * 300), "a" * 300)


def test_an_empty_file_is_named(tmp_path, read):
    (tmp_path / "a.eml").touch()
    (tmp_path / "b").touch()
    assert _refused(read(tmp_path / "a.eml"), tmp_path / "a.eml") == "empty file"
    assert _refused(read(tmp_path / "b"), tmp_path / "b") == "empty file"


def test_a_file_of_nothing_but_white_space_is_named(tmp_path, read):
    (tmp_path / "a.eml").write_bytes(b" \r\n\n\t" * 9000)
    assert "white space" in _refused(read(tmp_path / "a.eml"), tmp_path / "a.eml")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "JPEG"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x7fELF\x02\x01\x01\0", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".eml"),
        (b"!BDN\0\0\0\0", ".pst"),
        (b"SQLite format 3\0\x10\0", "SQLite"),
        (bytes(range(256)) * 4, "binary"),
        (b"some text and then\0\0\0\0zeros", "binary"),
    ],
)
@pytest.mark.parametrize("name", ["a.eml", "a.msg", "a"])
def test_what_is_no_text_is_named_with_what_it_is(tmp_path, read, name, content, word):
    (tmp_path / name).write_bytes(content)
    assert word in _refused(read(tmp_path / name), tmp_path / name)


def test_a_mail_with_zeros_in_it_is_still_a_mail(tmp_path, read, bounce):
    (tmp_path / "a.eml").write_bytes(bounce + b"\0\0\0")
    assert read(tmp_path / "a.eml").raws == [bounce + b"\0\0\0"]


def test_a_fifo_is_named_and_nobody_waits_for_it(tmp_path, read):
    os.mkfifo(tmp_path / "a.eml")
    assert "FIFO" in _refused(read(tmp_path / "a.eml"), tmp_path / "a.eml")


def test_a_program_that_waits_to_write_to_a_fifo_goes_on_waiting(tmp_path, read):
    path = tmp_path / "a.eml"
    os.mkfifo(path)
    writer = os.fork()
    if writer == 0:
        os.close(os.open(path, os.O_WRONLY))
        os._exit(0)
    try:
        read(path)
        read(tmp_path)
        assert os.waitpid(writer, os.WNOHANG) == (0, 0)
    finally:
        os.kill(writer, 9)
        os.waitpid(writer, 0)


def test_a_socket_is_named(tmp_path, read, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("a.eml")
        assert "socket" in _refused(read("a.eml"), "a.eml")


def test_a_device_is_named(read):
    assert "device" in _refused(read("/dev/null"), "/dev/null")


def test_a_file_without_permission_is_named(open_folder, read, bounce, as_nobody):
    (open_folder / "closed.eml").write_bytes(bounce)
    (open_folder / "closed.eml").chmod(0)
    (open_folder / "shut").mkdir(mode=0)
    (open_folder / "open.eml").write_bytes(bounce)

    def work() -> None:
        reading = read(open_folder)
        assert reading.files == [str(open_folder / "open.eml")]
        assert reading.reasons == {
            str(open_folder / "closed.eml"): "permission denied",
            str(open_folder / "shut"): "permission denied",
        }
        reading = read(open_folder / "closed.eml", open_folder / "shut" / "a.eml")
        assert set(reading.reasons.values()) == {"permission denied"}

    try:
        as_nobody(work)
    finally:
        (open_folder / "shut").chmod(0o700)


def test_a_file_of_another_user_can_be_read(open_folder, read, bounce, as_nobody):
    # Only the owner may ask the system to leave the access time alone.
    (open_folder / "a.eml").write_bytes(bounce)

    def work() -> None:
        assert read(open_folder / "a.eml").raws == [bounce]

    as_nobody(work)


def test_a_link_to_nothing_and_a_link_to_itself_are_told_apart(tmp_path, read):
    (tmp_path / "dangling").symlink_to("gone")
    (tmp_path / "self").symlink_to("self")
    reading = read(tmp_path / "dangling", tmp_path / "self")
    assert "to nothing" in reading.reasons[str(tmp_path / "dangling")]
    assert "back to itself" in reading.reasons[str(tmp_path / "self")]


def test_a_message_too_long_to_read_gives_its_beginning(tmp_path, bounce):
    path = tmp_path / "a.eml"
    path.write_bytes(bounce)
    os.truncate(path, 200 << 20)
    raw = read_message(Message(str(path), 0, 0, 200 << 20))
    assert raw.startswith(bounce)
    assert len(raw) == 64 << 20


def test_a_file_that_changed_after_it_was_listed_is_refused_and_not_shown_for_another(tmp_path, read, bounce):
    path = tmp_path / "a.eml"
    path.write_bytes(bounce)
    ((message, _),) = read(path).messages
    path.write_bytes(bounce + b"more\n")
    with pytest.raises(UnreadableSource, match="changed"):
        read_message(message)


def test_a_file_that_went_away_after_it_was_listed_is_named(tmp_path, bounce):
    path = tmp_path / "a.eml"
    path.write_bytes(bounce)
    (span,) = open_sources([str(path)])
    path.unlink()
    (refusal,) = read_span(span)
    assert refusal.file == str(path)
    with pytest.raises(UnreadableSource) as caught:
        read_message(Message(str(path), 0, 0, len(bounce)))
    assert caught.value.file == str(path)
    assert str(caught.value) == caught.value.reason == "no such file or folder"


def test_a_file_that_became_a_fifo_after_it_was_listed_is_named(tmp_path, bounce):
    path = tmp_path / "a.eml"
    path.write_bytes(bounce)
    (span,) = open_sources([str(path)])
    path.unlink()
    os.mkfifo(path)
    (refusal,) = read_span(span)
    assert "FIFO" in refusal.reason
