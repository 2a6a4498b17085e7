"""The receiver's own opinion of the sender: a listing, a missing name, a failing SPF may explain it."""

from bounce_tui.check_outcome import Page
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.dns.wording import listed_words
from bounce_tui.checks.planning.quoted_contacts import contact
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, not_settled, on_guess, still_holds
from bounce_tui.checks.verdicts.listed import blocklisted, delist, listing, name, on_ip, pages
from bounce_tui.checks.verdicts.own_page import who_lifts

# Words by which a receiver tells that it goes by a list that nobody else can see.
_OWN_LIST = tuple(
    f"{whose} {what}"
    for whose in ("our", "our local", "local", "our internal", "internal", "our own", "own", "private")
    for what in ("blacklist", "blocklist", "black list", "block list", "denylist", "deny list")
)


def by_public_list(facts: Facts) -> Verdict:
    """blocklisted: a list of the receiver's own, or a system that has a page only, may stand behind it, too;
    then public lists prove nothing."""
    if facts.diagnosis.who_acts == "recipient_admin" and not any(
        one.outcome == "gone" for one in facts.results
    ):
        return _misread(facts)
    named = any(result.quoted for result in facts.of_kinds("dnsbl", "rhsbl"))
    if not named and (pages(facts) or facts.reply_has(*_OWN_LIST)):
        return own_rules(facts)
    return blocklisted(facts)


def _misread(facts: Facts) -> Verdict:
    """The receiver took a list's refusal to answer for a listing: what the list says of the sender has no
    part in it, and DNS cannot see whether the receiver asks rightly by now."""
    listed = [result for result in facts.of_kinds("dnsbl", "rhsbl") if result.outcome == "listed"]
    beside = f"; beside that, {listing(facts, listed)}" if listed else ""
    return cannot_be_known(
        "the bounce quotes no listing: the list refused to answer the receiver's resolver, and only the "
        f"receiver can tell whether that is mended{beside}",
        f"{facts.first_step or ''} Sending again fails until they have mended it.".lstrip(),
        listed,
    )


def own_rules(facts: Facts) -> Verdict:
    """blocked, bad_reputation, spam_detected: a fault in DNS can explain it; that none is found proves
    nothing, unless the reply gives a list for its ground."""
    if any(result.quoted and result.id in facts.diagnosis.checks for result in facts.results):
        return blocklisted(facts)
    listed = [result for result in facts.of_kinds("dnsbl", "rhsbl") if result.outcome == "listed"]
    if listed and facts.diagnosis.reason == "blocked" and facts.diagnosis.temporary:
        # The bounce quotes the receiver's own block, which time lifts; a public listing is another matter.
        return cannot_be_known(
            f"{listing(facts, listed)}; but the bounce quotes a block of the receiver's own that lasts "
            "for a time, and DNS cannot see that one",
            f"{delist(listed)} Then send again: the receiver's own block runs out by itself.",
            listed,
        )
    opened = pages(facts)
    if listed and opened:
        return _beside_page(facts, opened[0], listed)
    if listed and facts.reply_has(*_OWN_LIST):
        return _beside_own_list(facts, listing(facts, listed), delist(listed), listed)
    if listed:
        summary = f"{listing(facts, listed)}: a likely ground for the refusal that still stands"
        return on_ip(facts, listed, still_holds(summary, delist(listed), listed))
    for check_id in ("ptr", "spf"):
        result = facts.result(check_id)
        if result is None or result.outcome == "timeout":
            continue  # silence is no ground for anything
        if result.state == "fail" or (result.outcome == "generic" and facts.blames_generic_name):
            if facts.reply_has(*_OWN_LIST) or pages(facts):
                return _beside_own_list(facts, result.summary, result.remedy, [result])
            summary = f"{result.summary}: a likely ground for the refusal that still stands"
            return on_guess(facts, still_holds(summary, result.remedy, (result,)))
    return _nothing_found(facts)


def _nothing_found(facts: Facts) -> Verdict:
    opened = pages(facts)
    looked = [result for result in facts.results if result.state in ("pass", "warn")]
    if opened:
        return cannot_be_known(opened[0].summary, _of_page(facts, opened[0]), [*opened, *looked])
    if not looked:
        return not_settled(facts, "dnsbl", "rhsbl", "ptr", "spf")
    of_lists = facts.of_kinds("dnsbl", "rhsbl")
    silent = [name(result) for result in of_lists if result.state == "unknown"]
    but = f" ({listed_words(silent)} could not be asked)" if silent else ""
    clear = [result for result in of_lists if result.quoted and result.state == "pass"]
    now = f"{clear[0].summary} now, and nothing else" if clear else "nothing"
    return cannot_be_known(
        f"{now} in DNS speaks against the sender{'' if clear else ' now'}{but}; whether the receiver does, "
        "only it can tell",
        _ask(facts),
        looked,
    )


def _beside_page(facts: Facts, page: CheckResult, listed: list[CheckResult]) -> Verdict:
    """The verdict where the bounce quotes a system that only has a page: another list that holds the address
    may be the reason, but is not the one that was quoted."""
    return cannot_be_known(
        f"{page.summary}; beside that, {listing(facts, listed)}: a likely ground, though the bounce does not "
        "name it",
        f"{delist(listed)} Then: {_of_page(facts, page) or _then_ask(facts)}",
        [page, *listed],
    )


def _beside_own_list(facts: Facts, fault: str, remedy: str | None, because: list[CheckResult]) -> Verdict:
    """A fault that is worth mending, and need not be what the receiver's own list or system goes by."""
    opened = pages(facts)
    where = _of_page(facts, opened[0]) if opened else None
    return cannot_be_known(
        f"{fault}; but the receiver goes by a list of its own, which DNS cannot see",
        f"{remedy or 'Mend that first.'} {f'Then: {where}' if where else _then_ask(facts)}",
        because,
    )


def _ask(facts: Facts) -> str:
    """What to do where nothing was found; no postmaster lets unwanted content through."""
    first = facts.first_step
    if first and facts.diagnosis.reason == "spam_detected":
        return first
    named = contact(facts.inputs)
    if first and named is not None and named in first:
        return f"{first} The refused address is {_who(facts)}." if _who(facts) not in first else first
    return f"{first} {_then_ask(facts)}" if first else f"Send again. {_then_ask(facts)}"


def _then_ask(facts: Facts) -> str:
    """The receiver's own list is lifted by the receiver alone, and only once the cause is gone."""
    domain, named, hoster = facts.inputs.recipient_domain, contact(facts.inputs), who_lifts(facts)
    whom = f"the postmaster of {domain}" if domain else "the receiver's postmaster"
    if hoster is not None:
        whom = hoster
    elif named is not None:
        whom += f" ({named}, says the reply)"
    return f"Then ask {whom} to let {_who(facts)} through."


def _who(facts: Facts) -> str:
    ip = facts.inputs.sending_ip
    return ip.value if ip is not None else "your server"


def _of_page(facts: Facts, page: CheckResult) -> str | None:
    """What to do on the system's page, and the page by which the receiver explains its reply."""
    rule = f" {page.details[0]}" if page.details else ""
    url = facts.diagnosis.url
    more = f" The receiver's own words on it: {url}" if url and url not in page.of(Page).url else ""
    return f"{page.remedy}.{rule}{more}" if page.remedy else None
