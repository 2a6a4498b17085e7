"""The one question of a bounce: was the address mistyped?"""

import pytest

from bounce_tui.diagnosis import reasons
from bounce_tui.hints.mistyped import mistyped
from bounce_tui.hints.similar_addresses import Addresses
from bounce_tui.hints.stray_characters import without_strays
from bounce_tui.hints.typo import typo_between
from bounce_tui.model import Bounce, Candidate, Failure, Original


def asked(
    recipient: str,
    reason: str = "user_unknown",
    *,
    to: str | None = None,
    cc: str = "",
    sender: str = "ann@example.org",
    listed: Addresses | None = None,
    diagnostic: str = "",
) -> list[str]:
    failure = Failure(recipient=recipient, diagnostic=diagnostic)
    bounce = Bounce(
        kind="failed",
        from_domain=sender.rpartition("@")[2],
        envelope_senders=(Candidate(sender, "return_path", sure=True),),
        original=Original(to=to),
        failures=(failure,),
    )
    return [one.line for one in mistyped(failure, bounce, reason, cc=cc, listed=listed)]


def test_the_question_names_the_domain_typed_the_one_meant_and_the_whole_address() -> None:
    assert asked("bob@gmial.com") == ["Mistyped? gmial.com looks like gmail.com: bob@gmail.com"]


def test_the_guides_example_is_found_beside_the_senders_own_domain() -> None:
    assert asked("jsmith@shcool.org", sender="office@school.org") == [
        "Mistyped? shcool.org looks like school.org: jsmith@school.org"
    ]


def test_why_an_ending_is_wrong_is_said() -> None:
    assert asked("bob@yahoo.con", "host_unknown") == [
        "Mistyped? yahoo.con looks like yahoo.com (there is no .con): bob@yahoo.com"
    ]


def asked_beside(reason: str, recipient: str, *others: tuple[str, str]) -> list[str]:
    """The question about `recipient`, where the `others` of the same mail failed, too."""
    together = ((recipient, reason), *others)
    bounce = Bounce(
        kind="failed",
        from_domain="example.org",
        original=Original(to=", ".join(address for address, _ in together)),
        failures=tuple(Failure(recipient=address) for address, _ in together),
    )
    told = [reason for _, reason in together]
    return [one.address for one in mistyped(bounce.failures[0], bounce, told[0], reasons=told)]


def test_a_domain_that_is_not_there_was_not_meant() -> None:
    assert asked_beside("user_unknown", "bob@Example.net", ("jan@exmaple.net", "host_unknown")) == []
    assert asked_beside("user_unknown", "bob@Example.net", ("jan@exmaple.net", "network_error")) == []
    assert asked_beside("host_unknown", "jan@exmaple.net", ("bob@Example.net", "user_unknown")) == [
        "jan@example.net"
    ]


def test_an_address_that_is_dead_was_not_meant() -> None:
    assert (
        asked_beside("user_unknown", "jsmith@school.example", ("jsmiith@school.example", "user_unknown"))
        == []
    )
    assert asked_beside(
        "user_unknown", "jsmiith@school.example", ("jsmith@school.example", "mailbox_full")
    ) == ["jsmith@school.example"]


FAILURES = [*sorted(slug for slug, reason in reasons().items() if reason.failure), "undefined"]


@pytest.mark.parametrize("reason", FAILURES)
def test_a_look_alike_domain_is_asked_about_whatever_its_host_says(reason: str) -> None:
    assert asked("bob@gmial.com", reason) == ["Mistyped? gmial.com looks like gmail.com: bob@gmail.com"]
    assert asked("jsmith@shcool.org", reason, sender="office@school.org")
    assert asked("bob@example.net", reason) == []


@pytest.mark.parametrize("reason", ["spam_detected", "user_unknown", "bad_address"])
def test_letters_that_a_report_leaves_out_are_no_slip(reason: str) -> None:
    assert asked("david...@gmail.com", reason) == []


@pytest.mark.parametrize("reason", ["vacation", "feedback", "delivered"])
def test_nobody_asks_where_nothing_failed(reason: str) -> None:
    assert asked("bob@gmial.com", reason) == []


@pytest.mark.parametrize("reason", ["mailbox_full", "suspended", "has_moved", "filtered", "greylisted"])
def test_a_name_whose_mailbox_the_host_speaks_of_is_not_asked_about(reason: str) -> None:
    assert asked("www.bob@example.net", reason) == []
    assert asked("www.bob@example.net", "on_hold") != []


