"""Finds the clause of a reply that explains the rest of it.

"User unknown (account deactivated)", "Connection rejected because of low reputation" and "Remote server
returned an error -> 552 mailbox full" say two things each, and the second is the cause of the first.
"""

from typing import Final

from bounce_tui.diagnosis.hit import MEANING, STATUS_AND_TEXT, TEXT, Hit
from bounce_tui.diagnosis.precedence import is_only_a_pause
from bounce_tui.diagnosis.reason_sets import REASONS
from bounce_tui.reason import GIVEN_UP
from bounce_tui.regex import regex

Stretch = tuple[int, int]

_QUOTES: Final = " -> "
_QUOTED: Final = regex(rf"{_QUOTES}(?=[\"'<(\[]?[245]\d\d\b)")
"""Stands before a reply that Exchange Online quotes in its own; other arrows only lead from name to name."""
_WRITTEN_IN: Final = " smtp;"
_OF_ANOTHER: Final = regex(r"#[245]\.\d{1,3}\.\d{1,3} smtp; ?(?=[245]\d\d\b)")
"""Stands before the reply that Exchange heard, behind what Exchange says by itself of its code."""
_LAST_SAID: Final = (
    "last error: ",
    "last error was: ",
    "last reply: ",
    "last response: ",
    "response was: ",
    "server was: ",
)
"""Behind these a queue that gave up quotes what it heard last."""
_THEREFORE: Final = (": ", "; ")
_REPLY: Final = regex(
    r"\b[45]\d\d(?:[ -][45]\.\d{1,3}\.\d{1,3}[ :]"
    r"|(?:(?<=^...)|(?<=[:>(\"'=\].,;] ...)|(?<=[:>(\"'=]...))[ :-])(?=.{8})"
)
"""Begins a reply that a queue which gave up quotes beside its own words (qmail, before them)."""
_PROBED: Final = ("unverified address: ", "undeliverable address: ")
_SAID: Final = " said: "
"""Behind both words Postfix quotes what the next server said when it was asked for the address ..."""
_CAME_OF_IT: Final = regex(
    r"(?:host or domain name not found|unknown user: |user unknown in |host not found)"
)
"""... or says in its own words what came of asking; that no connection to that server came about is a fault
of the way behind the gateway, of which it speaks, and not of the way to it."""
_CONTRAST: Final = " but "
"""What stands before it holds, what stands behind it decides: "User exists, but his mailbox is full"."""
_INNER: Final = regex(r"[:>(\"'] ?[45]\d\d [45]\.\d{1,2}\.\d{1,3} ")
"""Begins the reply of another server that is passed on ("Callout failed: 550 5.1.1 ...")."""
_BECAUSE: Final = (" because ", " due to ", " reason: ")
_ENOUGH_POINTS: Final = 40
"""From here on wording is so long that it needs no explanation."""
_FOLLOWS: Final = regex(r"[^\W\d_]{0,12} ?(?:[<\"']?\*{3,300}[>\"']? ?)?([(\[:;]|- )")
_ENDS: Final = regex(r"\. |\b(?:see|visit|contact|help)\b|https?:|www\.")
_CLOSES: Final = {"(": ")", "[": "]"}
_ADDED: Final = "(in reply to"


