"""What does the recipient's domain demand of a sender's TLS: DANE (RFC 7672), MTA-STS (RFC 8461)?"""

import asyncio
import re

from msgspec import Struct

from bounce_tui.checks.answer import Answer, Lookup
from bounce_tui.checks.finding import finding
from bounce_tui.checks.mail_route import trace_route
from bounce_tui.checks.wording import listed_words, plain_text, record_lines, trouble
from bounce_tui.model import Check, CheckResult, Inputs

MOST_HOSTS = 5
_ABSENT = ("nxdomain", "no_data")
_TLSA = re.compile(r"(\d{1,3}) (\d{1,3}) (\d{1,3}) [0-9A-Fa-f ]+")
# RFC 7672 section 3.1: PKIX-TA(0) and PKIX-EE(1) are not for SMTP.
_USAGES = (2, 3)
_POLICY_ID = re.compile(r"[A-Za-z0-9]{1,32}")


class Demand(Struct, frozen=True):
    """One kind of demand: `stands` when it is made, `faults` in how it is made, the raw `lines`."""

    stands: bool
    faults: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "none", "dane", "sts" or "dane+sts" for what is demanded, "broken" where it is demanded in a
    way that no sender can meet or that senders must give up on."""
    route, sts, reports = await asyncio.gather(
        trace_route(check.target, lookup),
        _mta_sts(check.target, lookup),
        lookup.query(f"_smtp._tls.{check.target}", "TXT"),
    )
    hosts = [exchange.host for exchange in route.exchanges][:MOST_HOSTS]
    found = await asyncio.gather(*(lookup.query(f"_25._tcp.{host}", "TLSA") for host in hosts))
    dane = _dane(found)
    demands = [name for name, demand in (("dane", dane), ("sts", sts)) if demand.stands]
    faults = (*dane.faults, *sts.faults)
    lines = (*faults, *dane.lines, *sts.lines, *record_lines(reports))
    if faults:
        summary = f"what {check.target} demands of TLS is broken: {faults[0]}"
        remedy = f"The postmaster of {check.target} must mend it; tell them another way."
        return finding(check, "fail", "broken", summary, lines[1:], remedy)
    words = {"dane": "DANE (TLSA records of its mail hosts)", "sts": "MTA-STS"}
    demanded = listed_words([words[name] for name in demands]) or "no TLS by DNS"
    more = (
        (f"the policy itself: https://mta-sts.{check.target}/.well-known/mta-sts.txt",) if sts.stands else ()
    )
    return finding(
        check, "pass", "+".join(demands) or "none", f"{check.target} demands {demanded}", (*lines, *more)
    )


def _dane(answers: list[Answer]) -> Demand:
    faults: list[str] = []
    lines: list[str] = []
    stands = False
    for answer in answers:
        if answer.outcome in _ABSENT:
            continue
        lines += record_lines(answer)
        if answer.outcome != "answer":
            # RFC 7672 section 2.1.1: a sender that cannot learn whether there is TLSA must not deliver.
            faults.append(f"whether there is a TLSA record cannot be learned: {trouble(answer)}")
            continue
        if not answer.authentic:
            lines.append(
                f"{answer.name}: the resolver does not vouch for it (DNSSEC); senders may pass over it"
            )
        usable = [record for record in answer.records if _tlsa_fault(record) is None]
        stands = stands or bool(usable)
        if not usable:
            faults.append(f"no TLSA record of {answer.name} is usable: {_tlsa_fault(answer.records[0])}")
    return Demand(stands, tuple(faults), tuple(lines))


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
    answer = await lookup.query(f"_mta-sts.{domain}", "TXT")
    records = [text for record in answer.records if (text := plain_text(record)).startswith("v=STSv1")]
    if not records:
        return Demand(False, (), record_lines(answer))
    if len(records) > 1:
        # RFC 8461 section 3.1: senders then take it that there is none.
        return Demand(
            False, (f"{len(records)} MTA-STS records: senders pass over them",), record_lines(answer)
        )
    tags = dict(part.strip().partition("=")[::2] for part in records[0].split(";") if "=" in part)
    if not _POLICY_ID.fullmatch(tags.get("id", "").strip()):
        return Demand(False, ("the MTA-STS record has no valid id",), record_lines(answer))
    return Demand(True, (), record_lines(answer))
