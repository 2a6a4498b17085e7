"""May the sending IP send for this sender, by SPF?"""

from msgspec import Struct

from bounce_tui.check_outcome import Spf
from bounce_tui.check_results import Check, CheckResult, CheckState, Inputs
from bounce_tui.checks.authentication.exchange_online import NO_ADDRESS, hides_address
from bounce_tui.checks.authentication.forwarding import Forwarding, forwarding
from bounce_tui.checks.authentication.sending_services import sending_service
from bounce_tui.checks.authentication.signing import is_foreign_provider
from bounce_tui.checks.authentication.spf import (
    Repair,
    SpfEvaluation,
    cost_line,
    evaluate,
    evaluate_other_family,
    lines,
    propose,
    put_right,
)
from bounce_tui.checks.authentication.spf.draft import allows_nobody
from bounce_tui.checks.authentication.spf.problems import PLUS_ALL
from bounce_tui.checks.authentication.spf_steps import (
    capital,
    mend,
    publish,
    through_provider,
    through_service,
)
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.dns.dnssec import dnssec_fault, dnssec_remedy
from bounce_tui.checks.dns.liveness import resolver_answers
from bounce_tui.checks.dns.wording import never_seen
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.address import leads_nowhere, parse_ip
from bounce_tui.checks.names.private_names import private_ending
from bounce_tui.checks.names.public_suffix import registered_domain
from bounce_tui.checks.planning.inputs import NULL_SENDER, spf_identity
from bounce_tui.checks.planning.quoted import blames_record
from bounce_tui.model import Candidate

_STATES: dict[str, CheckState] = {
    "pass": "pass",
    "fail": "fail",
    "softfail": "warn",
    "neutral": "warn",
    "none": "warn",
    "temperror": "unknown",
    "permerror": "fail",
}
_SERVER_FAILURE = ": server failure"
"""What the note of an evaluation says where the servers of a name failed, and did not merely stay silent."""
_NOBODY = "240.0.0.1"
"""An address of the reserved space (RFC 1112 section 4), which no term of a record is about."""
_TRY_AGAIN = "Run the check again; if it stays so, mend the domain's name servers."
_OTHER_RESOLVER = "The resolver answers nothing at all: run the checks again, or through another resolver."


