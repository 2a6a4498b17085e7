"""The filter language: `reason:blocklisted & !domain:gmail.com`, read into a test of rows."""

from bounce_tui.triage.filter.grammar import Filter, FilterError, read_filter

__all__ = ["Filter", "FilterError", "read_filter"]
