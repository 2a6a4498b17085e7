"""What each of several recipients of one report met with: some failed, others still wait or got the mail.

What stands about a recipient alone counts first, then the heading that it stands below ("Delivered to:"),
then what the rest of the report says of all.
"""

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation
from msgspec.structs import replace

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.free_text.outcome_words import (
    begins_with_failed,
    begins_with_waiting,
    goes_on,
    names_arrival,
)
from bounce_tui.parsing.replies import one_line
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.given_up import has_given_up
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.sentences import FORMS, forms
from bounce_tui.parsing.words.spellings import spellings
from bounce_tui.parsing.words.vocabulary import GROUPS
from bounce_tui.regex import regex

_ARRIVED = regex(
    r"(?<![\w.])(?:ok(?:ay)?|sent|delivered|done|success(?:ful(?:ly)?)?|accepted)(?![\w.])"
    r"|[✓✔✅]",
    0,
)
_WAITING = regex(
    r"[^\w]{0,4}(?:(?:is|was|has been|message|mail) ){0,2}"
    r"(?:queued|deferred|delayed|postponed|put off|greylisted|retrying|waiting)\b",
    re.I,
)
_TAKEN = regex(r"(?<![\w.])(?:250|2\.[0-7]\.\d{1,3})(?![\w.])", 0)
_AGAINST = frozenset(
    ("not", "undelivered", "not delivered", "refused", "gone", "full", "waits", "given_up", "content")
)
_LONGEST_ARRIVAL = 120
_LONGEST_HEADING = 200
_COLONS = (":", "：")


def says_waiting(text: str) -> bool:
    """True when `text`, in any case, says that delivery goes on."""
    return bool(_waiting().find_matches_as_indexes(text.lower())) or goes_on(text)


def has_arrived(words: str) -> bool:
    """True when the short `words` about a recipient say that the mail arrived, and of nothing else."""
    if not words or len(words) > _LONGEST_ARRIVAL or says_failing(words):
        return False
    if _TAKEN.search(words) is not None:
        return True  # be it that the next server says "250 queued"
    if says_waiting(words) or begins_with_waiting(words) or begins_with_failed(words):
        return False
    said = frozenset[str]().union(*forms(words))
    if said & _AGAINST or said & FORMS:
        return False
    return "delivered" in said or names_arrival(words) or _ARRIVED.search(words.lower()) is not None


def outcome(words: str) -> Action | None:
    """What a heading or a cell of few `words` says that mail met with, or None."""
    if not words or words.isdecimal():
        return None
    if says_waiting(words) or begins_with_waiting(words):
        return "delayed"
    if has_arrived(words):
        return "delivered"
    fails = says_failing(words) or begins_with_failed(words)
    fails = fails or any(said & FORMS or "not delivered" in said for said in forms(words))
    return "failed" if fails else None


def replaces(words: str, earlier: str) -> bool:
    """True where `words` about a recipient tell of another outcome than the `earlier` ones: of a job that is
    tried again the last run counts."""
    said = outcome(words)
    return said is not None and said != outcome(earlier[:_LONGEST_HEADING])


def told_apart(found: list[Failure], text: str, subject: str, action: Action) -> list[Failure]:
    """`found`, to all of which the report of this `text` and `subject` gives `action`, each with its own;
    those who got the mail are left out where others did not."""
    if len(found) < 2:
        return found
    about = _About(text, found)
    shared: Action = action
    if action == "delayed" and not says_waiting(f"{subject}\n{about.rest}"):
        shared = "failed" if any(says_waiting(one.diagnostic) for one in found) else action
    headings = about.headings if len(set(about.headings.values())) > 1 else {}
    told = [_told(one, shared, headings.get((one.recipient or "").lower())) for one in found]
    stayed = [one for one in told if one.action != "delivered"]
    return stayed or found


def rest_of(text: str, found: list[Failure]) -> str:
    """The lines of `text` that are about none of `found` alone."""
    return _About(text, found).rest


def _told(one: Failure, shared: Action, heading: "tuple[str, Action] | None") -> Failure:
    """`one` with its own action, and, where no words stand about it, with its heading's."""
    code = (one.reply_code or one.status or " ")[0]
    if heading is not None and not one.diagnostic:
        return replace(one, diagnostic=heading[0], quoted="", action=heading[1])
    if code == "5":
        return replace(one, action="failed")
    if code != "4" and has_arrived(one.diagnostic):
        return replace(one, action="delivered")
    if _waits(one.diagnostic):
        return replace(one, action="delayed")
    if heading is not None:
        return replace(one, action=heading[1])
    return replace(one, action=shared)


def _waits(words: str) -> bool:
    if _WAITING.match(words) is not None or begins_with_waiting(words):
        return True
    lower = words.lower()
    if not says_waiting(_without(lower, _for_now())) or any(final in lower for final in GROUPS["final"]):
        return False
    return not has_given_up(words)


def _without(text: str, words: set[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text


class _About:
    """The lines of a text by what they are about: each recipient, and, in `rest`, all of them.  `headings`
    has, for each recipient, the heading that it stands below and what that says."""

    def __init__(self, text: str, found: list[Failure]) -> None:
        said = {(one.recipient or "").lower(): one_line(one.diagnostic) for one in found}
        rest: list[str] = []
        self.headings: dict[str, tuple[str, Action]] = {}
        heading: tuple[str, Action] | None = None
        last = ""
        for line in text.split("\n"):
            named = [one for one in map(str.lower, find_all(line)) if one in said] if "@" in line else []
            stripped = line.strip()
            if named:
                last = named[-1]
                for one in named:
                    known = self.headings.get(one)
                    if heading is not None and (known is None or known[1] == "delivered"):
                        self.headings[one] = heading
            elif stripped and not (last and one_line(stripped) in said[last]):
                rest.append(line)
                heading = ("@" not in line and _heading(stripped)) or heading
        self.rest = "\n".join(rest)


def _heading(line: str) -> tuple[str, Action] | None:
    """`line` with what it says of those below it."""
    if len(line) > _LONGEST_HEADING or not (line.endswith(_COLONS) or _is_bare(line)):
        return None
    said = outcome(line)
    return (line, said) if said is not None else None


def _is_bare(line: str) -> bool:
    """True for a line of few words in no sentence, as "DELIVERED (2)" or "== Failed ==" are."""
    return len(line.split()) <= 4 and not line.endswith((".", ",", "!", "?", "。"))


@cache
def _for_now() -> set[str]:
    return spellings(lexicon("outcomes", "for_now"))


@cache
def _waiting() -> AhoCorasick:
    # Made when the first report with several recipients asks.
    words = {*GROUPS["delayed"], *GROUPS["goes_on"]}
    return AhoCorasick(sorted(words), implementation=Implementation.ContiguousNFA)
