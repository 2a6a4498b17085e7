"""The commands of a plain session that prepare a check: `inputs` and `probe`."""

from bounce_tui.checks.planning.inputs import InputError, with_overrides
from bounce_tui.plain.line_text import INPUTS, input_lines
from bounce_tui.plain.talk import Talk
from bounce_tui.reporting.visible import visible


def probe(talk: Talk, rest: str) -> None:
    """Plan the question to the mail host itself, or take it back; `check` is what asks."""
    work = talk.session.work()
    if work is None:
        talk.refuse("Nothing failed here: there is nobody to ask.")
        return
    if not talk.session.probes:
        talk.line("The demo asks no mail host: its answers all come from this machine.")
        return
    work.plan_probe()
    talk.session.checking.keep(work)
    if work.probes:
        talk.line(
            "The mail host itself will be asked by the next check, and learns of it; probe takes it back."
        )
    else:
        talk.line("The mail host will not be asked.")


def inputs(talk: Talk, rest: str) -> None:
    """What the checks start from; with a name and a value, that in its place."""
    work = talk.session.work()
    if work is None:
        talk.refuse("Nothing failed here: there are no inputs.")
        return
    name, _, value = rest.partition(" ")
    if not name:
        for line in input_lines(work.inputs):
            talk.line(line)
        return
    if name not in INPUTS:
        talk.line(f"inputs takes {', '.join(INPUTS)}, and a value.")
        return
    try:
        wanted = with_overrides(work.inputs, **{INPUTS[name][0]: value})
    except InputError as error:
        talk.line(f"{visible(str(error))}.")
        return
    talk.session.checking.replace_inputs(work, wanted)
    talk.line("The checks start from that now.")
