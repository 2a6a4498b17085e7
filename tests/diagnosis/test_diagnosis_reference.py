"""The reference: whatever one has seen in a reply leads to what it means."""

import pytest
from msgspec.structs import replace

from bounce_tui.diagnosis import diagnose, reasons, rules
from bounce_tui.diagnosis.reference import Reference, read_reference
from bounce_tui.diagnosis.search import CodeRange, Places, SearchIndex
from bounce_tui.model import Bounce
from bounce_tui.parsing import read_reply


@pytest.fixture(scope="module")
def reference() -> Reference:
    return read_reference()


def test_every_rule_reason_status_code_and_provider_is_in_it_once(reference: Reference) -> None:
    named = [(entry.kind, entry.id) for entry in reference]
    assert len(set(named)) == len(named)
    by_kind = {kind: {id_ for k, id_ in named if k == kind} for kind, _ in named}
    assert by_kind["rule"] == {rule.id for rule in rules()}
    assert by_kind["reason"] == set(reasons())
    assert by_kind["provider"] >= {rule.provider for rule in rules()} - {""}
    assert by_kind["status"] == {status.code for status in reference.book.statuses.values()}
    assert [reference.place(entry) for entry in reference] == list(range(len(reference)))


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("ib104", ("rule", "godaddy-ib104-sbl")),
        ("IB104 godaddy", ("rule", "godaddy-ib104-sbl")),
        ("s3140", ("rule", "outlook-s3140-network")),
        ("S3150", ("rule", "outlook-s3150-network")),
        ("5.7.26", ("status", "X.7.26")),
        ("4.7.26", ("status", "X.7.26")),
        ("mailbox full", ("reason", "mailbox_full")),
        ("godaddy", ("provider", "GoDaddy")),
        ("secureserver.net", ("provider", "GoDaddy")),
        ("4.7.512", ("rule", "exo-4.7.500-699-restricted")),
        ("AUP#In-1310", ("rule", "spectrum-aup-1300-1340")),
        ("aup#1310", ("rule", "spectrum-aup-1300-1340")),
    ],
)
def test_what_one_has_seen_leads_to_its_entry(
    reference: Reference, words: str, first: tuple[str, str]
) -> None:
    found = reference.search(words)[0]
    assert (found.kind, found.id) == first


def test_a_bare_reply_code_finds_the_rules_that_ask_for_it_first(reference: Reference) -> None:
    found = [entry.subject for entry in reference.search("421")]
    asking = [getattr(one, "reply", None) == "421" for one in found]
    assert asking[0]
    assert asking == sorted(asking, reverse=True)


def test_more_words_never_find_more_and_none_find_all(reference: Reference) -> None:
    assert reference.search("  ") is reference
    one, two = reference.search("spamhaus"), reference.search("spamhaus pbl")
    assert {entry.id for entry in two} < {entry.id for entry in one}
    assert reference.search("spamhaus zwrzl") == []


def test_what_a_bounce_rests_on_begins_with_the_rule_that_matched(reference: Reference) -> None:
    failure = read_reply("550 5.1.1 IB104 listed")
    diagnosis = diagnose(failure, Bounce())
    about = [(entry.kind, entry.id) for entry in reference.about(failure, diagnosis)]
    assert about[:4] == [
        ("rule", diagnosis.rule), ("reason", diagnosis.reason), ("provider", "GoDaddy"), ("status", "X.1.1"),
    ]  # fmt: skip


def test_every_example_of_every_seventh_rule_leads_to_an_entry(reference: Reference) -> None:
    for rule in list(rules())[::7]:
        for example in rule.examples:
            failure = read_reply(example)
            assert reference.about(failure, diagnose(failure, Bounce()))[0].kind == "rule"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("GODADDY", ("provider", "GoDaddy")),
        ("5.7.26", ("status", "X.7.26")),
        ("x.7.26", ("status", "X.7.26")),
        ("blocklisted", ("reason", "blocklisted")),
        ("godaddy-ib104-sbl", ("rule", "godaddy-ib104-sbl")),
        ("zwrzl", None),
        ("5.zwrzl", None),
    ],
)
def test_a_name_is_looked_up_in_any_case(
    reference: Reference, name: str, found: tuple[str, str] | None
) -> None:
    entry = reference.look_up(name)
    assert (entry and (entry.kind, entry.id)) == found


def test_a_rule_is_found_by_an_id_that_it_had(reference: Reference) -> None:
    book = replace(reference.book, former={"once-ib104": "godaddy-ib104-sbl"})
    renamed = Reference(book, reference.rules)
    entry = renamed.look_up("once-ib104")
    assert entry is not None
    assert entry.id == "godaddy-ib104-sbl"
    assert renamed.entry("rule", "never-was") is None


def test_a_code_range_holds_its_codes_alone() -> None:
    letters = CodeRange("aup#", 1300, 1340, digits=4)
    assert [word for word in ("aup#1300", "aup#in-1340", "aup#1341", "aup#01300", "aup#", "aup#in-", "1300")
            if letters.holds(word)] == ["aup#1300", "aup#in-1340"]  # fmt: skip
    status = CodeRange("4.7.", 500, 699)
    held = [
        word for word in ("4.7.500", "4.7.699", "4.7.700", "4.7.", "4.7.5x", "4.7.٥٠٠") if status.holds(word)
    ]
    assert held == ["4.7.500", "4.7.699"]
    assert not status.holds("4.7." + "5" * 100_000)


def test_equals_come_in_the_order_of_the_index() -> None:
    index = SearchIndex((name, Places((name,), (("word",),))) for name in "bca")
    assert index.search("word") == ["b", "c", "a"]
    assert index.search("A") == ["a"]
    assert index.search("") == ["b", "c", "a"]
