"""The reference in a plain session: `rules WORDS` finds entries, `rule` shows one."""

from bounce_tui.diagnosis import RuleError
from bounce_tui.diagnosis.reference import Entry, Reference, read_reference
from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.rule_place import place_of
from bounce_tui.plain.talk import PAGE, Talk, number_of
from bounce_tui.reporting.reference_text import about, entry_page
from bounce_tui.reporting.visible import visible


def rules(talk: Talk, rest: str) -> None:
    """The entries of the reference that hold all of the words."""
    if not rest:
        talk.line("rules takes words: a code as IB104 or 5.7.26, a provider, a reason, words of a reply.")
        return
    reference = _reference(talk)
    if reference is None:
        return
    found = reference.search(rest)
    if not found:
        talk.line(f"Nothing holds all of: {visible(rest)}.")
        return
    talk.looked_up = [entry.id for entry in found[:PAGE]]
    for number, entry in enumerate(found[:PAGE], 1):
        talk.line(f"{number}. {_in_short(entry)}")
    more = "; more words narrow them" if len(found) > PAGE else ""
    talk.line(f"1 to {len(talk.looked_up):,} of {len(found):,}{more}. rule N shows one.")


def rule(talk: Talk, rest: str) -> None:
    """The entry with this number or name; alone, the rule that matched the recipient in hand."""
    reference = _reference(talk)
    if reference is None:
        return
    entry = _matched(talk, reference) if not rest else _named(talk, reference, rest)
    if entry is None:
        talk.line(
            f"Nothing is named {visible(rest)}. rules WORDS finds what there is."
            if rest
            else "No rule matched here. rules WORDS finds others."
        )
        return
    place = place_of(entry.subject) if isinstance(entry.subject, Rule) else ""
    talk.say(entry_page(entry, reference, place))


def _reference(talk: Talk) -> Reference | None:
    try:
        return read_reference()
    except RuleError as error:
        talk.line(f"The rules that came with the program are broken: {visible(str(error))}.")
        return None


def _matched(talk: Talk, reference: Reference) -> Entry | None:
    case, index = talk.session.hand.case(), talk.session.hand.index
    if case is None or index >= len(case.diagnoses):
        return None
    return reference.entry("rule", case.diagnoses[index].rule)


def _named(talk: Talk, reference: Reference, name: str) -> Entry | None:
    number = number_of(name)
    if number is not None and number <= len(talk.looked_up):
        name = talk.looked_up[number - 1]
    return reference.look_up(name)


def _in_short(entry: Entry) -> str:
    seen, means, who = about(entry)
    named = f" ({entry.id})" if entry.kind == "rule" else ""
    return visible(f"{entry.kind} {seen}: {means}{f', {who}' if who else ''}{named}")
