"""A plain session: a line is asked for, what it says is done, and lines of words answer."""

from bounce_tui.exit_status import DONE, INTERRUPTED, SOME_INPUT_FAILED
from bounce_tui.plain import list_commands, load_commands
from bounce_tui.plain.commands import meant
from bounce_tui.plain.talk import Talk
from bounce_tui.reporting.visible import visible

_KEYS = {
    "i": "inputs", "?": "help", "c": "check", "n": "next", "j": "next", "p": "previous", "k": "previous",
    "s": "summary", "x": "export", "z": "causes", "v": "source", "a": "user",
}  # fmt: skip
"""What checks and habit call by the keys of the app, where these begin no one command."""


class Conversation(Talk):
    """The loop that takes commands."""

    def hold(self) -> int:
        """Load, then talk until the user leaves; the exit status."""
        load_commands.load(self)
        if self.session.queue:
            list_commands.print_list(self, "")
        while not self.left:
            try:
                load_commands.tell_news(self)
                line = self.ask("Command: ")
                if line is None:
                    break
                self._do(line.strip())
            except KeyboardInterrupt:
                self.line("")
                return INTERRUPTED
        return SOME_INPUT_FAILED if self.session.refusals else DONE

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if not word:
            return
        if word.isdecimal() and word.isascii() and not rest:
            word, rest = "open", word
        word = _KEYS.get(word, word)
        found = meant(word.lower())
        if len(found) == 1:
            found[0].do(self, rest.strip())
        elif found:
            self.line(f"{visible(word)} could be {' or '.join(one.name for one in found)}.")
        else:
            self.line(f"There is no command {visible(word[:40])}. help lists them.")
