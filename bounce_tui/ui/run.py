"""Running the app on the terminal that there is."""

from collections.abc import Sequence

from bounce_tui.exit_status import DONE, WRONG_USE
from bounce_tui.reporting.error_line import complain
from bounce_tui.scan.reader_process import ReaderProcess
from bounce_tui.triage.store.location import user_store
from bounce_tui.ui.garbage_collection import uncollected
from bounce_tui.ui.terminal import NoTerminal, borrowed_keyboard, require_screen


def run_app(
    paths: Sequence[str], *, nameserver: str | None = None, demo: bool = False, follow: bool = False
) -> int:
    """Open the app on `paths` ("-" for standard input) and return the exit status.  The demo is the same for
    everyone: of the config it takes keys and theme alone.  With `follow` mail that comes later is shown, too.

    Keys come from the terminal where mail is piped in.  Without a terminal to draw on or to ask, it
    says so on standard error and returns 2.  The mouse stays the terminal's own.  What could not be read
    is named on standard error once the screen is given back, as `scan` does.
    """
    try:
        require_screen()
        with uncollected(), borrowed_keyboard() as piped, ReaderProcess() as examiner:
            from bounce_tui.ui.app import BounceApp
            from bounce_tui.ui.driver.terminal_driver import TerminalDriver
            from bounce_tui.ui.preferences import read_app_preferences

            preferences = read_app_preferences()
            if not demo:
                examiner.own = preferences.own

            app = BounceApp(
                tuple(paths),
                stdin=piped,
                nameserver=nameserver,
                title="bounce-tui demo" if demo else "bounce-tui",
                driver_class=TerminalDriver,
                store=None if demo else user_store(),
                preferences=preferences.for_demo() if demo else preferences,
                follow=follow,
                examiner=examiner,
            )
            app.run(mouse=False)
        for refusal in app.refusals:
            complain(refusal.reason, refusal.file)
        return app.return_code or DONE
    except NoTerminal as missing:
        complain(missing.reason)
        return WRONG_USE
