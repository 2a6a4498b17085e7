"""Reports about several recipients who met with different things: each gets its own outcome."""

import tomllib
from pathlib import Path

import pytest

from bounce_tui.parsing import parse

SCENES = tomllib.loads(Path(__file__).with_name("several_outcomes.toml").read_text(encoding="utf-8"))


def mail(scene: dict[str, str]) -> bytes:
    head = (
        f"From: {scene['sender']}\nTo: office@example.edu\nSubject: {scene['subject']}\n"
        "Date: Wed, 18 Nov 2026 22:10:00 +0000\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return f"{head}{scene['text'].lstrip()}".encode()


@pytest.mark.parametrize("name", SCENES)
def test_each_recipient_of_a_report_has_its_own_outcome(name: str) -> None:
    bounce = parse(mail(SCENES[name]))
    told = [[one.recipient, one.reply_code or "", one.action] for one in bounce.failures]
    assert told == SCENES[name]["said"], bounce.because
    actions = {action for _, _, action in SCENES[name]["said"]}
    assert bounce.kind == ("delayed" if actions == {"delayed"} else "failed")
