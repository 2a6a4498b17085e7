"""A message that a person passed on: attached, inline below the forwarder's words, quoted, or pasted."""

import re
from collections.abc import Iterator

from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.dates import by_clock, clock_of, seconds_between, to_utc
from bounce_tui.parsing.mime.entity import Entity
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.mime.mail import Mail, cut
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.pasted import pasted
from bounce_tui.parsing.recognition.kinds import is_passed_on, without_marks
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.field_words import field_words
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

MOST_ATTACHED = 8
_NEAR = 400
_MOST_ABOVE = 8
"""Words above a forwarded copy that are no more than its separator."""
_FIRST_WORDS = 20_000
_FEWEST_QUOTED = 3
_COLONS = (":", "：")
_LONGEST_SAVED = 20_000
_LONGEST_ATTRIBUTION = 400
_NAMED = regex(r"(?:[AaPp][Mm] |Uhr |schrieb |skrev |schreef )?([^<>:;,\d]{0,80})<\s?([^<>\s]{3,320})>")
_LINE = r"[ \t>*]{0,8}"
_DIGEST = regex(r"\bdigest\b", re.I)

# What mail programs write above a message that they forward inline.
_SEPARATOR = regex(
    rf"^{_LINE}(?:-{{2,20}} ?(?:(?:Forwarded|Original|Weitergeleitete|Ursprüngliche) ?(?:message|Mail"
    rf"|Nachricht)|Original[- ]?Nachricht"
    r"|Message (?:transféré|d'origine|original)|Mensaje (?:reenviado|original)|Messaggio (?:inoltrato"
    r"|originale)|Mensagem (?:encaminhada|original)"
    r"|Doorgestuurd bericht|Oorspronkelijk bericht|Пересылаемое сообщение|Исходное сообщение"
    r"|Wiadomość oryginalna|転送|元のメッセージ)[^\n]{0,40}"
    r"|(?:Begin forwarded message|Anfang der weitergeleiteten Nachricht|Début du message (?:réexpédié"
    r"|transféré)|Inizio messaggio inoltrato"
    r"|Inicio del mensaje reenviado|Начало переадресованного сообщения):?[ \t]*|_{10,}[ \t]*)$",
    re.M | re.I,
)
_FROM_FIELD = regex(
    rf"^{_LINE}(?:From|Von|De|Da|Van|От|От кого|Від|Od|Från|Fra|De la|Lähettäjä|Kimden|Gönderen|Feladó"
    rf"|Expéditeur|Absender|Από|差出人|发件人|發件人|寄件者|寄件人|보낸 ?사람)"
    r"\*?[ \t]*[:：]\*?[ \t]*\S[^\n]*\n"
    rf"(?=(?:{_LINE}[^\s:：][^\n:：]{{1,30}}[:：][^\n]*\n(?:[ \t]+[^\n]*\n)?){{1,8}})",
    re.M,
)
_DATE = "Date: "
_FURTHEST = 14 * 3_600
"""Seconds by which a local time can be ahead of UTC."""
_NEEDED = {"From: ", "Subject: "}
_FIELD_LINE = regex(r"\*?([^\s:：*][^\n:：*]{0,30})\*?[ \t]*[:：]\*?[ \t]*(.*)")
# "> ", "| " and the "AB> " of some older programs.
_MARK = regex(r"^[ \t]{0,3}[A-Z]{0,3}[>|]", re.M)
_UNQUOTE = regex(r"^[ \t]{0,3}(?:[A-Z]{0,3}[>|] ?){1,6}", re.M)
_YOU_WROTE = regex(
    r"\b(?:you wrote|sie schrieben|du schriebst|ihr schriebt|vous (?:avez )?écriv|vous avez écrit|tu as écrit"
    r"|(?:usted|ud\.) escribió|escribiste|ha scritto lei|hai scritto|você escreveu|u schreef|je schreef"
    r"|du skrev|napisał\(?a?\)? pan|вы писали|ви писали)\b"
)
# The end of the line by which an answer announces what it quotes, where no marks follow (HTML).
_ATTRIBUTED = regex(
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|написала?|пишет|napisała?|pisze"
    r"|kirjoitti|yazdı|napsala?|írta|写道|寫道|のメール)[ \t]{0,4}[:：][ \t]*$",
    re.M,
)
_MAIL_BEGINS = regex(
    r"\s{0,20}(?:>?From [^\n]{1,200}\n)?(?:Return-Path|Received|Delivered-To|X-[\w-]{2,40}|From|Date"
    r"|Message-ID|To|Subject|MIME-Version)[ \t]?:[^\n]*\n(?:[ \t][^\n]*\n)*[A-Za-z][A-Za-z-]{1,40}[ \t]?:",
    re.I,
)
_MAILTO = regex(r"\[mailto:([^\]\s]{3,320})\]|<mailto:([^>\s]{3,320})>", re.I)


