"""DKIM: the returned message's signatures, tried with the keys that a real server on loopback holds."""

import asyncio
import base64
from functools import cache

import dkim
import msgspec
import nacl.signing
import pytest
from bounce_mail import original
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from looking import Serve
from worded import worded

from bounce_tui.check_results import CheckResult, Inputs, Verdict
from bounce_tui.checks.dns.answer import Answer, Lookup, RecordType
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import with_overrides
from bounce_tui.checks.planning.plan import request
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.model import Diagnosis, Evidence, Failure, Hop, Original

PRIVATE = nacl.signing.SigningKey(b"\x07" * 32)
PUBLIC = base64.b64encode(bytes(PRIVATE.verify_key)).decode()
STRANGER = base64.b64encode(bytes(nacl.signing.SigningKey(b"\x08" * 32).verify_key)).decode()
KEY = f'"v=DKIM1; k=ed25519; p={PUBLIC}"'
MAIL = b"From: Ann <ann@school.example>\nTo: bob@example.net\nSubject: Lunch\n\nAt noon?\n"
PEM, DER = Encoding.PEM, Encoding.DER
TRADITIONAL, SPKI = PrivateFormat.TraditionalOpenSSL, PublicFormat.SubjectPublicKeyInfo
RELAXED = (b"relaxed", b"relaxed")


def signed(
    domain: str = "school.example", selector: str = "s1", mail: bytes = MAIL, identity: bytes | None = None
) -> bytes:
    field: bytes = dkim.sign(
        mail,
        selector.encode(),
        domain.encode(),
        base64.b64encode(bytes(PRIVATE)),
        canonicalize=RELAXED,
        signature_algorithm=b"ed25519-sha256",
        include_headers=[b"from", b"to", b"subject"],
        identity=identity,
        linesep=b"\n",
    )
    return field + mail


def signed_by_rsa(algorithm: bytes) -> tuple[bytes, str]:
    """The mail with an RSA signature of `algorithm`, and the record of its key."""
    field: bytes = dkim.sign(
        MAIL, b"s1", b"school.example", _rsa().private_bytes(PEM, TRADITIONAL, NoEncryption()),
        signature_algorithm=algorithm, include_headers=[b"from"], linesep=b"\n",
    )  # fmt: skip
    public = base64.b64encode(_rsa().public_key().public_bytes(DER, SPKI)).decode()
    half = len(public) // 2
    return field + MAIL, f's1._domainkey TXT "v=DKIM1; p={public[:half]}" "{public[half:]}"'


@cache
def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def tagged(mail: bytes, old: bytes, new: bytes) -> bytes:
    assert old in mail
    return mail.replace(old, new, 1)


async def look(
    resolver: Resolver, content: bytes, *, whole: bool = True, from_domain: str = "school.example"
) -> CheckResult:
    original = Original(whole=whole, content=content)
    inputs = with_overrides(Inputs(original=original), from_domain=from_domain)
    (result,) = await run(request(["dkim"], inputs), inputs, resolver)
    return result


def zones(record: str = f"s1._domainkey TXT {KEY}", policy: str = "p=reject") -> dict[str, str]:
    return {
        "school.example": f'{record}\n_dmarc TXT "v=DMARC1; {policy}"',
        "mail.school.example": f"s1._domainkey TXT {KEY}",
        "sender.example": f'{record}\n_dmarc TXT "v=DMARC1; p=none"',
        "servfail.example": "@ A 192.0.2.1",
    }


