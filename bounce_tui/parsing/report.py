"""One message as a report reader wants it: the words, the machine's part, the returned message; each
cut out once, when first asked for."""

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from bounce_tui.domain_name import written_domain
from bounce_tui.parsing.addresses import clean, find_all
from bounce_tui.parsing.cleaning.banners import without_banner
from bounce_tui.parsing.cleaning.decorations import undecorated
from bounce_tui.parsing.cleaning.html_text import to_text
from bounce_tui.parsing.mime.entity import Entity
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.report_speaker import exchange_host, speaking_host
from bounce_tui.parsing.returned_message.original import head_of
from bounce_tui.parsing.returned_message.returned_text import RULES, returned_start, unquoted
from bounce_tui.regex import regex

if TYPE_CHECKING:
    from bounce_tui.parsing.marks import Marks

TEXT_LIMIT: Final = 1 << 22
"""Characters of text that are read; a thousand recipients with long replies fit."""
LEAD: Final = 3000
_STATUS_TYPES: Final = (
    "message/delivery-status",
    "message/global-delivery-status",
    "message/feedback-report",
)
_MESSAGE_TYPES: Final = ("message/rfc822", "message/global", "message/partial")
_HEADER_TYPES: Final = (
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
    "text/rfc822-header",
)

# A text to read only where nothing else is there.
_DATA_TYPES: Final = ("application/json", "application/xml")
_DISPOSITION: Final = "message/disposition-notification"
_DISPOSED: Final = regex(r"^Disposition[ \t]{0,4}:[^;\n]{0,200};[ \t]{0,8}([a-z]{1,20})", re.I | re.M)
_MOST_DISGUISED: Final = 8
_LONGEST_FOOTER: Final = 1000
_STATUS_BEGINS: Final = regex(
    r"\s{0,20}(?:Reporting-MTA|Original-Envelope-Id|Arrival-Date|Final-Recipient|Original-Recipient|Action)"
    r"[ \t]{0,4}:",
    re.I,
)
_STATUS_NAMES: Final = regex(r"^(?:Final|Original)-Recipient[ \t]{0,4}:", re.I | re.M)
_FOOTER: Final = "\n" + "_" * 45
"""Mailman's rule above its footer has 47; one of 40 is Outlook's, in the midst of a copied notice."""


@cache
def _marks() -> "type[Marks]":
    # Half of the patterns of parsing are those of the families: they are made for the first report whose
    # words count, so that commands which read one reply start at once.
    from bounce_tui.parsing.marks import Marks

    return Marks


