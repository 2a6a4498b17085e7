"""The plain test mail: nothing in it for a filter to mind, and commands that a shell takes as meant."""

import email
import email.policy
import os
import re
import shlex
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from bounce_tui.model import Action, Bounce, Candidate, Case, Failure, Message, Original
from bounce_tui.parsing import parse
from bounce_tui.reporting.shell_lines import fitted
from bounce_tui.reporting.testmail import AddressError, commands, usable, write_testmail
from bounce_tui.reporting.testmail_text import recipe, sender_address
from bounce_tui.reporting.visible import visible

NOW = datetime(2026, 11, 20, 9, 14, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def swaks() -> str:
    found = shutil.which("swaks")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("swaks is not installed, and CI must have it")
        pytest.skip("swaks is not installed")
    return found


def arguments(lines: tuple[str, ...]) -> list[str]:
    return shlex.split("\n".join(lines).replace("\\\n", " "))


def test_the_mail_is_text_only_with_all_that_rfc_5322_asks_for() -> None:
    mail = write_testmail("bob@example.net", "ann@example.org", NOW)
    read = email.message_from_bytes(mail.raw, policy=email.policy.default)
    assert not read.defects
    assert read["From"].addresses[0].addr_spec == "ann@example.org"
    assert read["To"].addresses[0].addr_spec == "bob@example.net"
    assert read["Date"].datetime == NOW
    assert read["Message-ID"].endswith("@example.org>")
    assert read["Subject"]
    assert read.get_content_type() == "text/plain"
    assert not read.is_multipart()
    body = read.get_content()
    assert "http" not in body
    assert "www." not in body
    assert max(map(len, mail.raw.decode().splitlines())) < 100


def test_no_two_tests_have_the_same_message_id() -> None:
    ids = {write_testmail("bob@example.net", "ann@example.org", NOW).raw for _ in range(20)}
    assert len(ids) == 20


@pytest.mark.parametrize(
    "address",
    [
        "bob", "@example.net", "bob@", "bob @example.net", "bob@exa mple.net", "a@b@example.net",
        "bob@example.net\nBcc: eve@example.net", "bob\r\n@example.net", "<bob@example.net>",
        "bob@example..net", "bob@-example.net", ".bob@example.net", "bob..b@example.net",
        "bob,eve@example.net", "bob\x00@example.net", "bob\u202e@example.net", "bob\u2028@example.net",
        "bob\x85@example.net", '"bob smith"@example.net', "bob@exam|ple.net", "b" * 65 + "@example.net",
        "bob@" + "a." * 200 + "net", "bob\ud800@example.net", "bob@[192.0.2.1", "bob@example.net;rm -rf",
    ],
)  # fmt: skip
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    with pytest.raises(AddressError):
        write_testmail(address, "ann@example.org", NOW)
    with pytest.raises(AddressError):
        write_testmail("bob@example.net", address, NOW)


HOSTILE = [
    "${HOME}@example.net", "`id`@example.net", "a|b@example.net",
    "a&b@example.net", "$HOME@example.net", "-oQ/tmp@example.net", "--help@example.net", "#x@example.net",
    "!x@example.net", "~root@example.net", "it's@example.net", "a*b?c@example.net", "{a}@example.net",
    "%DATE%@example.net", "=x@example.net", "jürgen@example.net", "bob@[192.0.2.1]", "bob@[IPv6:2001:db8::1]",
]  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE)
def test_a_shell_hands_a_hostile_address_on_as_it_is(address: str) -> None:
    mail = write_testmail(address, "ann@example.org", NOW)
    for command in commands(mail, "out.eml", "mx.example.net"):
        words = arguments(command.lines)
        assert mail.recipient in words
        echoed = subprocess.run(
            [
                "sh",
                "-c",
                "printf '%s\\n' "
                + "\n".join(command.lines).partition(" ")[2].split("  <")[0].rstrip("\\\n "),
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        assert mail.recipient in echoed.stdout.split("\n")


def test_sendmail_gets_no_address_where_an_option_could_stand() -> None:
    mail = write_testmail("-oQ/tmp@example.net", "ann@example.org", NOW)
    found = commands(mail, "out.eml", "mx.example.net")
    assert arguments(found[0].lines) == [
        "sendmail", "-i", "-f", "ann@example.org", "--", "-oQ/tmp@example.net", "<", "out.eml",
    ]  # fmt: skip
    assert len(found) == 1, "swaks takes such an address for an option"


@pytest.mark.parametrize("address", [one for one in HOSTILE if one.isascii() and one[0] != "-"])
def test_swaks_understands_its_command(swaks: str, tmp_path: Path, address: str) -> None:
    mail = write_testmail(address, "ann@example.org", NOW)
    out = tmp_path / "out.eml"
    out.write_bytes(mail.raw)
    words = arguments(commands(mail, str(out), "mx.example.net")[2].lines)
    dump = subprocess.run(
        [swaks, *words[1:], "--dump"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert f"to              = {mail.recipient}\n" in dump
    assert "from            = ann@example.org\n" in dump
    assert "server          = mx.example.net\n" in dump


@pytest.mark.parametrize("server", ["-oProxy", "mx;id", "mx.example.net\n", "$(id)", "a" * 300, ""])
def test_a_server_that_has_no_hosts_name_is_left_out(server: str) -> None:
    mail = write_testmail("bob@example.net", "ann@example.org", NOW)
    assert len(commands(mail, "out.eml", server)) == 2


def test_a_path_that_looks_like_an_option_or_has_blanks_is_made_safe() -> None:
    mail = write_testmail("bob@example.net", "ann@example.org", NOW)
    assert arguments(commands(mail, "-x.eml")[0].lines)[-1] == "./-x.eml"
    assert arguments(commands(mail, "my test's.eml")[1].lines)[-1] == "@my test's.eml"


def test_a_foreign_domain_goes_out_in_its_ascii_form_and_a_foreign_name_says_what_it_needs() -> None:
    assert usable("bob@bücher.example") == "bob@xn--bcher-kva.example"
    assert usable("bob@straße.example") == "bob@xn--strae-oqa.example"
    assert not write_testmail("bob@bücher.example", "ann@example.org", NOW).needs_smtputf8
    mail = write_testmail("jürgen@example.net", "ann@example.org", NOW)
    assert mail.needs_smtputf8
    assert b"charset=utf-8" in mail.raw


def case_of(
    recipient: str | None, sender: str | None = "ann@example.org", file: str = "a.eml", index: int = 0
) -> Case:
    failures = (
        Failure(recipient=recipient, remote_mta="mx.example.net"),
        Failure(recipient="carol@example.net"),
    )
    senders = (Candidate(sender, "return_path", sure=True),) if sender else ()
    return Case(Message(file, index), Bounce(kind="failed", failures=failures, envelope_senders=senders))


def test_the_page_says_what_writes_the_mail_and_what_sends_it() -> None:
    lines = recipe(case_of("bob@example.net", file="box.mbox", index=3), 0).lines()
    assert lines[:2] == [
        "Nothing is sent from here. This writes the mail below:",
        "  bounce-tui testmail box.mbox --index 3 -o testmail.eml",
    ]
    assert any("sendmail -i -f ann@example.org" in line for line in lines)
    assert any("--server mx.example.net" in line for line in lines)
    assert "  To: <bob@example.net>" in lines


def test_for_the_second_recipient_the_command_names_it() -> None:
    lines = recipe(case_of("bob@example.net"), 1).lines()
    assert lines[1] == "  bounce-tui testmail a.eml --to carol@example.net -o testmail.eml"


@pytest.mark.parametrize("width", [40, 56, 74])
def test_where_a_line_does_not_hold_the_command_it_goes_on_in_the_next(width: int) -> None:
    lines = recipe(case_of("bob@example.net", file="a/rather/long/path/box.mbox", index=3), 1).lines(width)
    command = lines[1 : lines.index("")]
    assert all(len(line) <= width for line in command)
    assert all(line.endswith(" \\") for line in command[:-1])
    assert " ".join(line.removesuffix("\\").strip() for line in command) == (
        "bounce-tui testmail a/rather/long/path/box.mbox --index 3 --to carol@example.net -o testmail.eml"
    )


LONG = "/home/somebody/.local/lib/python3.14/site-packages/some package/with its samples/mail/a-bounce.eml"


@pytest.mark.parametrize("width", [40, 58, 74, 200])
@pytest.mark.parametrize("recipient", ["bob@example.net", "it's." + "b" * 59 + "@" + "example." * 20 + "net"])
def test_what_no_line_holds_can_be_copied_line_by_line_with_the_blanks_before(
    width: int, recipient: str
) -> None:
    case = case_of(recipient, file=LONG, index=3)
    lines = recipe(case, 1).lines(width)
    shown = lines[1 : lines.index("")]
    assert all(len(line) <= width for line in lines[: lines.index("The mail:")] if line.startswith("  "))
    script = "\n".join(shown).replace("bounce-tui testmail", "printf '%s\\n'")
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.split("\n") == [
        LONG, "--index", "3", "--to", "carol@example.net", "-o", "testmail.eml", "",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [40, 74])
@pytest.mark.parametrize("address", ["it's." + "b" * 50 + "@" + "example." * 20 + "net", *HOSTILE])
def test_a_long_or_hostile_address_reaches_the_program_from_a_narrow_screen(width: int, address: str) -> None:
    mail = write_testmail(address, "ann@example.org", NOW)
    for command in commands(mail, "out.eml", "mx.example.net"):
        script = "\n".join(fitted(command.pieces, width)).replace("< out.eml", "")
        script = re.sub(r"(?m)^(sendmail|swaks)", r"printf '%s\\n'", script)
        done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True, timeout=30)
        assert mail.recipient in done.stdout.split("\n")


def test_each_command_can_be_copied_whole() -> None:
    texts = dict(recipe(case_of("bob@example.net", file=LONG), 0).copyable)
    assert list(texts) == ["bounce-tui testmail", "sendmail", "swaks", "swaks --server", "the mail"]
    assert shlex.split(texts["bounce-tui testmail"])[2] == LONG
    assert "--server mx.example.net" in texts["swaks --server"]
    assert texts["the mail"].startswith("From: <ann@example.org>\n")
    assert all("\n" not in text for name, text in texts.items() if name != "the mail")
    assert recipe(case_of(None), 0).copyable == []


def test_the_page_says_why_there_can_be_no_mail() -> None:
    assert recipe(case_of(None), 0).lines() == ["The bounce names no failed address to send a test mail to."]
    assert recipe(case_of("bob@@x\x1b"), 0).lines()[0] == "There can be no test mail."


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("bob,eve @example.net", "what stands before its @ would need quotes, for “,” and a blank."),
        ("bob..b@example.net", "what stands before its @ would need quotes, for its dots."),
        ("bob\x00@example.net", "it holds characters that cannot be printed."),
        ("bob@example..net", "what stands behind its @ is no domain."),
    ],
)
def test_where_there_can_be_no_test_mail_it_is_told_which_address_is_at_fault_and_why(
    address: str, fault: str
) -> None:
    assert fault in " ".join(recipe(case_of(address), 0).lines())
    assert f"The recipient that the bounce names is {visible(address)}" in " ".join(
        recipe(case_of(address), 0).lines()
    )
    case = case_of("ann@example.net")
    senders = (Candidate(address, "return_path", True),)
    from_him = replace(case, bounce=replace(case.bounce, envelope_senders=senders))
    assert f"The sender that the bounce names is {visible(address)}: {fault}" in " ".join(
        recipe(from_him, 0).lines()
    )


def test_without_a_sender_the_page_shows_where_to_name_one() -> None:
    lines = recipe(case_of("bob@example.net", None), 0).lines()
    assert "--from you@your.example" in "\n".join(lines)


def test_the_sender_is_the_envelopes_else_the_from_else_who_got_the_bounce() -> None:
    null = Candidate("<>", "return_path", sure=True)
    original = Original(from_="Ann <ann@example.org>")
    assert sender_address(Bounce(envelope_senders=(null,), original=original)) == "ann@example.org"
    assert sender_address(Bounce(to="office@example.org")) == "office@example.org"
    assert sender_address(Bounce()) is None


@pytest.mark.parametrize(
    ("action", "did"),
    [("failed", "that refused:"), ("delayed", "that refused:"), ("delivered", "that took the earlier mail:"),
     ("relayed", "that took the earlier mail:")],
)  # fmt: skip
def test_a_server_that_took_the_mail_refused_nothing(action: Action, did: str) -> None:
    failure = Failure(recipient="bob@example.net", action=action, remote_mta="mx.example.net")
    said = "\n".join(recipe(Case(Message("m.eml"), Bounce(kind="failed", failures=(failure,))), 0).lines())
    assert did in said
    assert ("was not delivered" in said) == (action in ("failed", "delayed"))


def returned(envelope_sender: str, author: str) -> Case:
    raw = (
        f"From: MAILER-DAEMON@mx1.example.org\nTo: {envelope_sender}\nSubject: Undelivered Mail\n\n"
        "The mail could not be delivered.\n\n<bob@example.net>: 554 5.7.1 refused\n\n--- The mail ---\n"
        f"Return-Path: <{envelope_sender}>\nFrom: {author}\nTo: bob@example.net\nSubject: Lunch\n"
    )
    return Case(Message("m.eml"), parse(raw.encode()))


@pytest.mark.parametrize(
    ("wrapped", "sender"),
    [
        ("bounces+771-bob=example.net@news.example.org", "bounces@news.example.org"),
        ("prvs=0008abcdef=ann@example.org", "ann@example.org"),
        ("SRS0=ab1d=XY=author.example=ann@forwarder.example", "postmaster@forwarder.example"),
        ("ann+lunch@example.org", "ann+lunch@example.org"),
    ],
)
def test_no_test_is_sent_as_a_sender_that_stands_for_another_mail(wrapped: str, sender: str) -> None:
    case = returned(wrapped, "ann@author.example")
    assert sender_address(case.bounce) == sender
    text = "\n".join(recipe(case, 0).lines())
    assert f"From: <{sender}>" in text
    assert wrapped == sender or wrapped not in text


@pytest.mark.parametrize(
    ("author", "named"),
    [
        ("News <news@example.org>", "news@example.org"),
        ("news@mail.example.org", "news@mail.example.org"),
        ("ann@author.example", "bounces@lists.example.org"),
        ("nobody", "bounces@lists.example.org"),
    ],
)
def test_the_test_bears_the_from_of_the_mail_where_it_is_of_the_senders_organization(
    author: str, named: str
) -> None:
    lines = recipe(returned("bounces@lists.example.org", author), 0).lines()
    assert f"  From: <{named}>" in lines
    assert any("sendmail -i -f bounces@lists.example.org " in line for line in lines)
