"""Families of reports in words, one module each, in the order of authority."""

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.model import Failure
from bounce_tui.parsing.families import (
    amazon,
    announced_list,
    aol,
    communigate,
    courier,
    domino,
    dragonfly,
    exchange,
    exim,
    generic,
    gmail,
    gmx,
    groupwise,
    headed_sections,
    hmailserver,
    imail,
    interscan,
    kddi,
    listserv,
    local_delivery,
    mailenable,
    mailmarshal,
    mdaemon,
    messaging_server,
    mfilter,
    microsoft_smtp,
    mimecast,
    office365,
    opensmtpd,
    postfix,
    postfix_kin,
    qmail,
    sendmail,
    session_transcript,
    smartermail,
    stalwart,
)
from bounce_tui.parsing.families.family import Family
from bounce_tui.parsing.report import Report

FAMILIES: tuple[Family, ...] = (
    amazon,
    listserv,
    office365,
    messaging_server,
    session_transcript,
    mdaemon,
    local_delivery,
    sendmail,
    exchange,
    hmailserver,
    mailenable,
    smartermail,
    stalwart,
    domino,
    mailmarshal,
    mimecast,
    mfilter,
    interscan,
    courier,
    groupwise,
    opensmtpd,
    dragonfly,
    communigate,
    microsoft_smtp,
    gmail,
    gmx,
    exim,
    postfix,
    qmail,
    aol,
    kddi,
    imail,
    postfix_kin,
    headed_sections,
    announced_list,
)
"""Who is asked first: systems whose marks nobody else writes, then those that others imitate."""

_MARKS = [(mark, number) for number, family in enumerate(FAMILIES) for mark in family.MARKS]
_NUMBERS = [number for _, number in _MARKS]
_AUTOMATON = AhoCorasick([mark for mark, _ in _MARKS], implementation=Implementation.ContiguousNFA)


def read_words(report: Report) -> tuple[list[Failure], str]:
    """The failures that the report's words tell of, with the name of the family that read them."""
    matches = _AUTOMATON.find_matches_as_indexes(report.lead, overlapping=True)
    for number in sorted({_NUMBERS[match[0]] for match in matches}):
        found = FAMILIES[number].read(report)
        if found:
            return found, FAMILIES[number].NAME
    return generic.read(report), generic.NAME
