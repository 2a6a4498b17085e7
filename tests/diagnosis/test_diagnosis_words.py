"""What the single words of a reply say where no wording is known."""

from collections.abc import Callable, Iterator

import pytest

from bounce_tui.diagnosis.rule_cache import KNOWLEDGE
from bounce_tui.diagnosis.word_votes import WordVotes, read_weights, words
from bounce_tui.model import Diagnosis

Explain = Callable[[str], Diagnosis]


@pytest.fixture(scope="module")
def votes() -> WordVotes:
    return WordVotes(read_weights((KNOWLEDGE / "words.tsv").read_text(encoding="utf-8").splitlines()))


def test_words_speak_for_the_reason_of_the_replies_that_they_stand_in(votes: WordVotes) -> None:
    vote = votes.vote(
        "your mailbox neighbour has let his letters fill all of the storage that his plan allows"
    )
    assert vote is not None
    assert vote.reason == "mailbox_full"
    assert 0 < vote.share <= 1


@pytest.mark.parametrize(
    "text",
    [
        "550",
        "user unknown",
        "el buzon del destinatario no admite mas mensajes de su servidor hoy",
        "x" * 5_000,
    ],
)
def test_words_that_are_few_or_not_english_are_not_asked(votes: WordVotes, text: str) -> None:
    assert votes.vote(text) is None


def test_names_numbers_and_addresses_are_no_words() -> None:
    found = [word for word, _ in words("***** at mx.dest.example[192.0.2.1] took 20 mb of mails")]
    assert found == ["<star>", "at", "<host>", "<ip>", "took", "<amount>", "of", "mail"]


def test_a_word_is_shown_where_it_stands(explain: Explain) -> None:
    text = "We looked through our list of pupils and parents and could not match this name"
    diagnosis = explain(text)
    assert diagnosis.reason == "user_unknown"
    assert diagnosis.evidence.text in text


def test_sure_wording_is_believed_against_all_other_words(explain: Explain) -> None:
    text = (
        "550 5.1.1 The email account that you tried to reach does not exist, said the spam filter's blocklist"
    )
    assert explain(text).reason == "user_unknown"


def test_all_words_together_weigh_less_than_the_bits_of_a_reason_hold() -> None:
    weights: dict[str, float] = {}
    for line in (KNOWLEDGE / "words.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        for place, weight in map(str.split, line.split("\t")[1:]):
            weights[place] = weights.get(place, 0.0) + abs(float(weight))
    assert len(weights) > 30
    assert max(weights.values()) < 3276


def test_weights_are_read_by_the_place_of_the_reason() -> None:
    def lines() -> Iterator[str]:
        yield "# a comment"
        yield "blocked\tmailbox_full"
        yield "*\t0 0\t1 0"
        yield from (f"{word}\t1 2.5" for word in ("the", "box", "holds", "too", "much"))

    vote = WordVotes(read_weights(lines())).vote("the box holds too much")
    assert vote is not None
    assert (vote.reason, vote.start, vote.end) == ("mailbox_full", 0, 22)


@pytest.mark.parametrize(
    ("reply", "evidence"),
    [
        ("554 5.7.1 sales says: not you again", "sales says: not you"),
        (
            "550 5.1.1 all users gone: the company was liquidated and its mail turned off",
            "company was liquidated",
        ),
    ],
)
def test_what_words_decided_is_shown_as_the_stretch_in_which_they_stand(
    explain: Explain, reply: str, evidence: str
) -> None:
    assert evidence in explain(reply).evidence.text


@pytest.mark.parametrize(
    ("reply", "evidence"),
    [
        ("422 The recipient's mailbox is over its storage limit", "mailbox is over its storage limit"),
        ("451 4.7.1 SPF temperror for example.org", "SPF temperror"),
        ("450 Annuaire momentanément injoignable", "Annuaire momentanément injoignable"),
        # Too far apart for one stretch; and a wording of several words speaks for itself.
        (f"450 Annuaire {'x' * 90} injoignable", "injoignable"),
        ("550 5.1.1 <bob@example.net>: Recipient address rejected: User unknown in table", "User unknown"),
    ],
)
def test_of_wording_in_several_places_all_is_shown_where_one_word_alone_proves_little(
    explain: Explain, reply: str, evidence: str
) -> None:
    assert explain(reply).evidence.text == evidence
