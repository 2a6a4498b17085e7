"""Any report in any words: what is left when no family knows it.

Looks, in this order, for the addresses of X-Failed-Recipients, labelled lines ("Recipient: ..."),
lines that begin with an address, sentences that say which address failed, and last for whom the
returned message was.
"""

import re

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import ADDRESS, clean, find_all, verp_recipient
from bounce_tui.parsing.families.blocks import failures
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.vocabulary import failing_at, says_failing

NAME = "free text"
MARKS = ("",)

_RECIPIENT_LABELS = frozenset(
    {
        *(
            "recipient",
            "recipients",
            "recipient(s)",
            "recipient address",
            "failed recipient",
            "final recipient",
        ),
        *(
            "intended recipient",
            "original recipient",
            "email recipient",
            "e-mail recipient",
            "recipient e-mail",
        ),
        *(
            "error-for",
            "rcpt to",
            "failed address",
            "to",
            "delivery failed",
            "e-mail address",
            "email address",
        ),
        *("destinatario", "destinataire", "empfänger", "empfängeradresse", "получатель", "宛先", "收件人"),
    }
)
_REASON_LABELS = frozenset(
    {
        *(
            "because",
            "reason",
            "error",
            "details",
            "diagnostic",
            "diagnostic-code",
            "message",
            "text",
            "description",
        ),
        *(
            "grund",
            "raison",
            "motif",
            "motivo",
            "fehler",
            "fehlermeldung",
            "causa",
            "причина",
            "理由",
            "原因",
            "reden",
        ),
        *("problem", "returned", "cause", "przyczyna"),
    }
)
_LONGEST_LABEL = 60
_CODE = re.compile(r"[45]\d\d[ -]|[45]\.\d{1,3}\.\d{1,3}")
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


def read(report: Report) -> list[Failure]:
    """The failed recipients, as far as the words tell."""
    text = report.text[:_WINDOW]
    for find in (_named, _labelled, _sentences, _blocks, _returned_to, _verp):
        found = find(report, text)
        if found:
            return found
    return []


def _named(report: Report, text: str) -> list[Failure]:
    named = report.failed_recipients
    words = _words(text)
    return [failure(address, words, action_of(report)) for address in named]


def _labelled(report: Report, text: str) -> list[Failure]:
    action = action_of(report)
    own = _own(report)
    found: dict[str, Failure] = {}
    for line in text.split("\n"):
        if "@" not in line:
            continue
        label, _, value = line.replace("：", ":").partition(":")
        value = value.strip()
        if label.strip(" \t*>-").lower() not in _RECIPIENT_LABELS or " " in value:
            continue
        address = clean(value)
        if address and address.lower() not in own:
            found.setdefault(address.lower(), failure(address, _words(text), action))
    return list(found.values()) if says_failing(text) else []


def _sentences(report: Report, text: str) -> list[Failure]:
    """Addresses in the first paragraphs that say that something failed."""
    own = _own(report)
    action = action_of(report)
    paragraphs = re.split(r"\n[ \t]*\n", text)
    fails = [says_failing(paragraph) for paragraph in paragraphs]
    for number, paragraph in enumerate(paragraphs):
        # The words may stand in the paragraph above or below the address.
        if "@" in paragraph and any(fails[max(number - 1, 0) : number + 2]):
            wanted = [
                one
                for one in find_all(paragraph)
                if one.lower() not in own and not one.lower().startswith(_ROLES)
            ]
            if wanted:
                return _together(wanted, paragraph, text, action, report)
    return []


def _together(wanted: list[str], paragraph: str, text: str, action: Action, report: Report) -> list[Failure]:
    if not re.search(r"[^\W\d_]{3}", ADDRESS.sub("", paragraph)):
        paragraph = ""  # nothing but addresses: the words about them stand elsewhere
    for_whom = {address.lower() for address in report.original_recipients}
    known = [one for one in wanted if one.lower() in for_whom]
    lines = failures(paragraph or text, action)
    listed = [one for one in lines if one.recipient in wanted]
    if listed and not known:
        words = _words(text)
        return [one if one.reply_code or one.status else _better(one, words) for one in listed]
    return [
        failure(address, _words(text, paragraph), action) for address in known or _nearest(wanted, paragraph)
    ]


def _nearest(wanted: list[str], paragraph: str) -> list[str]:
    """Of several addresses in one paragraph the one that the words of failure stand by."""
    places = failing_at(paragraph)
    if len(wanted) < 2 or not places:
        return wanted[:1]

    def distance(address: str) -> int:
        end = paragraph.find(address) + len(address)
        return min(abs(place - end) for place in places[:100])

    return [min(wanted[:20], key=distance)]


def _better(one: Failure, words: str) -> Failure:
    again = failure(one.recipient, words, one.action)
    return again if again.reply_code or again.status or not one.diagnostic else one


def _blocks(report: Report, text: str) -> list[Failure]:
    own = _own(report)
    if not says_failing(f"{report.subject}\n{text}"):
        return []
    found = [
        one for one in failures(text, action_of(report)) if one.recipient and one.recipient.lower() not in own
    ]
    return found[:1]


def _returned_to(report: Report, text: str) -> list[Failure]:
    """The report names nobody: it is about whom the returned message was for."""
    words = _words(text)
    recipients = report.original_recipients
    if not recipients or not says_failing(f"{report.subject}\n{text}"):
        return []
    return [failure(address, words, action_of(report)) for address in recipients[:1]]


def _verp(report: Report, text: str) -> list[Failure]:
    """The mailing list's own mark: the recipient inside the address that the report came to."""
    recipient = verp_recipient(report.head.raw("to").strip("<> "))
    if recipient is None or not says_failing(f"{report.subject}\n{text}"):
        return []
    return [failure(recipient, _words(text), action_of(report))]


def _own(report: Report) -> set[str]:
    """Addresses that are never the failed one: who wrote the report and who gets it."""
    own = (
        find_all(report.head.raw("from"))
        + find_all(report.head.raw("to"))
        + find_all(report.head.raw("reply-to"))
    )
    return {address.lower() for address in own}


def _words(text: str, paragraph: str = "") -> str:
    """The passage that says why: the one with a reply code, the one behind "reason:", else
    `paragraph`."""
    at = _code_at(text)
    if at >= 0:
        start = max(_after(text, "\n\n", at), _after(text, "\n", max(at - 400, 0)))
        stop = text.find("\n\n", at)
        return text[start : stop if stop >= 0 else len(text)][:2000]
    at = _reason_at(text)
    if at >= 0:
        return text[at:].lstrip().partition("\n\n")[0][:2000]
    return (paragraph or text)[:2000].strip()


def _code_at(text: str) -> int:
    for found in _CODE.finditer(text):
        at = found.start()
        if at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "."):
            return at
    return -1


def _reason_at(text: str) -> int:
    """Where the words behind a label such as "reason:" begin, or -1."""
    at = 0
    for line in text.split("\n"):
        label, colon, _ = line.replace("：", ":").partition(":")
        if colon and len(label) < _LONGEST_LABEL:
            words = label.lower().strip(" \t*>-").split()
            if words and (words[0] in _REASON_LABELS or words[-1] in _REASON_LABELS):
                return at + len(label) + 1
        at += len(line) + 1
    return -1


def _after(text: str, mark: str, end: int) -> int:
    at = text.rfind(mark, 0, end)
    return at + len(mark) if at >= 0 else 0