class Report:
    """What the readers of `families` are given.

    `sender` and `subject` are the From and Subject fields, decoded.  `text` is what the report says
    in words, without the returned message, `lead` the beginning of sender, subject and text in lower
    case, where a family looks for its marks.  `brief` says that nobody will look at the returned
    message itself, `inside` that a person passed the report on, in a mail with the Date `written`.  What
    takes work is worked out when it is first asked for.
    """

    __slots__ = (
        "_begins",
        "_failed_recipients",
        "_marks",
        "_original_head",
        "_original_recipients",
        "_returned",
        "_sought_original",
        "_sought_returned",
        "_speaker",
        "_whole_text",
        "_words",
        "brief",
        "head",
        "header_parts",
        "inside",
        "mail",
        "message_parts",
        "sender",
        "status_parts",
        "subject",
        "texts",
        "written",
    )

    def __init__(
        self, mail: Mail, *, brief: bool = False, inside: bool = False, written: str | None = None
    ) -> None:
        self.mail = mail
        self.brief = brief
        self.inside = inside
        self.written = written
        self.head = mail.head
        self.sender = mail.head.get("from") or ""
        self.subject = mail.head.get("subject") or ""
        self.status_parts: list[Entity] = []
        self.message_parts: list[Entity] = []
        self.header_parts: list[Entity] = []
        self.texts: list[Entity] = []
        self._words: tuple[str, str] | None = None
        self._whole_text: str | None = None
        self._begins: str | None = None
        self._marks: Marks | None = None
        self._speaker: str | None = None
        self._failed_recipients: list[str] | None = None
        self._sought_returned = False
        self._returned: tuple[str, bool] | None = None
        self._sought_original = False
        self._original_head: Head | None = None
        self._original_recipients: list[str] | None = None
        for entity in mail.entities:
            kind = entity.content_type
            if kind.startswith("text/") or (kind in _DATA_TYPES and len(mail.entities) == 1):
                (self.header_parts if kind in _HEADER_TYPES else self.texts).append(entity)
            elif kind in _STATUS_TYPES or "delivery-status" in kind:
                self.status_parts.append(entity)
            elif kind in _MESSAGE_TYPES:
                self.message_parts.append(entity)
            elif kind in _HEADER_TYPES:
                self.header_parts.append(entity)

    @property
    def disguised_status(self) -> list[Entity]:
        """Parts that begin as a delivery status does, whatever type a gateway or a mailbox gave them."""
        if len(self.mail.entities) < 2:
            return []
        return [
            one
            for one in self.mail.entities[:_MOST_DISGUISED]
            if one.content_type != _DISPOSITION
            and _STATUS_BEGINS.match(one.body(400))
            and _STATUS_NAMES.search(one.body(4000))
        ]

    @property
    def rejection(self) -> Entity | None:
        """The disposition notification by which a filter at the recipient rejects a mail (RFC 5429
        section 2.1, RFC 3834 section 3.1.1), the only one that tells of a mail not delivered."""
        for one in self.mail.entities[:_MOST_DISGUISED]:
            if one.content_type == _DISPOSITION:
                says = self.rejects or "automatically rejected" in self.lead
                return one if says else None
        return None

    @property
    def receipt(self) -> str | None:
        """What a disposition notification says that its reader did with the mail, in lower case (RFC 8098
        section 3.2.6), or None where there is none, or no such word in it."""
        if len(self.mail.entities) < 2:
            return None
        for one in self.mail.entities[:_MOST_DISGUISED]:
            if one.content_type == _DISPOSITION:
                said = _DISPOSED.search(one.body(4000))
                return said[1].lower() if said is not None else None
        return None

    @property
    def rejects(self) -> bool:
        """True when Auto-Submitted says that the answer is a rejection, as Sieve writes it."""
        return "rejected" in self.head.raw("auto-submitted")[:100].lower()

    @property
    def answers(self) -> bool:
        """True when Auto-Submitted says that it answers a mail (RFC 3834 section 5)."""
        return self.head.raw("auto-submitted").strip()[:12].lower() == "auto-replied"

    @property
    def sender_domain(self) -> str | None:
        """The domain that speaks in the From field."""
        return written_domain(clean(self.sender))

    @property
    def failed_recipients(self) -> list[str]:
        """X-Failed-Recipients, as Exim and Gmail write it."""
        if self._failed_recipients is None:
            self._failed_recipients = find_all(self.head.raw("x-failed-recipients"))
        return self._failed_recipients

    @property
    def _split(self) -> tuple[str, str]:
        """The words and, where it stands in the same text, the returned message."""
        if self._words is None:
            self._words = self._cut_words()
        return self._words

    def _cut_words(self) -> tuple[str, str]:
        words, returned = [], ""
        size = 0
        for entity in self._reading_order():
            body = entity.body(TEXT_LIMIT)
            if entity.content_type == "text/html":
                text = to_text(entity.decoded(body))
                end, start = returned_start(text, self.head)
                if end >= 0:
                    text, returned = text[:end].rstrip(RULES), as_wire(text[start:])
                words.append(text)
                break
            end, start = returned_start(body, self.head)
            if end >= 0:
                body, rest = body[:end].rstrip(RULES), body[start:]
                returned = returned or rest
            text = entity.decoded(body)
            if not words:
                text = without_banner(text)
            if not text.strip() and not returned:
                continue
            words.append(text)
            size += len(text)
            if returned or size > TEXT_LIMIT or len(words) >= 4:
                break
        if not words:
            start, stop = self.mail.preamble
            words.append(self.mail.wire[start : min(stop, start + TEXT_LIMIT)])
        return undecorated(_without_footer("\n".join(words))), returned

    def _reading_order(self) -> list[Entity]:
        """Plain text first; HTML only where there is no plain text that says anything."""
        if len(self.texts) < 2:
            return self.texts
        plain = [entity for entity in self.texts if entity.content_type != "text/html"]
        shown = [
            entity
            for entity in plain
            if "attachment" not in entity.head.raw("content-disposition")[:20].lower()
        ]
        if not shown:
            shown = plain
        said = [entity for entity in shown if _says(entity)]
        html = [entity for entity in self.texts if entity.content_type == "text/html"]
        # In front of what is plain, HTML is no alternative of it: that is a list's footer.
        footed = (
            bool(html) and self.texts[0] is html[0] and sum(e.end - e.start for e in said) < _LONGEST_FOOTER
        )
        return html + shown if not said or footed else shown

    @property
    def whole_text(self) -> str:
        """All that the reader sees first, the returned message included."""
        if self._whole_text is None:
            self._whole_text = self._all_words()
        return self._whole_text

    def _all_words(self) -> str:
        for entity in self._reading_order():
            text = entity.decoded(entity.body(TEXT_LIMIT))
            if entity.content_type == "text/html":
                text = to_text(text)
            if text.strip():
                return text
        return self.text

    @property
    def text(self) -> str:
        """What the report says in words."""
        return self._split[0]

    @property
    def marks(self) -> "Marks":
        """What sender, subject and the beginning of the text give away."""
        if self._marks is None:
            self._marks = _marks()(self.sender.lower(), self.subject.lower(), self.opening)
        return self._marks

    @property
    def sender_words(self) -> dict[str, str]:
        """The groups of `vocabulary` that From has words of."""
        return self.marks.sender

    @property
    def subject_words(self) -> dict[str, str]:
        """The groups of `vocabulary` that the subject has words of."""
        return self.marks.subject

    @property
    def text_words(self) -> dict[str, str]:
        """The groups of `vocabulary` that the beginning of the text has words of."""
        return self.marks.text

    @property
    def opening(self) -> str:
        """The beginning of the text in lower case, on one line: phrases wrap anywhere."""
        if self._begins is None:
            self._begins = " ".join(self.text[:LEAD].lower().split())
        return self._begins

    @property
    def speaker(self) -> str | None:
        """The host that says in the text that it speaks; nothing is concluded from addresses."""
        if self._speaker is None:
            text = self.text[:LEAD]
            host = speaking_host(text)
            if host is None and "of_exchange" in self.text_words:
                host = exchange_host(text)
            self._speaker = host or ""
        return self._speaker or None

    @property
    def lead(self) -> str:
        """Sender, subject and the first of the text, in lower case."""
        return f"{self.sender.lower()}\n{self.subject.lower()}\n{self.opening}"

    @property
    def returned(self) -> tuple[str, bool] | None:
        """The wire text of the returned message and whether it is whole."""
        if not self._sought_returned:
            self._returned = self._find_returned()
            self._sought_returned = True
        return self._returned

    def _find_returned(self) -> tuple[str, bool] | None:
        for entity in self.message_parts:
            if entity.end - entity.start > 10:
                return self._content(entity), True
        for entity in self.header_parts:
            if entity.end - entity.start > 10:
                return self._content(entity), False
        inline = self._split[1]
        return (unquoted(inline), False) if inline else None

    @staticmethod
    def _content(entity: Entity) -> str:
        if entity.encoding:
            return entity.body()
        return entity.wire[entity.start : min(entity.end, entity.start + (1 << 20))]

    @property
    def original_head(self) -> Head | None:
        """The header of the returned message."""
        if not self._sought_original:
            returned = self.returned
            self._original_head = head_of(returned[0]) if returned is not None else None
            self._sought_original = True
        return self._original_head

    @property
    def original_recipients(self) -> list[str]:
        """Who the returned message was for: its To field, decoded."""
        if self._original_recipients is None:
            head = self.original_head
            self._original_recipients = find_all(head.get("to") or "") if head is not None else []
        return self._original_recipients


def _without_footer(text: str) -> str:
    """`text` without what a mailing list put below it: an address there is never the failed one."""
    at = text.find(_FOOTER)
    return text[:at] if at > 0 else text


def _says(entity: Entity) -> bool:
    """True for a part that says anything but that the mail came from outside."""
    opening = entity.wire[entity.start : min(entity.end, entity.start + 1000)]
    return bool(without_banner(opening).strip())
