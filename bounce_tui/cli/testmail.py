"""`bounce-tui testmail`: a plain test mail to a failed address, and the commands that send it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bounce_tui.cli.config_state import say_config_state
from bounce_tui.cli.one_message import one_message
from bounce_tui.cli.options import index_option
from bounce_tui.cli.streams import say, write
from bounce_tui.exit_status import DONE, SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.model import Case
    from bounce_tui.reporting.testmail import TestMail


@click.command(short_help="Write a plain test mail to the address that failed.")
@click.argument("file")
@index_option
@click.option(
    "--from", "sender", metavar="ADDR", help="Send as this address; by default as the bounced mail."
)
@click.option("--to", "recipient", metavar="ADDR", help="Send to this address; by default to the failed one.")
@click.option(
    "-o",
    "--output",
    metavar="OUT.eml",
    default="testmail.eml",
    show_default=True,
    help="Write the mail here, never over an existing file; - prints it.",
)
def testmail(file: str, index: int | None, sender: str | None, recipient: str | None, output: str) -> int:
    """Write a plain test mail to the address that failed, and print the commands that send it.

    Nothing is sent.  The mail is text only, without links and files: when it arrives, the content of
    the mail that bounced was the reason.
    """
    from datetime import UTC, datetime

    from bounce_tui.reporting.testmail import AddressError, usable, write_testmail
    from bounce_tui.reporting.testmail_text import author_address, failed_address, sender_address, was_taken
    from bounce_tui.scan import examine

    preferences, wrong = say_config_state()
    found = one_message(file, index)
    if found is None:
        return SOME_INPUT_FAILED
    case = examine(*found, own=preferences.own)
    to = recipient or failed_address(case)
    from_ = sender or sender_address(case.bounce)
    if to is None or from_ is None:
        say(
            "it names no failed address: --to names one"
            if to is None
            else "it names no sender: --from names one",
            file,
        )
        return SOME_INPUT_FAILED
    for option, given, address in (("--to", recipient, to), ("--from", sender, from_)):
        try:
            usable(address)
        except AddressError as error:
            # What the user typed is at fault, and not the file.
            say(f"{address}: {error}", option if given else file)
            return SOME_INPUT_FAILED
    author = None if sender else author_address(case.bounce, from_)
    mail = write_testmail(to, from_, datetime.now(UTC), author=author, took=was_taken(case))
    return _put(mail, case, output, preferences.own.domains) or wrong


def _put(mail: "TestMail", case: "Case", output: str, own: Sequence[str]) -> int:
    from pathlib import Path

    from bounce_tui.hints.hinting import hint
    from bounce_tui.reporting.new_file import write_new
    from bounce_tui.reporting.testmail_text import testmail_text

    if output == "-":
        write(mail.raw)
        return DONE
    try:
        write_new(Path(output), mail.raw)
    except FileExistsError:
        say("it exists already and is not written over; -o names another", output)
        return SOME_INPUT_FAILED
    except (OSError, ValueError) as error:
        say(f"cannot be written: {getattr(error, 'strerror', None) or error}", output)
        return SOME_INPUT_FAILED
    write(testmail_text(mail, case, output))
    for one in hint(case, case.bounce.leading, own=own).mistyped if case.bounce.failures else ():
        if one.address != mail.recipient:
            say(f"{one.line} (--to tests another address)")
    return DONE
