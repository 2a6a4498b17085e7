"""`bounce-tui explain`: what a reply or lines of a mail log mean."""

import click

from bounce_tui.cli.config_state import say_config_state
from bounce_tui.cli.options import form_option
from bounce_tui.cli.pasted import pasted_text
from bounce_tui.cli.rule_state import say_rule_state
from bounce_tui.cli.streams import say, write
from bounce_tui.exit_status import SOME_INPUT_FAILED


@click.command(short_help="Say what an SMTP reply means and what to do.")
@click.argument("reply", nargs=-1, required=True)
@form_option
def explain(reply: tuple[str, ...], form: str) -> int:
    """Diagnose an SMTP reply, such as "550 5.7.1 Relaying denied", lines of a mail log, or a whole bounce.

    - reads it from standard input.  Of more than 20 recipients the text explains one for each cause.

    Exit status 1: there is no text, only its beginning was read, or it is neither a refusal nor any other
    reply of a server.
    """
    from msgspec.structs import replace

    from bounce_tui.diagnosis.diagnostician import diagnostician
    from bounce_tui.diagnosis.pasted import HOLDS_NONE, REFUSES_NOTHING, diagnose_pasted, with_actions
    from bounce_tui.hints.hinting import hint
    from bounce_tui.model import Case, Message
    from bounce_tui.parsing import read_pasted
    from bounce_tui.reporting import bounce_text
    from bounce_tui.reporting.one_of_each import one_of_each
    from bounce_tui.reporting.record import failure_record, json_line

    pasted = pasted_text(reply, "explain")
    if pasted is None:
        return SOME_INPUT_FAILED
    preferences, wrong = say_config_state()
    status = say_rule_state() or wrong
    bounce = with_actions(diagnostician(), read_pasted(pasted.text))
    diagnoses = tuple([diagnose_pasted(diagnostician(), failure, bounce) for failure in bounce.failures])
    case = Case(Message("-"), bounce, diagnoses)
    told = range(len(diagnoses)) if form == "json" else one_of_each(case)
    for number in told:
        failure, diagnosis = bounce.failures[number], diagnoses[number]
        if form == "json":
            record = failure_record(bounce, failure, diagnosis)
            # What was pasted tells of no action, and "failed" would be invented.
            write(json_line(replace(record, action=None) if diagnosis.rule in REFUSES_NOTHING else record))
            continue
        if number:
            write("\n")
        write(bounce_text.explain(failure, diagnosis, hint(case, number, own=preferences.own.domains)))
    if left := len(diagnoses) - len(told):
        say(f"{left:,} more recipients are left out: --format json names each")
    holds_none = all(diagnosis.rule in HOLDS_NONE for diagnosis in diagnoses)
    return SOME_INPUT_FAILED if holds_none or not pasted.is_whole else status
