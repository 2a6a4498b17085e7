"""`parse`: the bytes of one message read as a bounce."""

from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Bounce, Kind
from bounce_tui.parsing import delivery_status, feedback
from bounce_tui.parsing.completing import completed, needs_words, placed, without_repeats
from bounce_tui.parsing.composing import compose
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.delivery_status import DeliveryStatus
from bounce_tui.parsing.mime.mail import Mail, cut
from bounce_tui.parsing.recognition.addressing import is_daemon
from bounce_tui.parsing.recognition.other_kinds import (
    says_arrived,
    why_auto_reply,
    why_delivered,
    why_feedback,
    why_receipt,
)
from bounce_tui.parsing.recognition.report_rules import why_no_report, why_report
from bounce_tui.parsing.recognition.returned_post import list_refusing
from bounce_tui.parsing.recognition.subject_marks import is_passed_on
from bounce_tui.parsing.report import TEXT_LIMIT, Report
from bounce_tui.parsing.returned_message.original import is_report
from bounce_tui.parsing.worded_report import fails_for_some, from_words, is_by_a_person, read_words, weighed

_DEEPEST_FORWARD: Final = 3
_MOST_FORWARDS: Final = 4
_LONGEST_SAVED: Final = 1 << 16
_MOST_SHOWN: Final = 7
"""Fields of a header that a mail program shows, and that are copied with the text."""
_OF_TRAVEL: Final = frozenset(
    ("received", "message-id", "return-path", "mime-version", "content-type", "delivered-to")
)
"""Fields of which every whole mail has one at least."""
_SEVERAL: Final = 2
_SOMEBODY, _A_LIST = "somebody", "a list manager"
"""Who passes bounces on."""


def parse(raw: bytes, *, brief: bool = False) -> Bounce:
    """`raw`, one message or pasted text, as a Bounce.  Never raises, whatever the bytes.  A `brief`
    one, as a scan reads, leaves out what only the page about one message shows: `original`, `helos`,
    `envelope_id`, and all but the likeliest sending IP and envelope sender.

    The machine-readable status part comes first (RFC 3464), then the words; a message that is no
    report itself may hold one that a person passed on.  Of a bounce of a bounce the outer one counts.
    """
    report = Report(cut(raw), brief=brief)
    if len(report.head.fields) <= _MOST_SHOWN and _OF_TRAVEL.isdisjoint(report.head.fields):
        found = _copied(report)
        if found is not None:
            return found
    return (_below_its_way(report) if len(report.head.fields) == 1 else None) or _parsed(report)


def _parsed(report: Report) -> Bounce:
    """The bounce that `report` is, or that somebody passed on inside it."""
    found = _read(report)
    if found.kind == "other":
        return _inside(report) or found
    if found.is_bounce and is_by_a_person(report):
        inner = _inside(report)
        if inner is not None:
            return inner
        # A list manager gives a post back under the subject that its author gave it.
        if is_passed_on(report.subject) and list_refusing(report) is None:
            return replace(found, forwarded=True, because=f"passed on by {_SOMEBODY}: {found.because}")
    elif found.is_bounce and not report.status_parts and _passes_on(report, found):
        return _inside(report) or found
    return found


def _read(report: Report) -> Bounce:
    """The bounce that `report` itself is, whatever may be attached to it."""
    why = why_feedback(report)
    if why is not None:
        return _feedback(report, why)
    logged = _logged(report) if not report.head else None
    if logged is not None:
        return logged
    status = _status(report)
    if status is None and (not report.head or is_daemon(report)):
        status = delivery_status.read_from_words(report.text)
    if status is not None and status.failures:
        return _from_status(report, status)
    if status is None and report.message_parts and not _has_words(report):
        return compose(report, "other", "it says nothing itself, it only brings another message")
    why = why_receipt(report)
    if why is not None:
        return compose(report, "other", why)
    why = why_auto_reply(report)
    if why is not None:
        failed = None if says_arrived(report) else weighed(report)
        return failed or compose(report, "auto_reply", why)
    why = why_delivered(report)
    if why is not None and not fails_for_some(report):
        return compose(report, "delivered", why)
    why = why_report(report)
    if why is None:
        return weighed(report) or compose(report, "other", why_no_report(report))
    return from_words(report, why, status)


def _copied(report: Report) -> Bounce | None:
    """The bounce that a person copied as text, in whatever dress; None where it reads as it stands."""
    # Imported for the first text that somebody copied: mail as it came needs none of it.
    from bounce_tui.parsing.pasting.pasted_text import read_copied

    return read_copied(report, _parsed)


