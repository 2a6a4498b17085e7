"""The table of scenarios: a bounce, the state of the world, and the verdict that it calls for.

Each row was written as a careful postmaster would judge it, before the judges were looked at.
"""

import scenarios_of_authentication as of_authentication
import scenarios_of_hostility as of_hostility
import scenarios_of_hosts as of_hosts
import scenarios_of_lists as of_lists
import scenarios_of_named_parties as of_named_parties
import scenarios_of_next_steps as of_next_steps
import scenarios_of_other_changes as of_other_changes
import scenarios_of_quotes as of_quotes
import scenarios_of_routes as of_routes
import scenarios_of_worlds as of_worlds
from bounce_mail import IP, KEY_RECORD, RECIPIENT, exchange, exim, given_up, original, qmail, refused
from scenario_world import (
    BACK,
    BY_ESP,
    DBL,
    DMARC,
    EITHER,
    GONE,
    HOLDS,
    IP6,
    LINK,
    ME,
    ME6,
    NO_DKIM,
    NO_PTR,
    NO_SENDER,
    NULL_MX,
    OPEN,
    PERMERROR,
    REVERSE,
    REVERSE6,
    SENDER_ON_DBL,
    SPAMCOP,
    SPF_FAIL,
    URIBL,
    ZEN,
    Scenario,
    blocked,
    by_esp,
    esp,
    lost,
    on,
    only,
    ours,
    signed,
)

