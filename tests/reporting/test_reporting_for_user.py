"""The text for the user: every reason, in plain words, ready to copy."""

import re
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import replace

import bounce_tui.diagnosis
from bounce_tui.check_results import VerdictState
from bounce_tui.diagnosis import diagnose, rule_by_id, rules
from bounce_tui.hints.failure_hints import NONE, Hints, Mistyped
from bounce_tui.hints.hinting import hint
from bounce_tui.hints.note import Note
from bounce_tui.hints.tables import for_user
from bounce_tui.model import Action, Bounce, Case, Failure, Message, Original
from bounce_tui.parsing import read_reply
from bounce_tui.reporting.for_user import text_for_user

REASONS = Path(bounce_tui.diagnosis.__file__).with_name("knowledge") / "reasons.toml"
SLUGS = [entry["slug"] for entry in tomllib.loads(REASONS.read_text())["reason"]]
# Terms of the trade that a user does not know, as whole words.
TRADE = (
    "smtp|dns|mx|spf|dkim|dmarc|ptr|ip|mta|tls|starttls|rfc|mime|header|headers|envelope|relay|relaying|ehlo|helo"
    "|dsn|ndr|blocklist|dnsbl|greylisting|greylisted|postmaster|hostname|resolver|nxdomain|quota|encoding|bounce"
    "|bounced|authentication|smarthost|null|queue|domain"
)


def told(
    reply: str,
    *,
    recipient: str = "bob@example.net",
    action: Action = "failed",
    until: str | None = None,
    reason: str | None = None,
    hints: Hints | None = None,
    verdict: VerdictState | None = None,
    **original: str,
) -> str:
    failure = read_reply(reply)
    failure = Failure(
        **{
            **{f: getattr(failure, f) for f in failure.__struct_fields__},
            "recipient": recipient,
            "action": action,
            "will_retry_until": until,
        }
    )
    bounce = Bounce(kind="failed", failures=(failure,), original=Original(**original))
    diagnosis = diagnose(failure, bounce)
    if reason is not None:
        diagnosis = replace(diagnosis, reason=reason)
    return text_for_user(Case(Message("a"), bounce, (diagnosis,)), 0, hints or Hints(), verdict)


def test_every_reason_has_its_plain_words_and_no_words_are_without_a_reason() -> None:
    assert sorted(for_user().reason) == sorted(SLUGS)


@pytest.mark.parametrize("slug", [*SLUGS, *for_user().cause, "mended", "forged"])
def test_the_words_are_plain(slug: str) -> None:
    words = for_user()
    others = {**words.cause, "mended": words.mended, "forged": words.forged}
    plain = words.reason[slug] if slug in words.reason else others[slug]
    waiting = plain.waiting
    said = (plain.happened, plain.means, *plain.you, plain.we)
    always = (for_user().waiting.first, for_user().waiting.first_undated, *for_user().waiting.last)
    otherwise = filter(None, (waiting.happened, waiting.means, *waiting.you, waiting.we))
    texts = (*said, *always, *otherwise)
    for text in texts:
        text = re.sub(r"\[([^]|]*)(?:\|[^]]*)?\]", r"\1", text)
        bare = re.sub(r"\{(?:recipient|domain|until)\}", "", text)
        assert "{" not in bare
        assert re.search(r"\d", bare) is None, "no codes"
        assert re.search(rf"(?i)\b(?:{TRADE})\b", bare) is None
        assert text.endswith((".", "?"))
        assert not text[0].islower()
    assert 1 <= len(plain.you) <= 4
    assert len(waiting.you) <= 2, "three more lines stand around them"
    assert sum(map(len, said)) < 900, "nobody reads more"


def test_the_text_says_which_message_what_happened_what_it_means_and_who_does_what() -> None:
    text = told("550 5.1.1 No such user", subject="Minutes of the meeting", day="2026-11-20")
    assert text.startswith(
        "Your message to bob@example.net with the subject “Minutes of the\n"
        "meeting”, sent on 20 November 2026, was not delivered.\n"
    )
    assert re.findall(r"^\w.*", text, re.M)[2:] == [
        "What happened", "What it means", "What you can do", "What we do",
    ]  # fmt: skip
    assert "no mailbox by the name bob@example.net" in text.replace("\n ", "")
    assert max(map(len, text.splitlines())) <= 72


