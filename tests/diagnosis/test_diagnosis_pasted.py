"""What is pasted into `explain` and is no refusal."""

import json
import re

import pytest
from click.testing import CliRunner

from bounce_tui.cli.commands import explain
from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.diagnosis.diagnostician import diagnostician
from bounce_tui.diagnosis.pasted import diagnose_pasted, with_actions
from bounce_tui.diagnosis.trial import try_reply
from bounce_tui.model import Bounce
from bounce_tui.parsing import read_pasted
from bounce_tui.parsing.single_reply import read_reply


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("250 OK", BuiltIn.POSITIVE_REPLY),
        ("250 2.0.0 Ok: queued as 4AAB32A46B", BuiltIn.POSITIVE_REPLY),
        ("250-mx.example.net\n250 SIZE 10240000", BuiltIn.POSITIVE_REPLY),
        ("354 End data with <CR><LF>.<CR><LF>", BuiltIn.POSITIVE_REPLY),
        ("220 mx.example.net ESMTP", BuiltIn.POSITIVE_REPLY),
        ("221 2.0.0 Bye", BuiltIn.POSITIVE_REPLY),
        ("2.0.0", BuiltIn.POSITIVE_REPLY),
        ("Mail appears fine", BuiltIn.NO_REFUSAL),
        ("hello", BuiltIn.NO_REFUSAL),
        ("...", BuiltIn.NO_REFUSAL),
    ],
)
def test_what_refuses_nothing_is_called_that(text: str, rule: str) -> None:
    failure = read_reply(text)
    diagnosis = diagnose_pasted(diagnostician(), failure, Bounce(kind="failed", failures=(failure,)))
    assert diagnosis.rule == rule
    assert "no refusal" in diagnosis.cause
    assert not diagnosis.hard
    assert not diagnosis.checks
    assert "no refusal" in try_reply(diagnostician(), failure).why


@pytest.mark.parametrize(
    "text",
    [
        "550 5.1.1 User unknown",
        "4.4.1",
        "User unknown",
        "mailbox full",
        "554",
        "250 recipients: too many recipients",
    ],
)
def test_a_refusal_stays_one(text: str) -> None:
    failure = read_reply(text)
    bounce = Bounce(kind="failed", failures=(failure,))
    diagnosis = diagnose_pasted(diagnostician(), failure, bounce)
    assert diagnosis == diagnostician().diagnose(failure, bounce)


def test_of_a_success_nobody_has_to_act() -> None:
    told = CliRunner().invoke(explain, ["250 ok"], standalone_mode=False).output
    assert re.search(r"^  Why: +nothing failed$", told, re.M)
    assert re.search(r"^  Who acts: +nobody: nothing failed$", told, re.M)
    assert "administrator" not in told
    assert (
        json.loads(CliRunner().invoke(explain, ["250 ok", "--format", "json"]).output)["who_acts"] == "nobody"
    )
    assert "Who acts" not in CliRunner().invoke(explain, ["hello"], standalone_mode=False).output


def test_explain_says_so_and_invents_no_action() -> None:
    told = CliRunner().invoke(explain, ["250 2.0.0 Ok: queued as 4AAB32A46B"], standalone_mode=False)
    assert "This is no refusal" in told.output
    assert "failed" not in told.output.split("The text")[1]
    record = json.loads(
        CliRunner().invoke(explain, ["--format", "json", "250 OK"], standalone_mode=False).output
    )
    assert (record["reason"], record["action"], record["hard"]) == ("delivered", None, False)


def test_what_says_that_it_is_tried_no_more_has_failed() -> None:
    text = "I'm not going to try again; this message has been in the queue too long."
    assert read_reply(f"451 Sorry, I wasn't able to establish an SMTP connection. {text}").action == "failed"
    assert read_reply("451 4.4.1 We will try again for five days").action == "delayed"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Greylisted", "delayed"),
        ("Rate limited", "delayed"),
        ("550 Greylisted", "failed"),
        ("User unknown", "failed"),
    ],
)
def test_words_alone_that_pass_by_themselves_are_called_no_failure(text: str, action: str) -> None:
    (failure,) = with_actions(diagnostician(), read_pasted(text)).failures
    assert failure.action == action
