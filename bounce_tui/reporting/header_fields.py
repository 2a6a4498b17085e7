"""The header fields of a report and of the mail that it returns, as every page lists them."""

from bounce_tui.model import Bounce, Original


def header_fields(mail: Bounce | Original) -> tuple[tuple[str, str | None], ...]:
    """The fields that tell a mail from others, each with its label; None where the mail has none."""
    return (
        ("From", mail.from_),
        ("To", mail.to),
        ("Date", mail.date),
        ("Subject", mail.subject),
        ("Message-ID", mail.message_id),
    )
