"""Why the whole mails of the exams failed, from bytes to reason: `whole_mails.tsv` has for each recipient
the reason that a careful reader would choose first, then those that one could defend."""

from pathlib import Path

import pytest

from bounce_tui.model import Message
from bounce_tui.scan import examine

MAILS = Path(__file__).parents[1] / "parsing" / "mails"
ROWS = [line.split("\t") for line in Path(__file__).with_name("whole_mails.tsv").read_text().splitlines()]


@pytest.mark.parametrize(
    ("mail", "recipient", "reasons", "hard"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS]
)
def test_a_whole_mail_is_diagnosed(mail: str, recipient: str, reasons: str, hard: str) -> None:
    case = examine(Message(file=mail), (MAILS / f"{mail}.eml").read_bytes())
    said = dict(zip((one.recipient for one in case.bounce.failures), case.diagnoses, strict=True))
    assert said[recipient].reason in reasons.split(",")
    assert hard == "?" or said[recipient].hard == (hard == "h")
