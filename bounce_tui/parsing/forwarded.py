"""A message that a person passed on: attached, inline below the forwarder's words, or quoted."""

import re
from collections.abc import Iterator

from bounce_tui.parsing.mime import Entity, Mail
from bounce_tui.parsing.report import Report

MOST_ATTACHED = 8
_NEAR = 400
_LINE = r"[ \t>*]{0,8}"

# What mail programs write above a message that they forward inline.
_SEPARATOR = re.compile(
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
_FROM_FIELD = re.compile(
    rf"^{_LINE}(?:From|Von|De|Da|Van|От|Od|差出人|发件人|寄件者)\*?[ \t]*[:：]\*?[ \t]*\S[^\n]*\n"
    rf"(?=(?:{_LINE}[^\s:：][^\n:：]{{1,30}}[:：][^\n]*\n(?:[ \t]+[^\n]*\n)?){{1,8}})",
    re.M,
)
_FIELDS = {
    word: field
    for field, words in {
        "From: ": "from von de da van от od 差出人 发件人 寄件者",
        "Subject: ": "subject betreff objet asunto oggetto assunto onderwerp тема temat 件名 主题",
        "Date: ": "date sent gesendet datum envoyé enviado inviato data fecha verzonden отправлено дата 日時",
        "To: ": "to an à para a aan кому do 宛先",
        "Reply-To: ": "reply-to",
        "Cc: ": "cc kopie copie",
    }.items()
    for word in words.split()
}
_FIELD_LINE = re.compile(r"\*?([^\s:：*][^\n:：*]{0,30})\*?[ \t]*[:：]\*?[ \t]*(.*)")
_QUOTED = re.compile(r"^[ \t]{0,3}>", re.M)
_UNQUOTE = re.compile(r"^[ \t]{0,3}(?:> ?){1,6}", re.M)
_MAILTO = re.compile(r"\[mailto:([^\]\s]{3,320})\]|<mailto:([^>\s]{3,320})>", re.I)


def passed_on(report: Report) -> Iterator[Mail]:
    """The messages inside `report`, likeliest first: attached ones, then the inline one, then what is
    quoted."""
    for entity in _attached(report)[:MOST_ATTACHED]:
        mail = Mail(entity.body().lstrip("\n"))
        if mail.head:
            yield mail
    text = report.whole_text
    for start in _inline_starts(text):
        yield Mail(_as_wire(_message(_unquoted(text[start:]))))
    if len(_QUOTED.findall(text, 0, 20_000)) >= 3:
        lines = [line for line in text.split("\n") if _QUOTED.match(line) or not line.strip()]
        yield Mail(_as_wire(_unquoted("\n".join(lines))))


def _attached(report: Report) -> list[Entity]:
    attached = list(report.message_parts)
    for entity in report.mail.entities:
        if entity.content_type.startswith("application/") or entity.content_type == "text/plain":
            disposition = entity.head.raw("content-disposition")
            if ".eml" in disposition or ".eml" in entity.head.raw("content-type"):
                attached.append(entity)
    return attached


def _inline_starts(text: str) -> list[int]:
    separator, field = _SEPARATOR.search(text), _FROM_FIELD.search(text)
    if separator is None or field is None:
        return [field.start()] if field is not None else [separator.end()] if separator is not None else []
    if separator.end() <= field.start() <= separator.end() + _NEAR:
        return [field.start()]
    return sorted((separator.end(), field.start()))


def _unquoted(text: str) -> str:
    """`text` without its "> " marks when it begins with one."""
    return _UNQUOTE.sub("", text) if text.lstrip("\n").lstrip(" \t").startswith(">") else text


def _message(text: str) -> str:
    """The inline copy with its fields under the names that every reader knows."""
    lines = text.lstrip("\n").split("\n")
    head: list[str] = []
    for number, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            if head:
                return "\n".join(head) + "\n\n" + "\n".join(lines[number + 1 :])
            continue
        field = _FIELD_LINE.match(stripped)
        name = _FIELDS.get(field[1].strip().lower()) if field is not None else None
        if field is not None and name is not None:
            head.append(name + _MAILTO.sub(r"<\1\2>", field[2]))
        elif head and (field is not None or line[:1] in " \t"):
            head.append(f"X-{stripped}" if field is not None and stripped.isascii() else " " + stripped)
        elif head:
            return "\n".join(head) + "\n\n" + "\n".join(lines[number:])
        else:
            return text
    return "\n".join(head) + "\n\n"


def _as_wire(text: str) -> str:
    return text.encode("utf-8", "replace").decode("latin-1")
