"""What a filter saw in the returned message is named, and nothing in it can do harm."""

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.hints.attachments import attachment_notes
from bounce_tui.hints.byte_sizes import amount
from bounce_tui.hints.content import content_notes
from bounce_tui.hints.hinting import hint
from bounce_tui.hints.links import link_notes
from bounce_tui.hints.odd_headers import header_notes
from bounce_tui.hints.quoted_sizes import Sizes, quoted_sizes
from bounce_tui.hints.tables import attachments
from bounce_tui.model import Bounce, Case, Failure, Message
from bounce_tui.opened_message import Part, Returned

PROPER = (
    ("From", "Ann <ann@example.org>"), ("To", "bob@example.net"), ("Date", "Fri, 20 Nov 2026 09:14:02 +0000"),
    ("Message-ID", "<1@example.org>"), ("Subject", "Minutes"),
)  # fmt: skip


def words_of(*names: str, content_type: str = "application/octet-stream") -> list[str]:
    return [
        note.words for note in attachment_notes(Part(content_type, name, 1000) for name in names) if note.odd
    ]


def head(*extra: tuple[str, str], without: str = "") -> Returned:
    kept = tuple(field for field in PROPER if field[0] != without)
    return Returned(whole=True, headers=(*kept, *extra))


def faults(returned: Returned) -> list[str]:
    return [note.words for note in header_notes(returned)]


def test_a_forbidden_file_is_named_with_those_who_refuse_it() -> None:
    assert words_of("setup.exe") == ["setup.exe: .exe is refused by Gmail, Outlook and Exchange Online"]
    assert words_of("tool.PY") == ["tool.PY: .py is refused by Outlook"]
    assert words_of("report.xlsm") == ["report.xlsm: .xlsm is refused by many filters, for the macros"]


@pytest.mark.parametrize(
    "name", ["minutes.pdf", "photo.jpg", "notes.txt", "table.xlsx", "noextension", "a.b.c"]
)
def test_a_harmless_file_is_no_oddity(name: str) -> None:
    assert words_of(name) == []


@pytest.mark.parametrize("name", ["setup.exe.", "setup.exe ", "setup.exe. .", "SETUP.EXE", "setup .exe"])
def test_dots_and_blanks_behind_a_name_hide_nothing(name: str) -> None:
    assert words_of(name)


def test_a_disguise_is_said() -> None:
    assert words_of("invoice.pdf.exe")[0].endswith(", all the more behind .pdf")


def test_an_archive_is_taken_by_its_name() -> None:
    assert words_of("setup.exe.zip") == [
        "setup.exe.zip: by its name there is a .exe inside, which is refused by"
        " Gmail, Outlook and Exchange Online"
    ]
    assert "a password keeps the filter out" in words_of("photos.zip")[0]


def test_a_name_that_turns_round_on_screen_is_caught() -> None:
    assert words_of("gpj.\u202eexe") == ["gpj.\u202eexe: its name holds right-to-left override (U+202E)"]


def test_a_part_without_a_name_is_known_by_its_type() -> None:
    notes = list(attachment_notes([Part("application/x-msdownload", None, 10), Part("text/plain", None, 10)]))
    assert [note.words for note in notes] == [
        "a part without a name (application/x-msdownload): .exe is refused by"
        " Gmail, Outlook and Exchange Online"
    ]


def test_a_thousand_files_are_counted_and_a_dozen_named() -> None:
    notes = list(attachment_notes(Part("application/octet-stream", f"{n}.exe", 1000) for n in range(1000)))
    assert len(notes) == 13
    assert "and 985 more" in notes[-1].words


