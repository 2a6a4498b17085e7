"""Every text form keeps its contract on ordinary and on hostile cases."""

import csv as csv_module
import io
import json
import re
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bounce_tui.check_results import Change, CheckResult, Comparison, Inputs, Verdict
from bounce_tui.diagnosis import diagnose
from bounce_tui.hints.failure_hints import Hints
from bounce_tui.hints.note import Note
from bounce_tui.model import (
    Bounce,
    Candidate,
    Case,
    Diagnosis,
    Evidence,
    Failure,
    FeedbackReport,
    Message,
    Original,
    OtherReading,
)
from bounce_tui.parsing import read_reply
from bounce_tui.reporting.bounce_text import explain, show
from bounce_tui.reporting.columns import fit
from bounce_tui.reporting.csv_text import CSV_FIELDS, csv, csv_header
from bounce_tui.reporting.findings import findings_json, findings_text
from bounce_tui.reporting.origins import candidate, origin_words
from bounce_tui.reporting.record import ndjson
from bounce_tui.reporting.table_text import layout, table, table_header

ANY_TEXT = st.text(alphabet=st.characters(codec=None), max_size=40)


def a_case(text: str = "user unknown", file: str = "in/a.eml") -> Case:
    failure = Failure(
        recipient=f"b@example.net{text}", reply_code="550", status="5.1.1", diagnostic=text, remote_mta=text
    )
    diagnosis = Diagnosis(
        "user_unknown",
        False,
        True,
        text,
        "generic-user-unknown",
        "high",
        Evidence(text, "diagnostic", 0),
        text,
        (text,),
        "sender",
        ("mx",),
        text,
        (OtherReading("filtered", "generic-filtered", "blocked"),),
    )
    bounce = Bounce(
        kind="failed",
        because=text,
        date="2026-11-20T09:14:02Z",
        subject=text,
        sending_ips=(Candidate("192.0.2.10", "diagnostic", True),),
        failures=(failure,),
    )
    return Case(Message(file, 3, 17, 900), bounce, (diagnosis,))


def harmful(text: str) -> list[str]:
    return [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]


def explained(reply: str) -> str:
    failure = read_reply(reply)
    return explain(failure, diagnose(failure, Bounce(kind="failed", failures=(failure,))))


def test_the_words_of_the_first_reading_are_not_repeated_for_the_others() -> None:
    text = explained("550 5.7.1 Mailbox unavailable")
    assert text.count("“Mailbox unavailable”") == 1
    assert re.search(r"Or else: +\w+, which the same words may mean\n", text)
    assert "Or else:          blocked by “blocked” (" in explained("550 5.7.1 blocked zen")


def test_a_record_has_the_fields_of_the_contract() -> None:
    one = json.loads(ndjson([a_case()]))
    assert one["file"] == "in/a.eml"
    assert (one["index"], one["offset"], one["is_bounce"], one["forwarded"]) == (3, 17, True, False)
    assert one["sending_ip"] == {"value": "192.0.2.10", "source": "diagnostic", "sure": True}
    failure = one["failures"][0]
    assert failure["evidence"] == {"text": "user unknown", "where": "diagnostic", "start": 0}
    assert failure["also"] == [{"reason": "filtered", "rule": "generic-filtered", "evidence": "blocked"}]
    assert failure["resolution"] == ["user unknown"]
    assert failure["hard"] is True


@given(ANY_TEXT, ANY_TEXT)
def test_ndjson_is_strict_utf8_whatever_the_mail_and_the_file_name_hold(text: str, file: str) -> None:
    name = file.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    line = ndjson([a_case(text, name)])
    assert line.count(b"\n") == 1
    shown = line.decode("utf-8")
    assert harmful(shown) == []
    assert not [c for c in shown if 0x202A <= ord(c) <= 0x202E or ord(c) == 0x200F]
    value = json.loads(shown)
    value_text = value["failures"][0]["diagnostic"]
    assert value_text == "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in text)


