"""What somebody pasted who was asked for "the error": a reply, or the lines of a log that hold it."""

from msgspec.structs import replace

from bounce_tui.model import Bounce, Failure
from bounce_tui.parsing.cleaning.misread_codes import with_digits
from bounce_tui.parsing.logs import MOST_TEXT, Logged, read_log, read_remarks
from bounce_tui.parsing.mime.mojibake import mend
from bounce_tui.parsing.pasted_received import MARK, split_received, with_received
from bounce_tui.parsing.replies import one_line
from bounce_tui.parsing.senders import quoted_addresses
from bounce_tui.parsing.single_reply import read_reply

_MOST_TEXT = 1 << 23
_SEVERAL = 2
_TAKEN = (
    "It is a Received field: it tells that a server took the mail, from which client, and by which number it"
    " knows the mail."
)


def read_pasted(text: str) -> Bounce:
    """`text` as a Bounce: one failure for each recipient of a log's lines, or of a report's, or the one of a
    reply.  Lines of a log that refuse nothing are of kind "other" where nothing else is there: `because` then
    says why, and the failure holds no more than their words; so it does where a text is an absence note, a
    complaint or a notice of success, which then is its kind.  Never raises, whatever the text."""
    text = with_digits(mend(text[:_MOST_TEXT].encode("utf-8", "replace").decode("utf-8")))
    logged = read_log(text)
    if logged is not None:
        return of_log(logged)
    told = read_remarks(text)
    if told.whys and not told.rest:
        return Bounce(because=" ".join(told.whys), failures=(Failure(diagnostic=one_line(text)),))
    if told.whys:
        text = told.rest
    way: tuple[str, ...] = ()
    if MARK in text:
        split = split_received(text)
        if split.way and not split.rest.strip():
            return Bounce(because=_TAKEN, failures=(Failure(diagnostic=one_line(text)),))
        way, text = split.way, split.rest
    return with_received(_of_several(text) or _of_reply(text), way)


def _of_reply(text: str) -> Bounce:
    failure = read_reply(text)
    waits = False
    if failure.reply_code is None and failure.status is None:
        # Imported for words without a code: a command that reads a server's reply starts without it.
        from bounce_tui.parsing.pasted_notice import read_notice

        notice = read_notice(failure, text)
        if notice is not None:
            return notice
        waits = _goes_on(text)
    if waits:
        failure = replace(failure, action="delayed")
    clients = tuple([one for one in quoted_addresses((failure,)) if one.sure])
    return Bounce(kind="delayed" if waits else "failed", failures=(failure,), sending_ips=clients)


def _goes_on(text: str) -> bool:
    """Whether words without a code say that delivery goes on."""
    # Imported for the first text that may say so, as below.
    from bounce_tui.parsing.mime.mail import Mail
    from bounce_tui.parsing.report import Report
    from bounce_tui.parsing.shapes.report_action import action_of

    return action_of(Report(Mail(text))) == "delayed"


def _of_several(text: str) -> Bounce | None:
    """`text` as a report that says what became of several recipients; None for what is none."""
    if text.count("@") < _SEVERAL:
        return None
    # Imported for the first text that may be one: a command that reads one reply starts without it.
    from bounce_tui.parsing.reading import parse

    bounce = parse(text.encode())
    named = [one for one in bounce.failures if one.recipient is not None]
    return bounce if bounce.is_bounce and len(named) >= _SEVERAL else None


def of_log(logged: Logged) -> Bounce:
    """What a log tells, as a Bounce: who got the mail is left out where another did not."""
    missed = [one for one in logged.failures if one.action in ("failed", "delayed")]
    because = f"lines of a log say what became of it ({logged.name})"
    if not logged.is_whole:
        because += f", of which only the first {MOST_TEXT >> 20} MiB were read"
    if not missed:
        return Bounce(
            kind="delivered",
            because=because,
            failures=tuple(logged.failures),
            is_partial=not logged.is_whole,
        )
    return Bounce(
        kind="failed" if any(one.action == "failed" for one in missed) else "delayed",
        because=because,
        sending_ips=logged.sending_ips,
        envelope_senders=logged.envelope_senders,
        failures=tuple(missed),
        is_partial=not logged.is_whole,
    )
