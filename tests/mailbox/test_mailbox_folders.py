"""Folders and Maildirs."""

import os
import socket
from pathlib import Path

import pytest

from bounce_tui.mailbox import open_sources, read_message, read_span


def _fill(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _below(folder, paths):
    return [os.path.relpath(path, folder) for path in paths]


def test_a_folder_is_walked_to_its_end_in_the_order_of_names(tmp_path, read, bounce):
    _fill(tmp_path, dict.fromkeys(["b.eml", "a/z.eml", "a/b/c/d.eml", "B.eml", "c"], bounce))
    assert _below(tmp_path, read(tmp_path).files) == ["B.eml", "a/b/c/d.eml", "a/z.eml", "b.eml", "c"]


def test_hidden_files_and_folders_are_left_out(tmp_path, read, bounce):
    _fill(tmp_path, dict.fromkeys([".hidden.eml", ".git/a.eml", "a.eml"], bounce))
    reading = read(tmp_path)
    assert _below(tmp_path, reading.files) == ["a.eml"]
    assert reading.refusals == []


def test_a_folder_of_mail_of_every_kind_brings_all_of_it(tmp_path, read, bounce):
    line = b"From a@example.org Mon Feb  9 12:36:39 2009\n"
    _fill(
        tmp_path,
        {
            "1.eml": bounce,
            "2.box": line + bounce + b"\n" + line + bounce,
            "3.msg": bounce,
            "4.txt": b"550 5.1.1 user unknown\n",
            "5": b"550 5.1.1 user unknown\n",
            "6": bounce,
            "7.eml": b"550 5.1.1 user unknown\n",
        },
    )
    reading = read(tmp_path)
    names = ["1.eml", "2.box", "2.box", "3.msg", "4.txt", "5", "6", "7.eml"]
    assert _below(tmp_path, reading.files) == names
    assert [message.index for message, _ in reading.messages] == [0, 0, 1, 0, 0, 0, 0, 0]
    assert reading.refusals == []


def test_what_lies_beside_the_mail_and_is_none_is_named(tmp_path, read, bounce):
    _fill(
        tmp_path,
        {
            "a.eml": bounce,
            "README.md": b"# Bounces of last week\n\nNote: see below\n",
            "labels.jsonl": b'{"file": "a.eml"}\n',
            "logo.png": b"\x89PNG\r\n\x1a\n\0\0",
            "old.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
            "empty.eml": b"",
        },
    )
    os.mkfifo(tmp_path / "pipe")
    reading = read(tmp_path)
    assert _below(tmp_path, reading.files) == ["a.eml"]
    words = {os.path.relpath(file, tmp_path): reason for file, reason in reading.reasons.items()}
    assert {name: word for name, word in words.items() if name.endswith(("md", "jsonl"))} == {
        "README.md": "not a mail: it has no header (to read it as a pasted bounce, name the file itself)",
        "labels.jsonl": "not a mail: it has no header (to read it as a pasted bounce, name the file itself)",
    }
    assert "PNG" in words["logo.png"]
    assert "Outlook" in words["old.msg"]
    assert words["empty.eml"] == "empty file"
    assert "FIFO" in words["pipe"]
    assert len(words) == len(reading.refusals) == 6


def test_a_text_that_a_folder_passes_over_is_read_when_it_is_named(tmp_path, read):
    _fill(tmp_path, {"reply.log": b"550 5.1.1 user unknown\n"})
    assert read(tmp_path).messages == []
    assert read(tmp_path / "reply.log").raws == [b"550 5.1.1 user unknown\n"]


def test_a_folder_without_mail_is_named(tmp_path, read):
    _fill(tmp_path, {"a/.hidden": b"", "b/.x/y": b""})
    assert read(tmp_path).reasons == {str(tmp_path): "no mail in this folder"}


def test_a_socket_in_a_folder_is_named(tmp_path, read, monkeypatch, bounce):
    monkeypatch.chdir(tmp_path)
    _fill(tmp_path, {"a.eml": bounce})
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        reading = read(".")
    assert reading.files == ["./a.eml"]
    assert "socket" in reading.reasons["./s"]


def test_a_link_that_leads_back_up_is_named_and_read_once(tmp_path, read, bounce):
    _fill(tmp_path, {"a/b/c.eml": bounce})
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "here").symlink_to(".")
    reading = read(tmp_path)
    assert _below(tmp_path, reading.files) == ["a/b/c.eml"]
    assert reading.reasons == {
        f"{tmp_path}/a/b/up": f"a link that leads back to {tmp_path}",
        f"{tmp_path}/a/here": f"a link that leads back to {tmp_path}/a",
    }


