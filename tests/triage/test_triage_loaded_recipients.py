"""The recipients of the list, for telling a typo."""

from collections.abc import Callable

from bounce_tui.triage.loaded_recipients import LoadedRecipients
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Row

Make = Callable[..., Row]


def test_what_arrives_later_is_known_at_the_next_question(make_row: Make) -> None:
    queue = Queue()
    listed = LoadedRecipients(queue)
    assert listed.addresses().near("jsmiith@example.net") == []
    queue.add([make_row(1, recipient="jsmith@example.net", reason="mailbox_full")])
    near = listed.addresses().near("jsmiith@example.net")
    assert [(one.address, one.place, one.reason) for one in near] == [
        ("jsmith@example.net", "also in this list", "mailbox_full")
    ]


def test_the_order_shown_does_not_matter(make_row: Make) -> None:
    queue = Queue()
    listed = LoadedRecipients(queue)
    queue.add([make_row(1, recipient="zoe.miller@example.net", reason="mailbox_full")])
    listed.addresses()
    queue.sort("domain")
    queue.reverse()
    queue.add([make_row(2, recipient="adam.smith@example.com", reason="mailbox_full")])
    assert listed.addresses().near("adam.smiht@example.com")
    assert listed.addresses().near("zoe.millr@example.net")


def test_rows_without_a_recipient_are_passed_over(make_row: Make) -> None:
    queue = Queue()
    queue.add([make_row(1, recipient=None), make_row(2, recipient=""), make_row(3, recipient="no address")])
    assert LoadedRecipients(queue).addresses().domains == ()


def test_a_domain_counts_as_reached_when_a_mailbox_of_it_answered(make_row: Make) -> None:
    queue = Queue()
    outcomes = ("mailbox_full", "host_unknown", "user_unknown", "expired")
    queue.add(
        make_row(number, recipient=f"a@{outcome.replace('_', '-')}.example", reason=outcome)
        for number, outcome in enumerate(outcomes)
    )
    assert LoadedRecipients(queue).addresses().domains == ("mailbox-full.example",)


def test_in_a_long_list_the_candidates_are_those_of_the_domain_and_the_length(make_row: Make) -> None:
    queue = Queue()
    queue.add(
        make_row(number, recipient=f"user.{number:x}@d{number % 50}.example", reason="mailbox_full")
        for number in range(20_000)
    )
    queue.add([make_row(20_001, recipient="jsmith@d7.example", reason="mailbox_full")])
    near = LoadedRecipients(queue).addresses().near("jsmiht@d7.example")
    assert [one.address for one in near] == ["jsmith@d7.example"]
