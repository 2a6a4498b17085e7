"""The commands of a plain session that read mail: the first reading, `reload`, `refused`, and the news of
followed mail."""

from collections.abc import Callable

from bounce_tui.plain.talk import PAGE, Talk, number_of
from bounce_tui.reporting.counted import counted
from bounce_tui.reporting.visible import visible, visible_path


def load(talk: Talk) -> None:
    """Read the mail and say how much there is."""
    if not talk.session.load(_progress(talk)):
        talk.line("Loading was stopped; what was read stays.")
    talk.line(f"{counted(len(talk.session.queue), 'mail')}{_refusals(talk)}. help lists the commands.")


def reload(talk: Talk, rest: str) -> None:
    """Read everything again; what was at hand stays at hand."""
    again = talk.session.reload(_progress(talk))
    if again is None:
        talk.line("Reading again was stopped; the list is as it was.")
        return
    changes = ((again.new, "new"), (again.gone, "gone"))
    said = [f"{number:,} {words}" for number, words in changes if number] or ["nothing has changed"]
    talk.line(
        f"Read again: {', '.join(said)}. {counted(len(talk.session.queue), 'mail')} listed{_refusals(talk)}."
    )


def refused(talk: Talk, rest: str) -> None:
    """What could not be read, and why, from number N on."""
    refusals = talk.session.refusals
    if not refusals:
        talk.line("Everything could be read.")
        return
    first = number_of(rest) if rest else 1
    if first is None or first > len(refusals):
        talk.line(f"refused takes a number from 1 to {len(refusals):,}.")
        return
    end = min(first - 1 + PAGE, len(refusals))
    for refusal in refusals[first - 1 : end]:
        talk.line(f"{visible_path(refusal.file)}: {visible(refusal.reason)}")
    talk.end_page(first - 1, end, len(refusals), "refused")


def tell_news(talk: Talk) -> None:
    """Of mail that is followed, what came since the last command: nothing speaks while one types."""
    news = talk.session.catch_up()
    if news is None:
        return
    for place in news.unwatched:
        talk.line(f"{visible_path(place.file)}: {visible(place.reason)}.")
    if news.trouble:
        talk.line(f"Reading broke off: {visible(news.trouble)}. reload reads everything again.")
    if number := len(news.rows):
        came = "One mail" if number == 1 else f"{number:,} mails"
        talk.line(f"{came} came; {len(talk.session.queue):,} in the list.")
    if away := sum(row.away for _, row in news.renewed):
        talk.line(f"{away:,} of the list {'is' if away == 1 else 'are'} away, moved or deleted elsewhere.")


def _progress(talk: Talk) -> Callable[[int], None]:
    told = 0

    def progress(percent: int) -> None:
        nonlocal told
        if percent >= told + 25:
            told = percent
            talk.line(f"read {percent} percent")

    return progress


def _refusals(talk: Talk) -> str:
    refused = len(talk.session.refusals)
    return f", {refused:,} refused (refused lists them)" if refused else ""
