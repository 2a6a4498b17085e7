"""The user's config file: where it lies, what it may say, what is wrong in it."""

from bounce_tui.config.settings import Settings

__all__ = ["Settings"]
