"""An SMTP reply in words: its code, its enhanced status, the command it answers, who gave it.

RFC 5321 section 4.2, RFC 3463.  Everything here works on the diagnostic of one recipient.
"""

import re
from typing import Final

from msgspec.structs import replace

from bounce_tui.lower_case import lower_case
from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import find_all, x500
from bounce_tui.parsing.mime.mojibake import mend
from bounce_tui.parsing.words.given_up import has_given_up
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.who_wrote import SENDER
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
    r"(?:fehler|nummer|kode|kód|kod|koodi|código|codice|codi|cod|erreur|errore|erro|fout|błąd|chyba|hiba|hata|eroare"
    r"|fejl|feil|lỗi|κωδικός|σφάλμα|код|ошибка|ошибкой|помилка|грешка|エラー|コード|代码|代碼|错误|錯誤|오류|코드|رمز|خطأ"
    r"|שגיאה|קוד)[^\w\n]{0,6}[\"'<(\[# ]{0,2}:?$"
)
_AFTER: Final = regex(r"[ -][\"'<(\[]?(?:[^\W\d_]|#|[45]\.\d)|$")
# In brackets stand numbers of all kinds; these are replies even there.
_PLAIN_REPLY: Final = regex(r"421|45[01245]|50[134]|521|541|55[0-467]")
_COUNTED: Final = regex(
    r" (?:bytes|seconds|minutes|hours|days|characters|k?b\b|mb\b|attempts|times|recipients|messages|percent"
    r"|eur\b|euro|usd\b|gbp\b|chf\b|dollar)"
)
_NUMBERED: Final = regex(r"\b(?:ticket|order|invoice|case|room|number|phone|line|page|no\.|nr\.?) ?[#:]? ?$")
# Compiled on first use: only a pasted reply is searched for it.
_OF_ANOTHER: Final = (
    r"\bsender (?:address|verify|verification|domain|is|not|rejected|refused|denied|blocked)"
    r"|\b(?:please try|new address|has moved to|now at) ?:?[ <]"
)
# Who is to be asked, not who was written to.
_TURN_TO: Final = (
    r"(?:\b(?:contact(?:ing)?|see|report(?: [\w-]+){0,3} to|write(?: [\w-]+)? to|forward(?: [\w-]+){0,3} to"
    r"|send(?: [\w-]+){0,3} to|(?:please|or) e?-?mail(?: to)?)[\s:<(\"']{1,4})$"
)
_ROLE: Final = r"(?:postmaster|hostmaster|abuse|delist\w*|unblock\w*|support|helpdesk|noc|tosa)@"
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
_BRACKETED: Final = regex(r"\[(?:ipv6:)?([0-9a-f.:]{3,45})\](?::\d{1,5})?", re.I)
_NAME: Final = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}")
_SPEAKS: Final = (": ", " said: ", " refused to talk to me: ")
_PREPOSITIONS: Final = frozenset(lexicon("replies", "before_host"))
_TALKING: Final = regex(r"alking to\s+\[?([A-Za-z0-9_.-]{1,255}?)\.?\]?:")
_BARE_IP: Final = regex(
    r"(\d{1,3}(?:\.\d{1,3}){3})\s"
    r"(?:does not like|failed after|said|but (?:sender|my name|greeting|connection|recipient))"
)
# "Connected to mx.example.net but recipient was rejected.", with the name in place of the address.
_CONNECTED: Final = regex(r"Connected to ([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}),? but ")
# Postfix names the host that a socket of its own belongs to: "mx.example.net[private/dovecot-lmtp] said".
_SOCKET: Final = regex(r"[Hh]ost ([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})\[(?:private|public|/)")
# "mx.example.net: 550 5.7.1 ...", at the beginning or behind a word.
_HOST_FIRST: Final = regex(
    r"(?:^|(?<=[\w,;] ))([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){2,10}): [45]\d\d[ -]"
)
# Gmail names those that it could not reach: "[mx.example.net. 192.0.2.1: timed out]".
_UNREACHED: Final = regex(
    r"\[([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})\.? (\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:.]{3,45}): ",
    re.I,
)
_MAILER_SAID: Final = regex(r"[Mm]ailer\s+([A-Za-z0-9_.-]{1,255})\s+said")
_ACCEPTED: Final = lexicon("replies", "accepted")
_ACCEPTED_ALONE: Final = frozenset(lexicon("replies", "accepted_alone"))
_LONGEST: Final = 8192