def test_a_folder_that_two_names_lead_to_is_read_once(tmp_path, read, bounce):
    _fill(tmp_path, {"2026-11/a.eml": bounce})
    (tmp_path / "today").symlink_to("2026-11")
    reading = read(tmp_path)
    assert _below(tmp_path, reading.files) == ["2026-11/a.eml"]
    assert reading.reasons == {f"{tmp_path}/today": f"the same folder as {tmp_path}/2026-11, already read"}


def test_links_to_mail_elsewhere_are_followed(tmp_path, read, bounce):
    _fill(tmp_path, {"store/a.eml": bounce, "store/sub/b.eml": bounce})
    (tmp_path / "view").mkdir()
    (tmp_path / "view" / "a.eml").symlink_to("../store/a.eml")
    (tmp_path / "view" / "sub").symlink_to("../store/sub")
    assert _below(tmp_path, read(tmp_path / "view").files) == ["view/a.eml", "view/sub/b.eml"]


def test_links_to_nothing_and_to_themselves_are_named(tmp_path, read, bounce):
    _fill(tmp_path, {"a.eml": bounce})
    (tmp_path / "gone.eml").symlink_to("nothing")
    (tmp_path / "self").symlink_to("self")
    reading = read(tmp_path)
    assert len(reading.messages) == 1
    assert "to nothing" in reading.reasons[f"{tmp_path}/gone.eml"]
    assert "back to itself" in reading.reasons[f"{tmp_path}/self"]


def test_folders_nested_deeper_than_a_path_can_say_are_named(tmp_path, read, bounce, monkeypatch):
    _fill(tmp_path, {"a.eml": bounce})
    monkeypatch.chdir(tmp_path)
    here = os.open(".", os.O_RDONLY)
    for _ in range(30):
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    reading = read(".")
    assert reading.files == ["./a.eml"]
    assert [refusal.reason for refusal in reading.refusals] == ["the path is too long to open"]


def test_two_thousand_nested_folders_are_no_trouble(tmp_path, read, bounce, monkeypatch):
    monkeypatch.chdir(tmp_path)
    deep = ""
    for _ in range(2000):
        deep += "d/"
        Path(deep).mkdir()
    Path(deep, "a.eml").write_bytes(bounce)
    files = read(".").files
    # pytest clears old temporary folders by recursion, which would end at such a depth.
    Path(deep, "a.eml").unlink()
    os.removedirs(deep)
    assert files == ["./" + deep + "a.eml"]


# Maildir


@pytest.fixture
def maildir(tmp_path, bounce):
    mail = {
        "cur/1700000000.M1P1.mx.example.net:2,S": b"Subject: one\n\n1\n",
        "cur/1700000003.M1P1.mx.example.net:2,": b"Subject: three\n\n3\n",
        "new/1700000002.M1P1.mx.example.net": b"Subject: two\n\n2\n",
    }
    beside = dict.fromkeys(
        [
            "tmp/1700000009.M1P1.mx.example.net",
            "cur/.nfs0001",
            "dovecot-uidlist",
            "dovecot.index",
            "dovecot.index.log",
            "subscriptions",
            "maildirsize",
            "sieve/main.sieve",
            "courierimapkeywords/list",
        ],
        b"Subject: no mail\n\n",
    )
    _fill(tmp_path / "Maildir", mail | beside)
    return tmp_path / "Maildir"


def test_a_maildir_brings_its_new_and_read_mail_and_nothing_else(maildir, read):
    reading = read(maildir)
    assert [raw[-2:-1] for raw in reading.raws] == [b"1", b"3", b"2"]
    assert reading.refusals == []


def test_a_mail_that_somebody_put_beside_cur_and_new_is_read(maildir, read):
    (maildir / "saved.eml").write_bytes(b"Subject: saved\n\n")
    assert read(maildir).raws[-1] == b"Subject: saved\n\n"


