"""A part's transfer encoding and charset, found in its head without reading all of it."""

import pytest

from bounce_tui.parsing.mime.entity import Entity
from bounce_tui.parsing.mime.headers import Head


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/plain\nContent-Transfer-Encoding: Base64",
        "Content-Transfer-Encoding:\n  quoted-printable\nContent-Type: text/plain",
        "content-transfer-encoding : 8bit",
        "X-Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\tx",
        "Subject: Content-Transfer-Encoding: 7bit",
        "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64",
        "Content-Transfer-Encoding",
        "",
    ],
)
def test_the_encoding_of_a_part_is_that_of_its_head(head: str) -> None:
    part = Entity("", head, 0, 0, "text/plain")
    assert part.encoding == Head(head).raw("content-transfer-encoding").lower()


@pytest.mark.parametrize(
    "head",
    [
        'Content-Type: text/plain; charset="koi8-r"',
        "Content-Type: text/plain;\n\tcharset = KOI8-R; format=flowed\nSubject: a",
        "Content-type : text/plain; charset=koi8-r",
        "X-Content-Type: text/plain; charset=utf-8\nContent-Type: text/plain; charset=koi8-r",
    ],
)
def test_a_part_is_decoded_by_the_charset_of_its_head(head: str) -> None:
    said = "пользователь неизвестен"
    wire = said.encode("koi8-r").decode("latin-1")
    assert Entity(wire, head, 0, len(wire), "text/plain").text() == said