def test_where_mail_is_forwarded_the_user_reads_of_the_address_that_was_written_to_and_of_the_other() -> None:
    failure = replace(
        read_reply("550 5.1.1 no such user"),
        recipient="bob.private@gmail.example",
        original_recipient="bob@corp.example",
    )
    bounce = Bounce(kind="failed", failures=(failure,), original=Original(from_="ann@example.org"))
    diagnosis = diagnose(failure, bounce)
    text = text_for_user(Case(Message("a"), bounce, (diagnosis,)), 0)
    assert text.startswith(
        "Your message to bob@corp.example (forwarded to\nbob.private@gmail.example) was not"
    )
    assert "no mailbox by the\n  name bob.private@gmail.example" in text
    steps = " ".join(diagnosis.resolution)
    assert "(bob@corp.example, forwarded to bob.private@gmail.example)" in steps
    assert "remove bob@corp.example (forwarded to bob.private@gmail.example) so" in steps
    near = replace(failure, recipient="bob@gmial.com")
    one = Case(Message("a"), replace(bounce, failures=(near,)), (diagnosis,))
    hints = hint(one, 0)
    assert hints.mistyped
    assert "Did you mean" not in text_for_user(one, 0, hints), "whoever forwards has typed it"


def test_of_a_message_on_hold_nobody_is_told_to_wait_until_it_goes_out() -> None:
    held = "in the hold queue: host mx.example.net[192.0.2.7] said: 450 4.7.1 Greylisted"
    text = " ".join(told(held, action="delayed", until="2026-11-27T10:00:00Z").split())
    assert text.startswith(
        "Your message to bob@example.net has not been delivered yet: it is on hold on our side. What happened"
        " Our own mail server has put the message on hold"
    )
    assert "You need not send it again." in text
    assert not any(words in text for words in ("tried", "27 November", "other side has not", "forward that"))
    assert told(held, action="delayed", verdict="no_longer_holds") == told(held, action="delayed")


def test_a_delayed_message_is_not_called_lost() -> None:
    text = told("451 4.7.1 Greylisted, try again later", action="delayed")
    assert "has not been delivered yet. It is still being tried" in text.replace("\n", " ")
    assert "was not delivered" not in text


FAILURES = [slug for slug in SLUGS if for_user().reason[slug].failed]
BY_HAND = re.compile(r"(?i)(?<!not )\b(?:send|write|try|sending)\b[^.;,]*\b(?:again|anew|later|tomorrow)\b")
"""Words that ask to send the message once more."""


@pytest.mark.parametrize("slug", FAILURES)
@pytest.mark.parametrize("until", [None, "2026-11-25T09:14:02Z"])
def test_of_what_is_still_tried_nobody_is_asked_to_send_it_again(slug: str, until: str | None) -> None:
    text = " ".join(told("451 4.0.0 Later", action="delayed", until=until, reason=slug).split())
    assert BY_HAND.search(text) is None
    assert (
        re.search(
            r"(?i)was not delivered|\bwas refused|now given up|message came back|and was stopped\.", text
        )
        is None
    )
    first = (
        "Nothing before 25 November 2026: until then" if until else "Nothing yet: the message is tried again"
    )
    assert f"What you can do - {first}" in text


@pytest.mark.parametrize("slug", FAILURES)
def test_of_what_has_failed_nobody_is_told_that_it_goes_out_by_itself(slug: str) -> None:
    text = " ".join(told("550 5.0.0 No", reason=slug).split())
    assert (
        re.search(r"tries again by itself|still being tried|need not send it|delivered after all", text)
        is None
    )


