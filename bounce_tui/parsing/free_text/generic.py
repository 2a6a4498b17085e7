"""Any report in any words: what is left when no family knows it.

Looks, in this order, for the addresses of X-Failed-Recipients, labelled lines ("Recipient: ..."), several
lines that begin with an address and say what failed, replies and rows with an address each, sentences that
say which address failed, one line that begins with an address, and last for whom the returned message was.
"""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.free_text.each_on_lines import labelled, listed, listed_in_any_words, replies, rows
from bounce_tui.parsing.free_text.free_text import CODE, FreeText
from bounce_tui.parsing.free_text.further_recipients import besides
from bounce_tui.parsing.free_text.in_sentences import announced, sentences
from bounce_tui.parsing.free_text.unnamed_recipient import (
    in_subject,
    likeliest,
    of_role,
    only_one,
    returned_to,
)
from bounce_tui.parsing.free_text.words_above import with_words_above
from bounce_tui.parsing.replies import Reply
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import failures
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.sentences import tells

NAME = "free text"
MARKS = ("",)


def read(report: Report) -> list[Failure]:
    """The failed recipients, as far as the words tell: what the first way finds that finds anything."""
    said = FreeText(report)
    if report.failed_recipients:
        return _named(said, report.failed_recipients)
    if CODE.search(report.subject) and Reply(report.subject).code is not None:
        named = in_subject(said)
        if named:
            return named
    if "@" in said.text:
        found = labelled(said) or listed(said) or replies(said) or rows(said)
        found = found or sentences(said, says_failing) or listed_in_any_words(said)
        found = found or sentences(said, tells) or announced(said)
        if found:
            more = besides(found, said.text, said.foreign, said.action)
            apart = said.apart(found + more) if more or not said.are_apart(found) else found
            return with_words_above(apart, said.text)
    return returned_to(said) or only_one(said) or of_role(said)


def read_likeliest(report: Report) -> list[Failure]:
    """Who failed by a `report` whose sentences no way of reading knows: whom what makes it read like a report
    stands by, or, where it answers by itself and names nobody, the mailbox that answers."""
    return likeliest(FreeText(report))


def _named(said: FreeText, addresses: list[str]) -> list[Failure]:
    """X-Failed-Recipients, each with the words on its line and below where they stand.  Of one address alone
    all the text speaks, unless words are set in below it: Exim's list in the language of an admin's own
    template."""
    found = said.about(addresses)
    if len(found) == 1 and not _has_words_set_in(said.text, addresses[0]):
        return found
    lines = {one.recipient: one for one in failures(said.text, said.action) if one.diagnostic}
    return [lines.get(one.recipient, one) for one in found]


def _has_words_set_in(text: str, address: str) -> bool:
    """Whether a line of `text` is the `address` alone, and the next one stands further in."""
    layout = rf"^([ \t]*)<?{re.escape(address)}>?:?[ \t]*\n\1[ \t]{{1,8}}\S"
    return re.search(layout, text, re.M | re.I) is not None
