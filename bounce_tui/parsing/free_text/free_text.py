"""A report in anybody's words, with what every way of reading it needs."""

import re
from functools import cached_property

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.cleaning.plain_words import plain_words
from bounce_tui.parsing.free_text.contact_label import to_contact
from bounce_tui.parsing.free_text.description import without_description
from bounce_tui.parsing.free_text.passages import passage
from bounce_tui.parsing.free_text.recipient_outcomes import told_apart
from bounce_tui.parsing.replies import Reply, failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.shapes.unqualified import with_whole_names
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.sentences import tells
from bounce_tui.regex import regex

ROLES = (
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
"""Who writes reports or answers questions, and is not the one who failed."""
CODE = regex(r"\b[45]\d\d\b")
LINE_START = regex(
    r"^[^\S\n]{0,40}(?:[*>•·|-]{1,2}[ \t]{0,8}|(?:\d{1,4}[.)]|\d{1,2})[ \t]+)?[<\"]?[^\s<>@]{1,64}@", re.M
)
"""An address, or as good as one, at the beginning of a line."""
WORD = regex(r"[^\W\d_]{3}")
_WINDOW = 20_000


class FreeText:
    """The words of one `report`, plain and up to a limit, in `text`."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = with_whole_names(plain_words(report.text[:_WINDOW]), report)
        self._told: list[Failure] = []

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
    def contacts(self) -> frozenset[str]:
        """Addresses that a label names for questions, and that are nobody's who failed."""
        return to_contact(self.text)

    @cached_property
    def words(self) -> str:
        """The passage of the whole text that says why, behind the subject where only that has the reply."""
        words = passage(without_description(self.text))
        subject = self.report.subject
        if CODE.search(subject) and Reply(words).code is None and Reply(subject).code is not None:
            return f"{subject}\n\n{words}".strip()
        return words

    @cached_property
    def fails(self) -> bool:
        """True when anything in it says that something failed."""
        return says_failure(f"{self.report.subject}\n\n{self.text}")

    def foreign(self, address: str) -> bool:
        """True for an address that may be the failed one."""
        lower = address.lower()
        return lower not in self.own and not lower.startswith(ROLES) and lower not in self.contacts

    def about(self, addresses: list[str]) -> list[Failure]:
        """What the whole text says of `addresses`."""
        return [failure(address, self.words, self.action) for address in addresses]

    def apart(self, found: list[Failure]) -> list[Failure]:
        """`found`, each with its own outcome."""
        self._told = told_apart(found, self.text, self.report.subject, self.action)
        return self._told

    def are_apart(self, found: list[Failure]) -> bool:
        """True for what `apart` gave last."""
        return found is self._told


def says_failure(text: str) -> bool:
    """True where `text` says, in words that we know or in what words mean together, that something failed."""
    return says_failing(text) or tells(text)
