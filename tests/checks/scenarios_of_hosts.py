"""Reverse names, HELO names and the sender's domain."""

from bounce_mail import IP, original, refused
from scenario_world import (
    GONE,
    HOLDS,
    IP6,
    NO_HOSTNAME,
    NO_SENDER,
    OPEN,
    OURS,
    REVERSE,
    REVERSE6,
    Scenario,
    ours,
)

NO_REVERSE = "450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.10]"
OTHER_HELO = (
    "550 5.7.1 HELO mx.ours.example does not match the reverse DNS web7.hosting.example of [192.0.2.10]"
)

HOSTS: dict[str, Scenario] = {
    "ptr missing": Scenario(
        refused(NO_HOSTNAME.format(IP)), {REVERSE: "@ TXT x"}, HOLDS, step="192.0.2.10", because="ptr"
    ),
    "a private address given for the sending ip": Scenario(
        refused(NO_HOSTNAME.format(IP)), {}, OPEN, "run the checks again", never="provider", ip="10.0.0.5"
    ),
    "ptr mended": Scenario(refused(NO_HOSTNAME.format(IP)), {}, GONE, because="ptr"),
    "ptr forward elsewhere": Scenario(
        refused(NO_HOSTNAME.format(IP)), ours() | {REVERSE: "10 PTR web.ours.example.", "ours.example": OURS
        + "web A 203.0.113.4\n"}, HOLDS, step="web.ours.example", because="ptr"
    ),
    "ptr behind rfc 2317": Scenario(
        refused(NO_HOSTNAME.format(IP)), {REVERSE:
        "10 CNAME 10.0-15.2.0.192.in-addr.arpa.\n10.0-15 PTR mx.ours.example."}, GONE, because="ptr"
    ),
    "ptr of ipv6 missing": Scenario(
        refused("550-5.7.25 [2001:db8:25::10] The IP address sending this message does not have a "
        "PTR record setup - gsmtp", ip="IPv6:"+IP6), {REVERSE6: "@ TXT x"}, HOLDS, step="2001:db8:25::10",
        because="ptr"
    ),
    "ptr server fails": Scenario(
        refused(NO_HOSTNAME.format(IP)), {REVERSE: "10 PTR mx.servfail.example."}, OPEN
    ),
    "generic name still": Scenario(
        refused("550 5.7.1 Mail from generic reverse DNS 192-0-2-10.dyn.isp.example rejected, use "
        "your provider's relay"), {REVERSE: "10 PTR 192-0-2-10.dyn.isp.example.", "isp.example":
        "192-0-2-10.dyn A 192.0.2.10"}, HOLDS, because="ptr"
    ),
    "helo did not resolve, does now": Scenario(
        refused("450 4.7.1 <mx.ours.example>: Helo command rejected: Host not found"), {}, GONE
    ),
    "helo does not resolve": Scenario(
        refused("450 4.7.1 <mx.ours.example>: Helo command rejected: Host not found"), {"ours.example":
        "@ MX 10 other\nother A 192.0.2.10"}, HOLDS, step="mx.ours.example"
    ),
    "sender domain nowhere": Scenario(
        refused(NO_SENDER), {"ours.example": None}, HOLDS, because="sender-domain"
    ),
    "sender domain back": Scenario(refused(NO_SENDER), {}, GONE, because="sender-domain"),
    "only the envelope's domain is missing": Scenario(
        refused(NO_SENDER.replace("ours", "news.ours"), sender="bob@news.ours.example",
        returned=original(sender="bob@news.ours.example")), {}, HOLDS, step="news.ours.example",
        because="sender-domain"
    ),
    "sender has a null mx": Scenario(
        refused("550 5.7.27 <bob@ours.example>: Sender address rejected: Domain has null MX"), {
        "ours.example": '@ MX 0 .\nmx A 192.0.2.10\n@ TXT "v=spf1 ip4:192.0.2.10 -all"'}, HOLDS,
        because="sender-domain"
    ),
    "sender domain loops": Scenario(
        refused(NO_SENDER), {"ours.example": '@ TXT x', "loop.example": "@ TXT x\na CNAME b\nb CNAME a"},
        HOLDS
    ),
    "reverse name was missing, there, not confirmed": Scenario(
        refused(NO_REVERSE), {REVERSE: "10 PTR web.ours.example."}, GONE, because="ptr"
    ),
    "reverse name missing": Scenario(refused(NO_REVERSE), {REVERSE: "@ TXT x"}, HOLDS, because="ptr"),
    "two reverse names, none confirmed": Scenario(
        refused("550 5.7.25 PTR record required: reverse DNS of [192.0.2.10] does not match"), {REVERSE:
        "10 PTR a.ours.example.\n10 PTR b.ours.example."}, HOLDS
    ),
    "helo and reverse name differ still": Scenario(
        refused(OTHER_HELO), {REVERSE: "10 PTR web7.hosting.example.",
        "hosting.example": "web7 A 192.0.2.10"}, HOLDS
    ),
    "helo and reverse name agree now": Scenario(refused(OTHER_HELO), {}, GONE),
    "sendmail's words, sender gone": Scenario(
        refused("553 5.1.8 <bob@ours.example>... Domain of sender address bob@ours.example does not "
        "exist"), {"ours.example": None}, HOLDS, because="sender-domain"
    ),
    "sendmail's words, sender back": Scenario(
        refused("553 5.1.8 <bob@ours.example>... Domain of sender address bob@ours.example does not "
        "exist"), {}, GONE, because="sender-domain"
    ),
    "sender without mx, which is demanded": Scenario(
        refused("550 5.1.8 Sender domain ours.example has no MX record"), {"ours.example":
        "@ A 192.0.2.10\nmx A 192.0.2.10"}, OPEN
    ),
    "sender's mx is private": Scenario(
        refused("450 4.1.8 <bob@ours.example>: Sender address rejected: Domain not found"), {"ours.example":
        "@ MX 10 mx\nmx A 10.1.1.1"}, HOLDS
    ),
    "exim sender verify, domain nowhere": Scenario(
        refused("550 5.1.0 Verification failed for <bob@ours.example>; Unrouteable address; Sender "
        "verify failed"), {"ours.example": None}, HOLDS, because="sender-domain"
    ),
    "exim sender verify, domain well": Scenario(
        refused("550-Verification failed for <bob@ours.example> 550-The mail server could not "
        "deliver mail to bob@ours.example. The account or domain may not exist, they may be "
        "blacklisted, or missing the proper dns entries. 550 Sender verify failed"), {}, OPEN
    ),
    "gmail's opinion, reverse name missing": Scenario(
        refused("550-5.7.1 [192.0.2.10      18] Our system has detected that this message is likely "
        "suspicious due to the very low reputation of the sending IP address. - gsmtp"), {REVERSE:
        "@ TXT x"}, OPEN, step="192.0.2.10"
    ),
    "sender's name servers fail still": Scenario(
        refused("451 4.1.8 <bob@ours.example>: Sender address rejected: Domain not found"), {"ours.example":
        None, ".": "nothing TXT x\nours.example CNAME x.servfail."}, HOLDS
    ),
    "delayed for the reverse name, mended": Scenario(
        refused(NO_HOSTNAME.format(IP)).replace(b"Action: failed", b"Action: delayed"), {}, GONE,
        because="ptr"
    ),
    "forward name silent": Scenario(
        refused(NO_HOSTNAME.format(IP)), {REVERSE: "10 PTR mx.timeout.example."}, OPEN
    ),
}  # fmt: skip
