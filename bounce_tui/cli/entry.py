"""Where the process starts and how it ends."""

import errno
import os
import sys

import click

from bounce_tui.cli.commands import commands
from bounce_tui.exit_status import DONE, INTERRUPTED, SOME_INPUT_FAILED, WRONG_USE


def main() -> None:
    """Run the command line of this process and exit with its status."""
    try:
        status = commands.main(standalone_mode=False)
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx and error.ctx.info_name == "open":
            # Nobody types `open`: its usage is that of the program.
            error.ctx = error.ctx.parent
        error.show()
        status = WRONG_USE
    except (KeyboardInterrupt, click.Abort):
        status = INTERRUPTED
    except OSError as error:
        if error.errno not in (errno.EMFILE, errno.ENFILE):
            raise
        # Loading a module may be what fails: there is none to be loaded here.
        print(
            f"bounce-tui: {os.strerror(error.errno).lower()}: raise their limit (ulimit -n)", file=sys.stderr
        )
        status = SOME_INPUT_FAILED
    sys.exit(status or DONE)
