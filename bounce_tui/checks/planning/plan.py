"""Which checks follow from a bounce, what each looks at, why, and who will see the queries."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from bounce_tui.check_results import Check, Inputs
from bounce_tui.checks.authentication.report_mail import is_of_dead_address, report_domain
from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.checks.planning.listed_domain import domains_to_ask, listed_domains
from bounce_tui.checks.planning.named_lists import list_id, named_lists
from bounce_tui.checks.planning.quoted import from_domain_blamed, unknown_author, unknown_helo
from bounce_tui.checks.planning.registry import KINDS, Kind, kind_of, list_of
from bounce_tui.model import Diagnosis, Failure
from bounce_tui.reason_groups import reason_groups
from bounce_tui.regex import regex

_NAMED = {"dnsbl": "ZONE", "rhsbl": "ZONE", "link": "NAME"}
"""Kinds of which there are many, told apart by what stands behind the colon."""
# Records that few replies speak of: asked for where one does.
_SPOKEN_OF = {
    "bimi": "bimi",
    "mta-sts": "tls",
    "tlsrpt": "tls",
    "tls-rpt": "tls",
    "dane": "tls",
    "tlsa": "tls",
}
_SPOKEN = regex(rf"(?<![\w-])({'|'.join(_SPOKEN_OF)})(?![\w-])")
# Who runs the network must act then, and not who runs the host.
_OF_NETWORK = regex(
    r"their network|(?:your|the) (?:network|netblock|subnet|ip range|address range|isp|provider|asn)(?![a-z])"
    r"|uceprotect-?(?: ?level|-)?[ -]?[23]|dnsbl-[23]\.uceprotect"
)
_LONGEST_READ = 4000


def plan(failure: Failure, diagnosis: Diagnosis, inputs: Inputs) -> tuple[Check, ...]:
    """The checks for `failure`: first the list that the reply names, then what its rule asks for, then
    what its reason asks for; each once.  A check whose input is unknown has an empty target and will
    come out as skipped.
    """
    quoted = named_lists(failure, diagnosis, inputs)
    reasons = dict.fromkeys(quoted, "the bounce names this list")
    for check_id, why in _wanted(failure, diagnosis, quoted):
        kind = kind_of(check_id)
        if kind is not None and not kind.on_request:
            reasons.setdefault(check_id, why)
    if diagnosis.reason == "rejected" and "domain" in reasons and "sender-domain" in reasons:
        # The domain that was refused is the sender's here.
        del reasons["domain"]
    if diagnosis.reason == "not_accept" and _is_of_sender(failure):
        reasons = {"sender-domain": ""}
    reported = report_domain(inputs) if is_of_dead_address(diagnosis.reason) else None
    if reported is not None:
        reasons["dmarc"] = f"the mail is a DMARC report about {reported}, whose record names the address"
    helo = unknown_helo(failure)
    if helo is not None:
        # Nobody asked who may send, or is on a list: a name is wanted, and the reverse name may be one.
        others = {one: why for one, why in reasons.items() if one == "ptr" or one in quoted}
        reasons = {"sender-domain": "the bounce says that the HELO name is not in DNS", **others}
    elif unknown_author(failure, inputs) is not None:
        reasons = {"sender-domain": "the bounce says that the From domain is not in DNS", **reasons}
    aims = {"sender-domain": helo or from_domain_blamed(failure, inputs), "dmarc": reported}
    return tuple(
        _aimed(check, aims.get(check.id), failure, inputs) for check in _checks(reasons, inputs, quoted)
    )


def request(check_ids: Iterable[str], inputs: Inputs, planned: Sequence[Check] = ()) -> tuple[Check, ...]:
    """The checks with these ids, whether or not the bounce calls for them: those of `planned` as they are.

    A kind that needs a name ("dnsbl" for "dnsbl:ZONE") stands for those of it that are planned; where no list
    is, for those that many receivers use.

    Raises:
        ValueError: There is no check with such an id.
    """
    wanted: list[str] = []
    for check_id in check_ids:
        kind, _, name = check_id.partition(":")
        if kind_of(check_id) is None or (kind == "link" and name and blocklists().system_named(name) is None):
            known = ", ".join(f"{one}:{_NAMED[one]}" if one in _NAMED else one for one in KINDS)
            raise ValueError(f"there is no check called {check_id!r}; there are {known}")
        if name or kind not in _NAMED:
            wanted.append(check_id)
            continue
        of_kind = [check.id for check in planned if check.id.startswith(f"{kind}:")]
        if not of_kind and kind != "link":
            of_kind = [id_ for id_, _ in _weighty(of_domains=kind == "rhsbl", only_first=False)]
        wanted += of_kind
    as_planned = {check.id: check for check in planned}
    found = _checks(dict.fromkeys(wanted, "asked for by name"), inputs)
    return tuple(as_planned.get(check.id, check) for check in found)


def _checks(reasons: dict[str, str], inputs: Inputs, quoted: Sequence[str] = ()) -> tuple[Check, ...]:
    return tuple(
        Check(check_id, kind.subject(inputs), why, _seen_by(kind, check_id, inputs), check_id in quoted)
        for check_id, why in reasons.items()
        if (kind := kind_of(check_id)) is not None
    )


def _is_of_sender(failure: Failure) -> bool:
    """True when it is the sender's domain that takes no mail: X.7.27 of RFC 7505, or plain words."""
    text = failure.diagnostic[:_LONGEST_READ].lower()
    return (failure.status or "").endswith(".7.27") or "sender address rejected" in text


