"""The commands of a plain session for its list: `list`, `open`, `next`, `previous`, `filter`, `causes`,
`back`."""

from collections.abc import Sequence

from bounce_tui.plain.line_text import cause_line
from bounce_tui.plain.mail_commands import listed_line, show
from bounce_tui.plain.talk import PAGE, Talk, number_of
from bounce_tui.reporting.visible import visible
from bounce_tui.triage.causes import Group
from bounce_tui.triage.filter import FilterError


def print_list(talk: Talk, rest: str) -> None:
    """From the number given, else the page that holds the mail in hand."""
    queue = talk.session.queue
    if not queue:
        talk.line(talk.lack)
        return
    start = (queue.focus or 0) // PAGE * PAGE
    if rest:
        number = number_of(rest)
        if number is None or number > len(queue):
            talk.line(f"list takes a number from 1 to {len(queue):,}.")
            return
        start = number - 1
    end = min(start + PAGE, len(queue))
    for place in range(start, end):
        row = queue[place]
        here = ", marked" if row in talk.session.marks else ""
        here += ", in hand" if place == queue.focus else ""
        talk.line(listed_line(talk, place + 1, row) + here)
    talk.end_page(start, end, len(queue), "list")


def open_mail(talk: Talk, rest: str) -> None:
    """Take mail N in hand, else the one that is, and show it."""
    number = number_of(rest) if rest else (talk.session.queue.focus or 0) + 1
    if number is None or not talk.session.hand.look_at(number - 1):
        total = len(talk.session.queue)
        talk.line(f"open takes a number from 1 to {total:,}." if total else talk.lack)
        return
    show(talk, "")


def next_mail(talk: Talk, rest: str) -> None:
    """Show the mail behind the one in hand."""
    _step(talk, 1)


def previous_mail(talk: Talk, rest: str) -> None:
    """Show the mail before the one in hand."""
    _step(talk, -1)


def narrow(talk: Talk, rest: str) -> None:
    """List what passes a filter; everything without one."""
    try:
        doubt = talk.session.narrow(rest)
    except FilterError as error:
        reason = visible(error.reason)
        end = "" if reason.endswith("?") else "."
        talk.line(f"The filter cannot be read, at character {error.place + 1}: {reason}{end}")
        return
    print_list(talk, "")
    if doubt:
        talk.line(visible(doubt))


def causes(talk: Talk, rest: str) -> None:
    """The mails listed, a line for each thing to mend, also from one on; with a number, only the mails of
    that one."""
    groups = talk.session.views.causes()
    if not groups:
        talk.refuse("No failure is listed: there is nothing to group.")
        return
    first, _, number = rest.rpartition(" ")
    is_page = first == "from" or not rest
    wanted = number_of(number) if rest else 1
    if wanted is None or wanted > len(groups) or first not in ("", "from"):
        talk.line(f"causes takes a number from 1 to {len(groups):,}; with from before it, it goes on there.")
    elif is_page:
        _print_causes(talk, groups, wanted - 1)
    else:
        talk.session.narrow_to(groups[wanted - 1].cause)
        print_list(talk, "")


def _print_causes(talk: Talk, groups: Sequence[Group], start: int) -> None:
    end = min(start + PAGE, len(groups))
    for number, one in enumerate(groups[start:end], start + 1):
        talk.line(cause_line(number, one, talk.session.notebook.verdicts))
    talk.end_page(start, end, len(groups), "causes from")
    if any(one.shared for one in groups[start:end]):
        talk.line("A mail with several causes counts under each of them.")
    talk.line("causes N lists the mails of one; back then lists what was listed before.")


def back(talk: Talk, rest: str) -> None:
    """List what was listed before."""
    if talk.session.back():
        print_list(talk, "")
    else:
        talk.line("Everything is listed; quit leaves.")


def _step(talk: Talk, step: int) -> None:
    if not talk.session.hand.look_at((talk.session.queue.focus or 0) + step):
        end = "This is the last mail." if step > 0 else "This is the first mail."
        talk.refuse(end)
        return
    show(talk, "")
