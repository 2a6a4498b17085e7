"""What somebody hands to a command as "the error": words of the command line, or standard input."""

import os
from collections.abc import Sequence

from msgspec import Struct

from bounce_tui.cli.streams import say, standard_input


class Pasted(Struct, frozen=True):
    """The text; `is_whole` is False where there was more of it than is read."""

    text: str
    is_whole: bool


_PATHS_BEGIN = ("/", "./", "../", "~/")
_PATHS_END = (
    "/", ".eml", ".emlx", ".mbox", ".mbx", ".msg", ".txt", ".log", ".gz", ".bz2", ".xz", ".zip",
)  # fmt: skip
"""How the name of a file or folder ends that somebody may give for the text that is in it."""


def pasted_text(reply: Sequence[str], wanted: str) -> Pasted | None:
    """The text of `reply`, or of standard input where that is "-".  Says so where there is none, where it is
    the name of a file or no text, or only its beginning is read: `wanted` is what it was to be put to
    ("explain")."""
    from bounce_tui.mailbox.file_kind import HEAD, NotMailError, kind_of_file, utf16_to_utf8
    from bounce_tui.mailbox.from_lines import FromLines
    from bounce_tui.parsing.logs import MOST_TEXT

    if words := _path_instead(reply):
        say(words.format(wanted=wanted), reply[0])
        return None
    raw = _piped(MOST_TEXT + 1) if tuple(reply) == ("-",) else os.fsencode(" ".join(reply))
    try:
        kind = kind_of_file(raw[:HEAD])
    except NotMailError as error:
        say(f"no text to {wanted}: {'binary data' if error.is_dull else error}")
        return None
    if kind == "mbox" and len(starts := FromLines(raw[:HEAD]).feed(raw, last=True)) > 1:
        say("an mbox of several mails, of which only the first is read: `bounce-tui scan -` lists them all")
        raw = raw[: starts[1]]
    if kind == "blank":
        say(f"there is no reply to {wanted}")
        return None
    is_whole = len(raw) <= MOST_TEXT
    if not is_whole:
        say(f"only the first {MOST_TEXT >> 20} MiB are read: {wanted} the rest by itself")
        raw = raw[: raw.rfind(b"\n", 0, MOST_TEXT) + 1 or MOST_TEXT]
    # A whole mail may be in any charset, which its header names: what is no UTF-8 stays what it is.
    text = (utf16_to_utf8(raw) if kind == "utf-16" else raw).decode("utf-8", "surrogateescape")
    return Pasted(text, is_whole)


def _path_instead(reply: Sequence[str]) -> str:
    """What to say where `reply` is the name of one file or folder or more, there or not; "" where it is
    words."""
    # A reply may be longer than any name, which `Path.is_file` would raise for.
    if all(map(os.path.isfile, reply)):
        return "a file, and no reply to {wanted}: `bounce-tui show FILE` reads it"
    if not all(map(_is_path_by_form, reply)):
        return ""
    if os.path.isdir(reply[0]):  # noqa: PTH112
        return "a folder, and no reply to {wanted}: `bounce-tui scan FOLDER` lists what is in it"
    return "no such file, and no reply to {wanted}: `bounce-tui show FILE` reads a bounce from a file"


def _is_path_by_form(word: str) -> bool:
    """Whether `word` is written as a path.  A reply is rarely one word, and never one such as these."""
    if any(map(str.isspace, word)) or "://" in word:
        return False
    return word in (".", "..") or word.startswith(_PATHS_BEGIN) or word.lower().endswith(_PATHS_END)


def _piped(most: int) -> bytes:
    stream = standard_input()
    return stream.read(most) if stream is not None else b""
