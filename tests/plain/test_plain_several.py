"""Mails with several failures in a plain session."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from several_failures import FULL, UNKNOWN, RecipientOutcome, report, write

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_a_filter_lists_and_opens_the_second_recipient(talk: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, report(UNKNOWN), report(UNKNOWN, FULL))
    mails = (folder / "0.eml", folder / "1.eml")
    listed = talk("filter domain:x.example", "open", paths=mails).stdout.partition("1 to 2 of 2.")[2]
    assert (
        "1. to do. failed, mailbox full. bob@x.example and 1 more, for other reasons, too: user unknown."
        in listed
    )
    assert "1 to 1 of 1." in listed
    assert "Recipient 2 of 2 is in hand" in listed
    wide = talk("filter domain:x.example", "filter", paths=mails).stdout.partition("1 to 1 of 1.")[2]
    assert (
        "2. to do. failed, user unknown. ann@y.example and 1 more, for other reasons, too: mailbox full."
        in wide
    )


def test_a_reason_of_the_second_failure_is_found(talk: Run, two: tuple[Path, Path]) -> None:
    done = talk("filter reason:mailbox_full", "filter reason:host_unknown", "1", paths=two)
    assert "failed, mailbox full. parent@familymail.example and 3 more" in done.stdout
    assert "failed, host unknown. office@closed-academy.example and 3 more" in done.stdout
    assert "Recipient 3 of 4 is in hand" in done.stdout


def test_a_hand_over_of_the_marked_mails_asks_once_for_each_cause(talk: Run, tmp_path: Path) -> None:
    also = RecipientOutcome("cid@x.example", FULL.said.replace("bob@", "cid@"), "5.2.2", "mx.x.example")
    mails = write(tmp_path, report(FULL, UNKNOWN), report(also))
    said = talk("mark all", "handover", paths=(mails,)).stdout
    headings = [line for line in said.splitlines() if line.startswith("## ")]
    assert headings == ["## 2 mails: 2 mailboxes at x.example are full", "## ann@y.example: user unknown"]
    alone = talk("mark 2", "handover", paths=(mails,)).stdout
    (heading,) = (line for line in alone.splitlines() if line.startswith("## "))
    assert heading == "## cid@x.example: mailbox full"


def test_the_text_for_the_user_is_for_all_who_met_with_the_same(talk: Run, tmp_path: Path) -> None:
    also = RecipientOutcome("cid@x.example", FULL.said.replace("bob@", "cid@"), "5.2.2", "mx.x.example")
    mails = write(tmp_path, report(FULL, UNKNOWN, also))
    said = " ".join(talk("1", "user", "recipient 2", "user", paths=(mails,)).stdout.split())
    assert "Your message to bob@x.example was not delivered. The same is true of cid@x.example." in said
    assert "Your message to ann@y.example was not delivered. What happened" in said


def test_causes_count_a_mail_under_each_and_say_so(talk: Run, two: tuple[Path, Path]) -> None:
    done = talk("causes", paths=two).stdout
    assert "2 mails: parent@familymail.example is full" in done
    assert "1 mail: closed-academy.example is not in DNS" in done
    assert "A mail with several causes counts under each of them." in done
    picked = talk("causes 1", "2", paths=two).stdout
    assert "2. to do. failed, mailbox full. parent@familymail.example and 3 more" in picked
    assert "Recipient 2 of 4 is in hand" in picked


def test_causes_of_what_a_filter_lists_are_those_it_lets_pass(talk: Run, two: tuple[Path, Path]) -> None:
    done = talk("filter to:parent@familymail.example", "causes", paths=two).stdout
    assert "2 mails: parent@familymail.example is full" in done
    assert "not in DNS" not in done
    assert "counts under each" not in done


def test_the_summary_counts_each_reason_of_a_mail_and_says_so(talk: Run, two: tuple[Path, Path]) -> None:
    done = talk("summary", paths=(two[1],))
    for reason in ("user unknown", "mailbox full", "host unknown", "not accept"):
        assert f"{reason}: 1 failed" in done.stdout
    assert "1 failed, of 1 mail listed." in done.stdout
    assert "Mails are counted: one with several failures counts once under each of its values" in done.stdout


def test_each_recipient_has_its_own_history(talk: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, report(FULL), report(UNKNOWN, FULL).replace(b"20 Nov", b"21 Nov"))
    mails = (folder / "0.eml", folder / "1.eml")
    done = talk("2", "open", "recipient 2", "open", "handover", paths=mails).stdout
    first, second = done.partition("bob@x.example is in hand.")[::2]
    assert "failed once before" not in first
    assert "This address failed once before" in second.partition("# Bounces")[0]
    ann, bob = second.partition("# Bounces")[2].split("## ")[1:]
    assert "failed once before" not in ann
    assert "failed once before" in bob
