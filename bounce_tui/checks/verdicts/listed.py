"""The cause that blocklists can show: a public list stands behind the refusal."""

from collections.abc import Iterable

from bounce_tui.check_outcome import Listing
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.blocklists.catalog import Blocklist
from bounce_tui.checks.dns.wording import listed_words
from bounce_tui.checks.planning.registry import list_of
from bounce_tui.checks.verdicts.facts import (
    Facts,
    cannot_be_known,
    no_longer_holds,
    not_settled,
    on_guess,
    still_holds,
)


def blocklisted(facts: Facts) -> Verdict:
    """A public list stands behind the refusal: the quoted list first, then the others."""
    results = facts.of_kinds("dnsbl", "rhsbl")
    quoted = _quoted(facts, results)
    if not quoted:
        return not_settled(facts, "dnsbl", "rhsbl", "link")
    left = [result for result in quoted if _has_left(facts, result)]
    standing = [result for result in quoted if result not in left and _stands(result)]
    elsewhere = [result for result in results if result not in quoted and result.outcome == "listed"]
    if standing:
        listed = [*standing, *elsewhere]
        return on_ip(facts, standing, still_holds(listing(facts, listed), delist(standing), listed))
    return (
        _no_ground(facts, quoted)
        or _unanswered(facts, quoted)
        or on_ip(facts, left or quoted, _cleared(facts, quoted, left, elsewhere))
    )


def _stands(result: CheckResult) -> bool:
    return result.outcome == "listed" or result.outcome == "range"


def _no_ground(facts: Facts, quoted: list[CheckResult]) -> Verdict | None:
    """The verdict on lists that a receiver must not refuse by: allow-lists, and those that are gone."""
    praised = [result for result in quoted if _is_allow_list(result)]
    if praised and len(praised) == len(quoted):
        return _misused(facts, praised[0])
    gone = [result for result in quoted if result.outcome == "gone"]
    return cannot_be_known(gone[0].summary, gone[0].remedy, gone) if gone else None


def _unanswered(facts: Facts, quoted: list[CheckResult]) -> Verdict | None:
    """The verdict where a quoted list did not answer: one that only its customers can ask stays unknown,
    however clear the others are."""
    closed = [result for result in facts.results if result.quoted and result.outcome == "not_asked"]
    unknown = [*(result for result in quoted if result.state == "unknown"), *closed]
    if not unknown:
        return None
    clear = [name(result) for result in quoted if result.outcome == "not_listed"]
    rest = f"; not listed by {listed_words(clear)}" if clear else ""
    return cannot_be_known(unknown[0].summary + rest, unknown[0].remedy, [*quoted, *closed])


def _cleared(
    facts: Facts, quoted: list[CheckResult], left: list[CheckResult], elsewhere: list[CheckResult]
) -> Verdict:
    """The verdict where the quoted lists do not hold it now: it has left a part of one, or others list it, or
    none does."""
    if left:
        return _has_moved(facts, [*left, *elsewhere])
    if elsewhere:
        return no_longer_holds(
            facts,
            f"{quoted[0].summary} now, but {listing(facts, elsewhere)}",
            [*quoted, *elsewhere],
            f"{delist(elsewhere)} Other receivers may refuse until then.",
        )
    if not quoted[0].quoted:
        return _clear_of_all(quoted)
    also = f", nor by {listed_words([name(result) for result in quoted[1:]])}" if len(quoted) > 1 else ""
    return no_longer_holds(facts, f"{quoted[0].summary}{also} now", quoted)


def _is_allow_list(result: CheckResult) -> bool:
    entry = list_of(result.id)
    return entry is not None and entry.status == "alive" and entry.is_allow_list


def _misused(facts: Facts, result: CheckResult) -> Verdict:
    """The verdict where an allow-list was quoted as the ground of a refusal: its answers speak against
    nobody."""
    zone = result.id.partition(":")[2]
    step = (
        f"Tell the postmaster of {facts.inputs.recipient_domain or 'the recipient'} that {zone} is an "
        "allow-list: an answer of it is a good mark, and no ground to refuse mail."
    )
    return cannot_be_known(f"{result.summary}; but {name(result)} is no list to refuse by", step, (result,))


