"""What is said about a plain test mail: whom it goes to, and the commands that send it."""

from datetime import UTC, datetime

from msgspec import Struct

from bounce_tui.domain_name import base_domain, written_domain
from bounce_tui.hints.failure_hints import NONE, Hints
from bounce_tui.model import Bounce, Case, Failure
from bounce_tui.regex import regex
from bounce_tui.reporting.shell_lines import Piece, fitted, whole
from bounce_tui.reporting.testmail import AddressError, Command, TestMail, commands, usable, write_testmail
from bounce_tui.reporting.visible import visible, visible_lines, visible_path
from bounce_tui.reporting.wrapping import wrapped

_ADDRESS = regex(r"[^\s<>,;:\"()]{1,64}@[^\s<>,;:\"()]{1,255}")
_READ = 4000
_WIDTH = 74
_FILE = "testmail.eml"
_NEEDS_SMTPUTF8 = "The address has letters beyond ASCII: every server on the way must know SMTPUTF8."


def testmail_text(mail: TestMail, case: Case, path: str) -> str:
    """The mail at `path` in words, then each command as it can be copied."""
    lines = [
        f"Written to {visible_path(path)}: a plain test mail. Nothing is sent; send it with one of these."
    ]
    server = failed_server(case, mail.recipient)
    lines += command_lines(mail, path, server, took=was_taken(case))
    return "\n".join(lines) + "\n"


testmail_text.__test__ = False  # type: ignore[attr-defined]  # no test, whatever pytest thinks of its name


class Recipe(Struct, frozen=True):
    """How to test one failure: what is said first, the commands (what writes the mail before those that send
    it), and the mail.  Where there can be none, `said` tells why."""

    said: tuple[str, ...]
    commands: tuple[Command, ...] = ()
    mail: str = ""

    @property
    def copyable(self) -> list[tuple[str, str]]:
        """Each command in one line, by the programs' names, and the mail."""
        found = []
        for command in self.commands:
            name = command.pieces[0].front.partition(" -")[0].strip()
            server = any(piece.name == "server" for piece in command.pieces)
            found.append((f"{name} --server" if server else name, visible_path(whole(command.pieces))))
        return [*found, ("the mail", self.mail)] if self.mail else found

    def lines(self, width: int = _WIDTH) -> list[str]:
        """All of it, safe to show; the commands in lines of `width` cells, each as it can be copied."""
        if not self.commands:
            return list(self.said)
        shown = list(self.said)
        for number, command in enumerate(self.commands):
            shown += ([""] if number else []) + [command.title]
            shown += (f"  {visible_path(line)}" for line in fitted(command.pieces, width - 2))
        return [*shown, "", "The mail:", *(f"  {line}" for line in visible_lines(self.mail.rstrip("\n")))]


def recipe(case: Case, index: int, hints: Hints = NONE) -> Recipe:
    """How to test failure `index` of `case`.  Of `hints` it repeats what may have been meant."""
    failure = case.bounce.failures[index]
    to = failure.recipient or failure.original_recipient
    from_ = sender_address(case.bounce)
    if not to:
        return Recipe(("The bounce names no failed address to send a test mail to.",))
    # Without a sender in the mail the page still shows the form of it.
    named = () if from_ else (Piece("--from you@your.example"),)
    for whose, address in (("recipient", to), ("sender", from_)):
        if address and (fault := _fault(address)):
            words = f"The {whose} that the bounce names is {address}: {fault}."
            return Recipe(("There can be no test mail.", *wrapped(words, _WIDTH)))
    author = author_address(case.bounce, from_) if from_ else None
    sender = from_ or "you@your.example"
    mail = write_testmail(to, sender, datetime.now(UTC), author=author, took=_took(failure))
    asked = [visible(f"{one.line} (--to tests that)") for one in hints.mistyped]
    write = Command("Nothing is sent from here. This writes the mail below:", _writing(case, to, named))
    if mail.needs_smtputf8:
        asked.append(_NEEDS_SMTPUTF8)
    ways = commands(mail, _FILE, failure.remote_mta, took=_took(failure))
    return Recipe(tuple(asked), (write, *ways), mail.raw.decode("utf-8"))


def _fault(address: str) -> str:
    """Why no mail can be sent to or from `address`, "" where it can."""
    try:
        usable(address)
    except AddressError as error:
        return str(error)
    return ""


def _writing(case: Case, to: str, named: tuple[Piece, ...]) -> tuple[Piece, ...]:
    file, index = case.message.file, case.message.index
    pieces = [
        Piece("bounce-tui testmail"),
        Piece("", f"./{file}" if file[:1] == "-" and file != "-" else file, "bounce"),
    ]
    if index:
        pieces.append(Piece(f"--index {index}"))
    if to != failed_address(case):
        pieces.append(Piece("--to ", to, "to"))
    return (*pieces, *named, Piece(f"-o {_FILE}"))


def command_lines(mail: TestMail, path: str, server: str | None, *, took: bool = False) -> list[str]:
    """Titles and commands, an empty line before each title; safe to print.

    A path with bytes that no terminal should see shows as escapes, and must be typed by hand.
    """
    lines = []
    if mail.needs_smtputf8:
        lines += ["", _NEEDS_SMTPUTF8]
    for command in commands(mail, path, server, took=took):
        lines += ["", command.title, *(f"  {visible(line)}" for line in command.lines)]
    return lines


def failed_address(case: Case) -> str | None:
    """The address that failed first."""
    failure = _failure(case)
    return (failure.recipient or failure.original_recipient) if failure else None


def failed_server(case: Case, recipient: str) -> str | None:
    """The server that refused `recipient`, if it is the one that failed."""
    failure = _failure(case)
    return failure.remote_mta if failure and failure.recipient == recipient else None


def was_taken(case: Case) -> bool:
    """Whether the leading recipient's server took the mail."""
    failure = _failure(case)
    return failure is not None and _took(failure)


def _took(failure: Failure) -> bool:
    """Whether the server took the mail: a notice of success names it, too."""
    return failure.action not in ("failed", "delayed")


def sender_address(bounce: Bounce) -> str | None:
    """Whom the bounced mail came from: its envelope sender, else its From, else who got the bounce.

    A sender that names one mail or its recipient (BATV, VERP) is told by what it was made of: a list would
    take the bounce of the test for one more of its member.  Behind a forwarder's (SRS) is a stranger, so
    the forwarder's postmaster writes.
    """
    failure = bounce.failures[bounce.leading] if bounce.failures else Failure()
    sender, inner = bounce.envelope_sender_of(failure)
    if sender and inner:
        return inner.value if inner.source != "srs" else f"postmaster@{written_domain(sender)}"
    if sender:
        return sender
    for field in (bounce.original.from_ if bounce.original else None, bounce.to):
        found = _ADDRESS.search((field or "")[:_READ])
        if found is not None:
            return found[0]
    return None


def author_address(bounce: Bounce, sender: str) -> str | None:
    """Who stood in the From field of the bounced mail, where that is of the organization of its envelope
    `sender`: what receivers made of the two together (DMARC) they shall make of the test.  None for anyone
    else, in whose name nobody may write."""
    found = _ADDRESS.search(((bounce.original and bounce.original.from_) or "")[:_READ])
    if found is None or _fault(found[0]):
        return None
    ours, theirs = written_domain(sender), written_domain(found[0])
    return found[0] if ours and theirs and base_domain(ours) == base_domain(theirs) else None


def _failure(case: Case) -> Failure | None:
    failures = case.bounce.failures
    return failures[case.bounce.leading] if failures else None
