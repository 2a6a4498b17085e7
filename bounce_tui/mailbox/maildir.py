"""Maildir: which folder is one, which of its entries are mail, and where a message went meanwhile."""

import os

MAIL_FOLDERS = ("cur", "new")

# tmp holds mail that is still being written; the others are what servers keep beside the mail.
NOT_MAIL = frozenset({"tmp", "sieve", "courierimapkeywords", "courierimaphieracl", "courierimapuiddb"})

# How the names of files begin in which Dovecot (also beside dbox and mbox) and Cyrus keep their index.
_SERVERS_OWN = (
    "dovecot.index", "dovecot.map.index", "dovecot.list.index", "dovecot.mailbox.log", "dovecot.attributes",
    "dovecot-uid", "dovecot-keywords", "dovecot-acl", "cyrus.",
)  # fmt: skip

# What Thunderbird keeps beside its mboxes.
_MAIL_PROGRAMS_OWN = frozenset({"msgFilterRules.dat", "popstate.dat", "filterlog.html"})
_MAIL_PROGRAMS_INDEX = ".msf"


def is_programs_own(name: str) -> bool:
    """Whether a file of this name is what a server or a mail program keeps beside the mail, and no mail."""
    return name.startswith(_SERVERS_OWN) or name.endswith(_MAIL_PROGRAMS_INDEX) or name in _MAIL_PROGRAMS_OWN


def is_maildir(folder: str) -> bool:
    """Whether `folder` has the two folders of a Maildir that hold mail."""
    return all(os.path.isdir(os.path.join(folder, name)) for name in MAIL_FOLDERS)


def holds_maildir_mail(folder: str) -> bool:
    """Whether `folder` is the `cur` or the `new` of a Maildir, given by itself."""
    parent, name = os.path.split(os.path.abspath(folder))
    return name in MAIL_FOLDERS and is_maildir(parent)


def find_moved(file: str) -> str | None:
    """Where the message `file` of a Maildir lies now.

    A mail program that marks a message as seen renames it: new/UNIQUE becomes cur/UNIQUE:2,S.  None
    when it is nowhere, or when this is no Maildir.
    """
    folder, name = os.path.split(file)
    parent, leaf = os.path.split(folder)
    if leaf not in MAIL_FOLDERS:
        return None
    unique = name.partition(":")[0]
    for other in MAIL_FOLDERS:
        try:
            names = sorted(os.listdir(os.path.join(parent, other)))
        except OSError:
            continue
        for found in names:
            if found.partition(":")[0] == unique:
                return os.path.join(parent, other, found)
    return None
