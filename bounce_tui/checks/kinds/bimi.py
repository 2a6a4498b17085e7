"""May receivers show the sender's logo: the BIMI assertion record and the DMARC policy that it needs
(draft-brand-indicators-for-message-identification)?"""

import re
from email.parser import BytesHeaderParser

from msgspec import Struct

from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.authentication.dmarc_walk import Walk, walk
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.wording import plain_text, record_lines, trouble
from bounce_tui.checks.finding import finding
from bounce_tui.regex import regex

_DEFAULT_SELECTOR = "default"
# "v=BIMI1; s=brand;": labels of a name, as the s= of a DKIM signature (draft section 4.4).
_SELECTOR = regex(r"(?:^|;)\s*s\s*=\s*([a-z0-9_](?:[a-z0-9_.-]{0,61}[a-z0-9_])?)\s*(?:;|$)", re.IGNORECASE)
_LONGEST_HEADER = 1 << 16
_DEFINITE = ("answer", "no_data", "nxdomain", "bad_name")


class Assertion(Struct, frozen=True):
    """One record: where the logo lies (`l`), where the certificate for it (`a`), "" where it says none."""

    logo: str
    evidence: str


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "ok", "no_evidence" (a logo, but no certificate for it), "declined", "no_record", "bad_record",
    "weak_dmarc", or the trouble with asking.  Nothing is fetched over HTTPS, so whether logo and
    certificate are in order is not told."""
    found = await walk(check.target, lookup)
    answer, lines = await _record(_selector(inputs), check.target, found.organizational_domain, lookup)
    if answer.outcome not in _DEFINITE:
        return finding(check, "unknown", answer.outcome, trouble(answer), lines)
    name = answer.name.rstrip(".")
    records = [text for one in answer.records if (text := plain_text(one)).lower().startswith("v=bimi1")]
    lines = (*lines, *found.lines)
    unlearned = found.trouble
    own = bool(answer.records) and name.endswith(f"_bimi.{check.target}")
    if found.troubles and not own:
        # Where the record of the domain above stands is not known either.
        unlearned = found.troubles[0].answer
    if unlearned is not None:
        words = f"whether receivers may show a logo is not known: {trouble(unlearned)}"
        return finding(check, "unknown", unlearned.outcome, words, lines)
    if not records:
        words = f"{check.target} publishes no BIMI record, so no logo is shown; no mail is refused for that"
        return finding(check, "warn", "no_record", words, lines)
    if len(records) > 1:
        words = f"{len(records)} BIMI records at {name}: receivers take them for none"
        return finding(check, "warn", "bad_record", words, lines, f"Keep one BIMI record at {name}.")
    assertion = _read(records[0])
    if not assertion.logo and not assertion.evidence:
        return finding(check, "pass", "declined", f"{check.target} declines to have a logo shown", lines)
    for tag, place in (("l", assertion.logo), ("a", assertion.evidence)):
        if place and not place.lower().startswith("https://"):
            words = f"the BIMI record at {name} is broken: {tag}= must begin with https://"
            return finding(check, "warn", "bad_record", words, lines, f"Correct the record at {name}.")
    weak = _weakness(found)
    if weak is not None:
        words = f"{check.target} has a BIMI record, but {weak}, so receivers show no logo"
        remedy = f"Raise the DMARC policy of {found.organizational_domain} to p=quarantine or p=reject."
        return finding(check, "warn", "weak_dmarc", words, lines, remedy)
    if not assertion.evidence:
        words = f"{check.target} names a logo, but no certificate for it (a=), without which many show none"
        return finding(check, "warn", "no_evidence", words, lines)
    return finding(
        check, "pass", "ok", f"{check.target} names a logo and a certificate for it: {assertion.logo}", lines
    )


def _selector(inputs: Inputs) -> str:
    """The selector that the returned message asks for in its BIMI-Selector field, else "default"."""
    content = inputs.original.content if inputs.original is not None else b""
    field = BytesHeaderParser().parsebytes(content[:_LONGEST_HEADER]).get("BIMI-Selector")
    asked = _SELECTOR.search(str(field)[:1000]) if field is not None else None
    return asked[1].lower() if asked is not None else _DEFAULT_SELECTOR


async def _record(
    selector: str, domain: str, organization: str, lookup: Lookup
) -> tuple[Answer, tuple[str, ...]]:
    """The record of the From domain, or, where there is none, of its organizational domain."""
    answer = await lookup.query(f"{selector}._bimi.{domain}", "TXT")
    if answer.outcome not in ("no_data", "nxdomain") or organization == domain:
        return answer, record_lines(answer)
    above = await lookup.query(f"{selector}._bimi.{organization}", "TXT")
    return above, (*record_lines(answer), *record_lines(above))


def _read(text: str) -> Assertion:
    tags = {
        name.strip().lower(): value.strip()
        for name, equals, value in (part.partition("=") for part in text.split(";")[1:])
        if equals
    }
    return Assertion(tags.get("l", ""), tags.get("a", ""))


def _weakness(found: Walk) -> str | None:
    """Why the DMARC policy is too weak for BIMI."""
    record = found.applicable
    if record is None:
        return "no DMARC policy"
    if record.policy("p") in (None, "none"):
        return f"the DMARC policy of {record.domain} is none"
    if record.policy("sp") == "none":
        return f"the DMARC policy of {record.domain} for subdomains is none (sp)"
    if record.policy("p") == "quarantine" and record.tags.get("pct", "100") != "100":
        return f"the DMARC policy of {record.domain} is for a part of the mail only (pct)"
    if record.tags.get("t", "").lower() == "y":
        return f"the DMARC policy of {record.domain} is a test (t=y)"
    return None
