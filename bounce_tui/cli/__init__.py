"""The command line.

Exit status of every command: 0 done, 1 some input failed, 2 wrong use, 130 interrupted.
Of `check`, 1 also says that not one check was answered.
"""

from bounce_tui.collector_pace import collected_seldom

__all__ = ["main"]


def main() -> None:
    """The console script: run the command line of this process and exit with its status."""
    with collected_seldom():
        # Only here: most of what would be looked through is loaded by it.
        from bounce_tui.cli.entry import main as run

        run()
