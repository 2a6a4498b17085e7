"""A bounce that a list manager passes on, to the list's owner or to the member, says what it said itself."""

from email.utils import formatdate
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from bounce_tui.model import Failure
from bounce_tui.parsing import parse

HERE = Path(__file__).parent
REPORTS = ("qmail", "postfix_words_only", "exim", "sendmail", "courier")
DATE = formatdate(1_790_000_000)
OWN_WORDS = f"""Return-Path: <>
From: Postmaster <postmaster@mx.example.net>
To: tea-bounces@lists.example
Subject: Your mail
Date: {DATE}

Your mail to bob@example.net could not be delivered:

  550 5.1.1 Nobody of this name lives here
"""


class Manager(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one program writes round a bounce."""

    name: str
    form: Literal["text", "attached"]
    head: str
    text: str

    def around(self, bounce: str) -> bytes:
        """The mail that brings `bounce`."""
        head = self.head.strip("\n")
        if self.form == "text":
            quoted = bounce.rstrip("\n").replace("\n", "\n>")
            text = self.text.replace("{bounce}", bounce).replace("{quoted}", quoted)
            return f"{head}\nDate: {DATE}\n\n{text}".encode()
        return (
            f"{head}\nDate: {DATE}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=manager\n\n"
            f"--manager\nContent-Type: text/plain; charset=utf-8\n\n{self.text}\n"
            f"--manager\nContent-Type: message/rfc822\n\n{bounce}\n--manager--\n"
        ).encode()


class _File(msgspec.Struct):
    manager: list[Manager]


MANAGERS = msgspec.toml.decode((HERE / "list_managers.toml").read_bytes(), type=_File).manager


def said(failures: tuple[Failure, ...]) -> list[tuple[str | None, ...]]:
    return [(one.recipient, one.reply_code, one.status, one.action, one.remote_mta) for one in failures]


def bounces(name: str) -> str:
    if name == "own words":
        return OWN_WORDS
    return (HERE / "mails" / f"{name}.eml").read_text("utf-8").lstrip("\n")


@pytest.mark.parametrize("name", [*REPORTS, "own words"])
@pytest.mark.parametrize("manager", MANAGERS, ids=[manager.name for manager in MANAGERS])
def test_a_bounce_that_a_list_manager_passes_on_says_the_same(manager: Manager, name: str) -> None:
    bounce = bounces(name)
    straight = parse(bounce.encode())
    passed_on = parse(manager.around(bounce))
    assert passed_on.kind == straight.kind, passed_on.because
    assert said(passed_on.failures) == said(straight.failures)
    assert passed_on.forwarded, passed_on.because


ENCLOSED = """MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: text/plain; charset=utf-8

{words}
--outer
Content-Type: message/rfc822

{bounce}
--outer--
"""

AROUND = (
    """Return-Path: <>
From: Club Mail Router <router@club.example>
To: office@club.example
Subject: Undeliverable mail
Date: {date}
"""
    + ENCLOSED
)


@pytest.mark.parametrize(
    ("words", "failed"),
    [
        # Somebody's own program that mails a list: the bounce came to the list's address.
        ("The mail below could not be delivered to members@club.example, see the reply.", "bob@example.net"),
        # A bounce of a bounce: the inner one was for whom the outer one names.
        ("Your mail to tea-bounces@lists.example could not be delivered.", "tea-bounces@lists.example"),
    ],
)
def test_of_two_bounces_in_one_mail_the_outer_counts_where_it_is_about_the_inner(
    words: str, failed: str
) -> None:
    mail = AROUND.format(date=DATE, words=words, bounce=OWN_WORDS)
    assert [one.recipient for one in parse(mail.encode()).failures] == [failed]


@pytest.mark.parametrize("manager", MANAGERS, ids=[manager.name for manager in MANAGERS])
def test_who_passed_it_on_is_called_a_list_manager_and_no_person(manager: Manager) -> None:
    bounce = parse(manager.around(OWN_WORDS))
    assert bounce.list_says is not None
    assert bounce.because.startswith("passed on by a list manager: ")


def test_a_colleague_is_no_list_manager() -> None:
    mail = AROUND.format(date=DATE, words="Look what came back, can you help?", bounce=OWN_WORDS)
    mail = mail.replace("Club Mail Router <router@", "Ann <ann@").replace(
        "Undeliverable mail", "Fwd: Your mail"
    )
    bounce = parse(mail.encode())
    assert (bounce.forwarded, bounce.list_says) == (True, None)


NOTICE = (
    """Return-Path: <mailman-bounces@lists.example>
From: mailman@lists.example
To: tea-owner@lists.example
Subject: Bounce action notification
Date: {date}
X-List-Administrivia: yes
"""
    + ENCLOSED
)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("This is a Mailman mailing list bounce action notice:\n\n    List:       Tea\n    Member:     "
         "bob@example.net\n    Action:     Subscription disabled.\n    Reason:     Fatal bounces.",
         "Subscription disabled."),
        ("Hello. Your membership in the mailing list tea@lists.example has been disabled due to bounces. "
         "Write to us to get it back.",
         "Your membership in the mailing list tea@lists.example has been disabled due to bounces."),
        ("The triggering notice of the mailing list is attached.", ""),
    ],
)  # fmt: skip
def test_what_the_list_manager_did_to_the_member_is_kept(words: str, says: str) -> None:
    assert parse(NOTICE.format(date=DATE, words=words, bounce=OWN_WORDS).encode()).list_says == says


@pytest.mark.parametrize(
    ("sender", "forwarded"), [("tea-owner@lists.example", False), ("cid@x.example", True)]
)
def test_a_post_that_is_given_back_under_the_subject_of_an_answer_was_passed_on_by_nobody(
    sender: str, forwarded: bool
) -> None:
    post = f"From: Bob <bob@own.example>\nTo: tea@lists.example\nSubject: Re: Tea\nDate: {DATE}\n\nGreen.\n"
    refused = Manager(
        name="",
        form="attached",
        head=f"From: {sender}\nTo: bob@own.example\nSubject: Re: Tea\nMessage-ID: <1@lists.example>",
        text="You are not allowed to post to this mailing list, and your message has been automatically\n"
        "rejected.\n\n<tea@lists.example>: 550 5.7.1 not allowed to post",
    )
    bounce = parse(refused.around(post))
    assert bounce.is_bounce
    assert bounce.forwarded is forwarded
    assert [one.recipient for one in bounce.failures] == ["tea@lists.example"]
