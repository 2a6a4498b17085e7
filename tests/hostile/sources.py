"""Mailboxes as they lie about on a postmaster's disk, written and labelled before our code was asked.

Each function puts one thing into an empty folder; `Expected` says what a postmaster wants to hear of it.
"""

import bz2
import gzip
import io
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

DATE = "Fri Nov 20 10:00:00 2026"
FROM = f"From MAILER-DAEMON {DATE}\n".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def mail(name: str, *, head: str = "", more: str = "") -> bytes:
    """A bounce for name@example.net."""
    return (
        f"From: MAILER-DAEMON@mx.example.org\nTo: sender@example.org\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n"
        f"Subject: Undelivered Mail Returned to Sender\nMessage-ID: <{name}@mx.example.org>\n{head}\n"
        f"<{name}@example.net>: host mx.example.net[192.0.2.7] said: 550 5.1.1 user unknown\n{more}"
    ).encode()


def mbox(*names: str, line: bytes = FROM) -> bytes:
    return b"".join(line + mail(name) + b"\n" for name in names)


class Expected(Struct):
    """The recipients in their order, and, of each line on standard error, words that it holds."""

    recipients: str = ""
    refusals: tuple[str, ...] = ()
    given: tuple[str, ...] = (".",)


class Source(Struct):
    """What is put into the folder, and what is expected of it."""

    name: str
    put: Callable[[Path], None]
    expected: Expected


SOURCES: list[Source] = []


def source(
    recipients: str, *refusals: str, given: tuple[str, ...] = (".",)
) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    def note(put: Callable[[Path], None]) -> Callable[[Path], None]:
        SOURCES.append(Source(put.__name__, put, Expected(recipients, refusals, given)))
        return put

    return note


def files(recipients: str, *refusals: str, given: tuple[str, ...] = (".",), **content: bytes) -> None:
    """A source of plain files; "__" in a name is a dot."""

    def put(top: Path) -> None:
        for name, data in content.items():
            (top / name.replace("__", ".")).write_bytes(data)

    put.__name__ = next(iter(content))
    source(recipients, *refusals, given=given)(put)


# mbox and its kin

files("a b", from_in_a_text=mbox("a").replace(b"\n\n", b"\n\nFrom here on it is text.\n", 1) + mbox("b"))
files("a b", first_line_undated=b"From daemon\n" + mail("a") + b"\nFrom daemon\n" + mail("b"))
files("a b", thunderbird=mbox("a", "b", line=f"From - {DATE}\n".encode()))
files("a b", eudora=mbox("a", "b", line=f"From ???@??? {DATE}\n".encode()))
files("a b", readpst=mbox("a", "b", line=f'From "Mail Delivery System" {DATE}\n'.encode()))
files("a b", takeout=mbox("a", "b", line=b"From 1849@xxx Fri Nov 20 10:00:00 +0000 2026\r\n"))
files("a b", pipermail__txt=mbox("a", "b", line=f"From mailer at mx.example.org  {DATE}\n".encode()))
files("a b", zone_by_name=mbox("a", "b", line=b"From MAILER-DAEMON Fri Nov 20 10:00:00 CET 2026\n"))
files("a b", crlf_mbox=mbox("a", "b").replace(b"\n", b"\r\n"))
files("a b", cr_mbox=mbox("a", "b").replace(b"\n", b"\r"))
files("a b", blank_in_front=b"\xef\xbb\xbf\r\n\n" + mbox("a", "b"))
files("a b", cut_in_the_end=mbox("a", "b")[:-20])
files("a b", no_blank_line_between=(FROM + mail("a") + FROM + mail("b")))
files("- a b", half_a_mail_in_front__mbox=b"end of a mail that was cut\n\n" + mbox("a", "b"))
files("a b", nuls_in_the_end=mbox("a", "b") + bytes(5000))

for _name, _lie in (("zero", 0), ("beyond", 10**6), ("below", -5), ("absurd", "9" * 400), ("words", "many")):
    _whole = FROM + mail("a", head=f"Content-Length: {_lie}\n") + b"\n" + mbox("b")
    files("a b", **{f"content_length_{_name}": _whole})

files("", "MMDF", mmdf=b"\1\1\1\1\n" + mail("a") + b"\1\1\1\1\n\1\1\1\1\n" + mail("b") + b"\1\1\1\1\n")
files("", "Babyl", rmail=b"BABYL OPTIONS: -*- rmail -*-\nVersion: 5\n\x1f\f\n0,,\n*** EOOH ***\n" + mail("a"))
files("a", concatenated__eml=mail("a") + b"\n" + mail("b"))

# Folders of programs


