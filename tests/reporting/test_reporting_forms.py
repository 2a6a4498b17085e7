"""Every text form keeps its contract on ordinary and on hostile cases."""

import csv as csv_module
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.model import (
    Bounce,
    Candidate,
    Case,
    Change,
    CheckResult,
    Comparison,
    Diagnosis,
    Evidence,
    Failure,
    Inputs,
    Message,
    OtherReading,
    Verdict,
)
from bounce_tui.reporting.columns import fit
from bounce_tui.reporting.findings import findings_json, findings_text
from bounce_tui.reporting.person import explain, show
from bounce_tui.reporting.record import ndjson
from bounce_tui.reporting.sheets import CSV_FIELDS, csv, csv_header, table, table_header

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
        (OtherReading("filtered", "generic-filtered"),),
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


def test_a_record_has_the_fields_of_the_contract() -> None:
    one = json.loads(ndjson([a_case()]))
    assert one["file"] == "in/a.eml"
    assert (one["index"], one["offset"], one["is_bounce"], one["forwarded"]) == (3, 17, True, False)
    assert one["sending_ip"] == {"value": "192.0.2.10", "source": "diagnostic", "sure": True}
    failure = one["failures"][0]
    assert failure["evidence"] == {"text": "user unknown", "where": "diagnostic", "start": 0}
    assert failure["also"] == [{"reason": "filtered", "rule": "generic-filtered"}]
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


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "=HYPERLINK(0)"])
def test_a_csv_cell_cannot_start_a_formula(start: str) -> None:
    rows = list(csv_module.reader(io.StringIO((csv_header() + csv([a_case(start)])).decode(), newline="")))
    assert rows[0] == list(CSV_FIELDS)
    cells = dict(zip(rows[0], rows[1], strict=True))
    assert cells["subject"] == "'" + start
    assert cells["diagnostic"].startswith("'")


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
    assert head.index("FILE") == 124
    assert line.endswith(" in/a.eml")


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
