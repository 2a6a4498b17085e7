"""What no DNS can settle, and resolvers that fail, lie or flood."""

from bounce_mail import IP, given_up, refused
from scenario_world import (
    BARE,
    GONE,
    HOLDS,
    ME,
    NO_HOSTNAME,
    NO_SENDER,
    OPEN,
    OURS,
    PROOF,
    SPF_WHY,
    WELL,
    ZEN,
    Scenario,
    blocked,
    by_esp,
    lost,
    signed,
)

WORLDS: dict[str, Scenario] = {
    "certificate by dane": Scenario(
        given_up("delivery temporarily suspended: Server certificate not trusted"), {"gone.example":
        "@ MX 10 mx\nmx A 198.51.100.9"}, OPEN
    ),
    "everything refused": Scenario(
        refused(blocked(ZEN)), dict.fromkeys(WELL) | {"x.example": "@ TXT x"}, OPEN
    ),
    "empty answers to everything, list": Scenario(
        refused(blocked(ZEN)), dict.fromkeys(WELL) | {".": '* TXT ""'}, OPEN
    ),
    "empty answers to everything, sender": Scenario(
        refused(NO_SENDER), dict.fromkeys(WELL) | {".": '* TXT ""'}, HOLDS
    ),
    "huge spf record over tcp": Scenario(
        refused(SPF_WHY), {"ours.example": OURS + "".join(f'@ TXT "{"x"*240}{n}"\n' for n in range(40))},
        GONE, because="spf"
    ),
    "markup and controls in a list's words": Scenario(
        refused(blocked("rbl.isp.example")), {"rbl.isp.example": PROOF +
        f'{ME} A 127.0.0.2\n{ME} TXT "[bold]\\027[31m\\007x"'}, HOLDS, never="\u001b"
    ),
    "absurd ttl": Scenario(
        refused(blocked(ZEN)), {ZEN: "$TTL 2147483647\n" + PROOF + f"{ME} A 127.0.0.4"}, HOLDS
    ),
    "ttl nought": Scenario(refused(blocked(ZEN)), {ZEN: "$TTL 0\n" + PROOF + f"{ME} A 127.0.0.4"}, HOLDS),
    "captive portal, spf": Scenario(
        refused(SPF_WHY), dict.fromkeys(WELL) | {".": '* A 203.0.113.9'}, OPEN
    ),
    "captive portal, recipient": Scenario(
        given_up(lost("gone.example")), dict.fromkeys(WELL) | {".":
        '* A 203.0.113.9\n* AAAA 2001:db8::9'}, OPEN
    ),
    "captive portal, ptr": Scenario(
        refused(NO_HOSTNAME.format(IP)), dict.fromkeys(WELL) | {".": '* A 203.0.113.9'}, OPEN
    ),
    "a registry that answers for every name": Scenario(
        given_up(lost("gone.example")), {"example": "* A 203.0.113.9"}, OPEN
    ),
    "everything is 127.0.0.2, a list": Scenario(refused(blocked(ZEN)), BARE | {".": "* A 127.0.0.2"}, OPEN),
    "everything is 127.0.0.2, the recipient": Scenario(
        given_up(lost("gone.example")), BARE | {".": "* A 127.0.0.2"}, OPEN
    ),
    "a resolver that invents mx": Scenario(
        given_up(lost("gone.example")), BARE | {".": "* MX 10 portal.invalid.\n* A 203.0.113.9"}, OPEN
    ),
    "a resolver that invents mx, the sender": Scenario(
        refused("450 4.1.8 <bob@ours.example>: Sender address rejected: Domain not found"), BARE | {".":
        "* MX 10 portal.invalid.\n* A 203.0.113.9"}, OPEN
    ),
    "a resolver that invents txt": Scenario(
        refused(SPF_WHY), BARE | {".": '* TXT "v=spf1 +all"\n* A 203.0.113.9'}, OPEN
    ),
    "a resolver that invents txt, none of it a policy": Scenario(
        refused(SPF_WHY), BARE | {".": '* TXT "welcome"\n* A 203.0.113.9'}, OPEN
    ),
    "a resolver that invents reverse names": Scenario(
        refused(NO_HOSTNAME.format(IP)), BARE | {".": "* PTR portal.invalid.\n* A 203.0.113.9"}, OPEN
    ),
    "a resolver that invents dmarc": Scenario(
        by_esp(), BARE | {".": '* TXT "v=DMARC1; p=none"\n* A 203.0.113.9'}, OPEN
    ),
    "nothing at all but the recipient": Scenario(
        refused("550 5.1.1 <ann@remote.example>: Recipient address rejected: User unknown"), BARE | {".":
        "* A 203.0.113.9"}, OPEN
    ),
    "captive portal, dkim": Scenario(signed(), BARE | {".": "* A 203.0.113.9"}, OPEN),
    "captive portal, helo": Scenario(
        refused("450 4.7.1 <mx.ours.example>: Helo command rejected: Host not found"), BARE | {".":
        "* A 203.0.113.9"}, OPEN
    ),
    "captive portal, loop": Scenario(
        given_up("mail for gone.example loops back to myself"), BARE | {".": "* A 203.0.113.9"}, OPEN
    ),
    "captive portal, relay": Scenario(
        refused("554 5.7.1 <ann@remote.example>: Relay access denied"), BARE | {".": "* A 203.0.113.9"},
        OPEN
    ),
    "captive portal, timed out": Scenario(
        given_up("connect to mx.gone.example[10.0.0.5]:25: Connection timed out"), BARE | {".":
        "* A 203.0.113.9"}, OPEN
    ),
    "captive portal, dmarc wanted": Scenario(
        refused("550-5.7.40 Your email has been blocked because the sending domain ours.example does "
        "not have a DMARC record, or the DMARC record doesn't specify a policy. - gsmtp"), BARE | {".":
        "* A 203.0.113.9"}, OPEN
    ),
    "everything times out, helo": Scenario(
        refused("450 4.7.1 <mx.ours.example>: Helo command rejected: Host not found"), BARE | {".":
        "* CNAME x.timeout."}, OPEN
    ),
}  # fmt: skip


