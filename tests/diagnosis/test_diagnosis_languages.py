"""Wordings of many servers in many languages, most of which stand in no rule word for word."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bounce_tui.diagnosis.folding import fold
from bounce_tui.model import Diagnosis

REPLIES = [
    tuple(line.split("\t"))
    for name in ("replies.tsv", "replies_languages.tsv")
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("reason", "text"), REPLIES)
def test_a_reply_is_read_whatever_its_language(
    explain: Callable[[str], Diagnosis], reason: str, text: str
) -> None:
    assert explain(text).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("host mx.mailbox.example[192.0.2.9] said: 550 5.7.1 Blocked", "blocked"),
        ("SMTP error from remote mail server after RCPT TO:<a@dest.example>: host mx.dest.example "
         "[192.0.2.9]: 550 unbekannt verzogen", "user_unknown"),
        ("550 No such domain (in reply to MAIL FROM command)", "rejected"),
        ("550 No such domain (in reply to RCPT TO command)", "host_unknown"),
    ],
)  # fmt: skip
def test_only_the_servers_own_words_are_read(
    explain: Callable[[str], Diagnosis], text: str, reason: str
) -> None:
    assert explain(text).reason == reason


@pytest.mark.parametrize(
    "sentence",
    [
        "Põhjus: saaja server ei leidnud niisugust postkasti.",
        "Iemesls: saņēmēja serveris neatrada šādu pastkasti.",
        "Priežastis: gavėjo serveris nerado tokios pašto dėžutės.",
        "Syy: vastaanottajan palvelin ei löytänyt postilaatikkoa.",
        "Orsak: mottagarens server hittade inte brevlådan.",
        "Årsag: modtagerens server fandt ikke postkassen.",
        "Årsak: mottakerens server fant ikke postboksen.",
        "Razlog: poslužitelj primatelja nije pronašao taj sandučić.",
        "Razlog: prejemnikov strežnik ni našel takega predala.",
        "Причина: сервер одержувача не знайшов такої скриньки.",
        "Причина: сървърът на получателя не намери такава кутия.",
        "Αιτία: ο διακομιστής του παραλήπτη δεν βρήκε τέτοιο γραμματοκιβώτιο.",
        "Motif : le serveur du destinataire n'a pas trouvé cette boîte.",
        "Sababu: seva ya mpokeaji haikupata sanduku hilo.",
        "Sebab: pelayan penerima tidak menemui peti mel itu.",
        "Ástæða: netþjónn viðtakanda fann ekki pósthólfið.",
    ],
)
def test_a_server_that_did_not_find_a_mailbox_knows_no_such_user(
    explain: Callable[[str], Diagnosis], sentence: str
) -> None:
    assert explain(sentence).reason == "user_unknown"


@pytest.mark.parametrize(
    ("written", "ascii"),
    [
        ("Utent mhux magħruf", "Utent mhux maghruf"),
        ("Məktub çox böyükdür", "Mektub cox boyukdur"),
        ("Bunday manzil yoʻq", "Bunday manzil yo'q"),
        ("Pósthólfið er lokað", "Postholfid er lokad"),
    ],
)
def test_letters_with_strokes_and_hooks_are_compared_as_old_systems_write_them(
    written: str, ascii: str
) -> None:
    assert fold(written) == fold(ascii)