LISTS = {
    "still on the quoted list": Scenario(
        refused(blocked(ZEN)), on(ZEN, f"{ME} A 127.0.0.4"), HOLDS, f"check.spamhaus.org/query/ip/{IP}"
    ),
    "off the quoted list": Scenario(refused(blocked(ZEN)), {}, GONE, "Safe"),
    "off a list that the reply calls by its own name": Scenario(
        refused(f"554 5.7.1 [{IP}] is listed in the Exploits Block List"), {}, GONE, "Safe",
        never="the bounce does not say"
    ),
    "out of the part that the reply calls by its own name": Scenario(
        refused(f"554 5.7.1 [{IP}] is on the policy block list"), on(ZEN, f"{ME} A 127.0.0.4"), HOLDS,
        f"check.spamhaus.org/query/ip/{IP}"
    ),
    "off it, in a report of Exim": Scenario(
        exim("host mx.remote.example [198.51.100.25]\n    SMTP error from remote mail server after RCPT TO:\n"
             f"    {blocked(ZEN)}"), {}, GONE
    ),
    "on it, in a report of qmail": Scenario(
        qmail(f"198.51.100.25 does not like recipient.\nRemote host said: {blocked(ZEN)}\nGiving up."),
        on(ZEN, f"{ME} A 127.0.0.3"), HOLDS, IP
    ),
    "on it, in a report of the receiver": Scenario(
        exchange(f"550 5.7.1 Service unavailable, Client host [{IP}] blocked using Spamhaus."),
        on(ZEN, f"{ME} A 127.0.0.4"), HOLDS, IP
    ),
    "off the quoted list, on another": Scenario(
        refused(blocked(SPAMCOP)), on(ZEN, f"{ME} A 127.0.0.4"), GONE, "check.spamhaus.org"
    ),
    "only the provider's range": Scenario(
        refused(blocked("dnsbl-2.uceprotect.net")), on("dnsbl-2.uceprotect.net", f"{ME} A 127.0.0.2"), HOLDS,
        "provider"
    ),
    "the list refuses this resolver": Scenario(
        refused(blocked(ZEN)), on(ZEN, f"{ME} A 127.255.255.254"), OPEN, "resolver of your own"
    ),
    "the list refuses every question": Scenario(
        refused(blocked(ZEN)), only(ZEN, "* A 127.255.255.254"), OPEN, "resolver of your own"
    ),
    "a list that lists the world": Scenario(
        refused(blocked("all.s5h.net")), only("all.s5h.net", "* A 127.0.0.2"), OPEN
    ),
    "a list whose domain is parked": Scenario(
        refused(blocked("psbl.surriel.com")), only("psbl.surriel.com", "* A 203.0.113.9"), OPEN
    ),
    "an answer from outside 127/8": Scenario(
        refused(blocked(SPAMCOP)), on(SPAMCOP, f"{ME} A 203.0.113.9"), OPEN
    ),
    "a list that closed": Scenario(
        refused(blocked("dnsbl.sorbs.net")), only("dnsbl.sorbs.net", "* A 127.0.0.2"), OPEN, "closed in 2024"
    ),
    "a private list that nobody else can ask": Scenario(
        refused(blocked("bl.private.example")), {}, OPEN, "the postmaster of remote.example"
    ),
    "a private list that proves itself": Scenario(
        refused(blocked("bl.private.example")), on("bl.private.example", f"{ME} A 127.0.0.2"), HOLDS,
        f"operator of bl.private.example for the removal of {IP}"
    ),
    "off a private list that proves itself": Scenario(
        refused(blocked("bl.private.example")), on("bl.private.example", ""), GONE
    ),
    "the list fails": Scenario(refused(blocked(ZEN)), only(ZEN, "* CNAME x.servfail."), OPEN),
    "the list fails for this address": Scenario(
        refused(blocked(ZEN)), on(ZEN, f"{ME} CNAME x.servfail."), OPEN
    ),
    "an address of IPv6, listed": Scenario(
        refused(blocked(ZEN, IP6), ip=IP6), on(ZEN, f"{ME6} A 127.0.0.3"), HOLDS, IP6
    ),
    "an address of IPv6, let go": Scenario(refused(blocked(ZEN, IP6), ip=IP6), {}, GONE),
    "IPv6, and a list of IPv4": Scenario(refused(blocked(SPAMCOP, IP6), ip=IP6), {}, OPEN),
    "a list known by its page": Scenario(
        refused(f"550 5.7.1 Mail from {IP} refused, see https://www.spamcop.net/bl.shtml?{IP}"),
        on(SPAMCOP, f"{ME} A 127.0.0.2"), HOLDS, IP
    ),
    "let go by a list known by its page": Scenario(
        refused(f"550 5.7.1 Rejected: see https://psbl.org/listing?ip={IP}"), {}, GONE
    ),
    "the quoted client among several addresses": Scenario(
        refused(f"{blocked(SPAMCOP, '192.0.2.77')}; relay {IP} via 198.51.100.25"),
        on(SPAMCOP, "77.2.0.192 A 127.0.0.2"), HOLDS, "192.0.2.77"
    ),
    "behind NAT: the quoted address is clear": Scenario(
        refused(blocked(ZEN, "192.0.2.99")), on(ZEN, f"{ME} A 127.0.0.4"), GONE
    ),
    "the receiver's own address is listed": Scenario(
        refused("554 5.7.1 Your server is listed at zen.spamhaus.org"),
        on(ZEN, "25.100.51.198 A 127.0.0.4"), GONE
    ),
    "a good word of a list": Scenario(
        refused(blocked("hostkarma.junkemailfilter.com")),
        on("hostkarma.junkemailfilter.com", f"{ME} A 127.0.0.1"), GONE
    ),
    "a range that is not to send directly": Scenario(
        refused(f"550 5.7.1 Client host [{IP}] is listed in the PBL, see https://www.spamhaus.org/pbl/"),
        on(ZEN, f"{ME} A 127.0.0.10"), HOLDS, "smarthost"
    ),
    "one of two lists has let go": Scenario(
        refused(f"554 5.7.1 [{IP}] is listed on zen.spamhaus.org, bl.spamcop.net"),
        on(SPAMCOP, f"{ME} A 127.0.0.2"), HOLDS, "spamcop"
    ),
    "one of two lists has let go, the other is silent": Scenario(
        refused(f"554 5.7.1 [{IP}] is listed on zen.spamhaus.org, bl.spamcop.net"),
        only(SPAMCOP, "* CNAME x.servfail."), OPEN
    ),
    "a list without a name": Scenario(refused(f"550 5.7.1 Your IP [{IP}] is blacklisted"), {}, OPEN),
    "the receiver's own list": Scenario(refused(f"550 5.7.1 [{IP}] is on our local blocklist"), {}, OPEN),
    "no address to look for": Scenario(
        refused("554 5.7.1 Blocked using zen.spamhaus.org", received=False), {}, OPEN
    ),
}  # fmt: skip