def test_a_forbidden_file_that_only_the_reply_names_is_named() -> None:
    reply = "552 5.7.0 mx.example.com refused setup.exe and photo.jpg at www.example.pl. See setup.exe."
    notes = content_notes(None, "prohibited_attachment", reply)
    assert [note.words for note in notes] == [
        "setup.exe, which the reply names: .exe is refused by Gmail, Outlook and Exchange Online"
    ]
    returned = Returned(whole=True, headers=PROPER, parts=(Part("application/octet-stream", "setup.exe", 5),))
    named = [note.words for note in content_notes(returned, "prohibited_attachment", reply) if note.odd]
    assert named == ["setup.exe: .exe is refused by Gmail, Outlook and Exchange Online"]
    assert content_notes(None, "user_unknown", reply) == ()


def test_the_published_lists_are_whole() -> None:
    by_name = {one.name: one.extensions for one in attachments().filter}
    assert {"exe", "js", "vbs", "scr", "iso", "lnk", "ps1", "jar", "mjs"} <= by_name["Gmail"]
    assert {"exe", "js", "reg", "url", "py", "pst", "mdb", "vhd"} <= by_name["Outlook"]
    assert {"exe", "docm", "ace", "iso", "xz", "ppam"} <= by_name["Exchange Online"]
    for extensions in by_name.values():
        assert all(one == one.lower() and not one.startswith(".") for one in extensions)


@pytest.mark.parametrize(
    ("reply", "message", "limit"),
    [
        ("552 5.3.4 message size 52428800 exceeds 26214400", 52428800, 26214400),
        ("552 5.3.4 Message size exceeds fixed limit (10485760)", None, 10485760),
        ("552 message size (12 MB) exceeds size limit of 10 MB", 12 << 20, 10 << 20),
        ("552 5.3.4 Message too big; maximum size is 20 MB", None, 20 << 20),
        ("550 5.2.3 message too large for this recipient (limit: 10240 KB)", None, 10 << 20),
        ("The message was 35MB, larger than the current system limit of 25MB", 35 << 20, 25 << 20),
        ("552 Nachricht zu groß: 31457280 Bytes, erlaubt 20971520", 31457280, 20971520),
        ("552 message size 52,428,800 bytes exceeds limit of 26,214,400 bytes", 52428800, 26214400),
        ("552 size 52.428.800 Bytes, erlaubt 26.214.400 Bytes", 52428800, 26214400),
        ("552 limite de 26 214 400 octets", None, 26214400),
        ("552 message size 52,428,800 exceeds 26,214,400", 52428800, 26214400),
        ("552 5.3.4 Message size exceeds fixed limit 10,240 KB", None, 10 << 20),
        ("552 size 10.486 MB exceeds maximum 10.000 MB", int(10.486 * (1 << 20)), 10 << 20),
        ("552 message exceeds 20,5 MB", None, int(20.5 * (1 << 20))),
        ("552 5.3.4 message exceeds maximum of 10 240 MB", None, 10_240 << 20),
        ("552 limite de 10\u202f240 Mo, maximum 10\xa0240 KB", None, 10_240 << 10),
        ("552 message exceeds 1'024 MB", None, 1024 << 20),
        ("550 limit exceeded by 203.113.100.200, code 100 200 300", None, None),
        ("552-5.2.3 Your message exceeded Google's message size limits", None, None),
        ("552 5.3.4 Message too big [192.0.2.10] 20261120091402", None, None),
        ("550 5.1.1 <bob12345678@example.net> unknown", None, None),
    ],
)  # fmt: skip
def test_the_sizes_in_a_reply_are_read(reply: str, message: int | None, limit: int | None) -> None:
    assert quoted_sizes(reply) == Sizes(message, limit)


def test_the_original_is_held_against_the_limit_that_the_reply_quotes() -> None:
    returned = Returned(
        whole=True, size=52_428_800, headers=PROPER, parts=(Part("video/mp4", "film.mp4", 38_000_000),)
    )
    notes = content_notes(returned, "message_too_big", "552 message size 52428800 exceeds limit 26214400")
    assert [note.words for note in notes if note.about == "size"] == [
        "50.0 MiB, the reply allows 25.0 MiB: files of 18.0 MiB in all fit",
        "the largest file is film.mp4, 36.2 MiB",
    ]