def passed_on(report: Report) -> Iterator[Mail]:
    """The messages inside `report`, likeliest first: attached ones, then the inline one, then what is
    quoted, then what begins as a mail system's report does."""
    yield from attached(report)
    enclosed = _enclosed(report)
    if enclosed is not None:
        yield enclosed
    for_many = _is_for_many(report.head)
    if for_many and _DIGEST.search(report.subject) is not None:
        return  # it tells what many wrote
    text = report.whole_text
    talk = _is_talk(report)
    starts = _inline_starts(text, answers=not talk)
    first = _MARK.search(text) if not talk and is_quoted(text) else None
    if first is not None and _is_readers_own(report, text, first.start()):
        return  # an answer to the reader's own question about a bounce brings none
    # What looks like a forward far below the first quoted line is part of what is quoted.
    if first is not None and starts and starts[0] > first.start() + _NEAR:
        yield _quoted(report, text, first.start())
        first = None
    for start in starts:
        if for_many and not _is_whole_header(text, start, report.head):
            continue  # an article shows what a bounce looks like
        announced = text[max(0, start - _NEAR) : start].rstrip().endswith(_COLONS)
        said = "" if _begins_with_fields(text, start) else _speaker(report, text, start, quoted=announced)
        yield Mail(as_wire(_message(said + _unquoted(text[start:]), report.head)))
    if first is not None:
        yield _quoted(report, text, first.start())
    for below in () if talk else pasted(report):
        yield Mail(as_wire("\n" + below))


def attached(report: Report) -> Iterator[Mail]:
    """The messages that are attached to `report`, in order."""
    for entity in _attached(report)[:MOST_ATTACHED]:
        mail = cut(entity.body().encode("latin-1", "replace"))
        if mail.head or entity.content_type == "text/plain":
            yield mail


def shown_message(text: str) -> tuple[Mail, bool] | None:
    """The first message in `text` as a mail program shows or forwards it, its fields named in the reader's
    language, and whether `text` begins with it; None without one."""
    field = _FROM_FIELD.search(text, 0, _FIRST_WORDS)
    if field is None:
        return None
    lines = text[: field.start()].split("\n")[:-1]
    while lines and _is_field(lines[-1]):
        lines.pop()
    above = "\n".join(lines)
    mail = Mail(as_wire(_message(_unquoted(text[len(above) :].lstrip("\n")), Head(""))))
    begins = len(above.split()) <= _MOST_ABOVE
    return (mail, begins) if mail.head.has("from") and mail.head.has("subject") else None


def _enclosed(report: Report) -> Mail | None:
    """The bounce that stands with all of its header in the text of `report`, below the words of who encloses
    it.  No mail program shows an empty return path, so nothing of that header is anybody's own spelling."""
    if report.message_parts or report.header_parts:
        return None
    head = report.original_head
    if head is None or head.raw("return-path") != "<>" or report.returned is None:
        return None
    return Mail(report.returned[0].lstrip("\n \t-="))


