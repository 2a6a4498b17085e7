"""The other side's server in a failure, and what it did."""

from bounce_tui.model import Failure


def remote_server(failure: Failure) -> str:
    """Name and address, `mx.example.net [203.0.113.5]`, as far as the report tells; else ""."""
    return " ".join(filter(None, (failure.remote_mta, failure.remote_ip and f"[{failure.remote_ip}]")))


def its_part(failure: Failure) -> str:
    """What to call it before a colon: one that was never reached, or hung up, has refused nothing."""
    if failure.action not in ("failed", "delayed"):
        return "Taken by"
    return "Refused by" if failure.reply_code else "Server"