def test_a_file_name_that_is_no_utf8_is_still_json() -> None:
    one = json.loads(ndjson([a_case(file="caf\udce9.eml")]))
    assert one["file"] == "caf\\xe9.eml"


@pytest.mark.parametrize(
    ("original", "title"),
    [
        (Original(whole=True, content=b"Subject: x\n\nHello\n"), "The returned message"),
        (Original(content=b"Subject: x\n\n"), "The returned message (headers only)"),
        (Original(subject="x"), "The returned message (headers only)"),
        (Original(content=b"Subject: x\n\nHello\n"), "The returned message (perhaps not whole)"),
    ],
)
def test_a_reader_is_told_how_much_of_the_message_came_back(original: Original, title: str) -> None:
    case = a_case()
    assert title in show(replace(case, bounce=replace(case.bounce, original=original))).splitlines()


def test_a_sheet_dates_a_report_that_bears_no_date_by_its_failure() -> None:
    case = a_case()
    (failure,) = case.bounce.failures
    dated = replace(case.bounce, date=None, failures=(replace(failure, date="2026-11-20T09:14:02Z"),))
    sheet = (csv_header() + csv([replace(case, bounce=dated)])).decode()
    (row,) = csv_module.DictReader(io.StringIO(sheet, newline=""))
    assert row["date"] == "2026-11-20T09:14:02Z"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "=HYPERLINK(0)"])
def test_a_csv_cell_cannot_start_a_formula(start: str) -> None:
    rows = list(csv_module.reader(io.StringIO((csv_header() + csv([a_case(start)])).decode(), newline="")))
    assert rows[0] == list(CSV_FIELDS)
    cells = dict(zip(rows[0], rows[1], strict=True))
    assert cells["subject"] == "'" + start
    assert cells["diagnostic"].startswith("'")


