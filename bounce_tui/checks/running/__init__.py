"""Running the planned checks: their results, what differs from the run before, and since when."""