def test_the_size_that_the_report_tells_is_held_against_the_limit_where_only_the_beginning_came_back() -> (
    None
):
    returned = Returned(size=100_000, told_size=28_000_000, headers=PROPER)
    notes = content_notes(returned, "message_too_big", "552 size exceeds maximum permitted 20971520")
    assert [note.words for note in notes if note.about == "size"] == [
        "26.7 MiB, the reply allows 20.0 MiB: files of 14.4 MiB in all fit"
    ]


def test_the_quota_of_a_full_mailbox_is_not_taken_for_a_limit_of_the_message() -> None:
    notes = content_notes(Returned(headers=PROPER), "mailbox_full", "552 quota limit of 104857600 exceeded")
    assert notes == ()


def test_links_are_counted_and_their_hosts_named() -> None:
    notes = list(link_notes("see https://a.example/x and http://b.example:8080/y, www.c.example", ""))
    assert [note.words for note in notes] == ["3 links to a.example, b.example, www.c.example"]


@pytest.mark.parametrize(
    ("text", "html", "words"),
    [
        ("https://bit.ly/3abc", "", "a link shortener: bit.ly"),
        ("http://192.0.2.7/login", "", "a link to a bare IP address: 192.0.2.7"),
        ("http://[2001:db8::1]/login", "", "a link to a bare IP address: 2001:db8::1"),
        ("http://bank.example@x.example/", "", "a link with a name before an @, which hides where it leads"),
        ("", '<a href="https://evil.example/x">www.bank.example</a>',
         "a link that shows www.bank.example and leads to evil.example"),
        ("https://p\u0430y.example/", "",
         "the name in a link, p\u0430y.example, holds cyrillic small letter a (U+0430)"),
    ],
)  # fmt: skip
def test_an_odd_link_is_named(text: str, html: str, words: str) -> None:
    assert words in [note.words for note in link_notes(text, html) if note.odd]


@pytest.mark.parametrize(
    ("shown", "target", "same"),
    [
        ("www.ard.example.de", "login.example.de", True),
        ("www.sap.de", "login.sap.de", True),
        ("www.shop.co.uk", "login.shop.co.uk", True),
        ("www.shop.co.uk", "www.bank.co.uk", False),
        ("www.sap.de", "www.sap.com", False),
    ],
)
def test_a_link_to_another_host_of_who_it_shows_is_no_oddity(shown: str, target: str, same: bool) -> None:
    notes = link_notes("", f'<a href="https://{target}/x">{shown}</a>')
    assert any("that shows" in note.words for note in notes) is not same


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://click.shop.example/x">www.shop.example</a>',
        '<a href="https://shop.example/x">click here</a>',
        '<a href="https://www.shop.co.uk/x">shop.co.uk</a>',
        '<img src="https://shop.example/a.png">',
        '<a href="https://b\u00fccher.example/">our shop</a>',
        '<a href="https://\u043f\u043e\u0447\u0442\u0430.example/">\u043f\u043e\u0447\u0442\u0430</a>',
    ],
)
def test_an_ordinary_link_is_no_oddity(html: str) -> None:
    assert [note.words for note in link_notes("", html) if note.odd] == []


def test_a_proper_header_has_no_fault() -> None:
    assert faults(head()) == []


@pytest.mark.parametrize("name", ["From", "Date", "Message-ID"])
def test_a_missing_field_is_said_of_a_header_that_came_back_whole(name: str) -> None:
    assert faults(head(without=name)) == [f"no {name} field"]
    cut = Returned(complete_head=False, headers=head(without=name).headers)
    assert faults(cut) == []


