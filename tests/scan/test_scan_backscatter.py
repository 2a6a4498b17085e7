"""A bounce of a mail that the admin's servers never sent: told where the evidence is there, and only then."""

from pathlib import Path

import pytest
from backscatter_mail import ENTRY, FAILED_SPF, OWN, SOFT, bounce

from bounce_tui.checks.planning.own import Own
from bounce_tui.model import Backscatter, Case, Diagnosis, Message
from bounce_tui.reporting.bounce_text import show
from bounce_tui.reporting.for_user import text_for_user
from bounce_tui.reporting.record import MessageRecord, record
from bounce_tui.scan import convey, examine
from bounce_tui.scan.examiner import LocalExaminer
from bounce_tui.triage.filter import read_filter
from bounce_tui.triage.row import Row, pack_rows, unpack_rows
from bounce_tui.triage.summary import summarise


def examined(raw: bytes, own: Own | None = OWN, *, brief: bool = False) -> Diagnosis:
    return examine(Message("m.eml"), raw, brief=brief, own=own).diagnoses[0]


def told(raw: bytes, own: Own | None = OWN) -> Backscatter | None:
    """What a page tells; what a list says of the same mail is the same, if it is told at all."""
    whole, brief = examined(raw, own), examined(raw, own, brief=True)
    assert brief.is_backscatter == whole.is_backscatter
    return whole.backscatter


def test_a_mail_from_a_stranger_is_none_of_the_admins_and_says_why() -> None:
    diagnosis = examined(bounce())
    found = diagnosis.backscatter
    assert found is not None
    assert (found.ip, found.by, found.confidence) == ("203.0.113.7", "mx.example.net", "medium")
    assert "203.0.113.7 (host-7.dyn.example, calls itself cafe)" in diagnosis.cause
    assert "none of your [sender] ips" in diagnosis.cause
    assert diagnosis.reason == "user_unknown"
    assert diagnosis.who_acts == "sender_admin"
    steps = " ".join(diagnosis.resolution)
    assert "Do not chase ben@example.net" in steps
    assert all(word in steps for word in ("-all", "p=reject", "BATV"))


def test_it_is_sure_where_the_receivers_own_spf_refused_the_stranger() -> None:
    found = told(bounce(FAILED_SPF + ENTRY))
    assert found is not None
    assert found.confidence == "high"
    assert "SPF of example.org did not let 203.0.113.7 send" in found.statement


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(
            SOFT + "Received: from relay.host.example (relay.host.example [198.51.100.9])\n"
            "\tby mx.example.net with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000\n"
            "Received: from out.internal (unknown [192.0.2.10])\n"
            "\tby relay.host.example with ESMTP; Fri, 20 Nov 2026 08:59:59 +0000\n",
            id="a smart host or a forwarder that had it from us",
        ),
        pytest.param(
            SOFT + "Received: from relay.host.example (relay.host.example [198.51.100.9])\n"
            "\tby mx.example.net with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000\n"
            "Received: from mail.example.org\n"
            "\tby relay.host.example with ESMTP; Fri, 20 Nov 2026 08:59:59 +0000\n",
            id="a hop that names our server without its address",
        ),
        pytest.param(
            SOFT + "Received: from relay.host.example (relay.host.example [198.51.100.9])\n"
            "\tby mx.example.net with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000\n"
            "Received: from ours.of-another.example\n"
            "\tby relay.host.example with ESMTP; Fri, 20 Nov 2026 08:59:59 +0000\n",
            id="a hop of which nobody can tell whose it is",
        ),
        pytest.param(
            "Received: from relay.host.example (relay.host.example [198.51.100.9])\n"
            "\tby mx.example.net with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000\n"
            "Received: by relay.host.example; Fri, 20 Nov 2026 08:59:59 +0000\n",
            id="a service that keeps its client to itself",
        ),
        pytest.param(
            SOFT + "Received: from hotel.example (hotel.example [198.51.100.9])\n"
            "\tby mx.example.net with ESMTPSA; Fri, 20 Nov 2026 09:00:00 +0000\n",
            id="somebody who gave a password",
        ),
        pytest.param(
            "Received: from mail.example.org (unknown [198.51.100.9])\n"
            "\tby mx.example.net with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000\n",
            id="a server with our name that has a new address",
        ),
        pytest.param(
            "Received: from mx2.example.net (mx2.example.net [198.51.100.9])\n"
            "\tby mx.example.net with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000\n",
            id="the receiver's own servers and no further",
        ),
        pytest.param(
            "Received: from cafe (host-7.dyn.example [203.0.113.7])\n"
            "\tby front.other.example with SMTP; Fri, 20 Nov 2026 09:00:00 +0000\n",
            id="a hop that another server than the reporting one wrote",
        ),
        pytest.param(
            "Received: from WEB-17 ([198.51.100.9])\n"
            "\tby mx.example.net with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000\n",
            id="a host that has a bare name, as those inside a organization",
        ),
        pytest.param("", id="no hop came back"),
        pytest.param(
            "Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=example.org\n" + ENTRY,
            id="SPF lets that address send",
        ),
        pytest.param(
            SOFT + "DKIM-Signature: v=1; a=rsa-sha256; s=s1; c=relaxed/relaxed;\n"
            "\td=example.org; h=from; bh=AA==; b=AA==\n" + ENTRY,
            id="our domain signed it",
        ),
    ],
)
def test_nothing_is_told_where_the_mail_may_be_the_admins(way: str) -> None:
    assert told(bounce(way)) is None