def explanation(text: str, best: Hit) -> Stretch | None:
    """Where the clause begins and ends that explains what `best` read in the folded `text`, or None."""
    quoted = _QUOTED.search(text) if _QUOTES in text else None
    if quoted:
        return quoted.end(), len(text)
    heard = _OF_ANOTHER.search(text, best.end) if _WRITTEN_IN in text and best.end >= 0 else None
    if heard:
        return heard.end(), len(text)
    if best.rule.reason == GIVEN_UP:
        return _last_heard(text, best)
    asked = _came_of_asking(text, best) if " address: " in text and not best.at_home else None
    if asked is not None:
        return asked, len(text)
    if best.rank > STATUS_AND_TEXT or best.at_home or (best.rank >= TEXT and best.points >= _ENOUGH_POINTS):
        return None
    # Finding letters is much faster than the regex, and hardly any reply has them there.
    if best.end >= 0 and (text.find(" 5.", best.end) >= 0 or text.find(" 4.", best.end) >= 0):
        inner = _INNER.search(text, best.end)
        if inner:
            return inner.end(), len(text)
    contrast = text.find(_CONTRAST)
    if best.end <= contrast:
        return contrast + len(_CONTRAST), len(text)
    if best.rank > TEXT or best.rule.reason not in REASONS.may_be_explained:
        return None
    for words in _BECAUSE:
        place = text.find(words)
        if 0 <= best.end <= place:
            return place + len(words), _clause_end(text, place + len(words))
    if best.rank == TEXT and best.rule.reason in REASONS.stated_first:
        return _behind(text, best)
    return None


def _last_heard(text: str, best: Hit) -> Stretch | None:
    """What a queue that gave up says it heard last."""
    heard = max(text.rfind(words) + len(words) if words in text else -1 for words in _LAST_SAID)
    if heard >= best.end:
        return heard, len(text)
    # Exim puts it the other way round: "<what it heard last>: retry timeout exceeded".
    said = best.start - len(_THEREFORE[0])
    if said > 0 and text.startswith(_THEREFORE, said):
        return 0, said
    behind = _REPLY.search(text, best.end)
    if behind is not None:
        return behind.end(), len(text)
    before = _REPLY.search(text, 0, best.start)
    return (before.end(), best.start) if before is not None else None


def _came_of_asking(text: str, best: Hit) -> int | None:
    """Where Postfix goes over to what came of asking whether an address exists, if it says so."""
    for words in _PROBED:
        asked = text.find(words)
        if asked >= 0:
            said = text.rfind(_SAID, asked)
            if said >= 0:
                return said + len(_SAID)
            if best.rule.reason != "rejected" and _CAME_OF_IT.match(text, asked + len(words)):
                return asked + len(words)
    return None


def _behind(text: str, best: Hit) -> Stretch | None:
    """What stands in brackets, behind a colon or behind a dash after the words of `best`."""
    found = _FOLLOWS.match(text, best.end)
    if found is None or text.startswith(_ADDED, found.start(1)):
        return None
    end = text.find(_CLOSES[found[1]], found.end()) if found[1] in _CLOSES else -1
    return found.end(), _clause_end(text, found.end(), end if end >= 0 else len(text))


def explains(hit: Hit, stretch: Stretch, best: Hit) -> bool:
    """True for a hit of the clause `stretch` alone that tells more than `best`.  A provider's own rule of a
    fault knows which one it is; a connection that broke off tells no more by whomever it is said."""
    if hit.rank < MEANING or hit.rank > STATUS_AND_TEXT or hit.start < stretch[0]:
        return False
    if best.rule.reason == "blocked" and hit.rule.reason == "spam_detected":
        return False  # a host that is shut out for spam is shut out, whatever it sends next
    if best.rule.reason == "no_relaying" and hit.rule.reason != "user_unknown":
        return False  # who may send on, and how, is what relaying is about; that nobody is local is its cause
    if is_only_a_pause(hit) and best.rule.reason in REASONS.passes:
        return False
    names_fault = hit.rule.reason == "system_error" and hit.rule.provider != ""
    if best.rule.reason == GIVEN_UP and hit.rule.reason in REASONS.mere_impatience and not names_fault:
        return False
    return hit.rule.reason != best.rule.reason and hit.rule.reason not in REASONS.no_explanation


def _clause_end(text: str, begin: int, limit: int | None = None) -> int:
    """Where the clause ends: with its sentence, or where it only points to a page or a person."""
    found = _ENDS.search(text, begin, len(text) if limit is None else limit)
    return found.start() if found else (len(text) if limit is None else limit)