def _clear_of_all(asked: list[CheckResult]) -> Verdict:
    """The verdict where the bounce says "a list" and not which: the great ones are clear, a private one
    cannot be seen."""
    names = listed_words([name(result) for result in asked])
    return cannot_be_known(
        f"{asked[0].target} is not listed by {names}; but which list it was, the bounce does not say",
        "Send again; if it is refused once more, ask the receiver's postmaster which list it is.",
        asked,
    )


def pages(facts: Facts) -> list[CheckResult]:
    """The systems that judged the mail and have a page only."""
    return [result for result in facts.results if result.outcome == "open_page"]


def _quoted(facts: Facts, results: tuple[CheckResult, ...]) -> list[CheckResult]:
    """The results of the lists that the bounce names; of all lists when it names none."""
    named = any(result.quoted for result in facts.results)
    return [result for result in results if result.quoted or not named]


def listing(facts: Facts, listed: list[CheckResult]) -> str:
    """ "192.0.2.1 is listed by Spamhaus ZEN (SBL)", with the quoted part set against the present one."""
    first = listed[0]
    entry = list_of(first.id)
    more = [result for result in listed[1:] if result.outcome == "listed"]
    also = f"; also by {listed_words([name(result) for result in more])}" if more else ""
    quoted = _quoted_parts(facts, entry) if entry is not None else set()
    parts = set(first.of(Listing).parts)
    if entry is not None and quoted and parts and not quoted & parts:
        was, now = listed_words(_by_label(facts, quoted)), listed_words(sorted(parts))
        return f"{first.target} has left {was}, but {entry.name} lists it still, in {now}{also}"
    return first.summary + also


def _has_left(facts: Facts, result: CheckResult) -> bool:
    """True when the receiver asks the zone of one part (sbl.spamhaus.org), and only other parts of the whole
    hold the address now: that zone answers "not listed"."""
    entry = list_of(result.id)
    if entry is None or result.outcome != "listed" or entry.zone in facts.reply:
        return False
    asked = _parts_of_zones(entry, [zone for zone in entry.parts if zone in facts.reply])
    return bool(asked) and not asked & set(result.of(Listing).parts)


def _has_moved(facts: Facts, listed: list[CheckResult]) -> Verdict:
    """The verdict on an address that has left the part of a list which this receiver asks, but is in
    another."""
    first = listed[0]
    entry = list_of(first.id)
    zones = [zone for zone in (entry.parts if entry is not None else ()) if zone in facts.reply]
    return no_longer_holds(
        facts,
        f"{first.target} is not in {listed_words(zones)} now, which the bounce names; but {first.summary}",
        listed,
        f"Send again: who asks {listed_words(zones)} alone lets it pass. Receivers that ask all of "
        f"{name(first)} refuse until it is off there as well: {delist(listed)}",
    )


def _parts_of_zones(entry: Blocklist, zones: Iterable[str]) -> set[str]:
    return {part for zone in zones for part in entry.parts.get(zone, ())}


def _quoted_parts(facts: Facts, entry: Blocklist) -> set[str]:
    """The parts of a list that the diagnosis speaks of, by a part's zone or by name."""
    asked = (check_id.partition(":")[2] for check_id in facts.diagnosis.checks)
    by_zone = _parts_of_zones(entry, (*facts.diagnosis.lists, *asked))
    named = {code.part for code in entry.codes if code.part and facts.evidence_holds(code.part)}
    # "ZEN (SBL, XBL or PBL) lists the IP" names the list, not the part.
    return by_zone or (named if len(named) == 1 else set())


def _by_label(facts: Facts, quoted: set[str]) -> list[str]:
    """The parts as people call them: sbl.spamhaus.org is the SBL, whatever else that zone holds."""
    labels = {zone.partition(".")[0] for zone in facts.diagnosis.lists}
    return sorted(part for part in quoted if part.lower() in labels) or sorted(quoted)


def delist(listed: list[CheckResult]) -> str:
    """The step that takes the address or domain off the first of the lists that hold it."""
    return listed[0].remedy or "Ask the list's operator for removal."


def name(result: CheckResult) -> str:
    """The name of the list that `result` is about, or its zone where we do not know the list."""
    entry = list_of(result.id)
    return entry.name if entry is not None else result.id.partition(":")[2]


def on_ip(facts: Facts, rests_on: list[CheckResult], verdict: Verdict) -> Verdict:
    """Only lists of addresses depend on the sending IP."""
    return on_guess(facts, verdict) if any(result.id.startswith("dnsbl:") for result in rests_on) else verdict