class Reply:
    """What one diagnostic says.  `text` is on one line, the codes that servers repeat on each line of
    a long reply dropped; `quoted` is the line with them, "" where none was dropped."""

    __slots__ = ("code", "quoted", "status", "text")

    def __init__(self, diagnostic: str) -> None:
        text = whole = one_line(diagnostic)
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
        same = rf"#?{re.escape(status)}(?!\d)" if status else ""
        if not (status and re.match(rf"[ -]{{1,2}}{same}", text[start:])):
            same = "(?!)"
        other = rf"(?:{same}\s?|(?!#?[45]\.\d))"
        if "\n" in lines:
            text = _joined(lines, code, re.compile(rf"{code}(?:-\s?|\s){other}"))
        if text.startswith((f" {code} ", f" {code}-"), start):
            text = text[:start] + text[start + len(code) + 1 :]
        if goes_on:
            repeat = re.compile(rf"(?<=[^>:]\s){code}(?:-\s?{other}|\s{same}\s?)")
            text = text[:start] + repeat.sub("", text[start:])
    return text[:start] + " " + text[start + 1 :] if goes_on else text


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
    if ("data" in lower or "message" in lower) and any(words in lower for words in _END_OF_DATA):
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


def remote_of(text: str) -> tuple[str | None, str | None]:
    """Host and address of the server that the text says answered."""
    if "[" in text:
        for found in _BRACKETED.finditer(text):
            start = found.start()
            words = text[max(0, start - 300) : start].split()
            if words and words[-1].startswith("H=") and _NAME.fullmatch(words[-1], 2):
                return words[-1][2:].rstrip("."), found[1]  # Exim's log
            if (
                len(words) > 1
                and words[-2].lower().lstrip("(") in _PREPOSITIONS
                and _NAME.fullmatch(words[-1])
            ):
                return words[-1].rstrip("."), found[1]
            # Courier and its kin put the host first: "mx.example.net [192.0.2.1]: ...".
            if len(words) == 1 and "." in words[0] and text.startswith(_SPEAKS, found.end()):
                return (words[0].rstrip("."), found[1]) if _NAME.fullmatch(words[0]) else (None, None)
        unreached = _UNREACHED.search(text) if ": " in text else None
        if unreached is not None:
            return unreached[1], unreached[2]
        socket = _SOCKET.search(text)
        if socket is not None:
            return socket[1], None
    if " does not like" in text or " failed after" in text or " said" in text:
        bare = _BARE_IP.search(text)
        if bare is not None:
            return None, bare[1]
        mailer = _MAILER_SAID.search(text)
        if mailer is not None:
            return mailer[1], None
    named = _TALKING.search(text) if "alking to" in text else None
    named = named or (_CONNECTED.search(text) if "Connected to " in text else None)
    named = named or (_HOST_FIRST.search(text) if ": 4" in text or ": 5" in text else None)
    return (named[1], None) if named is not None else (None, None)


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


def _names_another(found: Failure) -> bool:
    # The address in a 551 is where to write instead (RFC 5321 section 3.4).
    return found.reply_code == "551" or re.search(_OF_ANOTHER, found.diagnostic, re.IGNORECASE) is not None


def _refused_among(named: list[str], text: str) -> list[str]:
    """Those of the addresses `named` in `text` that are not there to turn to.  A role's address is one, but
    for where a refusal has its recipient: in angle brackets or in front."""
    found = []
    for address in named:
        at = text.find(address)
        before = text[max(0, at - 60) : at]
        if SENDER.search(before) or re.search(_TURN_TO, before, re.IGNORECASE):
            continue
        is_in_place = before.endswith("<") or at < len("550 5.1.100 ")
        if is_in_place or not re.match(_ROLE, address, re.IGNORECASE):
            found.append(address)
    return found


def read_reply(text: str) -> Failure:
    """A pasted SMTP reply as a Failure.  A recipient is named when the reply names exactly one
    address, and that is not the sender's, the one to use instead or the one to turn to."""
    text = mend(text.encode("utf-8", "replace").decode("utf-8")[:65536])
    found = failure(None, text)
    named = _refused_among(find_all(found.diagnostic), found.diagnostic)
    if found.reply_code and found.reply_code[0] == "4" and not has_given_up(found.diagnostic):
        found = replace(found, action="delayed")
    if len({address.lower() for address in named}) != 1 or _names_another(found):
        return found
    return replace(found, recipient=named[0], x500=x500(named[0]))
