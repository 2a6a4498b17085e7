"""Whether a recipient was mistyped, and what may have been meant.  A question, never a fact."""

from collections.abc import Iterable, Sequence

from bounce_tui.hints.failure_hints import Mistyped
from bounce_tui.hints.lookalike import beside, known, provider_at_end, resembles
from bounce_tui.hints.odd_characters import latin_for
from bounce_tui.hints.similar_addresses import Addresses, Neighbour, is_dead, is_unreached
from bounce_tui.hints.stray_characters import without_strays
from bounce_tui.model import Bounce, Failure
from bounce_tui.reason import ReasonSlug
from bounce_tui.reason_groups import reason_groups
from bounce_tui.regex import regex

_ADDRESS = regex(r"[^\s<>,;:\"'()\[\]@\\]{1,64}@[^\s<>,;:\"'()\[\]@\\]{1,255}")
_QUOTED = regex(r"[<\"']([^<>\"'@]{1,100}@[^<>\"'@]{1,255})[>\"']")
# A mail program's "<mailto:..." is its own way to show a link, not what was typed.
_ECHOED = regex(r"<(?!mailto:)([^<>@\s]{1,100}@[^<>@\s]{1,255})>")
_READ = 20_000
_MOST_READ = 200
_LONGEST = 400
MOST_BESIDE = 200
"""Other failures of a bounce that are looked at: of thousands, none is told from each other one."""
_MOST = 3


def mistyped(
    failure: Failure,
    bounce: Bounce,
    reason: ReasonSlug,
    *,
    cc: str = "",
    listed: Addresses | None = None,
    own: Sequence[str] = (),
    reasons: Sequence[ReasonSlug] = (),
) -> tuple[Mistyped, ...]:
    """What the recipient of `failure` may have been meant to be, likeliest first, at most three.

    Args:
        reason: The diagnosis.  Any failure may be that of a stranger's domain; the name before the @ is
            looked at where the reason is the address.
        cc: The Cc field of the original, decoded, where it is known.
        listed: Other recipients of the bounces at hand.
        own: The admin's own domains.
        reasons: The diagnoses of all failures of the bounce, in their order: what failed beside this one,
            because it is not there, was not meant either.
    """
    address = (failure.recipient or failure.original_recipient or "").strip()
    if reason in reason_groups().no_failure or not 0 < len(address) <= _LONGEST:
        return ()
    written = _written_to(bounce, cc)
    written.pop(address.lower(), None)
    beside_it = _failed(bounce, reasons) if written and len(reasons) > 1 else {}
    unreached = {one.rpartition("@")[2] for one, reason in beside_it.items() if is_unreached(reason)}
    reached = {key: one for key, one in written.items() if key.rpartition("@")[2] not in unreached}
    found: dict[str, Mistyped] = {}
    # The host behind a mistyped domain is a stranger's, who may refuse for any reason ("blocked using ...")
    # but one of a mailbox.
    for one in _by_characters(failure, reason) if reason not in reason_groups().of_mailbox else ():
        found.setdefault(one.address.lower(), one)
    for one in _by_domain(address, reason, [*own, *_own_domains(bounce, failure)], reached, listed):
        found.setdefault(one.address.lower(), one)
    if reason in reason_groups().no_such_address:
        alive = {key: one for key, one in reached.items() if not is_dead(beside_it.get(key))}
        for neighbour in _neighbours(address, alive, listed):
            found.setdefault(neighbour.address.lower(), _beside(address, neighbour))
    found.pop(address.lower(), None)
    if reason in reason_groups().no_such_address:
        echoed = _as_the_server_saw_it(failure.diagnostic, address)
        return (*echoed, *found.values())[:_MOST]
    return tuple(found.values())[:_MOST]


def _failed(bounce: Bounce, reasons: Sequence[ReasonSlug]) -> dict[str, ReasonSlug]:
    """The failed recipients of `bounce`, as far as it is worth to look, each with its reason."""
    found = zip(bounce.failures[:MOST_BESIDE], reasons, strict=False)
    return {one.recipient.lower(): reason for one, reason in found if one.recipient}


def _as_the_server_saw_it(diagnostic: str, address: str) -> tuple[Mistyped, ...]:
    """The address in the reply with a character that does not belong: the report's own field, and whoever
    read it, may have lost the very one that was in the way."""
    for found in _ECHOED.finditer(diagnostic[:_READ]):
        stray = without_strays(found[1])
        if stray is not None and stray.address.lower() == address.lower():
            return (Mistyped(found[1], address, f"{stray.words} in {found[1]}: {address}"),)
    return ()


