"""What a blocklist said, as a check's result: state, sentence, details, and how to get off it."""

from collections.abc import Sequence

from bounce_tui.check_outcome import Listing
from bounce_tui.check_results import Check, CheckResult, CheckState
from bounce_tui.checks.blocklists.catalog import Blocklist, Code
from bounce_tui.checks.blocklists.listing import ListAnswer, ListingOutcome
from bounce_tui.checks.dns.wording import listed_words
from bounce_tui.checks.finding import finding
from bounce_tui.regex import regex

_TICKET = "the SBL ticket"
_SBL_NUMBER = regex(r"(?i)\bSBL\d{3,8}\b")
_STATES: dict[ListingOutcome, CheckState] = {
    "listed": "fail",
    "range": "warn",
    "neutral": "pass",
    "good": "pass",
    "not_listed": "pass",
    "refused": "unknown",
    "unusable": "unknown",
}


def in_words(
    check: Check, entry: Blocklist, listing: ListAnswer, subject: str | None = None, *, reply: str = ""
) -> CheckResult:
    """The result of a list that was asked for `subject`, the check's target unless given; `reply` are the
    words of a receiver that names the list.

    For a zone that is a part of the list (sbl.spamhaus.org) only that part's codes count as listed;
    the other parts are named in the details.
    """
    wanted = entry.parts.get(check.id.partition(":")[2])
    codes = [code for _, code in listing.codes if code.says == listing.outcome]
    mine = [code for code in codes if wanted is None or code.part in wanted]
    outcome: ListingOutcome = listing.outcome
    if outcome == "listed" and not mine:
        outcome = "not_listed"
    parts = list(dict.fromkeys(code.part for code in mine if code.part))
    name = f"{entry.name} ({', '.join(parts)})" if parts else entry.name
    subject = subject or check.target
    summary = {
        "listed": f"{subject} is listed by {name}{_because(mine)}",
        "range": f"{subject} is not listed itself by {name}: {listed_words(_meanings(mine))}",
        "neutral": f"{name} has {subject} without a bad mark",
        "good": f"{name} speaks well of {subject}: {listed_words(_meanings(mine))}",
        "not_listed": f"{subject} is not listed by {_part_name(check, entry)}{_other_parts(codes)}",
        "refused": f"{entry.name} {_refuses(listing)}: {listing.reason}",
        "unusable": f"{entry.name} cannot be used: {listing.reason}",
    }[outcome]
    return finding(
        check,
        _STATES[outcome],
        outcome,
        summary,
        _details(entry, listing),
        _with_ticket(_remedy(entry, outcome, subject, mine, silent=listing.silent), (*listing.texts, reply)),
        Listing(tuple(parts)) if outcome == "listed" else None,
    )


def _with_ticket(remedy: str | None, said: Sequence[str]) -> str | None:
    """`remedy` with the number of the SBL ticket, where the list itself or the receiver gives one."""
    if remedy is None or _TICKET not in remedy:
        return remedy
    numbers = (match[0].upper() for text in said if (match := _SBL_NUMBER.search(text)))
    number = next(numbers, None)
    return remedy.replace(_TICKET, f"the ticket {number}", 1) if number is not None else remedy


def not_asked(check: Check, entry: Blocklist) -> CheckResult:
    """The result for a list that is gone, or that only customers can ask."""
    if entry.status == "gone":
        return finding(
            check,
            "warn",
            "gone",
            f"{entry.name} ({entry.zone}) is gone since {entry.since}: the receiver must remove it",
            (entry.end or "",),
            f"Tell the receiver's postmaster that {entry.zone} closed in {entry.since} and must be taken out "
            "of the mail server's configuration; nobody can be removed from it.",
        )
    page = entry.page_for(check.target)
    return finding(
        check,
        "skipped",
        "not_asked",
        f"{entry.name} answers its customers only: look {check.target} up on its page",
        (
            entry.rule or "",
            *([f"with a key in your config it is asked ([lists] {entry.account})"] if entry.account else []),
        ),
        f"Open {page}" if page else None,
    )


def _refuses(listing: ListAnswer) -> str:
    return "gives no answer that can be believed here" if listing.concluded else "refused to answer"


def _ask_receiver(entry: Blocklist) -> str:
    own = _own_resolver(entry)
    return (
        f"Ask the receiver's postmaster how to get off {entry.zone}: it cannot be asked like a public list. "
        f"Or {own[:1].lower()}{own[1:]}"
    )


def _own_resolver(entry: Blocklist) -> str:
    key = f", or with a key of the list in your config ([lists] {entry.account})," if entry.account else ""
    return f"Ask through a resolver of your own (unbound on this host, say){key} and run the check again."


def _meanings(codes: list[Code]) -> list[str]:
    return list(dict.fromkeys(code.meaning for code in codes))


def _because(codes: list[Code]) -> str:
    """What the codes mean; a list that we do not know says no more than that it lists."""
    meanings = [meaning for meaning in _meanings(codes) if meaning != "listed"]
    return f": {listed_words(meanings)}" if meanings else ""


def _part_name(check: Check, entry: Blocklist) -> str:
    zone = check.id.partition(":")[2]
    return f"{zone} (asked through {entry.name})" if zone in entry.parts else entry.name


def _other_parts(codes: list[Code]) -> str:
    """For a part of a list: in which other parts of it the subject stands."""
    parts = list(dict.fromkeys(code.part for code in codes if code.part))
    return f", but in another part of that list: {', '.join(parts)}" if parts else ""


def _details(entry: Blocklist, listing: ListAnswer) -> list[str]:
    lines = []
    for answer, code in listing.codes:
        part = f" {code.part}" if code.part else ""
        rule = f". {code.rule}" if code.rule else ""
        lines.append(f"{answer}{part}: {code.meaning}{rule}")
    lines += [f"the list says: {text}" for text in listing.texts]
    lines += listing.lines
    if listing.proof is not None:
        lines.append(listing.proof)
    if listing.outcome in ("refused", "unusable") and entry.condition is not None:
        lines.append(entry.condition)
    return list(dict.fromkeys(lines))


def _remedy(
    entry: Blocklist, outcome: ListingOutcome, subject: str, codes: list[Code], *, silent: bool
) -> str | None:
    page = entry.page_for(subject)
    if outcome in ("listed", "range"):
        rules = dict.fromkeys(code.rule or entry.rule or "" for code in codes)
        where = f"Open {page}" if subject in (page or "") else f"Open {page} for {subject}"
        return (
            " ".join([f"{where}.", *rules]).strip()
            if page
            else " ".join(rules).strip()
            or (f"Ask the operator of {entry.zone} for the removal of {subject}.")
        )
    if outcome == "refused":
        where = f" Or look {subject} up on {page}." if page else ""
        return _own_resolver(entry) + where
    if outcome == "unusable":
        if page is None:
            return _ask_receiver(entry)
        return f"{'Run the check again, or look' if silent else 'Look'} {subject} up on {page}."
    return None
