"""From results to a verdict: one module for each family of reasons, each a function of `Facts`."""
