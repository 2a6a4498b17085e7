"""Answers kept for as long as DNS allows, the oldest given up first."""

import time
from collections import OrderedDict

import msgspec

from bounce_tui.checks.dns.answer import Answer

# RFC 9520 section 3.2: a failure is remembered too, for five seconds here, so that one run asks a
# dead server once and the next keystroke may ask again.
FAILURE_S = 5
# A record with TTL 0 serves the transaction in progress (RFC 1035 section 3.2.1): one run of checks.
_SHORTEST_S = 5
# Who has mended a record looks again within minutes.
_LONGEST_S = 300


class AnswerCache:
    """A bounded map from (name, type) to the answer and when it expires."""

    def __init__(self, size: int = 20_000) -> None:
        self._size = size
        self._kept: OrderedDict[tuple[str, str], tuple[float, float, Answer]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: tuple[str, str]) -> Answer | None:
        """The kept answer with what remains of its TTL, in seconds, or None."""
        found = self._kept.get(key)
        if found is None:
            return None
        since, expires, answer = found
        now = time.monotonic()
        if now >= expires:
            del self._kept[key]
            return None
        # Not what remains here: others keep the answer for as long as DNS says (`since.py` tells that).
        ttl = None if answer.ttl is None else max(answer.ttl - int(now - since), 0)
        return msgspec.structs.replace(answer, ttl=ttl, elapsed_ms=0)

    def put(self, key: tuple[str, str], answer: Answer) -> None:
        """Keep `answer` for its TTL, within bounds."""
        definite = answer.outcome in ("answer", "nxdomain", "no_data")
        ttl = min(max(answer.ttl or 0, _SHORTEST_S), _LONGEST_S) if definite else FAILURE_S
        now = time.monotonic()
        self._kept[key] = (now, now + ttl, answer)
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget every answer that is kept."""
        self._kept.clear()
