"""bounce-tui: why a mail bounced, who must act, and whether the cause still holds."""

__version__ = "0.1.0"
