"""The rules, ours and the user's: listed, shown, searched, tried on a reply, and checked."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import click

from bounce_tui.cli.options import form_option
from bounce_tui.cli.pasted import pasted_text
from bounce_tui.cli.rule_state import say_rule_state
from bounce_tui.cli.streams import say, write
from bounce_tui.exit_status import DONE, SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.diagnosis import Rule


@click.group(
    subcommand_metavar="COMMAND ...", short_help="List, search, try and check the rules, ours and yours."
)
def rules() -> None:
    """List, show, search, try and check the rules that explain replies.

    Your own are TOML files in the folder `rules` of your config folder (~/.config/bounce-tui/rules on
    Linux); they are loaded after ours.  A rule with the id of one of ours replaces it, and off = ["ID"]
    at the top of a file switches rules of ours off.  The README has an example.
    """


@rules.command("list")
@click.option("--provider", metavar="P", help='The rules of this provider; "any" for those of none.')
@click.option("--reason", metavar="R", help="The rules of this reason.")
@form_option
def list_rules(provider: str | None, reason: str | None, form: str) -> int:
    """Print one line a rule."""
    from bounce_tui.diagnosis import reasons
    from bounce_tui.diagnosis import rules as all_rules
    from bounce_tui.diagnosis.rule_search import having

    status = say_rule_state()
    known = all_rules()
    if provider is not None:
        names = {rule.provider for rule in known} - {""} | {"any"}
        provider = _one_of(provider, names, "provider")
    if reason is not None:
        reason = _one_of(reason, reasons(), "reason")
    _write_rules(having(known, provider=provider, reason=reason), form)
    return status


@rules.command("show")
@click.argument("id_", metavar="ID")
@form_option
def show_rule(id_: str, form: str) -> int:
    """Print everything that the rule ID says."""
    from bounce_tui.diagnosis import rule_by_id
    from bounce_tui.diagnosis import rules as all_rules
    from bounce_tui.diagnosis.diagnostician import diagnostician
    from bounce_tui.diagnosis.nearest_word import nearest
    from bounce_tui.diagnosis.rule_place import place_of

    status = say_rule_state()
    book = diagnostician().rulebook
    try:
        rule = rule_by_id(id_)
    except KeyError:
        if id_ in book.off:
            say(f"you switched the rule {id_!r} off")
        else:
            ids = [rule.id for rule in all_rules()]
            say(f"no rule is named {id_!r}; {nearest(id_, ids, '`bounce-tui rules search` finds others')}")
        return SOME_INPUT_FAILED
    if form == "json":
        _write_rules([rule], form)
        return status
    from bounce_tui.reporting.rule_text import rule_page

    write(rule_page(rule, place_of(rule), replaces=rule.id in book.replaced))
    return status


@rules.command()
@click.argument("words", nargs=-1, required=True)
@form_option
def search(words: Sequence[str], form: str) -> int:
    """Print the rules that hold all WORDS, the nearest first.

    Codes, wording, causes and steps are searched.
    """
    from bounce_tui.diagnosis import rules as all_rules
    from bounce_tui.diagnosis.rule_search import search as find

    status = say_rule_state()
    found = find(all_rules(), " ".join(words))
    if not found:
        say(f"no rule holds all of: {' '.join(words)}")
        return status
    _write_rules(found, form)
    return status


@rules.command()
@click.argument("reply", nargs=-1, required=True)
@form_option
def test(reply: Sequence[str], form: str) -> int:
    """Print which rules REPLY calls, and why one wins.

    They are printed best first, with their points; - reads REPLY from standard input.  In lines of a mail
    log, what is said of each recipient counts as a reply.
    """
    from bounce_tui.diagnosis.diagnostician import diagnostician
    from bounce_tui.diagnosis.trial import try_reply
    from bounce_tui.parsing import read_pasted

    pasted = pasted_text(reply, "try")
    if pasted is None:
        return SOME_INPUT_FAILED
    status = say_rule_state()
    bounce = read_pasted(pasted.text)
    trials = (try_reply(diagnostician(), failure, bounce) for failure in bounce.failures)
    if form == "json":
        from bounce_tui.reporting.record import json_line
        from bounce_tui.reporting.rule_record import trial_record

        for trial in trials:
            write(json_line(trial_record(trial)))
    else:
        from bounce_tui.reporting.rule_text import trial_page

        for number, trial in enumerate(trials):
            write(("\n" if number else "") + trial_page(trial))
    return status if pasted.is_whole else SOME_INPUT_FAILED


@rules.command()
@click.argument("files", nargs=-1)
@form_option
def check(files: Sequence[str], form: str) -> int:
    """Check rule FILES, by default all of your own.

    Says by line and column what is wrong, and which rules are in conflict.  Ends with status 1 where
    something must be mended; warnings and notes do not count.
    """
    from bounce_tui.diagnosis import RuleError
    from bounce_tui.diagnosis.rule_conflicts import check_files
    from bounce_tui.diagnosis.user_rules import stamps, user_folder
    from bounce_tui.parsing import read_reply

    paths = list(files) or [stamp.path for stamp in stamps(user_folder())]
    if not paths:
        say("no rule files there yet", str(user_folder()))
        return DONE
    try:
        faults = check_files(paths, read_reply)
    except RuleError as error:
        say(f"this installation is broken: {error}")
        return SOME_INPUT_FAILED
    if form == "json":
        from bounce_tui.reporting.record import json_line
        from bounce_tui.reporting.rule_record import fault_record

        write(b"".join(json_line(fault_record(fault)) for fault in faults))
    else:
        from bounce_tui.reporting.rule_text import fault_lines, tally

        write(fault_lines(faults) + tally(faults, len(dict.fromkeys(paths))))
    return SOME_INPUT_FAILED if any(fault.level == "error" for fault in faults) else DONE


def _one_of(word: str, known: Collection[str], kind: str) -> str:
    """`word` as it is known, whatever its case, or the only name that it stands in; wrong use where it is
    neither."""
    from bounce_tui.diagnosis.nearest_word import nearest

    lower = {name.lower(): name for name in known}
    within = [name for low, name in lower.items() if word.lower() in low]
    if word.lower() in lower or len(within) == 1:
        return lower.get(word.lower()) or within[0]
    # All are named, too: Gmail is Google's, and looks like qmail.
    meant = nearest(word, within or known, "")
    there_are = f"{meant} There are: " if meant else "there are: "
    raise click.BadParameter(f"no {kind} is named {word!r}; {there_are}{', '.join(sorted(known))}")


def _write_rules(found: "Sequence[Rule]", form: str) -> None:
    if form == "json":
        from bounce_tui.reporting.record import json_line
        from bounce_tui.reporting.rule_record import rule_record

        write(b"".join(json_line(rule_record(rule)) for rule in found))
    else:
        from bounce_tui.reporting.rule_text import rule_table

        write(rule_table(found))
