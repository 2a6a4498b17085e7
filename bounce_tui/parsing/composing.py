"""A `Bounce`, put together from what was read of a report."""

from typing import Final

from msgspec.structs import replace

from bounce_tui.domain_name import written_domain
from bounce_tui.model import Bounce, Failure, Kind, Original
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.delivery_status import DeliveryStatus
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.returned_message.auth_results import read_auth_results
from bounce_tui.parsing.returned_message.original import is_report, mailer_of, read_original
from bounce_tui.parsing.returned_message.received import date_of
from bounce_tui.parsing.senders import Senders, find_senders

_LONGEST_ID: Final = 998


def compose(
    report: Report,
    kind: Kind,
    because: str,
    failures: list[Failure] | None = None,
    status: DeliveryStatus | None = None,
) -> Bounce:
    """A bounce of this `kind`, said why in `because`; `status` is the machine-readable part of `report`."""
    head = report.head
    original = report.original_head
    if failures and original is not None and is_report(original):
        because += "; what it returns is a report itself, and the outer one counts"
    # To of a report or an answer is who sent the mail; To of ordinary mail is whom it is for.
    senders = find_senders(report, status, failures or []) if kind != "other" else Senders()
    to = head.get("to")
    sender = original.get("from") if original is not None else None
    if sender is None:
        sender = to if kind in ("failed", "delayed") else report.sender
    # No more than fifteen names: more than that Python hands on in a dict made for the call, which takes ten
    # times as long.  What only a page shows comes in later.
    brief = Bounce(
        kind=kind,
        because=because,
        message_id=_id_of(head),
        date=date_of(head) or _last_attempt(failures) or _returned_date(original, failures),
        subject=report.subject or None,
        from_=report.sender or None,
        to=to,
        reporting_mta=_reporting_mta(report, status) if failures else None,
        mailer=mailer_of(original) if original is not None else None,
        from_domain=written_domain(clean(sender or "")),
        sending_ips=senders.sending_ips,
        envelope_senders=senders.envelope_senders,
        failures=tuple(failures or ()),
        arrived=status.arrived if status is not None else None,
    )
    if report.brief:
        return brief
    return replace(
        brief,
        helos=senders.helos,
        original=_original(report),
        auth_results=read_auth_results(head),
        envelope_id=_envelope_id(status),
    )


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
    if head is None or report.returned is None:
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
