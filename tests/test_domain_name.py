"""Domains as DNS knows them: A-labels by UTS 46, and nothing that no registry could have given out."""

import subprocess
import sys

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.domain_name import domain_of, to_ascii


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Example.ORG.", "example.org"),
        ("bücher.EXAMPLE", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        # The capital has one small letter, and the other stands only where somebody wrote it.
        ("ΕΛΛΑΣ.gr", "xn--mxahsa5b.gr"),
        ("ελλας.gr", "xn--mxahsa0b.gr"),
        ("exa\u00admple.org", "example.org"),
        ("b\u200bank.example", "bank.example"),
        ("a\u034fb.de", "ab.de"),
        ("ﬀ.example", "ff.example"),
        ("ｅｘａｍｐｌｅ。org", "example.org"),
        ("نامه\u200cای.example", "xn--mgba3gch31f060k.example"),
        ("☃.net", "xn--n3h.net"),
        ("xn--n3h.net", "xn--n3h.net"),
        ("_spf.example.org", "_spf.example.org"),
        ("xn--zzzzzzzz.example", None),
        ("xn--a.example", None),
        ("xn--.example", None),
        ("xn--example-.org", None),
        ("xn--Bcher-Kva\u00ad.example", "xn--bcher-kva.example"),
        ("a\u200db.example", None),
        ("-ä.example", None),
        ("ab--cä.example", None),
        ("\u0301a.example", None),
        ("a\u2024b.example", None),
        ("ä" * 60 + ".example", None),
        ("ä..example", None),
        ("192.0.2.1", None),
        ("１９２.0.2.1", None),
        ("org", None),
        ("", None),
    ],
)
def test_a_domain_is_mapped_as_uts_46_says(written: str, known: str | None) -> None:
    assert to_ascii(written) == known
    assert domain_of(f"ann@{written}") == known


@given(st.text(max_size=40), st.sampled_from(["example", "рф", "中国"]))
def test_any_text_is_a_domain_or_none(text: str, top: str) -> None:
    known = to_ascii(f"{text}.{top}")
    if known is not None:
        assert known.isascii()
        assert to_ascii(known) == known
        assert to_ascii(known.upper()) == known


@given(st.from_regex(r"xn--[a-z0-9-]{1,60}", fullmatch=True))
def test_an_a_label_stands_for_something_or_is_none(label: str) -> None:
    assert to_ascii(f"{label}.example") in (f"{label}.example", None)


@given(st.text(st.characters(categories=("Ll", "Lu", "Lo", "Mn")), min_size=1, max_size=20))
def test_it_says_what_the_library_says(label: str) -> None:
    try:
        expected = idna.encode(f"{label}.example", uts46=True).decode()
    except idna.IDNAError:
        return
    assert to_ascii(f"{label}.example") == expected


def test_plain_domains_load_no_tables() -> None:
    code = (
        "import sys; from bounce_tui.domain_name import to_ascii; to_ascii('Example.org'); "
        "print('idna' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
