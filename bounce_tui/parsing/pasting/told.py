"""A bounce that somebody only tells of: that a mail came back, whom it was for, what the error said.

Nothing of a report is quoted, so sentences are read together: one says that mail came back, in it or beside
it stand the address and a complaint.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from msgspec.structs import replace

from bounce_tui.lower_case import lower_case
from bounce_tui.model import Bounce, Failure, Kind
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.free_text.around_address import stands_behind
from bounce_tui.parsing.free_text.clauses import in_clauses
from bounce_tui.parsing.free_text.recipient_outcomes import has_arrived
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.replies import Reply, failure, one_line
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.worded_report import read_words
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.given_up import has_given_up
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.parsing.words.sentences import tells
from bounce_tui.parsing.words.who_wrote import SENDER
from bounce_tui.parsing.words.whom_to_ask import CONTACT
from bounce_tui.regex import regex

_LONGEST: Final = 4000
_MOST: Final = 40
_SEVERAL: Final = 2
_LEAD: Final = 30
_AROUND: Final = (-2, 4)
"""Sentences before and behind the one that says that mail came back, in which whose and why stand."""
_SENTENCE: Final = regex(r"(?<=[.!?;\u2026])\s+|(?<=[。！？；])|\n[ \t]*\n")
_ENDS: Final = str.maketrans(dict.fromkeys(',.;:!?()"\n\t', " "))
# Of these people speak in general.
_KIND: Final = regex(r"\b(?:hard|soft)[ -]bounces?\b")
_CODE: Final = r"(421|45[0-5]|50[0-4]|521|53[0458]|541|55[0-7])"
_DAEMON: Final = regex(r"mailer-daemon@", re.I)
_LAST_CODE: Final = regex(rf"^[^\n]{{0,200}}?[^\W\d_]{{3,20}},? {_CODE}[.!?]?$", re.M)
_QUOTED_CODE: Final = regex(rf"[\"'“„«「‘‚] ?{_CODE} ?[\"'”“»」’‘]")
# What stands in quotation marks is another's words.
_IN_MARKS: Final = regex(
    r"[\"“„«「『](?=[^\s\"“”„«»])[^\"“”„«»「」『』\n]{3,200}[\"”“»」』]|« [^«»\n]{3,200} »"
)
# "- bob@example.net -> mailbox full", and what goes on below, further in.
_LISTED: Final = regex(
    r"^[ \t]{0,8}(?:[-*\u2022\u2013\u2014\u25cf]|\d{1,2}[.)])[ \t]{1,4}"
    r"<?([^\s<>@:,;]{1,64}@[A-Za-z0-9.-]{1,255}[A-Za-z0-9])>?[ \t:,;>=\u2192\u2013\u2014-]{1,9}"
    r"(\S[^@\n]{2,300}(?:\n[ \t]{3,12}[^\s@*\u2022-][^@\n]{0,300}){0,3})",
    re.M,
)
_MARKS: Final = ' \t"“”„«»「」『』'
_COLON: Final = regex(r"\s?[:：]\s{1,4}|：")
_ASKS: Final = ("?", "？", "؟")
_BECAUSE: Final = "somebody tells in words of his own that mail came back"


def read_told(text: str) -> Bounce | None:
    """The bounce that the writer of `text` tells of; None where he tells of none, or of one that is over."""
    if len(text) > _LONGEST or is_over(text):
        return None
    sentences = [one for one in _SENTENCE.split(text.strip())[:_MOST] if one.strip()]
    for at, sentence in enumerate(sentences):
        rest = _besides_return(sentence)
        before, behind = sentences[max(at + _AROUND[0], 0) : at], sentences[at + 1 : at + _AROUND[1]]
        if rest is None or not _is_of_mail(sentence, before[-1:], behind[:1]):
            continue
        if any(map(_complains, (rest, *behind, *before[-1:]))):
            found = _failures(text, sentence, before, behind)
            if found:
                kind: Kind = "delayed" if all(one.action == "delayed" for one in found) else "failed"
                return Bounce(kind=kind, because=_BECAUSE, failures=tuple(found))
    return None


def is_over(text: str) -> bool:
    """True where who wrote `text` says that nothing failed, or that it is solved."""
    lower = f" {lower_case(text[:_LONGEST])}".replace("\n", " ")
    if _has(lower, lexicon("told", "solved")):
        return True
    # "No error, only a warning": what waits has not failed yet.
    return _has(lower, lexicon("told", "no_error")) and not _waits(lower)


def says_returned(text: str) -> bool:
    """True where anything in `text` says that mail came back, or that an error came."""
    lower = f" {lower_case(text[:_LONGEST])} ".replace("\n", " ").replace("\u2019", "'")
    return _has(lower, lexicon("told", "returned"))


def without_quotes(text: str) -> str:
    """`text` without what stands in it in quotation marks."""
    return _IN_MARKS.sub(" ", text)


def without_advised(failures: Sequence[Failure], text: str) -> list[Failure]:
    """`failures` without those to whose address somebody advises to write in place of another's."""
    if len(failures) < _SEVERAL:
        return list(failures)
    failures = [one for one in failures if not _DAEMON.match(one.recipient or "")] or list(failures)
    kept = [one for one in failures if one.recipient is None or not _is_advised(text, one.recipient)]
    answered = {one.recipient for one in failures if one.reply_code or one.status}
    if answered:
        # Of a chat, where one asks from which address the mail was sent.
        own = lexicon("told", "sent_from")
        kept = [
            one
            for one in kept
            if one.recipient is None or one.recipient in answered or not _is_behind(own, text, one.recipient)
        ]
    return kept or list(failures)