@pytest.mark.parametrize("split", [";", "; ", ';"', "\t"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_no_part_of_a_csv_cell_can_start_a_formula_where_a_sheet_splits_at_semicolons(
    split: str, sign: str
) -> None:
    line = csv([a_case(f"blocked{split}{sign}cmd|' /C calc'!A0")]).decode()
    for delimiter in (";", "\t"):
        for cell in next(csv_module.reader(io.StringIO(line), delimiter=delimiter)):
            assert not cell.lstrip(' "').startswith(sign), cell


def test_a_sheet_has_the_address_that_was_written_to_at_its_end() -> None:
    case = a_case()
    failure = replace(case.bounce.failures[0], original_recipient="=bob@corp.example")
    one = replace(case, bounce=replace(case.bounce, failures=(failure,)))
    row = next(csv_module.DictReader(io.StringIO((csv_header() + csv([one])).decode())))
    assert CSV_FIELDS[-2:] == ("error", "original_recipient")
    assert row["original_recipient"] == "'=bob@corp.example"


def test_a_message_without_failures_has_one_line_in_each_list() -> None:
    case = Case(Message("x.eml"), Bounce(kind="other", subject="Hello"))
    assert csv([case]).count(b"\r\n") == 1
    assert table([case]).decode().split()[:3] == ["-", "other", "-"]


@given(ANY_TEXT)
def test_no_form_for_people_carries_a_control_character(text: str) -> None:
    case = a_case(text)
    result = CheckResult("spf", text, "fail", "fail", text, (text,), text, text)
    inputs = Inputs(text, text, Candidate(text, "user", True))
    verdict = Verdict("still_holds", text, text, ("spf",))
    forms = (
        table([case]).decode(),
        csv([case]).decode().replace("\r\n", ""),
        show(case),
        explain(case.bounce.failures[0], case.diagnoses[0]),
        findings_text(inputs, [result], verdict),
        findings_json("x", inputs, [result], verdict).decode(),
    )
    for form in forms:
        assert harmful(form) == []


def test_a_table_line_keeps_its_columns_under_wide_and_combining_text() -> None:
    assert fit("日本語テキスト", 8) == "日本語… "
    assert fit("e\u0301a", 4) == "e\u0301a  "
    head = table_header().decode().splitlines()[0]
    line = table([a_case("短い")]).decode().splitlines()[0]
    assert head.index("FILE") == 165
    assert line.endswith(" in/a.eml")


@pytest.mark.parametrize("width", [66, 80, 99, 100, 124, 125, 159, 160, 200, 400])
def test_a_table_is_as_wide_as_the_terminal_and_its_columns_stand_under_their_names(width: int) -> None:
    columns = layout(width)
    head = table_header(columns).decode().rstrip("\n")
    case = a_case("long" * 20, file="x/" * 90)
    other = Case(Message("y.eml"), Bounce(kind="other", subject="A subject of its own"))
    lines = table([case, other], columns).decode().splitlines()
    assert len(lines[0]) == width
    assert all(len(line) <= width for line in lines)
    for name in ("KIND", "REASON", "CODE", "FILE"):
        at = head.index(name)
        assert all(line[at - 1] == " " and line[at] != " " for line in lines), name
    reason, code = head.index("REASON"), head.index("CODE")
    assert (lines[1][reason : reason + 3], lines[1][code : code + 3]) == ("-  ", "-  ")
    assert ("SUBJECT" in head) == (width >= 160) == ("A subject of its own" in lines[1])
    assert lines[0].endswith("/x/x/"), "of a long path the end says most"


def test_in_a_pipe_the_table_cuts_no_path_and_a_subject_has_its_own_column() -> None:
    other = Case(Message("y/" * 90 + "b.eml"), Bounce(kind="other", subject="A subject of its own"))
    head, line = table_header().decode(), table([other]).decode()
    assert line.endswith("y/y/b.eml\n")
    assert line.index("A subject") == head.index("SUBJECT")
    assert line[head.index("REASON")] == "-"
    broken = Case(Message("x.eml"), Bounce(), error="internal error while reading this mail: KeyError")
    assert table([broken]).decode().split()[3:4] == ["error"]


def many(failures: Sequence[Failure], diagnoses: Sequence[Diagnosis]) -> str:
    bounce = Bounce(kind="failed", failures=tuple(failures))
    return show(Case(Message("in/a.eml"), bounce, tuple(diagnoses)))


def test_recipients_of_one_cause_are_read_once_with_every_address() -> None:
    one = a_case().diagnoses[0]
    failures = [
        Failure(
            recipient=f"u{number}@example.net",
            reply_code="550",
            diagnostic=f"550 <u{number}@example.net> unknown",
            remote_mta=f"mx{number % 2}.example.net",
        )
        for number in range(20_001)
    ]
    text = many(failures, [one] * len(failures))
    assert text.count("Cause:") == text.count("Exact error:") == 1
    assert "And 20,000 more" in text
    words = text.replace(",", " ").split()
    assert all(text.count(f"u{number}@example.net") for number in (0, 1, 9_999, 20_000))
    assert sum(word.startswith("u") and word.endswith("@example.net") for word in words) == 20_001
    assert len(text) < 600_000
    assert "Others' errors" not in text, "they say the same but for the address"
    assert "mx1.example.net" in text


def test_what_is_another_cause_or_another_code_stands_by_itself() -> None:
    one = a_case().diagnoses[0]
    failures = [
        Failure(recipient="a@example.net", reply_code="550", diagnostic="550 one"),
        Failure(recipient="b@example.net", reply_code="552", diagnostic="552 two"),
        Failure(recipient="c@example.net", reply_code="550", diagnostic="550 three"),
        Failure(recipient="d@example.net", reply_code="550", diagnostic="550 one"),
    ]
    text = many(failures, [one, one, one, replace(one, rule="other")])
    assert text.count("Cause:") == 3
    first = text[text.index("a@example.net") : text.index("b@example.net")]
    assert "550 three" in first
    assert "c@example.net" in first


def test_of_very_many_wordings_the_first_are_shown_and_the_others_counted() -> None:
    one = a_case().diagnoses[0]
    failures = [Failure(recipient=f"u{n}@example.net", diagnostic=f"session {n}") for n in range(50)]
    text = many(failures, [one] * 50)
    assert "and 46 more (`scan --format ndjson` has each)" in " ".join(text.split())


def test_a_reading_puts_the_cause_before_the_facts() -> None:
    text = show(a_case())
    assert text.index("Cause:") < text.index("Exact error:") < text.index("Sending IP:")
    assert "the address is dead" in text


def test_a_verdict_comes_before_the_results_it_rests_on() -> None:
    result = CheckResult("ptr", "192.0.2.10", "fail", "missing", "no PTR record")
    text = findings_text(Inputs("b@example.net"), [result], Verdict("still_holds", "No PTR.", "Publish one."))
    assert text.index("STILL HOLDS") < text.index("ptr")


def test_the_next_step_is_not_said_again_below() -> None:
    result = CheckResult("ptr", "192.0.2.10", "fail", "missing", "no PTR record", remedy="Publish one.")
    other = CheckResult("spf", "example.org", "warn", "none", "no SPF", remedy="Publish that, too.")
    text = findings_text(
        Inputs("b@example.net"), [result, other], Verdict("still_holds", "No PTR.", "Publish one.")
    )
    assert text.count("Publish one.") == 1
    assert "Publish that, too." in text


def test_what_was_otherwise_in_the_run_before_stands_with_its_check() -> None:
    result = CheckResult("ptr", "192.0.2.10", "pass", "confirmed", "it leads back")
    change = Change("ptr", "192.0.2.10", "fail", "no PTR", ("10.2. PTR none",), ("10.2. PTR mx\x1b[2J",))
    comparison = Comparison("2026-11-20T09:00:00Z", "still_holds", (change,))
    text = findings_text(Inputs(), [result], Verdict("no_longer_holds", "x", "y"), comparison)
    words = " ".join(text.split())
    assert "changed since the run of 2026-11-20 09:00 UTC, when the cause still held: ptr" in words
    assert "before: FAIL: no PTR" in text
    assert "- 10.2. PTR none" in text
    assert "+ 10.2. PTR mx" in text
    assert "\x1b" not in text


def test_a_person_reads_where_a_value_was_found_and_which_message_it_is() -> None:
    bounce = Bounce(kind="failed", helos=(Candidate("mail.example.org", "from", True),))
    text = show(Case(Message("in/box", index=2), bounce))
    assert "in/box, message 3 (--index 2)" in text
    assert "mail.example.org (from the From header)" in text
    assert show(Case(Message("in/a.eml"), bounce)).startswith("in/a.eml\n")


def test_who_took_a_mail_did_not_refuse_it() -> None:
    taken = Failure(recipient="b@example.net", action="delivered", remote_mta="mx.example.net")
    text = explain(
        taken,
        Diagnosis("delivered", False, False, None, "r", "high", Evidence("", "action"), "", (), "sender"),
    )
    assert "Taken by:" in text
    assert "Refused by:" not in text


def test_a_server_that_was_never_reached_has_refused_nothing() -> None:
    silent = Failure(recipient="b@example.net", action="delayed", remote_mta="mx.example.net")
    refusing = Failure(
        recipient="b@example.net", action="failed", reply_code="550", remote_mta="mx.example.net"
    )
    evidence = Evidence("timed out", "diagnostic")
    diagnosis = Diagnosis(
        "network_error", True, False, None, "r", "high", evidence, "", (), "recipient_admin"
    )
    words = {
        explain(one, diagnosis).partition("mx.example.net")[0].split("\n")[-1] for one in (silent, refusing)
    }
    assert {one.strip() for one in words} == {"Server:", "Refused by:"}


def test_a_failure_of_which_nothing_is_known_still_fills_its_columns() -> None:
    case = Case(Message("x.eml"), Bounce(kind="failed", failures=(Failure(),)), a_case().diagnoses)
    assert table([case]).decode().split() == ["-", "failed", "-", "user_unknown", "-", "-", "-", "x.eml"]
    named = Case(
        Message("x.eml"),
        Bounce(kind="failed", failures=(Failure(recipient="b@x.example"),)),
        a_case().diagnoses,
    )
    assert "b@x.example" in table([named]).decode()


def test_of_a_refused_content_the_notes_come_once_and_first() -> None:
    case = a_case()
    notes = (Note("attachments", "setup.exe: .exe is refused", odd=True), Note("size", "2 kB", odd=False))
    for first in (True, False):
        text = show(case, [Hints(notes=notes, content_first=first)])
        assert text.count("setup.exe") == 1
        assert (text.index("setup.exe") < text.index("Exact error:")) is first
        assert text.index("! setup.exe") < text.index("2 kB")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("=?UTF-8?Q?j=C3=B6rg?=@example.org", "jörg@example.org"),
        ("=?utf-8?b?asO2cmc=?=@example.org", "jörg@example.org"),
        ("=?no-such-charset?Q?a?=@example.org", "=?no-such-charset?Q?a?=@example.org"),
        ("anna+=?=@example.org", "anna+=?=@example.org"),
    ],
)
def test_an_encoded_word_in_a_sender_is_read_for_display(written: str, shown: str) -> None:
    assert candidate(Candidate(written, "return_path", True)) == f"{shown} (from the Return-Path)"


