"""The state of the rules, said before the first diagnosis."""

from bounce_tui.cli.streams import refuse
from bounce_tui.exit_status import DONE, SOME_INPUT_FAILED


def say_rule_state() -> int:
    """Name each rule file that is wrong; the exit status that follows.

    Raises:
        SystemExit: One of the files that came with the program is wrong, so that nothing can be diagnosed.
    """
    from bounce_tui.scan.rule_state import rule_state

    state = rule_state()
    refuse(state.refusals)
    if not state.usable:
        raise SystemExit(SOME_INPUT_FAILED)
    return SOME_INPUT_FAILED if state.refusals else DONE
