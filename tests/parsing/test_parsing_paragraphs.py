"""Reports that only a person could read in full: which paragraphs hold the address, and which the words."""

import pytest

from bounce_tui.parsing import parse
from bounce_tui.parsing.shapes.blocks import failures

HEAD = "From: MAILER-DAEMON@mx.example.org\nTo: ann@example.com\nSubject: Undeliverable: offer\n\n"
FAILED = "Your mail could not be delivered."
OPEN = "The office is open on weekdays."
NAMED = "This concerns bob@example.net on our books."


@pytest.mark.parametrize(
    ("paragraphs", "heard", "unheard"),
    [
        ((FAILED, NAMED, OPEN), FAILED, ""),
        ((NAMED, FAILED, OPEN), FAILED, OPEN),
        (
            (NAMED, "Its subject was: offer.", "It could not be delivered: mailbox full."),
            "mailbox full",
            "",
        ),
        ((FAILED, OPEN, "The archive is kept by bob@example.net for us."), FAILED, ""),
        (("Your mail to bob@example.net could not be delivered.", OPEN), "could not be delivered", ""),
        ((FAILED, "bob@example.net", OPEN), FAILED, ""),
    ],
)
def test_the_words_that_tell_the_failure_are_heard_wherever_they_stand_beside_the_address(
    paragraphs: tuple[str, ...], heard: str, unheard: str
) -> None:
    (failure,) = parse((HEAD + "\n\n".join(paragraphs) + "\n").encode()).failures
    assert failure.recipient == "bob@example.net"
    assert heard in failure.diagnostic
    assert not unheard or unheard not in failure.diagnostic


@pytest.mark.parametrize("drawn", ["-" * 40, "=" * 12, "*" * 70])
def test_a_block_ends_at_a_drawn_line_below_its_words(drawn: str) -> None:
    below = f"\n{drawn}\n\nYour mail is returned in the next part.\n"
    text = f"*** bob@example.net\n{drawn}\n550 refused by SPF policy\n{below}"
    (failure,) = failures(text, paragraphs=2)
    assert failure.diagnostic == "550 refused by SPF policy"


def test_of_a_block_the_first_paragraph_is_the_reply_unless_more_are_asked_for() -> None:
    text = "bob@example.net:\n  550 no such user\n\n  Our office is open.\n\nann@example.org\n  552 full\n"
    said = [[one.diagnostic for one in failures(text, paragraphs=count)] for count in (1, 2)]
    assert [[one.diagnostic for one in failures(text)], said[1]] == [
        said[0],
        ["550 no such user Our office is open.", "552 full"],
    ]
    assert said[0] == ["550 no such user", "552 full"]


def test_words_beside_the_address_stay_where_a_label_leads_to_more() -> None:
    text = (
        "From: Versand <versand@club.example.org>\nTo: office@club.example.org\n"
        "Subject: Mail nicht zugestellt\n"
        "Content-Type: text/plain; charset=utf-8\n\nDie Mail an\n\n"
        "  bob@example.net\n  konnte nicht zugestellt werden: Postfach voll\n\nStatus: Vorgang 17 beendet\n"
    )
    (failure,) = parse(text.encode()).failures
    assert "Postfach voll" in failure.diagnostic
