"""The words by which reports are read, in all languages (`*.toml`), and what they mean together."""
