"""`bounce-tui show`: one bounce as a person reads it, or as its sender should."""

from typing import TYPE_CHECKING

import click

from bounce_tui.cli.one_message import one_message
from bounce_tui.cli.options import index_option
from bounce_tui.cli.rule_state import say_rule_state
from bounce_tui.cli.streams import say, write
from bounce_tui.exit_status import DONE, SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.hints.hinting import Hints
    from bounce_tui.model import Case


@click.command()
@click.argument("file")
@index_option
@click.option("--for-user", is_flag=True, help="Print what to tell the user: plain words, ready to copy.")
def show(file: str, index: int | None, for_user: bool) -> int:
    """Print one bounce as a person reads it."""
    from bounce_tui.hints.hinting import hint
    from bounce_tui.parsing.opened import read_returned_of
    from bounce_tui.reporting.person import show
    from bounce_tui.scan import examine

    status = say_rule_state()
    found = one_message(file, index)
    if found is None:
        return SOME_INPUT_FAILED
    case = examine(*found)
    returned = read_returned_of(found[1]) if case.bounce.is_bounce else None
    hints = [hint(case, number, returned) for number in range(len(case.bounce.failures))]
    if for_user:
        return _for_user(file, case, hints) or status
    write(show(case, hints))
    return SOME_INPUT_FAILED if case.error else status


def _for_user(file: str, case: "Case", hints: "list[Hints]") -> int:
    from bounce_tui.reporting.for_user import text_for_user
    from bounce_tui.reporting.person import KINDS

    bounce = case.bounce
    if case.error or not case.diagnoses:
        say(case.error or f"nothing to tell a user: {KINDS[bounce.kind]} ({bounce.because})", file)
        return SOME_INPUT_FAILED
    texts = [
        text_for_user(bounce, failure, diagnosis, hinted)
        for failure, diagnosis, hinted in zip(bounce.failures, case.diagnoses, hints, strict=True)
    ]
    write("\n".join(dict.fromkeys(texts)))
    return DONE
