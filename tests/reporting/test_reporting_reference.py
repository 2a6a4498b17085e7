"""Each entry of the reference has a page that a person can act on."""

import pytest
from msgspec.structs import replace

from bounce_tui.diagnosis import rule_by_id
from bounce_tui.diagnosis.diagnostician import diagnostician
from bounce_tui.diagnosis.errors import Fault, Level
from bounce_tui.diagnosis.reference import Reference, read_reference
from bounce_tui.diagnosis.trial import try_reply
from bounce_tui.parsing import read_reply
from bounce_tui.reporting.reference_text import (
    MOST_RULES,
    about,
    entry_fields,
    entry_page,
    sign,
    some_rules,
)
from bounce_tui.reporting.rule_text import WIDTH, rule_page, tally, trial_page


@pytest.fixture(scope="module")
def reference() -> Reference:
    return read_reference()


def test_every_page_has_something_to_say_and_no_placeholder_but_in_its_address(reference: Reference) -> None:
    for entry in reference:
        for label, value in entry_fields(entry, reference):
            assert value.strip(), entry.id
            assert "{" not in value or label in ("Page", "Pattern"), (entry.id, value)


def test_a_rules_page_is_the_one_of_rules_show(reference: Reference) -> None:
    entry = reference.look_up("godaddy-ib104-sbl")
    assert entry is not None
    assert entry_page(entry, reference, "here:1") == rule_page(
        rule_by_id("godaddy-ib104-sbl"), "here:1", replaces=False
    )


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("godaddy-ib104-sbl", "Query sbl.spamhaus.org for"),
        ("blocklisted", "Query the list that the reply names for"),
    ],
)
def test_a_page_about_no_mail_names_the_list_that_is_meant(
    reference: Reference, name: str, asked: str
) -> None:
    entry = reference.look_up(name)
    assert entry is not None
    steps = " ".join(value for _, value in entry_fields(entry, reference))
    assert asked in steps
    assert "names none" not in steps


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mailbox_full", ("Means", "Cause", "Who acts", "1. ", "K12USA", "cause 2", "Rules")),
        ("5.7.26", ("RFC 7372", "5.7.26:", "auth_failure", "Who acts", "google-5.7.26-dmarc")),
        ("GoDaddy", ("secureserver.net", "IB104: blocklisted.", "godaddy-ib104-sbl")),
        ("user_unknown", ("dead: stop sending to it", "X.1.1", "and ")),
    ],
)
def test_reasons_codes_and_providers_have_cause_and_steps(
    reference: Reference, name: str, said: tuple[str, ...]
) -> None:
    entry = reference.look_up(name)
    assert entry is not None
    page = entry_page(entry, reference)
    assert [words for words in said if words not in page] == []
    assert all(len(line) <= 80 for line in page.splitlines() if len(line.split()) > 2)


@pytest.mark.parametrize(
    ("id_", "seen"),
    [
        ("godaddy-ib104-sbl", "IB104"),
        ("google-max-size-token", "MAXSIZEERROR"),
        ("spectrum-aup-1300-1340", "AUP#1300-1340"),
        ("status-4.7.3", "4.7.3"),
        ("meaning-sender-refused", "sender + refused"),
        ("ses-auth-invalid", "“authentication credentials invalid”"),
    ],
)
def test_a_rule_is_known_by_what_stands_in_the_reply(id_: str, seen: str) -> None:
    assert sign(rule_by_id(id_)) == seen


def test_an_entry_in_short_is_never_nameless(reference: Reference) -> None:
    assert [entry.id for entry in reference if not all(about(entry)[:2])] == []


@pytest.mark.parametrize(
    ("levels", "files", "words"),
    [
        ([], 1, "nothing to mend in 1 file\n"),
        (["error"], 0, "1 error in 0 files\n"),
        (["warning", "error", "note", "error"], 2, "2 errors, 1 warning, 1 note in 2 files\n"),
    ],
)
def test_faults_are_counted_in_words(levels: list[Level], files: int, words: str) -> None:
    assert tally([Fault("a.toml", "", "", "", level=level) for level in levels], files) == words


@pytest.mark.parametrize(("length", "cells"), [(20, 27), (72, WIDTH), (73, WIDTH), (300, WIDTH)])
def test_the_words_that_called_a_rule_fill_a_line_and_no_more(length: int, cells: int) -> None:
    trial = try_reply(diagnostician(), read_reply(f"550 User unknown {'x' * 400}"))
    called = replace(trial.called[0], start=0, end=length)
    lines = trial_page(replace(trial, called=(called,))).splitlines()
    assert [len(line) for line in lines if line.startswith("     “")] == [cells]
    short = trial_page(trial).splitlines()
    assert "     “User unknown”" in short


def test_a_list_of_rules_ends_with_how_many_are_left_out(reference: Reference) -> None:
    rules = list(reference.rules)
    nobodys = next(rule for rule in rules if not rule.provider)
    assert next(some_rules([nobodys]))[1] == f"{sign(nobodys)}, any ({nobodys.id})"
    for more in (0, 1, 2):
        named = [value for _, value in some_rules(rules[: MOST_RULES + more])]
        assert len(named) == MOST_RULES + (more > 0)
        assert named[-1].endswith(f"({rules[MOST_RULES - 1].id})" if not more else f"and {more} more")
