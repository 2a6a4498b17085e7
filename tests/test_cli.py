"""The command line keeps its contracts: what it prints, where, and how it ends."""

import csv
import io
import json
import os
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from ports import unanswering

from bounce_tui.demo.serving import serving
from bounce_tui.locations import shipped
from bounce_tui.triage.row import Row
from bounce_tui.triage.store.store import Store

SAMPLES = shipped("samples")
LISTED = str(SAMPLES / "mail" / "godaddy-ib104-sbl.eml")
PYTHON = shlex.quote(sys.executable)
REFUSED = """\
From: MAILER-DAEMON@mx1.example.org (Mail Delivery System)
To: a@example.org
Subject: Undelivered Mail Returned to Sender
Date: Fri, 20 Nov 2026 09:14:02 +0000
Message-ID: <1@mx1.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx1.example.org

Final-Recipient: rfc822; b@example.net
Action: failed
Status: 5.7.1
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 554 Connection refused. This IP is listed on the Spamhaus Block List (SBL). IB104

--b--
"""


def run(*args: str, stdin: bytes | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bounce_tui", *args],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        timeout=120,
        env={**os.environ, **env},
        check=False,
    )


@pytest.fixture
def bounce(tmp_path: Path) -> Path:
    path = tmp_path / "refused.eml"
    path.write_text(REFUSED)
    return path


def test_scan_prints_one_record_a_message_in_the_order_of_the_input(bounce: Path, tmp_path: Path) -> None:
    other = tmp_path / "another.eml"
    other.write_text("From: a@example.org\nTo: b@example.org\nSubject: Lunch\n\nAt noon?\n")
    done = run("scan", str(bounce), str(other), "--format", "ndjson")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["file"] for r in records] == [str(bounce), str(other)]
    assert [r["is_bounce"] for r in records] == [True, False]
    assert records[0]["failures"][0]["recipient"] == "b@example.net"
    assert records[0]["failures"][0]["rule"] == "godaddy-ib104-sbl"
    assert records[1]["failures"] == []
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_unreadable_input_is_one_line_on_stderr_and_the_rest_goes_on(bounce: Path, tmp_path: Path) -> None:
    missing, empty = tmp_path / "no\x1b[2Jsuch.eml", tmp_path / "empty.eml"
    empty.touch()
    done = run("scan", str(missing), str(bounce), str(empty), "--format", "ndjson")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("bounce-tui: ") for line in lines)
    assert "\\x1b[2Jsuch.eml" in lines[0]
    assert "empty.eml" in lines[1]


def test_the_csv_form_has_a_header_and_parses(bounce: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("scan", str(bounce), "--format", "csv").stdout.decode())))
    assert [(r["recipient"], r["reason"]) for r in rows] == [("b@example.net", "blocklisted")]


def test_without_a_terminal_opening_prints_the_table_and_says_so(bounce: Path) -> None:
    done = run(str(bounce))
    assert done.returncode == 0
    assert b"no terminal" in done.stderr
    assert b"b@example.net" in done.stdout


def test_standard_input_is_a_path(bounce: Path) -> None:
    done = run("scan", "-", "--format", "ndjson", stdin=bounce.read_bytes())
    assert json.loads(done.stdout)["file"] == "-"


def test_pasted_text_without_headers_is_read_as_a_bounce() -> None:
    text = b"<b@example.net>: host mx.example.net[203.0.113.5] said: 550 5.1.1 User unknown\n"
    record = json.loads(run("scan", "-", "--format", "ndjson", stdin=text).stdout)
    assert record["is_bounce"] is True
    assert record["failures"][0]["recipient"] == "b@example.net"


def test_show_reads_like_a_person(bounce: Path) -> None:
    text = run("show", str(bounce)).stdout.decode()
    assert "b@example.net" in text
    assert "blocklisted" in text
    assert "IB104" in text


def test_show_of_a_text_that_is_no_mail_says_so(tmp_path: Path) -> None:
    path = tmp_path / "README"
    path.write_text("Ask Anna for the rest.\n")
    done = run("show", str(path))
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"README: neither a mail nor the text of a bounce" in done.stderr


