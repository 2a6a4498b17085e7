"""A feedback report (ARF) in words, as every page tells it."""

from bounce_tui.model import Bounce, FeedbackReport

_OF_TYPE = {
    "abuse": "somebody reported the mail as spam",
    "fraud": "the mail was reported as fraud or phishing",
    "virus": "a virus was found in the mail",
    "not-spam": "taken for spam, and reported to be none",
    "auth-failure": "the mail did not pass SPF, DKIM or DMARC",
    "opt-out": "the recipient wants no more such mail",
    "opt-out-list": "the recipient wants no more mail of this list",
}
_HEADLINES = {
    "not-spam": "Your mail was found to be no spam",
    "auth-failure": "Report that mail of your domain failed a check",
    "opt-out": "A recipient wants no more of your mail",
    "opt-out-list": "A recipient wants to leave a list",
}
_MOST = 8


def feedback_headline(bounce: Bounce) -> str:
    """What a feedback report is, in a line."""
    told = bounce.feedback.type if bounce.feedback else None
    return _HEADLINES.get(told or "", "Complaint about your mail")


def feedback_fields(report: FeedbackReport) -> tuple[tuple[str, str | None], ...]:
    """What the report says, each with its label; None where it does not say it."""
    meaning = _OF_TYPE.get(report.type or "")
    return (
        ("Reported as", f"{report.type}: {meaning}" if meaning else report.type),
        ("Recipient", _some(report.recipients)),
        ("Arrived", report.arrived),
        ("Failed at", report.auth_failure),
        ("Outcome", report.delivery_result),
        ("Domain", _some(report.domains)),
        ("Link", _some(report.links)),
        ("Incidents", f"{report.incidents:,}" if report.incidents is not None else None),
        ("Written by", report.user_agent),
    )


def _some(values: tuple[str, ...]) -> str | None:
    rest = f" and {len(values) - _MOST:,} more" if len(values) > _MOST else ""
    return ", ".join(values[:_MOST]) + rest or None