DOMAIN_LISTS = {
    "the sender's domain is listed": Scenario(
        refused(SENDER_ON_DBL.format("bob@ours.example")), on(DBL, "ours.example A 127.0.1.2"), HOLDS,
        "for ours.example"
    ),
    "the sender's domain was let go": Scenario(refused(SENDER_ON_DBL.format("bob@ours.example")), {}, GONE),
    "asked as if for an address": Scenario(
        refused(SENDER_ON_DBL.format("bob@ours.example")), on(DBL, "ours.example A 127.0.1.255"), OPEN
    ),
    "the domain above is listed": Scenario(
        refused(SENDER_ON_DBL.format("bob@news.ours.example"), sender="bob@news.ours.example"),
        on(DBL, "ours.example A 127.0.1.2"), HOLDS, "for ours.example"
    ),
    "the registry above is listed": Scenario(
        refused(SENDER_ON_DBL.format("bob@ours.example")), on(DBL, "example A 127.0.1.2"), GONE
    ),
    # Only the From domain was asked for once: "safe to send again", while the envelope's was listed.
    "the envelope's domain is meant, and listed": Scenario(
        refused(SENDER_ON_DBL.format(BY_ESP), sender=BY_ESP, returned=original(sender=BY_ESP)),
        on(DBL, "esp.example A 127.0.1.2"), HOLDS, "for esp.example"
    ),
    "the envelope's domain is meant, and let go": Scenario(
        refused(SENDER_ON_DBL.format(BY_ESP), sender=BY_ESP, returned=original(sender=BY_ESP)),
        on(DBL, "ours.example A 127.0.1.2"), GONE
    ),
    "neither is named, the envelope's is listed": Scenario(
        refused("554 5.7.1 Sender blocked using dbl.spamhaus.org", sender=BY_ESP,
                returned=original(sender=BY_ESP)),
        on(DBL, "esp.example A 127.0.1.2"), HOLDS, "for esp.example"
    ),
    "a HELO that only the reply names": Scenario(
        refused("554 5.7.1 Helo command [mx.helo.example] blocked using dbl.spamhaus.org"),
        on(DBL, "helo.example A 127.0.1.2"), HOLDS, "for helo.example"
    ),
    "the recipient's domain is no sender's": Scenario(
        refused(f"554 5.7.1 <{RECIPIENT}>: Recipient address rejected: ours.example is in dbl.spamhaus.org"),
        on(DBL, "remote.example A 127.0.1.2"), GONE
    ),
    "a link is listed": Scenario(
        refused(LINK, returned=original(body="See http://shady.example/x\n")),
        on(URIBL, "shady.example A 127.0.0.2"), HOLDS, "for shady.example"
    ),
    "a link was let go": Scenario(
        refused(LINK, returned=original(body="See http://shady.example/x\n")),
        on(URIBL, "ours.example A 127.0.0.2"), GONE
    ),
    "the list refuses us": Scenario(refused(LINK), only(URIBL, "* A 127.0.0.1"), OPEN, "resolver"),
}  # fmt: skip