def test_show_takes_the_first_of_several_and_says_that_there_are_more(bounce: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "0.eml").touch()
    for name in ("a.eml", "b.eml"):
        (folder / name).write_bytes(bounce.read_bytes())
    done = run("show", str(folder))
    assert b"a.eml" in done.stdout
    assert b"0.eml: " in done.stderr
    assert b"--index N" in done.stderr
    assert b"--index N" not in run("show", str(folder), "--index", "0").stderr
    assert b"--index N" not in run("show", str(bounce)).stderr


def test_show_names_the_number_of_messages_when_the_index_is_past_the_end(bounce: Path) -> None:
    done = run("show", str(bounce), "--index", "7")
    assert done.returncode == 1
    assert b"it holds 1" in done.stderr


@pytest.mark.parametrize("reply", [["550 5.1.1 <b@example.net>: User unknown"], ["-"]])
def test_explain_takes_a_reply_as_argument_or_from_standard_input(reply: list[str]) -> None:
    done = run("explain", *reply, "--format", "json", stdin=b"550 5.1.1 <b@example.net>: User unknown\n")
    record = json.loads(done.stdout)
    assert (record["reason"], record["reply_code"], record["status"]) == ("user_unknown", "550", "5.1.1")


def test_explain_tells_each_recipient_of_a_pasted_log_by_itself() -> None:
    log = (
        b"Nov 23 04:01:02 mail sm-mta[123]: wAN1234567: to=<ann@corp.example>,<bo@corp.example>,"
        b" delay=00:00:02, mailer=esmtp, relay=mx.corp.example. [192.0.2.7], dsn=5.1.1, stat=User unknown\n"
    )
    shown = run("explain", "-", stdin=log).stdout.decode()
    records = run("explain", "-", "--format", "json", stdin=log).stdout.splitlines()

    assert shown.startswith("ann@corp.example\n")
    assert "\n\nbo@corp.example\n" in shown
    assert [json.loads(line)["recipient"] for line in records] == ["ann@corp.example", "bo@corp.example"]


def test_explain_names_the_client_that_the_reply_quotes() -> None:
    reply = "554 5.7.1 Client host [203.0.113.5] blocked using zen.spamhaus.org"
    said = json.loads(run("explain", reply, "--format", "json").stdout)
    assert "203.0.113.5" in said["resolution"][0]
    assert said["url"].endswith("203.0.113.5")


def test_check_answers_from_the_server_it_is_given() -> None:
    with serving(SAMPLES / "zones") as nameserver:
        done = run("check", LISTED, "--nameserver", nameserver, "--format", "json")
    found = json.loads(done.stdout)
    assert found["verdict"]["state"] == "still_holds"
    assert found["verdict"]["because"]
    assert {c["resolver"] for c in found["checks"] if c["state"] != "skipped"} == {nameserver}
    assert found["inputs"]["sending_ip"]["value"]


def test_check_compares_with_the_run_before_where_a_store_is_kept(tmp_path: Path) -> None:
    sample = str(SAMPLES / "mail" / "godaddy-ib108-rdns.eml")
    zones = shutil.copytree(SAMPLES / "zones", tmp_path / "zones")
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}

    def checked(*more: str) -> bytes:
        with serving(zones) as nameserver:
            return run("check", sample, "--nameserver", nameserver, *more, **state).stdout

    assert b"Last run" not in checked() + checked()
    assert not (tmp_path / "state").exists()
    Store(tmp_path / "state" / "bounce-tui" / "state.db").close()
    assert b"Last run" not in checked()
    assert b"nothing has changed since" in checked()
    (zones / "2.0.192.in-addr.arpa.zone").open("a").write("\n90 PTR mail.westfield.example.\n")
    found = json.loads(checked("--format", "json"))["since_last_run"]
    assert found["verdict_before"] == "still_holds"
    (change,) = found["changes"]
    assert (change["id"], change["state_before"]) == ("ptr", "fail")
    assert change["new"] == ["90.2.0.192.in-addr.arpa. PTR mail.westfield.example"]


