"""Recipients whom a sentence or a paragraph of anybody's words names."""

from collections.abc import Callable
from itertools import pairwise

from bounce_tui.domain_name import written_domain
from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import ADDRESS, clean
from bounce_tui.parsing.free_text.around_address import nearest, not_to_contact, note, stands_behind
from bounce_tui.parsing.free_text.clauses import in_clauses
from bounce_tui.parsing.free_text.free_text import LINE_START, WORD, FreeText, says_failure
from bounce_tui.parsing.free_text.joined_recipients import with_joined
from bounce_tui.parsing.free_text.passages import has_reason, passage
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.shapes.blocks import failures
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.sentences import names_mail, tells
from bounce_tui.parsing.words.whom_to_ask import CONTACT
from bounce_tui.regex import regex

# "Dear alice@example.com,"
_GREETING = regex(r"\s{0,20}(?:[^\W\d_]{2,20}[ \t]){1,3}<?[^\s<>@]{1,64}@[^\s<>@]{1,255}>?[,:!]\s{0,20}")
# What addresses that stand side by side leave of their paragraph; without commas they may be cells of a row.
_BARE_ROW = regex(r"[\s<>\"']{0,9}(?:[,;，、][\s<>\"']{1,9}){1,500}")
_LONGEST_HEADING = 200
_PARAGRAPH = regex(r"\n[ \t]*\n")


def sentences(said: FreeText, says: Callable[[str], bool]) -> list[Failure]:
    """Addresses in the first paragraphs of which `says` tells that something failed."""
    paragraphs = _PARAGRAPH.split(said.text)
    for number, paragraph in enumerate(paragraphs):
        if "@" not in paragraph:
            continue
        wanted = [one for one in not_to_contact(paragraph) if said.foreign(one)]
        if len(wanted) == 1 and _is_ours_to_contact(said, wanted[0], paragraph):
            continue
        if _GREETING.fullmatch(paragraph):
            continue
        if paragraph.rstrip().endswith((":", "：")) and _begins_with_address(paragraphs, number + 1):
            continue  # what it announces are those who failed
        # The words may stand in the paragraph above or below the address ...
        if wanted and any(map(says, paragraphs[number : number + 2])):
            heading = _heading(paragraphs[number - 1]) if number else ""
            return _together(said, wanted, f"{heading}{paragraph}")
        if wanted and number and says(above := paragraphs[number - 1]):
            # One that only announces the address leaves the reason to the rest.
            announces = above.rstrip().endswith((":", "："))
            return _together(said, wanted, paragraph if announces else f"{above}\n\n{paragraph}")
        # ... or below one that says what the mail was about.
        if wanted and any(map(says, paragraphs[number + 2 : number + 3])):
            return _together(said, wanted, "\n\n".join(paragraphs[number : number + 3]))
        if wanted and says is tells and said.fails and names_mail(paragraph):
            return _together(said, wanted, paragraph)
    return []


def announced(said: FreeText) -> list[Failure]:
    """Whoever stands alone below words that end in a colon, be it a support desk's address."""
    if not said.fails:
        return []
    for above, below in pairwise(_PARAGRAPH.split(said.text)):
        if above.rstrip().endswith((":", "：")) and says_failure(above):
            line = below.strip().partition("\n")[0].strip()
            address = clean(line) if " " not in line and "@" in line else None
            if address is not None and address.lower() not in said.own:
                return [failure(address, passage(said.text, below), said.action)]
    return []


def _is_ours_to_contact(said: FreeText, address: str, paragraph: str) -> bool:
    """True for whom the writer's own organization names for questions."""
    return written_domain(address) == said.report.sender_domain and stands_behind(CONTACT, paragraph, address)


def _together(said: FreeText, wanted: list[str], paragraph: str) -> list[Failure]:
    """What `paragraph` and, where that says little, the whole text say of those `wanted` that it names."""
    # A heading may stand above it.
    between = ADDRESS.sub("", paragraph.rpartition("\n\n")[2]) if len(wanted) > 1 else ""
    is_row = _BARE_ROW.fullmatch(between) is not None
    if not WORD.search(ADDRESS.sub("", paragraph)):
        paragraph = ""  # nothing but addresses: the words about them stand elsewhere
    for_whom = {address.lower() for address in said.report.original_recipients}
    known = [one for one in wanted if one.lower() in for_whom]
    about = paragraph or said.text
    lines = [] if known else with_joined(failures(about, said.action), about)
    listed = [one for one in lines if one.recipient in wanted]
    if is_row and len(listed) < 2 and not known:
        return said.about(wanted)
    if len(listed) < len(wanted) and (apart := in_clauses(wanted, paragraph, said.action)):
        return apart
    if listed:
        alone = len(listed) == 1
        return [one if one.reply_code or one.status else _better(said, one, alone) for one in listed]
    words = passage(said.text, paragraph)
    named = known or nearest(wanted, paragraph)
    notes = {one: note(one, paragraph) for one in named} if len(named) > 1 else {}
    return [failure(address, notes.get(address) or words, said.action) for address in named]


def _better(said: FreeText, one: Failure, alone: bool) -> Failure:
    """`one` with the words of the whole text where those have a reply; with them beside its own where a
    label such as "reason:" leads to them and `one` is all that they can be about."""
    again = failure(one.recipient, said.words, one.action)
    if again.reply_code or again.status or not one.diagnostic:
        return again
    if not alone or one.diagnostic in said.words or not has_reason(said.text):
        return one
    return failure(one.recipient, f"{one.diagnostic}\n{said.words}", one.action)


def _begins_with_address(paragraphs: list[str], number: int) -> bool:
    return number < len(paragraphs) and LINE_START.match(paragraphs[number]) is not None


def _heading(above: str) -> str:
    """`above`, a line that says why before the paragraph that says who, as programs put their errors."""
    line = above.strip()
    is_one = "\n" not in line and "@" not in line and len(line) <= _LONGEST_HEADING
    return f"{line}\n\n" if is_one and says_failing(line) and not line.endswith((":", "：", ",", "!")) else ""