REVERSE_NAMES = {
    "none": Scenario(refused(NO_PTR.format(IP)), {REVERSE: ""}, HOLDS, "10.2.0.192.in-addr.arpa. PTR"),
    "not confirmed": Scenario(
        refused(NO_PTR.format(IP)), {REVERSE: "10 PTR ghost.ours.example."}, HOLDS, "Add ghost.ours.example."
    ),
    "mended": Scenario(refused(NO_PTR.format(IP)), {}, GONE),
    "two, one confirmed": Scenario(
        refused(NO_PTR.format(IP)), {REVERSE: "10 PTR ghost.ours.example.\n10 PTR mx.ours.example."}, GONE
    ),
    "delegated without classes": Scenario(
        refused(NO_PTR.format(IP)), {REVERSE: "10 CNAME 10.0-15\n10.0-15 PTR mx.ours.example."}, GONE
    ),
    "none for IPv6": Scenario(refused(NO_PTR.format(IP6), ip=IP6), {}, HOLDS, f"AAAA {IP6}"),
    "there now for IPv6": Scenario(
        refused(NO_PTR.format(IP6), ip=IP6), {REVERSE6: f"{ME6[:-16]} PTR mx.ours.example."}, GONE
    ),
    "there now, though a generic one": Scenario(
        refused(f"450 4.7.25 Client host rejected: cannot find your hostname, [{IP}]"),
        {REVERSE: "10 PTR 192-0-2-10.dyn.isp.example.", "isp.example": "192-0-2-10.dyn A 192.0.2.10"}, GONE,
        "reverse name of your own"
    ),
    "silence, and a block that may have other grounds": Scenario(
        refused(f"550 5.7.1 [{IP}] is on our local blocklist"), {REVERSE: "10 CNAME x.timeout."}, OPEN
    ),
    # Silence was taken for "none" once.
    "silence": Scenario(refused(NO_PTR.format(IP)), {REVERSE: "10 CNAME x.timeout."}, OPEN, "again"),
}  # fmt: skip

