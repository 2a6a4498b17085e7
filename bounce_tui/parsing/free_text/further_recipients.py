"""Recipients whom a report names in a paragraph of its own, beside the list or sentence that was read."""

from collections.abc import Callable, Collection

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.free_text.around_address import not_to_contact, stands_behind
from bounce_tui.parsing.free_text.clauses import sentence_of
from bounce_tui.parsing.free_text.recipient_outcomes import says_waiting
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.words.sentences import tells
from bounce_tui.regex import regex

_PARAGRAPH = regex(r"\n[ \t]*\n")
# As in "New address: bob@example.net".
_LABEL = regex(r"[:：]\s{0,9}[<\"']?$")
_COLONS = (":", "：")


def besides(
    found: Collection[Failure], text: str, wanted: Callable[[str], bool], action: Action
) -> list[Failure]:
    """Those `wanted` addresses of `text`, none of `found`, whose sentence tells a failure or delay."""
    if text.count("@") <= len(found):
        return []
    known = {(one.recipient or "").lower() for one in found}
    more: dict[str, Failure] = {}
    for paragraph in _PARAGRAPH.split(text):
        named = [one for one in not_to_contact(paragraph) if wanted(one)] if "@" in paragraph else []
        if len(named) != 1 or named[0].lower() in known or stands_behind(_LABEL, paragraph, named[0]):
            continue
        said = sentence_of(paragraph, named[0])
        if not said.rstrip().endswith(_COLONS) and (tells(said) or says_waiting(said)):
            more.setdefault(named[0].lower(), failure(named[0], paragraph, action))
    return list(more.values())