def test_forget_takes_addresses_out_of_the_state_file(tmp_path: Path) -> None:
    path = tmp_path / "state" / "bounce-tui" / "state.db"
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    assert run("forget", "bob@x.example", **state).stdout == b"Nothing is remembered of any address.\n"
    assert not path.exists()
    names = ("bob@x.example", "eve@y.example")
    rows = [
        Row("a", number, 0, 1, "failed", recipient=name, identity=bytes([number + 1]) * 12)
        for number, name in enumerate(names)
    ]
    with closing(Store(path)) as store:
        store.remember(rows)
    done = run("forget", "Bob@x.example", "nobody@x.example", **state)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"bob@x.example: 1 report forgotten.\nnobody@x.example: 0 reports forgotten.\n"
    done = run("forget", "y.example", **state)
    assert done.stdout == b"y.example: 0 reports forgotten.\n"
    assert done.stderr == b"bounce-tui: y.example: nobody of that name; @y.example is the whole domain\n"
    assert run("forget", "--all", **state).stdout == b"all addresses: 1 report forgotten.\n"
    for wrong in ((), ("--all", "bob@x.example"), ("",), ("@",), ("bob@x.example", "<>")):
        assert run("forget", *wrong, **state).returncode == 2


def test_forget_that_cannot_reach_all_of_it_says_so_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "state" / "bounce-tui" / "state.db"
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    with closing(Store(path)) as store:
        store.remember([Row("a", 0, 0, 1, "failed", recipient="bob@x.example", identity=b"a" * 12)])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        held = run("forget", "bob@x.example", **state)
        other.execute("COMMIT")
    assert (held.returncode, held.stdout) == (1, b"")
    assert b"database is locked; the last change is not kept" in held.stderr
    path.with_name("state.db.aside-20261101T090000-7").write_bytes(b"bob@x.example")
    done = run("forget", "bob@x.example", **state)
    assert (done.returncode, done.stdout) == (1, b"bob@x.example: 1 report forgotten.\n")
    assert b"state.db.aside-20261101T090000-7: was set aside and may name them" in done.stderr


def test_a_check_of_a_second_recipient_is_not_the_verdict_of_the_mail(tmp_path: Path) -> None:
    second = "\nFinal-Recipient: rfc822; c@example.net\nAction: failed\nStatus: 5.2.2\n" + (
        "Diagnostic-Code: smtp; 552 5.2.2 Mailbox full\n"
    )
    mail = tmp_path / "two.eml"
    nameless = "554 5.7.1 Connection refused. No PTR record for 192.0.2.90. IB108"
    listed = "554 Connection refused. This IP is listed on the Spamhaus Block List (SBL). IB104"
    mail.write_text(REFUSED.replace(listed, nameless).replace("\n--b--", f"{second}\n--b--"))
    path = tmp_path / "state" / "bounce-tui" / "state.db"
    Store(path).close()
    words = ("check", str(mail), "--ip", "192.0.2.90", "--only", "ptr", "--format", "json")
    with serving(SAMPLES / "zones") as nameserver:
        done = run(*words, "--nameserver", nameserver, XDG_STATE_HOME=str(tmp_path / "state"))
    states = [json.loads(line)["verdict"]["state"] for line in done.stdout.splitlines()]
    with closing(Store(path)) as store, closing(sqlite3.connect(path)) as inside:
        ((identity,),) = inside.execute("SELECT DISTINCT identity FROM run").fetchall()
        kept = store.verdict(identity)
    assert len(set(states)) == 2, "or the test tells nothing"
    assert kept is not None
    assert kept.state == states[0]


def test_a_check_that_nobody_answers_takes_no_run_before_away(tmp_path: Path) -> None:
    sample = str(SAMPLES / "mail" / "godaddy-ib108-rdns.eml")
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    path = tmp_path / "state" / "bounce-tui" / "state.db"
    Store(path).close()
    with serving(SAMPLES / "zones") as nameserver:
        run("check", sample, "--nameserver", nameserver, **state)
    with unanswering() as nobody:
        unanswered = run("check", sample, "--nameserver", nobody, **state)
    assert b"CANNOT BE KNOWN FROM HERE" in unanswered.stdout
    with serving(SAMPLES / "zones") as nameserver:
        again = run("check", sample, "--nameserver", nameserver, **state)
    assert b"nothing has changed since" in again.stdout


def test_check_tells_by_its_exit_status_that_nobody_answered() -> None:
    with unanswering() as nobody:
        done = run("check", LISTED, "--nameserver", nobody)
        kept = run("check", LISTED, "--nameserver", nobody, "--only", "ptr", "--format", "json")
    assert b"CANNOT BE KNOWN FROM HERE" in done.stdout
    assert b"nothing could be checked: not one check was answered" in done.stderr
    assert (done.returncode, kept.returncode) == (1, 1)
    assert json.loads(kept.stdout)["checks"][0]["state"] == "unknown"