AUTHENTICATION = {
    "SPF fails": Scenario(
        refused(SPF_FAIL), ours("v=spf1 ip4:192.0.2.99 -all"), HOLDS,
        '"v=spf1 ip4:192.0.2.99 ip4:192.0.2.10 -all"'
    ),
    "SPF passes now": Scenario(refused(SPF_FAIL), {}, GONE),
    "SPF of IPv6": Scenario(
        refused(f"550 5.7.23 SPF fail: ours.example does not permit {IP6}", ip=IP6), {}, HOLDS, f"ip6:{IP6}"
    ),
    "two SPF records": Scenario(
        refused(PERMERROR), ours(more='@ TXT "v=spf1 mx -all"'), HOLDS, "one record in place of the 2"
    ),
    "an include that is not there": Scenario(
        refused(PERMERROR), ours("v=spf1 include:nothing.example ip4:192.0.2.10 -all"), HOLDS, "v=spf1 ip4"
    ),
    "SPF cannot be asked for now": Scenario(
        refused(SPF_FAIL), ours("v=spf1 include:x.servfail -all"), OPEN
    ),
    "the failing SPF record is gone": Scenario(refused(SPF_FAIL), ours("nothing"), OPEN, "v=spf1"),
    "a forwarder that did not rewrite": Scenario(
        refused("550 5.7.23 SPF fail: third.example does not designate 192.0.2.10",
                sender="carol@third.example"),
        {"third.example": '@ TXT "v=spf1 ip4:203.0.113.5 -all"'}, HOLDS
    ),
    "a forwarder that did": Scenario(
        refused("550 5.7.23 SPF fail: 192.0.2.10 is not permitted",
                sender="SRS0=abcd=XY=third.example=carol@ours.example"),
        {"third.example": '@ TXT "v=spf1 ip4:203.0.113.5 -all"'}, GONE
    ),
    "SPF without an address": Scenario(refused("550 5.7.23 SPF check failed", received=False), {}, OPEN),
    "neither SPF nor DKIM": Scenario(refused(EITHER), ours("nothing"), HOLDS, "v=spf1"),
    "one of them is enough, and it is SPF": Scenario(refused(EITHER), {}, GONE),
    # SPF alone was looked at once.
    "one of them is enough, and it is DKIM": Scenario(
        signed(EITHER), ours("v=spf1 -all", KEY_RECORD), GONE
    ),
    "the key is gone": Scenario(signed(NO_DKIM), {}, HOLDS, "s1._domainkey.ours.example. IN TXT"),
    "the key was withdrawn": Scenario(
        signed(NO_DKIM), ours(more='s1._domainkey TXT "v=DKIM1; p="'), HOLDS, "s1._domainkey"
    ),
    "the signature verifies": Scenario(signed(NO_DKIM), ours(more=KEY_RECORD), GONE),
    "a stranger's signature verifies": Scenario(
        signed(NO_DKIM, signer="esp.example"), {"esp.example": KEY_RECORD}, OPEN, "for the From domain"
    ),
    "only the header came back": Scenario(
        signed(NO_DKIM, headers_only=True), ours(more=KEY_RECORD), OPEN
    ),
    "only the header came back, and the key is gone": Scenario(
        signed(NO_DKIM, headers_only=True), {}, HOLDS, "s1._domainkey.ours.example"
    ),
    "no signature": Scenario(refused(NO_DKIM), {}, HOLDS, "Sign outgoing mail"),
    "the key cannot be asked for": Scenario(
        signed(NO_DKIM), ours(more="s1._domainkey CNAME x.servfail."), OPEN
    ),
    "DMARC: neither counts": Scenario(by_esp(), esp("p=reject"), HOLDS, "DKIM"),
    "DMARC: asks for nothing now": Scenario(by_esp(), esp("p=none"), GONE),
    "DMARC: no policy now": Scenario(by_esp(), {**esp("p=none"), **ours()}, GONE),
    "DMARC: SPF counts now": Scenario(
        refused(DMARC.format("ours.example")), ours(more='_dmarc TXT "v=DMARC1; p=reject"'), GONE
    ),
    "DMARC: SPF of a subdomain counts": Scenario(
        refused(DMARC.format("ours.example"), sender="b@news.ours.example"),
        esp("p=reject", 'news TXT "v=spf1 ip4:192.0.2.10 -all"'), GONE
    ),
    "DMARC: strictly, it does not": Scenario(
        refused(DMARC.format("ours.example"), sender="b@news.ours.example"),
        esp("p=reject; aspf=s", 'news TXT "v=spf1 ip4:192.0.2.10 -all"'), HOLDS
    ),
    "DMARC: a signature saves it": Scenario(
        by_esp(signer="ours.example"), esp("p=reject", KEY_RECORD), GONE
    ),
    "DMARC: a stranger's does not": Scenario(by_esp(signer="esp.example"), esp("p=reject"), HOLDS, "DKIM"),
    "DMARC: a signature of which only the header came back": Scenario(
        by_esp(signer="ours.example", headers_only=True), esp("p=reject", KEY_RECORD), OPEN
    ),
    "DMARC: milder below the domain": Scenario(
        by_esp("bob@sub.ours.example"), esp("p=reject; sp=none", "sub A 192.0.2.10"), GONE
    ),
    "DMARC: stricter below the domain": Scenario(
        by_esp("bob@sub.ours.example"), esp("p=none; sp=reject", "sub A 192.0.2.10"), HOLDS
    ),
    # "Asks for nothing", by the record of the domain above, was "safe to send again" once.
    "DMARC: the subdomain's own policy cannot be asked for": Scenario(
        by_esp("bob@sub.ours.example"), esp("p=none", "sub A 192.0.2.10\n_dmarc.sub CNAME x.servfail."), OPEN,
        "again"
    ),
    "DMARC: the policy above cannot be asked for": Scenario(
        by_esp("bob@a.sub.ours.example"),
        {**esp("p=none"), **ours(more='_dmarc CNAME x.servfail.\n_dmarc.sub TXT "v=DMARC1; p=none"')}, OPEN
    ),
    "DMARC: whether SPF's domain counts cannot be asked": Scenario(
        refused(DMARC.format("sub.ours.example"), sender="b@news.ours.example",
                returned=original(sender="b@news.ours.example", from_="bob@sub.ours.example")),
        ours(more='news TXT "v=spf1 ip4:192.0.2.10 -all"\n_dmarc.sub TXT "v=DMARC1; p=reject"\n'
             "_dmarc CNAME x.servfail."), OPEN, "again"
    ),
    "DMARC: whether a signature counts cannot be asked": Scenario(
        by_esp("bob@sub.ours.example", signer="ours.example"),
        {**esp("p=reject"), **ours(more='_dmarc.sub TXT "v=DMARC1; p=reject"\n_dmarc CNAME x.servfail.\n'
         + KEY_RECORD)}, OPEN, "again"
    ),
    "DMARC: an sp that is none, and nobody to report to": Scenario(
        by_esp("bob@sub.ours.example"), esp("p=reject; sp=rejct", "sub A 192.0.2.10"), GONE
    ),
    "DMARC: an sp that is none, and reports": Scenario(
        by_esp("bob@sub.ours.example"),
        esp("p=reject; sp=rejct; rua=mailto:d@ours.example", "sub A 192.0.2.10"), GONE
    ),
    "DMARC: the policy cannot be asked for": Scenario(
        by_esp(), {**esp("p=none"), **ours(more="_dmarc CNAME x.servfail.")}, OPEN
    ),
}  # fmt: skip