def _is_advised(text: str, address: str) -> bool:
    """True where words that advise to take it stand before each mention of the `address`."""
    return _is_behind(lexicon("told", "instead"), text, address, anywhere=True)


def _is_behind(group: Sequence[str], text: str, address: str, *, anywhere: bool = False) -> bool:
    """True where words of the `group` stand right before each mention of the `address` in `text`, with
    `anywhere` at some words' distance, too."""
    at, mentions = text.find(address), 0
    while at >= 0 and mentions < _MOST:
        if not _ends_with(group, f" {lower_case(text[max(0, at - _LEAD) : at])}", anywhere=anywhere):
            return False
        at, mentions = text.find(address, at + 1), mentions + 1
    return mentions > 0


def _ends_with(group: Sequence[str], before: str, *, anywhere: bool) -> bool:
    above, _, line = before.rpartition("\n")
    if anywhere and (line.strip() or not above):
        return any(words in f" {line}" for words in group)
    last = f" {line if line.strip() else above}".rstrip(" \t<(\"'")
    return f"{last} ".endswith(tuple(f"{words.rstrip()} " for words in group))


def with_bare_code(one: Failure, text: str) -> Failure:
    """`one` with the reply code of which its teller knows no more than the number: "something with 552"."""
    if one.reply_code is not None:
        return one
    text = text[:_LONGEST]
    code = _bare_code().search(text) if one.status is None else None
    code = code or _QUOTED_CODE.search(text) or _code_behind(text)
    is_of_class = code is not None and (one.status or code[1])[0] == code[1][0]
    return replace(one, reply_code=code[1]) if code is not None and is_of_class else one


def _code_behind(text: str) -> re.Match[str] | None:
    """The code at the end of a line that complains: "something with mailbox unavailable 550"."""
    return next((code for code in _LAST_CODE.finditer(text) if says_failing(code[0])), None)


@cache
def _bare_code() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of(lexicon('told', 'code'))})\W{{1,3}}(?:\w{{1,4}}\W{{1,2}})?"
        rf"{_CODE}(?![\w@%€$/+:-]|[.,]\d)",
        re.I,
    )


def _has(lower: str, group: Iterable[str]) -> bool:
    return any(all(piece in lower for piece in words.split(" + ")) for words in group)


def _besides_return(sentence: str) -> str | None:
    """`sentence` without the words by which it says that mail came back; None where it does not say so."""
    lower = f" {lower_case(sentence).translate(_ENDS)} ".replace("\u2019", "'")
    lower = rest = _KIND.sub(" ", lower)
    if _waits(lower):
        return lower  # no more than that it waits is to be told
    for words in lexicon("told", "returned"):
        pieces = words.split(" + ")
        if all(piece in lower for piece in pieces):
            for piece in pieces:
                rest = rest.replace(piece, " ")
    return rest if rest != lower else None


