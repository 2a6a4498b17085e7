"""Where a domain wants to hear of failed TLS (TLS-RPT, RFC 8460), in words."""

from bounce_tui.checks.dns.answer import Answer
from bounce_tui.checks.dns.wording import plain_text, record_lines

_MOST_PLACES = 5


def report_lines(answer: Answer) -> tuple[str, ...]:
    """What the TXT answer for `_smtp._tls` means, then the raw records."""
    return (_meaning(answer), *record_lines(answer)) if answer.outcome == "answer" else record_lines(answer)


def _meaning(answer: Answer) -> str:
    records = [text for one in answer.records if (text := plain_text(one)).startswith("v=TLSRPTv1")]
    if not records:
        return "no TLS-RPT record among the TXT records: failures of TLS are reported to nobody"
    if len(records) > 1:
        # Section 3: the number of records must be one.
        return f"{len(records)} TLS-RPT records, which senders take for none: failures are reported to nobody"
    tags = dict(part.strip().partition("=")[::2] for part in records[0].split(";") if "=" in part)
    places = [place.strip() for place in tags.get("rua", "").split(",")]
    usable = [place for place in places if place.lower().startswith(("mailto:", "https:"))]
    if not usable:
        return "the TLS-RPT record names no place (rua=) that reports could go to"
    more = f" and {len(usable) - _MOST_PLACES} more" if len(usable) > _MOST_PLACES else ""
    return f"senders report failures of TLS to {', '.join(usable[:_MOST_PLACES])}{more} (TLS-RPT)"
