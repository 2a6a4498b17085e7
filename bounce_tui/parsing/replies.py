"""An SMTP reply in words: its code, its enhanced status, the command it answers.

RFC 5321 section 4.2, RFC 3463.  Everything here works on the diagnostic of one recipient.
"""

import re
from functools import lru_cache
from html import unescape
from typing import Final

from bounce_tui.lower_case import lower_case
from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import x500
from bounce_tui.parsing.replying_host import remote_of
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

# None begins with a look-behind: the engine then skips to the digits, which is many times faster.
_STATUS: Final = regex(r"[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
# The code and the status side by side say most: "550 5.1.1", "550-5.7.1", "550: 5.2.2", "550-'5.2.2".
_BOTH: Final = re.compile(r"([45]\d\d)[ :#|/_-]{1,3}['(\[<]?([45]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_CODE: Final = re.compile(r"[45]\d\d(?!\w)")
# What may stand before a code that is not at the beginning, and after one that nothing announces.
_BEFORE: Final = regex(
    r"(?:said|responded|replied|returned|response|error|reason|with|code|status|smtp|server|>|<<<|[:;])"
    r"[^\w\n]{0,6}(?:code )?[\"'<(\[# ]{0,2}:?$"
)
# The same in text that is not English.
_BEFORE_ABROAD: Final = regex(
    rf"(?:{any_of(lexicon('replies', 'before_code'))})[^\w\n]{{0,6}}[\"'<(\[# ]{{0,2}}:?$"
)
_AFTER: Final = regex(r"[ -][\"'<(\[]?(?:[^\W\d_]|#|[45]\.\d)|$")
# In brackets stand numbers of all kinds; these are replies even there.
_PLAIN_REPLY: Final = regex(r"421|45[01245]|50[134]|521|541|55[0-467]")
_COUNTED: Final = regex(
    r" (?:bytes|seconds|minutes|hours|days|characters|k?b\b|mb\b|attempts|times|recipients|messages|percent"
    r"|eur\b|euro|usd\b|gbp\b|chf\b|dollar)"
)
_NUMBERED: Final = regex(r"\b(?:ticket|order|invoice|case|room|number|phone|line|page|no\.|nr\.?) ?[#:]? ?$")
_LEAD_IN: Final = regex(r"[\s\"'<(\[]{0,4}(?:smtp )?")
# In capitals only: "mail from" and "our mail" are also plain English.
_COMMAND: Final = re.compile(
    r"(RCPT|MAIL|DATA|EHLO|HELO|LHLO|STARTTLS|AUTH|QUIT|BDAT)(?![A-Za-z])"
    r"([ _](?:T[Oo]|F(?:ROM|rom))(?![a-z]))?"
)
_ANSWERED: Final = (
    *(
        "in reply to",
        "in response to",
        "after",
        "our",
        "command",
        "command:",
        "step:",
        "smtp:",
        ">>>",
        "sent:",
        "while sending",
        "performing the",
    ),
    *("[", "(", "<"),
)
_REFUSED: Final = regex(r"<<< ?[45]\d\d")
_END_OF_DATA: Final = lexicon("replies", "end_of_data")
_CONNECTING: Final = regex(
    r"initial connection|connect(?:ion|ing)? (?:to|with) |but greeting|refused to talk to me"
)
_TRIED_BY_THEM: Final = regex(r"^[45]\d\d[ -].{0,300}address: (?:connect to|lost connection with) ")
"""A server tells of a connection that it made itself, to ask about an address."""
_ACCEPTED: Final = lexicon("replies", "accepted")
_ACCEPTED_ALONE: Final = frozenset(lexicon("replies", "accepted_alone"))
_ENTITY: Final = regex(r"&(?:[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,4});")
"""What a page made of a sign, in a reply that was copied from one or that a web front end wrote."""
_LONGEST: Final = 8192
_MOST_CODES: Final = 256
"""Codes, each with its status, whose patterns are kept."""


class Reply:
    """What one diagnostic says.  `text` is on one line, the codes that servers repeat on each line of
    a long reply dropped, the entities of HTML undone; `quoted` is the line as it came, "" where that is
    the same."""

    __slots__ = ("code", "quoted", "status", "text")

    def __init__(self, diagnostic: str) -> None:
        text = whole = one_line(diagnostic)
        if "&" in text:
            text = _ENTITY.sub(_sign, text)
        # Without one of these there is no status, which is found out many times faster than by the engine.
        has_status = "5." in text or "4." in text
        both = _BOTH.search(text) if has_status else None
        while both is not None and _follows_digit(text, both.start()):
            both = _BOTH.search(text, both.end())
        self.code: str | None = both[1] if both is not None else _code(text)
        self.status: str | None = None
        if has_status:
            self.status = both[2] if both is not None else _status(text)
        if self.code is not None:
            text = _drop_repeats(text, self.code, self.status, diagnostic[:_LONGEST])
        self.text = text
        self.quoted = ""
        if len(text) != len(whole) or text != whole:
            self.quoted = whole


def _sign(entity: re.Match[str]) -> str:
    sign = unescape(entity[0])
    if sign == "\xa0":
        return " "
    return sign if sign and sign.isprintable() else entity[0]


def one_line(text: str) -> str:
    """`text` with its lines joined and runs of blanks made one, bounded."""
    text = text[:_LONGEST]
    return " ".join(text.split()) if "\n" in text or "  " in text or "\t" in text else text.strip()


def _code(text: str) -> str | None:
    """The reply code: the one at the beginning, else the first that words announce, else the first
    that words follow."""
    alone: str | None = None
    lower = ""
    for found in _CODE.finditer(text):
        start, end = found.span()
        if start and (text[start - 1].isalnum() or text[start - 1] in "._"):
            continue
        lower = lower or lower_case(text)
        if start < 12 and _LEAD_IN.fullmatch(lower, 0, start) and text[end : end + 1] in " -:;,.":
            return found[0]
        before = text[start - 1 : start]
        if before == ":" and text[start - 2 : start - 1].isalnum():
            continue  # a port
        if text[end : end + 1] in " -:>)]\"'.,;" and _is_announced(lower, start):
            return found[0]
        if before == "(" and _PLAIN_REPLY.match(text, start):
            if alone is None and text[end : end + 1] == ")":
                alone = found[0]
            before = " "
        if alone is None and before not in tuple(":/[(@+-") and _AFTER.match(text, end):
            counted = _COUNTED.match(lower, end) or _NUMBERED.search(lower, max(0, start - 12), start)
            alone = found[0] if counted is None else None
    return alone


def _is_announced(lower: str, start: int) -> bool:
    before = max(0, start - 24)
    if _BEFORE.search(lower, before, start):
        return True
    return not lower.isascii() and _BEFORE_ABROAD.search(lower, before, start) is not None


def _status(text: str) -> str | None:
    best: str | None = None
    for found in _STATUS.finditer(text):
        if _follows_digit(text, found.start()):
            continue
        if best is None or is_generic(best):
            best = found[0]
    return best


def _follows_digit(text: str, at: int) -> bool:
    """True inside a longer number, an IP address or a version."""
    return at > 0 and (text[at - 1].isdigit() or text[at - 1] == ".")


def _drop_repeats(text: str, code: str, status: str | None, lines: str) -> str:
    """ "550-5.7.1 a 550 5.7.1 b" -> "550 5.7.1 a b"; the first code stays, with a blank behind it.  `lines`
    is the text as it came: only where a line began does a code repeat; elsewhere it is a reply quoted."""
    at = text.find(code)
    start = at + len(code)
    goes_on = text[start : start + 1] == "-"
    if text.find(code, start) >= 0:
        beside = status if status and _stands_behind(status, text, start) else None
        at_line_start, within = _repeats(code, beside)
        if "\n" in lines:
            text = _joined(lines, code, at_line_start)
        if text.startswith((f" {code} ", f" {code}-"), start):
            text = text[:start] + text[start + len(code) + 1 :]
        if goes_on:
            text = text[:start] + within.sub("", text[start:])
    return text[:start] + " " + text[start + 1 :] if goes_on else text


def _stands_behind(status: str, text: str, code_end: int) -> bool:
    """Whether `status` follows the code that ends at `code_end`: "550 5.1.1", "550-#5.1.1"."""
    at = code_end
    while at < code_end + 2 and text[at : at + 1] in (" ", "-"):
        at += 1
    if at == code_end:
        return False
    at += text.startswith("#", at)
    end = at + len(status)
    return text.startswith(status, at) and not text[end : end + 1].isdecimal()


@lru_cache(_MOST_CODES)
def _repeats(code: str, status: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """`code`, with the `status` that stands beside it, where a server repeats it: at the beginning of a line,
    and where the lines are joined."""
    same = rf"#?{re.escape(status)}(?!\d)" if status else "(?!)"
    other = rf"(?:{same}\s?|(?!#?[45]\.\d))"
    at_line_start = re.compile(rf"{code}(?:-\s?|\s){other}")
    return at_line_start, re.compile(rf"(?<=[^>:]\s){code}(?:-\s?{other}|\s{same}\s?)")


def _joined(lines: str, code: str, repeat: re.Pattern[str]) -> str:
    """`lines` as one, without the `repeat` that each begins with behind the first and behind what does not
    announce a reply."""
    said = ""
    for line in map(str.strip, lines.split("\n")):
        again = repeat.match(line) if code in said and said[-1] not in ">:" else None
        if line:
            said = line if not said else f"{said} {line[again.end() :] if again is not None else line}"
    return one_line(said)


def is_generic(status: str | None) -> bool:
    """True for a status that says only "permanent" or "temporary" (x.0.0)."""
    return status is None or status.endswith(".0.0")


def is_accepted(found: Failure) -> bool:
    """True when the words say that this recipient got the mail, as Postfix reports of all in one list."""
    if found.reply_code is not None:
        return False
    said = found.diagnostic
    if said.startswith(_ACCEPTED):
        return "discard" not in said  # a filter that takes the mail and throws it away
    return said.rstrip(".!").lower() in _ACCEPTED_ALONE


def better_status(field: str | None, reply: str | None) -> str | None:
    """The status that says most: the field's, or the reply's where the field is generic."""
    if reply is not None and is_generic(field) and (field is None or not is_generic(reply)):
        return reply
    return field


def command_of(text: str) -> str | None:
    """The SMTP command that the text says was refused: CONN, EHLO, MAIL, RCPT, DATA ..."""
    if text.count(">>>") > 1:
        # Of a session, the last thing sent before the refusal.
        refused = _REFUSED.search(text)
        text = text[text.rfind(">>>", 0, refused.start() if refused is not None else None) :]
    lower = lower_case(text)
    if "data" in lower or "message" in lower:
        for words in _END_OF_DATA:
            if words in lower:
                return "DATA"
    for found in _COMMAND.finditer(text):
        start = found.start()
        if found[2] is not None and not text[start - 1 : start].isalpha():
            return found[1]
        if lower[max(0, start - 20) : start].rstrip(' "').endswith(_ANSWERED):
            return found[1]
    if "conn" not in lower and "to talk" not in lower:
        return None
    if " address: " in lower and _TRIED_BY_THEM.match(lower) is not None:
        return None
    return "CONN" if _CONNECTING.search(lower) is not None else None


def failure(
    recipient: str | None, diagnostic: str, action: Action = "failed", *, original: str | None = None
) -> Failure:
    """A Failure from a recipient and the words that stand beside it in a report's text."""
    reply = Reply(diagnostic)
    host, ip = remote_of(reply.text)
    return Failure(
        recipient=recipient,
        original_recipient=original,
        action=action,
        reply_code=reply.code,
        status=reply.status,
        diagnostic=reply.text,
        quoted=reply.quoted,
        command=command_of(reply.text),
        remote_mta=host,
        remote_ip=ip,
        x500=x500(recipient),
    )
