"""Recipients whom a report names without a domain: users of the machine, and paths of machines."""

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Case, Message
from bounce_tui.parsing import parse
from bounce_tui.reporting.handover import dead_addresses
from bounce_tui.reporting.redaction import without_names

HEAD = """From: Mail Delivery Subsystem <MAILER-DAEMON@hub.example.org>
To: ann@hub.example.org
Subject: Returned mail: User unknown

"""
LISTED = """   ----- The following addresses had delivery problems -----
<ben@gone.example>  (unrecoverable error)
dora  (unrecoverable error)
valley!emil  (unrecoverable error)

"""
TRANSCRIPT = """   ----- Transcript of session follows -----
550 <ben@gone.example>... Host unknown (Name server: gone.example: host not found)
550 dora... User unknown
554 valley!emil... Service unavailable

"""
RETURNED = """   ----- Original message follows -----

Received: by hub.example.org (8.6.12/1.4)
From: ann@hub.example.org
To: {to}
Subject: Minutes

See below.
"""


def read(text: str, to: str = "ben@gone.example, dora, valley!emil") -> Bounce:
    return parse(f"{HEAD}{text}{RETURNED.format(to=to)}".encode())


def said(bounce: Bounce) -> list[tuple[str | None, str | None, str]]:
    return [(one.recipient, one.reply_code, one.diagnostic) for one in bounce.failures]


def case(bounce: Bounce) -> Case:
    return Case(
        message=Message(file="a.eml"),
        bounce=bounce,
        diagnoses=tuple(diagnose(one, bounce) for one in bounce.failures),
    )


def test_who_stands_in_a_list_without_a_domain_is_named_so_and_has_the_remark_on_that_name() -> None:
    assert said(read(LISTED + TRANSCRIPT)) == [
        (
            "ben@gone.example",
            "550",
            "550 <ben@gone.example>... Host unknown (Name server: gone.example: host not found)",
        ),
        ("dora", "550", "550 dora... User unknown"),
        ("valley!emil", "554", "554 valley!emil... Service unavailable"),
    ]


def test_the_address_that_the_mail_was_for_completes_the_name() -> None:
    bounce = read(LISTED + TRANSCRIPT, to="ben@gone.example, Dora <Dora@hub.example.org>, valley!emil")
    assert [one.recipient for one in bounce.failures] == [
        "ben@gone.example",
        "Dora@hub.example.org",
        "valley!emil",
    ]
    twice = read(LISTED + TRANSCRIPT, to="dora@hub.example.org, dora@mail.example")
    assert twice.failures[1].recipient == "dora"


def test_without_a_list_the_transcript_names_the_user() -> None:
    transcript = "   ----- Transcript of session follows -----\n550 dora... User unknown\n\n"
    assert said(read(transcript, to="dora")) == [("dora", "550", "550 dora... User unknown")]


def test_a_host_in_the_place_of_the_user_is_nobody_s_name() -> None:
    transcript = "   ----- Transcript of session follows -----\n550 gone.example... Host unknown\n\n"
    assert [one.recipient for one in read(transcript, to="ben@gone.example").failures] == ["ben@gone.example"]
    assert [one.recipient for one in read(transcript, to="dora").failures] == [None]


def test_smail_names_the_path_of_machines_with_its_own_reason() -> None:
    text = """|------------------------- Message log follows: -------------------------|
 no valid recipients were found for this message
|------------------------- Failed addresses follow: ---------------------|
 <valley!emil> ... transport uux: system "valley" unknown
 <ben@hill.example> ... unknown user
|------------------------- Message text follows: ------------------------|
"""
    assert said(read(text)) == [
        ("valley!emil", None, 'transport uux: system "valley" unknown'),
        ("ben@hill.example", None, "unknown user"),
    ]


def test_a_name_that_one_machine_alone_knows_is_no_dead_address() -> None:
    bounce = read(LISTED + TRANSCRIPT)
    assert diagnose(bounce.failures[1], bounce).hard
    assert dead_addresses([case(bounce)]) == "ben@gone.example\n"


def test_the_user_at_the_end_of_a_path_is_not_told_to_others() -> None:
    bounce = read(LISTED + TRANSCRIPT)
    told = without_names(case(bounce)).bounce.failures[2]
    assert "emil" not in f"{told.recipient} {told.diagnostic}"
