"""Where registries end: the public suffix list, as the library ships it."""

import asyncio
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


async def registered_domain(domain: str) -> str | None:
    """The domain that somebody registered above `domain` (A-labels), or itself; None for a public suffix.

    "news.school.k12.ca.us" is of "school.k12.ca.us".  A top-level domain that the list does not know
    counts as a public suffix.
    """
    # The list takes a tenth of a second to read, once.
    known = await asyncio.to_thread(_known)
    return known.privatesuffix(domain)


async def top_level_domain(domain: str) -> str | None:
    """The last label of `domain` (A-labels), or None where the list does not know it."""
    known = await asyncio.to_thread(_known)
    top = domain.rstrip(".").rpartition(".")[2]
    return top if top and known.publicsuffix(top, accept_unknown=False) == top else None


@lru_cache(maxsize=1)
def _known() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
