"""Kerio and many small systems: a sentence that ends in "to the following recipients:", in any language,
then the addresses with the words about each."""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.families.blocks import failures
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.report import Report

NAME = "announced list"
MARKS = (
    "following recipient",
    "following address",
    "folgende empfänger",
    "folgenden empfänger",
    "folgende adresse",
    "folgenden adresse",
    "destinataires suivants",
    "destinataire suivant",
    "adresses suivantes",
    "siguientes destinatarios",
    "siguiente destinatario",
    "seguenti destinatari",
    "seguente destinatario",
    "seguintes destinatários",
    "seguinte destinatário",
    "volgende ontvanger",
    "volgende geadresseerde",
    "następujących odbiorców",
    "następujących adresatów",
    "następującego adresata",
    "следующим получателям",
    "следующим адресатам",
    "следующему получателю",
    "以下の受信者",
    "以下の宛先",
    "次の受信者",
    "以下收件人",
    "下列收件人",
)

_OPENING = 20_000
_LISTED = re.compile(f"(?:{'|'.join(MARKS)})[^\n@]{{0,200}}[:：.][ \t]*+-*+[ \t]*+\n", re.I)
_RULES = re.compile(r"\A(?:[-=_* \t]*\n)+")
_ENDED = re.compile(r"\n-- ?\n|\n[-=_*]{10,}[ \t]*\n")


def read(report: Report) -> list[Failure]:
    """The list, when every address in it comes with words."""
    text = report.text
    announced = _LISTED.search(text, 0, _OPENING)
    if announced is None:
        return []
    words = text[announced.end() :]
    found = failures(_ENDED.split(_RULES.sub("", words), maxsplit=1)[0], action_of(report))
    return found if all(one.diagnostic for one in found) else []
