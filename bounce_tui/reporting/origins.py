"""Where a candidate for a sending IP, sender or HELO was found, in words."""

_ORIGINS = {
    "diagnostic": "the reply",
    "from": "the From header",
    "received": "a Received header",
    "received_from_mta": "the report's sending server",
    "reporting_mta": "the reporting server",
    "transcript": "the session's transcript",
    "return_path": "the Return-Path",
    "x_postfix_sender": "Postfix's report",
    "outer_to": "the To of the bounce",
    "config": "your configuration",
    "user": "you",
}


def source_words(source: str) -> str:
    """The `source` of a candidate, for people; an unknown one as it is, without underscores."""
    return _ORIGINS.get(source, source.replace("_", " "))