def test_check_tells_by_its_exit_status_that_it_had_nothing_to_ask_about(tmp_path: Path) -> None:
    bounce = tmp_path / "no-ip.eml"
    bounce.write_bytes(
        b"From: MAILER-DAEMON@mx.example.net\nTo: a@example.org\nSubject: failure notice\n\n"
        b"<bob@example.com>: host mx.example.com said: 550 5.7.1 Your IP is listed at zen.spamhaus.org\n"
    )
    with serving(SAMPLES / "zones") as nameserver:
        done = run("check", bounce, "--only", "ptr", "--nameserver", nameserver)
        told = run("check", bounce, "--only", "ptr", "--nameserver", nameserver, "--ip", "192.0.2.10")
    assert b"--ip tells the checks the sending IP" in done.stderr
    assert (done.returncode, told.returncode) == (1, 0)
    with serving(SAMPLES / "zones") as nameserver:
        assert run("check", LISTED, "--nameserver", nameserver).returncode == 0


def test_a_cause_that_no_check_settles_is_no_failure_of_the_check(tmp_path: Path) -> None:
    mail = tmp_path / "full.txt"
    mail.write_text("bob@example.net\n552 5.2.2 Mailbox full\n")
    with unanswering() as nobody:
        done = run("check", str(mail), "--nameserver", nobody, "--format", "json")
    assert json.loads(done.stdout)["checks"] == []
    assert done.returncode == 0


def test_who_sees_the_queries_is_said_once_for_all_recipients(tmp_path: Path) -> None:
    others = "".join(
        f"\nFinal-Recipient: rfc822; {name}@example.net\nAction: failed\nStatus: 5.7.1\n"
        "Diagnostic-Code: smtp; 554 This IP is listed on the Spamhaus Block List (SBL). IB104\n"
        for name in "cde"
    )
    mail = tmp_path / "four.eml"
    mail.write_text(REFUSED.replace("\n--b--", f"{others}\n--b--"))
    with serving(SAMPLES / "zones") as nameserver:
        done = run("check", str(mail), "--nameserver", nameserver, "--only", "ptr,spf", "--format", "json")
    assert len(done.stdout.splitlines()) == 4
    said = done.stderr.decode().splitlines()
    assert any("every query: seen by the resolver" in line for line in said)
    assert len(set(said)) == len(said)


def test_a_store_that_was_set_aside_is_named_by_check(tmp_path: Path) -> None:
    path = tmp_path / "state" / "bounce-tui" / "state.db"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is a letter to my aunt, and no database at all\n" * 50)
    sample = str(SAMPLES / "mail" / "godaddy-ib108-rdns.eml")
    with serving(SAMPLES / "zones") as nameserver:
        done = run("check", sample, "--nameserver", nameserver, XDG_STATE_HOME=str(tmp_path / "state"))
    assert b"it was set aside as state.db.aside-" in done.stderr
    assert done.returncode == 0


def test_check_says_on_standard_error_who_sees_each_query() -> None:
    with serving(SAMPLES / "zones") as nameserver:
        done = run("check", LISTED, "--nameserver", nameserver)
    said = done.stderr.decode().splitlines()
    assert f"bounce-tui: every query: seen by the resolver {nameserver}" in said
    assert "bounce-tui: dnsbl:zen.spamhaus.org: seen by Spamhaus" in said
    assert any(line.startswith("bounce-tui: ptr: seen by ") for line in said)


def test_the_user_may_name_another_sending_ip() -> None:
    with serving(SAMPLES / "zones") as nameserver:
        done = run("check", LISTED, "--nameserver", nameserver, "--ip", "192.0.2.254", "--format", "json")
    found = json.loads(done.stdout)
    assert found["inputs"]["sending_ip"] == {"value": "192.0.2.254", "source": "user"}


def test_check_names_the_options_that_tell_what_the_bounce_does_not(tmp_path: Path) -> None:
    mail = tmp_path / "reply.txt"
    mail.write_text("<bob@example.net>: host mx.example.net said: 550 5.7.1 blocked using zen.spamhaus.org\n")
    with serving(SAMPLES / "zones") as nameserver:
        done = run("check", str(mail), "--nameserver", nameserver)
        told = run(
            "check", str(mail), "--nameserver", nameserver, "--ip", "192.0.2.254", "--sender", "a@b.example"
        )
    assert b"--ip tells the checks the sending IP" in done.stderr
    assert b"--" not in done.stdout
    assert b"--ip" not in told.stderr


