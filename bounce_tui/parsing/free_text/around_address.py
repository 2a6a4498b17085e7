"""What stands around an address in a paragraph: whose address it is, and what is said about it."""

import re
from functools import cache

from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.words.failing import failing_at, says_failing
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.parsing.words.who_wrote import SENDER
from bounce_tui.parsing.words.whom_to_ask import CONTACT
from bounce_tui.regex import regex

_MOST_TOGETHER = 20
_NOTE = regex(r"[>\"']?\s{0,2}\(([^()@\n]{1,80})\)")


def not_to_contact(paragraph: str) -> list[str]:
    """The addresses of `paragraph` without who wrote, and, of several, whom the reader may write to."""
    addresses = [one for one in find_all(paragraph) if not stands_behind(SENDER, paragraph, one)]
    if len(addresses) < 2:
        return addresses
    return [one for one in addresses if not stands_behind(CONTACT, paragraph, one)] or addresses


def stands_behind(words: re.Pattern[str], text: str, address: str) -> bool:
    """Whether `words` stand shortly before the first `address` in `text`."""
    at = text.find(address)
    return words.search(text, max(0, at - 60), at) is not None


def nearest(wanted: list[str], paragraph: str) -> list[str]:
    """Of several addresses in one paragraph the one that the words of failure stand by."""
    places = failing_at(paragraph)
    if len(wanted) < 2 or not places:
        return wanted[:1]

    def distance(address: str) -> int:
        end = paragraph.find(address) + len(address)
        return min(abs(place - end) for place in places[:100])

    closest = min(wanted[:_MOST_TOGETHER], key=distance)
    return next(group for group in groups(wanted, paragraph) if closest in group)


def groups(wanted: list[str], paragraph: str) -> list[list[str]]:
    """`wanted` parted where more than a comma or an "and" stands between two of them."""
    groups: list[list[str]] = []
    end = -1
    for address in wanted:
        at = paragraph.find(address, max(end, 0))
        if groups and at >= 0 and _joined().fullmatch(paragraph, end, at):
            groups[-1].append(address)
        else:
            groups.append([address])
        end = at + len(address) if at >= 0 else end
    return groups


def note(address: str, paragraph: str) -> str:
    """What stands in brackets right behind `address`, where that says what failed."""
    at = paragraph.find(address)
    found = _NOTE.match(paragraph, at + len(address)) if at >= 0 else None
    return found[1] if found is not None and says_failing(found[1]) else ""


@cache
def _joined() -> re.Pattern[str]:
    joining = any_of(lexicon("joining", "and", "and_between_addresses", "or"))
    return re.compile(
        r"(?:[>\"']?\s{0,2}\([^()@\n]{1,80}\))?"
        rf"[\s,;<>\"'()&、，]{{0,8}}(?:(?:{joining})\s)?[\s<\"']{{0,4}}",
        re.I,
    )
