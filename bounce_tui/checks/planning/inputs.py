"""What the checks start from: the likeliest of what the bounce suggests, or what the user says."""

from collections.abc import Callable, Iterable
from email.utils import parseaddr

import msgspec

from bounce_tui.check_results import Inputs
from bounce_tui.checks.names.address import leads_nowhere, parse_ip
from bounce_tui.checks.planning.own import NOTHING_OWN, Own
from bounce_tui.checks.planning.quoted import listed_address, spf_identity_quoted
from bounce_tui.domain_name import domain_of, to_ascii
from bounce_tui.forwarding import forwarder_of
from bounce_tui.model import Bounce, Candidate, Failure

NULL_SENDER = "<>"
_LONGEST = 1000


class InputError(ValueError):
    """A value that the user gave cannot be what it is given for; the text says why, in one line."""


def gather(bounce: Bounce, failure: Failure, own: Own = NOTHING_OWN) -> Inputs:
    """The inputs of `failure`, each the first candidate that is well formed; `own` is what the admin says
    of their own servers.

    An address that no other network can reach is never the sending IP: loopback and private ranges stand in
    bounces where a server speaks to itself or within its organization, and no receiver sees them.
    """
    sender, helo = spf_identity_quoted(failure.diagnostic)
    return Inputs(
        recipient=failure.recipient,
        recipient_domain=_recipient_domain(failure),
        sending_ip=_first(sending_ips(bounce, own, failure), _public_ip),
        envelope_sender=_first((*sender, *bounce.envelope_senders_of(failure)), _sender)
        or _from_header(bounce),
        helo=_first((*helo, *bounce.helos_of(failure)), to_ascii),
        from_domain=_from_domain(bounce),
        original=bounce.original,
        original_recipient=_short(failure.original_recipient),
        own_domains=own.domains,
        auth_results=bounce.auth_results,
        failure=failure,
        reporting_mta=bounce.reporting_mta,
        arrived=bounce.arrived,
        reported=bounce.date,
        accounts=tuple(own.keys),
        forwarder=forwarder_of(bounce, failure),
    )


def sending_ips(
    bounce: Bounce, own: Own = NOTHING_OWN, failure: Failure | None = None
) -> tuple[Candidate, ...]:
    """The candidates for the sending IP, likeliest first; those that the reply of another recipient than
    `failure` quotes are guesses.

    What the bounce says surely comes first.  Then the admin's own address, where there is but one and
    their own server made the report; then the bounce's guesses, those from the admin's networks before
    others; and last the admin's addresses, which are a guess where several could have sent the mail.
    """
    found = _quoted_first(bounce, failure) if failure is not None else bounce.sending_ips
    if failure is not None and failure.is_refused_here:
        return found  # what the admin's own server refuses came from another's
    known = {one.value for one in found}
    is_surely_own = len(own.networks) == len(own.addresses) == 1 and own.has_host(bounce.reporting_mta)
    said = [
        Candidate(ip, "config", is_surely_own) for ip in own.addresses if is_surely_own or ip not in known
    ]

    def rank(one: Candidate) -> int:
        if one.sure:
            return 1 if one.source == "config" else 0
        return 4 if one.source == "config" else 2 if own.has_ip(one.value) else 3

    return tuple(sorted((*found, *said), key=rank)) if said or own.networks else found


def _quoted_first(bounce: Bounce, failure: Failure) -> tuple[Candidate, ...]:
    """One bounce may tell of several receivers, which saw several of our addresses (IPv4 and IPv6, say)."""
    listed = listed_address(failure.diagnostic)
    found: dict[str, Candidate] = {}
    for one in (*((listed,) if listed else ()), *bounce.sending_ips_of(failure)):
        found.setdefault(one.value, one)
    quoted = {one.value for one in found.values() if one.source == "diagnostic"}
    if len(quoted) < 2:
        return tuple(found.values())
    mine = failure.diagnostic.lower()
    others = [other.diagnostic.lower() for other in bounce.failures if other.diagnostic != failure.diagnostic]
    for value in quoted:
        if value not in mine and any(value in text for text in others):
            found[value] = msgspec.structs.replace(found[value], sure=False)
    return tuple(sorted(found.values(), key=lambda one: (not one.sure, one.value in quoted and not one.sure)))