def test_only_runs_the_checks_it_names_planned_or_not() -> None:
    with serving(SAMPLES / "zones") as nameserver:
        done = run("check", LISTED, "--nameserver", nameserver, "--only", "spf,mx", "--format", "json")
    assert [c["id"] for c in json.loads(done.stdout)["checks"]] == ["spf", "mx"]


def test_a_kind_of_list_without_a_zone_means_the_lists_that_are_planned() -> None:
    with serving(SAMPLES / "zones") as nameserver:
        planned = run("check", LISTED, "--nameserver", nameserver, "--format", "json")
        done = run("check", LISTED, "--nameserver", nameserver, "--only", "dnsbl", "--format", "json")
    lists = [c for c in json.loads(planned.stdout)["checks"] if c["id"].startswith("dnsbl:")]
    assert lists
    assert [c["id"] for c in json.loads(done.stdout)["checks"]] == [c["id"] for c in lists]


@pytest.mark.parametrize(
    "args",
    [
        ["scan"],
        ["scan", "x", "--format", "xml"],
        ["check"],
        ["check", "x", "--ip", "not-an-ip"],
        ["check", "x", "--nameserver", "nonsense::::"],
        ["check", "x", "--only", "spf,horoscope"],
        ["check", "x", "--only", "link:horoscope"],
        ["check", "x", "--only", ""],
    ],
)
def test_wrong_use_ends_with_status_2(args: list[str]) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_wrong_use_of_the_program_shows_the_usage_of_the_program() -> None:
    said = run("--no-such-option").stderr.decode()
    assert said.splitlines()[0].endswith("bounce_tui [OPTIONS] [PATH... | COMMAND ...]")
    assert " open " not in said


