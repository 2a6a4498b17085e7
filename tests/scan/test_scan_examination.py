"""One message, whatever is in it."""

from bounce_tui import diagnosis, parsing
from bounce_tui.model import Bounce, Case, Message
from bounce_tui.scan import examine

MESSAGE = Message("a.eml", 0, 0, 10)


def test_a_bounce_comes_with_a_diagnosis_for_each_failure():
    case = examine(
        MESSAGE, b"<gone@example.net>: host mx.example.net[192.0.2.25] said: 550 5.1.1 no such user\n"
    )
    assert case.message == MESSAGE
    assert case.error is None
    assert len(case.diagnoses) == len(case.bounce.failures)


def test_a_defect_of_ours_costs_one_message_and_is_named(monkeypatch):
    # No bytes are known that make parse raise: the defect has to be planted.
    def broken(*args, **kwargs):
        raise ZeroDivisionError("of a stranger's making")

    for room, name in ((parsing, "parse"), (diagnosis, "diagnose")):
        with monkeypatch.context() as patch:
            patch.setattr(room, name, broken)
            if name == "diagnose":
                patch.setattr(parsing, "parse", lambda raw, brief: Bounce(failures=(None,)))
            case = examine(MESSAGE, b"x")
        assert case == Case(
            MESSAGE, Bounce(), error="internal error while reading this mail: ZeroDivisionError"
        )


def test_running_out_of_memory_costs_one_message(monkeypatch):
    def greedy(raw, brief):
        raise MemoryError

    monkeypatch.setattr(parsing, "parse", greedy)
    assert "MemoryError" in (examine(MESSAGE, b"x").error or "")