@pytest.mark.parametrize(
    ("content", "whole", "state", "outcome", "words"),
    [
        (signed(), True, "pass", "verified:aligned", "verifies with the key in DNS"),
        (signed(), False, "unknown", "headers_only:aligned", "body is not here whole"),
        (signed().partition(b"\n\n")[0] + b"\n", False, "unknown", "headers_only:aligned", "as far as"),
        (signed() + b"A footer\n", True, "fail", "body_altered:aligned", "the body was altered"),
        (tagged(signed(), b"Lunch", b"Dinner"), True, "fail", "mismatch:aligned", "does not verify"),
        (signed(selector="gone"), True, "fail", "no_key:aligned", "no gone._domainkey.school.example"),
        (signed("mail.school.example"), True, "pass", "verified:aligned", "mail.school.example"),
        (signed("sender.example"), True, "pass", "verified:unaligned", "does not count for school.example"),
        (signed("servfail.example"), True, "unknown", "unasked:unaligned", "could not be asked for"),
        (MAIL, True, "warn", "unsigned", "carries no DKIM signature"),
        (MAIL, False, "unknown", "unsigned", "cannot be said"),
        (tagged(signed(), b"v=1", b"v=7"), True, "fail", "malformed:unaligned", "v= value is not 1"),
        (tagged(signed(), b"b=", b"b=x!"), True, "fail", "malformed:unaligned", "not valid base64;"),
        (tagged(signed(), b"h=from", b"h=date"), True, "fail", "malformed:unaligned", "From field"),
        (b"DKIM-Signature: nothing\n" + MAIL, True, "fail", "malformed:unaligned", "no list of tags"),
        (b"DKIM-Signature: " + b"x" * 9000 + b"\n" + MAIL, True, "fail", "malformed:unaligned", "longer"),
        (b"From root Fri Nov 20\n" + signed(), True, "pass", "verified:aligned", "verifies"),
        (signed().replace(b"\n", b"\r\n"), True, "pass", "verified:aligned", "verifies"),
        (b" folded from nothing\n" + MAIL, True, "unknown", "unreadable", "cannot be read"),
        (signed(mail=MAIL + b" " * 5000 + b"x\n"), True, "unknown", "too_odd:aligned", "not tried"),
    ],
)  # fmt: skip
async def test_what_became_of_a_signature(
    serve: Serve, content: bytes, whole: bool, state: str, outcome: str, words: str
) -> None:
    _, resolver = await serve(zones(), timeout=1, lifetime=1.5)
    result = await look(resolver, content, whole=whole)
    assert (result.state, result.outcome_text) == (state, outcome)
    assert words in result.summary


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ('s1._domainkey TXT "v=DKIM1; k=ed25519"', "has no p= tag"),
        (f's1._domainkey TXT "v=DKIM1; k=rsa; p={PUBLIC}"', "a key for rsa, the signature is ed25519"),
        (f's1._domainkey TXT "v=DKIM1; h=sha1; k=ed25519; p={PUBLIC}"', "does not allow sha256"),
        (f's1._domainkey TXT "v=DKIM1; s=other; k=ed25519; p={PUBLIC}"', "not for e-mail"),
        (f's1._domainkey TXT "v=DKIM9; k=ed25519; p={PUBLIC}"', "cannot be read"),
        ('s1._domainkey TXT "v=DKIM1; k=ed25519; p=AAAA"', "cannot be read"),
        ('s1._domainkey TXT "just some text"', "no list of tags"),
    ],
)
async def test_a_key_that_is_of_no_use_is_named_with_its_fault(serve: Serve, record: str, words: str) -> None:
    _, resolver = await serve(zones(record))
    result = await look(resolver, signed())
    assert (result.state, result.outcome_text) == ("fail", "bad_key:aligned")
    assert words in result.summary
    assert "s1._domainkey.school.example. IN TXT" in (result.remedy or "")


async def test_a_key_that_was_withdrawn_is_not_to_be_published_again(serve: Serve) -> None:
    _, resolver = await serve(zones('s1._domainkey TXT "v=DKIM1; k=ed25519; p="'))
    result = await look(resolver, signed())
    assert (result.state, result.outcome_text) == ("fail", "bad_key:aligned")
    assert "withdrawn" in result.summary
    assert "a new key under a new selector" in (result.remedy or "")
    assert "Publish the public key" not in (result.remedy or "")


