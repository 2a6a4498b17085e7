"""The command line.

Exit status of every command: 0 done, 1 some input failed, 2 wrong use, 130 interrupted.
Of `check`, 1 also says that not one check was answered.
"""

from bounce_tui.cli.entry import main

__all__ = ["main"]