def test_who_meant_another_address_need_not_wait_for_the_wrong_one() -> None:
    hints = Hints(mistyped=(Mistyped("gmial.com", "bob@gmail.com", "gmial.com looks like gmail.com"),))
    text = told("451 4.4.4 Host unknown", recipient="bob@gmial.com", action="delayed", hints=hints)
    assert "  - Did you mean bob@gmail.com? Then send it there, without waiting.\n" in text


LISTED = "550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using zen.spamhaus.org"


def test_where_checks_say_that_the_cause_is_gone_the_user_is_asked_to_send_again() -> None:
    text = told(LISTED, verdict="no_longer_holds")
    assert "was not delivered" in text
    assert "has been mended" in text
    assert "  - Please send the message again.\n" in text
    assert "public list" not in text
    assert "Wait" not in text


@pytest.mark.parametrize("verdict", ["still_holds", "cannot_be_known"])
def test_a_verdict_that_the_cause_holds_or_may_hold_changes_nothing(verdict: VerdictState) -> None:
    assert "Wait for our answer" in told(LISTED)
    assert told(LISTED, verdict=verdict) == told(LISTED)


def test_nobody_is_asked_to_send_again_what_is_still_being_tried() -> None:
    assert told(LISTED, action="delayed", verdict="no_longer_holds") == told(LISTED, action="delayed")


def test_a_text_without_an_address_reads_as_a_sentence() -> None:
    failure = Failure()
    bounce = Bounce(kind="failed", failures=(failure,))
    for slug in SLUGS:
        diagnosis = diagnose(read_reply("550 5.1.1 User unknown"), bounce)
        diagnosis = type(diagnosis)(
            **{**{f: getattr(diagnosis, f) for f in diagnosis.__struct_fields__}, "reason": slug}
        )
        text = text_for_user(Case(Message("a"), bounce, (diagnosis,)), 0)
        assert "{" not in text
        assert not re.search(r"^  (?:- )?[a-z]", re.sub(r"\n  (?:  )?(?=[a-z])", " ", text), re.M)


def test_an_address_that_is_not_told_leaves_no_hole_in_a_sentence() -> None:
    assert "The mailbox is full and takes no more mail." in told("552 5.2.2 Mailbox full", recipient="")
    unknown = " ".join(told("550 5.1.1 User unknown", recipient="").split())
    assert "The mail system at the other side says that it has no mailbox for the address." in unknown
    full = told("552 5.2.2 Mailbox full")
    assert "The mailbox bob@example.net is full and takes no more mail." in full


def test_a_message_too_large_for_one_mailbox_is_not_said_to_be_small_enough() -> None:
    text = " ".join(told("550 5.2.3 Message length exceeds administrative limit").split())
    assert "too large" in text
    assert "not its size" not in text


def test_what_may_have_been_meant_is_asked() -> None:
    hints = Hints(
        mistyped=(Mistyped("gmial.com", "bob@gmail.com", "gmial.com looks like gmail.com: bob@gmail.com"),)
    )
    assert "  - Did you mean bob@gmail.com?\n" in told(
        "550 5.1.2 Host unknown", recipient="bob@gmial.com", hints=hints
    )


def test_what_the_filter_minded_is_named_where_the_content_was_the_reason() -> None:
    notes = (
        Note("attachments", "setup.exe: .exe is refused by Gmail", odd=True),
        Note("headers", "no Date field", odd=True),
    )
    reply = "552 5.7.0 Prohibited attachment"
    assert "  - setup.exe: .exe is refused by Gmail.\n" in told(
        reply, hints=Hints(notes=notes, content_first=True)
    )
    assert "setup.exe" not in told(reply, hints=Hints(notes=notes))
    assert "Date" not in told(reply, hints=Hints(notes=notes, content_first=True)), "users write no headers"


def test_a_strangers_words_stay_words() -> None:
    text = told(
        "550 5.1.1 No such user",
        recipient="{recipient}\x1b[2J@{domain}.example",
        subject="\u202e{domain}\n\x07" + "x" * 5000,
    )
    assert text.replace("\n", "").isprintable()
    assert "{recipient}\\x1b[2J@{domain}.example" in text
    assert len(text) < 3000


