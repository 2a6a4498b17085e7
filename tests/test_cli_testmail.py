"""`testmail` and `show --for-user`: what they print, what they write, and how they end."""

import email
import email.policy
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bounce_tui.locations import shipped

MAIL = shipped("samples") / "mail"
MISSPELLED = MAIL / "k12-1-misspelled-user.eml"


def run(*args: str, cwd: Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bounce_tui", *args],
        cwd=cwd,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_the_mail_is_written_and_the_commands_are_printed(tmp_path: Path) -> None:
    done = run("testmail", str(MISSPELLED), "-o", "out.eml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    read = email.message_from_bytes((tmp_path / "out.eml").read_bytes(), policy=email.policy.default)
    assert stat.S_IMODE((tmp_path / "out.eml").stat().st_mode) == 0o600, "it holds addresses"
    assert read["To"].addresses[0].addr_spec == "jsmiith@school.example"
    assert read["From"].addresses[0].addr_spec == "s.hart@district.example"
    text = done.stdout.decode()
    assert "Nothing is sent" in text
    assert (
        "sendmail -i -f s.hart@district.example \\\n    -- jsmiith@school.example \\\n    < out.eml\n" in text
    )
    assert "swaks --to jsmiith@school.example" in text


def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    out = tmp_path / "testmail.eml"
    out.write_text("mine")
    done = run("testmail", str(MISSPELLED), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode() == (
        "bounce-tui: testmail.eml: it exists already and is not written over; -o names another\n"
    )
    assert out.read_text() == "mine"


def test_not_even_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "testmail.eml").symlink_to(tmp_path / "nowhere")
    assert run("testmail", str(MISSPELLED), cwd=tmp_path).returncode == 1
    assert not (tmp_path / "nowhere").exists()


def test_where_it_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    done = run("testmail", str(MISSPELLED), "-o", "no/such/folder/x.eml", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert "No such file or directory" in done.stderr.decode()


def test_a_dash_prints_the_mail_and_nothing_else(tmp_path: Path) -> None:
    done = run("testmail", "-", "-o", "-", cwd=tmp_path, stdin=MISSPELLED.read_bytes())
    assert done.returncode == 0
    assert done.stdout.startswith(b"From: <s.hart@district.example>\n")
    assert list(tmp_path.iterdir()) == []


def test_the_user_may_name_both_ends(tmp_path: Path) -> None:
    done = run(
        "testmail", str(MISSPELLED), "--to", "jsmith@school.example", "--from", "postmaster@district.example",
        "-o", "-", cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.startswith(b"From: <postmaster@district.example>\nTo: <jsmith@school.example>\n")


@pytest.mark.parametrize("address", ["nobody", "a b@example.net", "a@b\nBcc: c@example.net", ""])
def test_an_address_that_is_none_is_refused_in_words(tmp_path: Path, address: str) -> None:
    done = run("testmail", str(MISSPELLED), "--to", address or " ", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_mail_that_names_no_failed_address_says_what_to_do(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_text("From: a@example.org\nTo: b@example.org\nSubject: hello\n\nhello\n")
    done = run("testmail", str(mail), cwd=tmp_path)
    assert done.returncode == 1
    assert "it names no failed address: --to names one" in done.stderr.decode()


def test_the_text_for_the_user_has_no_codes(tmp_path: Path) -> None:
    done = run("show", str(MISSPELLED), "--for-user", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert text.startswith("Your message to jsmiith@school.example with the subject")
    assert "What you can do\n  - " in text
    assert "550" not in text


def test_a_mail_that_is_no_bounce_has_nothing_to_tell(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_text("From: a@example.org\nTo: b@example.org\nSubject: hello\n\nhello\n")
    done = run("show", "--for-user", str(mail), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == b""
    assert "nothing to tell a user: not a bounce" in done.stderr.decode()


def bounce(recipient: str, original: str) -> str:
    return (
        "From: MAILER-DAEMON@mx.example.org\nTo: ann@example.org\nSubject: Undelivered Mail\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
        f"--b\nContent-Type: message/rfc822\n\n{original}\n--b--\n"
    )


def test_show_asks_whether_the_address_was_mistyped_and_names_oddities(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_text(
        bounce("bob@gmial.com", "From: ann@example.org\nTo: bob@gmial.com\n\nhttps://bit.ly/x\x1b[2J\n")
    )
    done = run("show", str(mail), cwd=tmp_path)
    text = done.stdout.decode()
    assert "  Mistyped?         gmial.com looks like gmail.com: bob@gmail.com\n" in text
    assert "! no Date field" in text
    assert "! a link shortener: bit.ly" in text
    assert "\x1b" not in text
    told = run("show", str(mail), "--for-user", cwd=tmp_path).stdout.decode()
    assert "  - Did you mean bob@gmail.com?\n" in told


def test_of_a_mailing_the_first_recipients_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    # Each may be mistyped in a way of its own.
    fields = "".join(
        f"Final-Recipient: rfc822; user{n}@gmial.com\nAction: failed\nStatus: 5.1.1\n\n" for n in range(200)
    )
    mail = tmp_path / "a.eml"
    mail.write_text(
        bounce("bob@example.net", "From: ann@example.org\n\nhi\n").replace(
            "Final-Recipient", fields + "Final-Recipient"
        )
    )
    done = run("show", str(mail), "--for-user", cwd=tmp_path)
    assert done.stdout.decode().count("What happened\n") == 20
    assert "181 more recipients are left out" in done.stderr.decode()
    whole = run("show", str(mail), cwd=tmp_path).stdout.decode()
    assert whole.count("no Date field") == 1, "what is said of the content is said once"


def test_recipients_who_met_with_the_same_are_told_of_in_one_text(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    fields = "".join(
        f"Final-Recipient: rfc822; {name}@example.net\nAction: failed\nStatus: 5.2.2\n"
        "Diagnostic-Code: smtp; 552 5.2.2 mailbox full\n\n"
        for name in ("ann", "bob", "cid")
    )
    mail.write_text(
        bounce("zoe@gmial.com", "From: ann@example.org\n\nhi\n").replace(
            "Final-Recipient", fields + "Final-Recipient"
        )
    )
    done = run("show", str(mail), "--for-user", cwd=tmp_path)
    text = " ".join(done.stdout.decode().split())
    assert text.count("What happened") == 2
    assert text.count("The same is true of bob@example.net and cid@example.net.") == 1
    assert text.count("Did you mean zoe@gmail.com?") == 1
    assert done.stderr == b""


def test_a_test_to_a_mistyped_address_says_so(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_text(bounce("bob@gmial.com", "From: ann@example.org\n\nhi\n"))
    question = (
        "bounce-tui: Mistyped? gmial.com looks like gmail.com: bob@gmail.com (--to tests another address)\n"
    )
    assert run("testmail", str(mail), cwd=tmp_path).stderr.decode() == question
    meant = run("testmail", str(mail), "--to", "bob@gmail.com", "-o", "b.eml", cwd=tmp_path)
    assert meant.stderr == b""


def test_explain_too_asks_whether_another_address_was_meant(tmp_path: Path) -> None:
    done = run("explain", "550 5.1.1 <bob@gmial.com>: user unknown", cwd=tmp_path)
    assert "Mistyped?         gmial.com looks like gmail.com: bob@gmail.com" in done.stdout.decode()


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_an_address_that_was_typed_wrong_is_blamed_and_not_the_file(tmp_path: Path, option: str) -> None:
    done = run("testmail", str(MISSPELLED), option, "bad", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode() == f"bounce-tui: {option}: bad: it has no name, @ and domain\n"
