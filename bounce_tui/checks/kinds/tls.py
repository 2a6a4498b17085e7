"""What does the recipient's domain demand of a sender's TLS: DANE (RFC 7672), MTA-STS (RFC 8461)?"""

import asyncio

from msgspec import Struct

from bounce_tui.check_outcome import Dane, EncryptionOutcome, Tls
from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.dns.dnssec import dnssec_fault
from bounce_tui.checks.dns.wording import listed_words, plain_text, record_lines, trouble
from bounce_tui.checks.finding import finding
from bounce_tui.checks.route.mail_route import trace_route
from bounce_tui.checks.route.tls_reports import report_lines
from bounce_tui.regex import regex

MOST_HOSTS = 5
_ABSENT = ("nxdomain", "no_data")
_TLSA = regex(r"(\d{1,3}) (\d{1,3}) (\d{1,3}) [0-9A-Fa-f ]+")
# RFC 7672 section 3.1: PKIX-TA(0) and PKIX-EE(1) are not for SMTP.
_USAGES = (2, 3)
_DEMANDS: dict[tuple[bool, bool], EncryptionOutcome] = {
    (False, False): "none",
    (True, False): "dane",
    (False, True): "sts",
    (True, True): "dane+sts",
}
_POLICY_ID = regex(r"[A-Za-z0-9]{1,32}")


