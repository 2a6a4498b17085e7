"""Where the deciding words stand in a reply as it came, with the codes that a server repeats on each line."""

from bounce_tui.model import Diagnosis, Failure


def evidence_in_exact(failure: Failure, diagnosis: Diagnosis | None) -> tuple[int, int]:
    """Where in `failure.exact` the words stand that decided, and how many letters that are; -1 and 0 where no
    words of the reply did."""
    if diagnosis is None or diagnosis.evidence.where != "diagnostic" or diagnosis.evidence.start < 0:
        return -1, 0
    start, length = diagnosis.evidence.start, len(diagnosis.evidence.text)
    text, exact = failure.diagnostic, failure.exact
    if exact == text:
        return start, length
    places = _places(text, exact)
    if start >= len(places) or not length:
        return -1, 0
    return places[start], places[min(start + length, len(places)) - 1] + 1 - places[start]


def _places(text: str, exact: str) -> list[int]:
    """Where in `exact` each letter of `text` stands, which leaves out some of its words."""
    places: list[int] = []
    at = 0
    for word in text.split(" "):
        # A word that was joined to a code by a hyphen stands for itself behind it.
        found = exact.find(word, at)
        at = found if found >= 0 else at
        places += range(at, at + len(word) + 1)
        at = min(at + len(word), len(exact))
    return [min(place, len(exact) - 1) for place in places]