@source("a b c d e")
def maildir_with_odd_flags(top: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (top / name).mkdir()
    names = ["cur/1.a:2,", "cur/2.b:2,FRSTabz", "cur/3.c!2,S", "cur/4.d,S=99,W=101:2,S", "new/5.e:2,"]
    for name, who in zip(names, "abcde", strict=True):
        (top / name).write_bytes(mail(who))
    (top / "tmp" / "6.f").write_bytes(mail("f"))


@source("t a")
def maildir_with_its_servers_files(top: Path) -> None:
    for name in ("cur", "new", "tmp", ".Trash/cur", ".Trash/new", ".Trash/tmp", "courierimapkeywords"):
        (top / name).mkdir(parents=True)
    (top / "cur" / "1.a:2,S").write_bytes(mail("a"))
    (top / ".Trash" / "cur" / "2.t:2,ST").write_bytes(mail("t"))
    for name in ("dovecot.index", "dovecot.index.cache", "dovecot-uidlist", "dovecot-keywords", "maildirsize",
                 "subscriptions", "courierimapuiddb", "courierimapkeywords/:list", ".Trash/maildirfolder",
                 "dovecot-uidvalidity.5f2", ".dovecot.sieve", ".Trash/dovecot.index.log"):  # fmt: skip
        (top / name).write_bytes(b"3 V1605866400 N2\n\x00\x01")


@source("a b")
def maildir_compressed_by_dovecot(top: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (top / name).mkdir()
    (top / "cur" / "1.a,S=400:2,SZ").write_bytes(gzip.compress(mail("a")))
    (top / "cur" / "2.b,S=400:2,S").write_bytes(bz2.compress(mail("b")))


@source("a b")
def thunderbird_profile(top: Path) -> None:
    (top / "Inbox.sbd").mkdir()
    (top / "Inbox").write_bytes(mbox("a", line=f"From - {DATE}\n".encode()))
    (top / "Inbox.sbd" / "Bounces").write_bytes(mbox("b", line=f"From - {DATE}\n".encode()))
    (top / "Inbox.msf").write_bytes(b'// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> // (f=iso-8859-1)\n')
    (top / "popstate.dat").write_bytes(b"# POP3 State File\n# This is a generated file!  Do not edit.\n")


@source("a b", "Info.plist")
def apple_mail(top: Path) -> None:
    (top / "INBOX.mbox" / "Messages").mkdir(parents=True)
    plist = b'<?xml version="1.0"?>\n<plist version="1.0"><dict><key>flags</key></dict></plist>\n'
    for name in "ab":
        text = mail(name)
        path = top / "INBOX.mbox" / "Messages" / f"{name}.emlx"
        path.write_bytes(b"%-10d\n" % len(text) + text + plist)
    (top / "INBOX.mbox" / "Info.plist").write_bytes(plist)


@source("1 10 2")
def mh(top: Path) -> None:
    for name in ("1", "2", "10"):
        (top / name).write_bytes(mail(name))
    (top / ".mh_sequences").write_bytes(b"unseen: 1-2\n")


@source("a")
def folder_named_as_a_mail(top: Path) -> None:
    (top / "x.eml").mkdir()
    (top / "x.eml" / "a.eml").write_bytes(mail("a"))


# Packed

# The same each time: what looks like an address in it is read as one.
NOISE = random.Random(1).randbytes(9000)
files("a b", packed_mbox__gz=gzip.compress(mbox("a", "b")))
files("a b", packed_mbox__bz2=bz2.compress(mbox("a", "b")))
files("a b", packed_mbox__xz=lzma.compress(mbox("a", "b")))
files("", "zstd", packed_mbox__zst=b"\x28\xb5\x2f\xfd\x04\x00" + os.urandom(500))
files("a", packed_mail__eml__gz=gzip.compress(mail("a")))
files("a", gzipped_under_a_mail_s_name__eml=gzip.compress(mail("a")))
files("a b", members__gz=gzip.compress(mbox("a")) + gzip.compress(mbox("b")))
files("a b", plain_under_a_packed_name__gz=mbox("a", "b"))
files("a b", "damaged or cut", cut_packed__gz=gzip.compress(mbox("a", "b") + NOISE)[:6000])
files("", "damaged or cut", broken__gz=b"\x1f\x8b\x08\x00" + b"\xff" * 900)
files("", "packed: compressed with gzip", twice__gz=gzip.compress(gzip.compress(mbox("a"))))
files("", "packed.gz: packed: binary", packed__gz=gzip.compress(bytes(range(256)) * 40))
files("", "empty", empty__gz=gzip.compress(b""))
files("a b", garbage_behind__gz=gzip.compress(mbox("a", "b")) + bytes(512))


LOCKED = b"\x14\0\0\0\x08", b"\x14\0\1\0\x08"


def _zip(**members: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", ".").replace("SLASH", "/"), data)
    return sink.getvalue()


def _tar(mode: str, *members: tuple[str, bytes], links: bool = False) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode=mode) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        if links:
            for kind, name in ((tarfile.SYMTYPE, "link.eml"), (tarfile.CHRTYPE, "zero.eml")):
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, "/etc/passwd"
                archive.addfile(info)
    return sink.getvalue()


files("a b c", export_of_365__zip=_zip(a__eml=mail("a"), SLASHbSLASHb__eml=mail("b"), c__eml=mail("c")))
files("a b", takeout_mbox__zip=_zip(TakeoutSLASHMailSLASHAll__mbox=mbox("a", "b")))
files(
    "a", mail_and_more__zip=_zip(a__eml=mail("a"), __MACOSXSLASH_a__eml=b"\0\5\x16\7", readme__html=b"<html>")
)
files("a", out_of_the_archive__zip=_zip(**{"../../etc/a.eml": mail("a")}))
files("", "no mail in this archive", report__docx=_zip(word__xml=b"<w/>", pic__png=b"\x89PNG\r\n"))
files("", "damaged or cut", damaged__zip=_zip(a__eml=mail("a"))[:-30])
files("", "encrypted", encrypted__zip=_zip(a__eml=mail("a")).replace(*LOCKED))
files(
    "",
    "packed: a tar archive",
    takeout__tgz=_tar("w:gz", ("Takeout/a.eml", mail("a")), ("Takeout/b.mbox", mbox("b"))),
)
files("", "a tar archive", links__tar=_tar("w", ("a.eml", mail("a")), links=True))
files("", "no mail in this archive", zip_in_zip__zip=_zip(inner__zip=_zip(a__eml=mail("a"))))

# One message in odd clothes

files("a", emlx__emlx=b"%d\n" % len(mail("a")) + mail("a") + b"<?xml version='1.0'?><plist><dict/></plist>")
files("a", lying__emlx=b"999999\n" + mail("a") + b"<?xml version='1.0'?><plist><dict/></plist>")
files("", "Outlook", letter__msg=OLE + bytes(2000))
files("", "Outlook Express", folder__dbx=b"\xcf\xad\x12\xfe" + bytes(4000))
files("", "winmail.dat", winmail__dat=b"\x78\x9f\x3e\x22" + bytes(600))
files("", ".pst", store__pst=b"!BDN" + bytes(2000))
files(
    "-",
    page__mht=b"From: <Saved by Blink>\nSubject: News\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>x\n",
)
files("a", utf16_le__eml=b"\xff\xfe" + mail("a").decode().encode("utf-16-le"))
files("a", utf16_be__eml=b"\xfe\xff" + mail("a").decode().encode("utf-16-be"))
files("a", utf16_unmarked__txt=mail("a").decode().encode("utf-16-le"))
files("a", utf8_marked__eml=b"\xef\xbb\xbf" + mail("a"))
files("a", from_line_on_top__eml=FROM + mail("a"))
files("a", nuls_behind__eml=mail("a") + bytes(4096))
files("", "binary", nuls__eml=bytes(1 << 16))
files("", "empty", nothing__eml=b"")
files("", "white space", blank__eml=b"\r\n \n" * 50)
files("a", "core", a__eml=mail("a"), core=b"\x7fELF" + bytes(900))


@source("", "binary")
def sparse(top: Path) -> None:
    with (top / "sparse.eml").open("wb") as file:
        file.truncate(20 << 30)


@source("a", "binary")
def sparse_mbox_beside_a_mail(top: Path) -> None:
    with (top / "sparse").open("wb") as file:
        file.truncate(20 << 30)
    (top / "a.eml").write_bytes(mail("a"))


# Bombs: a thousand times their size, or as much as they like

files("", "binary", zeros__gz=gzip.compress(bytes(20 << 20), 9))
files("a", "unpacks to", one_long_mail__gz=gzip.compress(mail("a") + b"x" * (20 << 20), 6))
files("a", "unpacks to", one_long_mail__xz=lzma.compress(mail("a") + b"x" * (20 << 20), preset=0))
files("a", "unpacks to", one_long_mail__zip=_zip(a__eml=mail("a") + b"x" * (20 << 20)))

# Names and paths

files("a", **{"line\nfeed__eml": mail("a")})
files("a", **{"\x1b]0;owned\x07\x1b[2J__eml": mail("a")})
files("a", **{os.fsdecode(b"\xff\xfe__eml"): mail("a")})
files("a", twice__eml=mail("a"), given=("twice.eml", "twice.eml"))
files("a", written_otherwise__eml=mail("a"), given=("written_otherwise.eml", "./written_otherwise.eml"))
files("a b", a__eml=mail("a"), b__eml=mail("b"), given=("a.eml", "."))
files("b a", a__eml=mail("a"), b__eml=mail("b"), given=(".", "a.eml"))


@source("a", "up: a link that leads back")
def loop_of_folders(top: Path) -> None:
    (top / "a.eml").write_bytes(mail("a"))
    (top / "up").symlink_to(top)


@source("", "a symbolic link that leads back to itself")
def loop_of_links(top: Path) -> None:
    (top / "x.eml").symlink_to("x.eml")


@source("a", given=("box", "box/cur"))
def folder_and_one_in_it(top: Path) -> None:
    (top / "box" / "cur").mkdir(parents=True)
    (top / "box" / "cur" / "a.eml").write_bytes(mail("a"))


@source("a")
def deep(top: Path) -> None:
    folder = top
    for _ in range(300):
        folder = folder / "folder"
    folder.mkdir(parents=True)
    (folder / "a.eml").write_bytes(mail("a"))


@source("a", "pipe: a FIFO", "sock: a socket", "zero: a device")
def no_files(top: Path) -> None:
    import socket

    (top / "a.eml").write_bytes(mail("a"))
    os.mkfifo(top / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(top / "sock"))
    (top / "zero").symlink_to("/dev/zero")
