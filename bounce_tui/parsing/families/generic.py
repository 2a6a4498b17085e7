"""Any report in any words: what is left when no family knows it.

Looks, in this order, for the addresses of X-Failed-Recipients, labelled lines ("Recipient: ..."), several
lines that begin with an address and say what failed, replies and rows with an address each, sentences that
say which address failed, one line that begins with an address, and last for whom the returned message was.
"""

import re
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import ADDRESS, clean, domain_of, find_all, verp_recipient
from bounce_tui.parsing.families.address_rows import Rows
from bounce_tui.parsing.families.beside_address import nearest, not_to_contact, note, stands_behind
from bounce_tui.parsing.families.besides import besides
from bounce_tui.parsing.families.blocks import failures
from bounce_tui.parsing.families.clauses import in_clauses
from bounce_tui.parsing.families.entries import are_alike
from bounce_tui.parsing.families.fates import outcome, rest_of, told_apart
from bounce_tui.parsing.families.joined import with_joined
from bounce_tui.parsing.families.named_server import from_server
from bounce_tui.parsing.families.passages import has_reason, passage
from bounce_tui.parsing.families.recipient_label import labelled_as_recipient
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.likeness import addresses_beside, likeness
from bounce_tui.parsing.plain_words import plain_words
from bounce_tui.parsing.plausible import CONTACT
from bounce_tui.parsing.replies import Reply, failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.sentences import names_mail, tells
from bounce_tui.parsing.vocabulary import says_failing
from bounce_tui.regex import regex

NAME = "free text"
MARKS = ("",)

_ROLES = (
    "postmaster@",
    "mailer-daemon@",
    "support@",
    "helpdesk@",
    "abuse@",
    "noreply@",
    "no-reply@",
    "hostmaster@",
    "admin@",
)
_WINDOW = 20_000
_LIKELY = 1.0
"""How much a mail must read like a report for an address to be the failed one that no sentence names."""
_LINE_START = regex(
    r"^[^\S\n]{0,40}(?:[*>•·|-]{1,2}[ \t]{0,8}|(?:\d{1,4}[.)]|\d{1,2})[ \t]+)?[<\"]?[^\s<>@]{1,64}@", re.M
)
# "Dear alice@example.com,"
_GREETING = regex(r"\s{0,20}(?:[^\W\d_]{2,20}[ \t]){1,3}<?[^\s<>@]{1,64}@[^\s<>@]{1,255}>?[,:!]\s{0,20}")
_OF_THOSE_LISTED = 3
_LONGEST_HEADING = 200
_MAILED_TO = regex(
    r"\b(?:not|n't|unable to|failed to)\s{1,3}(?:\w{1,20}\s{1,3}){0,4}"
    r"(?:mail|send|sent|deliver|forward|notify)\w{0,4}\s{1,3}(?:\w{1,20}\s{1,3}){0,4}to\s{1,3}[<\"']?$",
    re.I,
)
_LINE_CODE = regex(r"^[ \t*>-]{0,12}[45]\d\d[ -]", re.M)
# As in "550 5.1.1 User unknown: b@example.net".
_REPLY_LINE = regex(
    r"^[ \t*>-]{0,12}(?=[45]\d\d[ -])([^\n@]{0,400}?<?[^\s<>@]{1,64}@[^\s<>@]{1,255}[^\n@]{0,400})$", re.M
)
_FULL = regex(
    r"\bfull\b|quota|storage|limit|voll|plein|satur|llen[oa]|pien[oa]|chei[oa]|\bvol\b|pełn|pln[áý]|tele\b"
    r"|full[ta]?\b|fyldt|täynnä|megtelt|plin[ăe]?\b|dolu|переполн|заполн|γεμάτ|满|滿|超|一杯|いっぱい|満杯|초과|가득|đầy|penuh|ممتل|מלא",
    re.I,
)
_CODE = regex(r"\b[45]\d\d\b")
_PARAGRAPH = regex(r"\n[ \t]*\n")
_WORD = regex(r"[^\W\d_]{3}")


def read(report: Report) -> list[Failure]:
    """The failed recipients, as far as the words tell."""
    return _Reading(report).failures()


def read_likeliest(report: Report) -> list[Failure]:
    """Who failed by a `report` whose sentences no way of reading knows: whom what makes it read like a report
    stands by, or, where it answers by itself and names nobody, the mailbox that answers."""
    return _Reading(report).likeliest()