@pytest.mark.parametrize(
    "raw",
    [
        bounce(reporter="mail.example.org"),
        bounce(ENTRY.replace("203.0.113.7", "192.0.2.3")),
        bounce(sender="anna@example.net"),
    ],
    ids=["our own server reports", "from our address", "the reporter's own user"],
)
def test_nothing_is_told_of_mail_of_ones_own_organization(raw: bytes) -> None:
    assert told(raw) is None


def test_a_server_that_sends_for_others_may_send_for_the_admin() -> None:
    """A provider's own hosts have names that tell nobody anything, and its report is about its customer."""
    onward = "mx.far.example"
    assert told(bounce(refused_by=onward)) is None
    assert told(bounce(ENTRY.replace("host-7.dyn.example", "unknown"), refused_by=onward), Own()) is None
    forwarded = told(bounce(FAILED_SPF + ENTRY, refused_by=onward))
    assert forwarded is not None
    assert forwarded.confidence == "medium"


def test_behind_a_stranger_there_may_be_forged_lines() -> None:
    forged = (
        "Received: from [203.0.113.99] by web.invented.example via HTTP; Fri, 20 Nov 2026 08:00:00 +0000\n"
    )
    plain = forged.replace(" via HTTP", "")
    found = told(bounce(FAILED_SPF + ENTRY + plain))
    assert found is not None
    assert (found.ip, found.confidence) == ("203.0.113.7", "medium")


@pytest.mark.parametrize(
    ("way", "sign"),
    [
        (FAILED_SPF + ENTRY, "SPF of example.org"),
        (ENTRY.replace("cafe (host-7.dyn.example", "cafe.example (unknown"), "no name of its own"),
        (ENTRY.replace("host-7.dyn.example", "203-0-113-7.dsl.isp.example"), "dial-up line"),
    ],
)
def test_without_addresses_in_the_config_it_is_a_question_that_changes_no_advice(way: str, sign: str) -> None:
    diagnosis, plain = examined(bounce(way), Own()), examined(bounce(""), Own())
    found = diagnosis.backscatter
    assert found is not None
    assert found.confidence == "low"
    assert sign in found.statement
    assert (diagnosis.cause, diagnosis.resolution) == (plain.cause, plain.resolution)
    assert "Sent by you?" in show(
        Case(Message("m.eml"), examine(Message("m"), bounce(way)).bounce, (diagnosis,))
    )


def test_without_addresses_a_host_with_a_name_raises_no_question() -> None:
    assert told(bounce(ENTRY.replace("host-7.dyn.example", "mail.hoster.example")), Own()) is None


def rows(folder: Path, workers: int) -> list[Row]:
    found: list[Row] = []
    for batch in convey([str(folder)], pack_rows, workers=workers, examiner=LocalExaminer(OWN)):
        found += unpack_rows(batch.output)
    return found


@pytest.mark.parametrize("workers", [1, 2])
def test_list_filter_and_summary_tell_it_whoever_reads_the_mail(tmp_path: Path, workers: int) -> None:
    for number in range(200):
        (tmp_path / f"{number:03}.eml").write_bytes(bounce() if number % 4 == 0 else bounce(""))
    found = rows(tmp_path, workers)
    passes = read_filter("backscatter")
    assert [int(Path(row.file).stem) for row in found if passes(row)] == list(range(0, 200, 4))
    assert summarise(found).forged.startswith("50 of them were not sent by you")


def test_the_record_for_scripts_has_it_at_its_end_or_null() -> None:
    forged = examine(Message("m.eml"), bounce(), brief=True, own=OWN)
    ours = examine(Message("m.eml"), bounce(""), brief=True, own=OWN)
    question = examine(Message("m.eml"), bounce(FAILED_SPF + ENTRY), own=Own())
    found = record(forged).backscatter
    assert found is not None
    assert (found.ip, found.sender) == ("203.0.113.7", "anna@example.org")
    assert record(ours).backscatter is None
    assert record(question).backscatter is None
    assert MessageRecord.__struct_fields__[-2:] == ("backscatter", "feedback")


def test_a_user_is_told_that_somebody_else_wrote_it() -> None:
    case = examine(Message("m.eml"), bounce(), own=OWN)
    text = " ".join(text_for_user(case, 0).split())
    assert "that somebody sent in your name to ben@example.net" in text
    assert "does not come from you" in text
    assert "letter by letter" not in text