class Mended(Struct, frozen=True):
    """What is to be done, what was seen of the mail's way (`why`), and the record to publish."""

    remedy: str | None
    why: str = ""
    repair: Repair | None = None
    forwarded: bool = False


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome is the result of RFC 7208 section 2.6: pass, fail, softfail, neutral, none, temperror,
    permerror; "temperror:servfail" where a name's own servers fail.  `remedy` holds the record to publish,
    proved by evaluating it for this address."""
    identity = spf_identity(inputs)
    if identity is None or inputs.sending_ip is None:
        return await _of_record_alone(check, identity, inputs, lookup)
    sender, _ = identity
    ip = inputs.sending_ip.value
    address = parse_ip(ip)
    if address is None or leads_nowhere(address):
        return finding(check, "skipped", "no_input", never_seen(ip))
    helo = inputs.helo.value if inputs.helo else identity[1]
    evaluation = await evaluate(ip, sender, helo, lookup)
    signatures = await _bad_signatures(evaluation, lookup)
    mended = Mended(await _try_again(evaluation, signatures, lookup))
    if evaluation.result not in ("pass", "temperror"):
        mended = await _mended(evaluation, sender, inputs.sending_ip, inputs, lookup)
    fails = evaluation.result == "temperror" and _SERVER_FAILURE in (evaluation.policy.note or "")
    silent = _name_in(evaluation) if mended.remedy != _OTHER_RESOLVER else None
    return finding(
        check,
        _STATES[evaluation.result],
        evaluation.result,
        _summary(evaluation, inputs, signatures),
        (
            *((mended.why,) if mended.why else ()),
            *lines(evaluation),
            *await _other_family(evaluation, lookup),
            *_repair_lines(mended.repair),
        ),
        mended.remedy,
        Spf(
            any(problem.code == PLUS_ALL for problem in evaluation.problems), fails, mended.forwarded, silent
        ),
    )


async def _of_record_alone(
    check: Check, identity: tuple[str, str] | None, inputs: Inputs, lookup: Lookup
) -> CheckResult:
    """The result where the sending IP is not known: a record that is an error for an address which none of
    its terms can mean is one for every sender that it does not name early on."""
    if identity is not None:
        sender, domain = identity
        evaluation = await evaluate(_NOBODY, sender, inputs.helo.value if inputs.helo else domain, lookup)
        # The address may be one that the record names before its fault, unless the receiver met with that.
        if evaluation.result == "permerror" and blames_record(inputs.failure):
            repair = await put_right(evaluation, lookup)
            if repair is not None and allows_nobody(repair.record):
                repair = None
            remedy = (
                f"{capital(publish(evaluation, repair))} - and put the sending IP into the inputs, to see "
                "whether it passes by that"
                if repair is not None
                else _by_hand(evaluation)
            )
            details = (*lines(evaluation), *_repair_lines(repair))
            return finding(check, "fail", "permerror", _summary(evaluation, inputs, None), details, remedy)
        if _has_no_record(evaluation, inputs):
            return _of_no_record(check, evaluation, inputs)
    missing = "SPF needs the sending IP and the envelope sender (or HELO): put them into the inputs"
    return finding(check, "skipped", "no_input", NO_ADDRESS if hides_address(inputs) else missing)


def _has_no_record(evaluation: SpfEvaluation, inputs: Inputs) -> bool:
    """Whether the domain is there and has no SPF record, and may have one; Exchange Online tells no address,
    and has a step of its own."""
    if evaluation.result != "none" or not evaluation.policy.exists or hides_address(inputs):
        return False
    domain = evaluation.domain
    return private_ending(domain) is None and not is_foreign_provider(domain, inputs)


def _of_no_record(check: Check, evaluation: SpfEvaluation, inputs: Inputs) -> CheckResult:
    """Without a record no address passes."""
    domain = evaluation.domain
    remedy = (
        f'Publish an SPF record for {domain}: {domain}. IN TXT "v=spf1 ... ~all", and in place of the dots '
        "what sends for it (ip4:, ip6:, mx, or the include that its provider tells)."
    )
    return finding(check, "warn", "none", _summary(evaluation, inputs, None), lines(evaluation), remedy)


def _by_hand(evaluation: SpfEvaluation) -> str:
    """What to do about a record that no repair is known for without the sending IP."""
    if any(problem.code == "too_many_lookups" for problem in evaluation.problems):
        return (
            f"Shorten the SPF record of {evaluation.domain} to ten lookups: take out each include that no "
            "longer sends for it, and put the addresses of your own servers (ip4:, ip6:) first."
        )
    note = f" ({evaluation.policy.note})" if evaluation.policy.note else ""
    return (
        f"Mend the SPF record of {evaluation.domain}{note}: it must name what sends for the domain "
        "(ip4:, ip6:, mx, or the include that its provider tells)."
    )


def _name_in(evaluation: SpfEvaluation) -> str | None:
    """The name in the term of the domain's own record at which the evaluation came to no end."""
    ended = evaluation.policy.ended_at if evaluation.result == "temperror" else None
    _, colon, name = ended.text.partition(":") if ended is not None else ("", "", "")
    return name.partition("/")[0].lower() if colon and "%" not in name else None


async def _try_again(evaluation: SpfEvaluation, signatures: str | None, lookup: Lookup) -> str | None:
    """What to do where the evaluation came to no end: it is the resolver's fault, or the zone's."""
    if evaluation.result != "temperror":
        return None
    if signatures:
        return dnssec_remedy(evaluation.domain, "TXT")
    if not await resolver_answers(lookup):
        return _OTHER_RESOLVER
    ended = evaluation.policy.ended_at
    if ended is None or _name_in(evaluation) is None:
        return _TRY_AGAIN
    return (
        f"Run the check again; if it stays so, have the name servers of {_name_in(evaluation)} mended, or "
        f"take “{ended.text}” out of the record of {evaluation.domain}, or put it behind the terms that your "
        "servers pass by."
    )


