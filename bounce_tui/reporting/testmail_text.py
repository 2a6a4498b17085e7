"""What is said about a plain test mail: whom it goes to, and the commands that send it."""

import re

from bounce_tui.model import Bounce, Case, Failure
from bounce_tui.reporting.testmail import TestMail, commands
from bounce_tui.reporting.visible import visible, visible_path

_ADDRESS = re.compile(r"[^\s<>,;:\"()]{1,64}@[^\s<>,;:\"()]{1,255}")
_READ = 4000


def testmail_text(mail: TestMail, case: Case, path: str) -> str:
    """The mail at `path` in words, then each command as it can be copied."""
    lines = [
        f"Written to {visible_path(path)}: a plain test mail. Nothing is sent; send it with one of these."
    ]
    lines += command_lines(mail, path, failed_server(case, mail.recipient))
    return "\n".join(lines) + "\n"


testmail_text.__test__ = False  # type: ignore[attr-defined]  # no test, whatever pytest thinks of its name


def command_lines(mail: TestMail, path: str, server: str | None) -> list[str]:
    """Titles and commands, an empty line before each title; safe to print.

    A path with bytes that no terminal should see shows as escapes, and must be typed by hand.
    """
    lines = []
    if mail.needs_smtputf8:
        lines += ["", "The address has letters beyond ASCII: every server on the way must know SMTPUTF8."]
    for command in commands(mail, path, server):
        lines += ["", command.title, *(f"  {visible(line)}" for line in command.lines)]
    return lines


def failed_address(case: Case) -> str | None:
    """The address that failed first."""
    failure = _failure(case)
    return (failure.recipient or failure.original_recipient) if failure else None


def failed_server(case: Case, recipient: str) -> str | None:
    """The server that refused `recipient`, if it is the one that failed."""
    failure = _failure(case)
    return failure.remote_mta if failure and failure.recipient == recipient else None


def sender_address(bounce: Bounce) -> str | None:
    """Whom the bounced mail came from: its envelope sender, else its From, else who got the bounce."""
    for candidate in bounce.envelope_senders:
        if "@" in candidate.value:
            return candidate.value
    for field in (bounce.original.from_ if bounce.original else None, bounce.to):
        found = _ADDRESS.search((field or "")[:_READ])
        if found is not None:
            return found[0]
    return None


def _failure(case: Case) -> Failure | None:
    failures = case.bounce.failures
    return next((one for one in failures if one.action == "failed"), failures[0] if failures else None)