@pytest.mark.parametrize("name", ["From", "Subject", "To", "Date", "Message-ID"])
def test_a_field_that_is_there_twice_is_counted(name: str) -> None:
    assert f"2 {name} fields where one is allowed" in faults(head((name, "again")))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "the From field is blank"),
        ('"Ann" <>', "the From field is blank"),
        ("Ann", "the From field holds no address"),
        ("ann@[192.0.2.1]", "the From domain is an IP address, 192.0.2.1"),
        ("Ann <ann@192.0.2.1>", "the From domain is an IP address, 192.0.2.1"),
        ("ann@[IPv6:2001:db8::1]", "the From domain is an IP address, 2001:db8::1"),
        ("ann@localhost", "the From domain “localhost” is no full name"),
    ],
)
def test_an_odd_from_is_named_as_godaddys_table_wants_it(value: str, words: str) -> None:
    assert faults(head(("From", value), without="From")) == [words]


def test_the_form_of_the_header_is_looked_at() -> None:
    assert faults(head(without="To")) == ["neither To nor Cc"]
    assert "the Message-ID is not of the form <a@b>" in faults(
        head(("Message-ID", "x"), without="Message-ID")
    )
    returned = Returned(headers=PROPER, eight_bit_head=True, longest_line=2000)
    assert faults(returned) == [
        "letters beyond ASCII in the header that no encoding announces",
        "a line of 2,000 characters, where 998 are allowed",
    ]


def test_an_amount_is_written_as_people_say_it() -> None:
    assert [amount(size) for size in (0, 999, 20_480, 26_214_400, 3 << 30)] == [
        "0 bytes", "999 bytes", "20 KiB", "25.0 MiB", "3.0 GiB",
    ]  # fmt: skip


HOSTILE = {
    "open links": ("", "<a href=" * 30_000),
    "unclosed quotes": ("", '<a href="http://' * 16_000),
    "schemes": ("http://" * 37_000, ""),
    "one long link": ("http://" + "a" * 262_000, '<a href="http://' + "a" * 262_000),
    "ats": ("http://" + "@" * 262_000, ""),
    "dots": ("", '<a href="http://x">' + "a." * 130_000 + "</a>"),
    "blanks": ("", "<a href" + " " * 262_000 + "=http://x"),
    "entities": ("", '<a href="http://' + "&amp;" * 50_000 + '">'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_links_are_gone_through_and_told_in_a_few_lines(name: str) -> None:
    text, html = HOSTILE[name]
    notes = list(link_notes(text, html))
    assert len(notes) <= 4
    assert all(len(note.words) < 4000 for note in notes)


def test_a_hostile_header_is_looked_at_and_does_no_harm() -> None:
    fields = tuple(("From", "<" * 16_000) for _ in range(2000))
    notes = content_notes(
        Returned(headers=fields, text="\ud800\x00", html="\x1b["), "spam_detected", "x" * 100_000
    )
    assert notes
    assert len(notes) <= 40


@pytest.mark.parametrize(("number", "told"), [(1, ""), (3, ""), (4, " and 1 more"), (6, " and 3 more")])
def test_three_harmless_files_are_named_and_the_rest_counted(number: int, told: str) -> None:
    (note,) = attachment_notes(Part("application/pdf", f"{one}.pdf", 1000) for one in range(number))
    names = ", ".join(f"{one}.pdf" for one in range(min(number, 3)))
    assert note.words.startswith(f"{names}{told}: ")


def test_a_long_file_name_keeps_its_beginning_and_its_end() -> None:
    (words,) = words_of("a" * 200 + "." + "exe")
    assert words.startswith(f"{'a' * 40}…{'a' * 56}.exe: ")


def test_who_got_a_copy_may_be_who_was_meant() -> None:
    returned = Returned(headers=(*PROPER, ("CC", "jsmith@example.net")))
    failure = Failure(recipient="jsmiith@example.net", diagnostic="550 5.1.1 User unknown")
    bounce = Bounce(kind="failed", failures=(failure,))
    case = Case(Message("a"), bounce, (diagnose(failure, bounce),))
    assert ["jsmith@example.net" in one.line for one in hint(case, 0, returned).mistyped] == [True]
    assert hint(case, 0).mistyped == ()
