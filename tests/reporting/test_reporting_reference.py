"""Each entry of the reference has a page that a person can act on."""

import pytest

from bounce_tui.diagnosis import rule_by_id
from bounce_tui.diagnosis.reference import Reference, read_reference
from bounce_tui.reporting.reference_text import about, entry_fields, entry_page, sign
from bounce_tui.reporting.rule_text import rule_page


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
