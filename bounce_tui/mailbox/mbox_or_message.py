"""Whether a file is one message or an mbox of many."""

import os

from bounce_tui.mailbox.file_kind import FileKind, has_mail_fields
from bounce_tui.mailbox.maildir import holds_maildir_mail

_MBOX_SUFFIXES = (".mbox", ".mbx")

# In a folder, a text without a header is taken for a pasted bounce only under one of these names:
# a README or a script beside the mail is none.
_TEXT_SUFFIXES = ("", ".txt", ".text", ".bounce", ".mail")


def is_eml(file: str) -> bool:
    """Whether `file` is named as one message."""
    return file[-4:].lower() == ".eml"


def is_one_message(file: str) -> bool:
    """Whether `file` is one message by its place or name: in a Maildir, or *.eml.

    Such a file may begin with a `From ` line, and quote another one in its text, and is one message.
    """
    return is_eml(file) or holds_maildir_mail(os.path.dirname(file))


def is_mbox(file: str, kind: FileKind) -> bool:
    """Whether a file that is not one message by name, and begins like `kind`, is an mbox.

    An mbox by name that lost its first line, as a rotated one may, is still an mbox.
    """
    if kind == "mbox":
        return True
    return kind in ("message", "text") and os.path.splitext(file)[1].lower() in _MBOX_SUFFIXES


def is_mail_in_folder(file: str, head: bytes, kind: FileKind) -> bool:
    """Whether a file that nobody named, begins with `head` and is of that `kind`, is one message."""
    return kind == "utf-16" or os.path.splitext(file)[1].lower() in _TEXT_SUFFIXES or has_mail_fields(head)
