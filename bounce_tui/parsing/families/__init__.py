"""Families of reports in words, one module each, in the order of authority."""

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


def read_words(report: Report) -> tuple[list[Failure], str]:
    """The failures that the report's words tell of, with the name of the family that read them."""
    for number in sorted(report.marks.families):
        found = FAMILIES[number].read(report)
        if found:
            return found, FAMILIES[number].NAME
    return generic.read(report), generic.NAME