def _waits(lower: str) -> bool:
    known = lexicon("waiting", "delayed", "goes_on", "delayed_and_goes_on")
    return any(words in lower for words in known) or _has(lower, lexicon("told", "waiting"))


def _is_of_mail(sentence: str, before: Sequence[str], behind: Sequence[str]) -> bool:
    if "@" in sentence:
        return True
    lower = lower_case(" ".join((*before, sentence)))
    if any(word in lower for word in (*lexicon("mail", "mail"), *lexicon("told", "mail"))):
        return True
    # "Of nine invitations two came back. The one to bob@... says that ..."
    return any(word in lower for word in lexicon("told", "sent")) and any(
        "@" in one and _complains(one) for one in behind
    )


def without_asides(one: Failure) -> Failure:
    """`one` without the sentences in which its teller asks, or says what arrived: neither is an error."""
    said = _SENTENCE.split(one.diagnostic)
    kept = [words for words in said if not words.rstrip().endswith(_ASKS) and not has_arrived(words)]
    words = _quoted_alone(" ".join(kept))
    return failure(one.recipient, words, one.action) if words and words != one.diagnostic else one


def _quoted_alone(words: str) -> str:
    """What `words` quote, where that is one complaint; `words` themselves elsewhere."""
    quoted = _IN_MARKS.findall(words)
    is_told = len(quoted) == 1 and " " in quoted[0].strip() and _complains(quoted[0])
    return quoted[0].strip(_MARKS) if is_told else words


def _behind_colon(words: str, address: str) -> str:
    """What stands in `words` behind the `address` and a colon, where that complains; else all of them."""
    found = _COLON.search(words, words.find(address) + len(address))
    return words[found.end() :] if found is not None and _complains(words[found.end() :]) else words


def _complains(sentence: str) -> bool:
    if sentence.rstrip().endswith(_ASKS):
        return False
    reply = Reply(sentence)
    if reply.code is not None or reply.status is not None or says_failing(sentence) or tells(sentence):
        return True
    lower = f" {lower_case(sentence)} "
    return _has(lower, lexicon("told", "complaint")) or _has(lower, lexicon("told", "recounted"))


def _failures(text: str, sentence: str, before: Sequence[str], behind: Sequence[str]) -> list[Failure]:
    """Whose mail came back, each with what is told of it; without an address only what the error is quoted
    with."""
    rest = _besides_return(sentence) or sentence
    # What else the teller says, of tries and of telephones, is no error.
    told = [one for one in ((sentence if _complains(rest) else ""), *filter(_complains, behind)) if one]
    said = one_line(" ".join(told or (sentence, *behind)))
    report = Report(Mail(as_wire(f"From: MAILER-DAEMON\n\n{text}")))
    goes_on = _waits(lower_case(sentence).replace("\u2019", "'")) and not has_given_up(text)
    action = "delayed" if goes_on else action_of(report)
    named = _named(text, (sentence,))
    if not named:
        complaints = list(filter(_complains, behind))
        further = in_clauses(_named(text, complaints), " ".join(complaints), action, _complains)
        if further:
            return further
        named = _named(text, (*behind, *reversed(before)))[:1]
    if len(named) > 1:
        apart = {one.recipient: one for one in read_words(report)[0]}
        listed = {found[1]: one_line(found[2]) for found in _LISTED.finditer(text)}
        apart |= {address: failure(address, why, action) for address, why in listed.items()}
        return [apart.get(address) or failure(address, said, action) for address in named]
    if named:
        said = _behind_colon(said, named[0])
        return [with_bare_code(failure(named[0], said, action), one_line(" ".join((sentence, *behind))))]
    if "@" in text:
        return []
    quoted = lexicon("told", "quoted")
    quoting = [
        one
        for one in (sentence, *behind)
        if _complains(one) and (_has(f" {lower_case(one)} ", quoted) or _IN_MARKS.search(one) is not None)
    ]
    return [failure(None, one_line(" ".join(quoting)), action)] if quoting else []


def _named(text: str, sentences: Sequence[str]) -> list[str]:
    found = [address for one in sentences for address in find_all(one)]
    foreign = [
        address
        for address in dict.fromkeys(found)
        if not stands_behind(CONTACT, text, address) and not stands_behind(SENDER, text, address)
    ]
    return [address for address in foreign if not _is_advised(text, address)]