# Each has other grounds than DNS shows, in a world where all is well.
UNSEEN = (
    "530 5.7.0 Must issue a STARTTLS command first",
    "451 4.7.5 TLS required by MTA-STS policy but the certificate does not match",
    "450 4.2.0 <ann@remote.example>: Recipient address rejected: Greylisted, see "
    "http://postgrey.schweikert.ch/help/remote.example.html",
    "552 5.2.2 <ann@remote.example>: Mailbox full",
    "421 4.7.28 [192.0.2.10      15] Our system has detected an unusual rate of unsolicited mail - "
    "gsmtp",
    "554 5.7.1 Message content rejected, id=12345-06 - spam",
    "552 5.3.4 Message size exceeds fixed limit",
    "554 5.4.6 Too many hops 26 (25 max)",
    "554 5.7.1 virus Eicar-Test-Signature detected",
    "421 4.7.0 [TSS04] Messages from 192.0.2.10 temporarily deferred due to unexpected volume or "
    "user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
    "554 resimta-po-01v.sys.comcast.net resimta-po-01v.sys.comcast.net 192.0.2.10 Comcast block for "
    "spam. Please see http://postmaster.comcast.net/smtp-error-codes.php#BL000000",
    "550 5.7.1 [CS01] Message rejected due to local policy. Please visit "
    "https://support.apple.com/en-us/HT204137",
    "554 5.7.1 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.10",
    "550 5.7.1 192.0.2.10 blocked by CSI - visit "
    "http://csi.cloudmark.com/reset-request/?ip=192.0.2.10",
    "550 csi.mimecast.org Poor Reputation Sender. - https://community.mimecast.com/docs/DOC-1369#550 "
    "[xyz.us1]",
    "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation. "
    "If you believe that this failure is in error, please contact the intended recipient via "
    "alternate means. 192.0.2.10",
    "550 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using Trend Micro RBL+. Please "
    "see http://www.mail-abuse.com/cgi-bin/lookup?ip_address=192.0.2.10",
    "550 5.7.1 Client host [192.0.2.10] blocked using ivmSIP, see "
    "https://www.invaluement.com/lookup/?192.0.2.10",
    "554 gmx.net (mxgmx016) Nemesis ESMTP Service not available No SMTP service IP address is black "
    "listed. For explanation visit https://www.gmx.net/mail/senderguidelines?c=bl&i=192.0.2.10",
    "553 5.7.1 <bob@ours.example>: Sender address rejected: not owned by user carl@ours.example",
)  # fmt: skip

WORLDS |= {words: Scenario(refused(words), {}, OPEN) for words in UNSEEN}
