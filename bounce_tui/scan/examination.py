"""One message, read and diagnosed, whatever is in it."""

from bounce_tui.model import Bounce, Case, Message


def examine(message: Message, raw: bytes, *, brief: bool = False) -> Case:
    """The case of `message` with the bytes `raw`; a `brief` one as `parse` reads it.  Never raises:
    `Case.error` says what went wrong."""
    from bounce_tui.diagnosis import diagnose
    from bounce_tui.parsing import parse

    try:
        bounce = parse(raw, brief=brief)
        diagnoses = tuple([diagnose(failure, bounce) for failure in bounce.failures])
    except Exception as error:  # noqa: BLE001 - one mail that our code cannot bear must not cost the others
        return broken(message, error)
    return Case(message, bounce, diagnoses)


def broken(message: Message, error: Exception) -> Case:
    """The case of a message that our own code failed on: a defect of ours, named for a report."""
    return Case(message, Bounce(), error=f"internal error while reading this mail: {type(error).__name__}")
