"""What somebody pasted who was asked for "the error": a reply, or the lines of a log that hold it."""

from bounce_tui.model import Bounce
from bounce_tui.parsing.logs import Logged, read_log
from bounce_tui.parsing.mojibake import mend
from bounce_tui.parsing.replies import read_reply
from bounce_tui.parsing.senders import quoted_addresses

_MOST_TEXT = 1 << 23


def read_pasted(text: str) -> Bounce:
    """`text` as a Bounce: one failure for each recipient of a log's lines, or the one of a reply.  Never
    raises, whatever the text."""
    logged = read_log(mend(text[:_MOST_TEXT].encode("utf-8", "replace").decode("utf-8")))
    if logged is not None:
        return of_log(logged)
    failure = read_reply(text)
    clients = tuple([one for one in quoted_addresses((failure,)) if one.sure])
    return Bounce(kind="failed", failures=(failure,), sending_ips=clients)


def of_log(logged: Logged) -> Bounce:
    """What a log tells, as a Bounce: who got the mail is left out where another did not."""
    missed = [one for one in logged.failures if one.action in ("failed", "delayed")]
    because = f"lines of a log say what became of it ({logged.name})"
    if not logged.is_whole:
        because += ", of which only the first 4 MiB were read"
    if not missed:
        return Bounce(kind="delivered", because=because, failures=tuple(logged.failures))
    clients = {one.value for one in logged.sending_ips}
    quoted = sorted(quoted_addresses(missed), key=lambda one: not one.sure)
    return Bounce(
        kind="failed" if any(one.action == "failed" for one in missed) else "delayed",
        because=because,
        sending_ips=(*logged.sending_ips, *(one for one in quoted if one.value not in clients)),
        envelope_senders=logged.envelope_senders,
        failures=tuple(missed),
    )
