"""The server that a report in anybody's words says it was refused by: on a labelled line ("Remote server:
mx.example.net (192.0.2.1)") or in a sentence ("the server mx.example.net replied:")."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.cleaning.plain_words import plain_words
from bounce_tui.parsing.public_address import all_public
from bounce_tui.parsing.replies import command_of
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

_WINDOW = 20_000

# All of these are looked for in lower case: where letters may be of either case, the engine tries each word
# at each place.
_NAME = r"([a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,10}\.[a-z]{2,24})(?![\w@.-]*@)"
_ADDRESS = r"(?:\.?[ \t\"']{0,3}[\[(]\s?([0-9a-f.:]{3,45})[\])])?"
# It begins with the line end before its line, as the engine skips to a sign but not to a place.
_LABELLED = regex(
    r"\n[ \t>*|-]{0,8}+(?:"
    r"(?:remote|receiving|recipient(?:'s)?|destination|target|other|foreign|peer)[ -]?(?:e?-?mail[ -]?)?"
    r"(?:server|host|mta|mx|system|smtp server)|server|(?:refused|rejected|answered|returned) by"
    r"|remote-mta|mx(?: host| server| record)?|mail exchanger"
    r"|entfernter (?:mail)?server|empfangsserver|empfängerserver|zielserver|gegenstelle|serveur distant"
    r"|serveur destinataire|servidor remoto|servidor de destino|server remoto|server destinatario"
    r"|externe server|serwer zdalny|serwer odbiorcy|удал[её]нный сервер|сервер получателя"
    r"|リモート ?サーバー?|受信サーバー?|接続先(?:サーバー?)?|相手(?:先)?サーバー?"
    r"|远程服务器|对方服务器|收件服务器|遠端伺服器|원격 서버)"
    r"(?:[ \t.]{0,40}[:：=][ \t]*|[ \t]{1,8}(?=\S+$|\S+ ?[\[(]\S+$))(?:dns; ?)?[\[\"'<]?"
    rf"(?:{_NAME}{_ADDRESS}|([0-9a-f.:]{{7,45}}))",
    re.M,
)
_SPOKEN = regex(
    r"\b(?:server|host|mta|mx|gateway|system|exchanger|serveur|servidor)\s{1,3}[\"'<\[]?"
    rf"{_NAME}{_ADDRESS}[\"'>\]]?,?\s{{1,3}}"
    r"(?:said|says|replied|responded|answered|returned|rejected|refused|reported|gave"
    r"|has (?:rejected|refused|returned)|did not accept|does not accept|antwortete|meldete|hat |lehnte"
    r"|a répondu|a refusé|a rejeté|respondió|rechazó|rispose|ha (?:risposto|rifiutato|respuesto|rechazado)"
    r"|respondeu|recusou|rejeitou)"
)
_ANSWERS = regex(
    r"\b(?:response|reply|answer|antwort|réponse|respuesta|risposta|resposta|antwoord|odpowiedź|odpověď"
    r"|ответ|відповідь|svar|vastaus|válasz|răspuns\w{0,3})\s{1,3}(?:[^\W\d_][\w'’]{0,20}\s{1,3}){0,5}[\"'<]?"
    rf"{_NAME}(?=[\"'>]?\s{{0,2}}[:(\[]){_ADDRESS}"
)
# As sendmail heads each session, also where its other sentences are translated.
_TALKING = regex(rf"alking to \[?{_NAME}\.?\]?:()")
_BY = regex(
    r"\b(?:rejected|refused|returned|response|reply|answer|error|abgelehnt|zurückgewiesen|refusé|rejeté)\s{1,3}"
    r"(?:by|from|of|von|vom|par|de)\s{1,3}(?:the\s)?(?:(?:remote|mail|receiving|recipient)\s){0,2}"
    rf"(?:server\s|host\s|mta\s)?[\"'<]?{_NAME}{_ADDRESS}"
)
# What three of them cannot do without: with no word boundary in front the engine skips to the letters that a
# word begins with.
_MAY_BE_SPOKEN = regex(
    r"(?:server|host|mta|mx|gateway|system|exchanger|serveur|servidor)\s{1,3}[\"'<\[]?[a-z0-9_-]{1,63}\."
)
_MAY_ANSWER = (
    "response", "reply", "answer", "antwort", "réponse", "respuesta", "risposta", "resposta", "antwoord",
    "odpowiedź", "odpověď", "ответ", "відповідь", "svar", "vastaus", "válasz", "răspuns",
)  # fmt: skip
_MAY_BE_BY = regex(
    r"(?:rejected|refused|returned|response|reply|answer|error|abgelehnt|zurückgewiesen|refusé|rejeté)\s{1,3}"
    r"(?:by|from|of|von|vom|par|de)\s"
)


def served(found: list[Failure], report: Report) -> list[Failure]:
    """`found`, a single failure with the server that the report's text names beside it."""
    if len(found) != 1 or (_has_server(found[0]) and found[0].command is not None):
        return found
    text = plain_words(report.text[:_WINDOW])
    one = from_server(found[0], text, report)
    if one.command is None and ">>> " in text:
        one = replace(one, command=command_of(text[text.find(">>> ") :]))
    return [one]


def from_server(one: Failure, text: str, report: Report) -> Failure:
    """`one` with the server that `text`, which is about it alone, names; as it is where it has one."""
    if _has_server(one):
        return one
    host, ip = named_server(text)
    if ip is None and (host is None or host in (report.speaker, report.sender_domain)):
        return one
    return replace(one, remote_mta=host, remote_ip=ip)


def _has_server(one: Failure) -> bool:
    return one.remote_mta is not None or one.remote_ip is not None


def named_server(text: str) -> tuple[str | None, str | None]:
    """Name and address of the server in `text`; None for what it does not say."""
    if "." not in text:
        return None, None
    lower = text.lower()
    found = _LABELLED.search("\n" + lower) or _spoken(lower)
    if found is None:
        return None, None
    groups = (*found.groups(), None)
    name, ip = groups[0], groups[1] or groups[2]
    addresses = all_public(ip) if ip else []
    return name, (addresses[0][0] if addresses else None)


def _spoken(lower: str) -> re.Match[str] | None:
    """The first sentence of `lower` that names a server, by how sure each wording is."""
    found = None
    begins = _MAY_BE_SPOKEN.search(lower)
    if begins is not None:
        found = _SPOKEN.search(lower, begins.start())
    if found is None:
        begins = _MAY_BE_BY.search(lower)
        found = _BY.search(lower, begins.start()) if begins is not None else None
    if found is None and "alking to " in lower:
        found = _TALKING.search(lower)
    if found is None and any(word in lower for word in _MAY_ANSWER):
        found = _ANSWERS.search(lower)
    return found