def test_a_maildir_is_left_as_it_is(maildir, read):
    def state():
        return {
            path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns, path.stat().st_atime_ns)
            for path in sorted(maildir.rglob("*"))
            if path.is_file()
        }

    before = state()
    read(maildir)
    assert state() == before


def test_the_subfolders_of_a_maildir_are_read(maildir, read):
    _fill(
        maildir,
        {
            ".Work.Bounces/cur/1:2,S": b"Subject: hidden\n\n",
            ".Work.Bounces/maildirfolder": b"",
            ".Work.Bounces/tmp/9": b"Subject: no\n\n",
            ".Trash/old": b"Subject: no\n\n",
            "Lists/cur/1:2,S": b"Subject: open\n\n",
            "Lists/Sub/new/1": b"Subject: below\n\n",
        },
    )
    for folder in (".Work.Bounces", "Lists", "Lists/Sub"):
        for name in ("cur", "new"):
            (maildir / folder / name).mkdir(exist_ok=True)
    found = [os.path.relpath(file, maildir) for file in read(maildir).files]
    assert found == [
        ".Work.Bounces/cur/1:2,S",
        "Lists/Sub/new/1",
        "Lists/cur/1:2,S",
        "cur/1700000000.M1P1.mx.example.net:2,S",
        "cur/1700000003.M1P1.mx.example.net:2,",
        "new/1700000002.M1P1.mx.example.net",
    ]


def test_an_empty_maildir_is_named(tmp_path, read):
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "dovecot-uidlist").write_bytes(b"3 V1\n")
    assert read(tmp_path).reasons == {str(tmp_path): "no mail in this folder"}


def test_a_file_of_a_maildir_is_one_message_even_if_it_looks_like_an_mbox(maildir, read):
    line = b"From a@example.org Mon Feb  9 12:36:39 2009\n"
    raw = line + b"Subject: 1\n\n\n" + line + b"Subject: 2\n\n"
    (maildir / "new" / "1700000002.M1P1.mx.example.net").write_bytes(raw)
    whole = raw[len(line) :]
    assert read(maildir).raws[2] == whole
    assert read(maildir / "new").raws == [whole]
    reading = read(maildir / "new" / "1700000002.M1P1.mx.example.net")
    assert reading.raws == [whole]
    assert read_message(reading.messages[0][0]) == whole


def test_a_message_that_its_owner_has_read_meanwhile_is_found_again(maildir):
    spans = list(open_sources([str(maildir)]))
    name = "1700000002.M1P1.mx.example.net"
    (maildir / "new" / name).rename(maildir / "cur" / (name + ":2,S"))
    found = [found for span in spans for found in read_span(span)]
    assert [raw for _, raw in found][2] == b"Subject: two\n\n2\n"
    assert found[2][0].file == str(maildir / "new" / name)
    assert read_message(found[2][0]) == b"Subject: two\n\n2\n"


def test_a_message_removed_from_a_maildir_is_named(maildir):
    spans = list(open_sources([str(maildir)]))
    name = "1700000002.M1P1.mx.example.net"
    (maildir / "new" / name).unlink()
    (refusal,) = read_span(spans[2])
    assert (refusal.file, refusal.reason) == (str(maildir / "new" / name), "no such file or folder")


def test_the_total_is_known_once_the_folders_are_listed(tmp_path, bounce):
    _fill(tmp_path, dict.fromkeys(["a/1.eml", "a/2.eml", "b/3.eml"], bounce))
    sources = open_sources([str(tmp_path)])
    spans = list(sources)
    assert sources.total_bytes == sum(span.length for span in spans) == 3 * len(bounce)


def test_what_thunderbird_keeps_beside_its_mboxes_is_passed_over_in_silence(tmp_path, read, bounce):
    (tmp_path / "Bounces").write_bytes(b"From - Fri Nov 20 10:00:00 2026\n" + bounce)
    (tmp_path / "Bounces.msf").write_bytes(b'// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> >\n')
    (tmp_path / "msgFilterRules.dat").write_bytes(b'version="9"\nlogging="no"\n')
    (tmp_path / "popstate.dat").write_bytes(b"# POP3 State File\n")
    (tmp_path / "filterlog.html").write_bytes(b"<html></html>\n")
    reading = read(tmp_path)
    assert (reading.raws, reading.refusals) == ([bounce], [])