class _Reading:
    """One report, with what several ways of reading it need."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = plain_words(report.text[:_WINDOW])
        self._told: list[Failure] = []

    def failures(self) -> list[Failure]:
        """What the first way finds that finds anything."""
        if self.report.failed_recipients:
            return self._named(self.report.failed_recipients)
        if _CODE.search(self.report.subject) and Reply(self.report.subject).code is not None:
            named = self._in_subject()
            if named:
                return named
        if "@" in self.text:
            found = self._each_apart(self._labelled()) or self._listed() or self._replies() or self._rows()
            found = found or self._sentences(says_failing) or self._list_at_last()
            found = found or self._sentences(tells) or self._announced()
            if found:
                more = besides(found, self.text, self._foreign, self.action)
                return self._apart(found + more) if more or found is not self._told else found
        return self._returned_to() or self._only_one() or self._of_role()

    def likeliest(self) -> list[Failure]:
        """The one address that stands nearest to what says most."""
        if likeness(self.report.subject, self.text) < _LIKELY:
            return []
        said = map(clean, addresses_beside(self.report.subject, self.text))
        beside = [address for address in said if address is not None]
        to_contact = {one for one in beside if stands_behind(CONTACT, self.text, one)}
        named = [one for one in beside if self._foreign(one) and one not in to_contact]
        sender = clean(self.report.sender) if "@" in self.report.sender else None
        speaks = not self.report.inside and (sender in beside or self.report.answers)
        if not named and sender is not None and speaks:
            named = [sender]
        return self._about(named[:1])

    @cached_property
    def action(self) -> Action:
        """Whether the mail waits or failed."""
        return action_of(self.report)

    @cached_property
    def own(self) -> set[str]:
        """Addresses that are never the failed one: who wrote the report and who gets it."""
        raw = self.report.head.raw
        fields = (raw("from"), raw("to"), raw("reply-to"))
        return {address.lower() for field in fields for address in find_all(field)}

    @cached_property
    def words(self) -> str:
        """The passage of the whole text that says why, behind the subject where only that has the reply."""
        words = passage(self.text)
        subject = self.report.subject
        if _CODE.search(subject) and Reply(words).code is None and Reply(subject).code is not None:
            return f"{subject}\n\n{words}".strip()
        return words

    @cached_property
    def fails(self) -> bool:
        """True when anything in it says that something failed."""
        return _fails(f"{self.report.subject}\n\n{self.text}")

    def _about(self, addresses: list[str]) -> list[Failure]:
        return [failure(address, self.words, self.action) for address in addresses]

    def _named(self, addresses: list[str]) -> list[Failure]:
        """X-Failed-Recipients, each with the words on its line and below where they stand."""
        found = self._about(addresses)
        if len(found) < 2:
            return found
        listed = {one.recipient: one for one in failures(self.text, self.action) if one.diagnostic}
        return [listed.get(one.recipient, one) for one in found]

    def _labelled(self) -> list[Failure]:
        """Lines "Recipient: address", each with the words up to the next one where those say why."""
        entries: dict[str, tuple[str, int]] = {}
        at = 0
        for line in self.text.split("\n"):
            if "@" in line:
                for address in labelled_as_recipient(line):
                    if address.lower() not in self.own:
                        entries.setdefault(address.lower(), (address, at))
            at += len(line) + 1
        if not entries or not (self.fails or Reply(self.text).code is not None):
            return []
        if len(entries) == 1:
            return self._about([address for address, _ in entries.values()])
        found = []
        ends = [start for _, start in entries.values()][1:]
        for (address, start), end in zip(entries.values(), (*ends, len(self.text)), strict=True):
            section = self.text[start:end].partition("\n")[2]
            own = has_reason(section) or says_failing(section) or outcome(section) is not None
            words = passage(section) if own else self.words
            found.append(from_server(failure(address, words, self.action), section, self.report))
        return found

    def _each_apart(self, labelled: list[Failure]) -> list[Failure]:
        """`labelled`, the recipients of a quoted To maybe, or, where lines of their own name the same ones,
        what those say of each."""
        if len(labelled) < 2:
            return labelled
        listed = self._listed()
        same = {one.recipient for one in listed} == {one.recipient for one in labelled}
        return listed if same else labelled

    def _listed(self, *, least: int = 2) -> list[Failure]:
        """Addresses at the beginning of lines; from two on, when all come with words that say what
        failed."""
        if not self.fails or len(_LINE_START.findall(self.text)) < least:
            return []
        listed = with_joined(failures(self.text, self.action), self.text)
        found = [one for one in listed if one.recipient and self._foreign(one.recipient)]
        if len(found) < least:
            return []
        if least > 1:
            found = self._apart(found)
        if least == 1 or all(map(_says_what_failed, found)):
            return found
        return found if _say_what_failed(found) and are_alike(found, self.text, self._foreign) else []

    def _list_at_last(self) -> list[Failure]:
        """The lines that begin with an address where no words known say what failed: all where the lines are
        of one form, as no two that only happen to begin so are, else the first."""
        listed = self._listed(least=1)
        return (
            self._apart(listed)
            if len(listed) > 1 and are_alike(listed, self.text, self._foreign)
            else listed[:1]
        )

    def _replies(self) -> list[Failure]:
        """Several lines that are a reply with one address in it each."""
        found: dict[str, Failure] = {}
        for line in _REPLY_LINE.finditer(self.text) if len(_LINE_CODE.findall(self.text)) > 1 else ():
            for address in find_all(line[1]):
                if self._foreign(address):
                    found.setdefault(address.lower(), failure(address, line[1], self.action))
        return list(found.values()) if len(found) > 1 else []

    def _rows(self) -> list[Failure]:
        """Several rows of a list or table, of whose words some say what failed."""
        rows = Rows(self.text, self._foreign)
        if len(rows.each()) < 2 or not (rows.are_alike or rows.begin_with(outcome) or rows.keep_named()):
            return []
        # A cell before the address may have the outcome: "NOT SENT  b@example.net  552 full".
        said = [
            (address, f"{before}\n{words}" if outcome(before) else words)
            for address, before, words in rows.each()
        ]
        found = self._apart([failure(address, words, self.action) for address, words in said])
        if rows.begin_with(outcome) and any(one.action != "delivered" for one in found):
            return found
        return found if _say_what_failed(found) or (rows.are_cells and self._fails_outside(found)) else []

    def _fails_outside(self, rows: list[Failure]) -> bool:
        """Whether words that stand in none of the `rows`, all of which say something, tell of a failure."""
        rest = rest_of(self.text, rows)
        said = all(_WORD.search(one.diagnostic) for one in rows)
        return said and _fails(f"{self.report.subject}\n\n{rest}")

    def _apart(self, found: list[Failure]) -> list[Failure]:
        self._told = told_apart(found, self.text, self.report.subject, self.action)
        return self._told

    def _sentences(self, says: Callable[[str], bool]) -> list[Failure]:
        """Addresses in the first paragraphs of which `says` tells that something failed."""
        paragraphs = _PARAGRAPH.split(self.text)
        for number, paragraph in enumerate(paragraphs):
            if "@" not in paragraph:
                continue
            wanted = [one for one in not_to_contact(paragraph) if self._foreign(one)]
            if len(wanted) == 1 and self._is_ours_to_contact(wanted[0], paragraph):
                continue
            if _GREETING.fullmatch(paragraph):
                continue
            if paragraph.rstrip().endswith((":", "：")) and _begins_with_address(paragraphs, number + 1):
                continue  # what it announces are those who failed
            # The words may stand in the paragraph above or below the address ...
            if wanted and any(map(says, paragraphs[number : number + 2])):
                heading = _heading(paragraphs[number - 1]) if number else ""
                return self._together(wanted, f"{heading}{paragraph}")
            if wanted and number and says(above := paragraphs[number - 1]):
                # One that only announces the address leaves the reason to the rest.
                announces = above.rstrip().endswith((":", "："))
                return self._together(wanted, paragraph if announces else f"{above}\n\n{paragraph}")
            # ... or below one that says what the mail was about.
            if wanted and any(map(says, paragraphs[number + 2 : number + 3])):
                return self._together(wanted, "\n\n".join(paragraphs[number : number + 3]))
            if wanted and says is tells and self.fails and names_mail(paragraph):
                return self._together(wanted, paragraph)
        return []

    def _announced(self) -> list[Failure]:
        """Whoever stands alone below words that end in a colon, be it a support desk's address."""
        if not self.fails:
            return []
        paragraphs = _PARAGRAPH.split(self.text)
        for above, below in pairwise(paragraphs):
            if above.rstrip().endswith((":", "：")) and _fails(above):
                line = below.strip().partition("\n")[0].strip()
                address = clean(line) if " " not in line and "@" in line else None
                if address is not None and address.lower() not in self.own:
                    return [failure(address, passage(self.text, below), self.action)]
        return []

    def _foreign(self, address: str) -> bool:
        lower = address.lower()
        return lower not in self.own and not lower.startswith(_ROLES)

    def _is_ours_to_contact(self, address: str, paragraph: str) -> bool:
        """True for whom the writer's own house names for questions."""
        return domain_of(address) == self.report.sender_domain and stands_behind(CONTACT, paragraph, address)

    def _together(self, wanted: list[str], paragraph: str) -> list[Failure]:
        if not _WORD.search(ADDRESS.sub("", paragraph)):
            paragraph = ""  # nothing but addresses: the words about them stand elsewhere
        for_whom = {address.lower() for address in self.report.original_recipients}
        known = [one for one in wanted if one.lower() in for_whom]
        about = paragraph or self.text
        said = [] if known else with_joined(failures(about, self.action), about)
        listed = [one for one in said if one.recipient in wanted]
        if len(listed) < len(wanted) and (apart := in_clauses(wanted, paragraph, self.action)):
            return apart
        if listed:
            alone = len(listed) == 1
            return [one if one.reply_code or one.status else self._better(one, alone) for one in listed]
        words = passage(self.text, paragraph)
        named = known or nearest(wanted, paragraph)
        notes = {one: note(one, paragraph) for one in named} if len(named) > 1 else {}
        return [failure(address, notes.get(address) or words, self.action) for address in named]

    def _better(self, one: Failure, alone: bool) -> Failure:
        """`one` with the words of the whole text where those have a reply; with them beside its own where a
        label such as "reason:" leads to them and `one` is all that they can be about."""
        again = failure(one.recipient, self.words, one.action)
        if again.reply_code or again.status or not one.diagnostic:
            return again
        if not alone or one.diagnostic in self.words or not has_reason(self.text):
            return one
        return failure(one.recipient, f"{one.diagnostic}\n{self.words}", one.action)

    def _returned_to(self) -> list[Failure]:
        """The report names nobody: it is about whom the returned message was for, or the recipient inside
        the address that it came to, a mailing list's own mark (VERP)."""
        if not self.fails:
            return []
        returned = self.report.original_recipients
        if returned:
            return self._about(returned[:1])
        named = self._in_subject()
        if named:
            return named
        recipient = verp_recipient(self.report.head.raw("to").strip("<> "))
        if recipient is not None:
            return self._about([recipient])
        # The full mailbox itself writes that it is full.
        sender = clean(self.report.sender) if "@" in self.report.sender else None
        quota = sender is not None and sender in self.text and not sender.lower().startswith(_ROLES)
        return self._about([sender]) if sender is not None and quota and _FULL.search(self.text) else []

    def _in_subject(self) -> list[Failure]:
        """The one address of the subject."""
        if "@" not in self.report.subject:
            return []
        named = [one for one in find_all(self.report.subject) if self._foreign(one)]
        return self._about(named) if len(named) == 1 else []

    def _of_role(self) -> list[Failure]:
        """The one whom "could not be mailed to" names, be it an admin's, where nobody else is named."""
        named = [one for one in find_all(self.text) if stands_behind(_MAILED_TO, self.text, one)]
        return self._about(named) if len(named) == 1 and named[0].lower() not in self.own else []

    def _only_one(self) -> list[Failure]:
        """The only address of the text, where a mail system's subject says that the delivery failed in words
        that the text says otherwise."""
        words = self.report.subject_words
        if "daemon" not in self.report.sender_words or not (
            "failed_subject" in words or "failed_subject_of_daemon" in words
        ):
            return []
        named = [one for one in find_all(self.text) if not stands_behind(CONTACT, self.text, one)]
        return self._about(named) if len(named) == 1 and self._foreign(named[0]) else []


def _says_what_failed(one: Failure) -> bool:
    return bool(one.reply_code or one.status or says_failing(one.diagnostic))


def _say_what_failed(found: list[Failure]) -> bool:
    """True where some of `found` say what failed: that tells what the others' words, in whatever wording,
    are."""
    failing = sum(map(_says_what_failed, found))
    said = all(_WORD.search(one.diagnostic) for one in found)
    return said and failing * _OF_THOSE_LISTED >= len(found)


def _fails(text: str) -> bool:
    return says_failing(text) or tells(text)


def _begins_with_address(paragraphs: list[str], number: int) -> bool:
    return number < len(paragraphs) and _LINE_START.match(paragraphs[number]) is not None


def _heading(above: str) -> str:
    """`above`, a line that says why before the paragraph that says who, as programs put their errors."""
    line = above.strip()
    is_one = "\n" not in line and "@" not in line and len(line) <= _LONGEST_HEADING
    return f"{line}\n\n" if is_one and says_failing(line) and not line.endswith((":", "：", ",", "!")) else ""
