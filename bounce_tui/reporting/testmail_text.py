"""What is said about a plain test mail: whom it goes to, and the commands that send it."""

import shlex
from datetime import UTC, datetime

from bounce_tui.hints.found import NONE, Hints
from bounce_tui.model import Bounce, Case, Failure
from bounce_tui.regex import regex
from bounce_tui.reporting.testmail import AddressError, TestMail, commands, write_testmail
from bounce_tui.reporting.visible import visible, visible_lines, visible_path
from bounce_tui.reporting.wrapping import wrapped

_ADDRESS = regex(r"[^\s<>,;:\"()]{1,64}@[^\s<>,;:\"()]{1,255}")
_READ = 4000
_WIDTH = 74
_FILE = "testmail.eml"


def testmail_text(mail: TestMail, case: Case, path: str) -> str:
    """The mail at `path` in words, then each command as it can be copied."""
    lines = [
        f"Written to {visible_path(path)}: a plain test mail. Nothing is sent; send it with one of these."
    ]
    lines += command_lines(mail, path, failed_server(case, mail.recipient))
    return "\n".join(lines) + "\n"


testmail_text.__test__ = False  # type: ignore[attr-defined]  # no test, whatever pytest thinks of its name


def recipe(case: Case, index: int, hints: Hints = NONE, width: int = _WIDTH) -> list[str]:
    """How to test failure `index` of `case`: what writes the mail, what sends it, and the mail itself, in
    lines that are safe to show; or why there can be none.  Of `hints` it repeats what may have been meant.
    The command that writes the mail goes over several lines where `width` cells do not hold it.
    """
    failure = case.bounce.failures[index]
    to = failure.recipient or failure.original_recipient
    from_ = sender_address(case.bounce)
    if not to:
        return ["The bounce names no failed address to send a test mail to."]
    # Without a sender in the mail the page still shows the form of it.
    named = () if from_ else ("--from you@your.example",)
    try:
        mail = write_testmail(to, from_ or "you@your.example", datetime.now(UTC))
    except AddressError as error:
        return ["There can be no test mail.", *wrapped(str(error), _WIDTH)]
    asked = [visible(f"{one.line} (--to tests that)") for one in hints.mistyped]
    lines = [
        *asked,
        "Nothing is sent from here. This writes the mail below:",
        *(f"  {visible_path(line)}" for line in _writing(case, failure, to, named, width - 2)),
    ]
    lines += command_lines(mail, _FILE, failure.remote_mta)
    text = mail.raw.decode("utf-8").rstrip("\n")
    return [*lines, "", "The mail:", *(f"  {line}" for line in visible_lines(text))]


def _writing(case: Case, failure: Failure, to: str, named: tuple[str, ...], width: int) -> list[str]:
    file, index = case.message.file, case.message.index
    words = ["bounce-tui testmail", shlex.quote(f"./{file}" if file[:1] == "-" and file != "-" else file)]
    if index:
        words.append(f"--index {index}")
    if to != failed_address(case):
        words.append(f"--to {shlex.quote(to)}")
    words += [*named, f"-o {_FILE}"]
    lines = words[:1]
    for number, word in enumerate(words[1:], 2):
        # Every line but the last needs room for the backslash.
        if len(lines[-1]) + 1 + len(word) + (2 if number < len(words) else 0) <= width:
            lines[-1] += f" {word}"
        else:
            lines[-1] += " \\"
            lines.append(f"  {word}")
    return lines


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
    return failures[case.bounce.leading] if failures else None
