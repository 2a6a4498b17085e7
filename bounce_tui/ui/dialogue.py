"""What a screen and its user say to each other in the notice."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.widgets.notice import Notice


class Proposals(NamedTuple):
    """What tab makes of a line: `line` at once, then each of `lines` in turn; `words` tell what there is to
    choose from."""

    line: str
    lines: Sequence[str] = ()
    words: Sequence[str] = ()


async def no_proposals(text: str) -> Proposals:
    """The line stays as it is."""
    return Proposals(text)


class Question(NamedTuple):
    """A line that the user is asked for: `say` gives the notice's words for what is typed so far, `answer`
    takes the finished line, `complete` proposes how it may go on, `edited` is called after every change.  An
    `instant` one is answered by one letter, without enter."""

    line: LineEdit
    say: Callable[[str], str]
    answer: Callable[[str], Awaitable[None]]
    complete: Callable[[str], Awaitable[Proposals]] = no_proposals
    instant: bool = False
    edited: Callable[[str], None] = lambda text: None


class Dialogue:
    """Decides what stands in `notice`: a line that is asked for comes first, then what was told, then
    progress, then the keys on offer, which `hint` names.  `send` paints what has changed."""

    def __init__(self, notice: Notice, hint: Callable[[], str], send: Callable[[], None]) -> None:
        self._notice = notice
        self._hint = hint
        self._send = send
        self._question: Question | None = None
        self._is_answered = False
        self._tells_lack = False
        self._waiting = ""
        self._progress = ""
        self._next_lines: list[str] = []
        self._choice = ""

    @property
    def is_asking(self) -> bool:
        """Whether a line is being asked for: then every key belongs to it."""
        return self._question is not None

    def tell(self, words: str = "") -> None:
        """Say something until the next key; without words, what had to wait, or else the keys on offer."""
        if self._question is not None:
            # Nobody types blind: a line that is asked for keeps its place, whatever happens meanwhile.
            self._waiting = words or self._waiting
            return
        if not words:
            words, self._waiting = self._waiting, ""
        self._is_answered = bool(words)
        self._tells_lack = False
        if words:
            self._notice.tell(words)
        elif self._progress:
            self._notice.tell(self._progress)
            self._progress = ""
        else:
            self._notice.offer(self._hint())

    def tell_lack(self, words: str) -> None:
        """Say that there is nothing to work on, until the next key or until something is `found`."""
        self.tell(words)
        self._tells_lack = self._is_answered

    def found(self) -> None:
        """There is something to work on now: take back what `tell_lack` said."""
        if self._tells_lack:
            self.tell()

    def report(self, words: str) -> None:
        """Say how far something is that goes on by itself.  What is being asked for or was told comes first:
        this waits for the next key."""
        if self._question is not None or self._is_answered:
            self._progress = words
        else:
            self._notice.tell(words)

    def aside(self, words: str) -> None:
        """Show `words` at the right end of the notice, whatever the left side says."""
        self._notice.say(right=words)

    def offer_anew(self) -> None:
        """Show the keys on offer anew, unless something else is being told."""
        if not self._is_answered:
            self.tell()

    def ask(self, question: Question) -> None:
        """Ask for a line; until it is finished or left, every key belongs to it."""
        self._question = question
        self._forget_proposals()
        self._show_question()

    async def typed(self, key: str, character: str | None) -> bool:
        """Offer a key to the question; False when there is none, or when the key is a command after all."""
        question = self._question
        if question is None:
            return False
        if key == "tab":
            await self._propose(question)
            return True
        outcome = question.line.take(key, character)
        if outcome == "not mine":
            return False
        if outcome == "edited" and question.instant:
            outcome = "done"
        self._forget_proposals()
        if outcome == "edited":
            question.edited(question.line.text)
        if outcome in ("done", "left"):
            self._question, self._is_answered = None, False
            self._notice.offer(self._hint())
            if outcome == "done":
                await question.answer(question.line.text)
            self.offer_anew()
            self._send()
        else:
            self._show_question()
        return True

    def pasted(self, text: str) -> None:
        """Text pasted into the line; anywhere else it is no command, and whoever pastes a reply there is told
        what reads one."""
        if self._question is None:
            self.tell("nothing asks for words here; a pasted reply is read by: bounce-tui explain -")
            self._send()
        else:
            self._forget_proposals()
            self._question.line.paste(text)
            self._question.edited(self._question.line.text)
            self._show_question()

    async def _propose(self, question: Question) -> None:
        """Tab: what is certain of the line, and on the next ones each that it could become."""
        if self._next_lines:
            question.line.text = self._next_lines[0]
            self._next_lines = [*self._next_lines[1:], self._next_lines[0]]
        else:
            found = await question.complete(question.line.text)
            question.line.text = found.line[: question.line.longest]
            self._next_lines = list(found.lines)
            self._choice = "  ".join(found.words)
        question.edited(question.line.text)
        self._show_question()

    def _forget_proposals(self) -> None:
        self._next_lines, self._choice = [], ""

    def _show_question(self) -> None:
        if self._question is not None:
            line = self._question.line
            before, cursor, after = self._question.say(line.text).partition(f"{line.text}_")
            after = f"  {self._choice}" if self._choice else after
            if len(line.text) >= line.longest:
                after = f"  full: {line.longest:,} characters at most"
            self._notice.tell(before + cursor + after, keep=before + cursor)
            self._send()
