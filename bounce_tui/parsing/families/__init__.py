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
    gmail,
    gmx,
    groupwise,
    headed_sections,
    hmailserver,
    imail,
    interscan,
    kddi,
    list_post,
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
    smail,
    smartermail,
    stalwart,
)
from bounce_tui.parsing.families.family import Family
from bounce_tui.parsing.free_text import generic
from bounce_tui.parsing.free_text.named_server import served
from bounce_tui.parsing.free_text.own_words import own_words, without_announcement
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import failures

FAMILIES: tuple[Family, ...] = (
    amazon,
    listserv,
    list_post,
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
    smail,
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
            return own_words(_worded(found, report)), FAMILIES[number].NAME
    found = [without_announcement(one) for one in own_words(generic.read(report))]
    return served(found, report), generic.NAME


def _worded(found: list[Failure], report: Report) -> list[Failure]:
    """`found`; where a family's list names recipients only, with the words about each that stand elsewhere
    in the text."""
    if any(one.diagnostic for one in found):
        return served(found, report)
    elsewhere = {one.recipient: one for one in failures(report.text, found[0].action) if one.diagnostic}
    return [elsewhere.get(one.recipient, one) for one in found]