@pytest.mark.parametrize(
    ("algorithm", "state", "outcome", "words", "step"),
    [
        (b"rsa-sha256", "pass", "verified:aligned", "verifies with the key in DNS", ""),
        (b"rsa-sha1", "fail", "malformed:aligned", "no receiver may accept (RFC 8301", "use rsa-sha256"),
    ],
)
async def test_a_signature_with_sha1_counts_for_nothing(
    serve: Serve, algorithm: bytes, state: str, outcome: str, words: str, step: str
) -> None:
    mail, record = signed_by_rsa(algorithm)
    _, resolver = await serve(zones(record))
    result = await look(resolver, mail)
    assert (result.state, result.outcome_text) == (state, outcome)
    assert words in result.summary
    assert step in (result.remedy or "")


@pytest.mark.parametrize(
    ("flags", "identity", "outcome"),
    [
        ("t=s", b"@news.school.example", "bad_key:aligned"),
        ("t=y:s", b"ann@news.school.example", "bad_key:aligned"),
        ("t=s", b"@school.example", "verified:aligned"),
        ("t=s", b"ann@school.example", "verified:aligned"),
        ("t=s", None, "verified:aligned"),
        ("t=y", b"@news.school.example", "verified:aligned"),
    ],
)
async def test_a_key_for_the_very_domain_is_not_for_one_below(
    serve: Serve, flags: str, identity: bytes | None, outcome: str
) -> None:
    _, resolver = await serve(zones(f's1._domainkey TXT "v=DKIM1; k=ed25519; {flags}; p={PUBLIC}"'))
    result = await look(resolver, signed(identity=identity))
    assert result.outcome_text == outcome
    if outcome == "bad_key:aligned":
        assert "for news.school.example (i=)" in result.summary
        assert "Take t=s out of s1._domainkey.school.example" in (result.remedy or "")


async def test_a_stranger_s_key_does_not_verify(serve: Serve) -> None:
    _, resolver = await serve(zones(f's1._domainkey TXT "v=DKIM1; k=ed25519; p={STRANGER}"'))
    assert (await look(resolver, signed())).outcome_text == "mismatch:aligned"


async def test_strict_alignment_asks_for_the_very_domain(serve: Serve) -> None:
    _, resolver = await serve(zones(policy="p=reject; adkim=s"))
    assert (await look(resolver, signed("mail.school.example"))).outcome_text == "verified:unaligned"


async def test_the_signature_of_the_from_domain_is_the_news_and_all_are_told(serve: Serve) -> None:
    _, resolver = await serve(zones())
    broken = tagged(signed(), b"Lunch", b"Dinner")
    good = signed("sender.example", mail=MAIL.replace(b"Lunch", b"Dinner"))
    both = good.partition(b"From:")[0] + broken
    result = await look(resolver, both)
    assert result.outcome_text == "mismatch:aligned"
    told = [line for line in result.details if line.startswith("signature ")]
    assert ["sender.example" in told[0], "verifies with" in told[0]] == [True, True]
    assert "school.example" in told[1]


