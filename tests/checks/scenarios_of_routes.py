"""The recipient's domain and its mail hosts, loops and relays."""

from bounce_mail import REMOTE, exchange, given_up, original, postfix, refused, sendmail
from scenario_world import GONE, HOLDS, OPEN, SPAMCOP, SPF_WHY, Scenario, blocked, lost

ROUTES: dict[str, Scenario] = {
    "domain still nowhere": Scenario(
        given_up(lost("gone.example")), {}, HOLDS, step="recipient", because="domain"
    ),
    "null mx still": Scenario(
        given_up("Domain gone.example does not accept mail (nullMX)"), {"gone.example": "@ MX 0 ."}, HOLDS,
        because="mx"
    ),
    "mx names a host without address": Scenario(
        given_up(lost("mx.gone.example", "A")), {"gone.example": "@ MX 10 mx"}, HOLDS, because="mx"
    ),
    "mx is an address literal": Scenario(
        given_up(lost("198.51.100.7", "A")), {"gone.example": "@ MX 10 198.51.100.7."}, HOLDS, because="mx"
    ),
    "mx leads home": Scenario(
        given_up("mail for gone.example loops back to myself"), {"gone.example": "@ MX 10 mx.ours.example."},
        HOLDS, because="mx"
    ),
    "mx leads to 127.0.0.1": Scenario(
        given_up("mail for gone.example loops back to myself"), {"gone.example":
        "@ MX 10 localhost.gone.example.\nlocalhost A 127.0.0.1"}, HOLDS, because="mx"
    ),
    "loop mended": Scenario(
        given_up("mail for gone.example loops back to myself"), {"gone.example":
        "@ MX 10 mx\nmx A 198.51.100.9"}, GONE, because="mx"
    ),
    "only an address where there was nothing": Scenario(
        given_up(lost("gone.example")), {"gone.example": "@ A 198.51.100.9"}, GONE, never="Safe"
    ),
    "name server fails still": Scenario(
        given_up(lost("servfail.example", again=", try again"), "ann@servfail.example"), {}, HOLDS,
        step="servfail.example"
    ),
    "dnssec broken still": Scenario(
        given_up(lost("bogus.example", again=", try again"), "ann@bogus.example"), {}, HOLDS
    ),
    "name server silent": Scenario(
        given_up(lost("timeout.example", again=", try again"), "ann@timeout.example"), {}, HOLDS
    ),
    "connection timed out, dns well": Scenario(
        given_up("connect to mx.gone.example[198.51.100.9]:25: Connection timed out"), {"gone.example":
        "@ MX 10 mx\nmx A 198.51.100.9"}, OPEN
    ),
    "connection timed out to a private address": Scenario(
        given_up("connect to mx.gone.example[10.0.0.5]:25: Connection timed out"), {"gone.example":
        "@ MX 10 mx\nmx A 10.0.0.5"}, HOLDS, because="mx"
    ),
    "relaying denied by the present mx": Scenario(
        refused("554 5.7.1 <ann@remote.example>: Relay access denied"), {}, OPEN, step="remote.example"
    ),
    "relaying denied by a former mx": Scenario(
        refused("554 5.7.1 <ann@remote.example>: Relay access denied"), {"remote.example":
        "@ MX 10 mx2\nmx2 A 203.0.113.25"}, GONE, because="mx"
    ),
    "user unknown": Scenario(
        refused("550 5.1.1 <ann@remote.example>: Recipient address rejected: User unknown in virtual "
        "mailbox table"), {}, OPEN, step="address"
    ),
    "exchange online, domain does not exist, still": Scenario(
        exchange("550 5.4.310 DNS domain remote.example does not exist "
        "[Message=InfoDomainNonexistent] [LastAttemptedServerName=remote.example]"), {"remote.example":
        None}, HOLDS
    ),
    "exchange online, dns query failed, well": Scenario(
        exchange("450 4.4.312 DNS query failed [Message=ErrorTimeout]"), {}, GONE
    ),
    "no mail hosts for domain": Scenario(
        given_up("unable to look up host gone.example: no mail hosts for domain"), {"gone.example":
        "@ TXT x"}, HOLDS
    ),
    "sendmail, host unknown, still": Scenario(
        sendmail("550 5.1.2 <ann@gone.example>... Host unknown (Name server: gone.example: host not "
        "found)", to="ann@gone.example", status="5.1.2"), {}, HOLDS
    ),
    "recipient null mx by 5.1.10": Scenario(
        refused("556 5.1.10 <ann@remote.example>: Recipient address rejected: Domain remote.example "
        "does not accept mail (nullMX)"), {"remote.example": "@ MX 0 ."}, HOLDS, because="mx"
    ),
    "mx through an alias into nothing": Scenario(
        given_up(lost("mx.gone.example", "A")), {"gone.example": "@ MX 10 mx\nmx CNAME away.gone2.example."},
        HOLDS, because="mx"
    ),
    "given up after five days, domain lapsed": Scenario(
        given_up("delivery temporarily suspended: connect to mx.gone.example[198.51.100.9]:25: "
        "Connection timed out"), {}, HOLDS
    ),
    "loop: mx has another name, our address": Scenario(
        given_up("mail for gone.example loops back to myself"), {"gone.example":
        "@ MX 10 post\npost A 192.0.2.10"}, HOLDS, step="gone.example", because="mx"
    ),
    "loop: our address not known": Scenario(
        postfix(("ann@gone.example", "", "mail for gone.example loops back to myself"),
        returned=original(to="ann@gone.example"), received=False), {"ours.example": '@ TXT "x"',
        "gone.example": "@ MX 10 post\npost A 203.0.113.8"}, OPEN
    ),
    "no answer, and port 25 was never looked at": Scenario(
        given_up("connect to mx.gone.example[198.51.100.9]:25: Connection timed out"),
        {"gone.example": "@ MX 10 mx\nmx A 198.51.100.9"}, OPEN, step="check --only smtp"
    ),
    "relaying denied by a host of a former hoster": Scenario(
        postfix(("ann@remote.example", "mx.oldhoster.example[203.0.113.80]",
        "554 5.7.1 <ann@remote.example>: Relay access denied")), {"remote.example":
        "@ MX 10 mx.newhoster.example.", "newhoster.example": "mx A 203.0.113.26"}, OPEN,
        step="take the old entry out of its transport table"
    ),
    "user unknown at a server that is no mx now": Scenario(
        refused("550 5.1.1 <ann@remote.example>: User unknown"), {"remote.example":
        "@ MX 10 mx2\nmx2 A 203.0.113.25"}, OPEN
    ),
    "user unknown, domain gone since": Scenario(
        refused("550 5.1.1 <ann@remote.example>: User unknown"), {"remote.example": None}, HOLDS
    ),
    "our own relay wants a login": Scenario(
        postfix(("ann@remote.example", "smtp.isp.example[203.0.113.80]",
        "554 5.7.1 <ann@remote.example>: Relay access denied")), {}, OPEN, step="authentication"
    ),
    "a filter before the server is refused": Scenario(
        postfix(("ann@remote.example", "mail.remote.example[198.51.100.77]",
        "550 5.7.1 Unable to relay for ann@remote.example"),).replace(b"mx.ours.example",
        b"mx1.filter.example"), {"remote.example": "@ MX 10 mx1.filter.example.", "filter.example":
        "mx1 A 203.0.113.61"}, OPEN
    ),
    "idn domain back": Scenario(
        given_up(lost("xn--mnchen-3ya.example"), "ann@xn--mnchen-3ya.example"), {"xn--mnchen-3ya.example":
        "@ MX 10 mx\nmx A 198.51.100.9"}, GONE
    ),
    "connection to a private address, mended": Scenario(
        given_up("connect to mx.gone.example[10.0.0.5]:25: Connection timed out"), {"gone.example":
        "@ MX 10 mx\nmx A 198.51.100.9"}, OPEN
    ),
    "tenant attribution": Scenario(exchange("550 5.7.64 TenantAttribution; Relay Access Denied"), {}, OPEN),
    "edge blocks the recipient": Scenario(
        exchange("550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"), {}, OPEN
    ),
    "hop count": Scenario(exchange("554 5.4.14 Hop count exceeded - possible mail loop ATTR34"), {}, OPEN),
    "expired by dns, well now": Scenario(
        exchange("550 5.4.300 Message expired -> 451 4.4.0 DNS query failed. The error was: SERVFAIL"), {},
        GONE
    ),
    "untrusted root": Scenario(
        exchange("454 4.7.5 The certificate of the remote server failed validation, Reason: "
        "UntrustedRoot"), {}, OPEN
    ),
    "dnssec invalid, still": Scenario(
        exchange("450 4.7.324 dnssec-invalid: Destination domain returned invalid DNSSEC records"), {
        "remote.example": None, ".": "remote.example CNAME x.bogus."}, HOLDS
    ),
    "dnssec invalid, well": Scenario(
        exchange("450 4.7.324 dnssec-invalid: Destination domain returned invalid DNSSEC records"), {}, GONE
    ),
    "tlsa invalid, records gone": Scenario(
        exchange("450 4.7.323 tlsa-invalid: The domain failed DANE validation"), {}, GONE
    ),
    "too many connections": Scenario(
        refused("421 4.7.0 Too many concurrent SMTP connections from 192.0.2.10"), {}, OPEN
    ),
    "four recipients, four causes": Scenario(
        postfix(("ann@gone.example", "", lost("gone.example")), ("b@null.example", "",
        "Domain null.example does not accept mail (nullMX)"), ("c@remote.example", REMOTE, blocked(SPAMCOP)),
        ("d@third.example", "mx.third.example[203.0.113.5]", SPF_WHY.replace("ann@remote", "d@third"))), {
        "null.example": "@ MX 0 .", "third.example": "@ MX 10 mx\nmx A 203.0.113.5"}, (HOLDS, HOLDS, GONE,
        GONE)
    ),
    "domain by an alias at its apex": Scenario(
        given_up(lost("gone.example")), {"gone2.example": "@ MX 10 mx\nmx A 198.51.100.9", "example":
        "gone CNAME gone2.example."}, GONE
    ),
    "mail host of ipv6 only": Scenario(
        given_up(lost("mx.gone.example", "A")), {"gone.example": "@ MX 10 mx\nmx AAAA 2001:db8:99::1"}, GONE
    ),
    "mail host does not answer in dns": Scenario(
        given_up(lost("mx.gone.example", "A")), {"gone.example": "@ MX 10 mx.timeout.example."}, OPEN
    ),
    "own address is private": Scenario(
        given_up(lost("gone.example")), {"gone.example": "@ A 192.168.3.4"}, HOLDS
    ),
}  # fmt: skip
