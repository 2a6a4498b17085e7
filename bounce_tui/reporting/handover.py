"""What another team needs to go on: the guide's list for each failure, as Markdown."""

from collections.abc import Iterable, Iterator, Set

from msgspec.structs import replace

from bounce_tui.forwarding import forwarded_to, written_to
from bounce_tui.model import Bounce, Case, Diagnosis, Failure
from bounce_tui.regex import regex
from bounce_tui.reporting.bounce_text import WHO_ACTS
from bounce_tui.reporting.entry import MOST_RECIPIENTS, NOTE, Checked, Entry, handed_over
from bounce_tui.reporting.findings import VERDICTS
from bounce_tui.reporting.origins import candidate
from bounce_tui.reporting.redaction import without_names, without_who
from bounce_tui.reporting.remote_server import its_part, remote_server
from bounce_tui.reporting.unnamed_text import without_local_parts
from bounce_tui.reporting.visible import visible, visible_path

_MARKED_UP = regex(r"([\\`*_{}\[\]<>|#])")
_TILDES = regex("~{3,}")


def handover(entries: Iterable[Entry], *, redacted: bool = False) -> str:
    """The hand-over of `entries`.

    Args:
        redacted: Leave out who it is about: names, local parts of addresses, subjects, notes.
    """
    told = map(unnamed_entry, entries) if redacted else entries
    return page((line for entry in told for line in entry_lines(entry)), redacted=redacted)


def page(lines: Iterable[str], *, redacted: bool) -> str:
    """The `lines` under their title; of `redacted` ones, without the local parts of addresses."""
    text = "\n".join(["# Bounces to look into", "", *lines]) + "\n"
    return without_local_parts(text) if redacted else text


def dead_addresses(cases: Iterable[Case]) -> str:
    """The addresses that are dead, one a line, each once: what to stop sending to.  A name without a domain,
    which one machine alone knows, is none."""
    found: dict[str, None] = {}
    for case in cases:
        addressed = list(_addressed(case))
        living = {address for address, dead, forwarded in addressed if forwarded and not dead}
        for address, dead, _ in addressed:
            if dead and address not in living:
                found.setdefault(visible(address))
    return "".join(f"{address}\n" for address in found)


def _addressed(case: Case) -> Iterator[tuple[str, bool, bool]]:
    """The addresses that the sender of a mail wrote to: whether each is dead, and whether it is forwarded.
    One that is forwarded to several may be there more than once."""
    bounce = case.bounce
    for failure, diagnosis in zip(bounce.failures, case.diagnoses, strict=True):
        address = written_to(bounce, failure)
        if address and "@" in address:
            dead = diagnosis.hard and failure.action == "failed"
            yield address.strip().lower(), dead, forwarded_to(bounce, failure) is not None


def unnamed_entry(entry: Entry) -> Entry:
    """`entry` without names but for the local parts of its addresses, which go with the `page`."""
    remembered = [
        [without_who(line) for line in lines if not line.startswith(NOTE)] for lines in entry.remembered
    ]
    return replace(entry, case=without_names(entry.case), remembered=remembered)


def entry_lines(entry: Entry, told: Set[int] = frozenset()) -> Iterator[str]:
    """The failures of one mail but for those that are `told` elsewhere, by their numbers."""
    case, bounce = entry.case, entry.case.bounce
    if case.error or not bounce.failures:
        yield f"## {plain(visible_path(case.message.file))}"
        yield ""
        yield plain(case.error or f"No failure: {bounce.because}.")
        yield ""
        return
    for number in handed_over(case):
        if number not in told:
            yield from failure_lines(entry, number)
    if (left := len(bounce.failures) - MOST_RECIPIENTS) > 0:
        whose = f"of message {case.message.index + 1:,} of {visible_path(case.message.file)}"
        yield f"{left:,} more recipients {plain(whose) if told else 'of this mail'} are left out."
        yield ""


def failure_lines(entry: Entry, number: int, level: str = "##") -> Iterator[str]:
    """One failure of a mail in full, under a heading of `level`."""
    case, bounce = entry.case, entry.case.bounce
    failure, diagnosis = bounce.failures[number], case.diagnoses[number]
    checked, remembered = entry.checked_of(number), entry.remembered_of(number)
    reason = diagnosis.reason.replace("_", " ")
    yield f"{level} {plain(written_to(bounce, failure) or 'no address named')}: {reason}"
    yield ""
    verdict = checked.verdict if checked else None
    if verdict is not None:
        yield f"**{VERDICTS[verdict.state]}**: {plain(verdict.summary)} Next: {plain(verdict.next_step)}"
        yield ""
    yield from _block("The exact error", failure.exact or "the report quotes none")
    for name, value in _facts(case, bounce, failure, diagnosis, checked):
        if value:
            yield f"- {name}: {plain(value)}"
    yield ""
    if checked and checked.results:
        yield "What the checks found:"
        yield ""
        for result in checked.results:
            yield f"- {result.state}: {plain(result.id)} {plain(result.target)}: {plain(result.summary)}"
        yield ""
    yield "What we remember of it:" if remembered else "Nothing is remembered of this address."
    yield ""
    for words in remembered:
        yield f"- {plain(words)}"
    if remembered:
        yield ""
    head = bounce.original.content.partition(b"\n\n")[0] if bounce.original else b""
    if head:
        yield from _block("The header of the returned message", head.decode("utf-8", "replace"))


def _facts(
    case: Case, bounce: Bounce, failure: Failure, diagnosis: Diagnosis, checked: Checked | None
) -> Iterator[tuple[str, str | None]]:
    codes = " ".join(part for part in (failure.reply_code, failure.status) if part)
    inputs = checked.inputs if checked else None
    ip = (inputs and inputs.sending_ip) or next(iter(bounce.sending_ips_of(failure)), None)
    sender = (inputs and inputs.envelope_sender) or next(iter(bounce.envelope_senders_of(failure)), None)
    yield "Forwarded to", forwarded_to(bounce, failure)
    yield its_part(failure), remote_server(failure) or None
    yield "Reported by", bounce.reporting_mta
    yield "When", failure.date or bounce.date
    yield "Codes", codes
    yield "SMTP command", failure.command
    yield "Sending IP", candidate(ip) if ip else "the report does not tell"
    yield "Is the IP blocked", _blocked(checked)
    yield "Envelope sender", candidate(sender) if sender else None
    yield "Rule or policy", f"{diagnosis.cause} ({diagnosis.rule})"
    yield "Who acts", WHO_ACTS[diagnosis.who_acts]
    yield "Page", diagnosis.url
    yield "Mail client", bounce.mailer
    yield "Message-ID of the original", bounce.original.message_id if bounce.original else None
    yield "Report", f"{visible_path(case.message.file)}, message {case.message.index + 1}"


def _blocked(checked: Checked | None) -> str | None:
    lists = [one for one in (checked.results if checked else ()) if one.id.startswith("dnsbl:")]
    if not lists:
        return "not checked"
    listed = [one for one in lists if one.outcome in ("listed", "range")]
    return "; ".join(one.summary for one in (listed or lists))


def _block(title: str, text: str) -> Iterator[str]:
    """`text` as it is, in a fence that nothing in it can close."""
    # Only a fence as long as the one that opens it ends it, wherever it stands on its line.
    fence = "~" * max((len(run) + 1 for run in _TILDES.findall(text)), default=3)
    yield f"{title}:"
    yield ""
    yield fence
    for line in text.split("\n"):
        yield visible(line.expandtabs(4).rstrip())
    yield fence
    yield ""


def plain(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    return _MARKED_UP.sub(r"\\\1", visible(text))
