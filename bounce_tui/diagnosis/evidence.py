"""The words or the code by which a rule was called, as a person is shown them."""

from bounce_tui.diagnosis.folding import origin
from bounce_tui.diagnosis.hit import Hit
from bounce_tui.diagnosis.reply import Reply
from bounce_tui.model import Evidence, Failure

_WIDEST = 80
"""Characters that wording may stand apart to be shown as one stretch."""


def evidence(hit: Hit, reply: Reply, failure: Failure) -> Evidence:
    """Where `hit`, one of what `reply` calls, stands in `failure`."""
    if hit.start >= 0:
        text = failure.diagnostic
        start, end = _stretch(hit, reply.text)
        # Of equal length, folding moved nothing; unless words that stand in another field came behind.
        if len(reply.text) != len(text) or failure.x500:
            start, end = origin(text, start, end)
        return Evidence(text=text[start:end], where="diagnostic", start=start)
    if hit.rule.status and failure.status:
        return Evidence(text=failure.status, where="status")
    if failure.reply_code:
        return Evidence(text=failure.reply_code, where="reply_code")
    if failure.status:
        return Evidence(text=failure.status, where="status")
    return Evidence(text=failure.action, where="action")


def _stretch(hit: Hit, text: str) -> tuple[int, int]:
    """Where the words of `hit` stand in the folded `text`: where a rule asks for several and the longest is a
    single word, which proves little by itself, with the others."""
    said = text[hit.start : hit.end]
    if " " in said:
        return hit.start, hit.end
    for asked in (hit.rule.contains, *hit.rule.any_of):
        if len(asked) > 1 and said in asked:
            places = [(text.find(words), len(words)) for words in asked if words != said]
            low = min(hit.start, *(at for at, _ in places))
            high = max(hit.end, *(at + length for at, length in places))
            if low >= 0 and high - low <= _WIDEST:
                return low, high
    return hit.start, hit.end
