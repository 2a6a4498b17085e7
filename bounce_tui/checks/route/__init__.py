"""The way to the recipient: where mail for a domain goes, and what the host at its end demands and says."""
