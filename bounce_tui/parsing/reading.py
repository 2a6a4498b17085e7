"""`parse`: the bytes of one message read as a bounce."""

from collections.abc import Callable
from functools import cache
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Bounce, Failure, Kind, Original
from bounce_tui.parsing import delivery_status, feedback
from bounce_tui.parsing.addresses import clean, domain_of
from bounce_tui.parsing.completing import completed, needs_words, placed, without_repeats
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.headers import Head
from bounce_tui.parsing.kinds import (
    is_daemon,
    is_hint,
    is_passed_on,
    may_be_report,
    needs_recipient,
    needs_reply,
    poses_as_report,
    says_arrived,
    speaks_of_failure,
    why_auto_reply,
    why_delivered,
    why_feedback,
    why_no_report,
    why_receipt,
    why_report,
)
from bounce_tui.parsing.mime import cut
from bounce_tui.parsing.nouns import DeliveryStatus
from bounce_tui.parsing.original import is_report, mailer_of, read_original
from bounce_tui.parsing.plausible import is_personal, why_not_mail
from bounce_tui.parsing.received import date_of
from bounce_tui.parsing.replies import failure, is_accepted
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.senders import find_senders
from bounce_tui.parsing.testimonies import read_testimonies
from bounce_tui.parsing.vocabulary import says_failing

_DEEPEST_FORWARD: Final = 3
_MOST_FORWARDS: Final = 4
_LONGEST_ID: Final = 998


def parse(raw: bytes, *, brief: bool = False) -> Bounce:
    """`raw`, one message or pasted text, as a Bounce.  Never raises, whatever the bytes.  A `brief`
    one, as a scan reads, leaves out what only the page about one message shows: `original`, `helos`,
    `envelope_id`, and all but the likeliest sending IP and envelope sender.

    The machine-readable status part comes first (RFC 3464), then the words; a message that is no
    report itself may hold one that a person passed on.  Of a bounce of a bounce the outer one counts.
    """
    report = Report(cut(raw), brief=brief)
    found = _read(report)
    if found.kind == "other":
        return _inside(report) or found
    if found.is_bounce and _by_a_person(report):
        inner = _inside(report)
        if inner is not None:
            return inner
        if is_passed_on(report.subject):
            return replace(found, forwarded=True, because=f"passed on by somebody: {found.because}")
    return found


def _by_a_person(report: Report) -> bool:
    """True for a mail with a sender who is no mail system, or pasted text with marks of quotation: the
    report is then rather inside."""
    if not report.head:
        from bounce_tui.parsing.forwarded import is_quoted

        return is_quoted(report.text)
    return (
        not report.status_parts
        and not is_daemon(report)
        and not report.failed_recipients
        and report.rejection is None
    )


def _read(report: Report) -> Bounce:
    """`report` for itself, whatever may be attached to it."""
    why = why_feedback(report)
    if why is not None:
        return _feedback(report, why)
    status = _status(report)
    if status is None and (not report.head or is_daemon(report)):
        status = delivery_status.read_from_words(report.text)
    if status is not None and status.failures:
        return _from_status(report, status)
    if status is None and report.message_parts and not _has_words(report):
        return _bounce(report, "other", "it says nothing itself, it only brings another message")
    why = why_receipt(report)
    if why is not None:
        return _bounce(report, "other", why)
    why = why_auto_reply(report)
    if why is not None:
        weighed = None if says_arrived(report) else _weighed(report)
        return weighed or _bounce(report, "auto_reply", why)
    why = why_delivered(report)
    if why is not None and not _fails_for_some(report):
        return _bounce(report, "delivered", why)
    why = why_report(report)
    if why is None:
        return _weighed(report) or _bounce(report, "other", why_no_report(report))
    return _from_words(report, why, status)


def _fails_for_some(report: Report) -> bool:
    """True where `report`, which says that somebody got the mail, says of others that they did not."""
    return speaks_of_failure(report) and any(
        (one.reply_code or one.status or says_failing(one.diagnostic)) and not is_accepted(one)
        for one in _read_words(report)[0]
    )


def _weighed(report: Report) -> Bounce | None:
    """`report` as the signs that it gives together make it, where no rule knows its words; None where they
    do not make it one that names who failed."""
    if not may_be_report(report):
        return None
    from bounce_tui.parsing.signs import is_likely_report

    if not is_likely_report(report) or poses_as_report(report):
        return None
    failures, family = _read_words(report)
    if not failures:
        from bounce_tui.parsing.families.generic import read_likeliest

        failures = read_likeliest(report)
    # An address that is none is not found; the reply to it has its code and status.
    failures = failures or [one for one in _replies_alone(report) if one.reply_code and one.status]
    if not failures:
        return None
    failures = _as_they_read(report, failures)
    return _bounce(
        report, _kind_of(failures), f"its signs together speak of a failure (read as {family})", failures
    )


