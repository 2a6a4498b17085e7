"""Do the DKIM signatures of the returned message verify with the keys that DNS holds now, and does one of
them count for DMARC?"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import msgspec
from dkim import DKIMException
from msgspec import Struct

from bounce_tui.check_outcome import Dkim, DkimOutcome
from bounce_tui.check_results import Check, CheckResult, CheckState, Inputs
from bounce_tui.checks.authentication.dkim.key import WEAK_BITS, UnusableKeyError, read_key
from bounce_tui.checks.authentication.dkim.signature import Message, Signature
from bounce_tui.checks.authentication.dkim.trial import Trial, try_signature
from bounce_tui.checks.authentication.dmarc_walk import Walk, same_organization, walk
from bounce_tui.checks.authentication.exchange_online import left_through
from bounce_tui.checks.authentication.mailing_list import list_behind
from bounce_tui.checks.authentication.signing import (
    how_to_sign,
    of_list,
    passes_on,
    whose_key,
)
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.dnssec import dnssec_fault, dnssec_remedy
from bounce_tui.checks.dns.wording import record_lines, trouble
from bounce_tui.checks.finding import finding
from bounce_tui.model import Failure, Original

_LONGEST_READ = 4000
_SEEN_IN_DNS = ("answer", "nxdomain", "no_data")
_BEST_FIRST: tuple[DkimOutcome, ...] = (
    "verified", "expired", "run_out", "headers_only", "unasked", "too_odd",
    "body_altered", "mismatch", "bad_key", "no_key", "malformed",
)  # fmt: skip
_SIGN_ANEW = (
    "Have the mail written and signed anew: this one stays expired. Let signatures live longer than mail "
    "waits in your queues (OpenDKIM: SignatureTTL), and look at the server's clock."
)
_BY_KEY: tuple[DkimOutcome, ...] = ("mismatch", "bad_key", "no_key")
"""What a record in DNS would mend."""
_FORBIDDEN = ("rsa-sha1",)
_SIGN_BETTER = "Let the signing program use rsa-sha256 (OpenDKIM: SignatureAlgorithm); the key may stay."
_STATES: dict[DkimOutcome, CheckState] = {
    "verified": "pass",
    "run_out": "unknown",
    "headers_only": "unknown",
    "unasked": "unknown",
    "too_odd": "unknown",
}


class Tried(Struct, frozen=True):
    """What became of one signature: `outcome` is one of `_BEST_FIRST`, `aligned` whether it would count
    for DMARC, or the trouble that keeps it from being known."""

    signature: Signature
    outcome: DkimOutcome
    words: str
    lines: tuple[str, ...] = ()
    remedy: str | None = None
    aligned: bool | Answer = False


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "unsigned", "unreadable", or what became of the signature that counts most: "verified",
    "expired", "run_out" (by now; whether at the refusal is not known), "headers_only" (the body is not here
    whole), "body_altered", "mismatch", "bad_key", "no_key", "malformed", "too_odd", "unasked"."""
    original = inputs.original or Original()
    try:
        message = await asyncio.to_thread(Message, original.content)
    except DKIMException as error:
        return finding(check, "unknown", "unreadable", f"the returned message cannot be read: {error}"[:200])
    signatures = message.signatures()
    if not signatures:
        return _unsigned(check, original, inputs)
    home = await walk(inputs.from_domain.value, lookup) if inputs.from_domain else None
    tried = [await _tried(message, one, original, home, lookup, inputs) for one in signatures]
    # DMARC asks for a signature of the From domain; where there is one, what became of it is the news.
    best = min(tried, key=_rank)
    details = list(_told(best)) if len(tried) == 1 else [line for one in tried for line in _named(one)]
    remedy = best.remedy
    if best.outcome in ("body_altered", "mismatch"):
        by_list = list_behind(inputs)
        if by_list is not None:
            remedy = of_list(by_list, best.signature.domain)
        elif passes_on(inputs):
            remedy = how_to_sign(inputs)
    return finding(
        check,
        _STATES.get(best.outcome, "fail"),
        best.outcome,
        f"{best.words}{_counting(best, home)}",
        details,
        remedy,
        Dkim(best.aligned is True, isinstance(best.aligned, Answer)),
    )


def _rank(tried: Tried) -> tuple[bool, bool, int]:
    return tried.aligned is False, tried.aligned is not True, _BEST_FIRST.index(tried.outcome)


def _counting(tried: Tried, home: Walk | None) -> str:
    if tried.aligned is True or home is None:
        return ""
    if tried.aligned is False:
        return f"; it does not count for {home.start} in DMARC"
    return f"; whether it counts for {home.start} in DMARC is not known: {trouble(tried.aligned)}"


