"""What becomes of the signatures of a message, with the keys that DNS holds now."""

import asyncio
from collections.abc import Sequence

from msgspec import Struct

from bounce_tui.check_outcome import DkimOutcome
from bounce_tui.checks.authentication.dkim.key import WEAK_BITS, UnusableKeyError, WithdrawnKeyError, read_key
from bounce_tui.checks.authentication.dkim.signature import Message, Signature
from bounce_tui.checks.authentication.dkim.trial import Trial, try_signature
from bounce_tui.checks.authentication.dmarc_walk import Walk, same_organization, walk
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.dnssec import dnssec_fault, dnssec_remedy
from bounce_tui.checks.dns.wording import record_lines, trouble

_SEEN_IN_DNS = ("answer", "nxdomain", "no_data")
_FORBIDDEN = ("rsa-sha1",)
_SIGN_BETTER = "Let the signing program use rsa-sha256 (OpenDKIM: SignatureAlgorithm); the key may stay."
_MOST_KEYS = 4
"""Records at one name that are tried; RFC 6376 section 3.6.2.2 wants one."""


class TriedSignature(Struct, frozen=True):
    """What became of one signature, in `words` too: `aligned` is whether it would count for DMARC, or the
    trouble that keeps that from being known, `lines` are what DNS says, `remedy` what to do."""

    signature: Signature
    outcome: DkimOutcome
    words: str
    lines: tuple[str, ...] = ()
    remedy: str | None = None
    aligned: bool | Answer = False


async def try_signatures(
    message: Message, signatures: Sequence[Signature], *, whole: bool, home: Walk | None, lookup: Lookup
) -> list[TriedSignature]:
    """What becomes of each of the `signatures` of `message`, in their order.

    `whole` says that its body is all there, `home` is the walk from the From domain, which a signature must
    be of to count for DMARC.  All names are asked for at once.
    """
    asked = await asyncio.gather(*(_look_up(one, home, lookup) for one in signatures))
    # One after the other: the library keeps the key that it tries in the message.
    return [
        await _try(message, one, key_answer, aligned, whole=whole)
        for one, (key_answer, aligned) in zip(signatures, asked, strict=True)
    ]


async def _look_up(
    signature: Signature, home: Walk | None, lookup: Lookup
) -> tuple[Answer | None, bool | Answer]:
    """What DNS says of the key, None where none would make the signature valid, and whether it is aligned."""
    if signature.fault is not None:
        return None, False
    if signature.algorithm in _FORBIDDEN:
        return None, await _is_aligned(signature.domain, home, lookup)
    return await asyncio.gather(
        lookup.query(signature.key_name, "TXT"), _is_aligned(signature.domain, home, lookup)
    )


async def _try(
    message: Message, signature: Signature, key_answer: Answer | None, aligned: bool | Answer, *, whole: bool
) -> TriedSignature:
    if signature.fault is not None or key_answer is None:
        return _malformed(signature, aligned)
    lines = record_lines(key_answer)
    domain = signature.domain
    if key_answer.outcome not in _SEEN_IN_DNS:
        words = f"the key could not be asked for: {trouble(key_answer)}"
        return TriedSignature(signature, "unasked", words, lines, _make_askable(key_answer, domain), aligned)
    if not key_answer.records:
        words, remedy = _no_key(signature, key_answer)
        return TriedSignature(signature, "no_key", words, lines, remedy, aligned)
    faults, remedy = [], _publish(signature)
    for record in key_answer.records[:_MOST_KEYS]:
        try:
            key = read_key(record, signature.algorithm)
        except UnusableKeyError as fault:
            faults.append(str(fault))
            if isinstance(fault, WithdrawnKeyError):
                remedy = _sign_with_another(signature)
            continue
        if key.kind == "rsa" and key.bits < WEAK_BITS:
            faults.append(
                f"the key has {key.bits} bits only; receivers must not accept less than {WEAK_BITS}"
            )
            continue
        if key.exact and signature.identity != domain:
            faults.append(
                f"it is for {domain} alone (t=s), and the signature is for {signature.identity} (i=)"
            )
            remedy = f"Take t=s out of {signature.key_name}, or let the signing program write i=@{domain}."
            continue
        outcome = await asyncio.to_thread(try_signature, message, signature, key, whole=whole)
        testing = ", and says that it is a test (t=y)" if key.testing else ""
        lines += (f"the key has {key.bits} bits ({key.kind}){testing}",)
        return TriedSignature(
            signature, outcome, _words(outcome, signature), lines, _mend(outcome, remedy), aligned
        )
    words = f"the key of the signature of {domain} is of no use: {faults[0]}"
    return TriedSignature(signature, "bad_key", words, lines, remedy, aligned)


