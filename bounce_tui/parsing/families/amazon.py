"""Amazon: SES notices through SNS, JSON in the text of a mail, and WorkMail's status without a part."""

import msgspec

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.delivery_status import read as read_status
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report

NAME = "Amazon SES"
MARKS = ('"notificationtype', "notificationtype\\", "bouncedrecipients", "technical report:")


class _Recipient(msgspec.Struct, rename="camel"):
    email_address: str = ""
    action: str | None = None
    status: str | None = None
    diagnostic_code: str | None = None


class _Bounce(msgspec.Struct, rename="camel"):
    bounced_recipients: list[_Recipient] = []


class _Notice(msgspec.Struct, rename="camel"):
    bounce: _Bounce | None = None


class _Envelope(msgspec.Struct):
    message: str = msgspec.field(default="", name="Message")


def read(report: Report) -> list[Failure]:
    """The bounced recipients of the notice, or WorkMail's "Technical report"."""
    text = report.text
    at = text.find("Technical report:")
    if at >= 0:
        return [one for one in read_status(text[at + 17 :].lstrip()).failures if one.recipient]
    notice = _notice(text)
    if notice is None or notice.bounce is None:
        return []
    return [_failure(one) for one in notice.bounce.bounced_recipients if clean(one.email_address)]


def _notice(text: str) -> _Notice | None:
    start, stop = text.find("{"), text.rfind("}")
    if start < 0:
        return None
    # Mailers wrap the long line inside the JSON string.
    body = text[start : stop + 1].replace("\n", "")
    try:
        envelope = msgspec.json.decode(body.encode(), type=_Envelope)
        return msgspec.json.decode((envelope.message or body).encode(), type=_Notice)
    except (msgspec.DecodeError, RecursionError):
        return None


def _failure(one: _Recipient) -> Failure:
    action: Action = "delayed" if one.action == "delayed" else "failed"
    kind, semicolon, words = (one.diagnostic_code or "").partition(";")
    found = failure(clean(one.email_address), words.strip() if semicolon else kind, action)
    if found.status is None and one.status:
        found = msgspec.structs.replace(found, status=one.status, status_field=one.status)
    return found