ROUTES = {
    "the domain is gone": Scenario(given_up(lost("gone.example")), {}, HOLDS, "letter by letter"),
    "the domain is back": Scenario(given_up(lost("gone.example")), BACK, GONE),
    "back, in a report of qmail": Scenario(
        qmail("Sorry, I couldn't find any host named gone.example. (#5.1.2)", to="ann@gone.example"),
        BACK, GONE
    ),
    "gone, in a report of Exim": Scenario(exim("Unrouteable address", to="ann@gone.example"), {}, HOLDS),
    # "No such host" was an answer; silence is none.
    "the domain is silent": Scenario(
        given_up(lost("gone.example")), {".": "gone.example CNAME x.timeout."}, OPEN, "again"
    ),
    "its name servers fail, but a mailbox was missed": Scenario(
        refused("550 5.1.1 User unknown"),
        {"remote.example": None, ".": "remote.example CNAME x.servfail."}, OPEN
    ),
    "its name servers fail as they did": Scenario(
        given_up(f"{lost('gone.example')}, try again"), {".": "gone.example CNAME x.servfail."}, HOLDS
    ),
    "a null MX": Scenario(
        given_up(NULL_MX), {"gone.example": "@ MX 0 ."}, HOLDS, "no mailbox of gone.example"
    ),
    "a null MX no more": Scenario(given_up(NULL_MX), BACK, GONE),
    "an MX to nothing": Scenario(
        given_up(lost("mx.gone.example", "A")), {"gone.example": "@ MX 10 mx"}, HOLDS, "MX records"
    ),
    "an MX that is an address": Scenario(
        given_up(lost("198.51.100.25", "A")), {"gone.example": "@ MX 10 198.51.100.25."}, HOLDS
    ),
    "an MX into private space": Scenario(
        given_up(lost("mx.gone.example", "A")), {"gone.example": "@ MX 10 mx\nmx A 10.0.0.9"}, HOLDS
    ),
    "an MX to the sender's own machine": Scenario(
        given_up("mail for gone.example loops back to myself"),
        {"gone.example": "@ MX 10 mx\nmx A 127.0.0.1"}, HOLDS
    ),
    "an MX by an alias works": Scenario(
        given_up(lost("gone.example")),
        {"gone.example": "@ MX 10 mx\nmx CNAME real\nreal A 198.51.100.9"}, GONE
    ),
    "one of two MX works": Scenario(
        given_up(lost("mx.gone.example", "A")),
        {"gone.example": "@ MX 10 mx\n@ MX 20 mx2\nmx2 A 198.51.100.9"}, GONE
    ),
    "an address in place of an MX": Scenario(
        given_up(lost("gone.example")), {"gone.example": "@ A 198.51.100.9"}, GONE
    ),
    "a domain without mail": Scenario(
        given_up(lost("gone.example")), {"gone.example": '@ TXT "hello"'}, HOLDS, "MX"
    ),
    "a parked domain": Scenario(
        given_up("connect to gone.example[203.0.113.9]:25: Connection timed out"),
        {"gone.example": "@ A 203.0.113.9\n* A 203.0.113.9"}, OPEN
    ),
    "no answer at the host": Scenario(
        given_up("connect to mx.remote.example[198.51.100.25]:25: Connection timed out", RECIPIENT), {}, OPEN
    ),
}  # fmt: skip

