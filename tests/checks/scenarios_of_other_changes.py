"""Worlds in which something has changed beside what the reply names, or nothing can be told without it.

Of 71 recipients in 70 scenes of a blind exam, 64 had the verdict of its writer; six of the others, and eight
steps that named the wrong thing to mend or none, are the classes of these rows.
"""

from bounce_mail import KEY_RECORD, RECIPIENT, given_up, original, qmail, refused
from scenario_world import (
    BY_ESP,
    DMARC,
    GONE,
    HOLDS,
    ME,
    OF_ESP,
    OPEN,
    REVERSE,
    ZEN,
    Scenario,
    lost,
    on,
    ours,
    signed,
)

PAGE = (
    "198.51.100.25 does not like recipient.\nRemote host said: 550 See http://www.openspf.org/Why?s=mfrom&"
    "id=bob%40ours.example&ip=192.0.2.10&r=mx.remote.example\nGiving up on 198.51.100.25."
)
DESIGNATES = "550 5.7.23 Rejected due to SPF: ours.example does not designate 192.0.2.10 as permitted sender"
NO_KEY = "550 5.7.1 DKIM verification failed: key {}._domainkey.ours.example not found in DNS"
REWRITTEN = original(signer="ours.example").replace("Subject: Minutes", "Subject: [Club] Minutes")
WITH_VALUE = DMARC.format("ours.example").replace("policy. - gsmtp", "policy (p=reject)")
STRICT = '_dmarc TXT "v=DMARC1; p=reject"\n'
TWO_RECORDS = "550 5.7.1 SPF check for domain ours.example: PermError (multiple SPF records found)"
SILENT = "451 4.7.24 Sender address rejected: SPF temporary error: DNS timeout looking up {}"
BY_SILENCE = "v=spf1 include:_spf.timeout.example ip4:192.0.2.10 -all"
BOTH = {"ours.example": '@ MX 10 mx\nmx A 192.0.2.10\n@ TXT "v=spf1 mx -all"\n@ TXT "v=spf1 a ~all"'}
TIMED_OUT = "connect to {}[198.51.100.7]:25: Connection timed out"
MOVED = {"gone.example": "@ MX 10 in.host.example.", "host.example": "in A 198.51.100.9"}


def forwarded(bounce: bytes) -> bytes:
    """The same for mail that was written to a club, whose server passed it on."""
    first = b"\nOriginal-Recipient: rfc822; board@club.example\nFinal-Recipient: "
    return bounce.replace(b"\nFinal-Recipient: ", first)


