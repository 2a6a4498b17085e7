"""Mail that a server sends by itself to where a domain wants to hear of its mail: aggregate reports.

The address stands in a record of that domain, so that nobody mends it by comparing letters.
"""

import re
from urllib.parse import unquote

from bounce_tui.check_results import Inputs, Seen
from bounce_tui.checks.authentication.dmarc_walk import read_record
from bounce_tui.domain_name import to_ascii
from bounce_tui.reason import ReasonSlug
from bounce_tui.reason_groups import reason_groups
from bounce_tui.regex import regex

_LONGEST_READ = 2000
# "Report Domain: example.org Submitter: mail.example.net Report-ID: <1>" (RFC 7489 section 7.2.1.1; RFC 8460
# section 5.3 has the same for reports of TLS, and a field that tells them apart).
_SUBJECT = regex(r"\breport[ -]domain:\s{0,5}([^\s;,]{3,253})[\s;,]{1,9}submitter:", re.IGNORECASE)
_OF_TLS = regex(rb"^tls-report-(?:domain|submitter):", re.IGNORECASE | re.MULTILINE)


def is_of_dead_address(reason: ReasonSlug) -> bool:
    """Whether an address that failed for `reason` takes no mail, and will take none in time."""
    return reason == "host_unknown" or reason in reason_groups().dead_address


def report_domain(inputs: Inputs) -> str | None:
    """The domain that the returned mail is a DMARC report about, None where it is none."""
    original = inputs.original
    if original is None or original.subject is None:
        return None
    found = _SUBJECT.search(original.subject[:_LONGEST_READ])
    head = original.content.partition(b"\n\n")[0]
    if found is None or _OF_TLS.search(head) is not None:
        return None
    return to_ascii(found[1].strip("<>"))


def names_as_rua(seen: Seen, addresses: frozenset[str]) -> bool:
    """Whether a DMARC record wants its reports at one of `addresses` (lower case)."""
    if seen.rdtype != "TXT" or not seen.name.startswith("_dmarc."):
        return False
    records = (read_record(seen.name, text) for text in seen.records)
    places = ",".join(record.tags.get("rua", "") for record in records if record is not None)
    return any(_address(place) in addresses for place in places.split(","))


def _address(place: str) -> str:
    """The address of "mailto:reports@example.org!10m"."""
    return unquote(place.strip().lower().removeprefix("mailto:").partition("!")[0])
