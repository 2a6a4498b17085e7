"""What changed since the run before, found by running twice against a real server."""

from looking import Serve, look

from bounce_tui.check_results import CheckResult
from bounce_tui.checks.running.changes import changes, is_answered

BEFORE = '@ 300 TXT "v=spf1 ip4:192.0.2.99 -all"\n@ 300 TXT "site=1"\n@ 300 TXT "site=2"'


async def spf(serve: Serve, records: str) -> CheckResult:
    _, resolver = await serve({"example.org": records})
    return await look("spf", resolver, ip="192.0.2.10", sender="ann@example.org")


async def test_a_record_that_was_changed_is_told_with_what_it_was(serve: Serve) -> None:
    before = await spf(serve, BEFORE)
    now = await spf(serve, BEFORE.replace("192.0.2.99", "192.0.2.10"))
    (change,) = changes([now], [before])
    assert (change.id, change.target, change.state_before) == ("spf", "example.org", "fail")
    assert change.summary_before == before.summary
    assert change.gone == ("example.org. TXT v=spf1 ip4:192.0.2.99 -all",)
    assert change.new == ("example.org. TXT v=spf1 ip4:192.0.2.10 -all",)


async def test_other_ttls_and_another_order_are_no_change(serve: Serve) -> None:
    shuffled = "\n".join(reversed(BEFORE.replace("300", "60").splitlines()))
    assert changes([await spf(serve, shuffled)], [await spf(serve, BEFORE)]) == ()


async def test_what_one_run_alone_asked_is_no_change_of_dns(serve: Serve) -> None:
    before = await spf(serve, '@ TXT "v=spf1 include:a.example.org -all"\na TXT "v=spf1 ip4:192.0.2.9 -all"')
    now = await spf(serve, '@ TXT "v=spf1 include:b.example.org -all"\nb TXT "v=spf1 ip4:192.0.2.9 -all"')
    (change,) = changes([now], [before])
    assert [line for line in (*change.gone, *change.new) if not line.startswith("example.org. TXT")] == []


async def test_a_name_that_came_into_being_is_told(serve: Serve) -> None:
    results = []
    for records in ("", "10 PTR mx.example.org."):
        _, resolver = await serve({"2.0.192.in-addr.arpa": records, "example.org": "mx A 192.0.2.10"})
        results.append(await look("ptr", resolver, ip="192.0.2.10"))
    (change,) = changes(results[1:], results[:1])
    assert change.gone == ("10.2.0.192.in-addr.arpa. PTR no such name (NXDOMAIN)",)
    assert change.new == ("10.2.0.192.in-addr.arpa. PTR mx.example.org",)


async def test_a_check_that_was_not_run_both_times_is_left_out(serve: Serve) -> None:
    result = await spf(serve, BEFORE)
    assert changes([result], []) == ()
    assert changes([], [result]) == ()


async def test_a_result_keeps_little_of_a_zone_that_is_all_noise(serve: Serve) -> None:
    noise = "\n".join(f'@ TXT "{number:04} {"x" * 240}"' for number in range(120))
    result = await spf(serve, noise)
    assert sum(len(record) for seen in result.seen for record in seen.records) < 60 * 500


def test_a_run_says_something_as_soon_as_one_check_was_answered() -> None:
    silent = CheckResult("spf", "example.org", "unknown", "timeout", "")
    idle = CheckResult("ptr", "", "skipped", "no_input", "")
    told = CheckResult("dmarc", "example.org", "warn", "no_record", "")
    assert not is_answered([])
    assert not is_answered([silent, idle])
    assert is_answered([silent, told, idle])


def test_what_a_check_read_in_the_mail_itself_is_no_answer_of_the_network() -> None:
    silent = CheckResult("dmarc", "example.org", "unknown", "timeout", "")
    read = CheckResult("dkim", "example.org", "warn", "unsigned", "")
    assert not is_answered([silent, read])
    assert is_answered([read])
