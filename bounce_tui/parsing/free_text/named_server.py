"""The server that a report in anybody's words says it was refused by: on a labelled line ("Remote server:
mx.example.net (192.0.2.1)") or in a sentence ("the server mx.example.net replied:")."""

import re
from functools import cache

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.cleaning.plain_words import plain_words
from bounce_tui.parsing.public_address import all_public
from bounce_tui.parsing.replies import command_of
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

_WINDOW = 20_000

# All of these are looked for in lower case: where letters may be of either case, the engine tries each word
# at each place.
_NAME = r"([a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,10}\.[a-z]{2,24})(?![\w@.-]*@)"
_ADDRESS = r"(?:\.?[ \t\"']{0,3}[\[(]\s?([0-9a-f.:]{3,45})[\])])?"
# As sendmail heads each session, also where its other sentences are translated.
_TALKING = regex(rf"alking to \[?{_NAME}\.?\]?:()")


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
    found = _labelled().search("\n" + lower) or _spoken(lower)
    if found is None:
        return None, None
    groups = (*found.groups(), None)
    name, ip = groups[0], groups[1] or groups[2]
    addresses = all_public(ip) if ip else []
    return name, (addresses[0][0] if addresses else None)


def _spoken(lower: str) -> re.Match[str] | None:
    """The first sentence of `lower` that names a server, by how sure each wording is."""
    found = _behind(_sentence_begins(), _sentence(), lower) or _behind(_refusal_begins(), _refusal(), lower)
    if found is None and "alking to " in lower:
        found = _TALKING.search(lower)
    if found is None and any(word in lower for word in lexicon("servers", "answer", "answer_or_by")):
        found = _answer().search(lower)
    return found


def _behind(begins: re.Pattern[str], whole: re.Pattern[str], lower: str) -> re.Match[str] | None:
    """The first of `whole`, none of which stands before the first of `begins`.  That one has no word boundary
    in front, so that the engine skips to the letters that a word begins with."""
    first = begins.search(lower)
    return whole.search(lower, first.start()) if first is not None else None


@cache
def _labelled() -> re.Pattern[str]:
    whose = any_of(lexicon("servers", "whose"))
    kind = any_of(lexicon("servers", "server", "server_or_label", "behind_whose"))
    label = any_of(lexicon("servers", "label", "server_or_label"))
    return re.compile(
        # It begins with the line end before its line, as the engine skips to a sign but not to a place.
        rf"\n[ \t>*|-]{{0,8}}+(?:(?:{whose})[ -]?(?:e?-?mail[ -]?)?(?:{kind})|{label})"
        r"(?:[ \t.]{0,40}[:：=][ \t]*|[ \t]{1,8}(?=\S+$|\S+ ?[\[(]\S+$))(?:dns; ?)?[\[\"'<]?"
        rf"(?:{_NAME}{_ADDRESS}|([0-9a-f.:]{{7,45}}))",
        re.M,
    )


def _before_name() -> str:
    return any_of(lexicon("servers", "server", "server_or_label", "before_name"))


def _refused_by() -> str:
    refused = any_of(lexicon("servers", "before_by", "answered_or_by", "answer_or_by"))
    return rf"(?:{refused})\s{{1,3}}(?:{any_of(lexicon('servers', 'by'))})"


@cache
def _sentence_begins() -> re.Pattern[str]:
    return re.compile(rf"(?:{_before_name()})\s{{1,3}}[\"'<\[]?[a-z0-9_-]{{1,63}}\.")


@cache
def _sentence() -> re.Pattern[str]:
    answered = any_of(lexicon("servers", "answered", "answered_or_by"))
    return re.compile(
        rf"\b(?:{_before_name()})\s{{1,3}}[\"'<\[]?{_NAME}{_ADDRESS}[\"'>\]]?,?\s{{1,3}}(?:{answered})"
    )


@cache
def _refusal_begins() -> re.Pattern[str]:
    return re.compile(rf"(?:{_refused_by()})\s")


@cache
def _refusal() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_refused_by()})\s{{1,3}}(?:the\s)?(?:(?:remote|mail|receiving|recipient)\s){{0,2}}"
        rf"(?:server\s|host\s|mta\s)?[\"'<]?{_NAME}{_ADDRESS}"
    )


@cache
def _answer() -> re.Pattern[str]:
    answer = any_of(lexicon("servers", "answer", "answer_or_by"))
    return re.compile(
        rf"\b(?:{answer})\s{{1,3}}(?:[^\W\d_][\w'’]{{0,20}}\s{{1,3}}){{0,5}}[\"'<]?"
        rf"{_NAME}(?=[\"'>]?\s{{0,2}}[:(\[]){_ADDRESS}"
    )
