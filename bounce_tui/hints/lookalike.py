"""Domains that look like another: `gmial.com`, `yahoo.con`, `gmailcom`, a Cyrillic letter in a Latin name."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from bounce_tui.hints.odd_characters import latin_for, unpunycoded
from bounce_tui.hints.tables import mailbox_domains, typos
from bounce_tui.hints.typo import Typo, typo_between

_LONGEST = 253
_SHORTEST_LABEL = 5
"""Shorter names are all near each other: web, gmx, aol, mail, live."""
_SHORTEST_BIG = 4
"""But a letter may be missing from the name of one of the biggest, with mail in this many domains."""
_BIG = 10
_SHORTEST_GONE = 3
_LONG_LABEL = 7
"""From this length on two typos in a domain that does not exist are still more likely than chance."""
_SHORTEST_OWN = 8
_SHORTEST_AT_END = 7
_GENERIC = ("com", "co", "net", "org")
_ENDINGS_TOO_MANY = ("com", "net", "org")
_MOST_POOL = 50_000
_MANY = 1_000
"""So many are compared sooner by the library, with all it takes to load it."""


class Resembles(Struct, frozen=True, gc=False):
    """`domain` is what may have been meant, `words` what speaks for it."""

    domain: str
    words: str


class Known(Struct, frozen=True):
    """The providers' domains, indexed.  `compact` leads from a domain without its dots to the domain,
    `labels` from an ending to first labels, `endings` the other way round."""

    domains: frozenset[str]
    compact: dict[str, str]
    labels: dict[str, tuple[str, ...]]
    endings: dict[str, tuple[str, ...]]
    brands: dict[str, str]


@lru_cache(maxsize=1)
def known() -> Known:
    """The domains of mailbox_domains.toml, indexed on first use."""
    table = mailbox_domains()
    meant = [domain for provider in table.provider for domain in provider.domains]
    labels: dict[str, list[str]] = {}
    endings: dict[str, list[str]] = {}
    for domain in meant:
        label, _, ending = domain.partition(".")
        labels.setdefault(ending, []).append(label)
        endings.setdefault(label, []).append(ending)
    return Known(
        domains=frozenset(meant) | frozenset(table.neighbours.domains),
        compact={domain.replace(".", ""): domain for domain in reversed(meant)},
        labels={ending: tuple(several) for ending, several in labels.items()},
        endings={label: tuple(several) for label, several in endings.items()},
        brands={
            brand: next(domain for domain in provider.domains if domain.startswith(f"{brand}."))
            for provider in table.provider
            for brand in provider.brands
        },
    )


def resembles(domain: str, *, own: Sequence[str] = (), gone: bool = False) -> Resembles | None:
    """What `domain` may have been meant to be: a provider's domain, or one of `own`, which are the
    sender's and those of people written to.  `gone` says that `domain` does not exist: then weaker signs do.
    """
    domain = domain.lower().strip(". ")
    if not 3 <= len(domain) <= _LONGEST or domain in known().domains or domain in own or domain[0] == "[":
        return None
    readable = unpunycoded(domain)
    if not readable.isascii():
        return _in_latin(readable, own)
    if domain.startswith("www.") and domain.count(".") > 1:
        return Resembles(domain[4:], "it begins with www.")
    return (
        _by_own(domain, own, gone)
        or _by_dots(domain, gone)
        or _by_ending(domain, gone)
        or _by_label(domain, gone)
        or _by_no_such_ending(domain)
    )


def is_provider(domain: str) -> bool:
    """True for a domain of a provider where anybody may have a mailbox."""
    return domain in known().domains and domain not in mailbox_domains().neighbours.domains


def provider_at_end(text: str) -> str | None:
    """The longest domain of a provider that `text` ends with, something standing before it."""
    for at in range(1, len(text) - _SHORTEST_AT_END + 1):
        if text[at:] in known().domains:
            return text[at:]
    return None


def beside(domain: str, listed: Sequence[str], *, gone: bool = False) -> Resembles | None:
    """The one of `listed`, domains that mail has reached, that `domain` may have been meant to be.

    Among many domains chance brings neighbours, so unless `domain` is `gone` only letters swapped or
    doubled count.
    """
    found = _by_own(domain.lower().strip(". "), listed, gone, firm=not gone)
    return found if domain not in known().domains else None


def _in_latin(domain: str, own: Iterable[str]) -> Resembles | None:
    latin, strange = latin_for(domain)
    if strange and (latin in known().domains or latin in own):
        return Resembles(latin, f"it holds {strange}")
    return None


def _by_own(domain: str, own: Sequence[str], gone: bool, *, firm: bool = False) -> Resembles | None:
    """A whole domain one typo away.  A different ending is a different domain unless it is none."""
    pool = [one for one in own[:_MOST_POOL] if len(one) >= _SHORTEST_OWN]
    for meant in _nearest(domain, pool, 1):
        typo = typo_between(domain, meant)
        if typo is None or typo.digits or not (typo.likely or gone) or (firm and not typo.firm):
            continue
        ending = domain.rpartition(".")[2]
        if ending in typos().no_such_ending:
            return Resembles(meant, f"there is no .{ending}")
        if domain.rpartition(".")[0] != meant.rpartition(".")[0] or gone:
            return Resembles(meant, typo.words)
    return None


def _by_dots(domain: str, gone: bool) -> Resembles | None:
    """The right letters with a dot missing, in the wrong place, or written as a hyphen; or one ending too
    many."""
    stem, _, last = domain.rpartition(".")
    if stem.endswith(".com") and stem in known().domains and (gone or last in _ENDINGS_TOO_MANY):
        return Resembles(stem, "there is more behind .com")
    if "-" in domain and domain.replace("-", ".") in known().domains:
        return Resembles(domain.replace("-", "."), "a hyphen for a dot")
    meant = known().compact.get(domain.replace(".", ""))
    if meant is None:
        return None
    return Resembles(meant, "a dot is missing" if domain.count(".") < meant.count(".") else "the dots differ")


def _by_ending(domain: str, gone: bool) -> Resembles | None:
    """A provider's name with an ending that is not the provider's."""
    label, _, ending = domain.partition(".")
    endings = known().endings.get(label, ())
    if not endings or len(label) < (_SHORTEST_GONE if gone else 4) or not ending:
        return None
    fixed = typos().no_such_ending.get(ending)
    if fixed in endings:
        return Resembles(f"{label}.{fixed}", f"there is no .{ending}")
    near = []
    for one in endings:
        typo = typo_between(ending, one)
        if typo is not None and (not _differ_by_country(ending, one) or (typo.firm and gone)):
            near.append(one)
    if near:
        return Resembles(f"{label}.{near[0]}", f"the ending is .{near[0]}")
    brand = known().brands.get(label) if ending.partition(".")[0] in _GENERIC or "." not in ending else None
    return Resembles(brand, f"the ending is .{brand.partition('.')[2]}") if brand else None


def _differ_by_country(ending: str, other: str) -> bool:
    """Country codes are two letters that differ in one: .de is no typo of .dk."""
    one, two = ending.rpartition(".")[2], other.rpartition(".")[2]
    return len(one) == len(two) == 2 and one != two


def _by_label(domain: str, gone: bool) -> Resembles | None:
    """A provider's ending, or a typo of it, behind a name that is one typo away from the provider's."""
    label, _, ending = domain.partition(".")
    fixed = typos().no_such_ending.get(ending, ending)
    gone = gone or fixed != ending
    if len(label) < (_SHORTEST_GONE if gone else _SHORTEST_BIG):
        return None
    distance = 2 if gone and len(label) >= _LONG_LABEL else 1
    best: Resembles | None = None
    for meant in _nearest(label, known().labels.get(fixed, ()), distance):
        typo = typo_between(label, meant)
        if typo is None:
            if best is None and label[0] == meant[0] and min(len(label), len(meant)) >= _LONG_LABEL:
                best = Resembles(f"{meant}.{fixed}", "two letters differ")
        elif typo.separator:
            return Resembles(f"{meant}.{fixed}", typo.words)
        elif best is None and _is_mistake(typo, label, meant, gone):
            best = Resembles(f"{meant}.{fixed}", typo.words)
    return best


def _is_mistake(typo: Typo, label: str, meant: str, gone: bool) -> bool:
    if meant.isdigit():
        return False  # 163 and 126 have many real neighbours
    if len(meant) < _SHORTEST_LABEL:
        return gone and (typo.firm or (typo.likely and len(meant) >= _SHORTEST_BIG))
    if len(label) < _SHORTEST_LABEL and not gone:
        return meant in known().brands or len(known().endings[meant]) >= _BIG
    return typo.likely or gone


def _by_no_such_ending(domain: str) -> Resembles | None:
    stem, _, ending = domain.rpartition(".")
    fixed = typos().no_such_ending.get(ending)
    return Resembles(f"{stem}.{fixed}", f"there is no .{ending}") if stem and fixed else None


def _may_be_one_apart(word: str, other: str) -> bool:
    """False where more than one place differs: the beginning and the end that they share leave out no more
    than the two letters of a swap."""
    longer, shorter = max(len(word), len(other)), min(len(word), len(other))
    if longer - shorter > 1:
        return False
    before = behind = 0
    while before < shorter and word[before] == other[before]:
        before += 1
    while behind < shorter and word[-1 - behind] == other[-1 - behind]:
        behind += 1
    return before + behind >= longer - 2


def _nearest(word: str, pool: Sequence[str], distance: int) -> list[str]:
    """Those of `pool` at most `distance` away, nearest first, in the order of the pool."""
    if distance == 1 and len(pool) < _MANY:
        pool = [meant for meant in pool if _may_be_one_apart(word, meant)]
    if not pool:
        return []
    # A twentieth of a second to import, for those bounces only that call for it.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, pool, scorer=OSA.distance, score_cutoff=distance, limit=8)
    return [meant for meant, _, _ in sorted(found, key=lambda one: (one[1], one[2]))]
