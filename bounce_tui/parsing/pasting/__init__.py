"""Prepares a text that somebody handed over in place of the bounce: the markup of pages and trackers, the
breaks of narrow windows and the head that a mail program shows are undone before any family reads it."""
