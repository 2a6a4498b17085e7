"""Mail that somebody forwarded on its way: whom the sender wrote to, where that led, and who passed it on."""

from typing import Final

from bounce_tui.model import Bounce, Failure

_LONGEST_ADDRESS: Final = 1_000
_FORWARDED: Final = ("caf", "srs")
"""How forwarders wrap an envelope sender."""


def written_to(bounce: Bounce, failure: Failure) -> str | None:
    """The address that the sender wrote to, as the sender knows it: that of `failure`, or the one that
    somebody else forwards to it.  For an alias in the sender's own domain it is the address that the
    alias leads to: that one the sender can mend."""
    original, recipient = failure.original_recipient, failure.recipient
    if not recipient or not original or original == recipient:
        return recipient or original
    if failure.x500 or "@" not in recipient or "@" not in original:
        return recipient
    first = _mailbox(original)
    if first == _mailbox(recipient) or first.startswith("imceaex-"):
        return recipient
    sender = (bounce.original and bounce.original.from_) or bounce.to or ""
    own = _mailbox(sender).rpartition("@")[2]
    return recipient if own and own == first.rpartition("@")[2] else original.strip()


def forwarded_to(bounce: Bounce, failure: Failure) -> str | None:
    """The address of `failure` where the sender wrote to another one; else None."""
    recipient = failure.recipient
    return recipient if recipient and written_to(bounce, failure) != recipient else None


def forwarder_of(bounce: Bounce, failure: Failure) -> str | None:
    """The domain that passed the mail of `failure` on in its author's name: the one that wrapped the
    envelope sender (SRS, Gmail's forwarding), or that of the address which was first written to.  None
    where that is the author's own domain."""
    sender, inner = bounce.envelope_sender_of(failure)
    if sender is not None and inner is not None and inner.source in _FORWARDED:
        by = _mailbox(sender)
    elif failure.original_recipient and forwarded_to(bounce, failure):
        by = _mailbox(failure.original_recipient)
    else:
        return None
    domain, author = by.rpartition("@")[2], (bounce.from_domain or "").lower()
    is_own = domain == author or domain.endswith(f".{author}") or author.endswith(f".{domain}")
    return domain if domain and author and not is_own else None


def _mailbox(address: str) -> str:
    """`address` in the form in which two spellings of it are compared: in lower case, without a display name,
    quotes or a detail ("+news")."""
    local, _, domain = address[-_LONGEST_ADDRESS:].casefold().rpartition("@")
    name = local.rpartition("<")[2].strip("\"' ").partition("+")[0]
    return f"{name}@{domain.partition('>')[0].strip().rstrip('.')}"
