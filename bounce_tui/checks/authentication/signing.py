"""What makes a mail pass DMARC by DKIM, said for this mail."""

from bounce_tui.check_results import Inputs
from bounce_tui.checks.authentication.exchange_online import left_through
from bounce_tui.checks.authentication.mailing_list import list_behind
from bounce_tui.checks.authentication.sending_services import signing_service
from bounce_tui.hints.lookalike import is_provider


def how_to_sign(inputs: Inputs) -> str:
    """Who must do what for a signature of the From domain: its own server, its provider, the list."""
    if inputs.from_domain is None:
        return "Sign outgoing mail with DKIM for the From domain, on your last server on its way."
    domain = inputs.from_domain.value
    by_list = list_behind(inputs)
    if by_list is not None:
        return of_list(by_list, domain)
    if passes_on(inputs):
        return (
            f"{inputs.forwarder} only forwards this mail, and cannot sign for {domain}: its administrator "
            f"lets it leave messages as they came, so that the signature of {domain} survives, or seal them "
            f"with ARC. What came unsigned, only {domain} can sign."
        )
    if is_foreign_provider(domain, inputs):
        return (
            f"{domain} is a mail provider's domain, for which no other server can sign: send such mail "
            "through the provider's own servers, or put an address of a domain of yours into From."
        )
    if left_through(inputs):
        return (
            f"Switch DKIM on for {domain} in Exchange Online (Microsoft Defender portal, Email "
            f"authentication settings), with the two CNAME records that it shows: "
            f"selector1._domainkey.{domain} and selector2._domainkey.{domain}."
        )
    return f"Sign outgoing mail with DKIM for {domain} (d={domain}), on your last server on its way."


def sign_as_author(signer: str, inputs: Inputs) -> str:
    """What makes DMARC pass where the mail is signed for `signer`, which does not go with the From domain."""
    if inputs.from_domain is None or list_behind(inputs) or passes_on(inputs):
        return how_to_sign(inputs)
    domain = inputs.from_domain.value
    if is_foreign_provider(domain, inputs):
        return how_to_sign(inputs)
    return (
        f"Have whoever signs the mail for {signer} sign it with DKIM for {domain} (d={domain}) as well; a "
        f"sending service shows in its settings the records that {domain} publishes for that. Or send with "
        "an envelope sender of that domain."
    )


def passes_on(inputs: Inputs) -> bool:
    """Whether the mail was forwarded for an author whose domain is none of the admin's."""
    author = inputs.from_domain
    return inputs.forwarder is not None and author is not None and author.value not in inputs.own_domains


def of_list(address: str, domain: str) -> str:
    """What the keeper of a list has to do for authors of `domain`."""
    return (
        f"Whoever runs the list {address} must let it put its own address into From (Mailman: "
        f"dmarc_mitigate_action), or leave the mail as the author signed it; {domain} has nothing to publish."
    )


def whose_key(domain: str, inputs: Inputs) -> str | None:
    """Why the admin should publish no record although the key for signatures of `domain` is missing or
    another: the domain is a service's or a mail provider's own.  None where it may be the admin's."""
    if domain in inputs.own_domains:
        return None
    service = signing_service(domain)
    if service is not None:
        own = inputs.from_domain.value if inputs.from_domain is not None else "your own domain"
        return (
            f"The keys of {domain} are {service.name}'s to publish and to withdraw, not yours. Have "
            f"{service.name} sign for {own} (its settings show the records for that)."
        )
    if is_foreign_provider(domain, inputs):
        return f"The keys of {domain} are for that provider to publish, not for you."
    return None


def is_foreign_provider(domain: str, inputs: Inputs) -> bool:
    """True for the domain of a mailbox provider, where anybody may have an address and only the provider
    publishes records."""
    return domain not in inputs.own_domains and is_provider(domain)