def _malformed(signature: Signature, aligned: bool | Answer) -> TriedSignature:
    """A signature that no key would make valid."""
    if signature.fault is not None:
        of = f" of {signature.domain}" if signature.domain else ""
        words = f"the signature{of} is malformed: {signature.fault}"
        return TriedSignature(
            signature, "malformed", words, remedy="Mend the configuration of the signing program."
        )
    words = (
        f"the signature of {signature.domain} (selector {signature.selector}) is made with "
        f"{signature.algorithm}, which no receiver may accept (RFC 8301 section 3.1)"
    )
    return TriedSignature(signature, "malformed", words, (), _SIGN_BETTER, aligned)


def _no_key(signature: Signature, key_answer: Answer) -> tuple[str, str]:
    """What is missing in DNS, and what to do about it."""
    missing = f"the key of the signature of {signature.domain} is not in DNS: "
    end = key_answer.canonical
    if end is None or end == signature.key_name.lower():
        return f"{missing}there is no {signature.key_name}", _publish(signature)
    # A sending service has its customers point to names of its own, and may withdraw those.
    return (
        f"{missing}{signature.key_name} is an alias (CNAME) of {end}, where there is none",
        f"Have whoever runs {end}, mostly the sending service, publish the key there again, or let the CNAME "
        f"of {signature.key_name} point to the name that its settings show now.",
    )


def _publish(signature: Signature) -> str:
    return (
        "Publish the public key that your signing program or sending service shows: "
        f'{signature.key_name}. IN TXT "v=DKIM1; k={signature.algorithm.partition("-")[0]}; p=..."'
    )


def _sign_with_another(signature: Signature) -> str:
    """A key is taken back because it has been replaced, or got into other hands: it should not come back."""
    return (
        f"Let whatever signs for {signature.domain} use the selector whose key is in DNS in place of "
        f"{signature.selector}, or make a new key under a new selector: who empties p= of "
        f"{signature.key_name} withdraws that key for good."
    )


async def _is_aligned(domain: str, home: Walk | None, lookup: Lookup) -> bool | Answer:
    """RFC 9989 section 4.4: the same domain, or, unless adkim=s, the same organizational domain."""
    if home is None or domain == home.start:
        return home is not None
    if home.trouble is not None:
        return home.trouble
    record = home.applicable
    if record is not None and record.tags.get("adkim", "").lower() == "s":
        return False
    return same_organization(home, await walk(domain, lookup))


def _words(outcome: Trial, signature: Signature) -> str:
    who = f"the signature of {signature.domain} (selector {signature.selector})"
    return {
        "verified": f"{who} verifies with the key in DNS",
        "headers_only": f"{who} verifies as far as the header goes; the body is not here whole, so whether "
        "that is as signed cannot be said",
        "body_altered": f"{who} is right for the header, but the body was altered after it was signed",
        "mismatch": f"{who} does not verify with the key in DNS: the key was changed, or a signed field was",
        "too_odd": f"{who} is not tried: the message has runs of blanks that no signer would write",
    }[outcome]


def _mend(outcome: Trial, publish: str) -> str | None:
    if outcome == "mismatch":
        return f"Compare the key in DNS with the one that your server signs with. {publish}"
    if outcome == "body_altered":
        return "Sign on your last server on the mail's way: what adds a footer or rewrites text comes before."
    return None


def _make_askable(answer: Answer, domain: str) -> str:
    if dnssec_fault(answer) is not None:
        return dnssec_remedy(answer.name, "TXT")
    if answer.outcome in ("servfail", "timeout"):
        return f"Run the checks again; if it stays so, mend the name servers of {domain}."
    return "Run the checks again through another resolver."