def with_overrides(
    inputs: Inputs,
    *,
    sending_ip: str | None = None,
    envelope_sender: str | None = None,
    helo: str | None = None,
    from_domain: str | None = None,
    recipient: str | None = None,
) -> Inputs:
    """`inputs` with what the user says in place of what was found; None keeps, "" empties.

    Args:
        sending_ip: IPv4 or IPv6.
        envelope_sender: An address, or "<>" for the null sender.
        helo: A host name.
        from_domain: A domain; replaces that of the From header.
        recipient: An address; its domain becomes the recipient's domain.

    Raises:
        InputError: A value is not what it should be.
    """
    changed = msgspec.structs.replace
    if sending_ip is not None:
        ip = _said(sending_ip, _ip, "an IP address")
        inputs = changed(inputs, sending_ip=ip)
    if envelope_sender is not None:
        sender = _said(envelope_sender, _sender, "an e-mail address (or <> for the null sender)")
        inputs = changed(inputs, envelope_sender=sender)
    if helo is not None:
        inputs = changed(inputs, helo=_said(helo, to_ascii, "a host name"))
    if from_domain is not None:
        inputs = changed(inputs, from_domain=_said(from_domain, to_ascii, "a domain"))
    if recipient is not None:
        domain = _said(recipient, domain_of, "an e-mail address")
        inputs = changed(
            inputs, recipient=recipient.strip() or None, recipient_domain=domain and domain.value
        )
    return inputs


def spf_identity(inputs: Inputs) -> tuple[str, str] | None:
    """The sender and the domain that SPF judges: of the envelope sender, or, for the null sender,
    of postmaster at the HELO name (RFC 7208 section 2.4).

    None when the sender is unknown: the HELO name says nothing about a sender that is not null.
    """
    if inputs.envelope_sender is None:
        return None
    sender = inputs.envelope_sender.value
    if sender != NULL_SENDER:
        domain = domain_of(sender)
        return None if domain is None else (sender, domain)
    return None if inputs.helo is None else (f"postmaster@{inputs.helo.value}", inputs.helo.value)


def sender_domain(inputs: Inputs) -> Candidate | None:
    """The domain that the mail came from, as a receiver tests it: the envelope sender's, else the
    From header's."""
    if inputs.envelope_sender is not None and inputs.envelope_sender.value != NULL_SENDER:
        domain = domain_of(inputs.envelope_sender.value)
        if domain is not None:
            return msgspec.structs.replace(inputs.envelope_sender, value=domain)
    return inputs.from_domain


def _first(candidates: Iterable[Candidate], read: Callable[[str], str | None]) -> Candidate | None:
    for candidate in candidates:
        value = read(candidate.value) if len(candidate.value) <= _LONGEST else None
        if value is not None:
            return msgspec.structs.replace(candidate, value=value)
    return None


def _said(text: str, read: Callable[[str], str | None], what: str) -> Candidate | None:
    if not text.strip():
        return None
    value = read(text) if len(text) <= _LONGEST else None
    if value is None:
        raise InputError(f"not {what}: {text[:80]!r}")
    return Candidate(value, "user", sure=True)


def _ip(text: str) -> str | None:
    ip = parse_ip(text)
    return None if ip is None else str(ip)


def _public_ip(text: str) -> str | None:
    ip = parse_ip(text)
    return None if ip is None or leads_nowhere(ip) else str(ip)


def _sender(text: str) -> str | None:
    text = text.strip()
    if text in ("", NULL_SENDER):
        return NULL_SENDER
    text = text.removeprefix("<").removesuffix(">")
    local, _, _ = text.rpartition("@")
    domain = domain_of(text)
    return f"{local}@{domain}" if local and domain else None


def _recipient_domain(failure: Failure) -> str | None:
    for address in (failure.recipient, failure.original_recipient):
        if address is not None and len(address) <= _LONGEST:
            domain = domain_of(address)
            if domain is not None:
                return domain
    return None


def _short(text: str | None) -> str | None:
    return text if text is not None and len(text) <= _LONGEST else None


def _from_address(bounce: Bounce) -> str | None:
    header = bounce.original.from_ if bounce.original else None
    if header is None or len(header) > _LONGEST:
        return None
    return _sender(parseaddr(header)[1]) if "@" in header else None


def _from_header(bounce: Bounce) -> Candidate | None:
    address = _from_address(bounce)
    return Candidate(address, "from", sure=False) if address else None


def _from_domain(bounce: Bounce) -> Candidate | None:
    domain = to_ascii(bounce.from_domain) if bounce.from_domain else None
    if domain is None:
        address = _from_address(bounce)
        domain = domain_of(address) if address else None
    elif (bounce.original is None or bounce.original.from_ is None) and bounce.to is not None:
        # Nothing with a From came back: the reading took the address that the bounce came to.
        return Candidate(domain, "outer_to", sure=False)
    return Candidate(domain, "from", sure=True) if domain else None