def _as_they_read(report: Report, failures: list[Failure]) -> list[Failure]:
    """`failures` as delayed ones where what no rule knows reads as if the mail still waited, but for what a
    server refused for good."""
    from bounce_tui.parsing.likeness import waits

    if any((one.reply_code or one.status or "4")[0] != "4" for one in failures):
        return failures
    return (
        [replace(one, action="delayed") for one in failures]
        if waits(report.subject, report.text)
        else failures
    )


def _is_unlikely(report: Report, failures: list[Failure]) -> bool:
    from bounce_tui.parsing.signs import is_unlikely_report

    return is_unlikely_report(report, named=bool(failures))


def _kind_of(failures: list[Failure]) -> Kind:
    return "delayed" if failures and all(one.action == "delayed" for one in failures) else "failed"


def _from_words(report: Report, why: str, status: DeliveryStatus | None) -> Bounce:
    """`report`, of which its words may tell that it is one."""
    failures, family = _read_words(report)
    got = [one for one in failures if is_accepted(one)]
    if got and len(got) == len(failures):
        got = [replace(one, action="delivered") for one in got]
        why = f"it says who got the mail, and of no failure (read as {family})"
        return _bounce(report, "delivered", why, got)
    failures = [one for one in failures if one not in got] if got else failures
    if not failures and report.rejects:
        failures = [_rejected(report)]
    if not failures and not report.head and not report.inside:
        failures = _replies_alone(report)
        why = "pasted text that quotes a reply and names no recipient"
    if not failures and needs_recipient(report):
        return _bounce(report, "other", "a mail system sent it, but it names nobody whose mail failed")
    if is_hint(report) and not _is_sure(report, failures, family):
        hint = "its words hint at a failure, but hold no reply and no system's form"
        return _weighed(report) or _bounce(report, "other", hint)
    spoken = bool(report.head) and family == "free text" and not report.rejects
    why_not = why_not_mail(report, failures) if spoken else None
    if why_not is not None:
        return _weighed(report) or _bounce(report, "other", why_not)
    if spoken and _is_unlikely(report, failures):
        return _bounce(report, "other", "it only speaks of a failure: its signs together are not a report's")
    if not failures and not report.head:
        return _bounce(report, "other", "pasted text that names no recipient and quotes no reply")
    if not failures and report.returned is None and not is_daemon(report):
        return _bounce(report, "other", "a person wrote it, and it names no recipient who failed")
    if not failures and (poses_as_report(report) or _by_a_person(report)):
        return _bounce(report, "other", "it poses as a report but names no recipient and no reply")
    if not failures and is_daemon(report):
        failures = _replies_alone(report)
        why += ", and it names no recipient"
    return _bounce(report, _kind_of(failures), f"{why} (read as {family})", failures, status)


def _rejected(report: Report) -> Failure:
    """What a filter at the recipient rejected without a word of whom it filters for: who sent the answer."""
    sender = None if "daemon" in report.sender_words else clean(report.sender)
    return failure(sender, report.text.strip()[:2000])


def _is_sure(report: Report, failures: list[Failure], family: str) -> bool:
    """True when a system's own form was found, or a reply; in what somebody passed on, a reply with who
    gave it or to what: people speak of codes, too."""
    from bounce_tui.parsing.families import generic

    if family != generic.NAME:
        return bool(failures)
    told = needs_reply(report)
    if told and (is_personal(report) or _watches(report)):
        return False
    return any(
        (one.reply_code or one.status)
        and (told or not report.inside or one.remote_mta or one.remote_ip or one.command)
        for one in failures
    )


def _watches(report: Report) -> bool:
    from bounce_tui.parsing.signs import watches

    return watches(report)


def _replies_alone(report: Report) -> list[Failure]:
    from bounce_tui.parsing.families.replies_alone import replies_alone

    return replies_alone(report)


def _read_words(report: Report) -> tuple[list[Failure], str]:
    return _families()(report)


@cache
def _families() -> Callable[[Report], tuple[list[Failure], str]]:
    # Imported for the first report whose words count, as in `Report.marks`.
    from bounce_tui.parsing.families import read_words

    return read_words


def _feedback(report: Report, why: str) -> Bounce:
    for entity in report.status_parts:
        if entity.content_type == "message/feedback-report":
            told = feedback.read(entity.body(feedback.LIMIT))
            return replace(
                _bounce(report, "feedback", why),
                reporting_mta=told.reporting_mta,
                sending_ips=told.sending_ips,
                envelope_senders=told.envelope_senders,
            )
    return _bounce(report, "feedback", why)


