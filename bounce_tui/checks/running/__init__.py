"""Planned checks, run: their results, what is other than in the run before, and since when."""
