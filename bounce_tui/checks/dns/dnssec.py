"""Answers that a validating resolver holds back: what is wrong with their signatures, and who mends it."""

from bounce_tui.checks.dns.answer import Answer, RecordType

# Extended errors of RFC 8914 section 4 that a validator gives; 27 is of RFC 9276.
_CODES = {
    "1": "they are made with an algorithm that the resolver does not know",
    "2": "the DS record names a digest that the resolver does not know",
    "5": "whether they should verify cannot be told",
    "6": "they do not verify",
    "7": "they have expired",
    "8": "they are not valid yet",
    # unbound says so too where the key is there, but its own signature has expired.
    "9": "no key (DNSKEY) is there that the DS record vouches for with a valid signature",
    "10": "they are missing",
    "11": "no key of the zone may sign it",
    "12": "the proof (NSEC) that there is none is missing",
}


def dnssec_fault(answer: Answer) -> str | None:
    """What is wrong with the signatures of a name for which the resolver says SERVFAIL, as the end of a
    sentence; None where DNSSEC is not the trouble, or the resolver does not tell."""
    if answer.outcome != "servfail":
        return None
    codes = [text.partition(" ")[0] for text in answer.extended]
    # A code beyond "bogus" says more.
    known = sorted((code for code in codes if code in _CODES), key=lambda code: code in ("5", "6"))
    return _CODES[known[0]] if known else None


def dnssec_remedy(domain: str, rdtype: RecordType = "MX") -> str:
    """What to do about it for whoever runs `domain`; `rdtype` is what was asked for there."""
    return (
        f"Whoever runs DNS for {domain} must sign the zone anew, or have the DS record at the registry "
        f"corrected or removed (dig +cd {rdtype} {domain} shows the records without the test)."
    )
