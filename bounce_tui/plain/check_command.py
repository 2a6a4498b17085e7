"""The command `check` of a plain session: says who will see the queries, asks, runs the checks and tells the
verdict."""

from datetime import UTC, datetime

from bounce_tui.checks.dns.nameserver import NameserverError
from bounce_tui.plain.talk import Talk
from bounce_tui.reporting.findings import findings_text
from bounce_tui.reporting.query_readers import readers
from bounce_tui.reporting.visible import visible
from bounce_tui.triage.failure_checks import FailureChecks


def check(talk: Talk, rest: str) -> None:
    """Check the recipient in hand, where the user lets the queries out, and tell the verdict."""
    work = talk.session.work()
    if work is None:
        talk.refuse("Nothing failed here: there is nothing to check.")
        return
    if work.checks and not _may_send(talk, work):
        return
    if not _settled(talk, work):
        return
    if work.trouble is not None:
        talk.line(f"The checks could not run: {visible(work.trouble)}.")
    if found := work.findings():
        talk.say(findings_text(*found))
    talk.told_trouble()


def _may_send(talk: Talk, work: FailureChecks) -> bool:
    """Who sees the queries is said first; whether they may be sent is asked once a session."""
    try:
        resolver = talk.session.checking.open_resolver()
    except NameserverError as error:
        talk.line(f"{visible(str(error))}: name one with --nameserver.")
        return False
    for line in readers(work.checks, resolver):
        talk.line(visible(line))
    if not talk.may_send:
        answer = talk.ask("Send these queries, and those of later checks? y or n: ")
        talk.may_send = answer is not None and answer.strip().lower() in ("y", "yes")
    if not talk.may_send:
        talk.line("Nothing was sent.")
    return talk.may_send


def _settled(talk: Talk, work: FailureChecks) -> bool:
    """Run the checks, where there are any, and keep the verdict; False when ctrl+c stopped them."""
    if work.checks:
        talk.line(f"Asking, since {datetime.now(UTC):%H:%M:%S} UTC ...")
    try:
        talk.session.check(work)
    except KeyboardInterrupt:
        talk.line(f"Stopped; {len(work.results)} of {len(work.checks)} had answered.")
        return False
    return True
