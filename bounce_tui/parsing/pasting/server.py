"""The server behind a copied reply that names it at its end: Yahoo's own host, Exchange Online's stamp."""

import re
from functools import cache
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import whole
from bounce_tui.regex import regex

_LONGEST: Final = 20_000
_HOST: Final = r"([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){2,8})"
# Host, time and number in brackets, as Exchange Online ends a reply.
_STAMPED: Final = regex(rf"\[{_HOST} \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{1,7}}Z [0-9A-F]{{16}}\]")
# The same without time and number, as a quotation cuts it.
_OUTLOOK: Final = regex(
    r"\[([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}\.(?:outlook|OUTLOOK)\.(?:com|COM))\]"
)
# In a field, "mx-host: mx.example.net", or a line of a log, "relay=mx.example.net. [192.0.2.1]".
_IN_FIELD: Final = regex(
    r"(?:^|[\s,;{\"])(?:relay=|(?:mx|remote|destination|smtp)[-_ ]?(?:host|mta|server|mx)"
    rf"\"?[ \t]?[:=][ \t]?\"?){_HOST}",
    re.I,
)
# Behind a dash, as Yahoo does.
_BEHIND: Final = regex(rf" - {_HOST}\.?\s{{0,9}}$")
# "mx.example.net (192.0.2.1)  451 4.7.1 Try again later", as a list of attempts has it.
_BEFORE: Final = regex(
    rf"(?<![\w@.-]){_HOST}\.?[ \t]?[\[(][0-9A-Fa-f.:]{{3,45}}[\])]:?[ \t]{{1,8}}[45]\d\d[ -]"
)
# In a sentence: '... with "550 5.1.1 No such user" by mx.example.net.'
_BY: Final = regex(
    rf"[45]\d\d[ -][^\n]{{5,300}}[\"'”’»“)] (?:by|from|von|par|por|da|door|przez|af|av)"
    rf" (?:the |(?:mail )?server |host ){{0,2}}{_HOST}(?![\w@-])"
)


# "when sending to mx.example.net:25", "Remote server: mx.example.net".
_CALLED: Final = regex(
    rf"(?<![\w@.-]){_HOST}\.?:(?:25|465|587)\b|^[ \t>*]{{0,8}}Remote server: {_HOST}", re.M
)


@cache
def _answers() -> re.Pattern[str]:
    """As in 'mx.example.net answered "554 ..."'."""
    answers = whole(lexicon("told", "answers"))
    return re.compile(
        rf"{_HOST}(?:\s?[\[(][0-9A-Fa-f.:]{{3,45}}[\])])?,?\s{answers}[^\n@]{{0,40}}?[45]\d\d[ -]"
    )


def with_server(failure: Failure) -> Failure:
    """`failure` with the server that its reply names last, where nothing else names one."""
    if failure.remote_mta is not None or failure.reply_code is None:
        return failure
    said = failure.diagnostic
    found = (
        _STAMPED.search(said)
        or _OUTLOOK.search(said)
        or _IN_FIELD.search(said)
        or _BEHIND.search(said)
        or _BEFORE.search(said)
        or _BY.search(said)
        or _answers().search(said)
    )
    return replace(failure, remote_mta=found[1]) if found is not None else failure


def with_only_server(failures: list[Failure], text: str) -> list[Failure]:
    """`failures`, where there is one that names no server, with the only one that `text` says was called."""
    if len(failures) != 1 or failures[0].remote_mta is not None:
        return failures
    called = {(one[1] or one[2]).lower() for one in _CALLED.finditer(text[:_LONGEST])}
    return [replace(failures[0], remote_mta=called.pop())] if len(called) == 1 else failures