async def _mended(
    evaluation: SpfEvaluation, sender: str, ip: Candidate, inputs: Inputs, lookup: Lookup
) -> Mended:
    """What would let the mail pass, by the way that it came."""
    passed_on = Forwarding("none")
    # Of a broken or missing record it does not matter by which way the mail came.
    if evaluation.result in ("fail", "softfail", "neutral") and not _is_null(inputs):
        passed_on = await forwarding(evaluation.domain, sender, inputs, lookup)
    is_forwarded = passed_on.likelihood == "sure"
    if is_foreign_provider(evaluation.domain, inputs) and not is_forwarded:
        return Mended(through_provider(evaluation.domain), passed_on.why)
    is_gone = await _is_gone(evaluation, lookup)
    if is_forwarded or is_gone:
        remedy = mend(evaluation, inputs, None, passed_on, is_gone=is_gone)
        return Mended(remedy, passed_on.why, forwarded=is_forwarded)
    helo = inputs.helo.value if inputs.helo is not None else None
    service = sending_service(helo, inputs.reporting_mta)
    repair = await propose(evaluation, ip.value, lookup, service.include if service is not None else None)
    if repair is not None and repair.included is not None and service is not None:
        return Mended(through_service(evaluation, ip, repair, service), passed_on.why, repair)
    return Mended(mend(evaluation, inputs, repair, passed_on, is_gone=False), passed_on.why, repair)


def _summary(evaluation: SpfEvaluation, inputs: Inputs, signatures: str | None) -> str:
    domain, ip = evaluation.domain, evaluation.ip
    who = f"{domain} (the HELO name, for the null sender)" if _is_null(inputs) else domain
    by = f" by “{evaluation.mechanism}”" if evaluation.mechanism else ""
    note = f": {evaluation.policy.note}" if evaluation.policy.note else ""
    note += f": the DNSSEC signatures are wrong: {signatures}" if signatures else ""
    return {
        "pass": f"SPF passes: {who} allows {ip}{by}",
        "fail": f"SPF fails: {who} does not allow {ip}{by}",
        "softfail": f"SPF softfails: {who} does not expect mail from {ip}{by}",
        "neutral": f"SPF is neutral: {who} says nothing about {ip}{by}",
        "none": f"no SPF: {who} publishes no SPF record"
        if evaluation.policy.exists
        else f"no SPF: {who} does not exist in DNS",
        "temperror": f"SPF could not be evaluated for {who}{note}",
        "permerror": f"the SPF record of {who} is broken{note}",
    }[evaluation.result]


def _is_null(inputs: Inputs) -> bool:
    return inputs.envelope_sender is not None and inputs.envelope_sender.value == NULL_SENDER


async def _other_family(evaluation: SpfEvaluation, lookup: Lookup) -> tuple[str, ...]:
    """What the record costs a sender of the other address family: the ten lookups may end before its
    turn."""
    if evaluation.result in ("none", "temperror"):
        return ()
    return (cost_line(await evaluate_other_family(evaluation, lookup)),)


def _repair_lines(repair: Repair | None) -> tuple[str, ...]:
    if repair is None:
        return ()
    return (
        f"the record of {repair.domain} that lets this address pass (evaluated, result pass):",
        *repair.diff,
        *repair.changes,
    )


async def _bad_signatures(evaluation: SpfEvaluation, lookup: Lookup) -> str | None:
    """What is wrong with the DNSSEC signatures of the domain's records, where that ended the evaluation."""
    if evaluation.result != "temperror":
        return None
    return dnssec_fault(await lookup.query(evaluation.domain, "TXT"))


async def _is_gone(evaluation: SpfEvaluation, lookup: Lookup) -> bool:
    """Whether there is no zone that could hold a record: a missing name below a domain that is there is soon
    published, a missing domain is not."""
    if evaluation.policy.exists:
        return False
    home = await registered_domain(evaluation.domain) or evaluation.domain
    return home == evaluation.domain or not (await lookup.query(home, "SOA")).exists
