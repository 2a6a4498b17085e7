"""Exchange's section for administrators, in the language of whom the report is for."""

import pytest

from bounce_tui.parsing import parse
from bounce_tui.parsing.words.lexicon import lexicon

SERVER = "AM0PR04MB6755.eurprd04.prod.outlook.example"
FORWARD = """\
From: Ann <ann@example.org>
To: postmaster@example.org
Subject: WG: Unzustellbar: Rechnung
Date: Mon, 23 Nov 2026 10:14:58 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Was heisst das?

-----Ursprüngliche Nachricht-----
Von: postmaster@example.net
Gesendet: Montag, 23. November 2026 09:47
An: Ann
Betreff: Unzustellbar: Rechnung

Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:

bob@example.net
{heading}:

{label}: {server}

bob@example.net
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'

Ursprüngliche Nachrichtenkopfzeilen:

Received: from mx1.example.org (203.0.113.5) by AM6EUR05.mail.outlook.example
 with Microsoft SMTP Server; Mon, 23 Nov 2026 08:47:08 +0000
From: Ann <ann@example.org>
To: <bob@example.net>
Subject: Rechnung
Date: Mon, 23 Nov 2026 09:47:05 +0100
Message-ID: <1@example.org>
"""


@pytest.mark.parametrize("label", lexicon("exchange", "generating_server"))
def test_the_server_that_generated_the_report_is_named_in_every_language(label: str) -> None:
    text = FORWARD.format(heading="Details", label=label.capitalize(), server=SERVER)
    assert parse(text.encode()).reporting_mta == SERVER.lower()


@pytest.mark.parametrize("heading", lexicon("exchange", "administrators_section"))
def test_the_first_thing_in_the_section_for_administrators_is_its_server(heading: str) -> None:
    text = FORWARD.format(heading=heading.capitalize(), label="Who wrote it", server=SERVER)
    bounce = parse(text.encode())
    assert bounce.reporting_mta == SERVER.lower()
    assert [(one.recipient, one.status) for one in bounce.failures] == [("bob@example.net", "5.1.10")]


def test_the_client_in_a_pasted_received_line_of_that_servers_organization_is_a_candidate() -> None:
    text = FORWARD.format(
        heading="Diagnoseinformationen für Administratoren", label="Generierender Server", server=SERVER
    )
    assert [(one.value, one.source) for one in parse(text.encode()).sending_ips] == [
        ("203.0.113.5", "received")
    ]


def test_a_server_inside_exchange_online_is_not_who_sent_the_mail() -> None:
    inside = (
        "Received: from AM6P195CA0033.EURP195.PROD.OUTLOOK.COM (2603:10a6:209:81::46)\n"
        " by AM0PR04MB6755.eurprd04.prod.outlook.com with HTTPS; Mon, 23 Nov 2026 08:47:10 +0000\n"
        "Received: from mx1.example.org (203.0.113.5) by AM6EUR05.mail.protection.outlook.com"
    )
    text = FORWARD.format(
        heading="Diagnoseinformationen für Administratoren",
        label="Generierender Server",
        server="AM0PR04MB6755.eurprd04.prod.outlook.com",
    ).replace("Received: from mx1.example.org (203.0.113.5) by AM6EUR05.mail.outlook.example", inside)
    assert [one.value for one in parse(text.encode()).sending_ips] == ["203.0.113.5"]