def _below_its_way(report: Report) -> Bounce | None:
    """The bounce of a text that is a reply below the Received fields of the mail, as somebody saved it; None
    for any other text."""
    if not report.head.has("received") or len(report.mail.wire) > _LONGEST_SAVED:
        return None
    from bounce_tui.parsing.pasted_received import split_received, with_received

    split = split_received(report.mail.wire)
    found = _parsed(Report(Mail(split.rest.lstrip()), brief=report.brief)) if split.way else None
    return with_received(found, split.way) if found is not None and found.is_bounce else None


def _logged(report: Report) -> Bounce | None:
    """The bounce that the lines of a log tell of, where `report` is pasted text without a header; None where
    it is no log."""
    from bounce_tui.parsing.logs import read_log
    from bounce_tui.parsing.pasted_reply import of_log

    logged = read_log(report.text, is_whole=len(report.mail.wire) <= TEXT_LIMIT, written=report.written)
    return of_log(logged) if logged is not None else None


def _feedback(report: Report, why: str) -> Bounce:
    for entity in report.status_parts:
        if entity.content_type == "message/feedback-report":
            told = feedback.read(entity.body(feedback.LIMIT))
            return replace(
                compose(report, "feedback", why),
                reporting_mta=told.reporting_mta,
                sending_ips=told.sending_ips,
                envelope_senders=told.envelope_senders,
                feedback=told.report,
            )
    return compose(report, "feedback", why)


def _has_words(report: Report) -> bool:
    """False for a wrapper that holds nothing but another report, with a disclaimer at most, as some gateways
    write."""
    if "failed_words" in report.text_words or report.failed_recipients:
        return True
    inner = report.original_head
    return inner is None or not inner.says("content-type", "report")


def _passes_on(report: Report, found: Bounce) -> bool:
    """True for a report from nobody that only brings another one, as list managers send it."""
    brought = report.original_head
    if brought is None or not is_report(brought):
        return False
    from bounce_tui.parsing.list_managers import passes_on

    return passes_on(report, brought, found.failures)


def _inside(report: Report) -> Bounce | None:
    """The bounce that was passed on inside `report`, at most `_DEEPEST_FORWARD` forwards deep."""
    from bounce_tui.parsing.forwards.passed_on import passed_on

    level = [report]
    by_a_person: Bounce | None = None
    for _ in range(_DEEPEST_FORWARD):
        deeper: list[Report] = []
        for outer in level:
            written = outer.head.get("date") or outer.written
            for mail in passed_on(outer):
                inner = Report(mail, brief=report.brief, inside=True, written=written)
                found = _read(inner)
                if found.is_bounce and found.failures:
                    by_list = _list_says(outer)
                    found = replace(
                        found,
                        forwarded=True,
                        list_says=by_list,
                        because=f"passed on by {_SOMEBODY if by_list is None else _A_LIST}: {found.because}",
                        date=found.date or to_utc(report.head.get("date")),
                    )
                    if not is_by_a_person(inner):
                        return _with_others_attached(found, outer)
                    by_a_person = by_a_person or found
                deeper.append(inner)
        level = deeper[:_MOST_FORWARDS]
    return by_a_person


def _with_others_attached(found: Bounce, outer: Report) -> Bounce:
    """`found` with the failures of the other bounces that are attached to `outer`, as in a digest."""
    if len(outer.message_parts) < _SEVERAL:
        return found
    from bounce_tui.parsing.forwards.attached import attached

    others = [
        _read(inner)
        for mail in attached(outer)
        if not is_by_a_person(inner := Report(mail, brief=outer.brief, inside=True, written=outer.written))
    ]
    failures = [
        replace(failure, date=failure.date or one.date)
        for one in others
        if one.is_bounce
        for failure in one.failures
        if failure.recipient
    ]
    known = {one.recipient for one in found.failures}
    more = [one for one in without_repeats(failures) if one.recipient not in known]
    kind: Kind = "failed" if any(one.action == "failed" for one in more) else found.kind
    return replace(found, kind=kind, failures=(*found.failures, *more)) if more else found


def _list_says(report: Report) -> str | None:
    """What the list manager that sent `report` says that it did to the member; None where no list manager
    sent it."""
    from bounce_tui.parsing.list_managers import is_by_list_manager, what_it_did

    return what_it_did(report) if is_by_list_manager(report) else None


def _status(report: Report) -> DeliveryStatus | None:
    """All machine-readable status parts of `report` as one; None where it has none."""
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
        return compose(report, "delivered", why, status.failures, status)
    kind: Kind = "failed" if "failed" in actions else "delayed"
    # A report of several recipients may also tell of those who got the mail.
    failures = [one for one in status.failures if one.action in ("failed", "delayed")]
    failures = without_repeats(failures)
    if needs_words(failures, report):
        failures = completed(failures, read_words(report)[0])
    failures = placed(failures, report)
    return compose(report, kind, f"its delivery status says {kind}", failures, status)