def test_a_date_that_is_none_stands_as_it_is() -> None:
    assert "sent on yesterday," in told("550 5.1.1 No such user", day="yesterday")


def test_hints_are_for_bounces_only() -> None:
    failure = Failure(recipient="bob@gmial.com", action="delivered")
    bounce = Bounce(kind="delivered", failures=(failure,))
    diagnosis = diagnose(failure, bounce)
    assert hint(Case(Message("a"), bounce, (diagnosis,)), 0) == Hints()


def test_the_rules_of_a_cause_with_words_of_its_own_exist() -> None:
    named = [rule for plain in for_user().cause.values() for rule in plain.rules]
    assert named
    assert all(rule_by_id(id_).id == id_ for id_ in named)


def test_an_mx_that_leads_to_our_own_server_is_not_told_as_a_circle() -> None:
    text = " ".join(told("mail for example.net loops back to myself").split())
    assert "sent to our own mail server" in text
    assert "circle" not in text
    assert "forward" not in text


def test_the_post_of_a_list_is_not_called_the_users_own_message() -> None:
    failure = replace(read_reply("550 5.1.1 No such user"), recipient="bob@example.net")
    bounce = Bounce(kind="failed", failures=(failure,), forwarded=True, list_says="Subscription disabled.")
    text = text_for_user(Case(Message("a"), bounce, (diagnose(failure, bounce),)), 0)
    assert text.startswith("A message of the mailing list to bob@example.net was not delivered.")


def test_that_a_mailbox_is_flooded_is_not_told_as_the_senders_doing() -> None:
    text = told(
        "450 4.2.1 The user you are trying to contact is receiving email at a rate that prevents additional "
        "messages from being delivered."
    )
    assert "too much mail from us" not in text.lower()
    assert "We slow our sending" not in text
    assert "floods their mailbox" in " ".join(text.split())


def test_every_rule_of_a_flooded_mailbox_tells_the_user_the_same() -> None:
    flooded = {rule.id for rule in rules() if rule.reason == "rate_limited" and rule.who_acts == "recipient"}
    assert flooded
    assert {for_user().of("rate_limited", id_).happened for id_ in flooded} == {
        for_user().of("rate_limited", "google-4.2.1-rate-prevents").happened
    }


def test_recipients_of_one_mail_who_met_with_the_same_share_one_text() -> None:
    full = read_reply("552 5.2.2 mailbox full")
    unknown = replace(read_reply("550 5.1.1 user unknown"), recipient="zoe@example.net")
    several = [replace(full, recipient=f"{name}@example.net") for name in ("ann", "bob", "cid")]
    bounce = Bounce(kind="failed", failures=(*several, unknown), original=Original())
    case = Case(Message("a"), bounce, tuple(diagnose(one, bounce) for one in bounce.failures))

    def text(at: int, verdict: VerdictState | None = None, hints: Hints = NONE) -> str:
        return text_for_user(case, at, hints, verdict, width=200)

    assert (
        "to bob@example.net was not delivered. The same is true of ann@example.net and cid@example.net.\n"
        in text(1)
    )
    assert "The same is true" not in text(3)
    assert "The same is true" not in text(1, "still_holds")
    assert "The same is true" not in text(
        1, None, Hints(mistyped=(Mistyped("net", "bob@example.org", "why"),))
    )


def test_of_very_many_who_met_with_the_same_the_rest_is_counted() -> None:
    full = read_reply("552 5.2.2 mailbox full")
    names = ("ann", *(f"user{at}" for at in range(60)))
    failures = tuple(replace(full, recipient=f"{name}@example.net") for name in names)
    bounce = Bounce(kind="failed", failures=failures, original=Original())
    text = text_for_user(Case(Message("a"), bounce, tuple(diagnose(one, bounce) for one in failures)), 0)
    assert " ".join(text.split()).count("user4@example.net and 55 more. What happened") == 1
    assert "user5@" not in text
