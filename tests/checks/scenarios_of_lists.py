"""Blocklists: dead, private, keyed, silent, quoted by a page or backwards, of addresses or of domains."""

from bounce_mail import REMOTE, exim, original, postfix, refused, sendmail
from scenario_world import (
    DBL,
    GONE,
    HOLDS,
    IP6,
    ME,
    ME6,
    OPEN,
    PROOF,
    REVERSE,
    SPAMCOP,
    THIRD,
    ZEN,
    Scenario,
    blocked,
    on,
    two,
)

CUSTOMER = "203.0.113.77"

CASE = "https://postmaster.gmx.net/en/case?c=r0000&i=ip&v=192.0.2.10"
BY_GMX = refused(
    "554-gmx.net (mxgmx104) Nemesis ESMTP Service not available 554-No SMTP service "
    f"554-IP address is block listed. 554 For explanation visit {CASE}"
).replace(b"mx.remote.example", b"mx00.gmx.net")

LISTS: dict[str, Scenario] = {
    "GMX's own block, and a public list holds the address, too": Scenario(
        BY_GMX, on("b.barracudacentral.org", f"{ME} A 127.0.0.2"), HOLDS, f"Open {CASE} first"
    ),
    "GMX's own block, on no public list": Scenario(BY_GMX, {}, OPEN, f"Open {CASE} first"),
    "a hoster's own block of its customer's domain": Scenario(
        refused("554 RBL Reject: 192.0.2.10").replace(b"mx.remote.example", b"mx1.secureserver.net"),
        {}, OPEN,
        "Then ask GoDaddy (https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685)",
        never="postmaster of"
    ),
    "a hoster's own block, whose page the reply names": Scenario(
        refused("554 RBL Reject: 192.0.2.10. See https://unblock.secureserver.net/?ip=192.0.2.10").replace(
            b"mx.remote.example", b"mx1.secureserver.net"
        ), {}, OPEN, "Open https://unblock.secureserver.net/?ip=192.0.2.10 and ask for", never="Then ask"
    ),
    "Cloudmark's opinion, whoever asks it": Scenario(
        refused("550 5.7.1 Cloudmark sender intelligence"), {}, OPEN, "csi.cloudmark.com",
        never="Proofpoint"
    ),
    "a list that GMX names, whose page it is": Scenario(
        refused(blocked("b.barracudacentral.org")).replace(b"mx.remote.example", b"mx00.gmx.net"),
        on("b.barracudacentral.org", f"{ME} A 127.0.0.2"), HOLDS, "barracudacentral.org",
        never="postmaster.gmx"
    ),
    "sorbs, shut down, its zone gone": Scenario(
        refused("554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using "
        "dnsbl.sorbs.net; Currently Sending Spam See: "
        "http://www.sorbs.net/lookup.shtml?192.0.2.10"), {}, OPEN
    ),
    "the list refused the receiver's public resolver, and lists nobody": Scenario(
        refused(blocked(ZEN, more="; Error: open resolver; "
        "https://check.spamhaus.org/returnc/pub/198.51.100.53/")), {}, OPEN,
        step="Tell the recipient's administrator", never="Safe"
    ),
    "the list refused a receiver that asks too much, and lists the sender besides": Scenario(
        refused(blocked(ZEN, more="; Error: exceeded query limit; "
        "https://check.spamhaus.org/returnc/vol/198.51.100.53/")), on(ZEN, f"{ME} A 127.0.0.4"), OPEN,
        step="until they have mended it", because="dnsbl:zen.spamhaus.org"
    ),
    "the list of domains refused the receiver's resolver": Scenario(
        refused("554 5.7.1 Service unavailable; Helo command [mx.ours.example] blocked using "
        "dbl.spamhaus.org; Error: open resolver; https://check.spamhaus.org/returnc/pub/198.51.100.53/"), {},
        OPEN, step="Tell the recipient's administrator", never="Safe"
    ),
    "lapsed list that answers everything": Scenario(
        refused(blocked("bl.spamcannibal.org")), {"bl.spamcannibal.org": "* A 203.0.113.9"}, OPEN
    ),
    "cbl, folded into xbl, still there": Scenario(
        refused("550 5.7.1 Mail from 192.0.2.10 rejected - blocked using cbl.abuseat.org"), on(ZEN,
        f"{ME} A 127.0.0.4"), HOLDS, step="spamhaus", because="dnsbl:zen.spamhaus.org"
    ),
    "cbl, folded into xbl, off": Scenario(
        refused("550 5.7.1 Mail from 192.0.2.10 rejected - see "
        "http://www.abuseat.org/lookup.cgi?ip=192.0.2.10"), {}, GONE, because="dnsbl:zen.spamhaus.org"
    ),
    "only a spamhaus page, still on": Scenario(
        refused("550 5.7.1 Mail refused - see "
        "https://check.spamhaus.org/listed/?searchterm=192.0.2.10"), on(ZEN, f"{ME} A 127.0.0.4"), HOLDS,
        step="check.spamhaus.org", because="dnsbl:zen.spamhaus.org"
    ),
    "only a spamcop page, off": Scenario(
        sendmail("554 5.7.1 Rejected, see https://www.spamcop.net/bl.shtml?192.0.2.10"), {}, GONE,
        because="dnsbl:bl.spamcop.net"
    ),
    "barracuda by short name, on": Scenario(
        refused("550 5.7.1 Rejected: 192.0.2.10 is listed in the Barracuda BRBL"),
        on("b.barracudacentral.org", f"{ME} A 127.0.0.2"), HOLDS, step="barracudacentral.org",
        because="dnsbl:b.barracudacentral.org"
    ),
    # The zone of a part answers for that part alone.
    "sbl asked, only on pbl now": Scenario(
        refused(blocked("sbl.spamhaus.org")), {**on(ZEN, f"{ME} A 127.0.0.10"), "sbl.spamhaus.org": PROOF,
        "pbl.spamhaus.org": PROOF + f"{ME} A 127.0.0.10"}, GONE, step="refuse until it is off there",
        because="dnsbl:zen.spamhaus.org", never="Safe"
    ),
    "sbl asked, on css now": Scenario(
        refused(blocked("sbl.spamhaus.org")), on(ZEN, f"{ME} A 127.0.0.3"), HOLDS, step="Stop the spam"
    ),
    "zen asked, its sbl quoted, only on pbl now": Scenario(
        refused(blocked(ZEN, more="; https://www.spamhaus.org/sbl/query/SBL123")),
        on(ZEN, f"{ME} A 127.0.0.10"), HOLDS, step="smarthost"
    ),
    "sbl by its name alone, only on pbl now": Scenario(
        refused("554 5.7.1 Your address 192.0.2.10 is listed in the Spamhaus SBL"),
        on(ZEN, f"{ME} A 127.0.0.10"), HOLDS, step="smarthost"
    ),
    "cbl asked, only on pbl now": Scenario(
        refused(blocked("cbl.abuseat.org")), on(ZEN, f"{ME} A 127.0.0.11"), GONE, step="smarthost",
        never="Safe"
    ),
    "pbl for a customer's line": Scenario(
        refused(blocked("pbl.spamhaus.org", CUSTOMER), ip=CUSTOMER), {**on(ZEN, "77.113.0.203 A 127.0.0.11"),
        "pbl.spamhaus.org": PROOF + "77.113.0.203 A 127.0.0.11", "113.0.203.in-addr.arpa":
        "77 PTR 203-0-113-77.dyn.isp.example.", "isp.example": "203-0-113-77.dyn A 203.0.113.77"}, HOLDS,
        step="smarthost"
    ),
    "pbl for a server with a good name": Scenario(
        refused(blocked(ZEN)), on(ZEN, f"{ME} A 127.0.0.10"), HOLDS, step="spamhaus",
        because="dnsbl:zen.spamhaus.org"
    ),
    "zen refuses our public resolver": Scenario(
        refused(blocked(ZEN)), {ZEN: "2.0.0.127 A 127.255.255.254\n* A 127.255.255.254"}, OPEN,
        step="resolver"
    ),
    "zen says too many queries": Scenario(
        refused(blocked(ZEN)), {ZEN: "* A 127.255.255.255"}, OPEN, step="resolver"
    ),
    "zen refuses but only for our ip": Scenario(
        refused(blocked(ZEN)), on(ZEN, f"{ME} A 127.255.255.254"), OPEN
    ),
    "zen answers with a public address": Scenario(refused(blocked(ZEN)), {ZEN: "* A 203.0.113.9"}, OPEN),
    "zen answers our ip with a public address": Scenario(
        refused(blocked(ZEN)), on(ZEN, f"{ME} A 203.0.113.9"), OPEN
    ),
    "unknown list, works, listed, says the page": Scenario(
        refused(blocked("rbl.isp.example")), {"rbl.isp.example": PROOF +
        f'{ME} A 127.0.0.2\n{ME} TXT "Listed, see '
        'https://rbl.isp.example/remove?ip=192.0.2.10"'}, HOLDS, step="rbl.isp.example",
        because="dnsbl:rbl.isp.example"
    ),
    "unknown list with no test point, no entry": Scenario(
        refused(blocked("rbl.isp.example")), {"rbl.isp.example": "@ TXT x"}, OPEN
    ),
    "unknown list with no test point, entry": Scenario(
        refused(blocked("rbl.isp.example")), {"rbl.isp.example": f"{ME} A 127.0.0.2"}, OPEN
    ),
    "unknown list, zone gone": Scenario(refused(blocked("rbl.isp.example")), {}, OPEN),
    "unknown list answers nothing": Scenario(refused(blocked("bl.timeout.example")), {}, OPEN),
    "spamcop dead to its own test point": Scenario(refused(blocked(SPAMCOP)), {SPAMCOP: "@ TXT x"}, OPEN),
    "allow list misused": Scenario(
        refused(blocked("list.dnswl.org")), on("list.dnswl.org", f"{ME} A 127.0.5.1"), OPEN
    ),
    "uribl refuses the question": Scenario(
        refused("550 5.7.1 Message rejected: URL shady.example listed at multi.uribl.com",
        returned=original(body="Look http://shady.example/x\n")), {"multi.uribl.com": "* A 127.0.0.1"}, OPEN
    ),
    "surbl with two bits": Scenario(
        refused("550 5.7.1 Message contains blacklisted domain shady.example (multi.surbl.org)",
        returned=original(body="Look http://shady.example/x\n")), on("multi.surbl.org",
        "shady.example A 127.0.0.72"), HOLDS, step="surbl", because="rhsbl:multi.surbl.org"
    ),
    "ipv6 client still on zen": Scenario(
        refused(blocked(ZEN, IP6), ip="IPv6:"+IP6), on(ZEN, f"{ME6} A 127.0.0.4"), HOLDS,
        step="2001:db8:25::10", because="dnsbl:zen.spamhaus.org"
    ),
    "ipv6 client off, ipv4 on": Scenario(
        refused(blocked(ZEN, IP6), ip="IPv6:"+IP6), on(ZEN, f"{ME} A 127.0.0.4"), GONE
    ),
    "address quoted backwards": Scenario(
        refused("550 5.7.1 Rejected: 10.2.0.192.zen.spamhaus.org=127.0.0.4"), on(ZEN, f"{ME} A 127.0.0.4"),
        HOLDS, step="192.0.2.10", never="10.2.0.192"
    ),
    "quoted address differs, quoted listed": Scenario(
        refused(blocked(SPAMCOP, "192.0.2.99")), on(SPAMCOP, "99.2.0.192 A 127.0.0.2"), HOLDS,
        step="192.0.2.99"
    ),
    "quoted address differs, other listed": Scenario(
        refused(blocked(SPAMCOP, "192.0.2.99")), on(SPAMCOP, f"{ME} A 127.0.0.2"), GONE
    ),
    "receiver's own address first": Scenario(
        refused("550 5.7.1 [198.51.100.25] rejected mail from [192.0.2.10]: listed in "
        "zen.spamhaus.org"), on(ZEN, f"{ME} A 127.0.0.4"), HOLDS, step="192.0.2.10"
    ),
    "a private address blocked": Scenario(refused(blocked(ZEN, "10.0.0.5")), {}, OPEN),
    "a private address given for the sending ip": Scenario(
        refused(blocked(ZEN)), {}, OPEN, "run the checks again", never="Safe", ip="10.0.0.5"
    ),
    "helo domain on dbl": Scenario(
        refused("554 5.7.1 Service unavailable; Helo command [mx.ours.example] blocked using "
        "dbl.spamhaus.org"), on(DBL, "mx.ours.example A 127.0.1.2\nours.example A 127.0.1.2"), HOLDS,
        step="ours.example", because="rhsbl:dbl.spamhaus.org"
    ),
    "sender domain off dbl": Scenario(
        refused("554 5.7.1 Service unavailable; Sender address [bob@ours.example] blocked using "
        "dbl.spamhaus.org; https://check.spamhaus.org/results?query=ours.example"), {}, GONE,
        because="rhsbl:dbl.spamhaus.org"
    ),
    "sender quoted, another domain of ours on dbl": Scenario(
        refused("554 5.7.1 Service unavailable; Sender address [bob@bulk.example] blocked using "
        "dbl.spamhaus.org", sender="bob@bulk.example", returned=original(sender="bob@bulk.example")),
        on(DBL, "bulk.example A 127.0.1.2"), HOLDS, step="bulk.example"
    ),
    "receiver's own list": Scenario(
        refused("550 5.7.1 Your host 192.0.2.10 is on our local blacklist"), {}, OPEN, step="postmaster"
    ),
    "microsoft S3140": Scenario(
        refused("550 5.7.1 Unfortunately, messages from [192.0.2.10] weren't sent. Please contact "
        "your Internet service provider since part of their network is on our block list "
        "(S3140). You can also refer your provider to "
        "http://mail.live.com/mail/troubleshooting.aspx#errors."), {}, OPEN, step="Microsoft"
    ),
    "gmail reputation": Scenario(
        refused("421-4.7.0 [192.0.2.10      15] Our system has detected that this message is "
        "suspicious due to the very low reputation of the sending IP address. - gsmtp"), {}, OPEN,
        step="postmaster"
    ),
    "abusix without a key": Scenario(
        refused("550 5.7.1 [192.0.2.10] listed by combined.mail.abusix.zone, see "
        "https://lookup.abusix.com/search?q=192.0.2.10"), {}, OPEN, step="abusix"
    ),
    "uceprotect 3": Scenario(
        refused(blocked("dnsbl-3.uceprotect.net",
        more="; Your ISP EXAMPLENET/AS64496 is UCEPROTECT-Level3 listed for hosting spammers")),
        on("dnsbl-3.uceprotect.net", f"{ME} A 127.0.0.2"), HOLDS, step="provider"
    ),
    "zen without address, a sure one, on": Scenario(
        sendmail("550 5.7.1 Mail rejected by zen.spamhaus.org"), on(ZEN, f"{ME} A 127.0.0.4"), OPEN
    ),
    "zen without address, only a guess, off": Scenario(
        refused("550 5.7.1 Mail rejected, see zen.spamhaus.org", received=False), {}, OPEN
    ),
    "two recipients on two lists": Scenario(
        postfix(("ann@remote.example", REMOTE, blocked(ZEN)), ("eve@third.example",
        "mx.third.example[203.0.113.5]", blocked(SPAMCOP))), {**on(ZEN, f"{ME} A 127.0.0.3"),
        "third.example": "@ MX 10 mx\nmx A 203.0.113.5"}, (HOLDS, GONE)
    ),
    "one over ipv6, one over ipv4, only ipv6 listed": Scenario(
        two(blocked(ZEN, IP6), blocked(ZEN)), {**on(ZEN, f"{ME6} A 127.0.0.3"), **THIRD}, (HOLDS, GONE)
    ),
    "one over ipv4, one over ipv6, only ipv4 listed": Scenario(
        two(blocked(ZEN), blocked(ZEN, IP6)), {**on(ZEN, f"{ME} A 127.0.0.4"), **THIRD}, (HOLDS, GONE)
    ),
    "one quotes one address, the other none": Scenario(
        two(blocked(ZEN, "192.0.2.99"), "554 5.7.1 blocked by bl.spamcop.net"), {**on(SPAMCOP,
        "99.2.0.192 A 127.0.0.2"), **THIRD}, (GONE, HOLDS)
    ),
    "likely unsolicited, google": Scenario(
        refused("550-5.7.1 [192.0.2.10      12] Our system has detected that this message is likely "
        "unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been "
        "blocked. - gsmtp"), {}, OPEN
    ),
    "uceprotect 1": Scenario(
        refused(blocked("dnsbl-1.uceprotect.net", more="; IP 192.0.2.10 is UCEPROTECT-Level 1 listed. See "
        "http://www.uceprotect.net/rblcheck.php?ipr=192.0.2.10")), on("dnsbl-1.uceprotect.net",
        f"{ME} A 127.0.0.2"), HOLDS, because="dnsbl:dnsbl-1.uceprotect.net"
    ),
    "exim, in an rbl by a link, on": Scenario(
        exim("host mx.remote.example [198.51.100.25]\n    SMTP error from remote mail server "
        "after RCPT TO:<ann@remote.example>:\n    550 JunkMail rejected - mx.ours.example "
        "[192.0.2.10]:41522 is in an RBL: https://www.spamhaus.org/query/ip/192.0.2.10"), on(ZEN,
        f"{ME} A 127.0.0.4"), HOLDS, because="dnsbl:zen.spamhaus.org"
    ),
    "exim, in a black list at, off": Scenario(
        exim("host mx.remote.example [198.51.100.25]\n    SMTP error from remote mail server "
        "after RCPT TO:<ann@remote.example>:\n    550 rejected because 192.0.2.10 is in a "
        "black list at zen.spamhaus.org"), {}, GONE
    ),
    "sbl ticket page": Scenario(
        refused("550 5.7.1 Rejected, see https://www.spamhaus.org/sbl/query/SBL512345"), on(ZEN,
        f"{ME} A 127.0.0.2"), HOLDS, step="network owner"
    ),
    "outlook, spamhaus, off": Scenario(
        refused("550 5.7.1 Service unavailable, Client host [192.0.2.10] blocked using Spamhaus. To "
        "request removal from this list see https://www.spamhaus.org/query/ip/192.0.2.10 "
        "(AS3130)."), {}, GONE
    ),
    "microsoft banned ip": Scenario(
        refused("550 5.7.606 Access denied, banned sending IP [192.0.2.10]. To request removal from "
        "this list please visit https://sender.office.com/ and follow the directions. For "
        "more information please go to http://go.microsoft.com/fwlink/?LinkID=526655 AS(1430)"), {}, OPEN,
        step="sender.office.com"
    ),
    "yahoo, spamhaus pbl, on": Scenario(
        refused("553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.10, because the ip "
        "is in Spamhaus's list; see http://postmaster.yahoo.com/550-bl23.html"), on(ZEN,
        f"{ME} A 127.0.0.10"), HOLDS, because="dnsbl:zen.spamhaus.org"
    ),
    "yahoo, spamhaus, off": Scenario(
        refused("553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.10, because the ip "
        "is in Spamhaus's list; see http://postmaster.yahoo.com/550-bl23.html"), {}, GONE
    ),
    "barracuda appliance, off": Scenario(
        refused("554 Service unavailable; Client host [mx.ours.example] blocked using Barracuda "
        "Reputation; http://www.barracudanetworks.com/reputation/?r=1&ip=192.0.2.10"), {}, GONE
    ),
    "barracuda does not know our resolver": Scenario(
        refused(blocked("b.barracudacentral.org")), {"b.barracudacentral.org": None}, OPEN,
        step="barracudacentral"
    ),
    "t-online": Scenario(
        refused("554 IP=192.0.2.10 - A problem occurred. (Ask your postmaster for help or to contact "
        "tobr@rx.t-online.de to clarify.)"), {}, OPEN
    ),
    "gmx policy": Scenario(
        refused("554-Transaction failed 554-Reject due to policy restrictions. 554 For explanation "
        "visit https://postmaster.gmx.net/en/case?c=r0101&i=ip&v=192.0.2.10&r=1"), {}, OPEN
    ),
    "surbl, off": Scenario(
        refused("550 5.7.1 Message blocked: shady.example listed on SURBL (ABUSE)",
        returned=original(body="Look http://shady.example/x\n")), {}, GONE, because="rhsbl:multi.surbl.org"
    ),
    "spamhaus page of a domain, on": Scenario(
        refused("550 5.7.1 Blocked - see https://check.spamhaus.org/results/?query=shady.example",
        returned=original(body="Look http://shady.example/x\n")), on(DBL, "shady.example A 127.0.1.2"),
        HOLDS, step="shady.example", because="rhsbl:dbl.spamhaus.org"
    ),
    "spamhaus page of our domain, off, address on pbl": Scenario(
        refused("550 5.7.1 Blocked - see https://www.spamhaus.org/query/domain/ours.example"), on(ZEN,
        f"{ME} A 127.0.0.10"), GONE, because="rhsbl:dbl.spamhaus.org"
    ),
    "a dead list and a living one, clear": Scenario(
        refused("554 5.7.1 Rejected: 192.0.2.10 found in dnsbl.sorbs.net, zen.spamhaus.org"), {}, OPEN
    ),
    "a dead list and a living one, listed": Scenario(
        refused("554 5.7.1 Rejected: 192.0.2.10 found in dnsbl.sorbs.net, zen.spamhaus.org"), on(ZEN,
        f"{ME} A 127.0.0.4"), HOLDS
    ),
    "the receiver's mirror of a list": Scenario(refused(blocked("zen.dnsbl.remote.example")), {}, OPEN),
    "spamcop silent for our address only": Scenario(
        refused(blocked(SPAMCOP)), on(SPAMCOP, f"{ME} CNAME x.timeout."), OPEN
    ),
    "spamrats, no reverse name": Scenario(
        refused(blocked("noptr.spamrats.com")), {"all.spamrats.com": PROOF + f"{ME} A 127.0.0.37",
        "noptr.spamrats.com": PROOF + f"{ME} A 127.0.0.37", REVERSE: "@ TXT x"}, HOLDS, step="reverse"
    ),
    "a private list of domains and addresses": Scenario(
        refused("554 5.7.1 Service unavailable; Sender address [bob@ours.example] blocked using "
        "rhsbl.isp.example"), {"rhsbl.isp.example": PROOF + "test A 127.0.0.2\nours.example A 127.0.0.2"},
        HOLDS, step="ours.example"
    ),
    "a private list of domains, let go": Scenario(
        refused("554 5.7.1 Service unavailable; Sender address [bob@ours.example] blocked using "
        "rhsbl.isp.example"), {"rhsbl.isp.example": PROOF + f"test A 127.0.0.2\n{ME} A 127.0.0.2"}, GONE
    ),
    "german, on a list, clear": Scenario(
        refused("554 5.7.1 Die IP-Adresse 192.0.2.10 ist auf der Blacklist zen.spamhaus.org gelistet"), {},
        GONE, because="dnsbl:zen.spamhaus.org"
    ),
    "mapped ipv6 client, listed": Scenario(
        refused(blocked(ZEN, "::ffff:192.0.2.10")), on(ZEN, f"{ME} A 127.0.0.4"), HOLDS, step="192.0.2.10"
    ),
    "client in postfix's log form": Scenario(
        refused("550 5.7.1 client=unknown[192.0.2.10] listed by bl.spamcop.net as 127.0.0.2"), on(SPAMCOP,
        f"{ME} A 127.0.0.2"), HOLDS
    ),
    "psbl page, on": Scenario(
        refused("550 5.7.1 Listed, see https://psbl.org/listing?ip=192.0.2.10"), on("psbl.surriel.com",
        f"{ME} A 127.0.0.2"), HOLDS
    ),
    "blocklist.de page, off": Scenario(
        sendmail("554 5.7.1 Rejected: https://www.blocklist.de/en/view.html?ip=192.0.2.10"), {}, GONE
    ),
    "sorbs page": Scenario(refused("550 5.7.1 See http://www.sorbs.net/lookup.shtml?192.0.2.10"), {}, OPEN),
    "a known list clear, an unknown one dead": Scenario(
        refused("554 5.7.1 192.0.2.10 listed in zen.spamhaus.org and in rbl.old.example"), {}, OPEN
    ),
    "blocked using the unknown, known one mentioned": Scenario(
        refused("554 5.7.1 Client host [192.0.2.10] blocked using rbl.old.example; not "
        "zen.spamhaus.org"), {}, OPEN
    ),
    "dronebl, undocumented code": Scenario(
        refused(blocked("dnsbl.dronebl.org")), on("dnsbl.dronebl.org", f"{ME} A 127.0.0.19"), HOLDS
    ),
    "hostkarma yellow": Scenario(
        refused(blocked("hostkarma.junkemailfilter.com")), on("hostkarma.junkemailfilter.com",
        f"{ME} A 127.0.0.3"), GONE
    ),
    "a list with test point and wildcard": Scenario(
        refused(blocked("rbl.isp.example")), {"rbl.isp.example": PROOF + "* A 127.0.0.2"}, OPEN
    ),
    "zen refused by the resolver": Scenario(
        refused(blocked(ZEN)), {ZEN: None, ".": "nothing TXT x\n* CNAME x.refused."}, OPEN
    ),
    "a keyed list and a clear one": Scenario(
        refused("550 5.7.1 [192.0.2.10] found at combined.mail.abusix.zone, zen.spamhaus.org"), {}, OPEN
    ),
    "list closed long ago, unknown to us": Scenario(
        refused(blocked("list.dsbl.org", more="; http://dsbl.org/listing?192.0.2.10")), {}, OPEN
    ),
    "sorbs dul": Scenario(
        refused(blocked("dul.dnsbl.sorbs.net")), {"dnsbl.sorbs.net": "* A 127.0.0.10"}, OPEN
    ),
    "proofpoint, and listed on zen": Scenario(
        refused("554 5.7.1 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.10"), on(ZEN,
        f"{ME} A 127.0.0.4"), OPEN, step="spamhaus"
    ),
    "our own blacklist, and listed on zen": Scenario(
        refused("550 5.7.1 192.0.2.10 is on our own blacklist"), on(ZEN, f"{ME} A 127.0.0.4"), OPEN,
        step="spamhaus"
    ),
    "the user's address is clear": Scenario(
        refused("550 5.7.1 Blocked, see zen.spamhaus.org"), on(ZEN, f"{ME} A 127.0.0.4"), GONE,
        ip="192.0.2.50"
    ),
}  # fmt: skip
