"""Real bounces, in every kind of source."""

import io
import re

from corpus import EMAILS, needs_corpus

LINE = b"From MAILER-DAEMON Mon Feb  9 12:36:39 2009\n"

pytestmark = needs_corpus


def test_every_real_bounce_is_one_message(read):
    reading = read(EMAILS)
    assert reading.refusals == []
    assert sorted(reading.files) == sorted(map(str, EMAILS.rglob("*.eml")))


def test_every_real_bounce_comes_out_of_an_mbox_as_it_went_in(tmp_path, read):
    # A mail with CR line ends does not survive an mbox of LF line ends in anybody's hands.
    mails = [raw if raw.endswith(b"\n") else raw + b"\n" for raw in read(EMAILS).raws if b"\n" in raw]
    box = b"".join([LINE + re.sub(rb"(?m)^(>*From )", rb">\1", raw) + b"\n" for raw in mails])
    (tmp_path / "inbox").write_bytes(box)
    assert read(tmp_path / "inbox").raws == mails
    assert read("-", stdin=io.BytesIO(box)).raws == mails


def test_every_real_bounce_comes_out_of_a_maildir_as_it_went_in(tmp_path, read):
    mails = read(EMAILS).raws
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    for number, raw in enumerate(mails):
        (tmp_path / "cur" / f"{number:05}.mx.example.net:2,S").write_bytes(raw)
    assert read(tmp_path).raws == mails