class Demand(Struct, frozen=True):
    """One kind of demand: `stands` when it is made, `faults` that keep senders from delivering, `flaws` that
    only take from the demand, `unknown` what could not be learned (`fails` for SERVFAIL), the raw `lines`;
    `unvouched` is True for TLSA records without DNSSEC, as far as this resolver tells."""

    stands: bool
    faults: tuple[str, ...] = ()
    flaws: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    fails: bool = False
    unvouched: bool = False


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "none", "dane", "sts" or "dane+sts" for what is demanded (state "warn" where something about it
    is wrong that keeps no mail away), "broken" where senders that check must not deliver, "unclear" where
    it could not be learned."""
    route, sts, reports = await asyncio.gather(
        trace_route(check.target, lookup),
        _mta_sts(check.target, lookup),
        lookup.query(f"_smtp._tls.{check.target}", "TXT"),
    )
    hosts = [exchange.host for exchange in route.exchanges if exchange.addresses][:MOST_HOSTS]
    dane = _together(await asyncio.gather(*(_of_host(host, lookup) for host in hosts)))
    lines = (*dane.lines, *sts.lines, *report_lines(reports))
    demands = [name for name, demand in (("dane", dane), ("sts", sts)) if demand.stands]
    words = {"dane": "DANE (TLSA records of its mail hosts)", "sts": "MTA-STS"}
    demanded = listed_words([words[name] for name in demands]) or "no TLS by DNS"
    if sts.stands:
        lines = (*lines, f"the policy itself: https://mta-sts.{check.target}/.well-known/mta-sts.txt")
    outcome, flaws = _DEMANDS[dane.stands, sts.stands], (*dane.flaws, *sts.flaws)
    particulars = Tls(sts.stands, _dane(dane), dane.fails)
    if dane.faults:
        summary = f"what {check.target} demands of TLS is broken: {dane.faults[0]}"
        remedy = f"The postmaster of {check.target} must mend it; tell them another way."
        return finding(
            check, "fail", "broken", summary, (*dane.faults[1:], *flaws, *lines), remedy, particulars
        )
    unknown = (*dane.unknown, *sts.unknown)
    if unknown and not demands:
        lines = (*unknown[1:], *flaws, *lines)
        return finding(check, "unknown", "unclear", unknown[0], lines, None, particulars)
    if flaws:
        summary = f"{check.target} demands {demanded}; {flaws[0]}"
        remedy = f"The postmaster of {check.target} may want to know; it keeps no mail away."
        lines = (*flaws[1:], *unknown, *lines)
        return finding(check, "warn", outcome, summary, lines, remedy, particulars)
    summary = f"{check.target} demands {demanded}"
    return finding(check, "pass", outcome, summary, (*unknown, *lines), None, particulars)


def _dane(found: Demand) -> Dane:
    """What there is of TLSA records at all mail hosts together."""
    if found.stands:
        return "demanded"
    if found.unvouched:
        return "unvouched"
    return "flawed" if found.flaws else "unknown" if found.unknown or found.faults else "absent"


async def _of_host(host: str, lookup: Lookup) -> Demand:
    answer = await lookup.query(f"_25._tcp.{host}", "TLSA")
    if answer.outcome in _ABSENT:
        return Demand(stands=False)
    lines = record_lines(answer)
    if answer.outcome != "answer":
        # RFC 7672 section 2.1.1: a sender that cannot learn whether there is TLSA must not deliver; section
        # 2.2.2: but it does not ask where the host's address is not signed.
        words = f"whether {host} has a TLSA record cannot be learned: {trouble(answer)}"
        fails = answer.outcome == "servfail"
        signed = fails and (dnssec_fault(answer) is not None or (await lookup.query(host, "A")).authentic)
        if signed:
            return Demand(stands=False, faults=(words,), lines=lines)
        return Demand(stands=False, unknown=(words,), lines=lines, fails=fails)
    if not answer.authentic:
        flaw = (
            f"the TLSA record of {host} counts for nothing here: the resolver does not vouch for it (no "
            "DNSSEC, or the resolver does not check it)"
        )
        return Demand(stands=False, flaws=(flaw,), lines=lines, unvouched=True)
    if any(_tlsa_fault(record) is None for record in answer.records):
        return Demand(stands=True, lines=lines)
    # Section 2.2: senders then encrypt and look at no certificate.
    flaw = f"no TLSA record of {host} is usable: {_tlsa_fault(answer.records[0])}"
    return Demand(stands=False, flaws=(flaw,), lines=lines)


def _together(demands: list[Demand]) -> Demand:
    return Demand(
        stands=any(demand.stands for demand in demands),
        faults=tuple(fault for demand in demands for fault in demand.faults),
        flaws=tuple(flaw for demand in demands for flaw in demand.flaws),
        unknown=tuple(words for demand in demands for words in demand.unknown),
        lines=tuple(line for demand in demands for line in demand.lines),
        fails=any(demand.fails for demand in demands),
        unvouched=any(demand.unvouched for demand in demands),
    )


def _tlsa_fault(record: str) -> str | None:
    match = _TLSA.fullmatch(record)
    if match is None:
        return "it cannot be read"
    usage, selector, matching = int(match[1]), int(match[2]), int(match[3])
    if usage not in _USAGES:
        return f"usage {usage} is not for SMTP"
    if selector > 1:
        return f"selector {selector} is unknown"
    if matching > 2:
        return f"matching type {matching} is unknown"
    return None


async def _mta_sts(domain: str, lookup: Lookup) -> Demand:
    """RFC 8461 section 3.1: more than one record, or one that cannot be read, is as good as none."""
    answer = await lookup.query(f"_mta-sts.{domain}", "TXT")
    lines = record_lines(answer)
    if answer.outcome not in ("answer", *_ABSENT):
        words = f"whether {domain} has an MTA-STS policy cannot be learned: {trouble(answer)}"
        return Demand(stands=False, unknown=(words,), lines=lines)
    records = [text for record in answer.records if (text := plain_text(record)).startswith("v=STSv1")]
    if not records:
        return Demand(stands=False, lines=lines)
    if len(records) > 1:
        flaw = f"it has {len(records)} MTA-STS records, which senders take for none"
        return Demand(stands=False, flaws=(flaw,), lines=lines)
    tags = dict(part.strip().partition("=")[::2] for part in records[0].split(";") if "=" in part)
    if not _POLICY_ID.fullmatch(tags.get("id", "").strip()):
        flaw = "its MTA-STS record has no valid id, so that senders take it for none"
        return Demand(stands=False, flaws=(flaw,), lines=lines)
    return Demand(stands=True, lines=lines)
