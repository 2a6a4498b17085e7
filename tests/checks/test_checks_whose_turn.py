"""Causes of which DNS says nothing, though the checks of their reason ask it."""

from looking import Serve
from test_checks_verdicts import INPUTS, WORLD

from bounce_tui.check_outcome import Smtp
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.planning.inputs import gather, with_overrides
from bounce_tui.checks.planning.plan import plan, request
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis import diagnose
from bounce_tui.parsing.pasted_reply import read_pasted


async def _verdict(serve: Serve, reply: str, zones: dict[str, str], *asked: str) -> Verdict:
    bounce = read_pasted(reply)
    failure = bounce.failures[0]
    quoted = diagnose(failure, bounce)
    inputs = with_overrides(
        gather(bounce, failure), envelope_sender=INPUTS.envelope_sender.value, recipient="b@example.net"
    )
    _, resolver = await serve({**WORLD, **zones})
    planned = plan(failure, quoted, inputs)
    results = await run(request(asked, inputs, planned) if asked else planned, inputs, resolver)
    return judge(quoted, inputs, results)


async def test_an_entry_in_an_access_list_is_not_seen_in_the_sender_s_dns(serve: Serve) -> None:
    reply = "554 5.7.1 <a@example.org>: Sender address rejected: Access denied (in reply to RCPT TO command)"
    gone = {"example.org": "@ TXT nothing"}
    verdict = await _verdict(serve, reply, gone, "sender-domain")
    assert verdict.state == "cannot_be_known"
    assert "own list" in verdict.summary
    assert "over another channel" in verdict.next_step


async def test_a_dialogue_that_broke_off_begins_with_asking_whether_the_mail_is_there(serve: Serve) -> None:
    reply = (
        "conversation with mx.example.net[203.0.113.1] timed out while sending end of data -- message may be "
        "sent more than once"
    )
    verdict = await _verdict(serve, reply, {}, "mx")
    assert verdict.state == "cannot_be_known"
    assert "first whether the message arrived" in verdict.next_step


def test_that_a_host_answers_ends_no_break_in_the_dialogue() -> None:
    bounce = read_pasted("lost connection with mx.example.net[203.0.113.1] while sending message body")
    quoted = diagnose(bounce.failures[0], bounce)
    answers = CheckResult(
        "smtp", "mx.example.net", "pass", "accepted", "it takes the address", particulars=Smtp()
    )
    assert judge(quoted, gather(bounce, bounce.failures[0]), (answers,)).state == "cannot_be_known"