def _has_words(report: Report) -> bool:
    """False for the wrapper that some gateways put round a report, with a disclaimer at most."""
    if "failed_words" in report.text_words or report.failed_recipients:
        return True
    inner = report.original_head
    return inner is None or not inner.says("content-type", "report")


def _inside(report: Report) -> Bounce | None:
    """The bounce that was passed on inside `report`, at most `_DEEPEST_FORWARD` forwards deep."""
    from bounce_tui.parsing.forwarded import passed_on

    level = [report]
    by_a_person: Bounce | None = None
    for _ in range(_DEEPEST_FORWARD):
        deeper: list[Report] = []
        for outer in level:
            for mail in passed_on(outer):
                inner = Report(mail, brief=report.brief, inside=True)
                found = _read(inner)
                if found.is_bounce and found.failures:
                    found = replace(
                        found,
                        forwarded=True,
                        because=f"passed on by somebody: {found.because}",
                        date=found.date or to_utc(report.head.get("date")),
                    )
                    if not _by_a_person(inner):
                        return found
                    by_a_person = by_a_person or found
                deeper.append(inner)
        level = deeper[:_MOST_FORWARDS]
    return by_a_person


def _status(report: Report) -> DeliveryStatus | None:
    """All status parts of the report as one."""
    found: DeliveryStatus | None = None
    parts = report.status_parts or report.disguised_status
    if not parts and report.rejection is not None:
        parts = [report.rejection]
    for entity in parts:
        one = delivery_status.read(entity.body(delivery_status.LIMIT))
        if found is None:
            found = one
        else:
            found.failures.extend(one.failures)
    return found


def _from_status(report: Report, status: DeliveryStatus) -> Bounce:
    actions = {one.action for one in status.failures}
    if "failed" not in actions and "delayed" not in actions:
        why = f"its delivery status says {' and '.join(sorted(actions))}"
        return _bounce(report, "delivered", why, status.failures, status)
    kind: Kind = "failed" if "failed" in actions else "delayed"
    # A report of several recipients may also tell of those who got the mail.
    failures = [one for one in status.failures if one.action in ("failed", "delayed")]
    failures = without_repeats(failures)
    if needs_words(failures):
        failures = completed(failures, _read_words(report)[0])
    failures = placed(failures, report)
    return _bounce(report, kind, f"its delivery status says {kind}", failures, status)


def _reporting_mta(report: Report, status: DeliveryStatus | None) -> str | None:
    if status is not None and status.reporting_mta:
        return status.reporting_mta
    return report.speaker


def _last_attempt(failures: list[Failure] | None) -> str | None:
    """When the report says that delivery was last tried, for one that nobody dated."""
    return max((one.date for one in failures or () if one.date is not None), default=None)


def _returned_date(returned: Head | None, failures: list[Failure] | None) -> str | None:
    """When the message that failed was sent, near enough for a report that nobody dated."""
    return date_of(returned) if returned is not None and failures else None


def _original(report: Report) -> Original | None:
    head = report.original_head
    if report.brief or head is None or report.returned is None:
        return None
    return read_original(head, *report.returned)


def _id_of(head: Head) -> str | None:
    """The Message-ID, unless it is none that a program could have made."""
    value = head.get("message-id")
    return value if value is not None and value.isprintable() and len(value) <= _LONGEST_ID else None


def _envelope_id(status: DeliveryStatus | None) -> str | None:
    """ENVID, on one line and bounded as a Message-ID is."""
    told = status.envelope_id if status is not None else None
    return " ".join(told[:_LONGEST_ID].split()) or None if told else None


def _bounce(
    report: Report,
    kind: Kind,
    because: str,
    failures: list[Failure] | None = None,
    status: DeliveryStatus | None = None,
) -> Bounce:
    head = report.head
    original = report.original_head
    if failures and original is not None and is_report(original):
        because += "; what it returns is a report itself, and the outer one counts"
    senders = find_senders(report, status, failures or [])
    to = head.get("to")
    sender = original.get("from") if original is not None else None
    if sender is None:
        sender = to if kind in ("failed", "delayed") else report.sender
    return Bounce(
        kind=kind,
        because=because,
        message_id=_id_of(head),
        date=date_of(head) or _last_attempt(failures) or _returned_date(original, failures),
        subject=report.subject or None,
        from_=report.sender or None,
        to=to,
        reporting_mta=_reporting_mta(report, status) if failures else None,
        mailer=mailer_of(original) if original is not None else None,
        from_domain=domain_of(clean(sender or "")),
        sending_ips=senders.sending_ips,
        envelope_senders=senders.envelope_senders,
        helos=senders.helos,
        original=_original(report),
        failures=tuple(failures or ()),
        testimonies=() if report.brief else read_testimonies(head),
        envelope_id=None if report.brief else _envelope_id(status),
    )
