"""Blocklists: the ones we know (`blocklists.toml`), one question to one of them, and its answer in words."""