OTHER_CHANGES: dict[str, Scenario] = {
    "the address that SPF judged, and no other sign of it": Scenario(
        refused(DESIGNATES, received=False), {}, GONE, "Safe", because="spf", never="guess"
    ),
    "the client that Postfix names by its reverse name": Scenario(
        refused(
            "550 5.7.1 <dyn10.isp.example[192.0.2.10]>: Client host rejected: generic rDNS hostname, please "
            "set a custom PTR", received=False
        ),
        {REVERSE: "10 PTR dyn10.isp.example.", "isp.example": "dyn10 A 192.0.2.10"}, HOLDS,
        "such as mx.ours.example", because="ptr", never="guess"
    ),
    "nothing but the page of SPF, passes now": Scenario(qmail(PAGE), {}, GONE, because="spf"),
    "nothing but the page of SPF, fails still": Scenario(
        qmail(PAGE), ours("v=spf1 ip4:203.0.113.9 -all"), HOLDS, "ip4:192.0.2.10", because="spf"
    ),
    "a missed DKIM key that is there, only headers came back": Scenario(
        signed(NO_KEY.format("s1"), headers_only=True), ours(more=KEY_RECORD + "\n"), GONE, because="dkim"
    ),
    "a missed DKIM key that is there, and a signature that fails with it": Scenario(
        refused(NO_KEY.format("s1"), returned=REWRITTEN), ours(more=KEY_RECORD + "\n"), GONE,
        "Before you send again: the signature of ours.example (selector s1) does not verify", because="dkim"
    ),
    "a missed DKIM key of another selector": Scenario(
        signed(NO_KEY.format("s2"), headers_only=True), ours(more=KEY_RECORD + "\n"), OPEN
    ),
    "a missed DKIM key that is still missing": Scenario(
        signed(NO_KEY.format("s1")), {}, HOLDS, "s1._domainkey.ours.example. IN TXT", because="dkim"
    ),
    "a DKIM key behind an alias that leads nowhere": Scenario(
        signed(NO_KEY.format("s1")), {**OF_ESP, **ours(more="s1._domainkey CNAME s1.u7.esp.example.\n")},
        HOLDS, "Have whoever runs s1.u7.esp.example", because="dkim", never="IN TXT"
    ),
    "a broken signature that would not count for DMARC": Scenario(
        refused(
            DMARC.format("ours.example"), sender=BY_ESP,
            returned=original(sender=BY_ESP, signer="esp.example")
        ),
        {**OF_ESP, **ours(more=STRICT)}, HOLDS, "(d=ours.example) as well", never="IN TXT"
    ),
    "the policy whose value the reply quotes is lifted, and SPF softfails": Scenario(
        refused(WITH_VALUE), ours("v=spf1 ip4:203.0.113.9 ~all", '_dmarc TXT "v=DMARC1; p=none"\n'), GONE,
        "Other receivers may refuse it until this is done", because="dmarc", never="Safe"
    ),
    "the policy whose value the reply quotes still stands": Scenario(
        refused(WITH_VALUE), ours("v=spf1 ip4:203.0.113.9 ~all", STRICT), HOLDS, because="dmarc"
    ),
    "two SPF records, whatever the sending IP": Scenario(
        refused(TWO_RECORDS, received=False), BOTH, HOLDS, "as the one record in place of the 2",
        because="spf", never="ip4:"
    ),
    "one SPF record now, the sending IP not known": Scenario(
        refused(TWO_RECORDS, received=False), {}, OPEN, "Put the sending IP, the public address"
    ),
    "an include without a record, which only has to go": Scenario(
        refused("550 5.7.24 SPF permerror for ours.example, client 192.0.2.10"),
        ours("v=spf1 include:spf.lapsed.example ip4:192.0.2.10 -all"), HOLDS,
        "it leaves out “include:spf.lapsed.example”", because="spf", never="is a server of yours"
    ),
    "an include that stays silent, as the reply says": Scenario(
        refused(SILENT.format("_spf.timeout.example")), ours(BY_SILENCE), HOLDS,
        "take “include:_spf.timeout.example” out of the record of ours.example", because="spf"
    ),
    "an include that stays silent, where the reply names another": Scenario(
        refused(SILENT.format("_spf.esp.example")), ours(BY_SILENCE), OPEN, because="spf"
    ),
    "the host that timed out is no mail host now": Scenario(
        given_up(TIMED_OUT.format("mx.gone.example")), MOVED, GONE, "mx.gone.example", because="mx"
    ),
    "a host elsewhere that timed out is no mail host now": Scenario(
        given_up(TIMED_OUT.format("out.relay.example")), MOVED, OPEN, "its MX has moved", because="mx"
    ),
    "the host that timed out is still the mail host": Scenario(
        given_up(TIMED_OUT.format("mx.gone.example")),
        {"gone.example": "@ MX 10 mx\nmx A 198.51.100.7"}, OPEN, "port 25", because="mx"
    ),
    "the only mail host, which has no address": Scenario(
        given_up(lost("mx.gone.example", "A")), {"gone.example": "@ MX 10 mx"}, HOLDS,
        "must mend its MX records (mx.gone.example has no address)", because="mx"
    ),
    "DNSSEC blamed, and a resolver that does not say why it fails": Scenario(
        given_up(
            lost("servfail.example", again=", try again (DNSSEC validation failure)"), "ann@servfail.example"
        ),
        {}, HOLDS, "Whoever runs DNS for servfail.example must sign the zone anew"
    ),
    "name servers that fail, and DNSSEC not blamed": Scenario(
        given_up(lost("servfail.example", again=", try again"), "ann@servfail.example"), {}, HOLDS,
        "its name servers fail", never="sign"
    ),
    "a dead domain to which somebody forwards": Scenario(
        forwarded(given_up(lost("gone.example"))), {}, HOLDS, "board@club.example must change that forward",
        never="letter by letter"
    ),
    "a dead mailbox to which somebody forwards": Scenario(
        forwarded(refused(f"550 5.1.1 <{RECIPIENT}>: User unknown")), {}, OPEN,
        "board@club.example must change that forward", never="letter by letter"
    ),
    "a dead mailbox that was written to by another name of the same domain": Scenario(
        forwarded(refused(f"550 5.1.1 <{RECIPIENT}>: User unknown")).replace(
            b"board@club.example", b"board@remote.example"
        ),
        {}, OPEN, "letter by letter"
    ),
    "a list, and no sending IP": Scenario(
        refused(f"554 5.7.1 Your server is listed on a DNS blacklist ({ZEN})", received=False), {}, OPEN,
        "Put the sending IP, the public address from which mx.ours.example sends"
    ),
    "a list that stays silent about this address": Scenario(
        refused(f"554 5.7.1 Client host [192.0.2.10] blocked using {ZEN}"),
        on(ZEN, f"{ME} CNAME x.timeout."), OPEN, "Run the check again, or look 192.0.2.10 up"
    ),
}  # fmt: skip
