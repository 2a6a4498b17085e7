"""Whose login was refused: the user's, or that of the server which passes their mail on."""

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Candidate, Case, Failure, Message
from bounce_tui.reporting.for_user import text_for_user

BY_POSTFIX = (
    "SASL authentication failed; server smtp.provider.example[198.51.100.99] said: 535 5.7.8 Error: "
    "authentication failed: UGFzc3dvcmQ6"
)
NO_MECHANISM = (
    "SASL authentication failed; cannot authenticate to server smtp.provider.example[198.51.100.99]: "
    "no mechanism available"
)
WANTED = "550 5.7.1 Authentication required"


def refused(words: str, *, reporter: str | None, remote: str | None = "smtp.provider.example") -> Bounce:
    failure = Failure(recipient="bob@bigcorp.example", diagnostic=words, remote_mta=remote)
    return Bounce(
        kind="failed",
        failures=(failure,),
        from_domain="example.org",
        reporting_mta=reporter,
        envelope_senders=(Candidate("ann@example.org", "x_postfix_sender", True),),
    )


@pytest.mark.parametrize(
    ("bounce", "acts"),
    [
        (refused(BY_POSTFIX, reporter="mail.example.org"), "sender_admin"),
        (refused(BY_POSTFIX, reporter="mail.isp.example"), "sender_admin"),
        (refused(NO_MECHANISM, reporter=None, remote=None), "sender_admin"),
        (refused(WANTED, reporter="mail.example.org"), "sender_admin"),
        (refused(WANTED, reporter="mail.example.org", remote="mx.bigcorp.example"), "sender"),
        (refused(WANTED, reporter="mail.example.org", remote="mail.example.org"), "sender"),
        (refused(WANTED, reporter="mail.webmail.example"), "sender"),
        (refused("535 5.7.8 authentication failed", reporter=None, remote=None), "sender"),
        (
            refused("535 Authentication not allowed on IBSMTP Servers. IB401", reporter="mail.example.org"),
            "sender",
        ),
    ],
    ids=[
        "postfix says so",
        "a provider's postfix says so",
        "postfix knows no way to log in",
        "a relay host wants a login",
        "the recipient's server wants one",
        "the own server wants one",
        "a web mailer of another organization sent it",
        "a mail program was refused",
        "a provider's rule knows what to do",
    ],
)
def test_a_login_that_a_server_of_the_sender_s_made_is_its_administrator_s(bounce: Bounce, acts: str) -> None:
    diagnosis = diagnose(bounce.failures[0], bounce)
    assert (diagnosis.reason, diagnosis.who_acts) == ("security_error", acts)
    told = text_for_user(Case(Message("a"), bounce, (diagnosis,)), 0)
    assert ("Our mail server could not sign in" in told) == (acts == "sender_admin")
    assert ("your mail program did not sign in" in told) == (acts == "sender")