SENDERS = {
    "the sender's domain is gone": Scenario(refused(NO_SENDER), {"ours.example": None}, HOLDS, "renew"),
    "the sender's domain is back": Scenario(refused(NO_SENDER), {}, GONE),
    "the sender's domain has no mail": Scenario(
        refused(NO_SENDER), {"ours.example": '@ TXT "v=spf1 -all"'}, HOLDS, "Publish an MX record"
    ),
    "the sender's domain is silent": Scenario(
        refused(NO_SENDER), {"ours.example": None, ".": "ours.example CNAME x.timeout."}, OPEN, "again"
    ),
    # The recipient's domain was looked at once, which takes mail as ever.
    "the sender's null MX": Scenario(
        refused("550 5.7.27 <bob@ours.example>: Sender address rejected: "
                "Domain ours.example does not accept mail (nullMX)"),
        {"ours.example": "@ MX 0 ."}, HOLDS, "null MX of ours.example"
    ),
    "the sender's null MX no more": Scenario(
        refused("550 5.7.27 <bob@ours.example>: Sender address rejected: "
                "Domain ours.example does not accept mail (nullMX)"), {}, GONE
    ),
    # That the domain is well does not make the mailbox known.
    "the sender's mailbox": Scenario(
        refused("550 5.1.0 <bob@ours.example>: Sender address rejected: User unknown in local table"),
        {}, OPEN
    ),
    "the sender called back": Scenario(refused("550 5.1.0 Sender verify failed"), {}, OPEN),
}  # fmt: skip

BEYOND_DNS = {
    words: Scenario(refused(words), {}, OPEN)
    for words in (
        f"550 5.1.1 <{RECIPIENT}>: Recipient address rejected: User unknown in local recipient table",
        f"552 5.2.2 <{RECIPIENT}>: Mailbox is full, quota exceeded",
        "450 4.2.0 Recipient address rejected: Greylisted, please try again in 300 seconds",
        f"421 4.7.28 Unusual rate of unsolicited mail originating from your IP address {IP}. Rate limited",
        "550 5.7.1 Message rejected due to content restrictions",
        "550 5.7.1 Message identified as SPAM",
        "552 5.3.4 Message size exceeds fixed limit",
        "530 5.7.0 Must issue a STARTTLS command first",
        f"554 5.7.1 <{RECIPIENT}>: Relay access denied",
    )
}

QUESTIONS = {
    "an address list": refused(blocked(ZEN)),
    "a private list": refused(blocked("bl.private.example")),
    "a domain list": refused(SENDER_ON_DBL.format("bob@ours.example")),
    "the recipient's domain": given_up(lost("gone.example")),
    "the recipient's null MX": given_up(NULL_MX),
    "the sender's domain": refused(NO_SENDER),
    "the reverse name": refused(NO_PTR.format(IP)),
    "SPF": refused(SPF_FAIL),
    "DKIM": signed(NO_DKIM),
    "DMARC": by_esp(),
}


SCENARIOS = {
    f"{part}: {name}": scenario
    for part, table in {
        "address lists": LISTS,
        "domain lists": DOMAIN_LISTS,
        "reverse name": REVERSE_NAMES,
        "authentication": AUTHENTICATION,
        "route": ROUTES,
        "sender": SENDERS,
        "beyond DNS": BEYOND_DNS,
        "lists, blind": of_lists.LISTS,
        "authentication, blind": of_authentication.AUTHENTICATION,
        "hosts, blind": of_hosts.HOSTS,
        "routes, blind": of_routes.ROUTES,
        "worlds, blind": of_worlds.WORLDS,
        "hostility, blind": of_hostility.HOSTILITY,
        "next steps, blind": of_next_steps.NEXT_STEPS,
        "quotes, blind": of_quotes.QUOTES,
        "named parties, blind": of_named_parties.NAMED_PARTIES,
        "other changes, blind": of_other_changes.OTHER_CHANGES,
    }.items()
    for name, scenario in table.items()
}
