"""Do the DKIM signatures of the returned message verify with the keys that DNS holds now, and does one of
them count for DMARC?"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import msgspec
from dkim import DKIMException

from bounce_tui.check_outcome import Dkim, DkimOutcome
from bounce_tui.check_results import Check, CheckResult, CheckState, Inputs
from bounce_tui.checks.authentication.dkim.signature import Message
from bounce_tui.checks.authentication.dkim.tried_signature import TriedSignature, try_signatures
from bounce_tui.checks.authentication.dmarc_walk import Walk, walk
from bounce_tui.checks.authentication.exchange_online import left_through
from bounce_tui.checks.authentication.mailing_list import list_behind
from bounce_tui.checks.authentication.signing import (
    how_to_sign,
    of_list,
    passes_on,
    whose_key,
)
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.wording import trouble
from bounce_tui.checks.finding import finding
from bounce_tui.model import Failure, Original

_LONGEST_READ = 4000
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
_WITH_KEY: tuple[DkimOutcome, ...] = (
    "verified",
    "expired",
    "run_out",
    "headers_only",
    "body_altered",
    "mismatch",
)
"""What became of signatures whose key was found."""
_STATES: dict[DkimOutcome, CheckState] = {
    "verified": "pass",
    "run_out": "unknown",
    "headers_only": "unknown",
    "unasked": "unknown",
    "too_odd": "unknown",
}


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
    tried = [
        _with_keeper(_as_found_then(one, inputs), inputs)
        for one in await try_signatures(message, signatures, whole=original.whole, home=home, lookup=lookup)
    ]
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
        Dkim(
            best.aligned is True,
            isinstance(best.aligned, Answer),
            best.signature.domain or None,
            best.signature.key_name if best.outcome in _WITH_KEY else None,
        ),
    )


def _rank(tried: TriedSignature) -> tuple[bool, bool, int]:
    return tried.aligned is False, tried.aligned is not True, _BEST_FIRST.index(tried.outcome)


def _counting(tried: TriedSignature, home: Walk | None) -> str:
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


def _with_keeper(tried: TriedSignature, inputs: Inputs) -> TriedSignature:
    """What the keeper of the key may do, where that is not the admin."""
    theirs = whose_key(tried.signature.domain, inputs) if tried.outcome in _BY_KEY else None
    return tried if theirs is None else msgspec.structs.replace(tried, remedy=theirs)


def _as_found_then(tried: TriedSignature, inputs: Inputs) -> TriedSignature:
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


def _named(one: TriedSignature) -> tuple[str, ...]:
    return (f"signature {one.signature.index + 1}: {one.words}", *_told(one))


def _told(one: TriedSignature) -> tuple[str, ...]:
    found, more = one.signature, []
    if found.expires is not None:
        expired = found.expires < datetime.now(UTC)
        more.append(
            f"it {'expired' if expired else 'is valid until'} {found.expires:%Y-%m-%d %H:%M} UTC (x=)"
        )
    if found.covers is not None:
        more.append(f"it covers only {found.covers} bytes of the body (l=)")
    return (*one.lines, *more)
