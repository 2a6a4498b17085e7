"""Texts that people copied, in the dress in which windows, trackers, consoles and editors hand them over."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bounce_tui.parsing import parse, read_pasted
from bounce_tui.parsing.pasting.markup import without_markup
from bounce_tui.parsing.pasting.wrapping import rejoined

_TEXTS = tomllib.loads(Path(__file__).with_name("pasted_texts.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("scene", _TEXTS["scene"], ids=lambda scene: scene["what"])
def test_a_copied_text_tells_who_failed_and_why(scene: dict[str, Any]) -> None:
    bounce = parse(scene["text"].encode())
    told = [
        [one.recipient or "", one.action, one.reply_code or "", one.status or "", one.remote_mta or ""]
        for one in bounce.failures
    ]
    assert bounce.is_bounce
    assert told == scene["failures"]
    assert (bounce.date or "")[:10] == scene.get("date", "")
    assert bounce.failures[0].diagnostic == scene.get("says", bounce.failures[0].diagnostic)


@pytest.mark.parametrize("scene", _TEXTS["none"], ids=lambda scene: scene["what"])
def test_what_only_speaks_of_failures_is_no_bounce(scene: dict[str, Any]) -> None:
    assert not parse(scene["text"].encode()).is_bounce


@pytest.mark.parametrize(
    ("digest", "recipients"),
    [(("ann", "bo"), ["ann@dest.example", "bo@dest.example"]), (("ann", "ann"), ["ann@dest.example"])],
)
def test_all_bounces_of_a_digest_count_and_none_twice(digest: tuple[str, ...], recipients: list[str]) -> None:
    report = (
        "\n--D\n\nReturn-Path: <>\nFrom: MAILER-DAEMON@mx.example\n"
        "Subject: Undelivered Mail Returned to Sender\n\nThis is the mail system at host mx.example.\n\n"
        "<{0}@dest.example>: host mx.dest.example[192.0.2.1] said: 550 5.1.1 unknown (in reply to RCPT TO)\n"
    )
    mail = (
        "From: office@own.example\nTo: it@own.example\nSubject: two came back\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="M"\n\n--M\n\nboth below\n\n'
        '--M\nContent-Type: multipart/digest; boundary="D"\n'
        + "".join(report.format(name) for name in digest)
        + "\n--D--\n\n--M--\n"
    )
    bounce = parse(mail.encode())
    assert bounce.forwarded
    assert [one.recipient for one in bounce.failures] == recipients


@pytest.mark.parametrize(
    "text",
    [
        "Please write to bob@dest.example.\nThe office is closed.",
        "Lines of ragged length stay,\nas nobody cut them at a column,\nbut where words end.\nGood.",
        "one two\nthree\n<b@dest.example> said\nno",
        "aaa   bbb   ccc\nddd   eee   fff\nggg   hhh   iii\njjj   kkk   lll\nmmm",
    ],
)
def test_lines_that_nobody_broke_stay_apart(text: str) -> None:
    assert rejoined(text) == text


@pytest.mark.parametrize(
    "text",
    ["a = b and c=3D is a model", "x < y and <bob@dest.example>", "R&D and A&B", "C:\\temp\\new", "{a} {b}"],
)
def test_signs_that_are_no_markup_stay(text: str) -> None:
    assert without_markup(text) == text


def test_a_log_in_the_colours_of_a_console_is_a_log() -> None:
    log = (
        "Nov 16 04:01:02 mail postfix/smtp[2211]: 4XkQ2z0Kz: to=<arend@ketel.example>, relay=none, dsn=5.1.1,"
        " \x1b[1;31mstatus=bounced\x1b[0m (host mx.ketel.example[192.0.2.7] said: 550 5.1.1 User unknown)\n"
    )
    assert "(Postfix)" in parse(log.encode()).because


@pytest.mark.parametrize(
    "reply",
    [
        "<div>550 5.1.1 &lt;bob@dest.example&gt;:<br>Recipient<br>address rejected</div>",
        "550=A05.1.1 <bob=40dest.example>: Recipient=20=\naddress rejected=20=\n",
        "550 5.1.1 <bob@dest\xad.example>: Recipient address rejected",
    ],
)
def test_a_reply_is_explained_in_whatever_dress_it_is_pasted(reply: str) -> None:
    (failure,) = read_pasted(reply).failures
    assert (failure.recipient, failure.reply_code, failure.status) == ("bob@dest.example", "550", "5.1.1")