def _is_talk(report: Report) -> bool:
    """True for an answer on a mailing list: what it quotes is talked about, not passed on."""
    head = report.head
    if not _is_for_many(head):
        return False
    return head.has("in-reply-to") or head.has("references") or is_passed_on(report.subject)


def _is_for_many(head: Head) -> bool:
    return head.has("list-id") or head.has("list-post") or head.raw("precedence").lower() == "list"


def _quoted(report: Report, text: str, first: int) -> Mail:
    lines = [line for line in text.split("\n") if _MARK.match(line) or not line.strip()]
    said = _speaker(report, text, first, quoted=True)
    return Mail(as_wire(said + _unquoted("\n".join(lines))))


def _is_readers_own(report: Report, text: str, at: int) -> bool:
    """True where the line above the quotation `at` says that the reader wrote it."""
    above = _announcement(text, at).lower()
    if not above.endswith(_COLONS):
        return False
    if _YOU_WROTE.search(above) is not None:
        return True
    readers = {one.lower() for field in ("to", "cc") for one in find_all(report.head.raw(field))}
    return is_passed_on(report.subject) and any(one in readers for one in find_all(above))


def answers_reader(report: Report) -> bool:
    """True where a mail quotes what its reader wrote, and nothing else."""
    if not is_passed_on(report.subject) or "\n>" not in report.whole_text:
        return False
    first = _MARK.search(report.whole_text)
    return first is not None and _is_readers_own(report, report.whole_text, first.start())


def _announcement(text: str, at: int) -> str:
    """The paragraph above `at`, on one line."""
    return " ".join(text[max(0, at - _LONGEST_ATTRIBUTION) : at].rstrip().rpartition("\n\n")[2].split())


def is_quoted(text: str) -> bool:
    """True for text with lines that an answer or a forward marks as another's."""
    return len(_MARK.findall(text, 0, _FIRST_WORDS)) >= _FEWEST_QUOTED


def _speaker(report: Report, text: str, at: int, *, quoted: bool = False) -> str:
    """The header of what begins at `at` in `text`, from the line above it, "On Friday X wrote:", and the
    answer's subject without its mark; empty unless X is a mail system or, for `quoted` lines, the subject
    one of its."""
    above = _announcement(text, at)
    announced = above.endswith(_COLONS)
    by_a_daemon = announced and any(
        word in above.lower() for word in lexicon("senders", "daemon", "mail_server")
    )
    answered = is_passed_on(report.subject)
    if not by_a_daemon and not (quoted and answered and "failed_subject" in report.subject_words):
        return ""
    named = _NAMED.search(above) if announced else None
    sender = above.rstrip(":：") if by_a_daemon else ""
    if named is not None:
        sender = f"{named[1].strip()} <{named[2]}>"
    subject = without_marks(report.subject) if answered else ""
    # The answer's subject is a mail system's, so what it answers was, whatever that calls itself.
    path = "" if by_a_daemon else "Return-Path: <>\n"
    return f"{path}From: {sender}\nSubject: {subject}\n\n"


def _attached(report: Report) -> list[Entity]:
    attached = list(report.message_parts)
    for entity in report.mail.entities:
        if entity.content_type.startswith("application/") or entity.content_type == "text/plain":
            disposition = entity.head.raw("content-disposition")
            if (
                ".eml" in disposition
                or ".eml" in entity.head.raw("content-type")
                or (disposition[:10].lower() == "attachment" and _may_be_saved(entity))
            ):
                attached.append(entity)
    return attached


def _may_be_saved(entity: Entity) -> bool:
    """True for an attached file that may be a message, or its text, that somebody saved."""
    if _MAIL_BEGINS.match(entity.body(2000)):
        return True
    if entity.content_type != "text/plain" or entity.end - entity.start > _LONGEST_SAVED:
        return False
    return (entity.filename or ".txt").lower().endswith((".txt", ".text", ".eml"))


