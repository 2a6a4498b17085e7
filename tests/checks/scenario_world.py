"""What scenarios are made of: the world as it is when all is well, and builders of bounces and of changes."""

from collections.abc import Mapping
from typing import NamedTuple

from bounce_mail import IP, KEY_RECORD, RECIPIENT, REMOTE, original, postfix, refused

HOLDS, GONE, OPEN = "still_holds", "no_longer_holds", "cannot_be_known"

PROOF = "2.0.0.127 A 127.0.0.2\n"
ZEN, SPAMCOP, DBL, URIBL = "zen.spamhaus.org", "bl.spamcop.net", "dbl.spamhaus.org", "multi.uribl.com"
REVERSE, REVERSE6 = "2.0.192.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa"
OF_LISTS = {
    **dict.fromkeys(
        (ZEN, SPAMCOP, "psbl.surriel.com", "b.barracudacentral.org", "dnsbl-2.uceprotect.net"), PROOF
    ),
    **dict.fromkeys(("hostkarma.junkemailfilter.com", "all.s5h.net", "ips.backscatterer.org"), PROOF),
    **dict.fromkeys(("dnsbl-1.uceprotect.net", "dnsbl-3.uceprotect.net", "bl.mailspike.net"), PROOF),
    **dict.fromkeys(("bl.blocklist.de", "dnsbl.dronebl.org"), PROOF),
    "list.dnswl.org": "2.0.0.127 A 127.0.10.0\n",
    DBL: "dbltest.com A 127.0.1.2\n",
    "multi.surbl.org": "test.surbl.org A 127.0.0.126\n",
    URIBL: f"2.0.0.127 A 127.0.0.14\ntest.{URIBL[6:]} A 127.0.0.14\n",
}
TOPS = "com TXT x\nnet TXT x\norg TXT x\narpa TXT x"
"""What the root of every world holds: a resolver that denies these is not believed."""
WELL: dict[str, str] = {
    ".": TOPS,
    "ours.example": '@ MX 10 mx\n@ TXT "v=spf1 ip4:192.0.2.10 -all"\n'
    "mx A 192.0.2.10\nmx AAAA 2001:db8:25::10",
    "remote.example": "@ MX 10 mx\nmx A 198.51.100.25",
    REVERSE: "10 PTR mx.ours.example.",
    REVERSE6: "",
    **OF_LISTS,
}
ME = "10.2.0.192"
IP6 = "2001:db8:25::10"
ME6 = "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.5.2.0.0.8.b.d.0.1.0.0.2"
BACK = {"gone.example": "@ MX 10 mx\nmx A 198.51.100.9"}


# A world in which no zone of `WELL` is.
BARE: dict[str, str | None] = dict.fromkeys(WELL)


class Scenario(NamedTuple):
    """A bounce, what of the world is other than `WELL` (None: no such zone), and the verdict (or one for each
    recipient); words of its next step, a check that it rests on, words that it never says; the sending IP
    and the envelope sender as the user puts them."""

    bounce: bytes
    world: Mapping[str, str | None]
    verdict: str | tuple[str, ...]
    step: str = ""
    because: str = ""
    never: str = ""
    ip: str | None = None
    sender: str | None = None


def blocked(zone: str, ip: str = IP, more: str = "") -> str:
    return f"554 5.7.1 Service unavailable; Client host [{ip}] blocked using {zone}{more}"


def on(zone: str, records: str) -> dict[str, str | None]:
    return {zone: OF_LISTS.get(zone, PROOF) + records}


def only(zone: str, records: str) -> dict[str, str | None]:
    return {zone: records}


def ours(spf: str = "v=spf1 ip4:192.0.2.10 -all", more: str = "") -> dict[str, str | None]:
    return {"ours.example": f'@ MX 10 mx\nmx A 192.0.2.10\n@ TXT "{spf}"\n{more}'}


def lost(domain: str, rdtype: str = "MX", again: str = "") -> str:
    return (
        f"Host or domain name not found. Name service error for name={domain} type={rdtype}: "
        f"Host not found{again}"
    )


SENDER_ON_DBL = "554 5.7.1 Service unavailable; Sender address [{}] blocked using dbl.spamhaus.org"
NO_PTR = (
    "550-5.7.25 [{0}] The IP address sending this message does not have a PTR record setup, or the "
    "corresponding forward DNS entry does not point to the sending IP. - gsmtp"
)
SPF_FAIL = "550 5.7.23 SPF fail - not authorized: id=bob@ours.example;ip=192.0.2.10"
PERMERROR = "550 5.7.24 SPF validation error: permerror for ours.example"
EITHER = (
    "550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all "
    "senders to authenticate with either SPF or DKIM. Authentication results: DKIM = did not pass "
    "SPF [ours.example] with ip: [192.0.2.10] = did not pass - gsmtp"
)
DMARC = "550-5.7.26 Unauthenticated email from {} is not accepted due to domain's DMARC policy. - gsmtp"
NO_DKIM = "550 5.7.20 No passing DKIM signature found for ours.example"
NO_SENDER = "450 4.1.8 <bob@ours.example>: Sender address rejected: Domain not found"
NULL_MX = "Domain gone.example does not accept mail (nullMX)"
LINK = "550 5.7.1 Blocked: shady.example listed at multi.uribl.com"
BY_ESP = "bounce@esp.example"


def by_esp(from_: str = "bob@ours.example", *, headers_only: bool = False, signer: str = "") -> bytes:
    returned = original(sender=BY_ESP, from_=from_, signer=signer)
    words = DMARC.format(from_.partition("@")[2])
    return refused(words, sender=BY_ESP, returned=returned, headers_only=headers_only)


def esp(policy: str, more: str = "") -> dict[str, str | None]:
    return {
        "esp.example": '@ TXT "v=spf1 ip4:192.0.2.10 -all"\n' + KEY_RECORD,
        **ours(more=f'_dmarc TXT "v=DMARC1; {policy}"\n{more}'),
    }


def signed(words: str = NO_DKIM, *, signer: str = "ours.example", headers_only: bool = False) -> bytes:
    return refused(words, returned=original(signer=signer), headers_only=headers_only)


OF_ESP: dict[str, str | None] = {"esp.example": '@ TXT "v=spf1 ip4:192.0.2.10 -all"\n'}
OURS = WELL["ours.example"] + "\n"
SPF_WHY = (
    "550 5.7.23 <ann@remote.example>: Recipient address rejected: Message rejected due to: SPF fail - not "
    "authorized. Please see http://www.openspf.net/Why?s=mfrom;id=bob@ours.example;ip=192.0.2.10;r=<UNKNOWN>"
)
NO_HOSTNAME = "450 4.7.25 Client host rejected: cannot find your hostname, [{}]"


def two(first: str, second: str) -> bytes:
    """One mail to two receivers, each with its own words."""
    return postfix((RECIPIENT, REMOTE, first), ("eve@third.example", "mx.third.example[203.0.113.5]", second))


THIRD: dict[str, str | None] = {"third.example": "@ MX 10 mx\nmx A 203.0.113.5"}
