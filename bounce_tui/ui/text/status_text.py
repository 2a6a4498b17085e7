"""The bars and the empty page in words."""

from collections.abc import Mapping, Sequence

from bounce_tui.mailbox import Refusal
from bounce_tui.reporting.counted import counted
from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.reloading import Reread
from bounce_tui.ui.keymap import DEFAULT, Keymap
from bounce_tui.ui.text.page import Line, Page

MOST_NAMED = 5


def counts(total: int, kinds: Mapping[str, int], refused: int, keys: Keymap = DEFAULT) -> str:
    """`49 mails: 41 failed, 3 delayed, 5 others, 2 refused (R)`."""
    failed, delayed = kinds.get("failed", 0), kinds.get("delayed", 0)
    others = total - failed - delayed
    numbers = (
        (failed, "failed"),
        (delayed, "delayed"),
        (others, "other" if others == 1 else "others"),
        (refused, f"refused ({keys.key('refused')})"),
    )
    parts = [f"{number:,} {word}" for number, word in numbers if number]
    mails = counted(total, "mail")
    return f"{mails}: {', '.join(parts)}" if parts else mails


def progress(arrivals: Arrivals, keys: Keymap = DEFAULT, came: int = 0) -> str:
    """How far loading is, or which key tells why it broke off; nothing once it is done, or, with --follow,
    how many mails `came` since."""
    if arrivals.trouble:
        return f"reading broke off: {keys.key('refused')}"
    if arrivals.finished:
        if arrivals.follows and not arrivals.cancelled:
            return f"following, {came:,} new" if came else "following"
        return f"loading was stopped; {keys.key('reload')} reads all" if arrivals.cancelled else ""
    if not arrivals.total_bytes:
        return f"reading, {keys.key('back')} stops"
    return f"reading {arrivals.done_bytes * 100 // arrivals.total_bytes}%, {keys.key('back')} stops"


def empty(
    width: int,
    paths: Sequence[str],
    loading: bool,
    refusals: Sequence[Refusal],
    keys: Keymap = DEFAULT,
    *,
    follows: bool = False,
) -> list[Line]:
    """What stands in the detail pane while there is no mail, and what to do about it."""
    page = Page(width)
    if loading:
        page.text("Reading …", "strong")
        return page.lines
    page.text("No mail yet: what comes is shown here" if follows else "No mail here", "strong")
    if refusals:
        for refusal in refusals[:MOST_NAMED]:
            page.text(refusal.file, "label", "  ")
            page.text(refusal.reason, "plain", "    ")
        if len(refusals) > MOST_NAMED:
            page.text(f"{len(refusals):,} could not be read; {keys.key('refused')} lists them all.")
    elif paths:
        page.text("The given places hold no mail:")
        for path in paths[:20]:
            page.text(path, "label", "  ")
    if follows:
        return page.lines
    page.blank()
    page.text(f"{keys.key('quit')} leaves. Then give a place where bounces lie:")
    for example in ("bounce-tui ~/Maildir", "bounce-tui bounce.eml", "bounce-tui /var/mail/postmaster"):
        page.text(example, "key", "  ")
    page.text("or pipe one in, or see the samples:")
    for example in ("bounce-tui - < bounce.eml", "bounce-tui demo"):
        page.text(example, "key", "  ")
    return page.lines


def nothing_passes(width: int, text: str, doubt: str, keys: Keymap = DEFAULT) -> list[Line]:
    """What stands in the detail pane while the filter `text` lets nothing pass, which raises `doubt`."""
    page = Page(width)
    page.text("No mail passes the filter", "strong")
    page.text(text, "label", "  ")
    if doubt:
        page.text(doubt)
    page.text(f"{keys.key('filter')} changes it; {keys.key('quit')} goes back and lifts it.")
    return page.lines


def refused(width: int, refusals: Sequence[Refusal], unfinished: str = "") -> list[Line]:
    """The page that lists what could not be read and why; `unfinished` is why that may not be all, "" where
    it is."""
    page = Page(width)
    if unfinished:
        page.text(unfinished, "label")
        page.blank()
    for refusal in refusals:
        page.text(refusal.file, "strong")
        page.text(refusal.reason, "plain", "    ")
    if not refusals:
        page.text("So far everything could be read." if unfinished else "Everything could be read.")
    return page.lines


def reread(again: Reread) -> str:
    """`read again: 2 new mails, 1 gone, 1 refused`."""
    parts = (
        (again.new, "new mail" if again.new == 1 else "new mails"),
        (again.gone, "gone"),
        (len(again.refusals), "refused"),
    )
    said = ", ".join(f"{number:,} {words}" for number, words in parts if number)
    return f"read again: {said or 'nothing has changed'}"
