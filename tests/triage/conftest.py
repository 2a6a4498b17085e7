"""Rows made by hand: the queue needs no mail."""

from collections.abc import Callable

import pytest

from bounce_tui.triage.row import Row


@pytest.fixture
def make_row() -> Callable[..., Row]:
    def make(index: int = 0, **fields: object) -> Row:
        values: dict[str, object] = {
            "kind": "failed", "date": f"2026-11-20T09:{index % 60:02d}:00Z", "recipients": 1,
            "recipient": f"user{index}@example.net", "reason": "user_unknown", "reply_code": "550",
            "status": "5.1.1", "host": "mx.example.net",
        }  # fmt: skip
        return Row("box.mbox", index, index * 1000, 1000, **(values | fields))

    return make