@pytest.mark.parametrize(
    "source", ["feedback", "report", "batv", "caf", "srs", "verp", "transcript", "received"]
)
def test_where_a_candidate_was_found_is_told_in_words(source: str) -> None:
    origin = origin_words(Candidate("a@example.org", source, True))
    assert len(origin.split()) > 2
    assert "_" not in origin


COMPLAINT = Case(
    Message("fbl/1.eml"),
    Bounce(
        kind="feedback",
        because="it has a feedback report (ARF) of type abuse",
        feedback=FeedbackReport(
            type="abuse",
            recipients=("bob@example.net",),
            domains=("shop.example", "evil\x1b[2J.example"),
            links=tuple(f"http://shop.example/{number}" for number in range(20)),
            arrived="2026-11-20T09:14:02Z",
            incidents=1200,
        ),
    ),
    (),
)


def test_a_complaint_tells_who_complained_of_what() -> None:
    page = show(COMPLAINT)
    assert "Complaint about your mail\n" in page
    for line in (
        "  Judged so:        it has a feedback report (ARF) of type abuse",
        "  Reported as:      abuse: somebody reported the mail as spam",
        "  Recipient:        bob@example.net",
        "  Arrived:          2026-11-20T09:14:02Z",
        "  Incidents:        1,200",
    ):
        assert line in page.splitlines()
    assert "and 12 more" in page
    assert "\x1b" not in page


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        ("not-spam", "Your mail was found to be no spam"),
        ("auth-failure", "Report that mail of your domain failed a check"),
        ("opt-out", "A recipient wants no more of your mail"),
        ("fraud", "Complaint about your mail"),
        ("x-made-up", "Complaint about your mail"),
    ],
)
def test_a_feedback_report_is_called_what_it_is(told: str, headline: str) -> None:
    bounce = Bounce(kind="feedback", feedback=FeedbackReport(type=told))
    assert headline in show(Case(Message("1.eml"), bounce, ())).splitlines()


def test_the_record_of_a_complaint_has_its_fields_at_the_end() -> None:
    record = json.loads(ndjson([COMPLAINT]))
    assert list(record)[-1] == "feedback"
    assert record["feedback"]["recipients"] == ["bob@example.net"]
    assert record["feedback"]["incidents"] == 1200