class KeysTogether:
    """A `Lookup` that answers a question for a key only once there are two."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._both = asyncio.Barrier(2)
        self.address = lookup.address

    async def query(self, name: str, rdtype: RecordType) -> Answer:
        if "._domainkey." in name:
            await self._both.wait()
        return await self._lookup.query(name, rdtype)


async def test_the_keys_of_all_signatures_are_asked_for_at_once(serve: Serve) -> None:
    _, resolver = await serve(zones())
    both = signed("sender.example").partition(b"From:")[0] + signed()
    inputs = with_overrides(Inputs(original=Original(whole=True, content=both)), from_domain="school.example")
    (result,) = await run(request(["dkim"], inputs), inputs, KeysTogether(resolver))
    assert result.outcome_text == "verified:aligned"
    keys = [one.name for one in result.seen if "._domainkey." in one.name]
    assert keys == ["s1._domainkey.sender.example", "s1._domainkey.school.example"]


async def test_an_expiry_and_a_length_limit_are_told(serve: Serve) -> None:
    _, resolver = await serve(zones())
    content = tagged(signed(), b"s=s1;", b"s=s1; x=1000000000; l=4;")
    result = await look(resolver, content)
    assert "it expired 2001-09-09 01:46 UTC (x=)" in result.details
    assert "it covers only 4 bytes of the body (l=)" in result.details


@pytest.mark.parametrize(
    ("refused", "reported", "state", "outcome"),
    [
        (None, None, "unknown", "run_out:aligned"),
        (None, "2026-11-20T09:14:02", "unknown", "run_out:aligned"),
        (None, "next week", "unknown", "run_out:aligned"),
        (None, "2001-09-09T01:46:41Z", "fail", "expired:aligned"),
        (None, "2001-09-09T01:46:39Z", "pass", "verified:aligned"),
        ("2001-09-09T01:46:39Z", "2001-09-12T00:00:00Z", "pass", "verified:aligned"),
        ("2001-09-09T01:46:41Z", None, "fail", "expired:aligned"),
    ],
)
async def test_a_signature_is_judged_as_of_the_refusal_or_of_its_report(
    serve: Serve, refused: str | None, reported: str | None, state: str, outcome: str
) -> None:
    _, resolver = await serve(zones())
    content = original(from_="ann@school.example", signer="school.example", until=1_000_000_000).encode()
    failure = Failure(diagnostic="550 5.7.20 No passing DKIM signature found", date=refused)
    inputs = with_overrides(
        Inputs(original=Original(whole=True, content=content), failure=failure, reported=reported),
        from_domain="school.example",
    )
    (result,) = await run(request(["dkim"], inputs), inputs, resolver)
    assert (result.state, result.outcome_text) == (state, outcome)
    assert ("signed anew" in (result.remedy or "")) == (state != "pass")
    assert ("does not tell when it was refused" in result.summary) == outcome.startswith("run_out")


async def test_without_the_returned_message_nothing_is_asked(serve: Serve) -> None:
    server, resolver = await serve(zones())
    result = await look(resolver, b"")
    assert (result.state, result.outcome_text) == ("skipped", "no_input")
    assert server.queries == 0


EXCHANGE = "DB9PR08MB1234.eurprd08.prod.outlook.com"


def from_exchange(*, by: str = EXCHANGE, remote: str | None = "mx.remote.example") -> Inputs:
    hop = Hop(from_host="AM0PR08MB1.eurprd08.prod.outlook.com", by=by)
    return with_overrides(
        Inputs(
            original=Original(whole=True, content=MAIL, hops=(hop,)),
            reporting_mta=EXCHANGE,
            failure=Failure(remote_mta=remote),
        ),
        from_domain="school.example",
    )


@pytest.mark.parametrize(
    "inputs", [from_exchange(), from_exchange(remote=None)], ids=["refused outside", "refused within"]
)
async def test_what_exchange_online_returns_was_not_signed_yet(serve: Serve, inputs: Inputs) -> None:
    _, resolver = await serve(zones())
    (found,) = await run(request(["dkim"], inputs), inputs, resolver)
    assert (found.state, found.outcome) == ("unknown", "unsigned")
    assert "signs later" in found.summary
    assert "selector1._domainkey.school.example" in (found.remedy or "")
    blamed = verdict(found, text="550 5.7.26 DKIM signature missing")
    assert blamed.state == "cannot_be_known"


async def test_what_exchange_online_got_from_others_came_as_it_was_sent(serve: Serve) -> None:
    _, resolver = await serve(zones())
    outside = Hop(from_host="mail.school.example", by=EXCHANGE)
    inputs = from_exchange(remote=None)
    original = msgspec.structs.replace(inputs.original or Original(), hops=(outside,))
    inputs = msgspec.structs.replace(inputs, original=original)
    (found,) = await run(request(["dkim"], inputs), inputs, resolver)
    assert (found.state, found.outcome) == ("warn", "unsigned")


@pytest.mark.parametrize(
    ("domain", "whose"),
    [
        ("amazonses.com", "Amazon SES's to publish"),
        ("school-example.20230601.gappssmtp.com", "Google Workspace's to publish"),
        ("school.onmicrosoft.com", "Microsoft 365's to publish"),
        ("gmail.com", "for that provider to publish"),
    ],
)
async def test_a_withdrawn_key_of_a_provider_is_not_for_its_customer_to_publish(
    serve: Serve, domain: str, whose: str
) -> None:
    _, resolver = await serve({**zones(), domain: '@ TXT "nothing"'})
    found = await look(resolver, signed(domain))
    assert found.outcome == "no_key"
    assert whose in (found.remedy or "")
    assert "Publish the public key" not in (found.remedy or "")


async def test_a_withdrawn_key_of_ones_own_domain_is_for_oneself_to_publish(serve: Serve) -> None:
    _, resolver = await serve(zones(record=""))
    found = await look(resolver, signed())
    assert "Publish the public key" in (found.remedy or "")


def verdict(*results: CheckResult, text: str) -> Verdict:
    evidence = Evidence(text, "diagnostic")
    diagnosis = Diagnosis(
        "auth_failure", False, False, None, "rule", "high", evidence, "", ("Look.",), "sender_admin"
    )
    return judge(diagnosis, Inputs(), results)


def result(id_: str, state: str, outcome: str) -> CheckResult:
    return worded(id_, "school.example", state, outcome, f"{id_} is {outcome}")


SPF_PASS, SPF_FAIL = result("spf", "pass", "pass"), result("spf", "fail", "fail")
REJECT = result("dmarc", "pass", "reject:aligned")
APART = result("dmarc", "warn", "reject:unaligned")


@pytest.mark.parametrize(
    ("text", "results", "state"),
    [
        ("DKIM did not verify", [result("dkim", "pass", "verified:aligned")], "no_longer_holds"),
        ("DKIM did not verify", [result("dkim", "fail", "no_key:aligned")], "still_holds"),
        ("DKIM did not verify", [result("dkim", "warn", "unsigned")], "still_holds"),
        ("DKIM did not verify", [result("dkim", "unknown", "headers_only:aligned")], "cannot_be_known"),
        ("DKIM did not verify", [SPF_PASS], "cannot_be_known"),
        ("fails DMARC", [SPF_FAIL, REJECT, result("dkim", "pass", "verified:aligned")], "no_longer_holds"),
        ("fails DMARC", [SPF_FAIL, REJECT, result("dkim", "fail", "no_key:aligned")], "still_holds"),
        ("fails DMARC", [SPF_PASS, REJECT, result("dkim", "fail", "no_key:aligned")], "no_longer_holds"),
        ("fails DMARC", [SPF_PASS, APART, result("dkim", "pass", "verified:unaligned")], "still_holds"),
        ("fails DMARC", [SPF_PASS, APART, result("dkim", "warn", "unsigned")], "still_holds"),
        ("fails DMARC", [SPF_PASS, APART, result("dkim", "unknown", "unasked:aligned")], "cannot_be_known"),
        ("fails DMARC", [SPF_PASS, APART], "cannot_be_known"),
        ("fails DMARC", [SPF_FAIL, result("dmarc", "pass", "none:aligned")], "cannot_be_known"),
        ("fails DMARC", [SPF_PASS, result("dmarc", "pass", "none:aligned")], "no_longer_holds"),
        ("fails DMARC", [SPF_PASS, result("dmarc", "pass", "none:unaligned")], "cannot_be_known"),
        ("SPF fails", [SPF_FAIL, REJECT, result("dkim", "pass", "verified:aligned")], "still_holds"),
    ],
)  # fmt: skip
def test_the_verdict_on_a_refusal_for_authentication(
    text: str, results: list[CheckResult], state: str
) -> None:
    assert verdict(*results, text=text).state == state
