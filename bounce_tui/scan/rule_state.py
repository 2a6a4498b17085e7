"""Whether the rules are as they should be: what is wrong in them, named as mail that cannot be read is."""

from msgspec import Struct

from bounce_tui.mailbox import Refusal


class RuleState(Struct, frozen=True):
    """One refusal for each rule file that is wrong.  `usable` is False when it is one that came with the
    program: nothing can be diagnosed then.  What is wrong in the user's files is only left out."""

    refusals: tuple[Refusal, ...] = ()
    usable: bool = True


def rule_state() -> RuleState:
    """The state of the rules, which are loaded now if they were not before."""
    from bounce_tui.diagnosis import RuleError, rule_faults

    try:
        faults = rule_faults()
    except RuleError as error:
        broken = f"this installation is broken: {error.fault.words}"
        return RuleState((Refusal(error.file, broken),), usable=False)
    if not faults:
        return RuleState()
    from bounce_tui.diagnosis.user_rules import one_per_file

    return RuleState(tuple(Refusal(fault.file, fault.words) for fault in one_per_file(faults)))
