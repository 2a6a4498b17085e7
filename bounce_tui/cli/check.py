"""`bounce-tui check`: the checks of one bounce, run and judged."""

from typing import TYPE_CHECKING

import click

from bounce_tui.cli.config_state import say_config_state
from bounce_tui.cli.one_message import one_message
from bounce_tui.cli.options import (
    form_option,
    index_option,
    nameserver_option,
    only_option,
    sender_option,
    sending_ip_option,
)
from bounce_tui.cli.rule_state import say_rule_state
from bounce_tui.cli.streams import say, write
from bounce_tui.exit_status import SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.checks.planning.own import Own
    from bounce_tui.model import Case


@click.command(short_help="Run the checks of the bounce in FILE, and end in a verdict.")
@click.argument("file")
@index_option
@only_option
@nameserver_option
@sending_ip_option
@sender_option
@form_option
def check(
    file: str,
    index: int | None,
    only: tuple[str, ...],
    nameserver: str | None,
    sending_ip: str | None,
    envelope_sender: str | None,
    form: str,
) -> int:
    """Run the checks that the bounce in FILE calls for, and say whether its cause still holds.

    Exit status 1: FILE is no bounce that can be read, or not one check was answered.

    Who will see each query is said on standard error before it is sent.  Where the app keeps states and
    notes, what came out is kept too, for the next run to compare with, whichever server was asked.
    """
    from bounce_tui.checks.dns.nameserver import NameserverError
    from bounce_tui.cli.settling import Announcer, could_check, keep, say_what_is_missing, settle
    from bounce_tui.reporting.findings import findings_json, findings_text
    from bounce_tui.triage.store.location import user_store

    preferences, wrong = say_config_state()
    status = say_rule_state() or wrong
    case = _case_to_check(file, index, preferences.own)
    if case is None:
        return SOME_INPUT_FAILED
    try:
        works = settle(
            case,
            nameserver or preferences.nameserver,
            only=only,
            sending_ip=sending_ip,
            envelope_sender=envelope_sender,
            announce=Announcer(),
            own=preferences.own,
        )
    except NameserverError as error:
        say(f"{error}: name one with --nameserver")
        return SOME_INPUT_FAILED
    keep(works, user_store(), preferences.memory_days)
    for work in works:
        if found := work.findings():
            write(findings_json(file, *found) if form == "json" else findings_text(*found) + "\n")
    say_what_is_missing(works)
    if not could_check(works):
        say("nothing could be checked: not one check was answered", file)
        return SOME_INPUT_FAILED
    return status


def _case_to_check(file: str, index: int | None, own: "Own") -> "Case | None":
    """The bounce asked for, read and diagnosed; says why where there is none."""
    from bounce_tui.reporting.bounce_text import KINDS
    from bounce_tui.scan import examine

    found = one_message(file, index)
    if found is None:
        return None
    case = examine(*found, own=own)
    if case.error:
        say(case.error, file)
        return None
    if not case.bounce.is_bounce or not case.bounce.failures:
        say(f"nothing to check: {KINDS[case.bounce.kind]} ({case.bounce.because})", file)
        return None
    return case
