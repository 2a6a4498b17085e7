"""Which DMARC policy applies to the From domain, and would a pass of SPF count for it?

By the tree walk of RFC 9989; what receivers find that still go by the public suffix list (RFC 7489) is told
where it differs.
"""

from bounce_tui.check_outcome import Alignment, Dmarc, DmarcPolicy
from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.authentication.dmarc_walk import DmarcRecord, Walk, same_organization, walk
from bounce_tui.checks.authentication.signing import is_foreign_provider
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.wording import trouble
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.public_suffix import registered_domain
from bounce_tui.checks.planning.inputs import spf_identity

_SOFTER: dict[DmarcPolicy, DmarcPolicy] = {"reject": "quarantine", "quarantine": "none", "none": "none"}
_ASKS = {
    "reject": "asks receivers to refuse mail that fails",
    "quarantine": "asks receivers to put mail that fails aside as junk",
    "none": "asks for nothing but reports",
}


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "no_record", the trouble with asking, or the policy ("reject", "quarantine", "none")."""
    domain = check.target
    found = await walk(domain, lookup)
    if found.trouble is not None:
        return finding(check, "unknown", found.trouble.outcome, trouble(found.trouble), found.lines)
    record = found.applicable
    if record is None:
        return _without_policy(check, found)
    policy = await _policy(domain, record, lookup)
    if isinstance(policy, Answer):
        words = (
            f"the DMARC policy of {domain} depends on whether it exists (np= of {record.domain}), which is "
            f"not known: {trouble(policy)}"
        )
        return finding(check, "unknown", policy.outcome, words, found.lines)
    alignment, words, more = await _alignment(found, record, inputs, lookup)
    older, older_policy = await _older_way(found, policy, alignment, inputs)
    where = "" if record.domain == domain else f" (found at {record.domain})"
    return finding(
        check,
        "warn" if alignment == "unaligned" else "pass",
        policy,
        f"the DMARC policy of {domain} is {policy}{where}: it {_ASKS[policy]}{words}",
        (
            *(fault.words for fault in found.faults),
            *_outdated(record),
            *older,
            *found.lines,
            f"organizational domain: {found.organizational_domain}",
            *more,
        ),
        _own_policy(domain, record, inputs) if alignment == "unaligned" and policy != "none" else None,
        Dmarc(spf=alignment, older=older_policy),
    )


def _own_policy(domain: str, record: DmarcRecord, inputs: Inputs) -> str | None:
    """For a subdomain that has fallen under the policy of the domain above it, meant or not."""
    if record.domain == domain or is_foreign_provider(record.domain, inputs):
        return None
    return (
        f"Until that is done, {domain} can have a policy of its own in place of that of {record.domain}, so "
        f'that its mail is not refused: publish _dmarc.{domain}. IN TXT "v=DMARC1; p=none"'
    )


def _without_policy(check: Check, found: Walk) -> CheckResult:
    lines = (*(fault.words for fault in found.faults), *found.lines)
    words = f"{check.target} publishes no DMARC policy"
    if not found.faults:
        remedy = f'Publish at least: _dmarc.{found.organizational_domain}. TXT "v=DMARC1; p=none"'
        return finding(check, "warn", "no_record", words, lines, remedy)
    fault = found.faults[0]
    words = f"{words} that counts: {fault.words}"
    remedy = (
        f"Have one DMARC record in place of what stands at _dmarc.{fault.domain}, with the policy that you "
        f'want, at least: _dmarc.{fault.domain}. IN TXT "v=DMARC1; p=none"'
    )
    return finding(check, "warn", "no_record", words, lines, remedy, Dmarc(broken=True))


def _outdated(record: DmarcRecord) -> tuple[str, ...]:
    tags = [tag for tag in ("pct", "rf", "ri") if tag in record.tags]
    return (f"{', '.join(tags)}: no longer in the standard, newer receivers pass over it",) if tags else ()


async def _older_way(
    found: Walk, policy: DmarcPolicy, alignment: Alignment | None, inputs: Inputs
) -> tuple[tuple[str, ...], DmarcPolicy | None]:
    """In what receivers of RFC 7489 differ, in words, and their policy where it is another: they know neither
    np nor t nor psd, and no record between the From domain and the registered one."""
    organization = await registered_domain(found.start) or found.start
    by_domain = {record.domain: record for record in found.records}
    record = by_domain.get(found.start) or by_domain.get(organization)
    told = []
    older: DmarcPolicy = "none"
    if record is None:
        told.append(f"older receivers find no policy: they look at {organization} only")
    else:
        older = record.policy("p") or "none"
        if record.domain != found.start:
            older = record.policy("sp") or older
        if older != policy:
            told.append(f"older receivers go by the policy {older} of {record.domain}")
    identity = spf_identity(inputs)
    if alignment in ("aligned", "unaligned") and identity is not None and record is not None:
        strict = record.tags.get("aspf", "").lower() == "s"
        same = identity[1] == found.start
        if not strict and not same:
            same = await registered_domain(identity[1]) == organization
        if same != (alignment == "aligned"):
            counts = "counts" if same else "does not count"
            told.append(f"for older receivers a pass of SPF for {identity[1]} {counts}")
    return tuple(told), older if record is not None and older != policy else None


async def _policy(domain: str, record: DmarcRecord, lookup: Lookup) -> DmarcPolicy | Answer:
    """p at the domain itself, np or sp below it, one step softer while testing (t=y); the trouble with asking
    which of the two it is, where that matters."""
    policy = record.policy("p") or "none"
    if record.domain != domain:
        below = record.policy("sp") or policy
        missing = record.policy("np") or below
        if missing != below:
            answer = await lookup.query(domain, "A")
            if not answer.exists and answer.outcome != "nxdomain":
                return answer
            below = below if answer.exists else missing
        policy = below
    return _SOFTER[policy] if record.tags.get("t", "").lower() == "y" else policy


async def _alignment(
    found: Walk, record: DmarcRecord, inputs: Inputs, lookup: Lookup
) -> tuple[Alignment | None, str, tuple[str, ...]]:
    """Whether SPF's domain is aligned with the From domain (RFC 9989 section 4.4): the machine's
    word, the end of the sentence, more lines."""
    identity = spf_identity(inputs)
    if identity is None:
        return None, "", ()
    spf_domain = identity[1]
    counts = f"; a pass of SPF for {spf_domain} would count for it"
    if spf_domain == found.start:
        return "aligned", counts, ()
    counts_not = f"; a pass of SPF for {spf_domain} would not count for it, only a DKIM signature can"
    if record.tags.get("aspf", "").lower() == "s":
        return "unaligned", counts_not, ("aspf=s: SPF's domain must be the same as the From domain",)
    other = await walk(spf_domain, lookup)
    more = (*other.lines, f"organizational domain of SPF's domain: {other.organizational_domain}")
    same = same_organization(found, other)
    if isinstance(same, Answer):
        not_learned = f"; whether a pass of SPF for {spf_domain} counts for it is not known: {trouble(same)}"
        return "unknown", not_learned, more
    return ("aligned", counts, more) if same else ("unaligned", counts_not, more)