@pytest.mark.parametrize("reason", ["host_unknown", "dns_failure", "not_accept", "network_error", "expired"])
def test_where_the_domain_failed_its_spelling_is_looked_at_and_not_the_local_part(reason: str) -> None:
    listed = Addresses("also in this list")
    listed.add([("robert@example.net", "mailbox_full")])
    assert asked("bob@hotmial.com", reason)
    assert asked("robbert@example.net", reason, listed=listed) == []


def test_an_address_of_the_to_field_one_letter_away_is_named() -> None:
    assert asked("rebecca.j@example.net", to="Rebecca <rebeca.j@example.net>") == [
        "Mistyped? rebecca.j looks like rebeca.j@example.net, which the mail was addressed to"
    ]
    assert asked("jsmiith@example.net", cc="jsmith@example.net")


def test_a_name_that_shows_another_address_than_it_stands_for_gives_it_away() -> None:
    assert asked("bob@exmaple.net", to='"bob@example.net" <bob@exmaple.net>') == [
        "Mistyped? exmaple.net looks like example.net: bob@example.net"
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("jsmiith", "jsmith"), ("jsmith", "j.smith"), ("j_smith", "j.smith"), ("jsmtih", "jsmith"),
     ("jsmitj", "jsmith"), ("maria", "mariaa"), ("katrin", "catrin")],
)  # fmt: skip
def test_another_recipient_of_the_list_one_slip_away_is_named_with_its_own_outcome(
    typed: str, meant: str
) -> None:
    listed = Addresses("also in this list")
    listed.add([(f"{meant}@example.net", "mailbox_full")])
    assert asked(f"{typed}@example.net", listed=listed) == [
        f"Mistyped? {typed} looks like {meant}@example.net, also in this list (mailbox full)"
    ]


@pytest.mark.parametrize(
    ("typed", "other", "reason"),
    [
        ("user1", "user2", "mailbox_full"),  # numbered accounts
        ("jsmith", "jsmith2", "mailbox_full"),
        ("jsmiith", "jsmith", "user_unknown"),  # does not exist either
        ("bob", "rob", "mailbox_full"),  # short names are all alike
        ("jsmith", "ksmytt", "mailbox_full"),
        ("martina", "martino", "mailbox_full"),  # a and o are no neighbours: two people
    ],
)
def test_another_person_is_no_slip(typed: str, other: str, reason: str) -> None:
    listed = Addresses("also in this list")
    listed.add([(f"{other}@example.net", reason)])
    assert asked(f"{typed}@example.net", listed=listed) == []


def test_the_same_name_at_another_domain_is_no_neighbour() -> None:
    listed = Addresses("also in this list")
    listed.add([("jsmith@example.com", "mailbox_full")])
    assert asked("jsmiith@example.net", listed=listed) == []


@pytest.mark.parametrize(
    ("written", "meant", "named"),
    [
        ("bob @gmail.com", "bob@gmail.com", "a space"),
        ("mailto:bob@example.net", "bob@example.net", "“mailto:” before it"),
        ("'bob@example.net'", "bob@example.net", "an apostrophe"),
        ("bob@example.net,", "bob@example.net", "a comma after it"),
        ("bob@gmail,com", "bob@gmail.com", "a comma for a dot"),
        ("bob@example..net", "bob@example.net", "two dots in a row"),
        ("bob.@example.net", "bob@example.net", "a dot before the @"),
        ("bob@@example.net", "bob@example.net", "two @"),
        ("bob\uff20example.net", "bob@example.net", "fullwidth commercial at (U+FF20)"),
        ("bob\u200b@example.net", "bob@example.net", "a zero-width space (U+200B)"),
        ("\ufeffbob@example.net", "bob@example.net", "a byte order mark (U+FEFF)"),
        ("bob\xa0@example.net", "bob@example.net", "a no-break space (U+00A0)"),
        ("%20bob@example.net", "bob@example.net", "“%20” before it"),
        ("u003ebob@example.net", "bob@example.net", "“u003e” before it"),
        ("www.bob@example.net", "bob@example.net", "“www.” before it"),
        ("bob@gmail com", "bob@gmail.com", "a space"),
        ("bob@example\u3002net", "bob@example.net", "ideographic full stop (U+3002)"),
        ("<mailto:bob@example.net>", "bob@example.net", "an angle bracket"),
        ("[bob]@example.net", "bob@example.net", "brackets round the name"),
        ("[bob@example.net", "bob@example.net", "a bracket before it"),
    ],
)  # fmt: skip
def test_what_does_not_belong_into_an_address_is_named_and_taken_away(
    written: str, meant: str, named: str
) -> None:
    lines = asked(written, "bad_address")
    assert lines
    assert lines[0].endswith(f": {meant}")
    assert named in lines[0]