def _aimed(check: Check, target: str | None, failure: Failure, inputs: Inputs) -> Check:
    """`check` of `target`, where the reply means another than what its kind looks at; a list of domains is
    asked for the domain that the reply means where it names the list, else for all that a filter looks up."""
    if target is not None:
        return msgspec.structs.replace(check, target=target)
    if not check.id.startswith("rhsbl:"):
        return check
    domains = listed_domains(failure, inputs) if check.quoted else domains_to_ask(inputs)
    if not domains:
        return check
    return msgspec.structs.replace(check, target=domains[0], also=domains[1:])


def _wanted(failure: Failure, diagnosis: Diagnosis, quoted: Sequence[str]) -> Iterator[tuple[str, str]]:
    # Where a domain is on a list, the sending IP has no part in it, nor has who vouches for the mail.
    of_domain = diagnosis.reason in ("blocklisted", "spam_detected") and _only_domains(quoted)
    usual = diagnosis.usual_checks if of_domain else ()
    for check_id in _of_rule(diagnosis.checks):
        if check_id not in usual:
            yield check_id, ""
    if of_domain:
        return
    for check_id in _of_rule(diagnosis.usual_checks):
        if check_id.startswith(("dnsbl:", "rhsbl:")):
            # A reason names the weightiest list; for want of a list in the reply the others count as well.
            yield from _weighty(of_domains=check_id.startswith("rhsbl:"), only_first=bool(quoted))
        else:
            yield check_id, ""
    if (forged := diagnosis.backscatter) is not None:
        yield "spf", f"the mail may be none of yours: SPF tells whether {forged.ip} may send for you"
    for word in _SPOKEN.findall(failure.diagnostic[:_LONGEST_READ].lower()):
        yield _SPOKEN_OF[word], f"the bounce speaks of {word.upper()}"
    if diagnosis.reason in reason_groups().by_reputation:
        text = failure.diagnostic[:_LONGEST_READ]
        if _OF_NETWORK.search(text.lower()) is not None:
            yield "owner", "the bounce blames the network of the sending IP"
        for system in blocklists().systems_named_in(text, diagnosis.provider):
            yield f"link:{system.name}", "this system judged the mail, and only its page tells"


def _only_domains(check_ids: Sequence[str]) -> bool:
    return bool(check_ids) and all(check_id.startswith("rhsbl:") for check_id in check_ids)


def _weighty(*, of_domains: bool, only_first: bool) -> Iterator[tuple[str, str]]:
    lists = blocklists().weighty(of_domains=of_domains)
    for entry in lists[:1] if only_first else lists:
        prefix = "rhsbl" if of_domains else "dnsbl"
        yield f"{prefix}:{entry.zone}", "many receivers use this list"


def _of_rule(check_ids: Sequence[str]) -> Iterator[str]:
    for check_id in check_ids:
        prefix, _, zone = check_id.partition(":")
        if prefix in ("dnsbl", "rhsbl"):
            if zone:
                yield list_id(zone)
        elif prefix == "link" and not blocklists().system_named(zone):
            continue
        else:
            yield check_id


def _seen_by(kind: Kind, check_id: str, inputs: Inputs) -> str:
    entry = list_of(check_id)
    if check_id.startswith("link:") or (entry is not None and not entry.is_open(inputs.accounts)):
        return ""
    operator = entry.operator if entry is not None else f"the operator of {check_id.partition(':')[2]}"
    return kind.seen_by.format(operator=operator)
