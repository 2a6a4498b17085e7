"""Where a candidate for a sending IP, sender or HELO was found, in words."""

from bounce_tui.model import Candidate

_LONGEST = 1000

_ORIGINS = {
    "diagnostic": "the reply",
    "from": "the From header",
    "received": "a Received header",
    "received_from_mta": "the report's sending server",
    "reporting_mta": "the reporting server",
    "transcript": "the session's transcript",
    "return_path": "the Return-Path",
    "log": "the log",
    "x_postfix_sender": "Postfix's report",
    "outer_to": "the To of the bounce",
    "feedback": "the feedback report",
    "report": "the words of the report",
    "batv": "the address above without its BATV tag",
    "caf": "the address above without its tag of Gmail's forwarding",
    "srs": "the address above without its SRS tag",
    "verp": "the address above without the recipient in it (VERP)",
    "config": "your configuration",
    "user": "you",
}


def candidate(value: Candidate) -> str:
    """A candidate with where it was found."""
    return f"{_decoded(value.value)} ({origin_words(value)})"


def _decoded(address: str) -> str:
    """`address` with its encoded words (RFC 2047) read, which some programs put even there."""
    if "=?" not in address or len(address) > _LONGEST:
        return address
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    # An encoded word ends at a blank, which an address has none of.
    try:
        return str(make_header(decode_header(address.replace("?=", "?= ")))).replace(" ", "")
    except (HeaderParseError, LookupError, ValueError):
        return address


def origin_words(value: Candidate) -> str:
    """Where a candidate was found: "from the reply", "from a Received header, a guess"; a source that has no
    words of its own as it is, without underscores."""
    source = _ORIGINS.get(value.source, value.source.replace("_", " "))
    return f"from {source}{'' if value.sure else ', a guess'}"
