"""What servers wrote into the mail about SPF, DKIM and DMARC, beside what our own check finds.

Anybody can write such a field, so it is shown with who is said to have written it and never believed over
DNS; a contradiction is named, as it tells that something changed on the way or since.
"""

from collections.abc import Iterator

import msgspec

from bounce_tui.check_results import CheckResult, Inputs
from bounce_tui.model import AuthResult

_MOST = 8
_GOOD = frozenset({"pass"})
_BAD = frozenset({"fail", "softfail", "hardfail", "permerror", "none"})
_METHODS = {"dkim": ("dkim", "arc"), "spf": ("spf",), "dmarc": ("dmarc", "compauth")}


def with_auth_results(result: CheckResult, inputs: Inputs) -> CheckResult:
    """`result` with what the returned message says of the same, contradictions first; unchanged where the
    check is none of spf, dkim and dmarc."""
    methods = _METHODS.get(result.id)
    if methods is None:
        return result
    auth_results = inputs.original.auth_results if inputs.original is not None else ()
    said = [one for one in auth_results if one.method in methods][:_MOST]
    against = [one for one in said if _contradicts(one, result)]
    lines = [_contradiction(one, result) for one in against]
    lines += [f"in the returned message {_words(one)}" for one in said if one not in against]
    if result.id == "dkim":
        lines += _of_bounce(inputs)
    return msgspec.structs.replace(result, details=(*result.details, *lines)) if lines else result


def _of_bounce(inputs: Inputs) -> Iterator[str]:
    """What was said of the report itself: whether it is what it seems, not of the mail that failed."""
    for one in inputs.auth_results[:_MOST]:
        if one.method in ("spf", "dkim", "dmarc"):
            yield f"of the bounce itself, not of your mail, {_words(one)}"


def _words(one: AuthResult) -> str:
    about = f" {one.about}" if one.about else ""
    comment = f" ({one.comment})" if one.comment else ""
    who = one.by or "a server that gives no name"
    return f"{who} wrote {one.method}={one.result}{comment}{about} [{one.field}]"


def _contradicts(one: AuthResult, result: CheckResult) -> bool:
    if result.id == "dkim" and one.method == "dkim":
        if result.outcome == "verified":
            return one.result in _BAD and one.result != "none"
        return one.result in _GOOD and result.state in ("fail", "warn")
    if result.id == "spf" and result.target.lower() in one.about.lower():
        return one.result in (_BAD if result.outcome == "pass" else _GOOD) and result.state != "unknown"
    return False


def _contradiction(one: AuthResult, result: CheckResult) -> str:
    why = {
        ("dkim", True): "so it was altered before it came there, or the key was mended since",
        ("dkim", False): "so it was altered, or the key changed, after that",
        ("spf", True): "so the record was mended since, or the mail came there from another address",
        ("spf", False): "so the record changed since, or the mail came there from another address",
    }[result.id, result.state == "pass"]
    if result.outcome == "unsigned":
        why = "so a server that had the mail later took the signature out"
    return f"against our result, in the returned message {_words(one)}: {why}"