def _unsigned(check: Check, original: Original, inputs: Inputs) -> CheckResult:
    if not original.whole:
        words = "what came back of the message carries no DKIM signature; whether it had one cannot be said"
        return finding(check, "unknown", "unsigned", words)
    if left_through(inputs):
        words = "what Exchange Online returns carries no DKIM signature, which tells nothing: it signs later"
        return finding(check, "unknown", "unsigned", words, remedy=how_to_sign(inputs))
    return finding(
        check,
        "warn",
        "unsigned",
        "the returned message carries no DKIM signature",
        remedy=how_to_sign(inputs),
    )


async def _tried(
    message: Message,
    signature: Signature,
    original: Original,
    home: Walk | None,
    lookup: Lookup,
    inputs: Inputs,
) -> Tried:
    """What became of one signature when the receiver looked at it, and what its keeper may do."""
    tried = _as_found_then(await _try(message, signature, original, home, lookup), inputs)
    theirs = whose_key(signature.domain, inputs) if tried.outcome in _BY_KEY else None
    return tried if theirs is None else msgspec.structs.replace(tried, remedy=theirs)


async def _try(
    message: Message, signature: Signature, original: Original, home: Walk | None, lookup: Lookup
) -> Tried:
    domain = signature.domain
    if signature.fault is not None:
        words = f"the signature{f' of {domain}' if domain else ''} is malformed: {signature.fault}"
        return Tried(signature, "malformed", words, remedy="Mend the configuration of the signing program.")
    aligned = await _is_aligned(domain, home, lookup)
    if signature.algorithm in _FORBIDDEN:
        words = (
            f"the signature of {domain} (selector {signature.selector}) is made with {signature.algorithm}, "
            "which no receiver may accept (RFC 8301 section 3.1)"
        )
        return Tried(signature, "malformed", words, (), _SIGN_BETTER, aligned)
    answer = await lookup.query(signature.key_name, "TXT")
    lines = record_lines(answer)
    if answer.outcome not in _SEEN_IN_DNS:
        words = f"the key could not be asked for: {trouble(answer)}"
        return Tried(signature, "unasked", words, lines, _make_askable(answer, domain), aligned)
    remedy = (
        f"Publish the public key of your signing program: {signature.key_name}. IN TXT "
        f'"v=DKIM1; k={signature.algorithm.partition("-")[0]}; p=..."'
    )
    if not answer.records:
        words = f"the key of the signature of {domain} is not in DNS: there is no {signature.key_name}"
        return Tried(signature, "no_key", words, lines, remedy, aligned)
    faults = []
    for record in answer.records[:4]:
        try:
            key = read_key(record, signature.algorithm)
        except UnusableKeyError as fault:
            faults.append(str(fault))
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
        outcome = await asyncio.to_thread(try_signature, message, signature, key, whole=original.whole)
        testing = ", and says that it is a test (t=y)" if key.testing else ""
        lines += (f"the key has {key.bits} bits ({key.kind}){testing}",)
        return Tried(signature, outcome, _words(outcome, signature), lines, _mend(outcome, remedy), aligned)
    words = f"the key of the signature of {domain} is of no use: {faults[0]}"
    return Tried(signature, "bad_key", words, lines, remedy, aligned)


def _as_found_then(tried: Tried, inputs: Inputs) -> Tried:
    """A signature that verifies, but had run out when the receiver looked at it (RFC 6376 section 3.5, x=).

    It is no news that it has run out since."""
    expires, failure = tried.signature.expires, inputs.failure
    if tried.outcome != "verified" or expires is None or failure is None:
        return tried
    then = _refused_at(failure, inputs.reported)
    if expires >= (then or datetime.now(UTC)):
        return tried
    ran_out = f"{expires:%Y-%m-%d %H:%M} UTC (x=)"
    if then is None:
        words = f"{tried.words}, but ran out at {ran_out}, and the bounce does not tell when it was refused"
        return msgspec.structs.replace(tried, outcome="run_out", words=words, remedy=_SIGN_ANEW)
    words = f"the signature of {tried.signature.domain} had run out at {ran_out}"
    return msgspec.structs.replace(tried, outcome="expired", words=words, remedy=_SIGN_ANEW)


def _refused_at(failure: Failure, reported: str | None) -> datetime | None:
    """When the receiver looked at the mail: at the last attempt, or shortly before the report of it was
    written; where neither is told but the reply blames the expiry, it was over by then for sure."""
    for date in (failure.date, reported):
        with suppress(ValueError):
            then = datetime.fromisoformat(date or "")
            if then.tzinfo is not None:
                return then
    return datetime.now(UTC) if "expir" in failure.diagnostic[:_LONGEST_READ].lower() else None


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


def _named(one: Tried) -> tuple[str, ...]:
    return (f"signature {one.signature.index + 1}: {one.words}", *_told(one))


def _told(one: Tried) -> tuple[str, ...]:
    found, more = one.signature, []
    if found.expires is not None:
        expired = found.expires < datetime.now(UTC)
        more.append(
            f"it {'expired' if expired else 'is valid until'} {found.expires:%Y-%m-%d %H:%M} UTC (x=)"
        )
    if found.covers is not None:
        more.append(f"it covers only {found.covers} bytes of the body (l=)")
    return (*one.lines, *more)