def test_a_table_of_nothing_has_no_head_and_a_sheet_of_nothing_has(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing")
    assert run("scan", missing).stdout == b""
    assert run("scan", "--format", "csv", missing).stdout.startswith(b"file,index,")


def test_a_reader_that_goes_away_makes_no_noise(bounce: Path) -> None:
    copies = [bounce.with_name(f"{number}.eml") for number in range(200)]
    for copy in copies:
        copy.hardlink_to(bounce)
    done = subprocess.run(
        f"{PYTHON} -m bounce_tui scan {shlex.join(map(str, copies))} --format ndjson | head -n 1",
        shell=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def sh(line: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", line.replace("bounce-tui", f"{PYTHON} -m bounce_tui")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_module_cut_short_on_the_disk_is_not_taken_for_ctrl_c(bounce: Path) -> None:
    program = """
import sys
from importlib.abc import MetaPathFinder
class CutShort(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "bounce_tui.reporting.csv_text":
            raise EOFError("marshal data too short")
sys.meta_path.insert(0, CutShort())
from bounce_tui.cli import main
main()
"""
    command = [sys.executable, "-c", program, "scan", str(bounce)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith("EOFError: marshal data too short")


@pytest.mark.parametrize("command", ["scan -", "explain -", "show -", "open"])
def test_a_closed_standard_input_is_named_and_is_no_crash(command: str) -> None:
    done = sh(f"bounce-tui {command} <&-")
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"bounce-tui: ")


def test_a_full_disk_is_said_and_ends_with_status_1(bounce: Path) -> None:
    done = sh(f"bounce-tui scan {shlex.quote(str(bounce))} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == b"bounce-tui: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("words", ["--help", "--version", "scan --help"])
def test_a_full_disk_is_said_of_the_help_too(words: str) -> None:
    done = sh(f"bounce-tui {words} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == b"bounce-tui: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("words", ["scan {}", "show {}", "explain '550 5.1.1 User unknown'"])
def test_a_closed_standard_output_is_said(words: str, bounce: Path) -> None:
    done = sh(f"bounce-tui {words.format(shlex.quote(str(bounce)))} >&-")
    assert done.returncode == 1
    assert done.stderr == b"bounce-tui: there is no standard output to write to\n"


def test_the_reader_going_away_is_no_failure(bounce: Path) -> None:
    done = sh(
        f"bounce-tui scan {shlex.join([str(bounce)] * 300)} --format ndjson | true; exit ${{PIPESTATUS[0]}}"
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_demo_without_a_terminal_prints_readings_and_verdicts(tmp_path: Path) -> None:
    done = run("demo", HOME=str(tmp_path))
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "STILL HOLDS" in text
    assert "NO LONGER HOLDS" in text
    assert "CANNOT BE KNOWN" in text


def test_the_readme_and_ci_run_the_same_test_command() -> None:
    root = Path(__file__).parent.parent
    command = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"
    assert command in (root / "README.md").read_text()
    assert command in (root / ".ci" / "run").read_text().splitlines()


def test_a_followed_scan_prints_each_mail_when_it_has_come_until_ctrl_c(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(b"From a Fri Nov 20 10:00:00 2026\n" + REFUSED.encode() + b"\n")
    command = [sys.executable, "-m", "bounce_tui", "scan", "--follow", "--format", "ndjson", str(box)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as scan:
        assert scan.stdout is not None
        assert scan.stderr is not None
        assert json.loads(scan.stdout.readline())["index"] == 0
        with box.open("ab") as file:
            file.write(b"From a Fri Nov 20 10:00:00 2026\n" + REFUSED.replace("b@", "c@").encode())
        came = json.loads(scan.stdout.readline())
        assert (came["index"], came["failures"][0]["recipient"]) == (1, "c@example.net")
        mails = [REFUSED.replace("b@", f"{one}@") for one in "cd"]
        rewritten = tmp_path / "rewritten"
        rewritten.write_text("".join(f"From a Fri Nov 20 10:00:00 2026\n{mail}\n" for mail in mails))
        rewritten.rename(box)
        came = json.loads(scan.stdout.readline())
        assert (came["index"], came["failures"][0]["recipient"]) == (1, "d@example.net")
        assert "replaces" not in came
        scan.send_signal(signal.SIGINT)
        rest, said = scan.communicate(timeout=30)
    assert (rest, said.strip(), scan.returncode) == ("", "", 130)


def test_standard_input_alone_cannot_be_followed() -> None:
    for words in (["scan", "--follow", "-"], ["--follow"], ["--follow", "-"]):
        command = [sys.executable, "-m", "bounce_tui", *words]
        done = subprocess.run(command, input="", capture_output=True, text=True, check=False)
        assert (done.returncode, "standard input ends by itself" in done.stderr) == (2, True)


def test_a_mistyped_command_is_asked_about_and_opens_nothing() -> None:
    done = run("exlpain", "550 5.1.1 No such user")
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"exlpain: no such file or folder; did you mean `explain`?" in done.stderr


@pytest.mark.parametrize("words", [["550 5.1.1 No such user"], ["550-5.1.1 No", "such user"], ["421"]])
def test_a_reply_in_place_of_a_path_is_sent_to_explain(words: list[str]) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b": no such file or folder; did you mean `explain`?" in done.stderr


def test_a_path_that_looks_like_no_command_is_asked_about_by_nobody() -> None:
    assert b"did you mean" not in run("/nowhere/inbox.mbox").stderr


def test_the_list_of_commands_says_each_whole() -> None:
    lines = run("--help").stdout.decode().partition("Commands:\n")[2].splitlines()
    assert {line.split()[0] for line in lines} == {
        "check", "config", "demo", "explain", "forget", "rules", "scan", "show", "testmail",
    }  # fmt: skip
    assert [line for line in lines if not line.endswith(".") or line.endswith("...")] == []


def test_what_is_said_of_the_content_stands_with_the_failure_that_is_about_it(tmp_path: Path) -> None:
    mail = tmp_path / "two.eml"
    mail.write_text(
        "From: Mail Delivery System <Mailer-Daemon@mx.example.org>\nTo: ann@example.org\n"
        "Subject: Mail delivery failed: returning message to sender\n"
        "X-Failed-Recipients: bob@example.net, eve@example.net\n\n"
        "This message was created automatically by mail delivery software.\n\n"
        "  bob@example.net\n    550 5.1.1 User unknown\n"
        "  eve@example.net\n    552 Message size exceeds maximum permitted 20971520\n\n"
    )
    told = run("show", str(mail)).stdout.decode()
    assert "20.0 MiB: files of" in told.partition("\neve@example.net\n")[2]