def _by_characters(failure: Failure, reason: ReasonSlug) -> Iterable[Mistyped]:
    texts = [failure.recipient, failure.original_recipient]
    if reason == "bad_address":
        # The report's own field may have lost the very character that the reply complains about.
        texts += [found[1] for found in _QUOTED.finditer(failure.diagnostic[:_READ])]
    for text in dict.fromkeys(texts):
        # Three dots stand for letters that the report leaves out: david...@gmail.com.
        stray = without_strays(text) if text and "..." not in text else None
        if stray is not None:
            local, _, domain = stray.address.rpartition("@")
            meant = resembles(domain)
            if meant is None and "." not in domain:
                continue
            address = f"{local}@{meant.domain}" if meant else stray.address
            yield Mistyped(text or "", address, f"{stray.words} in {text}: {address}")


def _by_domain(
    address: str, reason: ReasonSlug, own: Sequence[str], written: dict[str, str], listed: Addresses | None
) -> Iterable[Mistyped]:
    local, at, domain = address.rpartition("@")
    gone = reason in reason_groups().no_such_domain
    if not at:
        return
    name, provider = _without_at(local)
    if provider is not None:
        yield Mistyped(local, f"{name}@{provider}", f"{local} has no @: {name}@{provider}")
        return
    meant = resembles(domain, own=own, gone=gone)
    others = [*_domains(written), *(listed.domains if listed is not None else ())]
    if meant is None and domain.lower() not in others:
        meant = beside(domain, others, gone=gone)
    if meant is not None:
        whole = f"{local}@{meant.domain}"
        words = f"{domain} looks like {meant.domain}: {whole}"
        if not domain.isascii() or "xn--" in domain.lower() or meant.words.startswith("there is no"):
            words = f"{domain} looks like {meant.domain} ({meant.words}): {whole}"
        yield Mistyped(domain, whole, words)
    elif not local.isascii() and domain.isascii():
        latin, strange = latin_for(local)
        if strange and latin.isascii() and any(char.isascii() and char.isalpha() for char in local):
            yield Mistyped(local, f"{latin}@{domain}", f"{local} holds {strange}: {latin}@{domain}")


def _without_at(local: str) -> tuple[str, str | None]:
    """The name and the provider's domain that stand in `local` without an @ between them: such an address
    is completed with the sender's domain on its way.  None for the domain where there is none.

    Where something else stands between them a program wrote it: bounces+bob=gmail.com.
    """
    provider = provider_at_end(local.lower()) if local.lower() not in known().domains else None
    name = local[: -len(provider)] if provider else ""
    if (
        provider is None
        or not name[-1].isalnum()
        or not all(char.isalnum() or char in "._-" for char in name)
    ):
        return local, None
    # On many keyboards the @ is on the key of the 2.
    return name.removesuffix("2") or name, provider


def _neighbours(address: str, written: dict[str, str], listed: Addresses | None) -> list[Neighbour]:
    beside = Addresses("which the mail was addressed to")
    beside.add((one, None) for one in written.values())
    found = beside.near(address)
    return found + (listed.near(address) if listed is not None else [])


def _beside(address: str, neighbour: Neighbour) -> Mistyped:
    place = neighbour.place
    if neighbour.reason:
        place += f" ({neighbour.reason.replace('_', ' ')})"
    local = address.rpartition("@")[0]
    words = f"{local} looks like {neighbour.address}, {place}"
    return Mistyped(local, neighbour.address, words)


def _written_to(bounce: Bounce, cc: str) -> dict[str, str]:
    """The addresses of To and Cc, by themselves in lower case."""
    to = bounce.original.to if bounce.original else None
    found: dict[str, str] = {}
    for text in (to or "", cc):
        for match in _ADDRESS.finditer(text[:_READ]):
            if len(found) >= _MOST_READ:
                break
            found.setdefault(match[0].lower().rstrip("."), match[0].rstrip("."))
    return found


def _own_domains(bounce: Bounce, failure: Failure) -> list[str]:
    """The domains of the sender."""
    found = bounce.envelope_senders_of(failure)[:3]
    addresses = [one.value for one in found if one.source != "outer_to" or one.sure]
    return _domains([f"@{bounce.from_domain or ''}", *addresses])


def _domains(addresses: Iterable[str]) -> list[str]:
    found = (address.rpartition("@")[2].lower().strip(". ") for address in addresses)
    return list(dict.fromkeys(domain for domain in found if domain))
