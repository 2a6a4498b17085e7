"""SPF, DKIM and DMARC as receivers quote them, and the identities that they tested."""

from bounce_mail import KEY_RECORD, original, refused
from scenario_world import (
    BY_ESP,
    DMARC,
    GONE,
    HOLDS,
    IP6,
    OF_ESP,
    OPEN,
    OURS,
    SPF_WHY,
    ZEN,
    Scenario,
    by_esp,
    on,
    ours,
    signed,
)

SRS = "SRS0=abcd=XY=orig.example=carl@fwd.example"
NO_DMARC = (
    "550-5.7.40 Your email has been blocked because the sending domain ours.example does not have a DMARC "
    "record, or the DMARC record doesn't specify a policy. - gsmtp"
)
DMARC_PERMERROR = "550 5.7.1 Email rejected per DMARC: permerror in the DMARC record of ours.example"
UNALIGNED = (
    "550-5.7.32 Your email has been blocked because the From: header (RFC5322) in this message isn't aligned "
    "with either the authenticated SPF or DKIM organizational domain. - gsmtp"
)
M509 = (
    "550 5.7.509 Access denied, sending domain ours.example does not pass DMARC verification and has a DMARC "
    "policy of reject."
)
M515 = (
    "550 5.7.515 Access denied, sending domain ours.example doesn't meet the required authentication level. "
    "Spf= {} , Dkim= {} , DMARC= {}"
)

OPENDMARC = "550 5.7.1 rejected by DMARC policy for ours.example"
NOT_ME = "v=spf1 ip4:203.0.113.9 -all"

ELEVEN = " ".join(("v=spf1", *(f"include:{n}.i.example" for n in range(11)), "ip4:192.0.2.10 -all"))