def test_the_reply_is_read_for_what_the_report_lost() -> None:
    lines = asked(
        "bob@gmail.com", "bad_address", diagnostic="501 5.1.3 Bad recipient address <carol@example,net>"
    )
    assert lines == ["Mistyped? a comma for a dot in carol@example,net: carol@example.net"]


@pytest.mark.parametrize(
    "fine",
    ["bob@example.net", '"bob smith"@example.net', "o'neill@example.net", "bob+tag@example.net",
     "bob@[192.0.2.1]", "jürgen@example.net", "bob", "", "-bob-@example.net"],
)  # fmt: skip
def test_a_proper_address_has_nothing_stray(fine: str) -> None:
    stray = without_strays(fine)
    assert stray is None or fine.startswith('"')


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bobgmail.com", "bob@gmail.com"), ("bob.miller2hotmail.com", "bob.miller@hotmail.com"),
     ("carolyahoo.co.uk", "carol@yahoo.co.uk")],
)  # fmt: skip
def test_an_address_without_an_at_that_was_completed_on_its_way_is_seen_through(
    typed: str, meant: str
) -> None:
    assert asked(f"{typed}@example.org") == [f"Mistyped? {typed} has no @: {meant}"]


@pytest.mark.parametrize(
    "local",
    ["bounces+bob=gmail.com", "list-return-7-bob=gmail.com", "bob_gmail.com#EXT#", "bob_gmail.com",
     "bob-gmail.com", "SRS0=ab=cd=gmail.com=bob", "bob.gmail.com"],
)  # fmt: skip
def test_an_address_that_a_program_wrote_into_another_is_no_forgotten_at(local: str) -> None:
    assert asked(f"{local}@example.org") == []


@pytest.mark.parametrize("local", ["hotmail.com", "bob", "bob.com", "mail.com", "bob.smith", "me.com"])
def test_a_local_part_with_a_dot_is_no_forgotten_at(local: str) -> None:
    assert asked(f"{local}@example.org") == []


def test_at_gmail_a_dot_in_the_name_makes_no_difference() -> None:
    listed = Addresses("also in this list")
    listed.add([("j.smith@gmail.com", "mailbox_full"), ("jsmiith@gmail.com", "mailbox_full")])
    assert asked("jsmith@gmail.com", listed=listed) == [
        "Mistyped? jsmith looks like jsmiith@gmail.com, also in this list (mailbox full)"
    ]


def test_a_letter_of_another_script_among_latin_ones_is_named() -> None:
    assert asked("b\u043eb@example.net") == [
        "Mistyped? b\u043eb holds cyrillic small letter o (U+043E): bob@example.net"
    ]
    assert asked("\u0431\u043e\u0440\u0438\u0441@example.net") == []


def test_a_hostile_bounce_is_answered_with_silence_and_in_little_time() -> None:
    to = "a@example.net," * 50_000
    assert asked("x" * 300 + "@example.net", to=to, cc="@" * 100_000, diagnostic="<" * 200_000) == []
    assert asked("<" * 400, "bad_address", diagnostic="<a@" * 70_000) == []
    assert (
        asked("\x1b]0;x\x07bob@gmial.com", "host_unknown")[0].isprintable() is False
    )  # made visible where shown


def test_a_slip_says_what_happened() -> None:
    def words(typed: str, meant: str) -> str:
        typo = typo_between(typed, meant)
        assert typo is not None
        return typo.words

    assert words("jsmiith", "jsmith") == "“i” too many"
    assert words("jsmth", "jsmith") == "“i” is missing"
    assert words("jsmtih", "jsmith") == "ti for it, swapped"
    assert words("jsmoth", "jsmith") == "“o” for “i”"
    assert words("jsmith", "j.smith") == "a dot is missing"
    assert typo_between("same", "same") is None
    assert typo_between("abcd", "badc") is None


@pytest.mark.parametrize(
    ("echoed", "named"),
    [("<'bob@example.net>", "an apostrophe before it"), ("<bob@example.net;>", "a semicolon after it")],
)
def test_a_character_that_only_the_reply_still_shows_is_named(echoed: str, named: str) -> None:
    said = asked("bob@example.net", diagnostic=f"550 5.1.1 {echoed}: Recipient address rejected")
    assert said == [f"Mistyped? {named} in {echoed[1:-1]}: bob@example.net"]


@pytest.mark.parametrize("echoed", ["<bob@example.net>", "<mailto:bob@example.net>", "<'carl@example.net>"])
def test_an_address_quoted_as_it_is_or_linked_or_anothers_is_no_slip(echoed: str) -> None:
    assert asked("bob@example.net", diagnostic=f"550 5.1.1 {echoed}: no such user") == []