def _inline_starts(text: str, *, answers: bool) -> list[int]:
    """Where what is passed on begins, with `answers` also behind "X wrote:"."""
    separator, field = _SEPARATOR.search(text), _FROM_FIELD.search(text)
    if separator is None and field is None and answers:
        separator = _ATTRIBUTED.search(text, 0, _FIRST_WORDS)
    if separator is None or field is None:
        return [field.start()] if field is not None else [separator.end()] if separator is not None else []
    if separator.end() <= field.start() <= separator.end() + _NEAR:
        # Thunderbird puts subject and date above From.
        between = [line for line in text[separator.end() : field.start()].split("\n") if line.strip()]
        return [separator.end() if between and all(map(_is_field, between)) else field.start()]
    return sorted((separator.end(), field.start()))


def _is_whole_header(text: str, at: int, outer: Head) -> bool:
    """True unless the fields at `at` in `text` tell no subject: every mail program that forwards a message
    shows it.  `outer` is the header of the mail that they stand in."""
    if _FROM_FIELD.match(text, at) is None:
        return True
    header = _message(text[at : at + _LONGEST_SAVED], outer).partition("\n\n")[0]
    return "\nSubject: " in header


def _begins_with_fields(text: str, at: int) -> bool:
    if _FROM_FIELD.match(text, at):
        return True
    return _is_field(text[at : at + _NEAR].lstrip().partition("\n")[0])


def _is_field(line: str) -> bool:
    field = _FIELD_LINE.match(_MARK.sub("", line).strip())
    return field is not None and "".join(field[1].split()).lower() in field_words()


def _dated(date: str, outer: Head) -> str:
    """The `date` of an inline copy as a mail program shows it: mostly without a zone, by the clock by which
    the `outer` mail was written, or else by UTC.  Empty where it would be later than that mail by no more
    than clocks of the world differ: it is by another of them."""
    if to_utc(date, "+0100") == to_utc(date, "-0100"):
        return date  # it names its zone, or no moment
    written = outer.get("date")
    clock = clock_of(written)
    moment, passed_on = to_utc(date, clock), to_utc(written)
    if moment is None or (passed_on is not None and 0 < seconds_between(passed_on, moment) <= _FURTHEST):
        return ""
    return by_clock(moment, clock) if clock else date


def _unquoted(text: str) -> str:
    """`text` without its "> " marks when it begins with one."""
    return _UNQUOTE.sub("", text) if _MARK.match(text.lstrip("\n")) else text


def _message(text: str, outer: Head) -> str:
    """The inline copy with its fields under the names that every reader knows; `outer` is the header of the
    mail that it stands in.

    The block ends at a blank line; or, once it says from whom, about what, and when or to whom, at the
    first line that is no field of mail: HTML need not leave a line blank."""
    lines = text.lstrip("\n").split("\n")
    head: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            if head:
                return "\n".join(head) + "\n\n" + "\n".join(lines[number + 1 :])
            continue
        field = _FIELD_LINE.match(stripped)
        name = field_words().get("".join(field[1].split()).lower()) if field is not None else None
        whole = len(seen) > 2 and seen >= _NEEDED
        folded = line[:1] in " \t" and (not whole or head[-1].endswith((",", ";")) or head[-1][:2] == "X-")
        if field is not None and name is not None and not (whole and name in seen):
            value = _dated(field[2], outer) if name == _DATE else _MAILTO.sub(r"<\1\2>", field[2])
            head.append(name + value)
            seen.add(name)
        elif head and folded and field is None:
            head.append(" " + stripped)
        elif head and field is not None and (not whole or "-" in field[1]):
            head.append(f"X-{stripped}" if stripped.isascii() else " " + stripped)
        elif head:
            return "\n".join(head) + "\n\n" + "\n".join(lines[number:])
        else:
            return text
    return "\n".join(head) + "\n\n"
