"""What somebody pasted who was asked for "the error": a reply, the lines of a log that hold it, or a whole
report."""

import re

from msgspec.structs import replace

from bounce_tui.model import Bounce, Failure
from bounce_tui.parsing.cleaning.misread_codes import with_digits
from bounce_tui.parsing.logs import MOST_TEXT, Logged, read_log, read_remarks
from bounce_tui.parsing.mime.mojibake import mend
from bounce_tui.parsing.pasted_received import MARK, split_received, with_received
from bounce_tui.parsing.replies import one_line
from bounce_tui.parsing.senders import quoted_addresses
from bounce_tui.parsing.single_reply import read_reply
from bounce_tui.regex import regex

_MOST_TEXT = 1 << 23
_DRESSED = regex(r"=\n|</|<br|&lt;|\x1b\[|[\xad\u2010\u2011\xa0]|mailto:")
"""What plain text has none of: the marks of pages, transfer encodings, consoles and editors."""
_SEVERAL = 2
_PARAGRAPHS = regex(r"\S[ \t\r]*\n[ \t\r]*\n\s*\S")
_HEADER = regex(r"\s{0,20}(?:>?From [^\n]{1,400}\n)?((?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,})\r?\n")
"""The header of a whole mail, with the line above it that an mbox has."""
_OF_MAIL = regex(
    r"^(?:from|to|subject|date|message-id|mime-version|content-type|received|return-path|auto-submitted):",
    re.I | re.M,
)
_TAKEN = (
    "It is a Received field: it tells that a server took the mail, from which client, and by which number it"
    " knows the mail."
)


def read_pasted(text: str) -> Bounce:
    """`text` as a Bounce: one failure for each recipient of a log's lines, or of a report's, or the one of a
    reply.  Never raises, whatever the text.

    A whole mail, whose octets that are no UTF-8 stand in `text` as surrogates, is read as it is in a file.
    Of one that reports nothing, the text below its header is taken for the reply if it holds a code.  The
    kind is "other" for all that refuses nothing: such a letter, and lines of a log, of which `because` says
    why; an absence note, a complaint and a notice of success have kinds of their own."""
    text = text[:_MOST_TEXT]
    header = _HEADER.match(text if "\n" in text else text.replace("\r", "\n"))
    if header is not None and len(set(map(str.lower, _OF_MAIL.findall(header[1])))) >= _SEVERAL:
        mail = _of_mail(text)
        if mail is not None:
            return mail
        text = text[header.end() :]
        said = read_reply(text)
        if said.reply_code is None and said.status is None:
            return Bounce(failures=(said,))
    text = with_digits(mend(_octets(text).decode("utf-8", "replace")))
    if _DRESSED.search(text) is not None:
        # Imported for what a page or an editor dressed: a command that reads a plain reply starts without it.
        from bounce_tui.parsing.pasting.markup import without_markup
        from bounce_tui.parsing.pasting.wrapping import rejoined

        text = rejoined(without_markup(text))
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
    return with_received(_of_report(text) or _of_reply(text), way)


def _of_mail(text: str) -> Bounce | None:
    """`text`, a whole mail, as the bounce or notice that it is; None for mail that is neither."""
    # Imported for the first mail: a command that reads one reply starts without it.
    from bounce_tui.parsing.reading import parse

    bounce = parse(_octets(text))
    if bounce.kind == "other" or (bounce.is_bounce and not bounce.failures):
        return None
    return bounce if bounce.failures else replace(bounce, failures=(Failure(),))


def _octets(text: str) -> bytes:
    """`text` as it came: octets that are no UTF-8 stand in it as surrogates."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


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
    from bounce_tui.parsing.mime.wire import as_wire
    from bounce_tui.parsing.report import Report
    from bounce_tui.parsing.shapes.report_action import action_of

    return action_of(Report(Mail(as_wire(text)))) == "delayed"


def _of_report(text: str) -> Bounce | None:
    """`text` as a report without its header: one of several paragraphs that names a recipient, or one that
    says what became of several; None for what is none."""
    named = text.count("@")
    wanted = 1 if _PARAGRAPHS.search(text) is not None else _SEVERAL
    if named < wanted:
        return None
    # Imported for the first text that may be one: a command that reads one reply starts without it.
    from bounce_tui.parsing.reading import parse

    bounce = parse(text.encode())
    told = sum(one.recipient is not None for one in bounce.failures)
    return bounce if bounce.is_bounce and told >= wanted else None


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
