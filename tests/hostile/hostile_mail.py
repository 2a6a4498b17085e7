"""Mail that strangers would write to break a reader: what each holds, and what must come of it.

All is built here and nothing is stored: the big ones would not fit a repository.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

# What a terminal acts on, in the forms in which mail can bring it.  The words in the middle are what a
# test looks for, so that each sequence is told from the screen's own.
TITLE = "\x1b]0;OWNED-TITLE\x07"
CLIPBOARD = "\x1b]52;c;T1dORUQ=\x07"
LINK = "\x1b]8;;http://owned.example/\x1b\\"
COLOUR = "\x1b[48;5;199m"
CLEAR = "\x1b[2J\x1b[H"
C1 = "\x9b31m\x9d0;OWNED-C1\x9c"
BIDI = "\u202e\u2066\u200f\u061c"
SEPARATORS = "\u2028\u2029\x85\x0b\x0c"
MARKUP = "[bold red on white]MARKUP[/] [link=x]y[/link] [@click=app.quit]z[/] <script>alert(1)</script>"
EVIL = f"{TITLE}{CLIPBOARD}{LINK}{COLOUR}{CLEAR}{C1}{BIDI}{SEPARATORS}\x00\x7f\x08{MARKUP}"

FORBIDDEN = (
    *(part.encode() for part in (TITLE, CLIPBOARD, LINK, COLOUR, C1)),
    *(b"\x1b]", b"OWNED-C1\x9c", b"\x9b31m", b"\x9d0;", b"\x00", b"\x7f", b"\x08", b"\x07"),
    *(sign.encode() for sign in BIDI + "\u2028\u2029\x85\x9b\x9d"),
    *(b"\x0b", b"\x0c"),
)
"""Byte sequences that no output may hold, wherever it goes."""

DAEMON = b"From: MAILER-DAEMON@mx.example.org\nTo: sender@example.org\nSubject: Undelivered Mail Returned\n"
REPORT = (
    DAEMON + b"MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
)
STATUS = b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
FAILED = b"Final-Recipient: rfc822; u%d@example.net\nAction: failed\nStatus: 5.1.1\n\n"
GROUP = FAILED % 1
ORIGINAL = b"--b\nContent-Type: message/rfc822\n\n"
TEXT = DAEMON + b"\n<u1@example.net>:\n550 5.1.1 User unknown "
SIGNS = (
    *(b" ", b"\t", b'"', b"'", b"<", b">", b"(", b")", b"[", b"]", b"{", b"=", b"=?", b"?=", b"=?utf-8?q?"),
    *(
        b"+",
        b"-",
        b".",
        b"1",
        b",",
        b";",
        b":",
        b"\\",
        b"/",
        b"@",
        b"a@",
        b"%",
        b"&",
        b"&#",
        b"\x00",
        b"\xff",
    ),
    *(b"\n", b"\r", b"\n ", b"\n--b", b"\n--", b"\n>", b"> ", b"550 ", b"5.1.1 ", b"::", b"\x1b", b"\nFrom "),
)


@dataclass(frozen=True)
class Big:
    """`build` makes the mail; `failures` is how many recipients it reports, None for "it is read"."""

    build: Callable[[], bytes]
    failures: int | None = None


def status(group: bytes) -> bytes:
    """A report whose status part says `group` of one recipient."""
    return REPORT + STATUS + group + b"\n--b--\n"


def levels(count: int) -> bytes:
    """A report inside `count` multiparts."""
    heads = b"".join(b"Content-Type: multipart/mixed; boundary=n%d\n\n--n%d\n" % (n, n) for n in range(count))
    return DAEMON + heads + b"Content-Type: message/delivery-status\n\n" + GROUP


BIG: dict[str, Big] = {
    "20,000 recipients": Big(
        lambda: REPORT + STATUS + b"".join(FAILED % number for number in range(20_000)), 20_000
    ),
    "20,000 recipients in words": Big(
        lambda: (
            DAEMON
            + b"\nHi. This is the qmail-send program at mx.example.org.\n\n"
            + b"".join(b"<u%d@example.net>:\n550 5.1.1 no such user\n\n" % n for n in range(20_000))
        ),
        20_000,
    ),
    "20,000 parts": Big(lambda: REPORT + b"--b\n\nx\n" * 20_000 + STATUS + GROUP, 1),
    "20,000 boundaries": Big(lambda: REPORT + b"--b\n" * 20_000 + STATUS + GROUP, 1),
    "20,000 attached messages": Big(
        lambda: REPORT + (ORIGINAL + b"From: a@example.org\n\nhi\n") * 20_000 + STATUS + GROUP, 1
    ),
    "2,000 levels": Big(lambda: levels(2000), 1),
    "2,000 messages in messages": Big(
        lambda: DAEMON + b"Content-Type: message/rfc822\n\nSubject: x\n" * 2000, 0
    ),
    "attachment of 50 MB": Big(
        lambda: (
            REPORT
            + STATUS
            + GROUP
            + b"--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
            + (b"QUJD" * 19 + b"\n") * 680_000
        ),
        1,
    ),
    "header of a megabyte": Big(lambda: DAEMON + b"X-Long: " + b'a@<("=?' * 150_000 + b"\n" + TEXT, 1),
    "header without an end": Big(lambda: DAEMON + b"X-A: b\n" * 150_000),
    "header of folds": Big(lambda: DAEMON + b"X-A: b\n" + b" c\n" * 300_000 + TEXT[len(DAEMON) :], 1),
    "8,000 Received": Big(
        lambda: (
            b"Received: from a.example (b.example [192.0.2.1]) by c.example; 19 Nov 2026 09:00:00 +0000\n"
            * 8000
            + TEXT
        ),
        1,
    ),
    "line of a million signs": Big(lambda: TEXT + b"x" * 1_000_000, 1),
    "60,000 encoded words": Big(
        lambda: b"X-A: b\nSubject: " + b"=?utf-8?q?=C3=A9?= " * 60_000 + b"\n" + TEXT, 1
    ),
    "40,000 quoted lines": Big(
        lambda: b"From: a@example.org\n\n" + b"> 550 unknown u@example.net\n" * 40_000
    ),
    "HTML of a megabyte": Big(
        lambda: DAEMON + b"Content-Type: text/html\n\n<u1@example.net>: 550 no" + b" " * 1_000_000
    ),
    "40,000 parameters": Big(
        lambda: REPORT + b"--b\nContent-Type: image/png" + b"; a*1=b" * 40_000 + b"\n\n" + STATUS + GROUP, 1
    ),
}

PLACES: dict[str, Callable[[bytes], bytes]] = {
    "Subject": lambda run: TEXT.replace(b"Undelivered", b"Undelivered " + run),
    "From": lambda run: TEXT.replace(b"MAILER-DAEMON", run + b" MAILER-DAEMON"),
    "Date": lambda run: b"Date: " + run + b"\n" + TEXT,
    "Received": lambda run: b"Received: from " + run + b" (" + run + b") by x.example; " + run + b"\n" + TEXT,
    "Content-Type": lambda run: b"Content-Type: text/plain; " + run + b"\n" + TEXT,
    "boundary": lambda run: DAEMON
    + b'Content-Type: multipart/mixed; boundary="' + run + b'"\n\n--' + run + b"\n\nhi",
    "encoding": lambda run: b"Content-Transfer-Encoding: " + run + b"\n" + TEXT,
    "field name": lambda run: run + b": x\n" + TEXT,
    "words": lambda run: TEXT + run,
    "HTML": lambda run: DAEMON + b"Content-Type: text/html\n\n<u1@example.net>: 550 no " + run,
    "base64": lambda run: DAEMON + b"Content-Transfer-Encoding: base64\n\n" + run,
    "quoted-printable": lambda run: DAEMON + b"Content-Transfer-Encoding: quoted-printable\n\n" + run,
    "diagnostic": lambda run: status(GROUP.rstrip() + b"\nDiagnostic-Code: smtp; 550 5.1.1 " + run),
    "recipient": lambda run: status(b"Final-Recipient: rfc822; " + run + b"\nAction: failed"),
    "status": lambda run: status(b"Final-Recipient: rfc822; u@example.net\nAction: failed\nStatus: " + run),
    "remote": lambda run: status(GROUP.rstrip() + b"\nRemote-MTA: dns; " + run),
    "original": lambda run: REPORT
    + STATUS
    + GROUP
    + ORIGINAL
    + b"Received: from " + run + b"\nFrom: " + run + b"\nReturn-Path: " + run + b"\n\n" + run,
    "Sendmail": lambda run: DAEMON
    + b"\n----- Transcript of session follows -----\n--" + run + b"\n(reason: " + run,
    "Notes": lambda run: DAEMON
    + b"\nwas not delivered to:\n" + run + b"\nbecause:\n" + run + b"Failure Reasons",
    "m-FILTER": lambda run: DAEMON + b"\n-------server message\n" + run + b"\n-------SMTP command\n" + run,
    "pasted": lambda run: b"host mx.example.net said: 550 5.1.1 " + run,
}  # fmt: skip
"""Where a run of one sign can stand."""

CHARSETS = (
    *(b"rot13", b"rot_13", b"hex", b"zlib", b"bz2", b"base64", b"uu", b"quopri", b"idna", b"punycode"),
    *(b"undefined", b"unicode_escape", b"raw_unicode_escape", b"unicode_internal", b"string_escape", b"mbcs"),
    *(b"utf-7", b"utf-16", b"utf-32", b"utf-8-sig", b"utf_8_sig", b"iso-2022-jp", b"hz", b"cp65001", b"oem"),
    *(b"utf-8\x00", b"x" * 100_000, b"../../etc/passwd", b"\xff", b"os", b"__init__", b"%s%n", b" "),
    b"unknown-8bit",
)  # fmt: skip


def in_charset(charset: bytes) -> bytes:
    """A report that names `charset` wherever mail can name one."""
    word = b"=?%s?b?%s?= =?%s?q?=FF=00x?=" % (charset, b64encode(b"+AFs-\xff\xfe\x00x\\x41\\ud800"), charset)
    return (
        DAEMON.replace(b"Undelivered", b"Undelivered " + word)
        + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset="
        + charset
        + b"\n\n<u1@example.net>:\n550 5.1.1 User unknown \\x41 +2AA- \xff\xfe~{\n"
        + b"--b\nContent-Type: image/png; name*="
        + charset
        + b"''%FF%00x\n\nx\n--b--\n"
    )


def planted(evil: bytes) -> bytes:
    """A report with `evil` in every place that a reader shows."""
    word = b"=?utf-8?b?" + b64encode(evil) + b"?="
    line = evil.replace(b"\n", b" ").replace(b"\r", b" ").replace(b"\x00", b"")
    return b"\n".join(
        [
            b"Received: from "
            + line
            + b" ("
            + line
            + b" [192.0.2.1]) by "
            + line
            + b"; Thu, 19 Nov 2026 09:00:00 +0000",
            b"From: MAILER-DAEMON " + word + b" " + line + b" <MAILER-DAEMON@mx.example.org>",
            b"To: " + line + b" <sender@example.org>",
            b"Subject: Undelivered " + word + b" " + line,
            b"Message-ID: <" + line + b"@x>",
            b"X-" + line + b": " + line,
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            b"",
            b"--b",
            b"Content-Type: text/plain; charset=utf-8",
            b"",
            b"words " + line,
            b"--b",
            b"Content-Type: message/delivery-status",
            b"",
            b"Reporting-MTA: dns; mx" + line + b".example.org",
            b"",
            b"Final-Recipient: rfc822; u" + line.replace(b"@", b"") + b"@example.net",
            b"Original-Recipient: rfc822; o" + word + b"@example.net",
            b"Action: failed",
            b"Status: 5.1.1 " + line,
            b"Remote-MTA: dns; r" + line + b".example.net",
            b"Diagnostic-Code: smtp; 550 5.1.1 <" + line + b"> User unknown " + word + b" " + line,
            b"Last-Attempt-Date: " + line,
            b"",
            b"--b",
            b"Content-Type: application/x; name*=utf-8''" + b"".join(b"%%%02X" % byte for byte in evil),
            b"",
            b"x",
            b"--b",
            b"Content-Type: message/rfc822",
            b"",
            b"From: " + word + line + b" <sender@example.org>",
            b"To: " + line + b" <u@example.net>",
            b"Return-Path: <" + line + b"@example.org>",
            b"X-Mailer: " + word + line,
            b"Subject: " + word + line,
            b"",
            line,
            b"--b--",
            b"",
        ]
    )


PLANTED: dict[str, bytes] = {
    "in UTF-8": planted(EVIL.encode()),
    "in Latin-1": planted(EVIL.encode("latin-1", "ignore")),
    "surrogates as bytes": planted(b"\xed\xa0\x80\xed\xb0\x80" + EVIL.encode()),
    "in a notice of JSON": DAEMON
    + b'\n{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"u@example.net",'
    + b'"action":"failed","status":"5.1.1","diagnosticCode":'
    + b'"smtp; 550 5.1.1 \\ud800 \\u001b]0;OWNED-TITLE\\u0007 \\u202e"}]}}\n',
    "in HTML": DAEMON
    + b"Content-Type: text/html; charset=utf-8\n\n<p>&lt;u@example.net&gt;: 550 5.1.1 unknown"
    + b" &#27;]0;OWNED-TITLE&#7;"
    + b" &#x9b;31m &#x202e; &#xD800; &#1114112; &#99999999999; </p>",
    "pasted": b"host mx.example.net said: 550 5.1.1 <u@example.net> User unknown " + EVIL.encode(),
}
