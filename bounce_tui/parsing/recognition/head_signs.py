"""Signs of a report, or against one, in the header: who sent the mail, and how."""

from typing import Final

from bounce_tui.parsing.recognition.addressing import is_bulk, is_daemon, is_of_list
from bounce_tui.parsing.recognition.subject_marks import is_passed_on
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.sentences import concepts, fold

_A_PROGRAM: Final = frozenset(("program", "watcher", "role"))
_MOST_NAMES: Final = 5
_SHORTEST_NAME: Final = 3


def of_head(report: Report) -> set[str]:
    """The signs of the header of `report`."""
    head = report.head
    submitted = head.raw("auto-submitted").lower()
    auto = bool(submitted) and submitted != "no"
    daemon = is_daemon(report)
    sender = concepts(report.sender)
    program = "program" in sender
    tests = {
        "+sender: a mail system": daemon,
        "+sender: a program": program,
        "-sender: another program": not daemon and "watcher" in sender,
        "-sender: a monitor": "monitored" in sender,
        "-sender: a person": _A_PROGRAM.isdisjoint(sender) and not daemon and _is_person(report.sender),
        "+head: sent by itself": auto,
        "-head: a list": is_of_list(report),
        "-head: for many": is_bulk(report),
        "-head: an answer": not auto and (head.has("in-reply-to") or head.has("references")),
        "-subject: passed on": not auto and is_passed_on(report.subject),
        "-head: a tracker": any(name.startswith(lexicon("pasted", "tracker")) for name in head.fields),
    }
    return {name for name, holds in tests.items() if holds}


def _is_person(sender: str) -> bool:
    """True for a name before an address that has a piece of it: "Jane Roe <jane@example.com>"."""
    name, _, address = sender.rpartition("<")
    local = fold(address.partition("@")[0])
    words = [fold(word).strip("\"',.()") for word in name.split()]
    if name.strip() == address.partition("@")[0] and name.islower():
        return False  # the name of an account
    if not 0 < len(words) <= _MOST_NAMES:
        return False
    return any(len(word) >= _SHORTEST_NAME and word in local for word in words)


def watches(report: Report) -> bool:
    """True for what counts and watches, and speaks of many mails or of none."""
    return "watcher" in concepts(report.sender)
