"""Steps that must name the very party, page, record or address, and replies that show whose it is.

Of 80 scenes of a blind exam, in 58 of the first 60 and 19 of the other 20 the state was the right one at
first sight; these are the classes of the rest, and of steps that left out what a postmaster has to know.
"""

from bounce_mail import RECIPIENT, exim, original, qmail, refused
from scenario_world import (
    GONE,
    HOLDS,
    ME,
    OPEN,
    REVERSE,
    ZEN,
    Scenario,
    blocked,
    on,
    only,
    ours,
)

SHOP = original(from_="bob@shop.example")
NO_FROM = "550 5.1.8 From header domain shop.example has no MX or A record; refused (client 192.0.2.10)"
LOCAL_HELO = "550 5.5.0 <exch1.ours.local>: Helo command rejected: Host not found (client 192.0.2.10)"
GENERIC = "550 5.7.1 Client host rejected: generic reverse DNS name a-192-0-2-10.pool.example [192.0.2.10]"
TOSA = (
    "554 IP=192.0.2.10 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de "
    "to clarify.)"
)
TSS = (
    "421 4.7.0 [TSS04] Messages from 192.0.2.10 temporarily deferred due to unexpected volume or user "
    "complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes"
)
SBL = "554 5.7.1 Client host [192.0.2.10] blocked using zen.spamhaus.org; {}"
UNCONFIRMED = {REVERSE: "10 PTR srv10.isp.example.", "isp.example": "srv10 A 192.0.2.201"}
# In two strings, as one takes 255 letters.
ELEVEN = " ".join(f"include:s{one}.ours.example" for one in range(11)).replace(
    " include:s6", '" " include:s6'
)
ELEVEN_RECORDS = "\n".join(f's{one} TXT "v=spf1 ip4:203.0.113.{one} ?all"' for one in range(11))
BY_WEB_HOST = exim("550 No Such User Here").replace(b"mx.ours.example", b"web7.hoster.example")
OWN_DOMAIN = BY_WEB_HOST.replace(b"bob@ours.example", b"form@remote.example")
ON_SHARED = refused(blocked(ZEN, "40.107.135.94"), ip="40.107.135.94")

NAMED_PARTIES: dict[str, Scenario] = {
    "no domain of the From header": Scenario(
        refused(NO_FROM, returned=SHOP), {}, HOLDS, "correct the From address, or renew shop.example"
    ),
    "the domain of the From header is back": Scenario(
        refused(NO_FROM, returned=SHOP), only("shop.example", "@ MX 10 mx\nmx A 192.0.2.10"), GONE, "Safe"
    ),
    "the envelope's domain, where the reply names that one": Scenario(
        refused("550 5.1.8 Domain ours.example of the sender does not exist", returned=SHOP), {}, GONE, "Safe"
    ),
    "a client with its name before a colon": Scenario(
        refused("550 5.7.1 rejected (client out-4.pool.example [203.0.113.9]: SPF fail)", received=False), {},
        HOLDS, "ip4:203.0.113.9"
    ),
    "a broken record and the client behind from": Scenario(
        refused("550 5.7.24 SPF PermError for ours.example from 192.0.2.10: too many lookups",
                received=False),
        {}, GONE
    ),
    "too many lookups, the address unknown": Scenario(
        refused("550 5.7.24 SPF PermError for ours.example: too many DNS lookups", received=False),
        ours(f"v=spf1 {ELEVEN} -all", ELEVEN_RECORDS), HOLDS, "to ten lookups"
    ),
    "an address that only a reverse name is about": Scenario(
        refused(GENERIC, received=False),
        {REVERSE: "10 PTR a-192-0-2-10.pool.example.", "pool.example": "a-192-0-2-10 A 192.0.2.10"},
        HOLDS, "such as mx.ours.example", never="guess"
    ),
    "a HELO name that is the bare domain": Scenario(
        refused(GENERIC).replace(b"mx.ours.example", b"ours.example"),
        {REVERSE: "10 PTR a-192-0-2-10.pool.example.", "pool.example": "a-192-0-2-10 A 192.0.2.10"},
        HOLDS, "such as mail.ours.example"
    ),
    "a HELO name of its own network, and a reverse name": Scenario(
        refused(LOCAL_HELO), {}, HOLDS, "call itself mx.ours.example, its reverse name"
    ),
    "a HELO name of its own network, and none": Scenario(
        refused(LOCAL_HELO), {REVERSE: ""}, HOLDS, "by a name that has an address record"
    ),
    "a reverse name that leads away, where the HELO name leads back": Scenario(
        refused("450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.10]"), UNCONFIRMED,
        HOLDS, "for the reverse name mx.ours.example"
    ),
    "a reverse zone that fails": Scenario(
        refused("450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.10]"),
        {REVERSE: "10 CNAME x.servfail."}, HOLDS, "reverse zone (10.2.0.192.in-addr.arpa)"
    ),
    "the ticket by the list's own words": Scenario(
        refused(SBL.format("see SBL111111")),
        on(ZEN, f'{ME} A 127.0.0.2\n{ME} TXT "https://www.spamhaus.org/sbl/query/SBL641077"'),
        HOLDS, "SBL641077", never="SBL111111"
    ),
    "the parts of a list in their order, whatever that of the answer": Scenario(
        refused(SBL.format("see SBL333333")), on(ZEN, f"{ME} A 127.0.0.9\n{ME} A 127.0.0.2"), HOLDS,
        "the ticket SBL333333. Only the holder"
    ),
    "the ticket by the receiver's words": Scenario(
        refused(SBL.format("https://www.spamhaus.org/sbl/query/SBL222222")),
        on(ZEN, f"{ME} A 127.0.0.2"), HOLDS, "SBL222222"
    ),
    "a private list": Scenario(
        refused(blocked("bl.private.example")), {}, OPEN, "the postmaster of remote.example"
    ),
    "a list that is gone": Scenario(
        refused(blocked("dnsbl.sorbs.net")), {}, OPEN, "Tell the postmaster of remote.example"
    ),
    "a shared address on a list": Scenario(
        ON_SHARED, on(ZEN, "94.135.107.40 A 127.0.0.4"), HOLDS, "may leave from another"
    ),
    "whom the advice names already": Scenario(
        refused(TOSA), {}, OPEN, "tosa@rx.t-online.de", never="Then ask"
    ),
    "a page for a limit that stays": Scenario(refused(TSS), {}, OPEN, "open https://senders.yahooinc.com/"),
    "a guess is said once": Scenario(
        refused("550 5.7.23 SPF fail, see the log of 203.0.113.5", received=False), {}, OPEN,
        "Make sure that 203.0.113.5", never="make sure of it first"
    ),
    "a web host that keeps mail for a domain that left": Scenario(
        OWN_DOMAIN, {"hoster.example": "web7 A 203.0.113.88"}, OPEN, "Remote Mail Exchanger"
    ),
    "a report that does not tell who said no": Scenario(
        BY_WEB_HOST, {"hoster.example": "web7 A 203.0.113.88"}, OPEN, never="Remote Mail Exchanger"
    ),
    "a web host that is the mail host under another name": Scenario(
        OWN_DOMAIN, {"hoster.example": "web7 A 198.51.100.25"}, OPEN, never="Remote Mail Exchanger"
    ),
    "no relaying at an address that is no mail host now": Scenario(
        qmail("198.51.100.77 does not like recipient.\nRemote host said: 554 5.7.1 "
              f"<{RECIPIENT}>: Relay access denied\nGiving up on 198.51.100.77."),
        {}, OPEN, "its MX has moved: send again"
    ),
}  # fmt: skip
