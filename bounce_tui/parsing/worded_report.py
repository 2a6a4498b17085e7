"""A report that only its words tell of: whether they are one, and of whose failure."""

from collections.abc import Callable
from functools import cache

from msgspec.structs import replace

from bounce_tui.model import Bounce, Failure, Kind
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.composing import compose
from bounce_tui.parsing.delivery_status import DeliveryStatus
from bounce_tui.parsing.recognition.addressing import is_daemon
from bounce_tui.parsing.recognition.failure_words import (
    is_hint,
    needs_recipient,
    needs_reply,
    speaks_of_failure,
)
from bounce_tui.parsing.recognition.lures import poses_as_report
from bounce_tui.parsing.recognition.plausible import is_personal, why_not_mail
from bounce_tui.parsing.recognition.report_rules import may_be_report
from bounce_tui.parsing.recognition.samples import brings_sample
from bounce_tui.parsing.replies import failure, is_accepted
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.given_up import has_given_up


def from_words(report: Report, why: str, status: DeliveryStatus | None) -> Bounce:
    """The bounce that the words of `report` tell of; of kind "other" where they tell of none.  `why` it may
    be one, `status` what its machine-readable part said."""
    failures, family = read_words(report)
    got = [one for one in failures if is_accepted(one)]
    if got and len(got) == len(failures):
        got = [replace(one, action="delivered") for one in got]
        why = f"it says who got the mail, and of no failure (read as {family})"
        return compose(report, "delivered", why, got)
    failures = [one for one in failures if one not in got] if got else failures
    if not failures and report.rejects:
        failures = [_rejected(report)]
    if not failures and not report.head and not report.inside:
        failures = _replies_alone(report)
        why = "pasted text that quotes a reply and names no recipient"
    if not failures and needs_recipient(report):
        return compose(report, "other", "a mail system sent it, but it names nobody whose mail failed")
    if is_hint(report) and not _is_sure(report, failures, family):
        hint = "its words hint at a failure, but hold no reply and no system's form"
        return weighed(report) or compose(report, "other", hint)
    why_none = _why_nobody_s(report, failures, family)
    if why_none is not None:
        return compose(report, "other", why_none)
    spoken = bool(report.head) and family == "free text" and not report.rejects
    why_not = why_not_mail(report, failures) if spoken else None
    if why_not is not None:
        return weighed(report) or compose(report, "other", why_not)
    if spoken and _is_unlikely(report, failures):
        return compose(report, "other", "it only speaks of a failure: its signs together are not a report's")
    if not failures and not report.head:
        return compose(report, "other", "pasted text that names no recipient and quotes no reply")
    if not failures and report.returned is None and not is_daemon(report):
        return compose(report, "other", "a person wrote it, and it names no recipient who failed")
    if not failures and (poses_as_report(report) or is_by_a_person(report)):
        return compose(report, "other", "it poses as a report but names no recipient and no reply")
    if not failures and is_daemon(report):
        failures = _replies_alone(report)
        why += ", and it names no recipient"
    return compose(report, _kind_of(failures), f"{why} (read as {family})", failures, status)


def _why_nobody_s(report: Report, failures: list[Failure], family: str) -> str | None:
    """Why the failures that `report` speaks of are of no mail that the reader sent, or None."""
    if _is_sample(report):
        return "it shows a report as a sample, and speaks of nobody's mail"
    if _answers_reader(report):
        return "it answers the reader, whose own words it quotes"
    if report.head or report.inside or family != "free text":
        return None
    from bounce_tui.parsing.recognition.pasted_words import why_no_bounce

    return why_no_bounce(report, failures)


def weighed(report: Report) -> Bounce | None:
    """The bounce that `report` is by the weight of all its signs, where no rule knows its words; None where
    they do not speak for a report, or it names nobody who failed."""
    if not may_be_report(report):
        return None
    from bounce_tui.parsing.recognition.weighing import is_likely_report

    if not is_likely_report(report) or poses_as_report(report) or _is_sample(report):
        return None
    failures, family = read_words(report)
    if not failures:
        from bounce_tui.parsing.free_text.generic import read_likeliest

        failures = read_likeliest(report)
    # An address that is none is not found; the reply to it has its code and status.
    failures = failures or [one for one in _replies_alone(report) if one.reply_code and one.status]
    if not failures:
        return None
    failures = _as_they_read(report, failures)
    return compose(
        report, _kind_of(failures), f"its signs together speak of a failure (read as {family})", failures
    )


def fails_for_some(report: Report) -> bool:
    """True where `report` says of some recipients that they got the mail and of others that they did not."""
    return speaks_of_failure(report) and any(
        (one.reply_code or one.status or says_failing(one.diagnostic)) and not is_accepted(one)
        for one in read_words(report)[0]
    )


def _as_they_read(report: Report, failures: list[Failure]) -> list[Failure]:
    """`failures` as delayed ones where what no rule knows reads as if the mail still waited, but for what a
    server refused for good."""
    from bounce_tui.parsing.recognition.likeness import waits

    if any((one.reply_code or one.status or "4")[0] != "4" for one in failures):
        return failures
    return (
        [replace(one, action="delayed") for one in failures]
        if waits(report.subject, report.text) and not has_given_up(report.text)
        else failures
    )


def _is_sample(report: Report) -> bool:
    """True for documentation and newsletters that explain reports by one."""
    if not report.head or report.inside or report.returned is not None or not is_by_a_person(report):
        return False
    return brings_sample(report.text)


def _answers_reader(report: Report) -> bool:
    if not report.head or report.inside or not is_by_a_person(report):
        return False
    from bounce_tui.parsing.forwards.quotation import answers_reader

    return answers_reader(report)


def _is_unlikely(report: Report, failures: list[Failure]) -> bool:
    from bounce_tui.parsing.recognition.weighing import is_unlikely_report

    return is_unlikely_report(report, named=bool(failures))


def _is_sure(report: Report, failures: list[Failure], family: str) -> bool:
    """True when a system's own form was found, or a reply; in what somebody passed on, a reply with who
    gave it or to what: people speak of codes, too."""
    from bounce_tui.parsing.free_text import generic

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
    from bounce_tui.parsing.recognition.head_signs import watches

    return watches(report)


def _rejected(report: Report) -> Failure:
    """What a filter at the recipient rejected without a word of whom it filters for: who sent the answer."""
    sender = None if "daemon" in report.sender_words else clean(report.sender)
    return failure(sender, report.text.strip()[:2000])


def _kind_of(failures: list[Failure]) -> Kind:
    return "delayed" if failures and all(one.action == "delayed" for one in failures) else "failed"


def _replies_alone(report: Report) -> list[Failure]:
    from bounce_tui.parsing.free_text.replies_alone import replies_alone

    return replies_alone(report)


def read_words(report: Report) -> tuple[list[Failure], str]:
    """The failures that the words of `report` tell of, with the name of the family that read them."""
    return _families()(report)


@cache
def _families() -> Callable[[Report], tuple[list[Failure], str]]:
    # Imported for the first report whose words count, as in `Report.marks`.
    from bounce_tui.parsing.families import read_words

    return read_words


def is_by_a_person(report: Report) -> bool:
    """True for a mail with a sender who is no mail system, or pasted text with marks of quotation: the
    report is then rather inside."""
    if not report.head:
        from bounce_tui.parsing.forwards.quotation import is_quoted

        return is_quoted(report.text)
    return (
        not report.status_parts
        and not is_daemon(report)
        and not report.failed_recipients
        and report.rejection is None
    )
