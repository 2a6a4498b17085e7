"""Whether the mail came by a mailing list, which sends in the names of others."""

import re

from bounce_tui.check_results import Inputs
from bounce_tui.domain_name import domain_of
from bounce_tui.regex import regex

_LONGEST_READ = 65_536
# RFC 2369 section 3.4: where one writes to the list.  A newsletter has other List- fields, but not this one.
_POST = regex(rb"^list-post:[ \t]*(?:\n[ \t]+)?<mailto:([^>?\s]{3,320})", re.IGNORECASE | re.MULTILINE)


def list_behind(inputs: Inputs) -> str | None:
    """The address of the list that passed the mail on in the name of an author elsewhere."""
    if inputs.original is None or inputs.from_domain is None:
        return None
    head = inputs.original.content[:_LONGEST_READ].partition(b"\n\n")[0]
    match = _POST.search(head)
    address = match[1].decode("ascii", "replace") if match is not None else ""
    domain = domain_of(address)
    return None if domain is None or domain == inputs.from_domain.value else address
