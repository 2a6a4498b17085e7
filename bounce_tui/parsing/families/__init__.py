"""Families of reports in words, one module each, in the order of authority."""

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report

from . import exchange, exim, generic, gmail, postfix, qmail, sendmail
from .family import Family

FAMILIES: tuple[Family, ...] = (
    sendmail,
    exchange,
    gmail,
    exim,
    postfix,
    qmail,
)
"""Who is asked first: systems whose marks nobody else writes, then those that others imitate."""


def read_words(report: Report) -> tuple[list[Failure], str]:
    """The failures that the report's words tell of, with the name of the family that read them."""
    lead = report.lead
    for family in FAMILIES:
        if any(mark in lead for mark in family.MARKS):
            found = family.read(report)
            if found:
                return found, family.NAME
    return generic.read(report), generic.NAME