AUTHENTICATION: dict[str, Scenario] = {
    "spf mended by an include": Scenario(
        refused(SPF_WHY), {**ours("v=spf1 include:_spf.esp.example -all"), "esp.example":
        '_spf TXT "v=spf1 ip4:192.0.2.0/28 ~all"'}, GONE, because="spf"
    ),
    "a dmarc record that nobody can read": Scenario(
        refused(DMARC_PERMERROR), ours(more='_dmarc TXT "v=DMARC1 p=reject"\n'), HOLDS,
        step='_dmarc.ours.example. IN TXT "v=DMARC1; p=none"', because="dmarc"
    ),
    "a dmarc record with a policy that is none": Scenario(
        refused(DMARC_PERMERROR), ours(more='_dmarc TXT "v=DMARC1; p=rejct"\n'), HOLDS, because="dmarc"
    ),
    "a dmarc record that was broken and is mended": Scenario(
        refused(DMARC_PERMERROR), ours(more='_dmarc TXT "v=DMARC1; p=reject"\n'), GONE, because="dmarc"
    ),
    "spf still failing": Scenario(
        refused(SPF_WHY), ours("v=spf1 mx:other.example -all", ), HOLDS, step="ip4:192.0.2.10",
        because="spf"
    ),
    "spf needs eleven lookups": Scenario(
        refused("550 5.7.24 SPF permanent error: too many DNS lookups for ours.example"),
        {**ours(ELEVEN), "i.example": '* TXT "v=spf1 ip4:203.0.113.1 -all"'}, HOLDS, step="lookup",
        because="spf"
    ),
    "spf three void lookups": Scenario(
        refused("550 5.7.24 SPF permerror for ours.example: void lookup limit exceeded"),
        ours("v=spf1 a:v1.ours.example a:v2.ours.example a:v3.ours.example ip4:192.0.2.10 -all"), HOLDS,
        step='"v=spf1 ip4:192.0.2.10 -all" - it leaves out a:v1.ours.example', because="spf"
    ),
    "spf two records": Scenario(
        refused("550 5.7.24 SPF validation error: permerror, multiple records ours.example"), {
        "ours.example": OURS + '@ TXT "v=spf1 include:esp.example ~all"\n', "esp.example":
        '@ TXT "v=spf1 ip4:192.0.2.10 -all"'}, HOLDS, step="one", because="spf"
    ),
    "spf of helo for a null sender": Scenario(
        refused("550 5.7.23 SPF fail - not authorized: s=helo;id=mx.ours.example;ip=192.0.2.10", sender=""),
        ours(more='mx TXT "v=spf1 -all"\n'), HOLDS, step="mx.ours.example", because="spf"
    ),
    "spf of an srs sender, mended": Scenario(
        refused(f"550 5.7.23 SPF fail: domain of {SRS} does not designate 192.0.2.10 as permitted "
        "sender", sender=SRS, returned=original(sender=SRS, from_="carl@orig.example")), {"fwd.example":
        '@ TXT "v=spf1 ip4:192.0.2.10 -all"', "orig.example": '@ TXT "v=spf1 -all"'}, GONE, because="spf"
    ),
    "softfail still": Scenario(
        refused("550 5.7.1 Message rejected: SPF softfail (ours.example: 192.0.2.10)"),
        ours("v=spf1 ip4:203.0.113.1 ~all"), HOLDS, step="192.0.2.10", because="spf"
    ),
    "spf by macro, mended": Scenario(
        refused(SPF_WHY), ours("v=spf1 exists:%{i}._spf.%{d} -all", "192.0.2.10._spf A 127.0.0.2\n"), GONE,
        because="spf"
    ),
    "spf redirect into nothing": Scenario(
        refused("550 5.7.24 SPF permerror for ours.example"), ours("v=spf1 redirect=_spf.gone.example"),
        HOLDS, because="spf"
    ),
    "spf without the ipv6 address": Scenario(
        refused(f"550 5.7.23 SPF fail - not authorized: id=bob@ours.example;ip={IP6}", ip="IPv6:"+IP6), {},
        HOLDS, step="ip6:", because="spf"
    ),
    "spf include has vanished": Scenario(
        refused("550 5.7.24 SPF permanent error in ours.example"),
        ours("v=spf1 include:spf.oldesp.example ip4:192.0.2.10 -all"), HOLDS, because="spf"
    ),
    "spf include does not answer": Scenario(
        refused(SPF_WHY), ours("v=spf1 include:spf.timeout.example -all"), OPEN
    ),
    "spf temperror quoted, well now": Scenario(
        refused("451 4.7.24 SPF temporary error looking up ours.example"), {}, GONE, because="spf"
    ),
    "spf quoted for another address of ours": Scenario(
        refused(SPF_WHY.replace("192.0.2.10", "192.0.2.77")), {}, HOLDS, step="192.0.2.77", because="spf"
    ),
    "no spf record, has one now": Scenario(
        refused("550 5.7.1 ours.example has no SPF record, publish one"), {}, GONE, because="spf"
    ),
    "no spf record still": Scenario(
        refused("550 5.7.1 Rejected: no SPF record found for ours.example"), {"ours.example":
        "@ MX 10 mx\nmx A 192.0.2.10"}, HOLDS, step="v=spf1", because="spf"
    ),
    "microsoft 5.7.515, dmarc missing": Scenario(
        refused("550 5.7.515 Access denied, sending domain ours.example doesn't meet the required "
        "authentication level. The sender's domain in the 5322.From address doesn't meet the "
        "authentication requirements defined for the sender. Spf= Pass , Dkim= Pass , DMARC= "
        "None"), {}, HOLDS, step="_dmarc", because="dmarc"
    ),
    "google 5.7.27 spf, now passes": Scenario(
        refused("550-5.7.27 Your email has been blocked because the sender is unauthenticated. Gmail "
        "requires all senders to authenticate with SPF. 550-5.7.27 SPF [ours.example] with "
        "ip: [192.0.2.10] = did not pass - gsmtp"), {}, GONE, because="spf"
    ),
    "sender given by the user": Scenario(
        refused(SPF_WHY), {"ours.example": OURS + 'news TXT "v=spf1 ip4:203.0.113.1 -all"\n'}, HOLDS,
        step="news.ours.example", because="spf", sender="bob@news.ours.example"
    ),
    "address given by the user is the listed one": Scenario(
        refused("550 5.7.1 Mail rejected, listed in zen.spamhaus.org"), on(ZEN, "50.2.0.192 A 127.0.0.4"),
        HOLDS, step="192.0.2.50", ip="192.0.2.50"
    ),
    "dkim key gone": Scenario(signed(), {}, HOLDS, step="s1._domainkey.ours.example", because="dkim"),
    "dkim key revoked": Scenario(
        signed(), ours(more='s1._domainkey TXT "v=DKIM1; k=ed25519; p="\n'), HOLDS, step="s1",
        because="dkim"
    ),
    "dkim key there, only headers came back": Scenario(
        signed(headers_only=True), ours(more=KEY_RECORD+"\n"), OPEN
    ),
    "dkim verifies now": Scenario(signed(), ours(more=KEY_RECORD+"\n"), GONE),
    "dkim key does not answer": Scenario(
        refused("550 5.7.20 DKIM verification failed", returned=original(signer="timeout.example")), {},
        OPEN
    ),
    "dmarc, unaligned still": Scenario(
        by_esp(), {**OF_ESP, **ours(more='_dmarc TXT "v=DMARC1; p=reject"\n')}, HOLDS, because="dmarc"
    ),
    "dmarc, policy none now": Scenario(
        by_esp(), {**OF_ESP, **ours(more='_dmarc TXT "v=DMARC1; p=none"\n')}, GONE, because="dmarc"
    ),
    "dmarc, aligned by dkim now": Scenario(
        by_esp(signer="ours.example"), {**OF_ESP, **ours(more='_dmarc TXT "v=DMARC1; p=reject"\n'+
        KEY_RECORD+"\n")}, GONE, because="dmarc"
    ),
    "dmarc, aligned signature, body missing": Scenario(
        by_esp(signer="ours.example", headers_only=True), {**OF_ESP, **
        ours(more='_dmarc TXT "v=DMARC1; p=reject"\n'+KEY_RECORD+"\n")}, OPEN
    ),
    "dmarc, subdomain under sp=reject": Scenario(
        by_esp("bob@news.ours.example"), {**OF_ESP, **
        ours(more='_dmarc TXT "v=DMARC1; p=none; sp=reject"\nnews A 192.0.2.10\n')}, HOLDS, because="dmarc"
    ),
    "dmarc, subdomain under sp=none now": Scenario(
        by_esp("bob@news.ours.example"), {**OF_ESP, **
        ours(more='_dmarc TXT "v=DMARC1; p=reject; sp=none"\nnews A 192.0.2.10\n')}, GONE, because="dmarc"
    ),
    "dmarc, ghost subdomain under np=reject": Scenario(
        by_esp("bob@ghost.ours.example"), {**OF_ESP, **
        ours(more='_dmarc TXT "v=DMARC1; p=none; sp=none; np=reject"\n')}, HOLDS
    ),
    "dmarc, two records": Scenario(
        by_esp(), {**OF_ESP, **
        ours(more='_dmarc TXT "v=DMARC1; p=reject"\n_dmarc TXT "v=DMARC1; p=none"\n')}, GONE
    ),
    "dmarc, policy does not answer": Scenario(by_esp("bob@timeout.example"), {**OF_ESP}, OPEN),
    # "Safe to send again" once, by the missing policy alone.
    "dmarc, no policy now, and spf fails": Scenario(
        refused(DMARC.format("ours.example")), ours(NOT_ME), OPEN, step="ip4:192.0.2.10", because="spf",
        never="Safe"
    ),
    "dmarc, policy none now, and spf softfails": Scenario(
        refused(DMARC.format("ours.example")),
        ours(NOT_ME.replace("-all", "~all"), '_dmarc TXT "v=DMARC1; p=none"\n'), OPEN,
        step="ip4:192.0.2.10", because="dmarc", never="Safe"
    ),
    "dmarc, no policy now, and nothing vouches": Scenario(
        refused(DMARC.format("ours.example")), ours("nothing"), OPEN, step="v=spf1", never="Safe"
    ),
    "dmarc, no policy now, and spf cannot be asked": Scenario(
        refused(M509), ours("v=spf1 include:x.servfail -all"), OPEN, step="again", never="Safe"
    ),
    "dmarc, no policy now, the sending ip not known": Scenario(
        refused(M509, received=False), {}, OPEN, never="Safe"
    ),
    "dmarc, no policy now, and the signature verifies": Scenario(
        signed(DMARC.format("ours.example")), ours(NOT_ME, KEY_RECORD+"\n"), GONE, because="dkim"
    ),
    "dmarc, no policy now, spf passes for an address that is a guess": Scenario(
        refused(DMARC.format("ours.example") + " ref 192.0.2.10", received=False), {}, OPEN,
        step="Make sure that 192.0.2.10"
    ),
    "dmarc, and no From came back": Scenario(
        refused(DMARC.format("elsewhere.example"), returned="", received=False), {}, OPEN,
        step="Make sure that ours.example is the From domain", never="Safe"
    ),
    "la poste's dmarc, no policy now, and spf fails": Scenario(
        refused("550 5.7.1 Service refuse. LPN007_517"), ours(NOT_ME), OPEN, because="spf", never="Safe"
    ),
    "la poste's dmarc, policy none now, and only the service's spf passes": Scenario(
        refused("550 5.7.1 Service refuse. LPN007_517", sender=BY_ESP, returned=original(sender=BY_ESP)),
        {**OF_ESP, **ours(more='_dmarc TXT "v=DMARC1; p=none"\n')}, OPEN, step="DKIM", never="Safe"
    ),
    "yahoo's dmarc, no policy now, and spf fails": Scenario(
        refused("554 DMARC:1").replace(b"mx.remote.example", b"mta5.am0.yahoodns.net"), ours(NOT_ME), OPEN,
        because="spf", never="Safe"
    ),
    "a yahoo address in From that another server sends": Scenario(
        refused(DMARC.format("yahoo.com"), returned=original(from_="bob@yahoo.com")),
        {"yahoo.com": '_dmarc TXT "v=DMARC1; p=reject"'}, HOLDS, step="through the provider's own servers",
        never="_dmarc.yahoo.com"
    ),
    # OpenDMARC does what the policy asks for, and nothing else: "still holds" once.
    "opendmarc, policy none now": Scenario(
        refused(OPENDMARC, sender=BY_ESP, returned=original(sender=BY_ESP)),
        {**OF_ESP, **ours(more='_dmarc TXT "v=DMARC1; p=none"\n')}, GONE, because="dmarc"
    ),
    "opendmarc, policy none now, and spf fails": Scenario(
        refused(OPENDMARC), ours(NOT_ME, '_dmarc TXT "v=DMARC1; p=none"\n'), GONE,
        step="Before you send again: SPF fails", because="dmarc"
    ),
    "opendmarc, policy none now, and spf softfails": Scenario(
        refused(OPENDMARC), ours(NOT_ME.replace("-all", "~all"), '_dmarc TXT "v=DMARC1; p=none"\n'), GONE,
        step="Other receivers may refuse it until this is done", never="Safe"
    ),
    "opendmarc, policy reject still": Scenario(
        refused(OPENDMARC), ours(NOT_ME, '_dmarc TXT "v=DMARC1; p=reject"\n'), HOLDS, because="dmarc"
    ),
    # t=y is newer than most receivers.
    "dmarc, policy in test now, and only the service's spf passes": Scenario(
        by_esp(), {**OF_ESP, **ours(more='_dmarc TXT "v=DMARC1; p=reject; t=y"\n')}, HOLDS
    ),
    "dmarc, a policy of quarantine in test now": Scenario(
        by_esp(), {**OF_ESP, **ours(more='_dmarc TXT "v=DMARC1; p=quarantine; t=y"\n')}, OPEN, step="DKIM",
        never="Safe"
    ),
    "a dmarc record that is mended, and spf softfails": Scenario(
        refused(DMARC_PERMERROR),
        ours(NOT_ME.replace("-all", "~all"), '_dmarc TXT "v=DMARC1; p=reject"\n'), GONE,
        step="Before you send again: SPF softfails", because="dmarc"
    ),
    "a dmarc record that is mended, and spf fails": Scenario(
        refused(DMARC_PERMERROR), ours(NOT_ME, '_dmarc TXT "v=DMARC1; p=reject"\n'), GONE,
        step="Before you send again: SPF fails", because="dmarc"
    ),
    "google wants a dmarc record, none": Scenario(
        refused(NO_DMARC), {}, HOLDS, step="_dmarc.ours.example", because="dmarc"
    ),
    "google wants a dmarc record, there": Scenario(
        refused(NO_DMARC), ours(more='_dmarc TXT "v=DMARC1; p=none"\n'), GONE, because="dmarc"
    ),
    "google wants alignment, policy none": Scenario(
        refused(UNALIGNED, sender=BY_ESP, returned=original(sender=BY_ESP)), {**OF_ESP, **
        ours(more='_dmarc TXT "v=DMARC1; p=none"\n')}, HOLDS
    ),
    "google wants alignment, signed now": Scenario(
        refused(UNALIGNED, sender=BY_ESP, returned=original(sender=BY_ESP, signer="ours.example")), {**
        OF_ESP, **ours(more='_dmarc TXT "v=DMARC1; p=none"\n'+KEY_RECORD+"\n")}, GONE
    ),
    "google wants dkim, key gone": Scenario(
        signed("550-5.7.30 Your email has been blocked because the sender is unauthenticated. Gmail "
        "requires all senders to authenticate with DKIM. 550-5.7.30 DKIM = did not pass - "
        "gsmtp"), {}, HOLDS, because="dkim"
    ),
    "microsoft dmarc, spf fails": Scenario(
        refused(M509), ours("v=spf1 ip4:203.0.113.9 -all", '_dmarc TXT "v=DMARC1; p=reject"\n'), HOLDS
    ),
    "microsoft dmarc, spf mended": Scenario(
        refused(M509), ours(more='_dmarc TXT "v=DMARC1; p=reject"\n'), GONE
    ),
    "5.7.515 spf was it, mended": Scenario(
        signed(M515.format("Fail", "Pass", "Pass")), ours(more='_dmarc TXT "v=DMARC1; p=none"\n'+KEY_RECORD+
        "\n"), GONE, because="spf"
    ),
    "5.7.515 dkim was it, not mended": Scenario(
        signed(M515.format("Pass", "Fail", "Pass")), ours(more='_dmarc TXT "v=DMARC1; p=none"\n'), HOLDS,
        because="dkim"
    ),
    "spf with a mistyped mechanism": Scenario(
        refused("550 5.7.24 SPF permanent error: ours.example"),
        ours("v=spf1 ip4:192.0.2.10 ipv4:203.0.113.1 -all"), HOLDS, because="spf"
    ),
    "spf, an include fails to answer": Scenario(
        refused(SPF_WHY), ours("v=spf1 include:x.servfail.example -all"), OPEN
    ),
    "envelope's subdomain has no spf": Scenario(
        refused("550 5.7.1 Sender domain bounce.ours.example has no SPF record",
        sender="b@bounce.ours.example", returned=original(sender="b@bounce.ours.example")), {}, HOLDS,
        step="bounce.ours.example", because="spf"
    ),
    "helo spf failed, mended": Scenario(
        refused(SPF_WHY.replace("s=mfrom;id=bob@ours.example", "s=helo;id=mx.ours.example")),
        ours(more='mx TXT "v=spf1 a -all"\n'), GONE
    ),
    "helo spf fails, sender's passes": Scenario(
        refused(SPF_WHY.replace("s=mfrom;id=bob@ours.example", "s=helo;id=mx.ours.example")),
        ours(more='mx TXT "v=spf1 -all"\n'), HOLDS, step="mx.ours.example", because="spf"
    ),
    "two signatures, ours revoked": Scenario(
        refused(DMARC.format("ours.example", "ours.example"), sender=BY_ESP,
        returned=original(sender=BY_ESP, signer="ours.example")), {**OF_ESP, **
        ours(more='_dmarc TXT "v=DMARC1; p=reject"\ns1._domainkey TXT "v=DKIM1; p="\n')}, HOLDS
    ),
    "dkim body altered": Scenario(
        refused("550 5.7.20 DKIM body hash did not verify", returned=original(signer="ours.example") +
        "\n-- \nlist footer\n"), ours(more=KEY_RECORD+"\n"), HOLDS
    ),
    "dmarc record unreadable now": Scenario(
        by_esp(), {**OF_ESP, **ours(more='_dmarc TXT "v=DMARC1 p=reject"\n')}, GONE
    ),
    "dmarc, adkim strict, signed by a subdomain": Scenario(
        by_esp(signer="m.ours.example"), {**OF_ESP, **
        ours(more='_dmarc TXT "v=DMARC1; p=reject; adkim=s"\n'+KEY_RECORD.replace("s1._domainkey",
        "s1._domainkey.m")+"\n")}, HOLDS
    ),
    "spf of ipv6, mended": Scenario(
        refused(f"550 5.7.23 SPF: ours.example does not allow {IP6} to send", ip="IPv6:"+IP6),
        ours("v=spf1 ip6:2001:db8:25::/48 -all"), GONE
    ),
    "spf by ptr, passes": Scenario(refused(SPF_WHY), ours("v=spf1 ptr -all"), GONE),
    "spf meets a loop of aliases": Scenario(
        refused(SPF_WHY), ours("v=spf1 a:l1.ours.example -all", "l1 CNAME l2\nl2 CNAME l1\n"), OPEN
    ),
    "comauth fails by spf alone, dkim saves": Scenario(
        signed("550 5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail "
        "requires all senders to authenticate with either SPF or DKIM. DKIM = did not pass "
        "SPF [ours.example] with ip: [192.0.2.10] = did not pass - gsmtp"), ours("v=spf1 -all", KEY_RECORD+
        "\n"), GONE
    ),
    "both demanded, spf passes, key gone": Scenario(
        signed("550 5.7.515 Access denied, sending domain ours.example doesn't meet the required "
        "authentication level. Spf= Pass , Dkim= Fail , DMARC= Fail"),
        ours(more='_dmarc TXT "v=DMARC1; p=reject"\n'), GONE
    ),
    "refused by a record, not for want of one": Scenario(
        refused("550 5.7.1 Rejected by the DMARC record of ours.example (p=reject)", sender=BY_ESP,
        returned=original(sender=BY_ESP)), {**OF_ESP, **ours(more='_dmarc TXT "v=DMARC1; p=reject"')},
        HOLDS, because="dmarc"
    ),
    "results in one line, spf was it and is mended": Scenario(
        refused("550 5.7.1 Authentication failed: spf=fail dkim=none dmarc=none"), {}, GONE, because="spf"
    ),
    "results in one line, spf fails still": Scenario(
        refused("550 5.7.1 Authentication failed: spf=fail dkim=none dmarc=none"),
        ours("v=spf1 ip4:203.0.113.1 -all"), HOLDS, step="ip4:192.0.2.10", because="spf"
    ),
    # "Still holds" once, with a record to publish that lets the stranger send.
    "rejected, spf fails for an address that is a guess": Scenario(
        refused("550 5.7.1 <bob@ours.example>: Sender not authorized, ref 192.0.2.44",
        received=False), {}, OPEN, step="Make sure that 192.0.2.44 is the sending IP", because="spf"
    ),
    "blocked, spf fails for an address that is a guess": Scenario(
        refused("554 5.7.1 Service unavailable; Client host blocked, ref 192.0.2.44", received=False),
        {"2.0.192.in-addr.arpa": "44 PTR mx44.ours.example.", **ours(more="mx44 A 192.0.2.44")},
        OPEN, step="Make sure that 192.0.2.44 is the sending IP", because="spf"
    ),
    "blocked, spf fails for the address that the bounce tells": Scenario(
        refused("554 5.7.1 Service unavailable; Client host blocked"), ours("v=spf1 ip4:203.0.113.9 -all"),
        HOLDS, step="ip4:192.0.2.10", because="spf"
    ),
    "rules, spf fails for an address that is a guess": Scenario(
        refused("550 5.7.1 <bob@ours.example>: Sender address rejected: Domain not found, ref 192.0.2.44",
        received=False), {}, GONE, step="that 192.0.2.44 is the sending IP is a guess"
    ),
    "spf fails for an address that is a guess": Scenario(
        refused("550 5.7.23 SPF fail for ours.example, ref 192.0.2.44", received=False), {}, OPEN,
        step="Make sure that 192.0.2.44"
    ),
}  # fmt: skip
