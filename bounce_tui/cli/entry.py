"""Where the process starts and how it ends."""

import errno
import sys

import click

from bounce_tui.cli.commands import commands
from bounce_tui.cli.streams import end_output, say
from bounce_tui.exit_status import DONE, INTERRUPTED, SOME_INPUT_FAILED, WRONG_USE
from bounce_tui.shortage import shortage

_TAKES_NO_MORE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


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
    except (KeyboardInterrupt, click.Abort) as error:
        # Click takes the end of any file for somebody who leaves a prompt, and we have none.
        if isinstance(error.__cause__, EOFError):
            raise error.__cause__ from None
        status = INTERRUPTED
    except (OSError, RuntimeError) as error:
        words = shortage(error)
        if words is not None:
            say(words)
            status = SOME_INPUT_FAILED
        elif isinstance(error, OSError) and error.errno in _TAKES_NO_MORE and error.filename is None:
            # Click writes the help and the version itself.
            status = end_output(error)
        else:
            raise
    sys.exit(status or DONE)
