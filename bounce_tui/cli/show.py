"""`bounce-tui show`: one bounce as a person reads it, or as its sender should."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

import click

from bounce_tui.cli.config_state import say_config_state
from bounce_tui.cli.one_message import one_message
from bounce_tui.cli.options import index_option
from bounce_tui.cli.rule_state import say_rule_state
from bounce_tui.cli.streams import say, write
from bounce_tui.exit_status import DONE, SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.hints.failure_hints import Hints
    from bounce_tui.model import Case

_MOST_HINTED = 100
_MOST_TOLD = 20


@click.command()
@click.argument("file")
@index_option
@click.option("--for-user", is_flag=True, help="Print what to tell the user: plain words, ready to copy.")
def show(file: str, index: int | None, for_user: bool) -> int:
    """Print one bounce as a person reads it."""
    from bounce_tui.scan import examine
    from bounce_tui.scan.examination import NO_MAIL, is_no_mail

    preferences, wrong = say_config_state()
    status = say_rule_state() or wrong
    own = preferences.own.domains
    found = one_message(file, index)
    if found is None:
        return SOME_INPUT_FAILED
    case = examine(*found, own=preferences.own)
    if is_no_mail(case, found[1]):
        say(NO_MAIL, file)
        return SOME_INPUT_FAILED
    if for_user:
        return _for_user(file, case, found[1], own) or status
    write(reading(case, found[1], own))
    return SOME_INPUT_FAILED if case.error else status


def reading(case: "Case", raw: bytes, own: Sequence[str] = ()) -> str:
    """The text of `bounce-tui show` for `case`, which was read from `raw`, with all hints; `own` are the
    admin's own domains."""
    from bounce_tui.reporting.bounce_text import show

    return show(case, _hints(case, raw, own))


def _hints(case: "Case", raw: bytes, own: Sequence[str]) -> "list[Hints]":
    """The hints for the first hundred failures; what there is to say of the content, with the first that is
    about it, else with the first of all."""
    from bounce_tui.hints.hinting import hint
    from bounce_tui.opened_message import Returned
    from bounce_tui.parsing.on_screen.opened import read_returned_of
    from bounce_tui.reason_groups import reason_groups

    if not case.bounce.is_bounce or not case.bounce.failures:
        return []
    returned = read_returned_of(raw)
    head = Returned(headers=returned.headers, complete_head=False) if returned else None
    hinted = case.diagnoses[:_MOST_HINTED]
    of_content = reason_groups().of_content
    noted = next((at for at, diagnosis in enumerate(hinted) if diagnosis.reason in of_content), 0)
    return [
        hint(case, at, returned if at == noted else head, noted=at == noted, own=own)
        for at in range(len(hinted))
    ]


def _for_user(file: str, case: "Case", raw: bytes, own: Sequence[str]) -> int:
    from bounce_tui.reporting.bounce_text import KINDS
    from bounce_tui.reporting.for_user import texts_for_user

    bounce = case.bounce
    if case.error or not case.diagnoses:
        say(case.error or f"nothing to tell a user: {KINDS[bounce.kind]} ({bounce.because})", file)
        return SOME_INPUT_FAILED
    told = list(islice(texts_for_user(case, _hints(case, raw, own)), _MOST_TOLD))
    write("\n\n".join(text for text, _ in told))
    if left := len(bounce.failures) - sum(recipients for _, recipients in told):
        say(f"{left:,} more recipients are left out", file)
    return DONE
